//! What only a folder can do wrong.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use futures_util::future::join_all;
use pishkhan_office::OrganisationId;
use pishkhan_office::files::shelf::{FolderShelf, Key, ShelfError};
use pishkhan_testkit::Folder;

use crate::shelves::{Sample, in_folder, office, read, shelf_in};

#[tokio::test]
async fn a_file_is_renamed_into_place_and_nothing_else_is_left() {
    let (shelf, folder) = in_folder();
    let sample = Sample::of(1000, 1);
    let source = sample.comes_in(folder.path());
    shelf.put(&sample.key(), &source, &sample.sha256, sample.size()).await.expect("it is put");
    assert!(!source.exists());
    let place = shelf_in(&folder).join("shahrdari").join(&sample.sha256[..2]).join(&sample.sha256);
    assert_eq!(all_in(folder.path()), [place]);
}

#[tokio::test]
async fn nobody_else_may_look() {
    let (shelf, folder) = in_folder();
    let sample = Sample::of(1000, 1);
    let page = Key::preview(&office(), &sample.sha256, 1, 900);
    sample.is_put(&shelf, folder.path()).await.expect("it is put");
    sample.is_put_under(&page, &shelf, folder.path()).await.expect("it is put");
    for place in all_in(folder.path()) {
        assert_eq!(mode(&place), 0o600, "{}", place.display());
        for above in place.ancestors().skip(1).take_while(|above| *above != folder.path()) {
            assert_eq!(mode(above), 0o700, "{}", above.display());
        }
    }
}

#[tokio::test]
async fn nothing_climbs_out_of_the_folder() {
    let (shelf, folder) = in_folder();
    let sample = Sample::of(10, 1);
    let climbing = OrganisationId("../../outside".to_owned());
    let keys = [
        Key::piece(&climbing, "../../../outside", 0),
        Key::preview(&climbing, "/etc/passwd", 1, 900),
        Key::piece(&office(), "..", 0),
        Key::piece(&OrganisationId("..".to_owned()), ".", 0),
    ];
    for key in &keys {
        sample.is_put_under(key, &shelf, folder.path()).await.expect("it is put");
    }
    let files = all_in(folder.path());
    assert_eq!(files.len(), keys.len());
    assert!(files.iter().all(|file| file.starts_with(shelf_in(&folder))), "{files:?}");
}

#[tokio::test]
async fn the_folder_of_an_upload_goes_with_its_last_piece() {
    let (shelf, folder) = in_folder();
    let sample = Sample::of(10, 1);
    let pieces = [0, 10, 20].map(|offset| Key::piece(&office(), "anupload", offset));
    for piece in &pieces {
        sample.is_put_under(piece, &shelf, folder.path()).await.expect("it is put");
    }
    let uploads = shelf_in(&folder).join("shahrdari/uploads");
    for (gone, piece) in pieces.iter().enumerate() {
        assert_eq!(fs::read_dir(uploads.join("anupload")).expect("it is there").count(), 3 - gone);
        shelf.remove(piece).await.expect("it is removed");
    }
    assert!(!uploads.join("anupload").exists());
    assert!(uploads.exists());
}

#[tokio::test]
async fn a_folder_that_goes_takes_no_put_with_it() {
    let (shelf, folder) = in_folder();
    let sample = Sample::of(10, 1);
    let rounds = (0..60u64).map(|offset| {
        let key = Key::piece(&office(), "anupload", offset);
        let (shelf, sample, folder) = (&shelf, &sample, &folder);
        async move {
            for _ in 0..10 {
                sample.is_put_under(&key, shelf, folder.path()).await.expect("it is put");
                read(shelf.open(&key).await.expect("it is there")).await.expect("it is read");
                shelf.remove(&key).await.expect("it is removed");
            }
        }
    });
    join_all(rounds).await;
    assert!(all_in(folder.path()).is_empty());
}

#[tokio::test]
async fn what_changed_on_the_disk_is_not_handed_out_whole() {
    let (shelf, folder) = in_folder();
    let sample = Sample::of(300_000, 1);
    sample.is_put(&shelf, folder.path()).await.expect("it is put");
    let place = shelf_in(&folder).join(sample.key().as_str());
    let mut flipped = sample.bytes.clone();
    flipped[200_000] ^= 1;
    for spoilt in [&flipped[..], &sample.bytes[..299_999], &[]] {
        fs::write(&place, spoilt).expect("the test's folder is ours");
        let fetched = shelf.fetch(&sample.key(), &folder.path().join("copy")).await;
        assert!(matches!(fetched, Err(ShelfError::Changed)), "{fetched:?}");
        assert!(!folder.path().join("copy").exists(), "a spoilt copy was left");
        let stored = shelf.open(&sample.key()).await.expect("it is there");
        read(stored).await.expect_err("the stream ends with an error");
    }
}

#[tokio::test]
async fn after_a_failed_fsync_nothing_more_is_stored() {
    let (shelf, folder) = in_folder();
    let sample = Sample::of(10, 1);
    sample.is_put(&shelf, folder.path()).await.expect("it is put");
    // A device that can be opened and answers an fsync with an error.
    let broken = folder.path().join("broken");
    symlink("/dev/null", &broken).expect("the test's folder is ours");
    let other = Sample::of(0, 2);
    let failed = shelf.put(&other.key(), &broken, &other.sha256, 0).await;
    assert!(matches!(failed, Err(ShelfError::Disk(_))), "{failed:?}");
    assert!(shelf.has_stopped() && shelf.clone().has_stopped());
    let later = Sample::of(20, 3);
    assert!(matches!(later.is_put(&shelf, folder.path()).await, Err(ShelfError::Stopped)));
    assert!(matches!(shelf.remove(&sample.key()).await, Err(ShelfError::Stopped)));
    assert!(matches!(shelf.check().await, Err(ShelfError::Stopped)));
    let stored = shelf.open(&sample.key()).await.expect("what is there can be read");
    assert!(read(stored).await.expect("it is read") == sample.bytes);
    let restarted = FolderShelf::open_folder(&shelf_in(&folder)).expect("the test's folder is ours");
    let restarted = pishkhan_office::files::shelf::Shelf::Folder(restarted);
    later.is_put(&restarted, folder.path()).await.expect("a restart heals");
}

#[tokio::test]
async fn a_check_leaves_nothing_behind_and_tells_of_a_folder_that_is_gone() {
    let (shelf, folder) = in_folder();
    shelf.check().await.expect("all is well");
    assert!(all_in(folder.path()).is_empty());
    fs::remove_dir(shelf_in(&folder)).expect("it is empty");
    assert!(matches!(shelf.check().await, Err(ShelfError::Disk(_))));
    assert!(!shelf.has_stopped(), "a folder that is gone is no failing disk");
}

#[tokio::test]
async fn a_shelf_is_opened_where_others_have_put_things() {
    let folder = Folder::new();
    let sample = Sample::of(1000, 1);
    for _ in 0..2 {
        let shelf = FolderShelf::open_folder(&shelf_in(&folder)).expect("it may be there already");
        let shelf = pishkhan_office::files::shelf::Shelf::Folder(shelf);
        sample.is_put(&shelf, folder.path()).await.expect("it is put");
        read(shelf.open(&sample.key()).await.expect("it is there")).await.expect("it is read");
    }
}

fn all_in(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be listed").path();
        if path.is_dir() { files.extend(all_in(&path)) } else { files.push(path) }
    }
    files
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("it is there").permissions().mode() & 0o777
}

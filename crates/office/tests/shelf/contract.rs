//! What every shelf promises.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use futures_util::future::join_all;
use pishkhan_office::files::shelf::{Key, ShelfError};

use crate::shelves::{MEBIBYTE, Sample, office, on_both, read};

#[tokio::test]
async fn what_was_put_comes_back_as_it_was() {
    on_both(async |shelf, folder| {
        for size in [0, 1, 128 * 1024, 5 * MEBIBYTE, 5 * MEBIBYTE + 1, 20 * MEBIBYTE] {
            let sample = Sample::of(size, 1);
            sample.is_put(shelf, folder).await.expect("it is put");
            let stored = shelf.open(&sample.key()).await.expect("it is there");
            assert_eq!(stored.size, sample.size());
            assert!(read(stored).await.expect("it is read") == sample.bytes, "{size} bytes came back as others");
        }
    })
    .await;
}

#[tokio::test]
async fn a_fetched_copy_is_ours_alone_and_overwrites_nothing() {
    on_both(async |shelf, folder| {
        let sample = Sample::of(6 * MEBIBYTE, 2);
        sample.is_put(shelf, folder).await.expect("it is put");
        let copy = folder.join("copy");
        shelf.fetch(&sample.key(), &copy).await.expect("it is fetched");
        assert!(fs::read(&copy).expect("there is a copy") == sample.bytes);
        assert_eq!(fs::metadata(&copy).expect("there is a copy").permissions().mode() & 0o777, 0o600);
        let again = shelf.fetch(&sample.key(), &copy).await;
        assert!(matches!(again, Err(ShelfError::Disk(_))), "{again:?}");
        assert!(fs::read(&copy).expect("it is still there") == sample.bytes);
    })
    .await;
}

#[tokio::test]
async fn what_is_removed_is_gone_and_may_be_removed_again() {
    on_both(async |shelf, folder| {
        let (gone, stays) = (Sample::of(1000, 3), Sample::of(1000, 4));
        gone.is_put(shelf, folder).await.expect("it is put");
        stays.is_put(shelf, folder).await.expect("it is put");
        shelf.remove(&gone.key()).await.expect("it is removed");
        shelf.remove(&gone.key()).await.expect("there is nothing to remove");
        assert!(matches!(shelf.open(&gone.key()).await, Err(ShelfError::NotThere)));
        assert!(matches!(shelf.fetch(&gone.key(), &folder.join("copy")).await, Err(ShelfError::NotThere)));
        assert!(!folder.join("copy").exists(), "a failed fetch left a file");
        assert!(read(shelf.open(&stays.key()).await.expect("it stays")).await.expect("it is read") == stays.bytes);
        gone.is_put(shelf, folder).await.expect("it is put again");
        assert!(read(shelf.open(&gone.key()).await.expect("it is back")).await.expect("it is read") == gone.bytes);
    })
    .await;
}

#[tokio::test]
async fn a_later_put_replaces_the_earlier() {
    on_both(async |shelf, folder| {
        let page = Key::preview(&office(), &"ab".repeat(32), 1, 900);
        let (old, new) = (Sample::of(3000, 5), Sample::of(2000, 6));
        old.is_put_under(&page, shelf, folder).await.expect("it is put");
        let being_read = shelf.open(&page).await.expect("it is there");
        new.is_put_under(&page, shelf, folder).await.expect("it is put over");
        assert!(read(shelf.open(&page).await.expect("it is there")).await.expect("it is read") == new.bytes);
        assert!(read(being_read).await.expect("it goes on") == old.bytes, "a reader met the new bytes half way");
    })
    .await;
}

#[tokio::test]
async fn many_put_the_same_at_once() {
    on_both(async |shelf, folder| {
        let sample = Sample::of(6 * MEBIBYTE, 7);
        let puts = join_all((0..8).map(|_| sample.is_put(shelf, folder))).await;
        assert!(puts.iter().all(Result::is_ok), "{puts:?}");
        assert!(read(shelf.open(&sample.key()).await.expect("it is there")).await.expect("it is read") == sample.bytes);
    })
    .await;
}

#[tokio::test]
async fn keys_don_t_meet() {
    on_both(async |shelf, folder| {
        let keys = [
            Key::blob(&office(), "abcd"),
            Key::preview(&office(), "abcd", 1, 900),
            Key::preview(&office(), "abcd", 1, 1800),
            Key::preview(&office(), "abcd", 2, 900),
            Key::piece(&office(), "abcd", 0),
            Key::piece(&office(), "abcd", 1),
            Key::piece(&office(), "../../abcd", 0),
        ];
        // The blob is under a sum that isn't its own, so it is left aside.
        let samples = (0..).map(|seed| Sample::of(100, seed)).take(keys.len()).collect::<Vec<_>>();
        for (key, sample) in keys.iter().zip(&samples).skip(1) {
            sample.is_put_under(key, shelf, folder).await.expect("it is put");
        }
        for (key, sample) in keys.iter().zip(&samples).skip(1) {
            assert!(read(shelf.open(key).await.expect("it is there")).await.expect("it is read") == sample.bytes);
        }
        assert!(matches!(shelf.open(&keys[0]).await, Err(ShelfError::NotThere)));
    })
    .await;
}

#[tokio::test]
async fn another_size_than_said_is_refused_and_nothing_lies_there() {
    on_both(async |shelf, folder| {
        for size in [1000, 6 * MEBIBYTE] {
            let sample = Sample::of(size, 8);
            for said in [sample.size() - 1, sample.size() + 1, 0] {
                let put = shelf.put(&sample.key(), &sample.comes_in(folder), &sample.sha256, said).await;
                assert!(matches!(put, Err(ShelfError::Changed)), "{put:?}");
                assert!(matches!(shelf.open(&sample.key()).await, Err(ShelfError::NotThere)));
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_blob_lies_under_no_other_sum() {
    on_both(async |shelf, folder| {
        let (sample, other) = (Sample::of(100, 9), Sample::of(100, 10));
        let put = sample.is_put_under(&other.key(), shelf, folder).await;
        assert!(matches!(put, Err(ShelfError::Changed)), "{put:?}");
        assert!(matches!(shelf.open(&other.key()).await, Err(ShelfError::NotThere)));
    })
    .await;
}

#[tokio::test]
async fn a_missing_source_is_told() {
    on_both(async |shelf, folder| {
        let sample = Sample::of(100, 11);
        let put = shelf.put(&sample.key(), &folder.join("nowhere"), &sample.sha256, 100).await;
        assert!(matches!(put, Err(ShelfError::Disk(_))), "{put:?}");
        assert!(!shelf.has_stopped(), "what isn't there is no failing disk");
    })
    .await;
}

#[tokio::test]
async fn a_check_finds_nothing_wrong() {
    on_both(async |shelf, _| {
        shelf.check().await.expect("all is well");
        assert!(!shelf.has_stopped());
    })
    .await;
}

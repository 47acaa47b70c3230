//! A bucket that says one thing and does another.

use std::fs;

use pishkhan_office::files::shelf::{Key, Patience, ShelfError};
use pishkhan_testkit::{Folder, Mood};

use crate::shelves::{MEBIBYTE, Sample, in_bucket, office, read};

#[tokio::test]
async fn what_is_acknowledged_and_stored_otherwise_is_noticed_before_we_acknowledge() {
    let (shelf, bucket) = in_bucket(Patience::default()).await;
    let folder = Folder::new();
    for (kind, mood) in (1..).zip([Mood::Flips, Mood::Truncates, Mood::Forgets]) {
        for size in [1, 1000, 6 * MEBIBYTE] {
            bucket.becomes(mood);
            // Others each time: what lies there and is right is not put again.
            let sample = Sample::of(size, kind);
            let put = sample.is_put(&shelf, folder.path()).await;
            assert!(matches!(put, Err(ShelfError::Changed)), "{mood:?}, {size} bytes: {put:?}");
            let page = Key::preview(&office(), &sample.sha256, 1, 900);
            let put = sample.is_put_under(&page, &shelf, folder.path()).await;
            assert!(matches!(put, Err(ShelfError::Changed)), "{mood:?}, {size} bytes of a page: {put:?}");
            bucket.becomes(Mood::Well);
            sample.is_put(&shelf, folder.path()).await.expect("it is put over what was spoilt");
            assert!(read(shelf.open(&sample.key()).await.expect("there")).await.expect("it is read") == sample.bytes);
        }
    }
}

#[tokio::test]
async fn a_good_copy_is_not_put_at_risk_by_putting_it_again() {
    let (shelf, bucket) = in_bucket(Patience::default()).await;
    let (folder, sample) = (Folder::new(), Sample::of(1000, 1));
    sample.is_put(&shelf, folder.path()).await.expect("it is put");
    for mood in [Mood::Flips, Mood::Truncates, Mood::Forgets] {
        bucket.becomes(mood);
        sample.is_put(&shelf, folder.path()).await.expect("it is there already");
    }
    bucket.becomes(Mood::Well);
    assert!(read(shelf.open(&sample.key()).await.expect("there")).await.expect("it is read") == sample.bytes);
}

#[tokio::test]
async fn what_changed_since_is_not_handed_out_whole() {
    let (shelf, bucket) = in_bucket(Patience::default()).await;
    let (folder, sample) = (Folder::new(), Sample::of(300_000, 1));
    sample.is_put(&shelf, folder.path()).await.expect("it is put");
    let mut flipped = sample.bytes.clone();
    flipped[299_999] ^= 1;
    for spoilt in [&flipped[..], &sample.bytes[..299_999], &[]] {
        fs::write(bucket.file_of(sample.key().as_str()), spoilt).expect("the server's folder is ours");
        let fetched = shelf.fetch(&sample.key(), &folder.path().join("copy")).await;
        assert!(matches!(fetched, Err(ShelfError::Changed)), "{fetched:?}");
        assert!(!folder.path().join("copy").exists(), "a spoilt copy was left");
        let stored = shelf.open(&sample.key()).await.expect("it is there");
        read(stored).await.expect_err("the stream ends with an error");
    }
}

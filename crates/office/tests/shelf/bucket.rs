//! A bucket that is slow, hangs, is down, comes back, or doesn't know us.

use std::time::Duration;

use futures_util::future::join_all;
use pishkhan_office::files::shelf::{BucketSettings, BucketShelf, Key, Patience, Shelf, ShelfError};
use pishkhan_testkit::{Folder, Mood};
use tokio::time::timeout;

use crate::shelves::{MEBIBYTE, SHORT, Sample, in_bucket, office, read};

/// No act may keep a person waiting longer, with the patience of these tests.
const SOON: Duration = Duration::from_secs(8);

#[tokio::test]
async fn keys_lie_under_the_prefix_and_a_check_leaves_nothing() {
    let (shelf, bucket) = in_bucket(Patience::default()).await;
    let (folder, sample) = (Folder::new(), Sample::of(100, 1));
    sample.is_put(&shelf, folder.path()).await.expect("it is put");
    shelf.check().await.expect("all is well");
    assert_eq!(bucket.keys(), [sample.key().as_str()]);
}

#[tokio::test]
async fn the_source_is_left_where_it_is() {
    let (shelf, _bucket) = in_bucket(Patience::default()).await;
    let (folder, sample) = (Folder::new(), Sample::of(100, 1));
    let source = sample.comes_in(folder.path());
    shelf.put(&sample.key(), &source, &sample.sha256, sample.size()).await.expect("it is put");
    assert!(source.exists());
}

#[tokio::test]
async fn a_wrong_sum_is_refused_and_nothing_is_left() {
    let (shelf, bucket) = in_bucket(Patience::default()).await;
    let (folder, other) = (Folder::new(), Sample::of(1, 99));
    for size in [1000, 12 * MEBIBYTE] {
        let sample = Sample::of(size, 1);
        let source = sample.comes_in(folder.path());
        let put = shelf.put(&other.key(), &source, &other.sha256, sample.size()).await;
        assert!(matches!(put, Err(ShelfError::Changed)), "{put:?}");
        assert!(bucket.keys().is_empty(), "{:?}", bucket.keys());
        soon_no_parts(&bucket).await;
    }
}

#[tokio::test]
async fn slow_is_good_enough_while_it_goes_on() {
    let (shelf, bucket) = in_bucket(Patience::default()).await;
    let (folder, sample) = (Folder::new(), Sample::of(400_000, 1));
    bucket.becomes(Mood::Slow(Duration::from_millis(20)));
    sample.is_put(&shelf, folder.path()).await.expect("slow, but it gets there");
    assert!(read(shelf.open(&sample.key()).await.expect("there")).await.expect("it is read") == sample.bytes);
}

#[tokio::test]
async fn too_slow_is_told_in_bounded_time() {
    let (shelf, bucket) = in_bucket(SHORT).await;
    let folder = Folder::new();
    bucket.becomes(Mood::Slow(Duration::from_millis(100)));
    for size in [MEBIBYTE, 6 * MEBIBYTE] {
        let put = timeout(SOON, Sample::of(size, 1).is_put(&shelf, folder.path())).await.expect("in time");
        assert_unreachable(&put);
    }
    assert!(bucket.keys().is_empty());
    bucket.becomes(Mood::Well);
    soon_no_parts(&bucket).await;
}

#[tokio::test]
async fn hanging_is_told_in_bounded_time_and_heals() {
    let (shelf, bucket) = in_bucket(SHORT).await;
    let (folder, sample) = (Folder::new(), Sample::of(200_000, 1));
    sample.is_put(&shelf, folder.path()).await.expect("it is put");
    bucket.becomes(Mood::Hangs);
    let another = Sample::of(6 * MEBIBYTE, 2);
    assert_unreachable(&timeout(SOON, another.is_put(&shelf, folder.path())).await.expect("in time"));
    assert_unreachable(&timeout(SOON, shelf.open(&sample.key())).await.expect("in time").map(drop));
    assert_unreachable(&timeout(SOON, shelf.remove(&sample.key())).await.expect("in time"));
    assert_unreachable(&timeout(SOON, shelf.check()).await.expect("in time"));
    bucket.becomes(Mood::Well);
    another.is_put(&shelf, folder.path()).await.expect("it is put now");
    assert!(read(shelf.open(&sample.key()).await.expect("there")).await.expect("it is read") == sample.bytes);
}

#[tokio::test]
async fn a_reader_of_a_bucket_that_falls_silent_is_told() {
    let (shelf, bucket) = in_bucket(SHORT).await;
    let (folder, sample) = (Folder::new(), Sample::of(8 * MEBIBYTE, 1));
    sample.is_put(&shelf, folder.path()).await.expect("it is put");
    let stored = shelf.open(&sample.key()).await.expect("it is there");
    bucket.becomes(Mood::Hangs);
    timeout(SOON, read(stored)).await.expect("in time").expect_err("not all came");
    let copy = folder.path().join("copy");
    assert_unreachable(&timeout(SOON, shelf.fetch(&sample.key(), &copy)).await.expect("in time"));
    assert!(!copy.exists());
}

#[tokio::test]
async fn down_is_told_and_a_restart_heals() {
    let (shelf, bucket) = in_bucket(SHORT).await;
    let (folder, sample, later) = (Folder::new(), Sample::of(1000, 1), Sample::of(6 * MEBIBYTE, 2));
    sample.is_put(&shelf, folder.path()).await.expect("it is put");
    bucket.stop().await;
    assert_unreachable(&timeout(SOON, later.is_put(&shelf, folder.path())).await.expect("in time"));
    assert_unreachable(&timeout(SOON, shelf.open(&sample.key())).await.expect("in time").map(drop));
    assert_unreachable(&timeout(SOON, shelf.remove(&sample.key())).await.expect("in time"));
    assert_unreachable(&timeout(SOON, shelf.check()).await.expect("in time"));
    assert!(!shelf.has_stopped(), "what can heal has not stopped");
    bucket.start_again().await;
    later.is_put(&shelf, folder.path()).await.expect("it is put now");
    assert!(read(shelf.open(&sample.key()).await.expect("there")).await.expect("it is read") == sample.bytes);
}

#[tokio::test]
async fn a_restart_in_the_middle_of_a_put_is_not_noticed() {
    let (shelf, bucket) = in_bucket(Patience::default()).await;
    let (folder, sample) = (Folder::new(), Sample::of(12 * MEBIBYTE, 1));
    bucket.becomes(Mood::Slow(Duration::from_millis(1)));
    let put = sample.is_put(&shelf, folder.path());
    let restart = async {
        // Two of three parts are on their way or there.
        while bucket.unfinished_parts() < 1 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        bucket.stop().await;
        bucket.becomes(Mood::Well);
        bucket.start_again().await;
    };
    let (put, ()) = tokio::join!(put, restart);
    put.expect("it is put all the same");
    assert!(read(shelf.open(&sample.key()).await.expect("there")).await.expect("it is read") == sample.bytes);
}

#[tokio::test]
async fn who_goes_away_leaves_no_parts() {
    let (shelf, bucket) = in_bucket(SHORT).await;
    let (folder, sample) = (Folder::new(), Sample::of(12 * MEBIBYTE, 1));
    bucket.becomes(Mood::Slow(Duration::from_millis(5)));
    let put = timeout(Duration::from_millis(50), sample.is_put(&shelf, folder.path())).await;
    assert!(put.is_err(), "it was over too soon to be given up");
    bucket.becomes(Mood::Well);
    soon_no_parts(&bucket).await;
}

#[tokio::test]
async fn many_put_at_once() {
    let (shelf, bucket) = in_bucket(Patience::default()).await;
    let folder = Folder::new();
    let samples = (0..50).map(|seed| Sample::of(1 << 18, seed)).collect::<Vec<_>>();
    let puts = join_all(samples.iter().map(|sample| sample.is_put(&shelf, folder.path()))).await;
    assert!(puts.iter().all(Result::is_ok), "{puts:?}");
    assert_eq!(bucket.keys().len(), 50);
}

#[tokio::test]
async fn a_wrong_key_is_told_clearly_and_shown_nowhere() {
    let (_, bucket) = in_bucket(SHORT).await;
    let folder = Folder::new();
    let good = bucket.settings(SHORT);
    let wrong_secret = BucketSettings { secret_key: "not-the-secret".to_owned(), ..good.clone() };
    let wrong_key = BucketSettings { access_key: "AKIANOBODY".to_owned(), ..good };
    for settings in [wrong_secret, wrong_key] {
        let shelf = Shelf::Bucket(BucketShelf::open_bucket(&settings).expect("the settings look good"));
        for act in [shelf.check().await, Sample::of(9, 1).is_put(&shelf, folder.path()).await] {
            let Err(ShelfError::Unreachable(why)) = act else { panic!("{act:?}") };
            assert!(why.contains("refuses our key") && why.contains("403"), "{why}");
            let shown = format!("{why} {shelf:?} {settings:?}");
            assert!(!shown.contains(&settings.secret_key) && !shown.contains(&settings.access_key), "{shown}");
        }
    }
}

#[tokio::test]
async fn an_offset_is_not_a_number_to_a_bucket() {
    let (shelf, bucket) = in_bucket(SHORT).await;
    let (folder, sample) = (Folder::new(), Sample::of(10, 1));
    for offset in [9, 10, 100] {
        let piece = Key::piece(&office(), "anupload", offset);
        sample.is_put_under(&piece, &shelf, folder.path()).await.expect("it is put");
    }
    let offsets = bucket.keys().iter().map(|key| key[key.len() - 3..].to_owned()).collect::<Vec<_>>();
    assert_eq!(offsets, ["009", "010", "100"]);
}

fn assert_unreachable(acted: &Result<(), ShelfError>) {
    assert!(matches!(acted, Err(ShelfError::Unreachable(_))), "{acted:?}");
}

/// The storage is told a little later to forget them.
async fn soon_no_parts(bucket: &pishkhan_testkit::Bucket) {
    let gone = async {
        while bucket.unfinished_parts() > 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(SOON, gone).await.expect("parts of an upload were left for ever");
}

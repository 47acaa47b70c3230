//! Files in a bucket of a real S3 server, through the front door: the same journey, and what people read when it is away.

use std::time::Duration;

use pishkhan_office::files::shelf::{BucketShelf, Patience, Shelf};
use pishkhan_testkit::{Attachment, Bucket, Kind, Letter, Mood, on_one, samples};

/// Nobody waits long in a test.
fn hasty() -> Patience {
    let (connect, idle, whole) = (Duration::from_millis(500), Duration::from_millis(500), Duration::from_secs(2));
    Patience { connect, idle, whole, per_mebibyte: Duration::from_millis(100) }
}

fn shelf_of(bucket: &Bucket) -> Shelf {
    Shelf::Bucket(BucketShelf::open_bucket(&bucket.settings(hasty())).expect("good settings"))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_journey_is_the_same_with_files_in_a_bucket() {
    let bucket = Bucket::start().await;
    for kind in [Kind::Sqlite, Kind::Postgres] {
        on_one(
            kind,
            |plan| plan.shelf = Some(shelf_of(&bucket)),
            async |app| {
                let sender = app.sender("09121234567").signs_in().await;
                let letter = sender.sends(&Letter::with_file()).await;
                let reviewer = app.reviewer().await;
                let page = reviewer.get(&format!("/desk/letters/{letter}")).await.ok();
                let file = page.attribute("a[href^='/files/']", "href");
                assert_eq!(reviewer.get(&file).await.ok().body, samples::pdf("bill"));
                assert_eq!(sender.get(&file).await.ok().body, samples::pdf("bill"));
            },
        )
        .await;
    }
    assert_eq!(bucket.keys().len(), 1, "both runs brought the same bytes to the same organisation");
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_bucket_is_away_nothing_is_acknowledged_and_nothing_typed_is_lost() {
    let bucket = Bucket::start().await;
    on_one(
        Kind::Sqlite,
        |plan| plan.shelf = Some(shelf_of(&bucket)),
        async |app| {
            let sender = app.sender("09121234567").signs_in().await;
            let letter = sender.sends(&Letter::with_file()).await;
            let page = sender.get(&format!("/letters/{letter}")).await.ok();
            let file = page.attribute("a[href^='/files/']", "href");
            for mood in [Mood::Hangs, Mood::Flips, Mood::Truncates, Mood::Forgets] {
                bucket.becomes(mood);
                let other = vec![Attachment::new("سند.pdf", samples::pdf("another"))];
                let form = sender.fills_in(&Letter { files: other, ..Letter::default() }).await;
                let refused = form.press("next", "check").send().await.is(503);
                refused.says("فایل سند.pdf ذخیره نشد. کمی بعد دوباره بفرستید.");
                assert_eq!(refused.value("subject"), "درخواست بررسی قبض آب", "{mood:?}");
                assert!(refused.all("#file-list .file b").is_empty(), "{mood:?}: no file is promised");
            }
            bucket.becomes(Mood::Well);
            bucket.stop().await;
            sender.get(&file).await.is(503).says("فایل الان در دسترس نیست");
            assert_eq!(app.take_faults().len(), 5, "all of these are ours");
            bucket.start_again().await;
            let other = vec![Attachment::new("سند.pdf", samples::pdf("another"))];
            sender.sends(&Letter { files: other, ..Letter::default() }).await;
            assert_eq!(sender.get(&file).await.ok().body, samples::pdf("bill"));
        },
    )
    .await;
}

//! Lines that break, answers that are lost, crowds at one place, storages that are away.

use std::io;
use std::time::Duration;

use axum::body::Body;
use axum::http::Method;
use bytes::Bytes;
use futures_util::future::join_all;
use futures_util::stream;
use pishkhan_office::files::shelf::{BucketShelf, Patience, Shelf};
use pishkhan_testkit::{Bucket, Kind, on_both, on_one};
use tokio::sync::mpsc;

use super::{BYTES, MEBIBYTE, Program, arrived, pdf};

/// A body that breaks off after these bytes.
fn breaking(bytes: Bytes) -> Body {
    Body::from_stream(stream::iter([Ok(bytes), Err(io::Error::from(io::ErrorKind::ConnectionReset))]))
}

#[tokio::test]
async fn what_came_before_the_line_broke_stays() {
    on_both(async |app| {
        let program = Program::new(&app).await;
        let file = pdf(9 * MEBIBYTE);
        let upload = program.begins("اسکن.pdf", file.len()).await;
        let mut at = 0;
        // In the middle of a piece, behind one, and before any byte.
        for end in [300, 6 * MEBIBYTE + 77, 6 * MEBIBYTE + 77, 8 * MEBIBYTE] {
            program.sends(&upload, at, breaking(file.slice(at..end))).await;
            at = program.offset(&upload).await;
            assert_eq!(at, end);
        }
        program.sends(&upload, at, file.slice(at..)).await.is(204);
        assert_eq!(program.files().await, ["اسکن.pdf"]);
        assert_eq!(app.count("select size from files").await, 9 * 1024 * 1024);
        assert_eq!(app.files().await, 1);
    })
    .await;
}

#[tokio::test]
async fn what_came_stays_although_nobody_waits_for_the_answer() {
    on_both(async |app| {
        let program = Program::new(&app).await;
        let file = pdf(6 * MEBIBYTE);
        let upload = program.begins("اسکن.pdf", file.len()).await;
        let (line, coming) = mpsc::channel::<io::Result<Bytes>>(1);
        let coming = stream::unfold(coming, async |mut coming| coming.recv().await.map(|bytes| (bytes, coming)));
        let asking = {
            let (sender, draft) = (program.sender.clone(), program.draft.clone());
            let upload = upload.clone();
            tokio::spawn(async move {
                Program { sender, draft }.sends(&upload, 0, Body::from_stream(coming)).await;
            })
        };
        // The second can be sent when the first was taken.
        for piece in [file.slice(..4 * MEBIBYTE), file.slice(4 * MEBIBYTE..5 * MEBIBYTE)] {
            line.send(Ok(piece)).await.expect("it is read");
        }
        // The connection dies, and with it whoever was answering.
        asking.abort();
        assert!(asking.await.is_err_and(|error| error.is_cancelled()));
        line.send(Err(io::ErrorKind::ConnectionReset.into())).await.expect("it is still read");
        let came = async {
            while program.offset(&upload).await < 5 * MEBIBYTE {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), came).await.expect("it comes to count");
        let rest = program.sends(&upload, 5 * MEBIBYTE, file.slice(5 * MEBIBYTE..)).await.is(204);
        assert_eq!(arrived(&rest), file.len());
        assert_eq!(program.files().await, ["اسکن.pdf"]);
    })
    .await;
}

#[tokio::test]
async fn a_last_piece_sent_twice_makes_one_file() {
    on_both(async |app| {
        let program = Program::new(&app).await;
        let file = pdf(1_000);
        let upload = program.begins("قبض.pdf", file.len()).await;
        program.sends(&upload, 0, file.slice(..600)).await.is(204);
        program.sends(&upload, 600, file.slice(600..)).await.is(204);
        program.sends(&upload, 600, file.slice(600..)).await.is(409);
        program.sends(&upload, 1_000, Body::empty()).await.is(204);
        assert_eq!(program.offset(&upload).await, 1_000);
        assert_eq!(program.files().await, ["قبض.pdf"]);
        assert_eq!(app.count("select count(*) from files").await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_ten_who_send_for_one_place_one_is_counted() {
    on_both(async |app| {
        let program = Program::new(&app).await;
        let file = pdf(2_000);
        let upload = program.begins("قبض.pdf", file.len()).await;
        for (at, end) in [(0, 900), (900, 2_000)] {
            let sending = (0..10).map(|_| program.sends(&upload, at, file.slice(at..end)));
            let answers = join_all(sending).await;
            let mut said: Vec<u16> = answers.iter().map(|answer| answer.status.as_u16()).collect();
            said.sort_unstable();
            assert_eq!(said, [204, 409, 409, 409, 409, 409, 409, 409, 409, 409]);
            assert_eq!(program.offset(&upload).await, end);
        }
        assert_eq!(program.files().await, ["قبض.pdf"]);
        assert_eq!(app.files().await, 1, "what the others sent has vanished");
        assert_eq!(app.count("select count(*) from upload_pieces").await, 0);
        let counted = "select count from hits where subject like 'files:%'";
        assert_eq!(app.count(counted).await, 1, "one file counts against the day");
    })
    .await;
}

#[tokio::test]
async fn pieces_lie_in_a_bucket_as_well_so_that_any_node_goes_on() {
    let bucket = Bucket::start().await;
    let shelf = BucketShelf::open_bucket(&bucket.settings(Patience::default())).expect("the settings are good");
    let shelf = Shelf::Bucket(shelf);
    on_one(
        Kind::Sqlite,
        |plan| plan.shelf = Some(shelf.clone()),
        async |app| {
            let program = Program::new(&app).await;
            let file = pdf(6 * MEBIBYTE);
            let upload = program.begins("اسکن.pdf", file.len()).await;
            program.sends(&upload, 0, breaking(file.slice(..5 * MEBIBYTE))).await;
            assert_eq!(bucket.keys().len(), 2);
            assert_eq!(app.files().await, 0, "no node has anything of its own");
            bucket.stop().await;
            program.sends(&upload, 5 * MEBIBYTE, file.slice(5 * MEBIBYTE..)).await.is(503);
            assert_eq!(app.take_faults().len(), 1);
            assert_eq!(program.offset(&upload).await, 5 * MEBIBYTE);
            bucket.start_again().await;
            program.sends(&upload, 5 * MEBIBYTE, file.slice(5 * MEBIBYTE..)).await.is(204);
            assert_eq!(bucket.keys().len(), 1, "the file, and no piece");
            assert_eq!(program.files().await, ["اسکن.pdf"]);
        },
    )
    .await;
}

#[tokio::test]
async fn a_full_disk_takes_nothing_and_says_so() {
    on_one(
        Kind::Sqlite,
        |plan| plan.vault.free_percent = 101,
        async |app| {
            let program = Program::new(&app).await;
            program.creates("قبض.pdf", 100).await.is(503).says("رو به پایان است");
            let metadata = [("content-type", BYTES), ("upload-length", "100")];
            program.ask(Method::POST, &program.uploads(), &metadata, pdf(100)).await.is(503);
            assert_eq!(app.take_faults().len(), 2);
            assert_eq!(app.count("select count(*) from uploads").await, 0);
        },
    )
    .await;
}

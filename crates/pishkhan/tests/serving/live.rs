//! A stream of news over a real socket: nobody takes it for idle, and a stop ends it at once.

use std::sync::Arc;
use std::time::Duration;

use pishkhan_testkit::{Kind, Letter, Staff, TestApp, on_one};
use pishkhan_web::serve::ServeRules;
use tokio::io::AsyncReadExt;
use tokio::time::{sleep, timeout};

use crate::line::Line;
use crate::server::{BOUND, Server};

/// A server of the real pages, and the line on which this person watches.
async fn watched(app: &TestApp, staff: &Staff, change: impl FnOnce(&mut ServeRules)) -> (Server, Line) {
    let server = Server::of(pishkhan_web::router(app.parts().clone()), Arc::default(), change).await;
    let mut line = Line::to(&server).await;
    asks(app, staff, &mut line).await;
    (server, line)
}

/// Asks for the stream, as a page does.
async fn asks(app: &TestApp, staff: &Staff, line: &mut Line) {
    let (host, cookie) = (app.organisation().host(), staff.cookie("desk").expect("staff have a session"));
    let head = format!("GET /desk/events?show=review HTTP/1.1\r\nHost: {host}\r\nAccept: text/event-stream\r\n");
    line.send(format!("{head}Accept-Encoding: br, gzip\r\nCookie: __Host-desk={cookie}\r\n\r\n")).await;
}

/// Reads until these words have come.
async fn hears(line: &mut Line, words: &str) -> String {
    let mut heard = Vec::new();
    let reading = async {
        while !String::from_utf8_lossy(&heard).contains(words) {
            heard.push(line.0.read_u8().await.expect("the stream goes on"));
        }
    };
    timeout(BOUND, reading).await.expect("it is heard in time");
    String::from_utf8_lossy(&heard).into_owned()
}

#[tokio::test]
async fn an_open_stream_is_not_idle_and_ends_when_the_server_stops() {
    on_one(
        Kind::Sqlite,
        |_| {},
        async |app| {
            let reviewer = app.reviewer().await;
            let (mut server, mut line) = watched(&app, &reviewer, |rules| {
                rules.farewell = Duration::from_hours(1);
                rules.idle = Duration::from_millis(50);
                rules.patience.pause = Duration::from_millis(100);
            })
            .await;
            let head = hears(&mut line, "event: rows").await.to_ascii_lowercase();
            assert!(head.starts_with("http/1.1 200") && head.contains("text/event-stream"), "{head}");
            assert!(!head.contains("content-encoding"), "{head}");
            sleep(Duration::from_millis(300)).await;
            let letter = app.sender("09121234567").signs_in().await.sends(&Letter::default()).await;
            hears(&mut line, letter.as_str()).await;
            server.stop();
            let rest = line.rest().await;
            assert!(rest.ends_with("0\r\n\r\n"), "the stream ends in order: {rest:?}");
            server.has_stopped().await;
        },
    )
    .await;
}

#[tokio::test]
async fn whoever_hangs_up_gives_their_seat_back() {
    on_one(
        Kind::Sqlite,
        |_| {},
        async |app| {
            let reviewer = app.reviewer().await;
            let (server, mut line) = watched(&app, &reviewer, |_| {}).await;
            hears(&mut line, "event: rows").await;
            let others: Vec<_> =
                [reviewer.watches("/desk/events").await, reviewer.watches("/desk/events").await].into();
            let last = reviewer.watches("/desk/events").await;
            assert_eq!(reviewer.watches("/desk/events").await.status, 429);
            drop(line);
            let freed = async {
                while reviewer.watches("/desk/events").await.status != 200 {
                    sleep(Duration::from_millis(5)).await;
                }
            };
            timeout(BOUND, freed).await.expect("the seat comes free");
            drop((server, others, last));
        },
    )
    .await;
}

#[tokio::test]
async fn whoever_does_not_listen_is_given_up_and_holds_up_nobody() {
    on_one(
        Kind::Sqlite,
        |_| {},
        async |app| {
            app.waiting_letters("شکایات", 30).await;
            let (deaf, reviewer) = (app.more_reviewers(1).await.remove(0), app.reviewer().await);
            let server = Server::narrow(pishkhan_web::router(app.parts().clone()), |rules| {
                rules.patience.pause = Duration::from_millis(300);
            });
            let mut unread = Vec::new();
            for _ in 0..4 {
                let mut line = Line::narrow(&server).await;
                asks(&app, &deaf, &mut line).await;
                hears(&mut line, "event: counts").await;
                unread.push(line);
            }
            let mut line = Line::to(&server).await;
            asks(&app, &reviewer, &mut line).await;
            hears(&mut line, "event: rows").await;
            assert_eq!(deaf.watches("/desk/events").await.status, 429, "they have all their seats");
            let given_up = async {
                // What is told fills what sockets hold of it; nothing of it is kept for them beyond.
                while deaf.watches("/desk/events").await.status != 200 {
                    let letter = app.waiting_letters("شکایات", 1).await.remove(0).expect("one letter");
                    hears(&mut line, letter.as_str()).await;
                    deaf.get("/desk?show=review").await.ok();
                }
            };
            timeout(2 * BOUND, given_up).await.expect("whoever takes nothing is let go");
            drop((server, unread));
        },
    )
    .await;
}

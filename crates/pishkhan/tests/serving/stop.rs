//! A stop finishes what is under way, and nothing else.

use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::time::sleep;

use crate::line::Line;
use crate::server::Server;

#[tokio::test]
async fn a_slow_upload_under_way_arrives() {
    let mut server = Server::start(|_| {}).await;
    let mut line = Line::to(&server).await;
    line.send("POST /echo HTTP/1.1\r\nHost: a.ir\r\nContent-Length: 10\r\n\r\nfirst").await;
    while server.seen.come.load(Ordering::SeqCst) < 5 {
        sleep(Duration::from_millis(5)).await;
    }
    server.stop();
    for byte in b"other" {
        sleep(Duration::from_millis(30)).await;
        line.send([*byte]).await;
    }
    let answer = line.answer().await;
    assert_eq!((answer.body.as_str(), answer.header("connection")), ("10", Some("close")));
    line.is_closed().await;
    server.has_stopped().await;
}

#[tokio::test]
async fn who_asks_nothing_is_sent_home_at_once() {
    let mut server = Server::start(|rules| rules.farewell = Duration::from_hours(1)).await;
    let (mut used, mut silent, mut hesitant) =
        (Line::to(&server).await, Line::to(&server).await, Line::to(&server).await);
    assert_eq!(used.get("/").await.body, "home");
    hesitant.send("GET / HT").await;
    server.stop();
    used.is_closed().await;
    silent.is_closed().await;
    hesitant.is_closed().await;
    server.has_stopped().await;
}

#[tokio::test]
async fn who_never_ends_is_not_waited_for_beyond_the_farewell() {
    let mut server = Server::start(|rules| rules.farewell = Duration::from_millis(200)).await;
    let mut line = Line::to(&server).await;
    line.send("GET /never HTTP/1.1\r\nHost: a.ir\r\n\r\n").await;
    server.seen.asked.notified().await;
    server.stop();
    server.has_stopped().await;
    line.is_closed().await;
}

//! How long anybody is waited for: too slow is told apart from merely slow.

use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::time::{sleep, timeout};

use crate::line::Line;
use crate::server::{BOUND, LARGE, Server};

const SHORT: Duration = Duration::from_millis(300);
const TICK: Duration = Duration::from_millis(50);

#[tokio::test]
async fn a_silent_line_is_closed() {
    let server = Server::start(|rules| rules.head = SHORT).await;
    Line::to(&server).await.is_closed().await;
}

#[tokio::test]
async fn a_head_that_trickles_is_told_and_closed() {
    let server = Server::start(|rules| rules.head = SHORT).await;
    let mut line = Line::to(&server).await;
    line.send("GET / HTTP/1.1\r\nHost: a.ir\r\n").await;
    for _ in 0..200 {
        if !line.tries_to_send("X-More: y\r\n").await {
            break;
        }
        sleep(Duration::from_millis(5)).await;
    }
    line.answer().await.is_refusal(408);
    line.is_closed().await;
}

#[tokio::test]
async fn the_second_head_has_its_time_too() {
    let server = Server::start(|rules| rules.head = SHORT).await;
    let mut line = Line::to(&server).await;
    assert_eq!(line.get("/").await.body, "home");
    sleep(2 * SHORT).await;
    line.send("GET / HT").await;
    line.answer().await.is_refusal(408);
    line.is_closed().await;
}

#[tokio::test]
async fn an_idle_line_is_closed() {
    let server = Server::start(|rules| rules.idle = SHORT).await;
    let mut line = Line::to(&server).await;
    assert_eq!(line.get("/").await.body, "home");
    line.is_closed().await;
}

#[tokio::test]
async fn an_answer_under_way_is_not_idle() {
    let server = Server::start(|rules| rules.idle = SHORT).await;
    let mut line = Line::to(&server).await;
    line.send("GET /never HTTP/1.1\r\nHost: a.ir\r\n\r\n").await;
    let closed = timeout(3 * SHORT, line.0.read_u8()).await;
    assert!(closed.is_err(), "it is waited for: {closed:?}");
}

#[tokio::test]
async fn a_line_has_its_share_of_requests() {
    let server = Server::start(|rules| rules.requests = 3).await;
    let mut line = Line::to(&server).await;
    assert_eq!(line.get("/").await.header("connection"), None);
    assert_eq!(line.get("/").await.header("connection"), None);
    let last = line.get("/").await;
    assert_eq!((last.status, last.header("connection")), (200, Some("close")));
    line.is_closed().await;
}

#[tokio::test]
async fn a_body_that_pauses_is_given_up() {
    let server = Server::start(|rules| rules.patience.pause = SHORT).await;
    let mut line = Line::to(&server).await;
    line.send("POST /echo HTTP/1.1\r\nHost: a.ir\r\nContent-Length: 10\r\n\r\nhalf").await;
    let told = line.answer().await;
    assert_eq!(told.status, 408);
    assert!(told.header("x-content-type-options").is_some());
    line.is_closed().await;
}

#[tokio::test]
async fn a_body_that_trickles_is_given_up_though_it_never_pauses() {
    let server = Server::start(|rules| rules.patience.pause = 4 * SHORT).await;
    let mut line = Line::to(&server).await;
    line.send("POST /echo HTTP/1.1\r\nHost: a.ir\r\nContent-Length: 5000\r\n\r\n").await;
    let mut sent = 0;
    while sent < 5000 && line.tries_to_send("x").await {
        sent += 1;
        if timeout(TICK, line.0.readable()).await.is_ok() {
            break;
        }
    }
    assert!(sent < 5000, "it was given up before it was whole");
    assert_eq!(line.answer().await.status, 408);
}

#[tokio::test]
async fn a_slow_and_steady_body_arrives_however_long_it_takes() {
    let server = Server::start(|rules| rules.patience.pause = Duration::from_secs(2)).await;
    let mut line = Line::to(&server).await;
    line.send("POST /echo HTTP/1.1\r\nHost: a.ir\r\nContent-Length: 10000\r\n\r\n").await;
    for _ in 0..50 {
        line.send([b'x'; 200]).await;
        sleep(TICK).await;
    }
    let answer = line.answer().await;
    assert_eq!((answer.status, answer.body.as_str()), (200, "10000"));
}

#[tokio::test]
async fn an_answer_that_nobody_takes_is_given_up() {
    let server = Server::start(|rules| rules.patience.pause = SHORT).await;
    let mut line = Line::to(&server).await;
    line.send("GET /large HTTP/1.1\r\nHost: a.ir\r\n\r\n").await;
    timeout(BOUND, server.seen.gone.notified()).await.expect("it is given up");
    // What the sockets hold still comes; the whole does not.
    assert!(line.rest().await.len() < LARGE);
}

#[tokio::test]
async fn an_answer_that_is_taken_slowly_is_sent_whole() {
    let server = Server::start(|rules| rules.patience.pause = Duration::from_secs(2)).await;
    let mut line = Line::to(&server).await;
    line.send("GET /large HTTP/1.1\r\nHost: a.ir\r\nConnection: close\r\n\r\n").await;
    let mut come = 0;
    let mut piece = vec![0; 256 * 1024];
    loop {
        let bytes = line.0.read(&mut piece).await.expect("it goes on");
        if bytes == 0 {
            break;
        }
        come += bytes;
        sleep(TICK).await;
    }
    assert!(come > LARGE, "{come}");
}

//! Requests that can be read in two ways, and those that are too large: each gets one answer, and nothing behind it is read.

use std::sync::atomic::Ordering;

use crate::line::Line;
use crate::server::Server;

/// What is hidden behind each of the heads below.
const HIDDEN: &str = "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a.ir\r\n\r\n";

/// Heads of a POST, of which somebody between the browser and us could have thought otherwise than we do.
const SMUGGLING: [&str; 36] = [
    "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
    "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
    "Content-Length: 0\r\nTransfer-Encoding: identity\r\n",
    "Content-Length: 5\r\nContent-Length: 0\r\n",
    "Content-Length: 0\r\nContent-Length: 5\r\n",
    "Content-Length: 5\r\nContent-Length: 5\r\n",
    "Content-Length: 5, 5\r\n",
    "Content-Length: 0, 5\r\n",
    "Content-Length: +5\r\n",
    "Content-Length: -1\r\n",
    "Content-Length: 0x5\r\n",
    "Content-Length: 5 5\r\n",
    "Content-Length: five\r\n",
    "Content-Length:\r\n",
    "Content-Length: 18446744073709551617\r\n",
    "Content-Length : 5\r\n",
    "Content-Length\r\n",
    "Content_Length: 5\r\nContent-Length\t: 0\r\n",
    "Transfer-Encoding : chunked\r\n",
    "Transfer-Encoding: xchunked\r\n",
    "Transfer-Encoding: chunked, identity\r\n",
    "Transfer-Encoding: identity, chunked\r\n",
    "Transfer-Encoding: gzip, chunked\r\n",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
    "Transfer-Encoding: \u{b}chunked\r\n",
    "Transfer-Encoding:\r\n",
    "Transfer-Encoding: \"chunked\"\r\n",
    "\tTransfer-Encoding: chunked\r\n",
    "X: y\r\n Transfer-Encoding: chunked\r\n",
    "X: y\r\n\tchunked\r\n",
    "Transfer-Encoding:\r\n chunked\r\n",
    "X: y\nTransfer-Encoding: chunked\r\n",
    "X: y\rTransfer-Encoding: chunked\r\n",
    "X: y\0\r\nTransfer-Encoding: chunked\r\n",
    ": y\r\nTransfer-Encoding: chunked\r\n",
];

#[tokio::test]
async fn a_head_of_two_meanings_gets_one_answer_and_hides_nothing() {
    let server = Server::start(|_| {}).await;
    for lines in SMUGGLING {
        let mut line = Line::to(&server).await;
        line.send(format!("POST /echo HTTP/1.1\r\nHost: a.ir\r\n{lines}\r\n{HIDDEN}")).await;
        let answers = line.rest().await;
        assert_eq!(answers.matches("HTTP/1.1 ").count(), 1, "{lines:?}: {answers}");
        assert!(matches!(answers.get(9..12), Some("400" | "501")), "{lines:?}: {answers}");
    }
    assert_eq!(server.seen.smuggled.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn the_same_head_after_a_good_one_gets_its_turn_and_is_the_last() {
    let server = Server::start(|_| {}).await;
    let mut line = Line::to(&server).await;
    let bad = format!("POST /echo HTTP/1.1\r\nHost: a.ir\r\n{}\r\n{HIDDEN}", SMUGGLING[0]);
    line.send(format!("POST /echo HTTP/1.1\r\nHost: a.ir\r\nContent-Length: 3\r\n\r\nabc{bad}")).await;
    assert_eq!(line.answer().await.body, "3");
    let refused = line.answer().await;
    refused.is_refusal(400);
    line.is_closed().await;
    assert_eq!(server.seen.smuggled.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn requests_in_one_breath_are_answered_in_order() {
    let server = Server::start(|_| {}).await;
    let mut line = Line::to(&server).await;
    let body = "GET /smuggled HTTP/1.1\r\nHost: a.ir\r\n\r\n";
    let post = format!("POST /echo HTTP/1.1\r\nHost: a.ir\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    let get = "GET / HTTP/1.1\r\nHost: a.ir\r\n\r\n";
    line.send(format!("{get}{post}\r\n{get}{post}")).await;
    for expected in ["home", "38", "home", "38"] {
        assert_eq!(line.answer().await.body, expected);
    }
    assert_eq!(body.len(), 38);
    assert_eq!(server.seen.smuggled.load(Ordering::SeqCst), 0, "what is in a body is no request");
}

#[tokio::test]
async fn a_request_may_come_byte_by_byte() {
    let server = Server::start(|_| {}).await;
    let mut line = Line::to(&server).await;
    for _ in 0..2 {
        for byte in b"POST /echo HTTP/1.1\r\nHost: a.ir\r\nContent-Length: 5\r\n\r\nhello" {
            line.send([*byte]).await;
        }
        assert_eq!(line.answer().await.body, "5");
    }
}

#[tokio::test]
async fn chunks_are_read_and_nobody_speaks_after_them() {
    let server = Server::start(|_| {}).await;
    let mut line = Line::to(&server).await;
    let chunked = "POST /echo HTTP/1.1\r\nHost: a.ir\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n";
    line.send(format!("{chunked}5\r\nhello\r\n{HIDDEN}")).await;
    let answer = line.answer().await;
    assert_eq!((answer.body.as_str(), answer.header("connection")), ("5", Some("close")));
    line.is_closed().await;
    assert_eq!(server.seen.smuggled.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn what_is_too_large_is_told_in_words() {
    let server = Server::start(|_| {}).await;
    for (request, status) in [
        (format!("GET /{} HTTP/1.1\r\nHost: a.ir\r\n\r\n", "a".repeat(8 * 1024)), 414),
        (format!("GET /{}", "a".repeat(20 * 1024)), 414),
        (format!("GET / HTTP/1.1\r\nHost: a.ir\r\nCookie: {}\r\n\r\n", "a".repeat(32 * 1024)), 431),
        (format!("GET / HTTP/1.1\r\nHost: a.ir\r\n{}\r\n", "X: y\r\n".repeat(64)), 431),
        ("BREW / HTTP/1.1\r\nHost: a.ir\r\n\r\n".into(), 501),
        ("REFUSED /200 HTTP/1.1\r\nHost: a.ir\r\n\r\n".into(), 501),
        ("GET / HTTP/3.0\r\nHost: a.ir\r\n\r\n".into(), 505),
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".into(), 505),
        ("GET / HTTP/1.1\nHost: a.ir\n\n".into(), 400),
        ("\u{16}\u{3}\u{1}\u{2}".into(), 400),
    ] {
        let mut line = Line::to(&server).await;
        line.send(&request).await;
        line.answer().await.is_refusal(status);
        line.is_closed().await;
    }
}

#[tokio::test]
async fn what_just_fits_is_let_in() {
    let server = Server::start(|_| {}).await;
    let mut line = Line::to(&server).await;
    assert_eq!(line.get(&format!("/?{}", "a".repeat(8 * 1024 - 2))).await.body, "home");
    line.send(format!("GET / HTTP/1.1\r\nHost: a.ir\r\n{}\r\n", "X: y\r\n".repeat(63))).await;
    assert_eq!(line.answer().await.body, "home");
    line.send(format!("GET / HTTP/1.1\r\nHost: a.ir\r\nCookie: {}\r\n\r\n", "a".repeat(31 * 1024))).await;
    assert_eq!(line.answer().await.body, "home");
}

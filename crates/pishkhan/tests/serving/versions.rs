//! HTTP/2: offered through TLS only, bounded, and ended like any other line.

use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Empty, Full};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http2::{self, SendRequest};
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use pishkhan_testkit::{Kind, on_one};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::line::Line;
use crate::server::{BOUND, Seen, Server};
use crate::tls::{Files, secured};

/// A browser on one line of HTTP/2, and the end of that line.
struct Browser {
    send: SendRequest<Full<Bytes>>,
    ended: JoinHandle<()>,
}

impl Browser {
    /// Whose window for answers is so large.
    async fn to(server: &Server, files: &Files, window: u32) -> Browser {
        let socket = secured(server, &files.shown, &["h2", "http/1.1"]).await;
        assert_eq!(socket.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
        let mut builder = http2::Builder::new(TokioExecutor::new());
        builder.initial_stream_window_size(window).initial_connection_window_size(window);
        let (send, connection) = builder.handshake(TokioIo::new(socket)).await.expect("HTTP/2 is spoken");
        let ended = tokio::spawn(async move {
            let _ = connection.await;
        });
        Browser { send, ended }
    }

    async fn asks(&mut self, request: Request<Full<Bytes>>) -> Response<Incoming> {
        timeout(BOUND, self.send.send_request(request)).await.expect("in time").expect("an answer")
    }

    async fn gets(&mut self, address: &str) -> (u16, String) {
        let request = Request::get(address).body(Full::default()).expect("a request");
        let answer = self.asks(request).await;
        let status = answer.status().as_u16();
        let body = answer.into_body().collect().await.expect("it comes whole").to_bytes();
        (status, String::from_utf8_lossy(&body).into_owned())
    }

    async fn has_ended(self) {
        timeout(BOUND, self.ended).await.expect("the line ends in time").expect("in order");
    }
}

#[tokio::test]
async fn http_2_is_spoken_through_tls() {
    let files = Files::new();
    let server = Server::start(|rules| rules.tls = Some(files.open())).await;
    let mut browser = Browser::to(&server, &files, 65_535).await;
    assert_eq!(browser.gets("https://a.ir/").await, (200, "home".to_owned()));
    let body = Full::from(vec![b'x'; 300_000]);
    let answer = browser.asks(Request::post("https://a.ir/echo").body(body).expect("a request")).await;
    assert_eq!(answer.into_body().collect().await.expect("whole").to_bytes(), "300000");
}

#[tokio::test]
async fn the_host_of_http_2_is_as_good_as_a_header() {
    let files = Files::new();
    on_one(
        Kind::Sqlite,
        |_| {},
        async |app| {
            let router = pishkhan_web::router(app.parts().clone());
            let tls = |rules: &mut pishkhan_web::serve::ServeRules| rules.tls = Some(files.open());
            let server = Server::of(router, Arc::new(Seen::default()), tls).await;
            let mut browser = Browser::to(&server, &files, 65_535).await;
            let host = app.organisation().base_url.split_once("://").expect("it is a URL").1;
            assert_eq!(browser.gets(&format!("https://{host}/help")).await.0, 200);
            assert_eq!(browser.gets("https://nobody.example/help").await.0, 421);
            let two = Request::get(format!("https://{host}/help")).header("host", "other.example");
            assert_eq!(browser.asks(two.body(Full::default()).expect("a request")).await.status(), 400);
            assert_eq!(browser.gets("https://10.0.0.7/health").await, (200, "ok\n".to_owned()));
        },
    )
    .await;
}

#[tokio::test]
async fn the_limits_of_heads_hold_for_http_2() {
    let files = Files::new();
    let server = Server::start(|rules| rules.tls = Some(files.open())).await;
    let mut browser = Browser::to(&server, &files, 65_535).await;
    assert_eq!(browser.gets(&format!("https://a.ir/?{}", "a".repeat(8 * 1024))).await.0, 414);
    let mut many = Request::get("https://a.ir/");
    for number in 0..65 {
        many = many.header(format!("x-{number}"), "y");
    }
    assert_eq!(browser.asks(many.body(Full::default()).expect("a request")).await.status(), 431);
    let large = Request::get("https://a.ir/").header("x-large", "a".repeat(33 * 1024));
    let refused = timeout(BOUND, browser.send.send_request(large.body(Full::default()).expect("a request"))).await;
    assert!(!matches!(refused, Ok(Ok(answer)) if answer.status() != 431), "it is not let in");
}

#[tokio::test]
async fn a_line_of_http_2_that_says_nothing_is_closed() {
    let files = Files::new();
    let server = Server::start(|rules| {
        rules.tls = Some(files.open());
        rules.head = Duration::from_millis(300);
        rules.idle = Duration::from_millis(300);
    })
    .await;
    Line(secured(&server, &files.shown, &["h2"]).await).rest().await;
    Browser::to(&server, &files, 65_535).await.has_ended().await;
    let mut used = Browser::to(&server, &files, 65_535).await;
    assert_eq!(used.gets("https://a.ir/").await.0, 200);
    used.has_ended().await;
}

#[tokio::test]
async fn a_line_of_http_2_has_its_share_of_requests() {
    let files = Files::new();
    let server = Server::start(|rules| {
        rules.tls = Some(files.open());
        rules.requests = 3;
    })
    .await;
    let mut browser = Browser::to(&server, &files, 65_535).await;
    for _ in 0..3 {
        assert_eq!(browser.gets("https://a.ir/").await.0, 200);
    }
    browser.has_ended().await;
}

#[tokio::test]
async fn an_answer_of_http_2_that_nobody_takes_ends_the_line() {
    let files = Files::new();
    let server = Server::start(|rules| {
        rules.tls = Some(files.open());
        rules.patience.pause = Duration::from_millis(300);
    })
    .await;
    let mut browser = Browser::to(&server, &files, 1_000).await;
    let request = Request::get("https://a.ir/large").body(Full::default()).expect("a request");
    // The line is alive and answers pings; only the answer's body is never read.
    let untaken = browser.asks(request).await;
    timeout(BOUND, server.seen.gone.notified()).await.expect("it is given up");
    browser.has_ended().await;
    drop(untaken);
}

#[tokio::test]
async fn a_body_of_http_2_that_pauses_is_given_up() {
    let files = Files::new();
    let server = Server::start(|rules| {
        rules.tls = Some(files.open());
        rules.patience.pause = Duration::from_millis(300);
    })
    .await;
    let socket = secured(&server, &files.shown, &["h2"]).await;
    let (mut send, connection) =
        http2::handshake(TokioExecutor::new(), TokioIo::new(socket)).await.expect("HTTP/2 is spoken");
    tokio::spawn(connection);
    let first = futures_util::stream::iter([Ok::<_, std::io::Error>(hyper::body::Frame::data(Bytes::from("half")))]);
    let body = http_body_util::StreamBody::new(futures_util::StreamExt::chain(first, futures_util::stream::pending()));
    let request = Request::post("https://a.ir/echo").body(body).expect("a request");
    let answer = timeout(BOUND, send.send_request(request)).await.expect("in time").expect("an answer");
    assert_eq!(answer.status(), 408);
}

#[tokio::test]
async fn a_stop_lets_an_answer_of_http_2_finish() {
    let files = Files::new();
    let mut server = Server::start(|rules| {
        rules.tls = Some(files.open());
        rules.farewell = Duration::from_hours(1);
    })
    .await;
    let mut browser = Browser::to(&server, &files, 65_535).await;
    let request = Request::get("https://a.ir/large").body(Full::default()).expect("a request");
    let answer = browser.asks(request).await;
    server.stop();
    let body = answer.into_body().collect().await.expect("it comes whole").to_bytes();
    assert_eq!(body.len(), crate::server::LARGE);
    browser.has_ended().await;
    server.has_stopped().await;
}

#[tokio::test]
async fn plain_text_is_http_1_only() {
    let server = Server::start(|_| {}).await;
    let socket = tokio::net::TcpStream::connect(server.address).await.expect("it listens");
    let (mut send, connection) = http2::handshake::<_, _, Empty<Bytes>>(TokioExecutor::new(), TokioIo::new(socket))
        .await
        .expect("the client only writes here");
    let ended = tokio::spawn(connection);
    let request = Request::get("http://a.ir/").body(Empty::new()).expect("a request");
    assert!(timeout(BOUND, send.send_request(request)).await.expect("in time").is_err());
    assert!(timeout(BOUND, ended).await.expect("in time").expect("in order").is_err());
}

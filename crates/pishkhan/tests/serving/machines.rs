//! What a load balancer asks, by address and without an organisation's host.

use std::sync::Arc;

use pishkhan_courier::gateways::Key;
use pishkhan_store::Place;
use pishkhan_testkit::{Kind, TestApp, on_one};

use crate::line::{Answer, Line};
use crate::server::{Seen, Server};

async fn server(app: &TestApp) -> Server {
    Server::of(pishkhan_web::router(app.parts().clone()), Arc::new(Seen::default()), |_| {}).await
}

async fn asked(server: &Server, method: &str, path: &str) -> Answer {
    let mut line = Line::to(server).await;
    line.send(format!("{method} {path} HTTP/1.1\r\nHost: 10.0.0.7:8080\r\nConnection: close\r\n\r\n")).await;
    if method != "HEAD" {
        return line.answer().await;
    }
    // An answer to HEAD tells a length, and sends nothing.
    let head = line.rest().await.to_ascii_lowercase();
    assert!(head.ends_with("\r\n\r\n"), "{head}");
    let status = head[9..12].parse().expect("a status line");
    Answer { status, head, body: String::new() }
}

#[tokio::test]
async fn machines_ask_without_an_organisation() {
    on_one(
        Kind::Sqlite,
        |_| {},
        async |app| {
            let server = server(&app).await;
            for (path, words) in [("/health", "ok\n"), ("/ready", "ready\n")] {
                let answer = asked(&server, "GET", path).await;
                assert_eq!((answer.status, answer.body.as_str()), (200, words));
                assert_eq!(answer.header("cache-control"), Some("private, no-store"));
                assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
                assert_eq!(answer.header("set-cookie"), None);
                assert_eq!(asked(&server, "HEAD", path).await.status, 200);
                assert_eq!(asked(&server, "POST", path).await.status, 405);
            }
            assert_eq!(asked(&server, "GET", "/").await.status, 421, "pages still need their host");
        },
    )
    .await;
}

#[tokio::test]
async fn a_server_that_cannot_take_a_file_is_well_but_not_ready() {
    on_one(
        Kind::Sqlite,
        |_| {},
        async |app| {
            let Place::Folder(data) = app.store() else { panic!("this is SQLite's") };
            let files = data.parent().expect("it lies in the test's folder").join("files");
            let away = files.with_file_name("away");
            std::fs::rename(&files, &away).expect("the folder can be moved");
            let server = server(&app).await;
            let ready = asked(&server, "GET", "/ready").await;
            assert_eq!((ready.status, ready.body.as_str()), (503, "files\n"));
            assert_eq!(asked(&server, "GET", "/health").await.status, 200);
            std::fs::rename(&away, &files).expect("the folder can be moved back");
        },
    )
    .await;
}

#[tokio::test]
async fn a_server_without_its_database_is_not_ready() {
    on_one(
        Kind::Sqlite,
        |_| {},
        async |app| {
            let Place::Folder(folder) = app.store() else { panic!("this is SQLite's") };
            let other = pishkhan_store::Db::open(&Place::Folder(folder.join("other"))).await.expect("it opens");
            other.close().await;
            let parts = app.parts();
            let closed = pishkhan_web::app::App::new(pishkhan_web::app::Parts {
                db: other,
                clock: parts.clock.clone(),
                vault: parts.vault.clone(),
                workshop: None,
                press: parts.press.clone(),
                secret: parts.secret.clone(),
                rules: parts.rules.clone(),
                lines: parts.lines.clone(),
                proxies: parts.proxies.clone(),
                metrics_key: Key::default(),
                is_demo: false,
            });
            let server = Server::of(pishkhan_web::router(closed), Arc::new(Seen::default()), |_| {}).await;
            let ready = asked(&server, "GET", "/ready").await;
            assert_eq!((ready.status, ready.body.as_str()), (503, "database\n"));
        },
    )
    .await;
}

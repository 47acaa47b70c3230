//! How many may come in, and what becomes of the others.

use std::net::Ipv4Addr;
use std::time::Duration;

use pishkhan_web::app::Proxies;
use tokio::time::{sleep, timeout};

use crate::line::Line;
use crate::server::{BOUND, Server};

const ELSEWHERE: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);

#[tokio::test]
async fn who_finds_the_house_full_is_told_so_and_comes_in_later() {
    let server = Server::start(|rules| rules.connections = 2).await;
    let (mut first, mut second) = (Line::to(&server).await, Line::to(&server).await);
    assert_eq!(first.get("/").await.body, "home");
    assert_eq!(second.get("/").await.body, "home");

    let mut third = Line::to(&server).await;
    let told = third.get("/").await;
    told.is_refusal(503);
    assert_eq!(told.header("retry-after"), Some("10"));
    third.is_closed().await;
    assert_eq!(first.get("/").await.body, "home", "who is in stays in");

    drop(second);
    let comes_in = async {
        while Line::to(&server).await.get("/").await.status != 200 {
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(BOUND, comes_in).await.expect("a seat that is left is free again");
}

#[tokio::test]
async fn one_address_does_not_keep_out_another() {
    let server = Server::start(|rules| rules.connections_per_address = 1).await;
    let mut first = Line::to(&server).await;
    assert_eq!(first.get("/").await.status, 200);
    assert_eq!(Line::to(&server).await.get("/").await.status, 503);
    assert_eq!(Line::from(ELSEWHERE, &server).await.get("/").await.status, 200);
}

#[tokio::test]
async fn a_crowd_at_the_door_holds_up_nobody() {
    let server = Server::start(|rules| rules.connections_per_address = 1).await;
    let mut first = Line::to(&server).await;
    assert_eq!(first.get("/").await.status, 200);
    let mut crowd = Vec::new();
    for _ in 0..300 {
        // They neither say anything nor go away.
        crowd.push(Line::to(&server).await);
    }
    assert_eq!(Line::from(ELSEWHERE, &server).await.get("/").await.body, "home");
    for line in &mut crowd {
        assert!(matches!(line.rest().await.get(9..12), None | Some("503")));
    }
}

#[tokio::test]
async fn a_trusted_proxy_may_bring_many() {
    let server = Server::start(|rules| {
        rules.connections_per_address = 1;
        rules.proxies = Proxies(vec!["127.0.0.1".parse().expect("an address")]);
    })
    .await;
    let (mut first, mut second) = (Line::to(&server).await, Line::to(&server).await);
    assert_eq!(first.get("/").await.status, 200);
    assert_eq!(second.get("/").await.status, 200);
}

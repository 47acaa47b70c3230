//! What tests of ways out share: services that take messages, routes to them, a courier, and what became of what it carried.

use std::ops::Range;
use std::sync::Mutex;
use std::time::Duration;

use pishkhan_courier::gateways::{Delivery, GatewayId, Purpose, Spool};
use pishkhan_courier::routes::{self, Route, RouteDefinition, RouteId};
use pishkhan_courier::{Courier, CourierRules, Language, Message, MessageId, Round, fate, outbox, post};
use serde_json::json;

use crate::house::House;
use crate::service::{Service, written};

pub const SENT: Round = Round { sent: 1, retried: 0, parked: 0 };
pub const RETRIED: Round = Round { sent: 0, retried: 1, parked: 0 };
pub const PARKED: Round = Round { sent: 0, retried: 0, parked: 1 };
pub const NOTHING: Round = Round { sent: 0, retried: 0, parked: 0 };

/// A service that takes every message and numbers them.
pub async fn taking() -> Service {
    let next = Mutex::new(0);
    Service::start(move |_| {
        let mut next = next.lock().expect("no thread fails while it holds the lock");
        *next += 1;
        Some(written(200, &format!(r#"{{"id":"g{next}"}}"#)))
    })
    .await
}

/// The definition of a route to such a service. With `{id}` in its body it drops what comes twice.
pub fn to(service: &Service, name: &str, purposes: &[Purpose], body: &str) -> RouteDefinition {
    let text = json!({
        "name": name,
        "purposes": purposes,
        "gateway": {
            "kind": "http", "url": service.address, "method": "POST", "headers": {}, "body": body,
            "content_type": "application/json", "message_id": "/id", "success": null, "timeout": 1, "from": "1000",
        },
    });
    serde_json::from_value(text).expect("a definition")
}

pub const PLAIN: &str = r#"{"to":"{to}","text":"{text}"}"#;
pub const KEYED: &str = r#"{"to":"{to}","text":"{text}","id":"{id}"}"#;
pub const BOTH: &[Purpose] = &[Purpose::Code, Purpose::Notice];

pub async fn add(house: &House, organisation: &str, definition: &RouteDefinition) -> RouteId {
    let mut tx = house.begin(organisation).await;
    let id = routes::add(&mut tx, definition).await.expect("a route is added");
    tx.commit().await.expect("it is kept");
    id
}

pub async fn found(house: &House, organisation: &str, id: &RouteId) -> Route {
    let mut tx = house.begin(organisation).await;
    routes::find(&mut tx, id).await.expect("the statement is well").expect("it is there")
}

pub fn courier(house: &House) -> Courier {
    with_rules(house, CourierRules::default())
}

pub fn with_rules(house: &House, rules: CourierRules) -> Courier {
    let spool = Box::new(Spool::new(house.folder.join("spool.jsonl")));
    Courier::new(house.db.clone(), house.clock.clone(), spool, &[], rules)
}

pub async fn round(courier: &Courier) -> Round {
    courier.round().await.expect("the database answers")
}

pub async fn say(house: &House, template: &'static str, to: &str, about: &str) -> MessageId {
    let mut tx = house.begin("shahrdari").await;
    let message = Message {
        to: to.into(),
        template,
        text: "سلام".into(),
        language: Language::Persian,
        values: Vec::new(),
        expires_at: None,
        about: about.into(),
        hold: Duration::ZERO,
    };
    let id = post(&mut tx, message).await.expect("a message is posted");
    tx.commit().await.expect("the act is committed");
    id
}

pub fn kavenegar_at(service: &Service) -> RouteDefinition {
    let text = json!({
        "name": "kavenegar",
        "gateway": { "kind": "kavenegar", "base": service.address, "key": "k", "sender": "1000" },
    });
    serde_json::from_value(text).expect("a definition")
}

/// A route to the message centre on this port.
pub fn by_smpp(port: u16) -> RouteDefinition {
    let gateway = json!({
        "kind": "smpp", "host": "127.0.0.1", "port": port, "name": "pishkhan", "password": "s3cret", "from": "3000",
        "timeout_seconds": 2,
    });
    serde_json::from_value(json!({ "name": "line", "gateway": gateway })).expect("a definition")
}

/// What Kavenegar answers: a send gets the number of its receiver as its id; of those that end in 00 to 02 nothing more is known.
pub fn entries(is_status: bool, body: &str) -> String {
    let field = |name: &str| {
        body.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}="))).unwrap_or_default().replace("%2C", ",")
    };
    let entries: Vec<String> = if is_status {
        let state = |id: &str| if matches!(&id[id.len() - 2..], "00" | "01" | "02") { 4 } else { 10 };
        field("messageid").split(',').map(|id| format!(r#"{{"messageid":{id},"status":{}}}"#, state(id))).collect()
    } else {
        let digits: String = field("receptor").chars().filter(char::is_ascii_digit).collect();
        vec![format!(r#"{{"messageid":{},"status":1}}"#, digits.trim_start_matches('0'))]
    };
    format!(r#"{{"return":{{"status":200,"message":""}},"entries":[{}]}}"#, entries.join(","))
}

/// Sends a message to each of ten numbers, asks what became of them, and looks how quick that was.
pub async fn send_ten(house: &House, courier: &Courier, numbers: Range<u8>) {
    for number in numbers {
        house.post("shahrdari", &format!("+9891200001{number:02}"), "سلام").await;
    }
    assert_eq!(round(courier).await.sent, 10);
    for seconds in [20, 300] {
        house.wait(seconds);
        courier.ask().await.expect("the gateway is asked");
    }
    courier.judge().await.expect("it is looked at");
}

pub async fn receive(house: &House, route: &RouteId, id: &str, delivery: Delivery) -> bool {
    let mut tx = house.begin("shahrdari").await;
    let is_news =
        outbox::receive(&mut tx, route, &[GatewayId(id.into())], delivery).await.expect("the statement is well");
    tx.commit().await.expect("it is kept");
    is_news
}

pub async fn delivery(house: &House, id: &MessageId) -> Option<Delivery> {
    let mut tx = house.begin("shahrdari").await;
    fate(&mut tx, id).await.expect("the statement is well").expect("it is there").delivery
}

pub fn hour_of(house: &House) -> u8 {
    pishkhan_persian::calendar::in_tehran(house.clock.now().0).hour
}

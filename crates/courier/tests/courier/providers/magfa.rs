//! Magfa: basic authentication with the domain in the name, parallel lists, and a question after a send that broke off.

use std::time::Duration;

use pishkhan_courier::gateways::{Accepted, Credit, Delivery, Reports, Unit};
use serde_json::{Value, json};

use super::{Body, Exchange, Fake, KEY, TEXT, exchange, ids, kind, known, mapping, message};

/// `shahrdari/magfa:s3cret/key`
const HEADER: &str = "authorization: Basic c2hhaHJkYXJpL21hZ2ZhOnMzY3JldC9rZXk=";
const BASE: &str = "/api/http/sms/v2";

fn settings() -> Value {
    json!({
        "kind": "magfa", "base": BASE, "username": "shahrdari", "domain": "magfa", "password": KEY, "sender": "300001234",
    })
}

fn send(status: u16, answer: &Value) -> Exchange {
    let body = json!({
        "senders": ["300001234"],
        "recipients": ["09121234567"],
        "messages": [TEXT],
        "uids": [255],
    });
    exchange(&format!("POST {BASE}/send"), HEADER, Body::Json(body), status, answer)
}

#[tokio::test]
async fn a_text_goes_under_our_number() {
    let answer = json!({
        "status": 0,
        "messages": [{ "status": 0, "id": 5_512_345, "userId": 255, "parts": 1, "recipient": "09121234567" }],
    });
    let fake = Fake::start(vec![send(200, &answer)]).await;
    let accepted = fake.gateway(settings()).send_text(&message()).await;
    assert_eq!(accepted, Ok(Accepted { gateway_id: Some("5512345".into()) }));
    fake.done();
}

#[tokio::test]
async fn there_are_no_templates() {
    let fake = Fake::start(Vec::new()).await;
    let gateway = fake.gateway(settings());
    let error = gateway.send_template(&message(), &mapping("1", &[])).await.expect_err("there are none");
    assert_eq!(kind(&error), "setup");
    assert!(gateway.abilities().templates.is_none());
}

#[tokio::test]
async fn every_listed_code_is_told_apart() {
    for (code, what) in [
        (1, "refused"),
        (2, "setup"),
        (8, "busy"),
        (14, "no credit"),
        (15, "busy"),
        (16, "setup"),
        (17, "setup"),
        (18, "setup"),
        (19, "setup"),
        (23, "busy"),
        (27, "blocked"),
        (29, "setup"),
        (33, "blocked"),
        (34, "setup"),
        (99, "failed"),
    ] {
        let whole = json!({ "status": code, "messages": null });
        let of_the_message = json!({ "status": 0, "messages": [{ "status": code, "id": null }] });
        for answer in [whole, of_the_message] {
            let fake = Fake::start(vec![send(200, &answer)]).await;
            let error = fake.gateway(settings()).send_text(&message()).await.expect_err("it isn't taken");
            assert_eq!(kind(&error), what, "{answer}");
            fake.done();
        }
    }
}

#[tokio::test]
async fn a_send_that_broke_off_is_asked_for() {
    let asked = |mid: i64| {
        let answer = json!({ "status": 0, "mid": mid });
        exchange(&format!("GET {BASE}/mid/255"), HEADER, Body::Nothing, 200, &answer)
    };
    let fake = Fake::start(vec![send(504, &json!(null)), asked(5_512_345)]).await;
    let accepted = fake.gateway(settings()).send_text(&message()).await;
    assert_eq!(accepted, Ok(Accepted { gateway_id: Some("5512345".into()) }));
    fake.done();

    let fake = Fake::start(vec![send(504, &json!(null)), asked(-1)]).await;
    let error = fake.gateway(settings()).send_text(&message()).await.expect_err("it isn't there");
    assert_eq!(kind(&error), "unsure");
    fake.done();
}

#[tokio::test]
async fn states_are_asked_for_many_at_once() {
    use Delivery::{Blocked, Delivered, Queued, Sent, Undelivered, Unknown};
    let table = [
        ("10", 0, Queued),
        ("18", 8, Sent),
        ("11", 1, Delivered),
        ("12", 2, Undelivered),
        ("116", 16, Undelivered),
        ("127", 27, Blocked),
        ("1", -1, Unknown),
    ];
    let dlrs: Vec<Value> = table.iter().map(|(id, code, _)| json!({ "mid": id, "status": code })).collect();
    let all = table.map(|(id, ..)| id);
    let line = format!("GET {BASE}/statuses/{}", all.join(","));
    let fake =
        Fake::start(vec![exchange(&line, HEADER, Body::Nothing, 200, &json!({ "status": 0, "dlrs": dlrs }))]).await;
    let reports = fake.gateway(settings()).abilities().reports;
    assert_eq!(reports, Reports::Asked { at_once: 100, within: Duration::from_hours(24) });
    let expected = table.map(|(id, _, delivery)| (id, delivery));
    assert_eq!(fake.gateway(settings()).status(&ids(&all)).await, Ok(known(&expected)));
    fake.done();
}

#[tokio::test]
async fn the_credit_is_in_rials() {
    let answer = json!({ "status": 0, "balance": 1000 });
    let fake = Fake::start(vec![exchange(&format!("GET {BASE}/balance"), HEADER, Body::Nothing, 200, &answer)]).await;
    let credit = fake.gateway(settings()).credit().await;
    assert_eq!(credit, Ok(Some(Credit { amount: 1000.0, unit: Unit::Rials })));
    fake.done();
}

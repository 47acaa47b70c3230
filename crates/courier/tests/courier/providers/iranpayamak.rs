//! FarazSMS: a key in a header, and an envelope that says "error" or anything else.

use pishkhan_courier::gateways::{Accepted, Credit, Delivery, Unit};
use serde_json::{Value, json};

use super::{Body, Exchange, Fake, KEY, TEXT, exchange, ids, kind, known, mapping, message};

const HEADER: &str = "api-key: s3cret/key";

fn settings() -> Value {
    json!({ "kind": "iranpayamak", "base": "", "key": KEY, "line": "90008361" })
}

fn send(status: u16, answer: &Value) -> Exchange {
    let body = json!({
        "text": TEXT,
        "recipients": ["09121234567"],
        "line_number": "90008361",
        "number_format": "english",
    });
    exchange("POST /ws/v1/sms/simple", HEADER, Body::Json(body), status, answer)
}

#[tokio::test]
async fn a_text_goes_over_the_line() {
    for (data, id) in
        [(json!(88_123), Some("88123")), (json!({ "id": 5 }), Some("5")), (json!(0), None), (json!(null), None)]
    {
        let fake = Fake::start(vec![send(201, &json!({ "status": "success", "data": data, "messages": null }))]).await;
        let accepted = fake.gateway(settings()).send_text(&message()).await;
        assert_eq!(accepted, Ok(Accepted { gateway_id: id.map(str::to_owned) }));
        fake.done();
    }
}

#[tokio::test]
async fn a_pattern_has_attributes() {
    let body = json!({
        "code": "XBk5",
        "recipient": "09121234567",
        "attributes": { "number": "1405/د/101", "tracking": "012345678901" },
        "line_number": "90008361",
        "number_format": "english",
    });
    let answer = json!({ "status": "success", "data": 9 });
    let fake = Fake::start(vec![exchange("POST /ws/v1/sms/pattern", HEADER, Body::Json(body), 200, &answer)]).await;
    let by = mapping("XBk5", &[("number", "number"), ("tracking", "tracking")]);
    fake.gateway(settings()).send_template(&message(), &by).await.expect("it is taken");
    fake.done();
}

#[tokio::test]
async fn errors_are_told_apart() {
    let envelope = json!({ "status": "error", "messages": "09121234567" });
    for (status, answer, what) in [
        (200, json!({ "status": "error", "code": 401 }), "setup"),
        (200, json!({ "status": "error", "code": 422 }), "refused"),
        (200, json!({ "status": "error", "code": 402 }), "no credit"),
        (200, envelope.clone(), "failed"),
        (401, envelope.clone(), "setup"),
        (422, envelope.clone(), "refused"),
        (429, envelope.clone(), "busy"),
        (500, envelope, "failed"),
        (200, json!("<html>"), "unsure"),
    ] {
        let fake = Fake::start(vec![send(status, &answer)]).await;
        let error = fake.gateway(settings()).send_text(&message()).await.expect_err("it isn't taken");
        assert_eq!(kind(&error), what, "{status} {answer}");
        fake.done();
    }
}

#[tokio::test]
async fn states_are_believed_when_they_are_plain_words() {
    use Delivery::{Blocked, Delivered, Failed, Queued, Sent, Undelivered, Unknown};
    let table = [
        ("pending", Queued),
        ("queued", Queued),
        ("scheduled", Queued),
        ("sending", Sent),
        ("Sent", Sent),
        ("DELIVERED", Delivered),
        ("undelivered", Undelivered),
        ("not_delivered", Undelivered),
        ("expired", Undelivered),
        ("failed", Failed),
        ("rejected", Failed),
        ("canceled", Failed),
        ("cancelled", Failed),
        ("blacklist", Blocked),
        ("blacklisted", Blocked),
        ("blocked", Blocked),
        ("3", Unknown),
    ];
    let asked = table.map(|(state, _)| {
        let answer = json!({ "status": "success", "data": [{ "recipient": "09121234567", "status": state }] });
        exchange(&format!("GET /ws/v1/send_request/{state}/items"), HEADER, Body::Nothing, 200, &answer)
    });
    let fake = Fake::start(asked.into()).await;
    let all = table.map(|(state, _)| state);
    assert_eq!(fake.gateway(settings()).status(&ids(&all)).await, Ok(known(&table)));
    fake.done();
}

#[tokio::test]
async fn the_credit_is_in_rials() {
    let answer = json!({ "status": "success", "data": { "balance": "250000" } });
    let fake = Fake::start(vec![exchange("GET /ws/v1/account/balance", HEADER, Body::Nothing, 200, &answer)]).await;
    let credit = fake.gateway(settings()).credit().await;
    assert_eq!(credit, Ok(Some(Credit { amount: 250_000.0, unit: Unit::Rials })));
    fake.done();
}

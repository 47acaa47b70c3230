//! IPPanel Edge: a bare key in `Authorization`, one address for texts and patterns, and two ways to tell a state.

use pishkhan_courier::gateways::{Accepted, Credit, Delivery, Parameter, Unit};
use serde_json::{Value, json};

use super::{Body, Exchange, Fake, KEY, TEXT, exchange, ids, kind, known, mapping, message};

const HEADER: &str = "authorization: s3cret/key";

fn settings() -> Value {
    json!({ "kind": "ippanel", "base": "/v1", "key": KEY, "from": "+983000505" })
}

fn good(data: &Value) -> Value {
    json!({ "data": data, "meta": { "status": true, "message": "انجام شد", "message_parameters": [], "message_code": "200-1" } })
}

fn bad(code: &str, errors: &Value) -> Value {
    json!({ "data": null, "meta": { "status": false, "message": "09121234567", "message_code": code, "errors": errors } })
}

fn send(status: u16, answer: &Value) -> Exchange {
    let body = json!({
        "sending_type": "webservice",
        "from_number": "+983000505",
        "message": TEXT,
        "params": { "recipients": ["+989121234567"] },
    });
    exchange("POST /v1/api/send", HEADER, Body::Json(body), status, answer)
}

#[tokio::test]
async fn a_text_goes_as_a_web_service_sending() {
    let fake = Fake::start(vec![send(200, &good(&json!({ "message_outbox_ids": [1_123_594_208] })))]).await;
    let accepted = fake.gateway(settings()).send_text(&message()).await;
    assert_eq!(accepted, Ok(Accepted { gateway_id: Some("1123594208".into()) }));
    fake.done();
}

#[tokio::test]
async fn a_patterns_values_are_of_their_declared_types() {
    let body = json!({
        "sending_type": "pattern",
        "from_number": "+983000505",
        "code": "abc123",
        "recipients": ["+989121234567"],
        // The tracking code was declared a number, but begins with a zero.
        "params": { "number": "1405/د/101", "tracking": "012345678901", "year": 1405 },
    });
    let answer = good(&json!({ "message_outbox_ids": [7] }));
    let fake = Fake::start(vec![exchange("POST /v1/api/send", HEADER, Body::Json(body), 200, &answer)]).await;
    let mut by = mapping("abc123", &[("number", "number"), ("tracking", "tracking"), ("year", "year")]);
    for parameter in &mut by.parameters[1..] {
        *parameter = Parameter { is_number: true, longest: Some(20), ..parameter.clone() };
    }
    let mut message = message();
    message.values.push(("year".into(), "1405".into()));
    fake.gateway(settings()).send_template(&message, &by).await.expect("it is taken");
    fake.done();
}

#[tokio::test]
async fn every_listed_code_is_told_apart() {
    for (status, code, errors, what) in [
        (401, "400-1", json!({}), "setup"),
        (422, "400-2", json!({ "params.recipients.0": ["09121234567"] }), "refused"),
        (422, "400-2", json!({ "from_number": ["…"] }), "setup"),
        (422, "400-2", json!({ "code": ["…"] }), "template"),
        (404, "404-1", json!({}), "template"),
        (500, "500-1", json!({}), "failed"),
        (429, "429-1", json!({}), "busy"),
    ] {
        let fake = Fake::start(vec![send(status, &bad(code, &errors))]).await;
        let error = fake.gateway(settings()).send_text(&message()).await.expect_err("it isn't taken");
        assert_eq!(kind(&error), what, "{code}");
        fake.done();
    }
}

#[tokio::test]
async fn the_recipients_state_counts() {
    use Delivery::{Blocked, Delivered, Sent, Undelivered};
    let table = [("0", Sent), ("1", Sent), ("2", Delivered), ("3", Undelivered), ("4", Blocked)];
    let asked = table.map(|(code, _)| {
        let data = json!([{ "recipient": "+989121234567", "message": TEXT, "msg_parts": "1", "message_status": code }]);
        exchange(&format!("GET /v1/api/report/recipients?bulk_id={code}"), HEADER, Body::Nothing, 200, &good(&data))
    });
    let fake = Fake::start(asked.into()).await;
    let all = table.map(|(code, _)| code);
    assert_eq!(fake.gateway(settings()).status(&ids(&all)).await, Ok(known(&table)));
    fake.done();
}

#[tokio::test]
async fn without_a_recipients_state_the_sendings_counts() {
    use Delivery::{Failed, Queued, Sent};
    let table = [
        ("0", Queued),
        ("1", Queued),
        ("2", Queued),
        ("5", Queued),
        ("6", Sent),
        ("3", Failed),
        ("4", Failed),
        ("7", Failed),
        ("8", Failed),
        ("9", Failed),
    ];
    let mut asked = Vec::new();
    for (code, _) in table {
        let line = format!("GET /v1/api/report/recipients?bulk_id={code}");
        asked.push(exchange(&line, HEADER, Body::Nothing, 200, &good(&json!([]))));
        let line = format!("GET /v1/api/report/by_bulk?messages_outbox_id={code}");
        let data = json!({ "state": "…", "state_id": code.parse::<i64>().expect("a number") });
        asked.push(exchange(&line, HEADER, Body::Nothing, 200, &good(&data)));
    }
    let fake = Fake::start(asked).await;
    let all = table.map(|(code, _)| code);
    assert_eq!(fake.gateway(settings()).status(&ids(&all)).await, Ok(known(&table)));
    fake.done();
}

#[tokio::test]
async fn the_credit_is_in_rials() {
    let answer = good(&json!({ "credit": 6_084_722_932.705, "gift": 0 }));
    let fake =
        Fake::start(vec![exchange("GET /v1/api/payment/credit/mine", HEADER, Body::Nothing, 200, &answer)]).await;
    let credit = fake.gateway(settings()).credit().await;
    assert_eq!(credit, Ok(Some(Credit { amount: 6_084_722_932.705, unit: Unit::Rials })));
    fake.done();
}

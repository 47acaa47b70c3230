//! SMS.ir: a key in a header, numbered templates, values of 25 signs.

use pishkhan_courier::Outgoing;
use pishkhan_courier::gateways::{Accepted, Credit, Delivery, Unit};
use serde_json::{Value, json};

use super::{Body, Exchange, Fake, KEY, TEXT, exchange, ids, kind, known, mapping, message};

const HEADER: &str = "x-api-key: s3cret/key";

fn settings() -> Value {
    json!({ "kind": "sms_ir", "base": "/v1", "key": KEY, "line": 30_001_234_u64 })
}

fn send(status: u16, answer: &Value) -> Exchange {
    let body = json!({ "lineNumber": 30_001_234, "messageText": TEXT, "mobiles": ["09121234567"] });
    exchange("POST /v1/send/bulk", HEADER, Body::Json(body), status, answer)
}

#[tokio::test]
async fn a_text_goes_over_the_line() {
    let answer =
        json!({ "status": 1, "message": "موفق", "data": { "packId": "2b-1", "messageIds": [876_543], "cost": 1.0 } });
    let fake = Fake::start(vec![send(200, &answer)]).await;
    let gateway = fake.gateway(settings());
    assert_eq!(gateway.send_text(&message()).await, Ok(Accepted { gateway_id: Some("876543".into()) }));
    fake.done();
}

#[tokio::test]
async fn a_template_is_called_by_its_number() {
    // As in its sandbox: template 123456, parameter Code.
    let body = json!({
        "mobile": "09121234567",
        "templateId": 123_456,
        "parameters": [{ "name": "Code", "value": "012345678901" }, { "name": "NUMBER", "value": "1405/د/101" }],
    });
    let answer = json!({ "status": 1, "message": "موفق", "data": { "messageId": 89_545_112, "cost": 1.0 } });
    let fake = Fake::start(vec![exchange("POST /v1/send/verify", HEADER, Body::Json(body), 200, &answer)]).await;
    let by = mapping("123456", &[("Code", "tracking"), ("NUMBER", "number")]);
    let accepted = fake.gateway(settings()).send_template(&message(), &by).await;
    assert_eq!(accepted, Ok(Accepted { gateway_id: Some("89545112".into()) }));
    fake.done();
}

#[tokio::test]
async fn a_value_of_more_than_25_signs_isnt_sent() {
    let fake = Fake::start(Vec::new()).await;
    let long = Outgoing { values: vec![("number".into(), "1405/".repeat(6))], ..message() };
    let by = mapping("123456", &[("NUMBER", "number")]);
    let error = fake.gateway(settings()).send_template(&long, &by).await.expect_err("it doesn't fit");
    assert_eq!(kind(&error), "refused");
    fake.done();
}

#[tokio::test]
async fn every_listed_code_is_told_apart() {
    for (code, what) in [
        (10, "setup"),
        (11, "setup"),
        (12, "setup"),
        (13, "setup"),
        (14, "setup"),
        (15, "setup"),
        (16, "refused"),
        (20, "busy"),
        (101, "setup"),
        (102, "no credit"),
        (104, "refused"),
        (113, "template"),
        (114, "refused"),
        (115, "blocked"),
        (116, "template"),
        (117, "refused"),
        (119, "setup"),
        (123, "setup"),
        (124, "template"),
        (0, "refused"),
    ] {
        let fake = Fake::start(vec![send(400, &json!({ "status": code, "message": "09121234567" }))]).await;
        let error = fake.gateway(settings()).send_text(&message()).await.expect_err("it isn't taken");
        assert_eq!(kind(&error), what, "{code}");
        fake.done();
    }
}

#[tokio::test]
async fn states_are_asked_for_one_by_one() {
    use Delivery::{Blocked, Delivered, Failed, Queued, Sent, Undelivered, Unknown};
    let table = [
        (json!(null), Queued),
        (json!(1), Delivered),
        (json!(2), Undelivered),
        (json!(3), Sent),
        (json!(4), Undelivered),
        (json!(5), Sent),
        (json!(6), Failed),
        (json!(7), Blocked),
        (json!(8), Unknown),
    ];
    let asked = |at: usize, state: &Value| {
        let answer =
            json!({ "status": 1, "data": { "messageId": at, "mobile": 9_121_234_567_u64, "deliveryState": state } });
        exchange(&format!("GET /v1/send/{at}"), HEADER, Body::Nothing, 200, &answer)
    };
    let fake = Fake::start(table.iter().enumerate().map(|(at, (state, _))| asked(at, state)).collect()).await;
    let names: Vec<String> = (0..table.len()).map(|at| at.to_string()).collect();
    let all: Vec<&str> = names.iter().map(String::as_str).collect();
    let expected: Vec<(&str, Delivery)> =
        all.iter().copied().zip(table.iter().map(|(_, delivery)| *delivery)).collect();
    assert_eq!(fake.gateway(settings()).status(&ids(&all)).await, Ok(known(&expected)));
    fake.done();
}

#[tokio::test]
async fn a_question_that_fails_keeps_what_was_known() {
    let answer = json!({ "status": 1, "data": { "deliveryState": 1 } });
    let fake = Fake::start(vec![
        exchange("GET /v1/send/1", HEADER, Body::Nothing, 200, &answer),
        exchange("GET /v1/send/2", HEADER, Body::Nothing, 429, &json!({ "status": 20 })),
        exchange("GET /v1/send/1", HEADER, Body::Nothing, 429, &json!({ "status": 20 })),
    ])
    .await;
    let gateway = fake.gateway(settings());
    assert_eq!(gateway.status(&ids(&["1", "2", "3"])).await, Ok(known(&[("1", Delivery::Delivered)])));
    let error = gateway.status(&ids(&["1"])).await.expect_err("nothing is known");
    assert_eq!(kind(&error), "busy");
    fake.done();
}

#[tokio::test]
async fn the_credit_is_in_messages() {
    let fake = Fake::start(vec![exchange(
        "GET /v1/credit",
        HEADER,
        Body::Nothing,
        200,
        &json!({ "status": 1, "data": 12.5 }),
    )])
    .await;
    let credit = fake.gateway(settings()).credit().await;
    assert_eq!(credit, Ok(Some(Credit { amount: 12.5, unit: Unit::Messages })));
    fake.done();
}

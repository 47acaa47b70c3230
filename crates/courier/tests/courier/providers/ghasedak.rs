//! Ghasedak: a key in a header, our id with every message, and keys of either case.

use pishkhan_courier::gateways::{Accepted, Credit, Delivery, Unit};
use serde_json::{Value, json};

use super::{Body, Exchange, Fake, KEY, TEXT, exchange, ids, kind, known, mapping, message};

const HEADER: &str = "apikey: s3cret/key";
const OUR_ID: &str = "000000000000000000000000000000ff";
const BASE: &str = "/Rest/api/v1/WebService";

fn settings() -> Value {
    json!({ "kind": "ghasedak", "base": BASE, "key": KEY, "line": "21001234" })
}

fn send(status: u16, answer: &Value) -> Exchange {
    let body = json!({
        "LineNumber": "21001234",
        "Receptor": "09121234567",
        "Message": TEXT,
        "ClientReferenceId": OUR_ID,
        "Udh": false,
    });
    exchange(&format!("POST {BASE}/SendSingleSMS"), HEADER, Body::Json(body), status, answer)
}

#[tokio::test]
async fn a_text_goes_with_our_id() {
    let capitals =
        json!({ "IsSuccess": true, "StatusCode": 200, "Message": "", "Data": { "MessageId": "2387931", "Cost": 940 } });
    let small = json!({ "isSuccess": true, "statusCode": 200, "data": { "messageId": 2_387_931 } });
    for answer in [capitals, small] {
        let fake = Fake::start(vec![send(200, &answer)]).await;
        let gateway = fake.gateway(settings());
        assert_eq!(gateway.send_text(&message()).await, Ok(Accepted { gateway_id: Some("2387931".into()) }));
        assert!(gateway.abilities().drops_repeated_texts && gateway.abilities().drops_repeated_templates);
        fake.done();
    }
}

#[tokio::test]
async fn a_template_has_inputs_or_is_a_call() {
    let body = |is_call: bool| {
        Body::Json(json!({
            "Receptors": [{ "Mobile": "09121234567", "ClientReferenceId": OUR_ID }],
            "TemplateName": "registered",
            "Inputs": [{ "Param": "Number", "Value": "1405/د/101" }],
            "Udh": false,
            "IsVoice": is_call,
        }))
    };
    let answer =
        json!({ "isSuccess": true, "statusCode": 200, "data": { "items": [{ "messageId": "11" }], "totalCost": 1 } });
    let line = format!("POST {BASE}/SendOtpSMS");
    let fake = Fake::start(vec![
        exchange(&line, HEADER, body(false), 200, &answer),
        exchange(&line, HEADER, body(true), 200, &answer),
    ])
    .await;
    let gateway = fake.gateway(settings());
    let mut by = mapping("registered", &[("Number", "number")]);
    assert_eq!(gateway.send_template(&message(), &by).await, Ok(Accepted { gateway_id: Some("11".into()) }));
    by.is_call = true;
    gateway.send_template(&message(), &by).await.expect("it is taken");
    fake.done();
}

#[tokio::test]
async fn its_codes_are_those_of_http() {
    for (status, code, what) in [
        (400, 400, "refused"),
        (401, 401, "setup"),
        (200, 402, "no credit"),
        (200, 401, "setup"),
        (429, 429, "busy"),
        (200, 0, "failed"),
        (500, 500, "failed"),
    ] {
        let answer = json!({ "IsSuccess": false, "StatusCode": code, "Message": "09121234567", "Data": null });
        let fake = Fake::start(vec![send(status, &answer)]).await;
        let error = fake.gateway(settings()).send_text(&message()).await.expect_err("it isn't taken");
        assert_eq!(kind(&error), what, "{status} {code}");
        fake.done();
    }
}

#[tokio::test]
async fn states_are_asked_for_many_at_once() {
    use Delivery::{Blocked, Delivered, Failed, Queued, Sent, Undelivered, Unknown};
    let table = [
        ("0", Queued),
        ("1", Failed),
        ("2", Blocked),
        ("3", Sent),
        ("4", Undelivered),
        ("5", Delivered),
        ("6", Failed),
        ("7", Unknown),
        ("8", Unknown),
        ("9", Queued),
        ("10", Sent),
        ("11", Sent),
        ("12", Blocked),
        ("13", Undelivered),
        ("14", Delivered),
        ("15", Failed),
        ("16", Failed),
        ("17", Queued),
    ];
    let items: Vec<Value> = table
        .iter()
        .map(|(code, _)| json!({ "messageId": code, "receptor": "09121234567", "status": code.parse::<i64>().expect("a number") }))
        .collect();
    let all = table.map(|(code, _)| code);
    let line = format!("GET {BASE}/CheckSmsStatus?Ids={}&Type=1", all.join("%2C"));
    let answer = json!({ "isSuccess": true, "statusCode": 200, "data": items });
    let fake = Fake::start(vec![exchange(&line, HEADER, Body::Nothing, 200, &answer)]).await;
    assert_eq!(fake.gateway(settings()).status(&ids(&all)).await, Ok(known(&table)));
    fake.done();
}

#[tokio::test]
async fn the_credit_is_in_rials() {
    let answer = json!({ "isSuccess": true, "statusCode": 200, "data": { "credit": 98_000, "plan": "پایه" } });
    let fake =
        Fake::start(vec![exchange(&format!("GET {BASE}/GetAccountInformation"), HEADER, Body::Nothing, 200, &answer)])
            .await;
    let credit = fake.gateway(settings()).credit().await;
    assert_eq!(credit, Ok(Some(Credit { amount: 98_000.0, unit: Unit::Rials })));
    fake.done();
}

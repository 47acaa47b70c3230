//! Vonage: always 200, a status for each part.

use pishkhan_courier::Outgoing;
use pishkhan_courier::gateways::{Accepted, Credit, Reports, Unit};
use serde_json::{Value, json};

use super::{Body, Exchange, Fake, KEY, TEXT, exchange, form, kind, message};

const OUR_ID: &str = "000000000000000000000000000000ff";

fn settings() -> Value {
    json!({ "kind": "vonage", "base": "", "key": "abcd1234", "secret": KEY, "from": "Pishkhan" })
}

fn fields(text: &'static str) -> Vec<(&'static str, &'static str)> {
    vec![
        ("api_key", "abcd1234"),
        ("api_secret", KEY),
        ("from", "Pishkhan"),
        ("to", "989121234567"),
        ("text", text),
        ("client-ref", OUR_ID),
    ]
}

fn send(answer: &Value) -> Exchange {
    let body = form(&[&fields(TEXT)[..], &[("type", "unicode")]].concat());
    exchange("POST /sms/json", "", body, 200, answer)
}

#[tokio::test]
async fn persian_goes_as_unicode() {
    let answer = json!({
        "message-count": "2",
        "messages": [
            { "to": "989121234567", "message-id": "0A01", "status": "0", "remaining-balance": "3.1" },
            { "to": "989121234567", "message-id": "0A02", "status": "0" },
        ],
    });
    let english = json!({ "message-count": "1", "messages": [{ "message-id": "0A03", "status": "0" }] });
    let plain = exchange("POST /sms/json", "", form(&fields("Registered")), 200, &english);
    let fake = Fake::start(vec![send(&answer), plain]).await;
    let gateway = fake.gateway(settings());
    assert_eq!(gateway.send_text(&message()).await, Ok(Accepted { gateway_id: Some("0A01".into()) }));
    let english = Outgoing { text: "Registered".into(), ..message() };
    assert_eq!(gateway.send_text(&english).await, Ok(Accepted { gateway_id: Some("0A03".into()) }));
    assert_eq!(gateway.abilities().reports, Reports::Called);
    fake.done();
}

#[tokio::test]
async fn every_listed_code_is_told_apart() {
    for (code, what) in [
        ("1", "busy"),
        ("2", "setup"),
        ("3", "refused"),
        ("4", "setup"),
        ("5", "failed"),
        ("7", "blocked"),
        ("8", "setup"),
        ("9", "no credit"),
        ("10", "busy"),
        ("12", "refused"),
        ("15", "setup"),
    ] {
        let alone = json!({ "messages": [{ "status": code, "error-text": "989121234567" }] });
        let second = json!({ "messages": [{ "status": "0", "message-id": "0A" }, { "status": code }] });
        for answer in [alone, second] {
            let fake = Fake::start(vec![send(&answer)]).await;
            let error = fake.gateway(settings()).send_text(&message()).await.expect_err("it isn't taken");
            assert_eq!(kind(&error), what, "{answer}");
            fake.done();
        }
    }
    let fake = Fake::start(vec![send(&json!({ "messages": [] }))]).await;
    assert_eq!(kind(&fake.gateway(settings()).send_text(&message()).await.expect_err("nothing is said")), "unsure");
}

#[tokio::test]
async fn the_credit_is_in_euros() {
    let line = "GET /account/get-balance?api_key=abcd1234&api_secret=s3cret%2Fkey";
    let fake =
        Fake::start(vec![exchange(line, "", Body::Nothing, 200, &json!({ "value": 10.28, "autoReload": false }))])
            .await;
    let credit = fake.gateway(settings()).credit().await;
    assert_eq!(credit, Ok(Some(Credit { amount: 10.28, unit: Unit::Currency("EUR".into()) })));
    fake.done();

    let fake = Fake::start(vec![exchange(line, "", Body::Nothing, 401, &json!({ "error-code": "401" }))]).await;
    assert_eq!(kind(&fake.gateway(settings()).credit().await.expect_err("the key is wrong")), "setup");
}

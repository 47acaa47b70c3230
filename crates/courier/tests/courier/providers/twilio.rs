//! Twilio: a form, basic authentication, and codes of five digits.

use pishkhan_courier::Outgoing;
use pishkhan_courier::gateways::{Accepted, Credit, Delivery, Reports, Unit};
use serde_json::{Value, json};

use super::{Body, Exchange, Fake, KEY, TEXT, exchange, form, ids, kind, known, message};

/// `AC1:s3cret/key`
const HEADER: &str = "authorization: Basic QUMxOnMzY3JldC9rZXk=";
const BASE: &str = "/2010-04-01";

fn settings() -> Value {
    json!({ "kind": "twilio", "base": BASE, "account": "AC1", "secret": KEY, "from": "+15005550006" })
}

fn send(status: u16, answer: &Value) -> Exchange {
    let body = form(&[("To", "+989121234567"), ("From", "+15005550006"), ("Body", TEXT)]);
    exchange(&format!("POST {BASE}/Accounts/AC1/Messages.json"), HEADER, body, status, answer)
}

#[tokio::test]
async fn a_text_is_created() {
    let answer =
        json!({ "sid": "SM9", "status": "queued", "num_segments": "1", "error_code": null, "to": "+989121234567" });
    let fake = Fake::start(vec![send(201, &answer)]).await;
    let accepted = fake.gateway(settings()).send_text(&message()).await;
    assert_eq!(accepted, Ok(Accepted { gateway_id: Some("SM9".into()) }));
    fake.done();
}

#[tokio::test]
async fn a_messaging_service_and_a_callback_are_told() {
    let body = form(&[
        ("To", "+989121234567"),
        ("MessagingServiceSid", "MG7"),
        ("Body", TEXT),
        ("StatusCallback", "https://desk.example.org/gateways/1"),
    ]);
    let line = format!("POST {BASE}/Accounts/AC1/Messages.json");
    let fake =
        Fake::start(vec![exchange(&line, HEADER, body, 201, &json!({ "sid": "SM9", "status": "accepted" }))]).await;
    let mut settings = settings();
    settings["from"] = "MG7".into();
    settings["callback"] = "https://desk.example.org/gateways/1".into();
    let gateway = fake.gateway(settings);
    gateway.send_text(&message()).await.expect("it is taken");
    assert!(matches!(gateway.abilities().reports, Reports::CalledOrAsked { .. }), "a call may not come");
    fake.done();
}

#[tokio::test]
async fn codes_are_told_apart() {
    for (status, code, what) in [
        (400, 21_211, "refused"),
        (400, 21_214, "refused"),
        (400, 21_614, "refused"),
        (400, 21_602, "refused"),
        (400, 21_617, "refused"),
        (400, 30_003, "refused"),
        (400, 30_005, "refused"),
        (400, 30_006, "refused"),
        (400, 21_610, "blocked"),
        (400, 30_004, "blocked"),
        (400, 30_007, "blocked"),
        (401, 20_003, "setup"),
        (400, 21_212, "setup"),
        (400, 21_603, "setup"),
        (400, 21_606, "setup"),
        (400, 21_608, "setup"),
        (403, 21_408, "setup"),
        (400, 21_612, "setup"),
        (400, 30_002, "setup"),
        (429, 20_429, "busy"),
        (400, 21_611, "busy"),
        (400, 30_001, "busy"),
        (400, 12_345, "refused"),
        (500, 20_500, "failed"),
    ] {
        let fake =
            Fake::start(vec![send(status, &json!({ "code": code, "message": "+989121234567", "status": status }))])
                .await;
        let error = fake.gateway(settings()).send_text(&message()).await.expect_err("it isn't taken");
        assert_eq!(kind(&error), what, "{code}");
        fake.done();
    }
    let failed = json!({ "sid": "SM9", "status": "failed", "error_code": 30_007 });
    let fake = Fake::start(vec![send(201, &failed)]).await;
    let error = fake.gateway(settings()).send_text(&message()).await.expect_err("it failed at once");
    assert_eq!(kind(&error), "blocked");
    let failed = json!({ "sid": "SM9", "status": "failed", "error_code": null });
    let fake = Fake::start(vec![send(201, &failed)]).await;
    let error = fake.gateway(settings()).send_text(&message()).await.expect_err("it failed at once");
    assert_eq!(kind(&error), "failed");
}

#[tokio::test]
async fn a_text_of_more_than_1600_signs_isnt_sent() {
    let fake = Fake::start(Vec::new()).await;
    let long = Outgoing { text: "ا".repeat(1_601), ..message() };
    assert_eq!(kind(&fake.gateway(settings()).send_text(&long).await.expect_err("it isn't sent")), "refused");
    fake.done();
}

#[tokio::test]
async fn states_can_be_asked_for() {
    use Delivery::{Delivered, Failed, Queued, Sent, Undelivered, Unknown};
    let table = [
        ("accepted", Queued),
        ("scheduled", Queued),
        ("queued", Queued),
        ("sending", Queued),
        ("sent", Sent),
        ("partially_delivered", Sent),
        ("delivered", Delivered),
        ("read", Delivered),
        ("undelivered", Undelivered),
        ("failed", Failed),
        ("canceled", Failed),
        ("receiving", Unknown),
        ("received", Unknown),
    ];
    let asked = table.map(|(state, _)| {
        let line = format!("GET {BASE}/Accounts/AC1/Messages/{state}.json");
        exchange(&line, HEADER, Body::Nothing, 200, &json!({ "sid": state, "status": state }))
    });
    let fake = Fake::start(asked.into()).await;
    let all = table.map(|(state, _)| state);
    assert_eq!(fake.gateway(settings()).status(&ids(&all)).await, Ok(known(&table)));
    fake.done();
}

#[tokio::test]
async fn a_state_is_told_with_what_blocked_it() {
    use Delivery::{Blocked, Delivered, Failed, Undelivered};
    let table = [
        ("undelivered", json!(30_004), Blocked),
        ("undelivered", json!("30007"), Blocked),
        ("failed", json!(21_610), Blocked),
        ("undelivered", json!(30_003), Undelivered),
        ("failed", json!(30_008), Failed),
        ("delivered", json!(null), Delivered),
    ];
    let asked = table.iter().enumerate().map(|(at, (state, code, _))| {
        let line = format!("GET {BASE}/Accounts/AC1/Messages/{at}.json");
        exchange(&line, HEADER, Body::Nothing, 200, &json!({ "status": state, "error_code": code }))
    });
    let fake = Fake::start(asked.collect()).await;
    let told = fake.gateway(settings()).status(&ids(&["0", "1", "2", "3", "4", "5"])).await;
    let told: Vec<Delivery> = told.expect("it answers").into_iter().map(|(_, delivery)| delivery).collect();
    assert_eq!(told, table.map(|(.., delivery)| delivery));
    fake.done();
}

#[tokio::test]
async fn the_credit_is_in_its_currency() {
    let answer = json!({ "balance": "3.25", "currency": "USD" });
    let line = format!("GET {BASE}/Accounts/AC1/Balance.json");
    let fake = Fake::start(vec![exchange(&line, HEADER, Body::Nothing, 200, &answer)]).await;
    let credit = fake.gateway(settings()).credit().await;
    assert_eq!(credit, Ok(Some(Credit { amount: 3.25, unit: Unit::Currency("USD".into()) })));
    fake.done();
}

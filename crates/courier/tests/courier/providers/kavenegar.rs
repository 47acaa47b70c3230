//! Kavenegar: the key in the path, lookups with tokens, and its many codes.

use pishkhan_courier::gateways::{Accepted, Credit, Delivery, Unit, check};
use serde_json::{Value, json};

use super::{Body, Exchange, Fake, TEXT, exchange, form, ids, kind, known, mapping, message};

/// The key's slash must not end its piece of the path.
const KEY_IN_PATH: &str = "s3cret%2Fkey";

fn settings() -> Value {
    json!({ "kind": "kavenegar", "base": "/v1", "key": super::KEY, "sender": "10004346" })
}

fn text() -> Body {
    form(&[("receptor", "09121234567"), ("message", TEXT), ("localid", "255"), ("sender", "10004346")])
}

fn send(status: u16, answer: &Value) -> Exchange {
    exchange(&format!("POST /v1/{KEY_IN_PATH}/sms/send.json"), "", text(), status, answer)
}

fn said(code: u16) -> Value {
    json!({ "return": { "status": code, "message": "09121234567: خطا" }, "entries": null })
}

#[tokio::test]
async fn a_text_is_sent_under_our_number() {
    let taken = json!({
        "return": { "status": 200, "message": "تایید شد" },
        "entries": [{ "messageid": 8_792_343, "message": TEXT, "status": 1, "statustext": "در صف ارسال", "sender": "10004346",
                      "receptor": "09121234567", "date": 1_356_619_709, "cost": 120 }],
    });
    let fake = Fake::start(vec![send(200, &taken)]).await;
    let gateway = fake.gateway(settings());
    assert_eq!(gateway.send_text(&message()).await, Ok(Accepted { gateway_id: Some("8792343".into()) }));
    fake.done();
    assert!(gateway.abilities().drops_repeated_texts && !gateway.abilities().drops_repeated_templates);
}

#[tokio::test]
async fn a_lookup_fills_its_tokens_or_calls() {
    let taken = json!({ "return": { "status": 200 }, "entries": [{ "messageid": "77", "status": 5 }] });
    let lookup = |how: &'static str| {
        let body = form(&[
            ("receptor", "09121234567"),
            ("template", "registered"),
            ("token", "1405/د/101"),
            ("token2", "012345678901"),
            ("type", how),
        ]);
        exchange(&format!("POST /v1/{KEY_IN_PATH}/verify/lookup.json"), "", body, 200, &taken)
    };
    let fake = Fake::start(vec![lookup("sms"), lookup("call")]).await;
    let gateway = fake.gateway(settings());
    let mut by = mapping("registered", &[("token", "number"), ("token2", "tracking")]);
    assert_eq!(gateway.send_template(&message(), &by).await, Ok(Accepted { gateway_id: Some("77".into()) }));
    by.is_call = true;
    gateway.send_template(&message(), &by).await.expect("it is taken");
    fake.done();
}

#[tokio::test]
async fn every_listed_code_is_told_apart() {
    for (code, what) in [
        (403, "setup"),
        (407, "setup"),
        (416, "setup"),
        (409, "busy"),
        (451, "busy"),
        (429, "busy"),
        (411, "refused"),
        (412, "setup"),
        (413, "refused"),
        (418, "no credit"),
        (420, "refused"),
        (424, "template"),
        (430, "setup"),
        (431, "refused"),
        (432, "template"),
        (501, "setup"),
        (607, "setup"),
        (400, "refused"),
        (402, "failed"),
        (426, "setup"),
        (427, "setup"),
        (428, "setup"),
        (500, "failed"),
    ] {
        let fake = Fake::start(vec![send(code, &said(code))]).await;
        let error = fake.gateway(settings()).send_text(&message()).await.expect_err("it isn't taken");
        assert_eq!(kind(&error), what, "{code}");
        assert_eq!(error.pause().is_some(), what == "busy", "{code}");
        fake.done();
    }
}

#[tokio::test]
async fn a_message_that_is_lost_at_once_is_not_taken() {
    for (status, what) in [(14, "blocked"), (6, "failed"), (13, "failed")] {
        let answer = json!({ "return": { "status": 200 }, "entries": [{ "messageid": 1, "status": status }] });
        let fake = Fake::start(vec![send(200, &answer)]).await;
        let error = fake.gateway(settings()).send_text(&message()).await.expect_err("it isn't taken");
        assert_eq!(kind(&error), what, "{status}");
    }
}

#[tokio::test]
async fn states_are_asked_for_many_at_once() {
    use Delivery::{Blocked, Delivered, Failed, Queued, Sent, Undelivered, Unknown};
    let table = [
        ("1", Queued),
        ("2", Queued),
        ("4", Sent),
        ("5", Sent),
        ("10", Delivered),
        ("11", Undelivered),
        ("6", Failed),
        ("13", Failed),
        ("14", Blocked),
        ("0", Unknown),
        ("100", Unknown),
    ];
    let entries: Vec<Value> = table
        .iter()
        .map(|(code, _)| json!({ "messageid": code, "status": code.parse::<i64>().expect("a number") }))
        .collect();
    let all = table.map(|(code, _)| code);
    let answer = json!({ "return": { "status": 200 }, "entries": entries });
    let asked = form(&[("messageid", &all.join(","))]);
    let line = format!("POST /v1/{KEY_IN_PATH}/sms/status.json");
    let fake = Fake::start(vec![exchange(&line, "", asked, 200, &answer)]).await;
    assert_eq!(fake.gateway(settings()).status(&ids(&all)).await, Ok(known(&table)));
    fake.done();
}

#[tokio::test]
async fn the_credit_is_in_rials() {
    let answer = json!({ "return": { "status": 200 }, "entries": { "remaincredit": 1_500_000, "type": "master" } });
    let line = format!("POST /v1/{KEY_IN_PATH}/account/info.json");
    let fake = Fake::start(vec![exchange(&line, "", Body::Nothing, 200, &answer)]).await;
    let credit = fake.gateway(settings()).credit().await;
    assert_eq!(credit, Ok(Some(Credit { amount: 1_500_000.0, unit: Unit::Rials })));
    fake.done();
}

#[tokio::test]
async fn a_list_of_numbers_is_never_sent() {
    let fake = Fake::start(Vec::new()).await;
    let many = pishkhan_courier::Outgoing { to: "+989121234567,09131234567".into(), ..message() };
    let error = fake.gateway(settings()).send_text(&many).await.expect_err("it isn't sent");
    assert_eq!(kind(&error), "refused");
    fake.done();
}

#[test]
fn what_a_token_refuses_is_found_when_it_is_saved() {
    use pishkhan_courier::gateways::{GatewaySettings, Kind, Signs, Value};
    const REJECTED: Kind = Kind {
        name: "letter_registered",
        values: &[
            Value { name: "number", longest: 25, signs: Signs::Word, is_needed: true },
            Value { name: "reason", longest: 500, signs: Signs::Text, is_needed: false },
        ],
    };
    let settings: GatewaySettings = serde_json::from_value(settings()).expect("the settings can be read");
    let settings = match settings {
        GatewaySettings::Kavenegar(it) => GatewaySettings::Kavenegar(pishkhan_courier::gateways::KavenegarSettings {
            base: "http://127.0.0.1:9".into(),
            ..it
        }),
        other => other,
    };
    let rules = settings.open().expect("the settings are good").abilities().templates;
    let faults = |places: &[(&str, &str)]| -> Vec<String> {
        check(rules, &mapping("registered", places), Some(&REJECTED)).iter().map(ToString::to_string).collect()
    };
    assert!(faults(&[("token", "number"), ("token20", "number")]).is_empty());
    assert_eq!(faults(&[("token4", "number")]), ["token4: the gateway has no such place"]);
    assert_eq!(faults(&[("token", "reason")]).len(), 3, "too long, with spaces, with underscores");
    assert_eq!(
        faults(&[("token10", "reason")]),
        [
            "token10: the value can have 500 signs, and 100 fit",
            "token10: the value can have more than 5 spaces",
            "token10: the value can have a sign that is refused: \r\n",
        ]
    );
}

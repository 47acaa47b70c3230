//! Melipayamak: name and password in the body, values joined by semicolons, long ids.

use pishkhan_courier::Outgoing;
use pishkhan_courier::gateways::{Accepted, Credit, Delivery, Unit};
use serde_json::{Value, json};

use super::{Exchange, Fake, KEY, TEXT, exchange, form, ids, kind, known, mapping, message};

const ID: &str = "4763522837642837649";

fn settings() -> Value {
    json!({ "kind": "melipayamak", "base": "/api/SendSMS", "username": "shahrdari", "password": KEY, "from": "50001234" })
}

fn ask(operation: &str, fields: &[(&'static str, &str)], status: u16, answer: &Value) -> Exchange {
    let fields = [&[("username", "shahrdari"), ("password", KEY)], fields].concat();
    exchange(&format!("POST /api/SendSMS/{operation}"), "", form(&fields), status, answer)
}

fn send(answer: &Value) -> Exchange {
    let fields = [("to", "09121234567"), ("from", "50001234"), ("text", TEXT), ("isFlash", "false")];
    ask("SendSMS", &fields, 200, answer)
}

fn said(value: &str, status: i64) -> Value {
    json!({ "Value": value, "RetStatus": status, "StrRetStatus": "Ok" })
}

#[tokio::test]
async fn a_text_goes_over_the_line() {
    let fake = Fake::start(vec![send(&said(ID, 1))]).await;
    let accepted = fake.gateway(settings()).send_text(&message()).await;
    assert_eq!(accepted, Ok(Accepted { gateway_id: Some(ID.into()) }));
    fake.done();
}

#[tokio::test]
async fn a_templates_values_are_joined() {
    let fields = [("to", "09121234567"), ("bodyId", "1234"), ("text", "1405/د/101;012345678901")];
    let fake = Fake::start(vec![ask("BaseServiceNumber", &fields, 200, &said(ID, 1))]).await;
    let by = mapping("1234", &[("{0}", "number"), ("{1}", "tracking")]);
    let gateway = fake.gateway(settings());
    assert_eq!(gateway.send_template(&message(), &by).await, Ok(Accepted { gateway_id: Some(ID.into()) }));

    let torn = Outgoing { values: vec![("number".into(), "1;2".into()), ("tracking".into(), "3".into())], ..message() };
    let error = gateway.send_template(&torn, &by).await.expect_err("a semicolon would shift the values");
    assert_eq!(kind(&error), "refused");
    fake.done();
}

#[tokio::test]
async fn refusals_are_told_apart() {
    for (code, what) in [
        (0, "setup"),
        (2, "no credit"),
        (3, "busy"),
        (4, "busy"),
        (5, "setup"),
        (6, "busy"),
        (7, "refused"),
        (9, "setup"),
        (10, "setup"),
        (11, "failed"),
        (12, "setup"),
        (14, "refused"),
        (15, "refused"),
        (16, "refused"),
        (17, "refused"),
        (18, "refused"),
        (108, "setup"),
        (109, "setup"),
        (110, "setup"),
        (35, "blocked"),
    ] {
        let fake = Fake::start(vec![send(&said("0", code))]).await;
        let error = fake.gateway(settings()).send_text(&message()).await.expect_err("it isn't taken");
        assert_eq!(kind(&error), what, "{code}");
        fake.done();
    }
}

#[tokio::test]
async fn a_short_id_is_an_error_in_disguise() {
    for (value, what) in [
        ("2", "no credit"),
        ("-1", "setup"),
        ("-4", "template"),
        ("-5", "template"),
        ("35", "blocked"),
        ("11", "failed"),
        ("", "failed"),
    ] {
        let fake = Fake::start(vec![send(&said(value, 1))]).await;
        let error = fake.gateway(settings()).send_text(&message()).await.expect_err("it isn't taken");
        assert_eq!(kind(&error), what, "{value:?}");
    }
}

#[tokio::test]
async fn states_are_asked_for_one_by_one() {
    use Delivery::{Blocked, Delivered, Failed, Queued, Sent, Undelivered, Unknown};
    let table = [
        ("400", Queued),
        ("0", Sent),
        ("8", Sent),
        ("1", Delivered),
        ("2", Undelivered),
        ("16", Undelivered),
        ("3", Failed),
        ("5", Failed),
        ("300", Failed),
        ("500", Failed),
        ("35", Blocked),
        ("9", Unknown),
        ("100", Unknown),
    ];
    let asked = table.map(|(code, _)| ask("GetDeliveries2", &[("recID", code)], 200, &said(code, 1)));
    let fake = Fake::start(asked.into()).await;
    let all = table.map(|(code, _)| code);
    assert_eq!(fake.gateway(settings()).status(&ids(&all)).await, Ok(known(&table)));
    fake.done();
}

#[tokio::test]
async fn the_credit_is_in_messages() {
    let fake = Fake::start(vec![ask("GetCredit", &[], 200, &said("1532.4", 1))]).await;
    let credit = fake.gateway(settings()).credit().await;
    assert_eq!(credit, Ok(Some(Credit { amount: 1532.4, unit: Unit::Messages })));
    fake.done();
}

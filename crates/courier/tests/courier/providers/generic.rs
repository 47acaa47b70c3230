//! Any web service, by settings alone: a made-up provider with templates, states and credit.

use pishkhan_courier::gateways::{
    Accepted, Credit, Delivery, GatewaySettings, Kind, Mapping, Parameter, Reports, Signs, Unit, Value as Place,
};
use pishkhan_courier::{Gateway, Outgoing};
use serde_json::{Value, json};

use super::{Body, Exchange, Fake, KEY, TEXT, exchange, form, ids, kind, known, mapping, message, opened};

const HEADER: &str = "x-key: s3cret/key";
const ID: &str = "000000000000000000000000000000ff";
const REGISTERED: Kind = Kind {
    name: "letter_registered",
    values: &[
        Place { name: "number", longest: 25, signs: Signs::Word, is_needed: true },
        Place { name: "tracking", longest: 12, signs: Signs::Digits, is_needed: true },
        Place { name: "reason", longest: 500, signs: Signs::Text, is_needed: false },
    ],
};

/// As the guide has it, but for the address.
fn settings(address: &str) -> Value {
    let request = |path: &str, body: &str| {
        let headers = json!({ "X-Key": KEY });
        json!({ "url": format!("{address}/v2/{path}"), "headers": headers, "body": body })
    };
    let by_template = r#"{"to":"{to_national}","pattern":"{pattern}","ref":"{id}","params":{{values}}}"#;
    let mut settings = request("text", r#"{"to":"{to_national}","line":"{from}","text":"{text}","ref":"{id}"}"#);
    let rest = json!({
        "kind": "http",
        "from": "30001234",
        "success": "/ok=true",
        "message_id": "/id",
        "template": {
            "request": request("pattern", by_template),
            "success": "/ok=true",
            "message_id": "/id",
            "longest": 30,
            "spaces": 0,
            "refused": ";",
        },
        "status": {
            "request": request("messages/{message_id}", ""),
            "success": "/ok=true",
            "state": "/state",
            "states": {
                "null": "queued", "1": "sent", "DELIVRD": "delivered", "3": "undelivered", "4": "failed", "5": "blocked", "6": "unknown"
            },
            "within_hours": 24,
        },
        "credit": { "request": request("account", ""), "success": "/ok=true", "amount": "/left", "unit": "tomans" },
    });
    let fields = settings.as_object_mut().expect("a request is an object");
    fields.extend(rest.as_object().expect("the rest is an object").clone());
    settings
}

fn gateway(fake: &Fake) -> Box<dyn Gateway> {
    opened(settings(&fake.service.address))
}

/// The settings with something else at a JSON pointer.
fn with(address: &str, pointer: &str, value: Value) -> Value {
    let mut settings = settings(address);
    *settings.pointer_mut(pointer).expect("the setting is there") = value;
    settings
}

fn by_template(status: u16, answer: &Value) -> Exchange {
    let params = json!({ "no": "1405/د/101", "code": "012345678901" });
    let body = json!({ "to": "09121234567", "pattern": "letter", "ref": ID, "params": params });
    exchange("POST /v2/pattern", HEADER, Body::Json(body), status, answer)
}

fn letter() -> Mapping {
    mapping("letter", &[("no", "number"), ("code", "tracking")])
}

#[tokio::test]
async fn texts_and_templates_go_by_requests_of_their_own() {
    let body = json!({ "to": "09121234567", "line": "30001234", "text": TEXT, "ref": ID });
    let taken = |id: u64| json!({ "ok": true, "id": id });
    let fake = Fake::start(vec![
        exchange("POST /v2/text", HEADER, Body::Json(body), 200, &taken(7)),
        by_template(200, &taken(8)),
    ])
    .await;
    let gateway = gateway(&fake);
    assert_eq!(gateway.send_text(&message()).await, Ok(Accepted { gateway_id: Some("7".into()) }));
    assert_eq!(gateway.send_template(&message(), &letter()).await, Ok(Accepted { gateway_id: Some("8".into()) }));
    fake.done();
}

#[tokio::test]
async fn people_are_called_by_a_request_of_its_own() {
    let taken = |id: u64| json!({ "ok": true, "id": id });
    let body = json!({ "to": "09121234567", "voice": "spoken", "say": "012345678901" });
    let called = exchange("POST /v2/call", HEADER, Body::Json(body), 200, &taken(9));
    let fake = Fake::start(vec![called, by_template(200, &taken(8))]).await;
    let address = &fake.service.address;
    let mut calling = settings(address);
    calling["call"] = json!({
        "request": {
            "url": format!("{address}/v2/call"),
            "headers": { "X-Key": KEY },
            "body": r#"{"to":"{to_national}","voice":"{pattern}","say":"{value:say}"}"#,
        },
        "success": "/ok=true",
        "message_id": "/id",
    });
    let gateway = opened(calling);
    let call = Mapping { is_call: true, ..mapping("spoken", &[("say", "tracking")]) };
    assert_eq!(gateway.send_template(&message(), &call).await, Ok(Accepted { gateway_id: Some("9".into()) }));
    assert_eq!(gateway.send_template(&message(), &letter()).await, Ok(Accepted { gateway_id: Some("8".into()) }));
    fake.done();
    for mapping in [&call, &letter()] {
        assert!(gateway.faults(mapping, Some(&REGISTERED)).is_empty(), "{mapping:?}");
    }
    assert!(!gateway.abilities().drops_repeated_templates, "its call hands no id over");

    let silent = opened(settings("http://127.0.0.1:9"));
    let told: Vec<String> = silent.faults(&call, Some(&REGISTERED)).iter().map(ToString::to_string).collect();
    assert_eq!(told, ["the gateway can't call"]);
    let error = silent.send_template(&message(), &call).await.expect_err("no SMS goes instead");
    assert_eq!(kind(&error), "setup");
}

#[tokio::test]
async fn values_stand_where_the_settings_want_them() {
    // As fields of a form, as one field, and in an address by name.
    let fields = form(&[("to", "09121234567"), ("t", "letter"), ("no", "1405/د/101"), ("code", "012345678901")]);
    let joined = form(&[("t", "letter"), ("v", "1405/د/101;012345678901")]);
    let fake = Fake::start(vec![
        exchange("POST /", "", fields, 200, &json!({})),
        exchange("POST /", "", joined, 200, &json!({})),
        exchange("GET /?t=letter&code=012345678901&to=989121234567", "", Body::Nothing, 200, &json!({})),
    ])
    .await;
    let address = &fake.service.address;
    let by = |template: Value| opened(json!({ "kind": "http", "templates_only": true, "template": template }));
    let in_form = |body: &str| {
        let media = "application/x-www-form-urlencoded";
        json!({ "url": format!("{address}/"), "content_type": media, "body": body })
    };
    let named = json!({ "url": format!("{address}/?t={{pattern}}&code={{value:code}}&to={{to_digits}}") });
    let one = by(json!({ "request": in_form("to={to_national}&t={pattern}&{values}") }));
    assert_eq!(one.send_template(&message(), &letter()).await, Ok(Accepted::default()));
    let one = by(json!({ "request": in_form("t={pattern}&v={values}"), "each": "{value}", "between": ";" }));
    assert_eq!(one.send_template(&message(), &letter()).await, Ok(Accepted::default()));
    let one = by(json!({ "request": named }));
    let only_code = mapping("letter", &[("code", "tracking")]);
    assert_eq!(one.send_template(&message(), &only_code).await, Ok(Accepted::default()));
    fake.done();

    assert!(!one.abilities().drops_repeated_templates, "our id stands nowhere in it");
    let error = one.send_text(&message()).await.expect_err("it takes templates only");
    assert_eq!(kind(&error), "setup");
}

#[tokio::test]
async fn every_answer_is_told_apart() {
    for (status, answer, what) in [
        (400, json!({}), "refused"),
        (401, json!({}), "setup"),
        (402, json!({}), "no credit"),
        (403, json!({}), "setup"),
        (404, json!({}), "setup"),
        (413, json!({}), "refused"),
        (422, json!({}), "refused"),
        (429, json!({}), "busy"),
        (500, json!({ "ok": false, "why": "09121234567" }), "failed"),
        (502, json!({}), "unsure"),
        (503, json!({}), "busy"),
        (504, json!({}), "unsure"),
        (520, json!({}), "unsure"),
        (522, json!({}), "failed"),
        (524, json!({}), "unsure"),
        (200, json!({ "ok": false }), "failed"),
        (200, json!({ "id": 7 }), "failed"),
        (200, json!(null), "unsure"),
    ] {
        let fake = Fake::start(vec![by_template(status, &answer)]).await;
        let error = gateway(&fake).send_template(&message(), &letter()).await.expect_err("it isn't taken");
        assert_eq!(kind(&error), what, "{status} {answer}");
        fake.done();
    }
}

#[tokio::test]
async fn a_rule_may_name_what_must_not_be_there() {
    let settings = |fake: &Fake| opened(with(&fake.service.address, "/template/success", "/error=null".into()));
    for answer in [json!({ "id": 7, "error": null }), json!({ "id": 7 })] {
        let fake = Fake::start(vec![by_template(200, &answer)]).await;
        let accepted = settings(&fake).send_template(&message(), &letter()).await;
        assert_eq!(accepted, Ok(Accepted { gateway_id: Some("7".into()) }), "{answer}");
        fake.done();
    }
    for (answer, what) in [(json!({ "error": "09121234567" }), "failed"), (json!(null), "unsure")] {
        let fake = Fake::start(vec![by_template(200, &answer)]).await;
        let error = settings(&fake).send_template(&message(), &letter()).await.expect_err("it isn't taken");
        assert_eq!(kind(&error), what, "{answer}");
        fake.done();
    }
}

#[tokio::test]
async fn a_value_that_doesnt_fit_isnt_sent() {
    let fake = Fake::start(Vec::new()).await;
    for number in ["1405/".repeat(7), "1405 101".into(), "1405;101".into()] {
        let odd = Outgoing { values: vec![("number".into(), number)], ..message() };
        let by = mapping("letter", &[("no", "number")]);
        let error = gateway(&fake).send_template(&odd, &by).await.expect_err("it doesn't fit");
        assert_eq!(kind(&error), "refused");
    }
    fake.done();
}

#[tokio::test]
async fn states_are_what_the_settings_say() {
    use Delivery::{Blocked, Delivered, Failed, Queued, Sent, Undelivered, Unknown};
    let table = [
        (json!(null), Queued),
        (json!(1), Sent),
        (json!("DELIVRD"), Delivered),
        (json!("3"), Undelivered),
        (json!(4), Failed),
        (json!(5), Blocked),
        (json!(6), Unknown),
        (json!(7), Unknown),
        (json!("delivrd"), Unknown),
    ];
    let asked =
        |at: usize, answer: &Value| exchange(&format!("GET /v2/messages/{at}"), HEADER, Body::Nothing, 200, answer);
    let told = |(at, (state, _)): (usize, &(Value, Delivery))| asked(at, &json!({ "ok": true, "state": state }));
    let fake = Fake::start(table.iter().enumerate().map(told).collect()).await;
    let names: Vec<String> = (0..table.len()).map(|at| at.to_string()).collect();
    let all: Vec<&str> = names.iter().map(String::as_str).collect();
    let expected: Vec<(&str, Delivery)> =
        all.iter().copied().zip(table.iter().map(|(_, delivery)| *delivery)).collect();
    let gateway_of_all = gateway(&fake);
    assert_eq!(gateway_of_all.status(&ids(&all)).await, Ok(known(&expected)));
    assert!(gateway_of_all.take_words().contains("delivrd"), "a trial shows what it said last");
    fake.done();

    // Of one that it doesn't know there is nothing to say, and the next is asked for all the same.
    let fake = Fake::start(vec![
        asked(1, &json!({ "ok": false })),
        asked(2, &json!({ "ok": true })),
        asked(3, &json!({ "ok": true, "state": "DELIVRD" })),
        exchange("GET /v2/messages/4", HEADER, Body::Nothing, 500, &json!({})),
    ])
    .await;
    let told = gateway(&fake).status(&ids(&["1", "2", "3", "4"])).await;
    assert_eq!(told, Ok(known(&[("3", Delivered)])));
    fake.done();

    let fake = Fake::start(vec![exchange("GET /v2/messages/a%2Fb", HEADER, Body::Nothing, 429, &json!({}))]).await;
    let error = gateway(&fake).status(&ids(&["a/b"])).await.expect_err("nothing is known");
    assert_eq!(kind(&error), "busy");
    fake.done();
}

#[tokio::test]
async fn the_credit_is_in_the_unit_of_the_settings() {
    for (unit, left, amount, counted) in [
        ("tomans", json!("125,000"), 1_250_000.0, Unit::Rials),
        ("rials", json!(1_250_000), 1_250_000.0, Unit::Rials),
        ("messages", json!("12.5"), 12.5, Unit::Messages),
    ] {
        let answer = json!({ "ok": true, "left": left });
        let fake = Fake::start(vec![exchange("GET /v2/account", HEADER, Body::Nothing, 200, &answer)]).await;
        let credit = opened(with(&fake.service.address, "/credit/unit", unit.into())).credit().await;
        assert_eq!(credit, Ok(Some(Credit { amount, unit: counted })), "{unit}");
        fake.done();
    }
    for (answer, what) in [(json!({ "ok": true, "left": "a lot" }), "failed"), (json!({ "ok": false }), "failed")] {
        let fake = Fake::start(vec![exchange("GET /v2/account", HEADER, Body::Nothing, 200, &answer)]).await;
        let error = gateway(&fake).credit().await.expect_err("it says nothing");
        assert_eq!(kind(&error), what, "{answer}");
        fake.done();
    }
    let fake = Fake::start(vec![exchange("GET /", "", Body::Nothing, 200, &json!(1500))]).await;
    let request = json!({ "url": format!("{}/", fake.service.address) });
    let plain = with(&fake.service.address, "/credit", json!({ "request": request, "amount": "", "unit": "rials" }));
    assert_eq!(opened(plain).credit().await, Ok(Some(Credit { amount: 1500.0, unit: Unit::Rials })));
    fake.done();
}

#[test]
fn a_mapping_is_checked_when_it_is_saved() {
    let faults = |settings: Value, mapping: &Mapping| -> Vec<String> {
        opened(settings).faults(mapping, Some(&REGISTERED)).iter().map(ToString::to_string).collect()
    };
    let address = "http://127.0.0.1:9";
    assert!(faults(settings(address), &letter()).is_empty());
    assert_eq!(
        faults(settings(address), &mapping("letter", &[("why", "reason"), ("w", "weight")])),
        [
            "why: the value can have 500 signs, and 30 fit",
            "why: the value can have more than 0 spaces",
            "why: the value can have a sign that is refused: ;",
            "w: the message has no value \"weight\"",
        ]
    );
    let declared = Parameter { longest: Some(20), ..letter().parameters[0].clone() };
    let declared = Mapping { parameters: vec![declared], is_call: true, template: " ".into(), ..letter() };
    assert_eq!(
        faults(settings(address), &declared),
        [
            "the template's name is missing, or no number where the gateway wants one",
            "the gateway can't call",
            "no: the value can have 25 signs, and 20 fit",
        ]
    );

    // Places by name, all of which must be filled, and no others.
    let named = with(address, "/template/request/body", r#"{"no":"{value:no}","date":"{value:date}"}"#.into());
    assert_eq!(
        faults(named, &letter()),
        ["code: the gateway has no such place", "date: the request has this place, and nothing fills it"]
    );
    let listed = with(address, "/template/request/body", r#"{"a":1,{values}}"#.into());
    assert!(faults(listed.clone(), &letter()).is_empty());
    let said = faults(listed, &mapping("letter", &[]));
    assert!(said[0].starts_with("with these places, body is not JSON"), "{said:?}");
}

#[test]
fn bad_settings_are_named_when_they_are_saved() {
    let bad = [
        ("/template/request/url", json!("/pattern"), "template: url is not"),
        ("/template/request/body", json!(r#"{"code":{value:code}}"#), "template: body is not JSON"),
        ("/template/request/body", json!(r#"{"code":"{code}"}"#), "template: {code} is no place"),
        ("/template/success", json!("ok"), "template: success must be"),
        ("/template/message_id", json!("id"), "template: message_id must begin"),
        ("/status/request/url", json!("http://127.0.0.1:9/"), "status: {message_id} stands nowhere"),
        ("/status/request/url", json!("http://127.0.0.1:9/{message_id}/{to}"), "status: {to} is no place"),
        ("/status/request/method", json!("G E T"), "status: method is not"),
        ("/status/state", json!("state"), "status: state must begin"),
        ("/status/states", json!({}), "status: states is empty"),
        ("/credit/request/headers", json!({ "a b": "" }), "credit: the header \"…\" has a name"),
        ("/credit/request/content_type", json!("text/plain"), "credit: content_type must be"),
        ("/credit/amount", json!("left"), "credit: amount must begin"),
    ];
    let said = |mut settings: Value, pointer: &str, value: Value| {
        let (parent, name) = pointer.rsplit_once('/').expect("a pointer has a slash");
        settings.pointer_mut(parent).expect("the setting is there")[name] = value;
        let settings: GatewaySettings = serde_json::from_value(settings).expect("the settings can be read");
        settings.open().err().expect("it is refused").to_string()
    };
    let address = "http://127.0.0.1:9";
    for (pointer, value, begins) in bad {
        let told = said(settings(address), pointer, value);
        assert!(told.starts_with(begins), "{told:?} doesn't begin with {begins:?}");
    }
    for (each, begins) in [("{place}", "template: {value} stands"), ("{name}={value}", "template: {name} is no")] {
        let told = said(settings(address), "/template/each", each.into());
        assert!(told.starts_with(begins), "{told:?} doesn't begin with {begins:?}");
    }
    let alone = json!({ "kind": "http" });
    assert!(said(alone, "/templates_only", json!(true)).starts_with("templates_only needs"));
    let unknown = with(address, "/status/states", json!({ "1": "arrived" }));
    assert!(serde_json::from_value::<GatewaySettings>(unknown).is_err(), "there is no such state");
}

#[tokio::test]
async fn settings_from_before_mean_what_they_meant() {
    let old = json!({
        "kind": "http", "url": "http://127.0.0.1:9/{to}", "method": "GET", "headers": {}, "body": "",
        "content_type": "application/json", "message_id": null, "success": null, "timeout": 5, "from": "3000",
    });
    let gateway = opened(old);
    let abilities = gateway.abilities();
    assert!(abilities.templates.is_none() && abilities.reports == Reports::Never);
    let faults = gateway.faults(&letter(), Some(&REGISTERED));
    assert_eq!(faults.iter().map(ToString::to_string).collect::<Vec<_>>(), ["the gateway has no templates"]);
    let error = gateway.send_template(&message(), &letter()).await.expect_err("it has none");
    assert_eq!(kind(&error), "setup");
    assert_eq!((gateway.status(&ids(&["1"])).await, gateway.credit().await), (Ok(Vec::new()), Ok(None)));

    let all = opened(settings("http://127.0.0.1:9")).abilities();
    assert!(all.templates.is_some() && all.drops_repeated_texts && all.drops_repeated_templates);
    assert!(matches!(all.reports, Reports::Asked { within, .. } if within.as_secs() == 24 * 3_600));
}

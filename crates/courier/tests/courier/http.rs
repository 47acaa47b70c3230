//! The web service gateway: what it asks, and what it makes of the answers.

use std::collections::BTreeMap;
use std::time::Duration;

use pishkhan_courier::gateways::{Accepted, GatewaySettings, Http, HttpSettings, Purpose, SendError};
use pishkhan_courier::{Courier, CourierRules, Gateway, Language, MessageId, Outgoing, Round, sent_messages};
use pishkhan_store::{Moment, OrganisationId};

use crate::house::on_both;
use crate::service::Service;

const TEXT: &str = "گفت: \"سلام\\\"\nو رفت & {to} + 100%";
const KEY: &str = "s3cret-key";

#[tokio::test]
async fn a_json_api_gets_the_message_and_tells_its_id() {
    let service = Service::answering(200, r#"{"return":{"status":200},"entries":[{"messageid":8792343}]}"#).await;
    let accepted = send(json(&service)).await.expect("it is accepted");
    assert_eq!(accepted, Accepted { gateway_id: Some("8792343".into()) });

    let asked = service.asked().remove(0);
    assert_eq!(asked.line, format!("POST /v1/{KEY}/send.json?id=0f HTTP/1.1"));
    assert!(asked.headers.contains(&"content-type: application/json".into()));
    assert!(asked.headers.contains(&"idempotency-key: 0f".into()));
    let body: serde_json::Value = serde_json::from_str(&asked.body).expect("the body is JSON");
    assert_eq!(body["receptor"], "09121234567");
    assert_eq!(body["message"], TEXT);
    assert_eq!(body["sender"], "3000\"1");
}

#[tokio::test]
async fn a_form_api_gets_the_message() {
    let service = Service::answering(202, "OK").await;
    let settings = HttpSettings {
        body: "to={to}&plain={to_digits}&text={text}&kind={template}".into(),
        content_type: "application/x-www-form-urlencoded; charset=utf-8".into(),
        success: None,
        ..json(&service)
    };
    assert_eq!(send(settings).await, Ok(Accepted { gateway_id: None }));

    let body = service.asked().remove(0).body;
    let text = "%DA%AF%D9%81%D8%AA%3A%20%22%D8%B3%D9%84%D8%A7%D9%85%5C%22%0A%D9%88%20%D8%B1%D9%81%D8%AA%20%26%20%7Bto%7D%20\
                %2B%20100%25";
    assert_eq!(body, format!("to=%2B989121234567&plain=989121234567&text={text}&kind=letter_registered"));
}

#[tokio::test]
async fn an_answer_that_begins_with_a_mark_of_its_encoding_is_read() {
    let body = "\u{feff}{\"return\":{\"status\":200},\"entries\":[{\"messageid\":8792343}]}";
    let service = Service::answering(200, body).await;
    let accepted = send(json(&service)).await.expect("it is accepted");
    assert_eq!(accepted, Accepted { gateway_id: Some("8792343".into()) });

    let settings = serde_json::json!({ "kind": "kavenegar", "base": service.address, "key": KEY });
    let settings: GatewaySettings = serde_json::from_value(settings).expect("the settings can be read");
    let gateway = settings.open().expect("the settings are good");
    assert_eq!(gateway.send_text(&message()).await, Ok(Accepted { gateway_id: Some("8792343".into()) }));
    assert!(!gateway.take_words().contains('\u{feff}'), "nor is the mark shown");
}

#[tokio::test]
async fn a_get_api_has_it_all_in_the_url() {
    let service = Service::answering(200, "").await;
    let url = format!("{}/send?to={{to_national}}&text={{text}}", service.address);
    let settings = HttpSettings { url, method: "GET".into(), body: String::new(), success: None, ..json(&service) };
    assert_eq!(send(settings).await, Ok(Accepted::default()));
    let asked = service.asked().remove(0);
    assert!(asked.line.starts_with("GET /send?to=09121234567&text=%DA%AF%D9%81%D8%AA%3A%20%22"), "{}", asked.line);
    assert!(asked.body.is_empty());
}

#[tokio::test]
async fn answers_are_told_apart() {
    // Only what is about the message itself is final; the others are about the account, its address, or the moment.
    let refused: fn(String) -> SendError = SendError::Refused;
    let busy: fn(String) -> SendError = |why| SendError::Busy { why, after: Some(Duration::from_secs(7)) };
    let kinds = [
        (refused, vec![400, 413, 422]),
        (SendError::NoCredit, vec![402]),
        (SendError::Setup, vec![302, 401, 403, 404, 405]),
        (busy, vec![425, 429, 503]),
        (SendError::Unsure, vec![502, 504, 520, 524]),
        (SendError::Failed, vec![408, 409, 500, 501, 522]),
    ];
    for (kind, statuses) in kinds {
        for status in statuses {
            let service = Service::answering(status, "{\"why\":\"+989121234567\"}").await;
            let said = send(json(&service)).await.expect_err("it is not accepted");
            assert_eq!(said, kind(format!("the gateway answered {status}")));
            assert_eq!(service.asked().len(), 1, "a redirect was followed, or a send repeated");
        }
    }
}

#[tokio::test]
async fn a_good_status_with_a_wrong_value_is_tried_again() {
    let service = Service::answering(200, r#"{"return":{"status":418}}"#).await;
    assert_eq!(send(json(&service)).await, Err(SendError::Failed("the gateway's /return/status was 418".into())));
}

#[tokio::test]
async fn of_a_good_status_with_an_answer_that_breaks_off_nobody_knows() {
    let service = Service::answering(200, r#"{"return":{"sta"#).await;
    assert_eq!(send(json(&service)).await, Err(SendError::Unsure("the gateway's answer can't be read".into())));
}

#[tokio::test]
async fn silence_and_absence_are_told_without_the_key() {
    let hanging = Service::hanging().await;
    let settings = HttpSettings { timeout: Duration::from_millis(200), ..json(&hanging) };
    assert_eq!(send(settings).await, Err(SendError::Unsure("the gateway didn't answer in time".into())));
    assert_eq!(hanging.asked().len(), 1);

    // Port 9 (discard) of this machine has no listener.
    let settings = HttpSettings { url: format!("http://127.0.0.1:9/{KEY}/{{to}}"), ..json(&hanging) };
    let said = send(settings).await.expect_err("nobody is there");
    assert!(matches!(&said, SendError::Failed(why) if why.starts_with("the gateway can't be reached")), "{said}");
    for secret in [KEY, "127.0.0.1", "989121234567", "سلام"] {
        assert!(!format!("{said} {said:?}").contains(secret), "{said:?} gives {secret} away");
    }
}

#[tokio::test]
async fn bad_settings_are_named_at_start() {
    let service = Service::hanging().await;
    let good = json(&service);
    let bad = [
        (HttpSettings { url: "kavenegar.com/{to}".into(), ..good.clone() }, "url is not"),
        (HttpSettings { url: "file:///etc/passwd".into(), ..good.clone() }, "url is not"),
        (HttpSettings { method: "PO ST".into(), ..good.clone() }, "method is not"),
        (
            HttpSettings { headers: [("a b".into(), String::new())].into(), ..good.clone() },
            "the header \"…\" has a name",
        ),
        (HttpSettings { headers: [("key".into(), "a\nb".into())].into(), ..good.clone() }, "the header \"key\""),
        (HttpSettings { content_type: "text/plain".into(), ..good.clone() }, "content_type must be"),
        (HttpSettings { body: r#"{"text":{text}}"#.into(), ..good.clone() }, "body is not JSON"),
        // Ours are hexadecimal.
        (HttpSettings { body: r#"{"ref":{id}}"#.into(), ..good.clone() }, "body is not JSON"),
        (HttpSettings { body: r#"{"text":"{value:code}"}"#.into(), ..good.clone() }, "{value:code} is no place"),
        (HttpSettings { success: Some("/status".into()), ..good.clone() }, "success must be"),
        (HttpSettings { success: Some("status=1".into()), ..good.clone() }, "success must begin"),
        (HttpSettings { message_id: Some("id".into()), ..good.clone() }, "message_id must begin"),
        (HttpSettings { timeout: Duration::ZERO, ..good.clone() }, "timeout must be"),
        (HttpSettings { timeout: Duration::from_secs(u64::MAX), ..good.clone() }, "timeout must be"),
    ];
    for (settings, begins) in bad {
        let said = Http::new(settings).err().expect("it is refused").to_string();
        assert!(said.starts_with(begins), "{said:?} doesn't begin with {begins:?}");
    }
}

#[tokio::test]
async fn the_rounds_heed_the_answers() {
    on_both(|house| async move {
        let carried_by = |service: &Service| {
            let gateway = Box::new(Http::new(json(service)).expect("the settings are good"));
            Courier::new(house.db.clone(), house.clock.clone(), gateway, &[], CourierRules::default())
        };
        let busy = Service::answering(429, "").await;
        let refusing = Service::answering(400, "").await;
        let good = Service::answering(200, r#"{"return":{"status":200}}"#).await;

        let id = house.post("shahrdari", "+989121234567", TEXT).await;
        let round = carried_by(&busy).round().await.expect("the database answers");
        assert_eq!(round, Round { sent: 0, retried: 1, parked: 0 });
        house.wait(10);
        let round = carried_by(&good).round().await.expect("the database answers");
        assert_eq!(round, Round { sent: 1, retried: 0, parked: 0 });

        house.post("shahrdari", "+989121234567", TEXT).await;
        let round = carried_by(&refusing).round().await.expect("the database answers");
        assert_eq!(round, Round { sent: 0, retried: 0, parked: 1 });

        let mut tx = house.begin("shahrdari").await;
        let sent = sent_messages(&mut tx, 10).await.expect("the statement is well");
        assert_eq!(sent.iter().map(|message| &message.id).collect::<Vec<_>>(), [&id]);
    })
    .await;
}

async fn send(settings: HttpSettings) -> Result<Accepted, SendError> {
    Http::new(settings).expect("the settings are good").send_text(&message()).await
}

fn json(service: &Service) -> HttpSettings {
    HttpSettings {
        url: format!("{}/v1/{KEY}/send.json?id={{id}}", service.address),
        method: "POST".into(),
        headers: BTreeMap::from([("Idempotency-Key".into(), "{id}".into())]),
        body: r#"{"receptor":"{to_national}","message":"{text}","sender":"{from}"}"#.into(),
        content_type: "application/json".into(),
        message_id: Some("/entries/0/messageid".into()),
        success: Some("/return/status=200".into()),
        timeout: Duration::from_secs(5),
        from: "3000\"1".into(),
        ..HttpSettings::default()
    }
}

fn message() -> Outgoing {
    Outgoing {
        id: MessageId("0f".into()),
        organisation: OrganisationId("shahrdari".into()),
        to: "+989121234567".into(),
        template: "letter_registered".into(),
        text: TEXT.into(),
        language: Language::Persian,
        values: Vec::new(),
        purpose: Purpose::Notice,
        expires_at: None,
        at: Moment(0),
    }
}

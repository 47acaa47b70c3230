//! Vonage's calls. Where nobody signs them, what they are worth is the secret in their address; where the account has them signed, no other call is
//! believed. Receipts go forward only, and what is forged changes nothing.

use std::time::Duration;

use axum::Router;
use axum::http::{StatusCode, header};
use pishkhan_courier::gateways::Key;
use pishkhan_courier::gateways::callback::vonage_signature;
use pishkhan_courier::routes::{self, RouteDefinition};
use pishkhan_office::{Moment, incoming};
use pishkhan_testkit::{Answer, Letter, TestApp, on_both};
use tokio::net::TcpListener;

/// What the account's calls are signed with.
const SIGNED_BY: &str = "the account's signature secret";

/// A call that this key signed at this moment.
async fn called(app: &TestApp, line: &str, key: &str, at: Moment, fields: &[(&str, &str)]) -> Answer {
    let seconds = (at.0 / 1_000).to_string();
    let mut call: Vec<(&str, &str)> = fields.to_vec();
    call.push(("timestamp", &seconds));
    let named: Vec<(String, String)> =
        call.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let signature = vonage_signature(&Key::new(key), &named);
    call.push(("sig", &signature));
    app.browser().post(line, &call).await
}

/// A Vonage on a free port of this machine, which takes everything as `0A1`; it ends with the test.
async fn vonage() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port is found");
    let address = format!("http://{}", listener.local_addr().expect("a listener has an address"));
    let taken = r#"{"message-count":"1","messages":[{"status":"0","message-id":"0A1","to":"989121234567"}]}"#;
    let answer = move || async move { (StatusCode::OK, [(header::CONTENT_TYPE, "application/json")], taken) };
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answer)).await });
    address
}

/// A route to it for one purpose; the address that it may call, below any of our hosts.
async fn line(app: &TestApp, purpose: &str) -> String {
    opened(app, purpose, "").await
}

/// The same where the account has its calls signed.
async fn signed_line(app: &TestApp, purpose: &str) -> String {
    opened(app, purpose, &format!("signature_secret = \"{SIGNED_BY}\"\n")).await
}

async fn opened(app: &TestApp, purpose: &str, more: &str) -> String {
    let text = format!(
        "name = \"vonage\"\npurposes = [\"{purpose}\"]\n[gateway]\nkind = \"vonage\"\nbase = \"{}\"\n\
         key = \"k\"\nsecret = \"s\"\nfrom = \"3000\"\n{more}",
        vonage().await
    );
    let definition: RouteDefinition = toml::from_str(&text).expect("a definition");
    let mut tx = app.begin().await;
    let id = routes::add(&mut tx, &definition).await.expect("a route is added");
    let route = routes::find(&mut tx, &id).await.expect("the statement is well").expect("it is there");
    tx.commit().await.expect("it is kept");
    format!("/gateways/{id}/{}", route.secret.reveal())
}

/// The address with something else in the place of its secret, or of its route.
fn forged(line: &str) -> [String; 4] {
    let (route, secret) = line.rsplit_once('/').expect("an address has parts");
    let stranger = "0".repeat(32);
    [
        format!("{route}/{}", "0".repeat(secret.len())),
        format!("{route}/{}", &secret[1..]),
        format!("{route}/"),
        format!("/gateways/{stranger}/{secret}"),
    ]
}

#[tokio::test]
async fn receipts_are_believed_by_the_secret_and_go_forward_only() {
    on_both(async |app| {
        let line = line(&app, "notice").await;
        let sender = app.sender("09121234567").signs_in().await;
        sender.sends(&Letter::default()).await;
        app.settle_quietly().await;
        let delivery = async || app.texts("select delivery from outbox where template = 'letter_submitted'").await;
        assert_eq!(app.texts("select gateway_id from outbox where template = 'letter_submitted'").await, ["0A1"]);
        let gateway = app.browser();
        let receipt = |state| [("messageId", "0A1"), ("msisdn", "989121234567"), ("status", state), ("err-code", "0")];
        for stranger in forged(&line) {
            gateway.post(&stranger, &receipt("delivered")).await.is(404);
            gateway.get(&format!("{stranger}?messageId=0A1&status=delivered")).await.is(404);
            let json = r#"{"messageId":"0A1","status":"failed"}"#;
            gateway.post_body(&stranger, "application/json", json).await.is(404);
        }
        for empty in ["", "?messageId=&status=delivered", "?status=delivered"] {
            gateway.get(&format!("{line}{empty}")).await.is(404);
        }
        assert_eq!(delivery().await, [""]);

        gateway.get(&format!("{line}?messageId=0A1&status=accepted")).await.is(204);
        assert_eq!(delivery().await, ["sent"]);
        let json = r#"{"messageId":"0A1","msisdn":"989121234567","status":"delivered","err-code":"0"}"#;
        gateway.post_body(&line, "application/json", json).await.is(204);
        assert_eq!(delivery().await, ["delivered"]);
        // Late, twice, and about a message that nobody knows.
        for state in ["buffered", "delivered", "failed", "expired", "rejected"] {
            gateway.post(&line, &receipt(state)).await.is(204);
        }
        gateway.post(&line, &[("messageId", "0A2"), ("status", "rejected")]).await.is(204);
        assert_eq!(delivery().await, ["delivered"]);
    })
    .await;
}

#[tokio::test]
async fn a_text_is_heard_by_the_secret_once_and_a_forged_one_never() {
    on_both(async |app| {
        let line = line(&app, "code").await;
        let text = [("messageId", "0B1"), ("msisdn", "989121234567"), ("to", "3000"), ("text", "سلام")];
        let heard = async || app.count("select count(*) from incoming_texts where organisation_id <> ''").await;
        for stranger in forged(&line) {
            app.browser().post(&stranger, &text).await.is(404);
        }
        app.browser().post(&line, &[("messageId", "0B1"), ("text", "سلام")]).await.is(404);
        app.browser().post(&line, &[("msisdn", "989121234567"), ("text", "سلام")]).await.is(404);
        assert_eq!(heard().await, 0);
        app.browser().post(&line, &text).await.is(204);
        app.browser().post(&line, &text).await.is(204);
        assert_eq!(heard().await, 1);
        let answers = async || app.messages().await.into_iter().filter(|mail| mail.template == "text_answered").count();
        assert_eq!(answers().await, 1);
        app.wait(366 * 24 * 3_600).await;
        let mut tx = app.begin().await;
        incoming::sweep(&mut tx).await.expect("the sweep comes through");
        tx.commit().await.expect("it is kept");
        app.browser().post(&line, &text).await.is(204);
        assert_eq!((heard().await, answers().await), (0, 1), "a year later it is known all the same");
    })
    .await;
}

#[tokio::test]
async fn odd_calls_and_those_about_anothers_message_change_nothing() {
    on_both(async |app| {
        let line = line(&app, "notice").await;
        let there = self::line(&app.elsewhere(), "notice").await;
        let beside = self::line(&app, "notice").await;
        let sender = app.sender("09121234567").signs_in().await;
        sender.sends(&Letter::default()).await;
        app.settle_quietly().await;
        let delivery = async || app.texts("select delivery from outbox where template = 'letter_submitted'").await;
        let gateway = app.browser();
        for other in [&there, &beside] {
            gateway.post(other, &[("messageId", "0A1"), ("status", "failed")]).await.is(204);
        }
        let long = format!("messageId=0A1&status=failed&text={}", "a".repeat(16 * 1024));
        gateway.post_body(&line, "application/x-www-form-urlencoded", long).await.is(413);
        for twice in [
            r#"{"messageId":"0A1","status":"delivered","status":"failed"}"#,
            r#"{"messageId":"0A2","messageId":"0A1","status":"failed"}"#,
            "messageId=0A1&status=failed",
        ] {
            gateway.post_body(&line, "application/json", twice).await.is(404);
        }
        gateway.post(&format!("{line}?status=failed"), &[("messageId", "0A1"), ("status", "delivered")]).await.is(404);
        assert_eq!(delivery().await, [""]);
    })
    .await;
}

#[tokio::test]
async fn where_calls_are_signed_the_secret_alone_opens_nothing() {
    on_both(async |app| {
        let line = signed_line(&app, "notice").await;
        let sender = app.sender("09121234567").signs_in().await;
        sender.sends(&Letter::default()).await;
        app.settle_quietly().await;
        let delivery = async || app.texts("select delivery from outbox where template = 'letter_submitted'").await;
        let receipt = |state| [("messageId", "0A1"), ("msisdn", "989121234567"), ("status", state), ("err-code", "0")];
        let (failed, sent, delivered) = (receipt("failed"), receipt("accepted"), receipt("delivered"));
        let now = app.now();

        app.browser().post(&line, &failed).await.is(404);
        app.browser().get(&format!("{line}?messageId=0A1&status=failed")).await.is(404);
        app.browser().with("authorization", "Bearer e30.e30.").post(&line, &failed).await.is(404);
        called(&app, &line, "s", now, &failed).await.is(404);
        called(&app, &line, "", now, &failed).await.is(404);
        called(&app, &line, SIGNED_BY, now.minus(Duration::from_hours(25)), &failed).await.is(404);
        called(&app, &line, SIGNED_BY, now.plus(Duration::from_mins(10)), &failed).await.is(404);
        // Beside what was signed.
        called(&app, &format!("{line}?status=failed"), SIGNED_BY, now, &failed).await.is(404);
        called(&app, &format!("{line}?more=x"), SIGNED_BY, now, &failed).await.is(404);
        for stranger in forged(&line) {
            called(&app, &stranger, SIGNED_BY, now, &failed).await.is(404);
        }
        assert_eq!(delivery().await, [""]);

        called(&app, &line, SIGNED_BY, now, &sent).await.is(204);
        assert_eq!(delivery().await, ["sent"]);
        let repeated = now.minus(Duration::from_hours(23));
        called(&app, &line, SIGNED_BY, repeated, &delivered).await.is(204);
        assert_eq!(delivery().await, ["delivered"], "it comes again for a day where it found us closed");
    })
    .await;
}

#[tokio::test]
async fn a_signed_text_is_heard_once_and_in_its_own_words() {
    on_both(async |app| {
        let line = signed_line(&app, "code").await;
        let heard = async || app.count("select count(*) from incoming_texts where organisation_id <> ''").await;
        let text = [("messageId", "0B1"), ("msisdn", "989121234567"), ("to", "3000"), ("text", "سلام & درود")];
        app.browser().post(&line, &text).await.is(404);
        called(&app, &line, "s", app.now(), &text).await.is(404);
        assert_eq!(heard().await, 0);
        called(&app, &line, SIGNED_BY, app.now(), &text).await.is(204);
        app.wait(60).await;
        called(&app, &line, SIGNED_BY, app.now(), &text).await.is(204);
        assert_eq!(heard().await, 1, "signed anew it is the same text");
    })
    .await;
}

//! E-mail against a mail server from PyPI: in the open, by STARTTLS and by TLS, signed in, and every kind of no.

use pishkhan_courier::gateways::{Accepted, GatewaySettings, Purpose, SendError};
use pishkhan_courier::{Gateway, Language, MessageId, Outgoing};
use pishkhan_store::{Moment, OrganisationId};
use serde_json::{Value, json};

use crate::peers::{Folder, Peer, free_port};

const TEXT: &str = "نامه ثبت شد\nشماره: 1405/د/101\nPDF پیوست است\ndesk.example.ir";

fn gateway(port: u16, safety: &str, more: &Value) -> Box<dyn Gateway> {
    let mut settings = json!({
        "kind": "mail", "host": "localhost", "port": port, "safety": safety, "from": "Desk <desk@example.ir>",
        "username": "desk", "password": "s3cret", "timeout_seconds": 2,
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        settings[name] = value.clone();
    }
    let settings: GatewaySettings = serde_json::from_value(settings).expect("the settings can be read");
    assert!(!format!("{settings:?}").contains("s3cret"));
    settings.open().expect("the settings are good")
}

async fn send(gateway: &dyn Gateway, to: &str) -> Result<Accepted, SendError> {
    let message = Outgoing {
        id: MessageId("2a".into()),
        organisation: OrganisationId("shahrdari".into()),
        to: to.into(),
        template: "letter_registered".into(),
        text: TEXT.into(),
        language: Language::Persian,
        values: Vec::new(),
        purpose: Purpose::Notice,
        expires_at: None,
        at: Moment(0),
    };
    let sent = gateway.send_text(&message).await;
    if let Err(error) = &sent {
        for secret in ["s3cret", to, "نامه", "localhost", "example"] {
            assert!(!format!("{error} {error:?}").contains(secret), "{error:?} gives {secret} away");
        }
    }
    sent
}

#[tokio::test]
async fn a_letter_arrives_as_it_was_written() {
    let folder = Folder::with_certificate();
    for safety in ["none", "starttls", "tls"] {
        let mut mailbox = Peer::mailbox(safety, folder.path()).await;
        let certificates =
            if safety == "none" { json!({}) } else { json!({ "certificates": folder.path().join("certificate.pem") }) };
        let accepted = send(&*gateway(mailbox.port, safety, &certificates), "sara@example.org").await;
        assert_eq!(accepted, Ok(Accepted { gateway_id: Some("<2a@example.ir>".into()) }), "{safety}");
        let letter = mailbox.see("message").await;
        assert_eq!(letter["to"], json!(["sara@example.org"]));
        assert_eq!(letter["subject"], "نامه ثبت شد");
        assert_eq!(letter["id"], "<2a@example.ir>");
        assert_eq!((&letter["kind"], &letter["charset"]), (&json!("text/plain"), &json!("utf-8")));
        let text = letter["text"].as_str().expect("the letter has a text").replace("\r\n", "\n");
        assert_eq!(text.trim_end(), TEXT.replace("PDF پیوست", "\u{200f}PDF پیوست"));
        assert_eq!(letter["safe"], json!(safety != "none"));
    }
}

#[tokio::test]
async fn every_kind_of_no_is_told_apart() {
    let folder = Folder::with_certificate();
    let mailbox = Peer::mailbox("none", folder.path()).await;
    let gateway = gateway(mailbox.port, "none", &json!({}));
    for code in [550, 551, 553, 554] {
        let error = send(&*gateway, &format!("{code}@example.org")).await.expect_err("it isn't taken");
        assert!(error.is_final(), "{code}: {error:?}");
    }
    for code in [421, 450, 451, 452] {
        let error = send(&*gateway, &format!("{code}@example.org")).await.expect_err("it isn't taken");
        assert!(matches!(error, SendError::Busy { .. }), "{code}: {error:?}");
    }
    let full = send(&*gateway, "552@example.org").await.expect_err("it isn't taken");
    assert!(matches!(full, SendError::Failed(_)), "{full:?}");
    let words = gateway.take_words();
    assert!(words.starts_with("552"), "{words}");
    send(&*gateway, "sara@example.org").await.expect("it is taken");
    let words = gateway.take_words();
    assert!(words.starts_with("250"), "{words}");
    let slow = send(&*gateway, "slow@example.org").await.expect_err("it isn't answered");
    assert!(matches!(slow, SendError::Unsure(_)), "{slow:?}");
}

#[tokio::test]
async fn what_somebody_must_mend_is_an_alarm() {
    let folder = Folder::with_certificate();
    let open = Peer::mailbox("none", folder.path()).await;
    let safe = Peer::mailbox("starttls", folder.path()).await;
    let wrappers = [
        ("a wrong password", gateway(open.port, "none", &json!({ "password": "wrong" }))),
        ("no sign-in", gateway(open.port, "none", &json!({ "username": "" }))),
        ("a server without STARTTLS", gateway(open.port, "starttls", &json!({}))),
        ("a certificate that nobody knows", gateway(safe.port, "starttls", &json!({}))),
    ];
    for (what, gateway) in wrappers {
        let error = send(&*gateway, "sara@example.org").await.expect_err("it isn't sent");
        assert!(error.is_alarm(), "{what}: {error:?}");
    }
    let nobody =
        send(&*gateway(free_port(), "none", &json!({})), "sara@example.org").await.expect_err("nobody is there");
    assert!(matches!(nobody, SendError::Failed(_)), "{nobody:?}");
}

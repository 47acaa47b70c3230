//! SMPP against two message centres that know nothing of ours: binds, parts, receipts, throttling, restarts, dead lines.

use std::time::Duration;

use pishkhan_courier::gateways::{
    Accepted, Arrival, Delivery, GatewayId, GatewaySettings, IncomingText, Purpose, Reports, SendError, smpp,
};
use pishkhan_courier::{Gateway, Language, MessageId, Outgoing};
use pishkhan_store::{Moment, OrganisationId};
use serde_json::{Value, json};

use crate::peers::{CENTRES, Centre, Folder, Peer, Relay, free_port};

fn gateway(port: u16, more: &Value) -> Box<dyn Gateway> {
    let mut settings = json!({
        "kind": "smpp", "host": "127.0.0.1", "port": port, "name": "pishkhan", "password": "s3cret", "from": "3000",
        "timeout_seconds": 2,
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        settings[name] = value.clone();
    }
    let settings: GatewaySettings = serde_json::from_value(settings).expect("the settings can be read");
    settings.open().expect("the settings are good")
}

fn message(text: &str) -> Outgoing {
    Outgoing {
        id: MessageId("0000000000000000000000000000002a".into()),
        organisation: OrganisationId("shahrdari".into()),
        to: "+989121234567".into(),
        template: "letter_registered".into(),
        text: text.into(),
        language: Language::Persian,
        values: Vec::new(),
        purpose: Purpose::Notice,
        expires_at: None,
        at: Moment(0),
    }
}

async fn send(gateway: &dyn Gateway, text: &str) -> Result<Accepted, SendError> {
    let sent = gateway.send_text(&message(text)).await;
    if let Err(error) = &sent {
        for secret in ["s3cret", "9121234567", text, "127.0.0.1"] {
            assert!(!format!("{error} {error:?}").contains(secret), "{error:?} gives {secret} away");
        }
    }
    sent
}

/// The first arrivals, once there are any.
async fn arrivals(gateway: &dyn Gateway) -> Vec<Arrival> {
    for _ in 0..400 {
        let arrived = gateway.take_arrivals();
        if !arrived.is_empty() {
            return arrived;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("nothing arrived");
}

/// What a person wrote, as the peers of the tests deliver it.
fn text(text: &str) -> Arrival {
    let (from, to, text) = ("989121234567".into(), "3000".into(), text.into());
    Arrival::Text(IncomingText { id: None, from, to, text, is_part: false, signature: None })
}

fn receipt(id: &str, delivery: Delivery) -> Arrival {
    Arrival::Receipt { id: GatewayId(id.into()), is_as_taken: true, delivery }
}

#[tokio::test]
async fn seventy_persian_signs_are_one_part_and_71_are_two() {
    for kind in CENTRES {
        let mut centre = Peer::centre(kind).await;
        let gateway = gateway(centre.port, &json!({}));
        assert_eq!(gateway.abilities().reports, Reports::Arriving);
        let one = "پ".repeat(70);
        send(&*gateway, &one).await.expect("it is taken");
        let bind = centre.see("bind").await;
        assert_eq!(bind["name"], "pishkhan", "{kind:?}");
        if kind == Centre::Node {
            assert_eq!(bind["version"], 0x34);
        }
        let part = centre.see("submit").await;
        assert_eq!((part["text"].as_str(), part["header"].as_str()), (Some(&*one), Some("")), "{kind:?}");
        assert_eq!((&part["from"], &part["to"]), (&json!("3000"), &json!("989121234567")));
        assert_eq!((&part["ton"], &part["npi"]), (&json!(1), &json!(1)));
        assert_eq!((&part["class"], &part["coding"], &part["registered"]), (&json!(0), &json!(8), &json!(1)));

        let accepted = send(&*gateway, &format!("{one}چ")).await.expect("it is taken");
        let (first, second) = (centre.see("submit").await, centre.see("submit").await);
        assert_eq!(
            (first["text"].as_str(), second["text"].as_str()),
            (Some(&*"پ".repeat(67)), Some("پپپچ")),
            "{kind:?}"
        );
        // The reference is the end of our id, the same whenever it is tried again.
        assert_eq!((first["header"].as_str(), second["header"].as_str()), (Some("0500032a0201"), Some("0500032a0202")));
        assert_eq!(
            (&first["class"], &first["registered"], &second["registered"]),
            (&json!(0x40), &json!(0), &json!(1))
        );
        let id = second["id"].as_str().expect("an id is a text").to_lowercase();
        assert_eq!(accepted.gateway_id.as_deref(), Some(id.trim_start_matches('0')));

        send(&*gateway, "Code 012345").await.expect("it is taken");
        let plain = centre.see("submit").await;
        assert_eq!((&plain["text"], &plain["coding"]), (&json!("Code 012345"), &json!(0)));
    }
}

#[tokio::test]
async fn a_pair_of_units_is_never_cut() {
    for kind in CENTRES {
        let mut centre = Peer::centre(kind).await;
        let gateway = gateway(centre.port, &json!({}));
        let text = format!("{}😀{}", "پ".repeat(66), "پ".repeat(10));
        send(&*gateway, &text).await.expect("it is taken");
        let (first, second) = (centre.see("submit").await, centre.see("submit").await);
        let whole =
            format!("{}{}", first["text"].as_str().unwrap_or_default(), second["text"].as_str().unwrap_or_default());
        assert_eq!(whole, text, "{kind:?}");
    }
}

#[tokio::test]
async fn a_code_lives_as_long_as_it_is_good() {
    let mut centre = Peer::centre(Centre::Node).await;
    let gateway = gateway(centre.port, &json!({}));
    let code = Outgoing { purpose: Purpose::Code, expires_at: Some(Moment(120_000)), ..message("کد: 012345") };
    gateway.send_text(&code).await.expect("it is taken");
    assert_eq!(centre.see("submit").await["validity"], 120);
    send(&*gateway, "بی مهلت").await.expect("it is taken");
    assert_eq!(centre.see("submit").await["validity"], Value::Null);
}

#[tokio::test]
async fn receipts_come_by_tlv_and_by_text() {
    for kind in CENTRES {
        let mut centre = Peer::centre(kind).await;
        let gateway = gateway(centre.port, &json!({}));
        let id = send(&*gateway, "یکم").await.expect("it is taken").gateway_id.expect("it has an id");
        let told = centre.see("submit").await["id"].as_str().expect("an id is a text").to_owned();

        centre.deliver(&json!({ "receipted_message_id": told, "message_state": 2 })).await;
        assert_eq!(centre.see("taken").await["status"], 0, "{kind:?}");
        assert_eq!(arrivals(&*gateway).await, [receipt(&id, Delivery::Delivered)], "{kind:?}");

        // By text, and by node's centre with the same number written in decimal.
        let written = match kind {
            Centre::Node => u32::from_str_radix(&told, 16).expect("it is hexadecimal").to_string(),
            Centre::Python => told.clone(),
        };
        for (word, delivery) in [
            ("DELIVRD", Delivery::Delivered),
            ("EXPIRED", Delivery::Undelivered),
            ("DELETED", Delivery::Failed),
            ("UNDELIV", Delivery::Undelivered),
            ("ACCEPTD", Delivery::Sent),
            ("UNKNOWN", Delivery::Unknown),
            ("REJECTD", Delivery::Failed),
        ] {
            let text = format!(
                "id:{written} sub:001 dlvrd:001 submit date:2611291230 done date:2611291231 stat:{word} err:000 text:"
            );
            centre.deliver(&json!({ "short_message": text })).await;
            assert_eq!(centre.see("taken").await["status"], 0, "{kind:?}");
            assert_eq!(arrivals(&*gateway).await, [receipt(&id, delivery)], "{kind:?} {word}");
        }
    }
}

#[tokio::test]
async fn a_centres_own_code_says_that_a_message_is_blocked() {
    for kind in CENTRES {
        let mut centre = Peer::centre(kind).await;
        let gateway = gateway(centre.port, &json!({ "blocked": ["0D5"] }));
        let id = send(&*gateway, "یکم").await.expect("it is taken").gateway_id.expect("it has an id");
        let told = centre.see("submit").await["id"].as_str().expect("an id is a text").to_owned();
        for (code, delivery) in [("001", Delivery::Undelivered), ("0D5", Delivery::Blocked)] {
            let text = format!("id:{told} sub:001 dlvrd:000 stat:UNDELIV err:{code} text:");
            centre.deliver(&json!({ "short_message": text })).await;
            assert_eq!(centre.see("taken").await["status"], 0, "{kind:?}");
            assert_eq!(arrivals(&*gateway).await, [receipt(&id, delivery)], "{kind:?} {code}");
        }
    }
}

#[tokio::test]
async fn a_receipt_after_a_restart_of_ours_is_found_by_its_forms() {
    let mut centre = Peer::centre(Centre::Node).await;
    let id = {
        let before = gateway(centre.port, &json!({}));
        send(&*before, "یکم").await.expect("it is taken").gateway_id.expect("it has an id")
    };
    centre.see("unbind").await;
    let after = gateway(centre.port, &json!({}));
    send(&*after, "دوم").await.expect("it is taken");
    let decimal = u32::from_str_radix(&id, 16).expect("it is hexadecimal").to_string();
    centre.deliver(&json!({ "short_message": format!("id:{decimal} stat:DELIVRD") })).await;
    let [Arrival::Receipt { id: named, .. }] = &arrivals(&*after).await[..] else { panic!("one receipt arrives") };
    assert!(smpp::id_forms(named).contains(&GatewayId(id)), "{named:?}");
}

#[tokio::test]
async fn texts_come_in() {
    for kind in CENTRES {
        let mut centre = Peer::centre(kind).await;
        let gateway = gateway(centre.port, &json!({}));
        send(&*gateway, "یکم").await.expect("it is taken");
        centre.deliver(&json!({ "esm_class": 0, "data_coding": 8, "short_message": "لغو ۱۱" })).await;
        assert_eq!(centre.see("taken").await["status"], 0, "{kind:?}");
        assert_eq!(arrivals(&*gateway).await, [text("لغو ۱۱")], "{kind:?}");
        centre.deliver(&json!({ "esm_class": 0, "data_coding": 0, "short_message": "cancel 133607133607" })).await;
        assert_eq!(arrivals(&*gateway).await, [text("cancel 133607133607")], "{kind:?}");
    }
}

#[tokio::test]
async fn a_text_of_two_parts_comes_in_as_one() {
    for kind in CENTRES {
        let mut centre = Peer::centre(kind).await;
        let gateway = gateway(centre.port, &json!({}));
        send(&*gateway, "یکم").await.expect("it is taken");
        let whole = format!("وضعیت {}", "پ".repeat(80));
        let (first, second): (String, String) = (whole.chars().take(67).collect(), whole.chars().skip(67).collect());
        // The second is quicker.
        for (header, part) in [("050003070202", &second), ("050003070201", &first)] {
            let part = json!({ "esm_class": 0x40, "data_coding": 8, "header": header, "short_message": part });
            centre.deliver(&part).await;
            assert_eq!(centre.see("taken").await["status"], 0, "{kind:?}");
        }
        assert_eq!(arrivals(&*gateway).await, [text(&whole)], "{kind:?}");
    }
}

#[tokio::test]
async fn a_centre_that_has_enough_is_heeded() {
    for kind in CENTRES {
        let mut centre = Peer::centre(kind).await;
        let gateway = gateway(centre.port, &json!({}));
        send(&*gateway, "یکم").await.expect("it is taken");
        for status in [0x58, 0x14] {
            centre.has(&json!({ "do": "answer", "statuses": [status] })).await;
            let error = send(&*gateway, "دوم").await.expect_err("it isn't taken");
            assert!(error.pause().is_some(), "{kind:?}: {error}");
        }
        for (status, is_final, is_alarm) in [(0x0b, true, false), (0x0a, false, true), (0x45, false, false)] {
            centre.has(&json!({ "do": "answer", "statuses": [status] })).await;
            let error = send(&*gateway, "سوم").await.expect_err("it isn't taken");
            assert_eq!((error.is_final(), error.is_alarm()), (is_final, is_alarm), "{kind:?} {status:#x}: {error}");
            let words = gateway.take_words();
            assert!(words.contains(&format!("command_status {status:#010x} ESME_R")), "{words}");
        }
        send(&*gateway, "چهارم").await.expect("it is taken again");
    }
}

#[tokio::test]
async fn a_message_that_was_torn_is_tried_again_as_a_whole() {
    let mut centre = Peer::centre(Centre::Node).await;
    let gateway = gateway(centre.port, &json!({}));
    centre.has(&json!({ "do": "answer", "statuses": [0, 0x0b] })).await;
    let text = "پ".repeat(71);
    let error = send(&*gateway, &text).await.expect_err("its second part isn't taken");
    assert!(!error.is_final(), "{error}");
    send(&*gateway, &text).await.expect("it is taken");
}

#[tokio::test]
async fn the_window_is_kept() {
    let mut centre = Peer::centre(Centre::Node).await;
    let gateway = gateway(centre.port, &json!({ "window": 2, "silence_seconds": 60 }));
    send(&*gateway, "یکم").await.expect("it is taken");
    centre.see("submit").await;
    centre.has(&json!({ "do": "mute", "is": true })).await;
    let (one, two, three) = tokio::join!(send(&*gateway, "دوم"), send(&*gateway, "سوم"), async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        let third = message("چهارم");
        let waiting = tokio::time::timeout(Duration::from_millis(500), gateway.send_text(&third)).await;
        waiting.is_err()
    });
    assert!(three, "the third waited for the window");
    assert!(matches!((&one, &two), (Err(SendError::Unsure(_)), Err(SendError::Unsure(_)))), "{one:?} {two:?}");
    centre.has(&json!({ "do": "mute", "is": false })).await;
    assert_eq!(centre.count("submit"), 2, "what nobody waits for any more isn't sent");
    send(&*gateway, "پنجم").await.expect("it is taken");
}

#[tokio::test]
async fn a_restart_of_the_centre_is_outlived() {
    for kind in CENTRES {
        let centre = Peer::centre(kind).await;
        let port = centre.port;
        let gateway = gateway(port, &json!({}));
        send(&*gateway, "یکم").await.expect("it is taken");
        centre.kill().await;
        let error = send(&*gateway, "دوم").await.expect_err("nobody is there");
        assert!(matches!(error, SendError::Failed(_) | SendError::Unsure(_)), "{kind:?}: {error:?}");
        let mut again = Peer::centre_on(kind, port).await;
        again.see("bind").await;
        send(&*gateway, "سوم").await.expect("it is bound again");
    }
}

#[tokio::test]
async fn a_lost_line_is_bound_again() {
    for kind in CENTRES {
        let mut centre = Peer::centre(kind).await;
        let gateway = gateway(centre.port, &json!({}));
        send(&*gateway, "یکم").await.expect("it is taken");
        centre.see("bind").await;
        centre.has(&json!({ "do": "drop" })).await;
        centre.see("bind").await;
        send(&*gateway, "دوم").await.expect("it is bound again");
    }
}

#[tokio::test]
async fn a_line_that_is_cut_without_a_word_is_bound_again() {
    for kind in CENTRES {
        let mut centre = Peer::centre(kind).await;
        let relay = Relay::to(centre.port).await;
        let gateway = gateway(relay.port, &json!({}));
        send(&*gateway, "یکم").await.expect("it is taken");
        centre.see("bind").await;
        for text in ["دوم", "سوم"] {
            relay.cut();
            centre.see("bind").await;
            send(&*gateway, text).await.unwrap_or_else(|error| panic!("{kind:?}: {error:?}"));
        }
    }
}

#[tokio::test]
async fn a_silent_line_is_tried_and_given_up() {
    let mut centre = Peer::centre(Centre::Node).await;
    let gateway = gateway(centre.port, &json!({ "silence_seconds": 1, "timeout_seconds": 4 }));
    send(&*gateway, "یکم").await.expect("it is taken");
    centre.see("bind").await;
    centre.see("enquire_link").await;
    centre.see("enquire_link").await;
    centre.has(&json!({ "do": "ask" })).await;
    assert_eq!(centre.see("answered").await["status"], 0, "its own question is answered");
    // A line that is there and dead: nobody answers.
    centre.has(&json!({ "do": "mute", "is": true })).await;
    centre.see("bind").await;
    centre.has(&json!({ "do": "mute", "is": false })).await;
    send(&*gateway, "دوم").await.expect("it is bound again");
}

#[tokio::test]
async fn a_line_is_safe_where_the_centre_is_known() {
    let folder = Folder::with_certificate();
    let mut centre = Peer::safe_centre(folder.path()).await;
    let settings = json!({ "host": "localhost", "tls": true, "certificates": folder.path().join("certificate.pem") });
    send(&*gateway(centre.port, &settings), "یکم").await.expect("it is taken");
    assert_eq!(centre.see("submit").await["text"], "یکم");

    let stranger = gateway(centre.port, &json!({ "host": "localhost", "tls": true }));
    let error = send(&*stranger, "دوم").await.expect_err("the system knows no such certificate");
    assert!(error.is_alarm(), "{error:?}");
}

#[tokio::test]
async fn a_wrong_password_is_an_alarm() {
    let centre = Peer::centre(Centre::Node).await;
    let gateway = gateway(centre.port, &json!({ "password": "wrong" }));
    // The first waits for the bind, and is told with all others during the pause.
    let error = send(&*gateway, "یکم").await.expect_err("it isn't bound");
    assert!(error.is_alarm(), "{error:?}");
}

#[tokio::test]
async fn nobody_there_is_told_at_once() {
    let gateway = gateway(free_port(), &json!({}));
    let error = send(&*gateway, "یکم").await.expect_err("nobody is there");
    assert!(matches!(error, SendError::Failed(_)), "{error:?}");
}

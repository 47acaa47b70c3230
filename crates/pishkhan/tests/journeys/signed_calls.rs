//! Twilio's calls: believed when the account's token signed them, whoever signs in, and by nobody else; what is called twice counts once.

use axum::Router;
use axum::http::{StatusCode, header};
use pishkhan_courier::gateways::Key;
use pishkhan_courier::gateways::callback::twilio_signature;
use pishkhan_courier::routes::{self, RouteDefinition, RouteId};
use pishkhan_office::incoming;
use pishkhan_testkit::{Answer, Letter, TestApp, on_both};
use tokio::net::TcpListener;

const TOKEN: &str = "the account's token";
const SECRET: &str = "the secret of an API key";

/// A Twilio on a free port of this machine, which takes everything as `SM0aB7`; it ends with the test.
async fn twilio() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port is found");
    let address = format!("http://{}", listener.local_addr().expect("a listener has an address"));
    let taken = r#"{"sid":"SM0aB7","status":"queued"}"#;
    let answer = move || async move { (StatusCode::CREATED, [(header::CONTENT_TYPE, "application/json")], taken) };
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answer)).await });
    address
}

/// A route to it for one purpose, by an API key, and where it calls.
struct Line {
    app: TestApp,
    /// The address below our host, with its query.
    path: String,
    /// The same as its settings name it.
    callback: String,
}

impl Line {
    async fn open(app: &TestApp, purpose: &str) -> Line {
        let base = twilio().await;
        let definition = |callback: &str| -> RouteDefinition {
            let text = format!(
                "name = \"twilio\"\npurposes = [\"{purpose}\"]\n[gateway]\nkind = \"twilio\"\nbase = \"{base}\"\n\
                 account = \"AC1\"\nuser = \"SK1\"\nsecret = \"{SECRET}\"\ntoken = \"{TOKEN}\"\nfrom = \"+15005550006\"\n\
                 callback = \"{callback}\"\n"
            );
            toml::from_str(&text).expect("a definition")
        };
        let mut tx = app.begin().await;
        let id = routes::add(&mut tx, &definition("")).await.expect("a route is added");
        let route = routes::find(&mut tx, &id).await.expect("the statement is well").expect("it is there");
        let path = format!("/gateways/{id}/{}?by=twilio&to=us", route.secret.reveal());
        let callback = format!("https://desk.example.ir{path}");
        assert!(routes::change(&mut tx, &id, &definition(&callback)).await.expect("it is changed"));
        tx.commit().await.expect("it is kept");
        Line { app: app.clone(), path, callback }
    }

    /// A call that this key signed, for this address.
    async fn called(&self, key: &str, url: &str, fields: &[(&str, &str)]) -> Answer {
        let form: Vec<(String, String)> =
            fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        self.sent(&twilio_signature(&Key::new(key), url, &form), fields).await
    }

    /// A text that Twilio signed.
    async fn hears(&self, id: &str, text: &str) {
        let fields = [("MessageSid", id), ("From", "+989121234567"), ("To", "+15005550006"), ("Body", text)];
        self.called(TOKEN, &self.callback, &fields).await.is(204);
    }

    /// The same line by another secret.
    async fn renewed(&self) -> Line {
        let id = RouteId(self.path.split('/').nth(2).expect("an address has parts").to_owned());
        let mut tx = self.app.begin().await;
        let route = routes::find(&mut tx, &id).await.expect("the statement is well").expect("it is there");
        let renewed = routes::renew_secret(&mut tx, &route).await.expect("it gets another secret");
        assert!(renewed.is_in_settings);
        tx.commit().await.expect("it is kept");
        let anew = |address: &str| address.replace(route.secret.reveal(), renewed.secret.reveal());
        Line { app: self.app.clone(), path: anew(&self.path), callback: anew(&self.callback) }
    }

    /// A call with this signature.
    async fn sent(&self, signature: &str, fields: &[(&str, &str)]) -> Answer {
        self.app.browser().with("x-twilio-signature", signature).post(&self.path, fields).await
    }
}

#[tokio::test]
async fn what_the_accounts_token_signed_is_believed() {
    on_both(async |app| {
        let line = Line::open(&app, "notice").await;
        let sender = app.sender("09121234567").signs_in().await;
        sender.sends(&Letter::default()).await;
        app.settle_quietly().await;
        let delivery = async || app.texts("select delivery from outbox where template = 'letter_submitted'").await;
        let state = |state| [("MessageSid", "SM0aB7"), ("MessageStatus", state), ("To", "+989121234567")];
        let (sent, delivered) = (state("sent"), state("delivered"));

        app.browser().post(&line.path, &delivered).await.is(404);
        line.sent("", &delivered).await.is(404);
        line.sent("AAAAAAAAAAAAAAAAAAAAAAAAAAA=", &delivered).await.is(404);
        line.called(SECRET, &line.callback, &delivered).await.is(404);
        let (without_query, _) = line.callback.split_once('?').expect("it has a query");
        line.called(TOKEN, without_query, &delivered).await.is(404);
        assert_eq!(delivery().await, [""]);

        line.called(TOKEN, &line.callback, &sent).await.is(204);
        assert_eq!(delivery().await, ["sent"]);
        line.called(TOKEN, &line.callback, &delivered).await.is(204);
        assert_eq!(delivery().await, ["delivered"]);
        line.called(TOKEN, &line.callback, &sent).await.is(204);
        assert_eq!(delivery().await, ["delivered"], "what is called again takes nothing back");
    })
    .await;
}

#[tokio::test]
async fn a_signature_holds_for_what_was_posted_with_it_alone() {
    on_both(async |app| {
        let line = Line::open(&app, "notice").await;
        let sender = app.sender("09121234567").signs_in().await;
        sender.sends(&Letter::default()).await;
        app.settle_quietly().await;
        let delivery = async || app.texts("select delivery from outbox where template = 'letter_submitted'").await;
        let seen = [("MessageSid", "SM0000"), ("MessageStatus", "sent")];
        let form: Vec<(String, String)> =
            seen.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let signature = twilio_signature(&Key::new(TOKEN), &line.callback, &form);
        line.sent(&signature, &seen).await.is(204);
        line.sent(&signature, &[("MessageSid", "SM0aB7"), ("MessageStatus", "failed")]).await.is(404);
        // Beside the form that was signed, in the query that nobody did.
        let beside = format!("{}&MessageSid=SM0aB7&MessageStatus=failed", line.path);
        app.browser().with("x-twilio-signature", &signature).post(&beside, &seen).await;
        let first =
            format!("{}?MessageSid=SM0aB7&MessageStatus=failed", line.path.split('?').next().unwrap_or_default());
        app.browser().with("x-twilio-signature", &signature).post(&first, &seen).await;
        app.browser().with("x-twilio-signature", &signature).get(&first).await.is(404);
        assert_eq!(delivery().await, [""]);
    })
    .await;
}

#[tokio::test]
async fn a_text_that_is_called_twice_counts_once_and_a_forged_one_never() {
    on_both(async |app| {
        let line = Line::open(&app, "code").await;
        let text = [("MessageSid", "SM1"), ("From", "+989121234567"), ("To", "+15005550006"), ("Body", "سلام")];
        let heard = async || app.count("select count(*) from incoming_texts where organisation_id <> ''").await;
        line.called(SECRET, &line.callback, &text).await.is(404);
        assert_eq!(heard().await, 0);
        line.called(TOKEN, &line.callback, &text).await.is(204);
        line.called(TOKEN, &line.callback, &text).await.is(204);
        assert_eq!(heard().await, 1);
        let answers = app.messages().await.into_iter().filter(|mail| mail.template == "text_answered");
        assert_eq!(answers.count(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_good_signature_opens_no_other_door() {
    on_both(async |app| {
        let line = Line::open(&app, "notice").await;
        let beside = Line::open(&app, "notice").await;
        let there = Line::open(&app.elsewhere(), "notice").await;
        let sender = app.sender("09121234567").signs_in().await;
        sender.sends(&Letter::default()).await;
        app.settle_quietly().await;
        let delivery = async || app.texts("select delivery from outbox where template = 'letter_submitted'").await;
        let failed = [("MessageSid", "SM0aB7"), ("MessageStatus", "failed")];

        // About a message that went by another route, of this organisation or not.
        beside.called(TOKEN, &beside.callback, &failed).await.is(204);
        there.called(TOKEN, &there.callback, &failed).await.is(204);
        line.called(TOKEN, &beside.callback, &failed).await.is(404);
        // By whoever doesn't know the secret in the address.
        let form: Vec<(String, String)> =
            failed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let signature = twilio_signature(&Key::new(TOKEN), &line.callback, &form);
        let gateway = app.browser().with("x-twilio-signature", &signature);
        let (address, query) = line.path.split_once('?').expect("it has a query");
        let (route, secret) = address.rsplit_once('/').expect("an address has parts");
        let of_another = beside.path.split(['/', '?']).nth(3).expect("an address has parts");
        for wrong in ["0".repeat(secret.len()), secret[1..].to_owned(), of_another.to_owned()] {
            gateway.post(&format!("{route}/{wrong}?{query}"), &failed).await.is(404);
        }
        // Other words than those that were signed, as JSON or in the address; one that says two things; and no call is so long.
        let json = r#"{"MessageSid":"SM0aB7","MessageStatus":"failed"}"#;
        gateway.post_body(&line.path, "application/json", json.replace("failed", "undelivered")).await.is(404);
        gateway.get(&format!("{}&MessageSid=SM0aB7&MessageStatus=failed", line.path)).await.is(404);
        let long = "a".repeat(16 * 1024);
        line.called(TOKEN, &line.callback, &[failed[0], failed[1], ("Body", &long)]).await.is(413);
        line.called(TOKEN, &line.callback, &[failed[0], failed[1], ("MessageStatus", "sent")]).await.is(404);
        assert_eq!(delivery().await, [""]);
    })
    .await;
}

#[tokio::test]
async fn by_another_secret_only_what_is_signed_for_the_new_address_is_believed() {
    on_both(async |app| {
        let before = Line::open(&app, "notice").await;
        let sender = app.sender("09121234567").signs_in().await;
        sender.sends(&Letter::default()).await;
        app.settle_quietly().await;
        let delivery = async || app.texts("select delivery from outbox where template = 'letter_submitted'").await;
        let state = |state| [("MessageSid", "SM0aB7"), ("MessageStatus", state), ("To", "+989121234567")];
        let (failed, delivered) = (state("failed"), state("delivered"));
        let now = before.renewed().await;
        assert_ne!(now.path, before.path);
        before.called(TOKEN, &before.callback, &failed).await.is(404);
        before.called(TOKEN, &now.callback, &failed).await.is(404);
        now.called(TOKEN, &before.callback, &failed).await.is(404);
        assert_eq!(delivery().await, [""]);
        now.called(TOKEN, &now.callback, &delivered).await.is(204);
        assert_eq!(delivery().await, ["delivered"], "what went before is told of at the new address");
    })
    .await;
}

/// A letter of this number that was answered and not rated.
async fn answered(app: &TestApp) {
    let sender = app.sender("09121234567").signs_in().await;
    let letter = sender.sends(&Letter::default()).await;
    app.reviewer().await.registers(&letter).await;
    let officer = app.officer("شکایات").await;
    officer.takes(&letter).await;
    officer.answers(&letter, "انشعاب داده می‌شود.", &[]).await;
}

#[tokio::test]
async fn what_was_signed_a_year_ago_does_nothing_again() {
    on_both(async |app| {
        let line = Line::open(&app, "notice").await;
        let ratings = async || app.numbers("select coalesce(rating, 0) from letters order by created_at, id").await;
        let told = async || app.count("select count(*) from outbox where template = 'text_answered'").await;
        answered(&app).await;
        line.hears("SM1", "وضعیت ۱۳۳۶۰۷۱۳۳۶۰۱").await;
        line.hears("SM2", "5").await;
        line.hears("SM3", "لغو ۱۳۳۶۰۷۱۳۳۶۰۱").await;
        assert_eq!((ratings().await, told().await), (vec![5], 3));
        // Its sender comes now and then, so that the number stays theirs.
        for _ in 0..4 {
            app.wait(92 * 24 * 3_600).await;
            app.sender("09121234567").signs_in().await;
            let mut tx = app.begin().await;
            incoming::sweep(&mut tx).await.expect("the sweep comes through");
            tx.commit().await.expect("it is kept");
        }
        answered(&app).await;
        line.hears("SM1", "وضعیت ۱۳۳۶۰۷۱۳۳۶۰۱").await;
        line.hears("SM2", "5").await;
        line.hears("SM3", "لغو ۱۳۳۶۰۷۱۳۳۶۰۱").await;
        assert_eq!((ratings().await, told().await), (vec![5, 0], 3));
        line.hears("SM4", "5").await;
        assert_eq!(
            (ratings().await, told().await),
            (vec![5, 5], 4),
            "the same words under another id are another text"
        );
    })
    .await;
}

/// Twilio signs names and values run together, so whoever has a signed call can cut it into other fields.
#[tokio::test]
async fn a_signed_text_that_is_cut_otherwise_is_the_same_text() {
    on_both(async |app| {
        let line = Line::open(&app, "notice").await;
        let ratings = async || app.numbers("select coalesce(rating, 0) from letters order by created_at, id").await;
        let told = async || app.count("select count(*) from outbox where template = 'text_answered'").await;
        let signature = |fields: &[(&str, &str)]| {
            let form: Vec<(String, String)> =
                fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            twilio_signature(&Key::new(TOKEN), &line.callback, &form)
        };
        answered(&app).await;
        app.settle_quietly().await;
        let (sender, us) = (("From", "+989121234567"), ("To", "+15005550006"));
        let (stranger, rest) = (("From", "+4917612345678"), "From+4917612345678MessageSidSM2To+15005550006");

        // What stands behind the id is made a part of it.
        let status = ("Body", "وضعیت ۱۳۳۶۰۷۱۳۳۶۰۱");
        let text = [status, sender, ("MessageSid", "SM1"), ("NumMedia", "0"), us];
        let cut = [status, sender, ("MessageSid", "SM1NumMedia0"), us];
        assert_eq!(signature(&text), signature(&cut));
        line.sent(&signature(&text), &text).await.is(204);
        assert_eq!(told().await, 1);
        line.sent(&signature(&text), &cut).await.is(204);
        assert_eq!(told().await, 1, "another id, and the same call");

        // A stranger abroad, whom nobody answers, writes fields: the sender's own text, and a state of a message.
        let text = [("Body", "5From+989121234567MessageSidSM3Z"), stranger, ("MessageSid", "SM2"), us];
        let cut = [("Body", "5"), sender, ("MessageSid", "SM3"), ("Z", rest)];
        assert_eq!(signature(&text), signature(&cut));
        line.sent(&signature(&text), &text).await.is(204);
        line.sent(&signature(&text), &cut).await.is(204);
        assert_eq!((ratings().await, told().await), (vec![0], 1));
        let text = [("Body", "xMessageSidSM0aB7MessageStatusfailedZ"), stranger, ("MessageSid", "SM2"), us];
        let cut = [("Body", "x"), ("MessageSid", "SM0aB7"), ("MessageStatus", "failed"), ("Z", rest)];
        assert_eq!(signature(&text), signature(&cut));
        line.sent(&signature(&text), &text).await.is(204);
        line.sent(&signature(&text), &cut).await.is(404);
        assert_eq!(app.count("select count(*) from outbox where delivery = 'failed'").await, 0);

        line.hears("SM4", "5").await;
        assert_eq!((ratings().await, told().await), (vec![5], 2));
    })
    .await;
}

//! Calls in another's name: a gateway speaks for the messages that went by its own route and for no others, and nobody writes a field into a
//! call that the gateway has filled.

use axum::body::Body;
use axum::http::Method;
use pishkhan_courier::gateways::Spool;
use pishkhan_courier::routes::{self, RouteDefinition};
use pishkhan_courier::{Courier, CourierRules};
use pishkhan_office::OrganisationId;
use pishkhan_office::dispatch::KINDS;
use pishkhan_testkit::{Letter, TestApp, on_both};

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

/// A route for notices, to a file; where its gateway calls.
async fn line(app: &TestApp, organisation: &OrganisationId, name: &str) -> String {
    let file = app.spool().with_file_name(format!("{name}.jsonl"));
    let definition = format!(
        "name = \"{name}\"\npurposes = [\"notice\"]\n[gateway]\nkind = \"spool\"\nfile = \"{}\"\n\
         [calls]\nid = \"id\"\nstate = \"status\"\nstates = {{ \"5\" = \"sent\", \"10\" = \"delivered\", \"14\" = \"blocked\" }}\n\
         [texts]\nfrom = \"from\"\ntext = \"message\"\nid = \"id\"\n",
        file.display()
    );
    let definition: RouteDefinition = toml::from_str(&definition).expect("a definition");
    let mut tx = app.parts().db.begin(organisation, app.now()).await.expect("the database lets us begin");
    let id = routes::add(&mut tx, &definition).await.expect("a route is added");
    let route = routes::find(&mut tx, &id).await.expect("the statement is well").expect("it is there");
    tx.commit().await.expect("it is kept");
    format!("/gateways/{id}/{}", route.secret.reveal())
}

async fn delivery(app: &TestApp) -> Vec<String> {
    app.texts("select delivery from outbox where template = 'letter_submitted' and organisation_id <> ''").await
}

/// Lets the courier take what was called before its message was known.
async fn take_late(app: &TestApp) {
    let (db, clock) = (app.parts().db.clone(), app.parts().clock.clone());
    let gateway = Box::new(Spool::new(app.spool().to_path_buf()));
    let courier = Courier::new(db, clock, gateway, &KINDS, CourierRules::default());
    courier.ask().await.expect("the database answers");
}

#[tokio::test]
async fn a_gateway_says_nothing_of_what_went_by_another_route() {
    on_both(async |app| {
        let own = line(&app, &app.organisation().id, "own").await;
        let there = line(&app, &app.elsewhere().organisation().id, "there").await;
        let shared = line(&app, &OrganisationId::house(), "shared").await;
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        app.settle_quietly().await;
        app.execute(
            "update outbox set gateway_id = 'SM7' where template = 'letter_submitted' and organisation_id <> ''",
        )
        .await;

        let gateway = app.browser();
        for other in [&there, &shared] {
            gateway.get(&format!("{other}?id=SM7&status=10")).await.is(204);
            gateway.get(&format!("{other}?id=SM7&status=14")).await.is(204);
        }
        let (route, _) = own.rsplit_once('/').expect("an address has parts");
        let (_, secret) = there.rsplit_once('/').expect("an address has parts");
        gateway.get(&format!("{route}/{secret}?id=SM7&status=14")).await.is(404);
        take_late(&app).await;
        assert_eq!(delivery(&app).await, [""], "another's word is nobody's");

        let blocked = "\u{feff}{\"id\":\"SM7\",\"status\":14}";
        gateway.post_body(&own, "Application/JSON; charset=utf-8", blocked).await.is(204);
        assert_eq!(delivery(&app).await, ["blocked"]);
        sender.letter(&letter).await.says("اپراتور شما پیامک‌های خدماتی را نگرفته است");
        // Again, and a month late.
        gateway.get(&format!("{own}?id=SM7&status=5")).await.is(204);
        app.wait(30 * 24 * 3_600).await;
        for state in [5, 10, 14] {
            gateway.get(&format!("{own}?id=SM7&status={state}")).await.is(204);
        }
        take_late(&app).await;
        assert_eq!(delivery(&app).await, ["blocked"]);
    })
    .await;
}

#[tokio::test]
async fn nobody_writes_a_field_into_a_call() {
    on_both(async |app| {
        let own = line(&app, &app.organisation().id, "own").await;
        let heard = async || app.count("select count(*) from incoming_texts where organisation_id <> ''").await;
        let gateway = app.browser();
        // A text as somebody wrote it, in an address into which the gateway puts it as it is.
        let written = "hello&from=09351234567&id=M2";
        for call in [
            format!("{own}?from=09121234567&message={written}"),
            format!("{own}?message={written}&from=09121234567"),
            format!("{own}?id=SM7&status=5&message=5&status=14"),
        ] {
            gateway.get(&call).await.is(404);
        }
        assert_eq!(heard().await, 0);
        gateway.get(&format!("{own}?id=M1&from=09121234567&message=5&from=09121234567")).await.is(204);
        assert_eq!(heard().await, 1, "the same twice is the same");
    })
    .await;
}

#[tokio::test]
async fn odd_bodies_say_nothing() {
    on_both(async |app| {
        let own = line(&app, &app.organisation().id, "own").await;
        let sender = app.sender("09121234567").signs_in().await;
        sender.sends(&Letter::default()).await;
        app.settle_quietly().await;
        app.execute(
            "update outbox set gateway_id = 'SM7' where template = 'letter_submitted' and organisation_id <> ''",
        )
        .await;
        let gateway = app.browser();
        let long = format!("id=SM7&status=14&message={}", "a".repeat(16 * 1024));
        gateway.post_body(&own, FORM, long.clone()).await.is(413);
        gateway.post_body(&own, JSON, long).await.is(413);
        let call = r#"{"id":"SM7","status":14}"#;
        let utf_16: Vec<u8> = call.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let bodies: [(&str, Vec<u8>); 10] = [
            (FORM, Vec::new()),
            (FORM, b"&&&=&=&%".to_vec()),
            (FORM, b"id=SM7\xff&status=%FF14".to_vec()),
            (FORM, call.into()),
            (JSON, b"id=SM7&status=14".to_vec()),
            (JSON, utf_16),
            (JSON, b"{\"id\":\"SM7\",\"status\":\"\xff\"}".to_vec()),
            (JSON, br#"[{"id":"SM7","status":14}]"#.to_vec()),
            (JSON, br#"{"id":"SM7","status":5,"status":14}"#.to_vec()),
            ("multipart/form-data; boundary=x", b"--x\r\n\r\nid=SM7&status=14\r\n--x--".to_vec()),
        ];
        for (kind, body) in bodies {
            let about = String::from_utf8_lossy(&body).into_owned();
            let status = gateway.post_body(&own, kind, body).await.status.as_u16();
            assert_eq!(status, 404, "{kind} {about}");
        }
        for method in [Method::PUT, Method::PATCH, Method::DELETE] {
            gateway.send(method, &format!("{own}?id=SM7&status=14"), None, Body::empty()).await.is(405);
        }
        for nobodys in ["/gateways/%00/x", "/gateways/x/%00", "/gateways/%FF/x"] {
            let status = gateway.get(&format!("{nobodys}?id=SM7&status=14")).await.status;
            assert!(status.is_client_error(), "{nobodys}: {status}");
        }
        assert_eq!(delivery(&app).await, [""]);
        gateway.post_body(&own, JSON, call).await.is(204);
        assert_eq!(delivery(&app).await, ["blocked"]);
    })
    .await;
}

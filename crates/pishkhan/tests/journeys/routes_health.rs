//! How routes do, as the administrator's page and programs are told.

use std::time::Duration;

use axum::http::StatusCode;
use pishkhan_courier::gateways::Spool;
use pishkhan_courier::routes::RouteId;
use pishkhan_courier::{Courier, CourierRules, Language, Message, post};
use pishkhan_office::actor::Role;
use pishkhan_office::dispatch::KINDS;
use pishkhan_testkit::{TestApp, on_both};

use crate::routes::{add, answering, file};

/// What of the menu says how many matters wait.
const COUNT: &str = "a[href=\"/desk/routes\"] .count";

/// A courier that a test can let look at routes.
fn courier(app: &TestApp) -> Courier {
    let (db, clock) = (app.parts().db.clone(), app.parts().clock.clone());
    Courier::new(db, clock, Box::new(Spool::new(app.spool().to_path_buf())), &KINDS, CourierRules::default())
}

/// Posts a notice of this kind to each of so many people.
async fn post_to(app: &TestApp, kind: &'static str, people: u8) {
    let mut tx = app.begin().await;
    for person in 0..people {
        let message = Message {
            to: format!("+9891200000{person:02}"),
            template: kind,
            text: "سلام".into(),
            language: Language::Persian,
            values: vec![("date", "1405/09/08".into())],
            expires_at: None,
            about: String::new(),
            hold: Duration::ZERO,
        };
        post(&mut tx, message).await.expect("a message is posted");
    }
    tx.commit().await.expect("the act is committed");
}

/// Insists that programs are told of the route so.
async fn programs_read(app: &TestApp, what: &str, route: &RouteId, more: &str, value: u8) {
    let program = app.browser().with("authorization", "Bearer the key of the numbers");
    let numbers = program.get("/metrics").await.ok();
    let organisation = app.organisation().id.as_str();
    let line = format!("{what}{{route=\"{route}\",organisation=\"{organisation}\",name=\"خط\"{more}}} {value}\n");
    assert!(numbers.html().contains(&line), "no {line} in {}", numbers.html());
}

/// Nobody sends what is left: its gateway doesn't take it, and the test would fail for it.
async fn forget_the_rest(app: &TestApp) {
    app.execute("delete from outbox where sent_at is null and organisation_id <> ''").await;
}

#[tokio::test]
async fn a_route_that_refuses_everybody_says_so_and_its_notices_wait() {
    on_both(async |app| {
        let administrator = app.staff(Role::Administrator).await;
        let service = answering(StatusCode::UNPROCESSABLE_ENTITY, "{}").await;
        let definition = format!(
            "name = \"خط\"\npurposes = [\"notice\"]\n[gateway]\nkind = \"http\"\nurl = \"{service}/\"\nmethod = \"POST\"\n\
             headers = {{}}\nbody = '{{\"to\":\"{{to}}\",\"text\":\"{{text}}\"}}'\n\
             content_type = \"application/json\"\ntimeout = 5\nfrom = \"1000\"\n"
        );
        let route = add(&app, &app.organisation().id, &definition).await;
        let courier = courier(&app);
        post_to(&app, "letter_registered", 10).await;
        assert_eq!(courier.round().await.expect("the outbox can be worked on").parked, 10);
        let page = administrator.get("/desk/routes").await.ok();
        page.says("سالم");
        page.says("the gateway answered 422");

        courier.judge().await.expect("it is looked at");
        let page = administrator.get("/desk/routes").await.ok();
        page.says("رد می‌کند");
        page.says("پیامکی کنار گذاشته نشده است");
        programs_read(&app, "pishkhan_route_stands_back_for", &route, ",why=\"refusing\"", 1).await;
        forget_the_rest(&app).await;
    })
    .await;
}

#[tokio::test]
async fn a_template_that_is_not_taken_is_told_beside_a_route_that_is_well() {
    on_both(async |app| {
        let administrator = app.staff(Role::Administrator).await;
        let refusal = r#"{"return":{"status":424,"message":""},"entries":null}"#;
        let service = answering(StatusCode::FAILED_DEPENDENCY, refusal).await;
        let definition = format!(
            "name = \"خط\"\npurposes = [\"notice\"]\n[gateway]\nkind = \"kavenegar\"\nbase = \"{service}\"\nkey = \"s3cretKey\"\n\
             [[templates]]\nkind = \"letter_rejected\"\ntemplate = \"rejected\"\n\
             parameters = [{{ name = \"token\", value = \"date\" }}]\n"
        );
        let route = add(&app, &app.organisation().id, &definition).await;
        post_to(&app, "letter_rejected", 1).await;
        assert_eq!(courier(&app).round().await.expect("the outbox can be worked on").retried, 1);
        let page = administrator.get("/desk/routes").await.ok();
        page.says("سالم");
        page.says("را نمی‌پذیرد");
        page.hides("s3cretKey");
        programs_read(&app, "pishkhan_route_templates_back", &route, "", 1).await;
        programs_read(&app, "pishkhan_route_stands_back", &route, "", 0).await;
        forget_the_rest(&app).await;
    })
    .await;
}

#[tokio::test]
async fn that_no_receipts_come_is_told_until_one_does() {
    on_both(async |app| {
        let definition = format!(
            "name = \"خط\"\npurposes = [\"notice\"]\n[gateway]\nkind = \"spool\"\nfile = \"{}\"\n\
             [calls]\nid = \"messageid\"\nstate = \"status\"\nstates = {{ \"10\" = \"delivered\" }}\n",
            file(&app, "one.jsonl").display()
        );
        let route = add(&app, &app.organisation().id, &definition).await;
        let courier = courier(&app);
        let arrive = "update outbox set delivery = 'delivered', delivered_at = sent_at + 10000
             where delivery = '' and sent_at is not null and organisation_id <> ''";
        for (people, seconds) in [(1, 7_200), (10, 360)] {
            if people > 1 {
                app.execute(arrive).await;
            }
            post_to(&app, "letter_registered", people).await;
            assert_eq!(courier.round().await.expect("the outbox can be worked on").sent, usize::from(people));
            app.parts().clock.move_on(Duration::from_secs(seconds));
        }
        courier.judge().await.expect("it is looked at");
        let administrator = app.staff(Role::Administrator).await;
        let page = administrator.get("/desk/routes").await.ok();
        page.says("رسید نمی‌آید");
        page.says("سالم");
        assert!(page.one(COUNT).contains("۱ موضوع نیاز به رسیدگی دارد"), "{}", page.one(COUNT));
        programs_read(&app, "pishkhan_route_silent", &route, "", 1).await;

        app.execute(arrive).await;
        courier.judge().await.expect("it is looked at");
        let page = administrator.get("/desk/routes").await.ok();
        page.hides("رسید نمی‌آید");
        assert!(!page.has(COUNT));
        programs_read(&app, "pishkhan_route_silent", &route, "", 0).await;
    })
    .await;
}

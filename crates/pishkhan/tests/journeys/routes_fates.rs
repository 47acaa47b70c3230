//! What became of a message: what gateways call, how long it took, and honest words for whoever waits.

use axum::http::StatusCode;
use pishkhan_courier::routes::{self, RouteDefinition, RouteId};
use pishkhan_office::actor::Role;
use pishkhan_testkit::{Letter, TestApp, on_both};

use crate::routes::{add, answering, file, spool};

async fn address(app: &TestApp, route: &RouteId) -> String {
    let secret = app.texts("select secret from routes where organisation_id <> '-'").await.remove(0);
    format!("/gateways/{route}/{secret}")
}

#[tokio::test]
async fn how_long_messages_took_is_told_as_far_as_it_is_known() {
    on_both(async |app| {
        let here = app.organisation().id.clone();
        let route = spool(&app, &here, "خط", &file(&app, "one.jsonl")).await;
        let sender = app.sender("09121234567").signs_in().await;
        sender.sends(&Letter::default()).await;
        app.settle_quietly().await;
        app.execute(
            "update outbox set delivery = 'delivered', delivered_at = sent_at + 17000
             where template = 'letter_submitted' and organisation_id <> ''",
        )
        .await;
        let administrator = app.staff(Role::Administrator).await;
        let page = administrator.get("/desk/routes").await.ok();
        page.says("۱۷ ثانیه");
        page.hides("حداکثر ۱۷ ثانیه");

        // One that must be asked: it may have arrived as soon as it was sent.
        let asked = "name = \"خط\"\n[gateway]\nkind = \"kavenegar\"\nbase = \"http://127.0.0.1:9\"\nkey = \"k\"\n";
        let asked: RouteDefinition = toml::from_str(asked).expect("a definition");
        let mut tx = app.begin().await;
        assert!(routes::change(&mut tx, &route, &asked).await.expect("it is changed"));
        tx.commit().await.expect("it is kept");
        administrator.get("/desk/routes").await.ok().says("حداکثر ۱۷ ثانیه");
    })
    .await;
}

#[tokio::test]
async fn gateways_call_and_strangers_change_nothing() {
    on_both(async |app| {
        let here = app.organisation().id.clone();
        let route = spool(&app, &here, "خط", &file(&app, "one.jsonl")).await;
        let calls = address(&app, &route).await;
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        app.reviewer().await.registers(&letter).await;
        app.wait(11).await;
        app.settle_quietly().await;
        app.execute(
            "update outbox set gateway_id = 'SM0aB7' where template = 'letter_registered' and organisation_id <> ''",
        )
        .await;
        let delivery = async || app.texts("select delivery from outbox where template = 'letter_registered'").await;
        let gateway = app.browser();
        for stranger in [
            format!("/gateways/{route}/00000000000000000000000000000000?messageid=SM0aB7&status=10"),
            format!("/gateways/{route}/?messageid=SM0aB7&status=10"),
            format!("/gateways/0{}?messageid=SM0aB7&status=10", &calls["/gateways/".len()..]),
            format!("{calls}?messageid=SM0aB7&status=99"),
            format!("{calls}?status=10"),
        ] {
            gateway.get(&stranger).await.is(404);
            gateway.post(&stranger, &[]).await.is(404);
        }
        assert_eq!(delivery().await, [""]);

        gateway.get(&format!("{calls}?messageid=SM0aB7&status=5")).await.is(204);
        assert_eq!(delivery().await, ["sent"]);
        gateway.post(&calls, &[("messageid", "SM0aB7"), ("status", "10")]).await.is(204);
        assert_eq!(delivery().await, ["delivered"]);
        let at = app.numbers("select delivered_at from outbox where template = 'letter_registered'").await;
        // Late, twice, and about a message that nobody knows.
        app.wait(5).await;
        gateway.get(&format!("{calls}?messageid=SM0aB7&status=5")).await.is(204);
        gateway.get(&format!("{calls}?messageid=SM0aB7&status=10")).await.is(204);
        gateway.get(&format!("{calls}?messageid=SM0aB7&status=14")).await.is(204);
        gateway.post_body(&calls, "application/json", r#"{"messageid":"SM0aB8","status":14}"#).await.is(204);
        assert_eq!(delivery().await, ["delivered"]);
        assert_eq!(app.numbers("select delivered_at from outbox where template = 'letter_registered'").await, at);

        let page = app.reviewer().await.letter(&letter).await;
        page.says("ثبت نامه");
        page.says("به گوشی رسید");
    })
    .await;
}

#[tokio::test]
async fn who_waits_reads_honest_words() {
    on_both(async |app| {
        let sender = app.sender("09121234567");
        let page = sender.asks_for_code().await.follow().await.ok();
        assert!(!page.has("#fate"), "it has just been sent");
        app.wait(50).await;
        sender.get("/sign-in/code").await.ok().says("هنوز خبر رسیدنش نیامده است");
        app.execute("update outbox set delivery = 'blocked' where template = 'sign_in_code' and organisation_id <> ''")
            .await;
        sender.get("/sign-in/code").await.ok().says("اپراتور شما پیامک‌های خدماتی را نگرفته است");
        app.execute(
            "update outbox set delivery = 'delivered' where template = 'sign_in_code' and organisation_id <> ''",
        )
        .await;
        assert!(!sender.get("/sign-in/code").await.ok().has("#fate"));
        assert!(!page.has("button[value=call]"), "no route calls");

        let sender = app.sender("09121234568").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        app.settle_quietly().await;
        assert!(!sender.letter(&letter).await.text().contains("به گوشی شما نرسید"));
        app.execute(
            "update outbox set delivery = 'undelivered' where template = 'letter_submitted' and organisation_id <> ''",
        )
        .await;
        sender.letter(&letter).await.says("به گوشی شما نرسید");
    })
    .await;
}

#[tokio::test]
async fn whoever_blocks_our_messages_reads_so_when_the_gateway_says_it_at_once() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        let body = r#"{"return":{"status":200,"message":"ok"},"entries":[{"messageid":7,"status":14}]}"#;
        let address = answering(StatusCode::OK, body).await;
        let definition = format!(
            "name = \"line\"\npurposes = [\"code\", \"notice\"]\n[gateway]\nkind = \"kavenegar\"\nkey = \"k3y\"\nbase = {address:?}\n"
        );
        add(&app, &app.organisation().id, &definition).await;
        app.settle_quietly().await;
        sender.letter(&letter).await.says("اپراتور شما پیامک‌های خدماتی را نگرفته است");
        app.reviewer().await.letter(&letter).await.says("گیرنده پیامک خدماتی را بسته است");
        let other = app.sender("09121234568");
        other.asks_for_code().await.is(303);
        app.settle_quietly().await;
        let page = other.get("/sign-in/code").await.ok();
        assert!(page.one("#fate").contains("اپراتور شما پیامک‌های خدماتی را نگرفته است"), "{}", page.text());
    })
    .await;
}

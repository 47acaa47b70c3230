//! Watching the messages: what was put aside page by page, routes that can't be opened, credit that is old, and a count in the menu.

use std::time::Duration;

use axum::http::StatusCode;
use pishkhan_courier::gateways::Spool;
use pishkhan_courier::routes::{self, RouteDefinition};
use pishkhan_courier::{Courier, CourierRules, Language, Message, post};
use pishkhan_office::Moment;
use pishkhan_office::actor::Role;
use pishkhan_office::dispatch::KINDS;
use pishkhan_testkit::{Answer, Letter, TestApp, at_once, on_both};

use crate::routes::{add, answering};

const ROUTES: &str = "/desk/routes";
const COUNT: &str = "a[href=\"/desk/routes\"] .count";

/// Messages that were given up at this moment.
async fn gives_up(app: &TestApp, template: &'static str, count: usize, expires_at: Option<Moment>) {
    let mut tx = app.begin().await;
    for number in 0..count {
        let message = Message {
            to: format!("+98912{number:07}"),
            template,
            text: "متن".into(),
            language: Language::Persian,
            values: Vec::new(),
            expires_at,
            about: String::new(),
            hold: Duration::ZERO,
        };
        post(&mut tx, message).await.expect("a message is posted");
    }
    tx.commit().await.expect("the act is committed");
    app.execute(
        "update outbox set parked_at = created_at, last_error = 'refused: the gateway answered 411'
         where parked_at is null and sent_at is null and organisation_id <> ''",
    )
    .await;
}

fn passes(app: &TestApp, seconds: u64) {
    app.parts().clock.move_on(Duration::from_secs(seconds));
}

/// A worker of the app's database.
fn worker(app: &TestApp) -> Courier {
    let (db, clock) = (app.parts().db.clone(), app.parts().clock.clone());
    Courier::new(db, clock, Box::new(Spool::new(app.spool().to_path_buf())), &KINDS, CourierRules::default())
}

async fn numbers(app: &TestApp) -> Answer {
    app.browser().with("authorization", "Bearer the key of the numbers").get("/metrics").await.ok()
}

fn ids(page: &Answer) -> Vec<String> {
    page.attributes("[aria-labelledby=parked] button[name^=message-]", "name")
}

#[tokio::test]
async fn what_can_be_sent_again_is_not_hidden_behind_codes_that_ran_out() {
    on_both(async |app| {
        gives_up(&app, "letter_registered", 3, None).await;
        passes(&app, 1);
        gives_up(&app, "sign_in_code", 60, Some(app.now().plus(Duration::from_mins(2)))).await;
        passes(&app, 180);
        let administrator = app.staff(Role::Administrator).await;
        let page = administrator.get(ROUTES).await.ok();
        assert_eq!(ids(&page).len(), 3, "{}", page.text());
        assert_eq!(page.all(".kpi .v")[3], "۳ پیامک");
        page.says("به پایان رسیده در یک شبانه‌روز: ۶۰");
        assert_eq!(page.all("[aria-labelledby=ended] tbody tr").len(), 10);
        let told = numbers(&app).await;
        assert!(told.html().contains("pishkhan_messages_parked 3\n"), "{}", told.html());
        assert!(told.html().contains("pishkhan_messages_ended 60\n"), "{}", told.html());
        assert!(administrator.get("/desk/numbers").await.ok().one(COUNT).contains('۱'));

        let after = page.form("/desk/routes/retry").send().await.follow().await.ok();
        after.says("دوباره در صف است");
        after.says("پیامکی کنار گذاشته نشده است");
        assert!(!administrator.get("/desk/numbers").await.ok().has(COUNT));
    })
    .await;
}

#[tokio::test]
async fn what_six_send_again_at_once_goes_out_once() {
    on_both(async |app| {
        gives_up(&app, "letter_registered", 2, None).await;
        let administrator = app.staff(Role::Administrator).await;
        let form = administrator.get(ROUTES).await.ok().form("/desk/routes/retry");
        let answers = at_once(vec![form.clone(); 6]).await;
        let done = answers.iter().filter(|answer| answer.location().ends_with("again=yes")).count();
        assert_eq!(done, 1, "the others read that it was done");
        form.send().await.follow().await.ok().says("دیگر فرستادنی نیست");
        let sent = app.messages().await.into_iter().filter(|mail| mail.template == "letter_registered").count();
        assert_eq!(sent, 2, "each once");
    })
    .await;
}

#[tokio::test]
async fn what_was_put_aside_comes_page_by_page() {
    on_both(async |app| {
        gives_up(&app, "letter_registered", 60, None).await;
        let administrator = app.staff(Role::Administrator).await;
        let page = administrator.get(ROUTES).await.ok();
        let first = ids(&page);
        assert_eq!(first.len(), 50);
        let older = page.attribute("a[rel=next]", "href").replace("#parked", "");
        let page = administrator.get(&older).await.ok();
        let second = ids(&page);
        assert_eq!(second.len(), 10);
        assert!(second.iter().all(|id| !first.contains(id)));
        assert!(!page.has("a[rel=next]"));
        assert!(page.has("a[href=\"/desk/routes#parked\"]"));

        page.form("/desk/routes/retry").send().await.is(303);
        let page = administrator.get(ROUTES).await.ok();
        assert_eq!(ids(&page), first, "those that the other page showed are on their way");
        assert!(!page.has("a[rel=next]"));
        for nonsense in ["x", "1", "-", "x-1", "1-%00", "9223372036854775808-a"] {
            let page = administrator.get(&format!("{ROUTES}?behind={nonsense}")).await.ok();
            assert_eq!(ids(&page), first, "{nonsense}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_route_that_cant_be_opened_is_told_wherever_one_looks() {
    on_both(async |app| {
        let here = app.organisation().id.clone();
        let mail = |safety: &str| {
            format!(
                "name = \"نامه\"\n[gateway]\nkind = \"mail\"\nhost = \"mail.example.ir\"\nfrom = \"desk@example.ir\"\n\
                 safety = \"{safety}\"\ncertificates = \"/nowhere\"\npassword = \"s3cretWord\"\n"
            )
        };
        let route = add(&app, &here, &mail("tls")).await;
        let administrator = app.staff(Role::Administrator).await;
        assert!(!administrator.get(ROUTES).await.ok().has(COUNT));
        worker(&app).ask().await.expect("the database answers");
        let page = administrator.get(ROUTES).await.ok();
        page.says("باز نمی‌شود");
        page.says("certificates can't be read");
        page.hides("s3cretWord");
        assert!(page.one(COUNT).contains("۱ موضوع نیاز به رسیدگی دارد"), "{}", page.one(COUNT));
        assert!(!app.reviewer().await.get("/desk").await.ok().has(COUNT), "it is for administrators");
        assert!(!app.elsewhere().staff(Role::Administrator).await.get(ROUTES).await.ok().has(COUNT), "another's");
        let told = numbers(&app).await;
        let labels = format!("{{route=\"{route}\",organisation=\"{}\",name=\"نامه\"", here.as_str());
        for line in [
            format!("pishkhan_route_stands_back{labels}}} 1\n"),
            format!("pishkhan_route_stands_back_for{labels},why=\"closed\"}} 1\n"),
            format!("pishkhan_route_closed{labels},why=\"gateway: certificates can't be read\"}} 1\n"),
        ] {
            assert!(told.html().contains(&line), "{line} is not in\n{}", told.html());
        }

        let mended: RouteDefinition = toml::from_str(&mail("none")).expect("a definition");
        let mut tx = app.begin().await;
        assert!(routes::change(&mut tx, &route, &mended).await.expect("it is changed"));
        tx.commit().await.expect("it is kept");
        worker(&app).ask().await.expect("the database answers");
        let page = administrator.get(ROUTES).await.ok();
        page.hides("باز نمی‌شود");
        assert!(!page.has(COUNT));
    })
    .await;
}

#[tokio::test]
async fn credit_is_shown_with_its_time_and_old_credit_is_told() {
    on_both(async |app| {
        const STALE: &str = "بیش از یک ساعت است که درگاه اعتبارش را نگفته است";
        let here = app.organisation().id.clone();
        let account = r#"{"return":{"status":200,"message":""},"entries":{"remaincredit":50000,"type":"Master"}}"#;
        let service = answering(StatusCode::OK, account).await;
        add(
            &app,
            &here,
            &format!("name = \"کاوه\"\n[gateway]\nkind = \"kavenegar\"\nbase = \"{service}\"\nkey = \"k\"\n"),
        )
        .await;
        let administrator = app.staff(Role::Administrator).await;
        administrator.get(ROUTES).await.ok().hides(STALE);
        passes(&app, 61 * 60);
        let administrator_again = app.staff(Role::Administrator).await;
        administrator_again.get(ROUTES).await.ok().says(STALE);

        worker(&app).count_credit().await.expect("it is kept");
        let page = administrator_again.get(ROUTES).await.ok();
        page.hides(STALE);
        let credit = page.one("[aria-labelledby=ways] tbody tr td:last-child");
        assert!(credit.contains("ریال") && credit.contains("امروز"), "{credit}");
        assert!(!page.has(COUNT));

        // The key is revoked, and nothing is told any more.
        passes(&app, 61 * 60);
        let page = app.staff(Role::Administrator).await.get(ROUTES).await.ok();
        page.says(STALE);
        assert!(page.has(COUNT));
    })
    .await;
}

#[tokio::test]
async fn the_gateway_of_the_settings_is_counted_whole() {
    on_both(async |app| {
        for (app, number) in [(app.clone(), "09121234567"), (app.elsewhere(), "09131234567")] {
            app.sender(number).signs_in().await.sends(&Letter::default()).await;
            app.settle_quietly().await;
        }
        app.execute(
            "update outbox set delivery = 'delivered', delivered_at = sent_at + 17000
             where template = 'letter_submitted' and organisation_id <> ''",
        )
        .await;
        app.execute("update outbox set delivery = 'failed' where template = 'sign_in_code' and organisation_id <> ''")
            .await;
        let told = numbers(&app).await;
        for (name, number) in [("sent", 4), ("delivered", 2), ("lost", 2), ("median_milliseconds", 17_000)] {
            let line = format!("pishkhan_route_{name}{{route=\"settings\",organisation=\"\",name=\"\"}} {number}\n");
            assert!(told.html().contains(&line), "{line} is not in\n{}", told.html());
        }
    })
    .await;
}

#[tokio::test]
async fn the_page_of_wordings_begins_with_a_list_of_them() {
    on_both(async |app| {
        let administrator = app.staff(Role::Administrator).await;
        let page = administrator.get("/desk/notices").await.ok();
        let listed = page.attributes("nav[aria-labelledby=kinds] a", "href");
        let there: Vec<String> = page.attributes("section.panel", "id").iter().map(|id| format!("#{id}")).collect();
        assert!(there.len() > 10 && listed == there, "{listed:?}");
        let words = |page: &Answer| page.all("nav[aria-labelledby=kinds] li").join("\n");
        assert!(!words(&page).contains("اصلاح شود"));

        let form = page.form("/desk/notices/letter_registered").fill("persian", "نامه ثبت شد");
        let page = form.send().await.is(422);
        let wrong: Vec<String> =
            page.all("nav[aria-labelledby=kinds] li").into_iter().filter(|it| it.contains("اصلاح شود")).collect();
        assert!(wrong.len() == 1 && wrong[0].contains("ثبت نامه"), "{wrong:?}");
    })
    .await;
}

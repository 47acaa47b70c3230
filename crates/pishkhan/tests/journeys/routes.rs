//! How messages fare: the administrator's page, trials, and numbers for programs.

use axum::http::{StatusCode, header};
use pishkhan_courier::gateways::Spool;
use pishkhan_courier::routes::{self, RouteDefinition, RouteId};
use pishkhan_courier::{Courier, CourierRules};
use pishkhan_office::OrganisationId;
use pishkhan_office::actor::Role;
use pishkhan_office::dispatch::{self, KINDS};
use pishkhan_testkit::{Letter, TestApp, on_both, on_both_as};

/// A route to a file, which takes every message; one in a folder that isn't there takes none.
pub async fn spool(app: &TestApp, organisation: &OrganisationId, name: &str, file: &std::path::Path) -> RouteId {
    let definition = format!(
        "name = {name:?}\npurposes = [\"notice\"]\n[gateway]\nkind = \"spool\"\nfile = \"{}\"\n\
         [calls]\nid = \"messageid\"\nstate = \"status\"\nstates = {{ \"5\" = \"sent\", \"10\" = \"delivered\", \"14\" = \"blocked\" }}\n",
        file.display()
    );
    add(app, organisation, &definition).await
}

pub async fn add(app: &TestApp, organisation: &OrganisationId, definition: &str) -> RouteId {
    let definition: RouteDefinition = toml::from_str(definition).expect("a definition");
    let mut tx = app.parts().db.begin(organisation, app.now()).await.expect("the database lets us begin");
    let id = routes::add(&mut tx, &definition).await.expect("a route is added");
    tx.commit().await.expect("it is kept");
    id
}

/// A gateway's web service that answers whatever it is asked so. Answers its address.
pub async fn answering(status: StatusCode, body: &'static str) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port is found");
    let address = format!("http://{}", listener.local_addr().expect("a listener has an address"));
    let answer = move || async move { (status, [(header::CONTENT_TYPE, "application/json")], body) };
    tokio::spawn(async move { axum::serve(listener, axum::Router::new().fallback(answer)).await });
    address
}

/// A file beside the app's own, where another program would read.
pub fn file(app: &TestApp, name: &str) -> std::path::PathBuf {
    app.spool().with_file_name(name)
}

#[tokio::test]
async fn an_administrator_sees_how_messages_fare_and_sends_what_was_put_aside() {
    on_both(async |app| {
        let here = app.organisation().id.clone();
        let administrator = app.staff(Role::Administrator).await;
        administrator.get("/desk/routes").await.ok().says("درگاه تنظیمات");
        spool(&app, &here, "خط خدماتی", &file(&app, "one.jsonl")).await;
        let sender = app.sender("09121234567").signs_in().await;
        sender.sends(&Letter::default()).await;
        app.settle_quietly().await;
        let page = administrator.get("/desk/routes").await.ok();
        page.says("خط خدماتی");
        page.says("سالم");
        page.says("پیامکی کنار گذاشته نشده است");

        app.execute(
            "update outbox set sent_at = null, parked_at = 1920521520000, last_error = 'refused: the gateway answered 411',
                               route_id = '' where template = 'letter_submitted' and organisation_id <> ''",
        )
        .await;
        let page = administrator.get("/desk/routes").await.ok();
        page.says("رسید نامه");
        page.says("the gateway answered 411");
        page.hides("09121234567");
        page.hides("9121234567");
        let id = app.texts("select id from outbox where parked_at is not null and organisation_id <> ''").await.remove(0);
        page.form("/desk/routes/retry").send().await.is(400);
        let form = page.form("/desk/routes/retry").press(&format!("message-{id}"), "yes");
        let after = form.send().await.follow().await.ok();
        after.says("دوباره در صف است");
        app.settle_quietly().await;
        assert_eq!(
            app.count("select count(*) from outbox where template = 'letter_submitted' and sent_at is not null").await,
            1
        );
        administrator.get("/desk/routes").await.ok().says("پیامکی کنار گذاشته نشده است");
    })
    .await;
}

#[tokio::test]
async fn the_gateway_of_the_settings_is_for_what_no_route_carries() {
    on_both(async |app| {
        let here = app.organisation().id.clone();
        let administrator = app.staff(Role::Administrator).await;
        let purposes = async || {
            let page = administrator.get("/desk/routes").await.ok();
            let cells = |which: &str| page.all(&format!("[aria-labelledby=ways] tbody {which}"));
            let mut ways = cells("th").into_iter().zip(cells("td:nth-child(2)"));
            ways.find(|(name, _)| name.starts_with("درگاه تنظیمات")).map(|(_, purposes)| purposes)
        };
        assert_eq!(purposes().await.as_deref(), Some("کد ورود و خبر"));
        administrator.get("/desk/routes").await.ok().says("درگاه تنظیمات · مشترک");
        // Its routes carry e-mail only, which that gateway never did.
        let mail = "[gateway]\nkind = \"mail\"\nhost = \"mail.example.ir\"\nfrom = \"desk@example.ir\"\n";
        add(&app, &here, &format!("name = \"نامه\"\n{mail}")).await;
        assert_eq!(purposes().await.as_deref(), Some("کد ورود و خبر"));
        spool(&app, &here, "خط خدماتی", &file(&app, "one.jsonl")).await;
        assert_eq!(purposes().await.as_deref(), Some("کد ورود"), "also before it has sent one");
        app.sender("09121234567").signs_in().await;
        app.settle_quietly().await;
        let codes = format!(
            "name = \"کدها\"\npurposes = [\"code\"]\n[gateway]\nkind = \"spool\"\nfile = \"{}\"\n",
            file(&app, "two.jsonl").display()
        );
        add(&app, &OrganisationId::house(), &codes).await;
        assert_eq!(purposes().await.as_deref(), Some("دیگر هیچ"), "it is there for what it has sent");
        app.wait(25 * 3_600).await;
        let administrator = app.staff(Role::Administrator).await;
        administrator.get("/desk/routes").await.ok().hides("درگاه تنظیمات");
    })
    .await;
}

#[tokio::test]
async fn a_route_is_tried_out_and_each_step_is_told() {
    on_both(async |app| {
        let here = app.organisation().id.clone();
        let well = spool(&app, &here, "سالم", &file(&app, "well.jsonl")).await;
        let broken = spool(&app, &here, "خراب", &file(&app, "missing").join("no.jsonl")).await;
        let administrator = app.staff(Role::Administrator).await;
        let page = administrator.get("/desk/routes").await.ok();
        let form = page.form(&format!("/desk/routes/{well}/trial"));
        form.clone().fill("mobile", "12").send().await.is(422).says("شماره");
        let told = form.clone().fill("mobile", "۰۹۱۲۱۲۳۴۵۶۷").send().await.ok();
        told.says("پذیرفت");
        told.says("هزارم ثانیه");
        let written = std::fs::read_to_string(file(&app, "well.jsonl")).expect("it was written");
        assert!(written.contains("+989121234567") && written.contains("این پیامک برای آزمایش است"), "{written}");
        let told = page.form(&format!("/desk/routes/{broken}/trial")).fill("mobile", "09121234567").send().await.ok();
        told.says("failed");

        let elsewhere = spool(&app, &OrganisationId("another".into()), "دیگری", &file(&app, "x.jsonl")).await;
        let token = administrator.form_token().await;
        let fields = [("form_token", token.as_str()), ("mobile", "09121234567")];
        administrator.post(&format!("/desk/routes/{elsewhere}/trial"), &fields).await.is(404);
        for _ in 0..8 {
            form.clone().fill("mobile", "09121234567").send().await;
        }
        form.fill("mobile", "09121234567").send().await.is(429).says("به اندازه کافی آزمایش شد");
        app.wait(60 * 60 + 1).await;
        let form = app.staff(Role::Administrator).await.get("/desk/routes").await.ok();
        let form = form.form(&format!("/desk/routes/{well}/trial")).fill("mobile", "09121234567");
        form.send().await.ok().says("پذیرفت");
    })
    .await;
}

#[tokio::test]
async fn the_gateway_of_the_settings_is_tried_out_like_a_route() {
    on_both(async |app| {
        let administrator = app.staff(Role::Administrator).await;
        let form = administrator.get("/desk/routes").await.ok().form("/desk/routes/settings/trial");
        let refused = form.clone().fill("mobile", "12").send().await.is(422);
        refused.says("شماره");
        assert_eq!(refused.value("mobile"), "12");
        let told = form.fill("mobile", "09121234567").send().await.ok();
        assert!(told.one("#trial").contains("درگاه تنظیمات"), "{}", told.text());
        told.says("پذیرفت");
        assert!(app.last_message_to("09121234567").await.text.contains("این پیامک برای آزمایش است"));
    })
    .await;
}

#[tokio::test]
async fn a_gateways_own_words_are_shown_and_no_key() {
    on_both(async |app| {
        let here = app.organisation().id.clone();
        let refusal = r#"{"ok":false,"message":"اعتبار این خط کافی نیست","account":"AbCdEfGhIjKlMnOpQrSt1234","asked":"/send?key=S3cretKey"}"#;
        let service = answering(StatusCode::BAD_REQUEST, refusal).await;
        let definition = format!(
            "name = \"وب\"\n[gateway]\nkind = \"http\"\nurl = \"{service}/send?key=s3cretKey\"\nmethod = \"POST\"\n\
             headers = {{}}\nbody = '{{\"to\":\"{{to}}\",\"text\":\"{{text}}\"}}'\n\
             content_type = \"application/json\"\ntimeout = 5\nfrom = \"1000\"\n"
        );
        let route = add(&app, &here, &definition).await;
        let administrator = app.staff(Role::Administrator).await;
        let page = administrator.get("/desk/routes").await.ok();
        let told = page.form(&format!("/desk/routes/{route}/trial")).fill("mobile", "09121234567").send().await.ok();
        told.says("اعتبار این خط کافی نیست");
        told.hides("AbCdEfGhIjKlMnOpQrSt1234");
        told.hides("s3cretKey");
        told.hides("S3cretKey");
        told.says("/send?key=…");
    })
    .await;
}

#[tokio::test]
async fn an_account_that_runs_empty_is_told() {
    on_both(async |app| {
        let here = app.organisation().id.clone();
        let account =
            r#"{"return":{"status":200,"message":"تایید شد"},"entries":{"remaincredit":50000,"type":"Master"}}"#;
        let service = answering(StatusCode::OK, account).await;
        let definition = |alarm: &str| {
            format!(
                "name = \"کاوه\"\ncredit_alarm = {alarm}\n\
                 [gateway]\nkind = \"kavenegar\"\nbase = \"{service}\"\nkey = \"s3cretKey\"\n"
            )
        };
        let route = add(&app, &here, &definition("60000.0")).await;
        let administrator = app.staff(Role::Administrator).await;
        administrator.get("/desk/routes").await.ok().hides("رو به پایان");

        let (db, clock) = (app.parts().db.clone(), app.parts().clock.clone());
        let gateway = Box::new(Spool::new(app.spool().to_path_buf()));
        let courier = Courier::new(db, clock, gateway, &KINDS, CourierRules::default());
        courier.count_credit().await.expect("it is kept");
        assert!(is_short(&app, &route).await);
        let page = administrator.get("/desk/routes").await.ok();
        page.says("رو به پایان");
        page.says("ریال");
        page.hides("s3cretKey");
        let program = app.browser().with("authorization", "Bearer the key of the numbers");
        let numbers = program.get("/metrics").await.ok();
        let line = format!(
            "pishkhan_route_credit{{route=\"{route}\",organisation=\"{}\",name=\"کاوه\"}} 50000\n",
            here.as_str()
        );
        assert!(numbers.html().contains(&line), "{}", numbers.html());
        let line = line.replace("credit{", "credit_short{").replace(" 50000", " 1");
        assert!(numbers.html().contains(&line), "{}", numbers.html());

        // Somebody wants to be told later.
        let mut tx = app.begin().await;
        let later: RouteDefinition = toml::from_str(&definition("40000.0")).expect("a definition");
        assert!(routes::change(&mut tx, &route, &later).await.expect("it is changed"));
        tx.commit().await.expect("it is kept");
        courier.count_credit().await.expect("it is kept");
        assert!(!is_short(&app, &route).await);
        administrator.get("/desk/routes").await.ok().hides("رو به پایان");
    })
    .await;
}

async fn is_short(app: &TestApp, route: &RouteId) -> bool {
    let mut tx = app.begin().await;
    let overview = dispatch::overview(&mut tx).await.expect("the statements are well");
    let found = overview.ways.iter().filter_map(|way| way.route.as_ref()).find(|it| it.id == *route);
    found.expect("it is among the ways").is_short()
}

#[tokio::test]
async fn numbers_are_told_to_whoever_has_the_key() {
    on_both(async |app| {
        let here = app.organisation().id.clone();
        spool(&app, &here, "خط \"یک\"", &file(&app, "one.jsonl")).await;
        app.sender("09121234567").signs_in().await;
        app.sender("09131234567").asks_for_code().await.is(303);
        app.settle_quietly().await;
        let program = app.browser();
        program.get("/metrics").await.is(404);
        program.clone().with("authorization", "Bearer wrong").get("/metrics").await.is(404);
        let numbers = program.with("authorization", "Bearer the key of the numbers").get("/metrics").await.ok();
        for line in [
            "pishkhan_messages_due 0",
            "pishkhan_messages_parked 0",
            "# TYPE pishkhan_route_sent gauge",
            "# TYPE pishkhan_codes_sent gauge",
            "pishkhan_codes_sent{organisation=\"nemune\"} 2",
            "pishkhan_codes_typed{organisation=\"nemune\"} 1",
            "pishkhan_codes_sent{organisation=\"shahrdari\"} 0",
        ] {
            assert!(numbers.html().contains(line), "{}", numbers.html());
        }
        assert!(numbers.html().contains(r#"name="خط \"یک\""} 0"#), "{}", numbers.html());
    })
    .await;
}

#[tokio::test]
async fn the_days_budget_is_seen() {
    on_both_as(
        |plan| plan.rules.limits.messages_per_organisation_per_day = 5,
        async |app| {
            let administrator = app.staff(Role::Administrator).await;
            let seen = async |today: &str, warning: &str| {
                app.settle_quietly().await;
                let page = administrator.get("/desk/routes").await.ok();
                assert!(page.all(".kpi .v").iter().any(|it| it == today), "{:?}", page.all(".kpi .v"));
                assert_eq!(page.all(".kpi .dn").join("\n"), warning);
            };
            let mut senders = Vec::new();
            for number in 0..5 {
                senders.push(app.sender(&format!("0912123{number}567")).signs_in().await);
            }
            seen("۰ از ۵ پیامک", "").await;
            for sender in &senders[..3] {
                sender.sends(&Letter::default()).await;
            }
            seen("۳ از ۵ پیامک", "").await;
            senders[3].sends(&Letter::default()).await;
            seen("۴ از ۵ پیامک", "چهار پنجم سهم امروز رفته است؛ آنچه بیشتر شود فردا می‌رود.").await;
            senders[4].sends(&Letter::default()).await;
            seen("۵ از ۵ پیامک", "سهم امروز رفته است؛ بقیه فردا می‌رود. کد ورود همچنان می‌رود.").await;

            let program = app.browser().with("authorization", "Bearer the key of the numbers");
            let numbers = async |today: &str| {
                let numbers = program.get("/metrics").await.ok();
                for (whose, line) in [(&app, today), (&app.elsewhere(), "0")] {
                    let whose = whose.organisation().id.as_str();
                    let today = format!("pishkhan_messages_today{{organisation=\"{whose}\"}} {line}\n");
                    let per_day = format!("pishkhan_messages_per_day{{organisation=\"{whose}\"}} 5\n");
                    assert!(numbers.html().contains(&today) && numbers.html().contains(&per_day), "{}", numbers.html());
                }
            };
            numbers("5").await;
            app.wait(24 * 3_600).await;
            numbers("0").await;
        },
    )
    .await;
}

#[tokio::test]
async fn few_of_many_codes_typed_are_told_for_an_hour() {
    on_both(async |app| {
        let sends = async |number: u32| {
            let sender = app.sender(&format!("0912{number:05}67"));
            let page = sender.asks_for_code().await.follow().await.ok();
            (page.form("/sign-in/code"), sender)
        };
        let mut waiting = Vec::new();
        for number in 0..50 {
            waiting.push(sends(number).await);
        }
        for (form, sender) in &waiting[..14] {
            form.clone().fill("code", &sender.code().await).send().await.is(303);
        }
        let administrator = app.staff(Role::Administrator).await;
        let told = async || administrator.get("/desk/routes").await.ok().text();
        let (words, note) =
            ("کدی که در یک ساعت گذشته فرستاده شد", "از ۵۰ کدی که در یک ساعت گذشته فرستاده شد، فقط ۱۴ کد وارد شد");
        assert!(told().await.contains(note), "{}", told().await);

        let (form, sender) = &waiting[14];
        form.clone().fill("code", &sender.code().await).send().await.is(303);
        assert!(!told().await.contains(words), "30 of a hundred are enough");

        sends(50).await;
        assert!(told().await.contains("از ۵۱ کدی"), "fewer are not");
        app.elsewhere().staff(Role::Administrator).await.get("/desk/routes").await.ok().hides(words);

        app.wait(60 * 60 + 1).await;
        let administrator = app.staff(Role::Administrator).await;
        administrator.get("/desk/routes").await.ok().hides(words);
    })
    .await;
}

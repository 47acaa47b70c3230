//! Limits: how often anybody may, what they are told when it is too often, and that it ends.

use pishkhan_testkit::{Answer, Kind, Letter, Plan, Sender, TestApp, on_both, on_both_as, on_one};

/// Asks for a code from that address.
pub async fn asks(app: &TestApp, mobile: &str, address: &str) -> Answer {
    let browser = app.browser().at(address);
    browser.get("/").await.ok().form("/sign-in").fill("mobile", mobile).send().await
}

/// As set by default; the test kit switches it off.
fn one_a_minute(plan: &mut Plan) {
    plan.rules.limits.sends_per_number_per_minute = 1;
}

#[tokio::test]
async fn a_number_gets_one_code_a_minute_three_in_a_quarter_of_an_hour_and_ten_a_day() {
    on_both_as(one_a_minute, async |app| {
        let three = async |day: &str| {
            for turn in 0..3 {
                asks(&app, "09121234567", &format!("10.{day}.{turn}.1")).await.is(303);
                let early = asks(&app, "09121234567", &format!("10.{day}.{turn}.2")).await.is(429);
                early.says("به یک شماره پشت سر هم کد نمی‌فرستیم.");
                app.wait(61).await;
            }
        };
        three("9").await;
        let refused = asks(&app, "۰۹۱۲-۱۲۳-۴۵۶۷", "10.9.9.1").await.is(429);
        refused.says("چند کد پشت سر هم فرستاده شده است.");
        assert_eq!(refused.value("mobile"), "۰۹۱۲-۱۲۳-۴۵۶۷", "what was typed is still there");
        asks(&app.elsewhere(), "09121234567", "10.9.8.1").await.is(429);
        asks(&app, "09121234568", "10.9.7.1").await.is(303);
        for quarter in ["0", "1"] {
            app.wait(15 * 60 + 1).await;
            three(quarter).await;
        }
        app.wait(15 * 60 + 1).await;
        asks(&app, "09121234567", "10.8.1.1").await.is(303);
        app.wait(61).await;
        asks(&app, "09121234567", "10.8.2.1").await.is(429).says("چند کد پشت سر هم فرستاده شده است.");
        app.wait(24 * 60 * 60).await;
        asks(&app, "09121234567", "10.8.3.1").await.is(303);
        assert_eq!(app.messages().await.len(), 12);
    })
    .await;
}

#[tokio::test]
async fn who_asks_twice_in_a_minute_is_led_to_the_code_that_they_wait_for() {
    on_both_as(one_a_minute, async |app| {
        let sender = app.sender("09121234567");
        sender.asks_for_code().await.is(303);
        let code = sender.code().await;
        let page = sender.asks_for_code().await.follow().await.ok();
        page.says("کدی که با همین مرورگر خواسته بودید هنوز کار می‌کند.");
        for place in [&app, &app.elsewhere()] {
            let refused = asks(place, "09121234567", "10.9.1.1").await.is(429);
            refused.says("به یک شماره پشت سر هم کد نمی‌فرستیم.");
            assert_eq!(refused.value("mobile"), "09121234567");
        }
        assert_eq!(app.messages().await.len(), 1);
        assert_eq!(page.form("/sign-in/code").fill("code", &code).send().await.location(), "/letters");
        app.wait(61).await;
        asks(&app, "09121234567", "10.9.1.1").await.is(303);
    })
    .await;
}

#[tokio::test]
async fn an_address_and_a_network_get_only_so_many_codes_an_hour() {
    on_both_as(
        |plan| {
            plan.rules.limits.sends_per_address_per_hour = 2;
            plan.rules.limits.sends_per_network_per_hour = 3;
        },
        async |app| {
            asks(&app, "09121000001", "10.9.1.1").await.is(303);
            asks(&app, "09121000002", "10.9.1.1").await.is(303);
            asks(&app, "09121000003", "10.9.1.1").await.is(429);
            asks(&app, "09121000004", "10.9.1.2").await.is(303);
            asks(&app, "09121000005", "10.9.1.3").await.is(429);
            asks(&app, "09121000006", "10.9.2.1").await.is(303);
            app.wait(60 * 60 + 1).await;
            asks(&app, "09121000007", "10.9.1.1").await.is(303);
        },
    )
    .await;
}

#[tokio::test]
async fn a_limit_of_zero_is_off() {
    let plan = |plan: &mut Plan| {
        plan.rules.limits.sends_per_number_per_15_minutes = 0;
        plan.rules.limits.sends_per_number_per_day = 0;
        plan.rules.limits.sends_per_address_per_hour = 0;
        plan.rules.limits.sends_per_network_per_hour = 0;
    };
    on_one(Kind::Sqlite, plan, async |app| {
        for _ in 0..35 {
            asks(&app, "09121234567", "10.9.1.1").await.is(303);
        }
    })
    .await;
}

#[tokio::test]
async fn a_code_has_five_tries_and_ten_minutes() {
    on_both(async |app| {
        let sender = app.sender("09121234567");
        let page = sender.asks_for_code().await.follow().await.ok();
        let code = sender.code().await;
        let wrong = if code == "123456" { "654321" } else { "123456" };
        let form = page.form("/sign-in/code");
        let left = ["۴ بار دیگر", "۳ بار دیگر", "۲ بار دیگر", "یک بار دیگر", "دیگر کار نمی‌کند"];
        for left in left {
            form.clone().fill("code", wrong).send().await.is(422).says(left);
        }
        form.clone().fill("code", &code).send().await.is(422).says("دیگر کار نمی‌کند");
        form.clone().fill("code", "  ").send().await.is(422).says("کد ورود را بنویسید");

        let other = app.sender("09121234568");
        let page = other.asks_for_code().await.follow().await.ok();
        let code = other.code().await;
        app.wait(10 * 60 + 1).await;
        let late = page.form("/sign-in/code").fill("code", &code).fill("own_device", "yes").send().await.is(422);
        late.says("زمان این کد تمام شد.");
        assert!(late.has("input[name=own_device][checked]"), "what was ticked is still ticked");
        assert_eq!(app.count("select count(*) from sessions").await, 0);
    })
    .await;
}

#[tokio::test]
async fn another_code_comes_after_a_growing_pause_and_the_first_one_is_dead() {
    on_both(async |app| {
        let sender = app.sender("09121234567");
        let page = sender.asks_for_code().await.follow().await.ok();
        let first = sender.code().await;
        let again = page.form_of_button("again").press("again", "yes");
        again.send().await.is(429).says("کد قبلی هنوز در راه است.");
        app.wait(61).await;
        let sent = again.send().await.follow().await.ok();
        sent.says("کد تازه‌ای فرستادیم. کد قبلی دیگر کار نمی‌کند.");
        let second = sender.code().await;
        app.wait(61).await;
        again.send().await.is(429);
        if first != second {
            page.form("/sign-in/code").fill("code", &first).send().await.is(422);
        }
        app.wait(60).await;
        again.send().await.is(303);
        let third = sender.code().await;
        assert_eq!(page.form("/sign-in/code").fill("code", &third).send().await.location(), "/letters");
        assert_eq!(page.form("/sign-in/code").fill("code", &third).send().await.location(), "/", "a code serves once");
        let replayed = sender.copied();
        let token = replayed.form_token().await;
        let fields = [("form_token", token.as_str()), ("code", third.as_str())];
        assert_eq!(replayed.post("/sign-in/code", &fields).await.location(), "/", "a code serves once");
    })
    .await;
}

#[tokio::test]
async fn a_number_that_was_guessed_at_rests_but_is_not_locked() {
    on_both_as(
        |plan| plan.rules.limits.failures_per_number_per_day = 2,
        async |app| {
            let sender = app.sender("09121234567");
            let page = sender.asks_for_code().await.follow().await.ok();
            let code = sender.code().await;
            let wrong = if code == "123456" { "654321" } else { "123456" };
            for _ in 0..2 {
                page.form("/sign-in/code").fill("code", wrong).send().await.is(422);
            }
            let right = page.form("/sign-in/code").fill("code", &code);
            right.send().await.is(429).says("برای امنیت شما تا ساعت");
            app.wait(31).await;
            assert_eq!(right.send().await.location(), "/letters");
        },
    )
    .await;
}

#[tokio::test]
async fn wrong_codes_from_one_network_are_refused_over_all_its_addresses() {
    on_both_as(
        |plan| plan.rules.limits.failures_per_network_per_hour = 4,
        async |app| {
            let asked = async |mobile: &str, address: &str| {
                let page = asks(&app, mobile, address).await.follow().await.ok();
                (page.form("/sign-in/code"), app.sender(mobile).code().await)
            };
            for turn in 1..=4 {
                let (form, code) = asked(&format!("0912{turn:03}1234"), &format!("10.9.1.{turn}")).await;
                let wrong = if code == "123456" { "654321" } else { "123456" };
                form.fill("code", wrong).send().await.is(422);
            }
            let (form, code) = asked("09125551234", "10.9.1.5").await;
            form.fill("code", &code).send().await.is(429).says("برای امنیت شما تا ساعت");
            let (form, code) = asked("09126661234", "10.9.2.5").await;
            assert_eq!(form.fill("code", &code).send().await.location(), "/letters", "the next network is another");
            app.wait(60 * 60 + 1).await;
            let (form, code) = asked("09125551234", "10.9.1.5").await;
            assert_eq!(form.fill("code", &code).send().await.location(), "/letters");
        },
    )
    .await;
}

#[tokio::test]
async fn searches_for_a_code_are_few_a_minute() {
    on_both_as(
        |plan| plan.rules.limits.tracking_per_address_per_minute = 3,
        async |app| {
            let browser = app.browser();
            let form = browser.get("/tracking").await.ok().form("/tracking").fill("code", "000000000000");
            for _ in 0..3 {
                form.send().await.is(404).says("نامه‌ای با این شماره پیدا نشد");
            }
            let refused = form.send().await.is(429);
            refused.says("جست‌وجوهای زیادی انجام شد.");
            assert_eq!(refused.value("code"), "000000000000");
            form.clone().by(&app.browser()).send().await.is(403);
            app.wait(61).await;
            form.send().await.is(404);
        },
    )
    .await;
}

#[tokio::test]
async fn drafts_and_letters_of_a_day_are_bounded_and_nothing_typed_is_lost() {
    on_both_as(
        |plan| {
            plan.rules.limits.drafts_per_sender = 2;
            plan.rules.limits.submissions_per_sender_per_day = 1;
        },
        async |app| {
            let sender = app.sender("09121234567").signs_in().await;
            let first = sender.writes(&Letter::with_file()).await;
            let second = sender.writes(&Letter::default()).await;
            let refused = sender.fills_in(&Letter::with_file()).await.press("next", "check").send().await.is(422);
            refused.says("پیش‌نویس‌های زیادی دارید.");
            assert_eq!(refused.value("subject"), "درخواست بررسی قبض آب");
            assert_eq!(app.files().await, 1, "the refused letter's file is gone");
            sender.submits(&first).await;
            let refused = second.form(&pishkhan_testkit::submission_of(&second)).send().await.is(429);
            refused.says("کمی صبر کنید");
            assert!(refused.header("retry-after").is_some());
            app.wait(24 * 60 * 60 + 1).await;
            let sender: Sender = app.sender("09121234567").signs_in().await;
            let again = sender.get(&format!("/drafts/{}", pishkhan_testkit::draft_of(&second))).await.ok();
            sender.submits(&again).await;
        },
    )
    .await;
}

#[tokio::test]
async fn staff_who_mistype_are_told_when_and_what_they_typed_stays() {
    on_both_as(
        |plan| plan.rules.limits.staff_failures_per_account_per_15_minutes = 2,
        async |app| {
            let browser = app.browser();
            let form = browser.get("/desk/sign-in").await.ok().form("/desk/sign-in");
            let form = form.fill("email", "reviewer@example.ir").fill("password", "نادرست");
            let unknown = form.clone().fill("email", "nobody@example.ir").send().await.is(422);
            for _ in 0..2 {
                let wrong = form.send().await.is(422);
                assert_eq!(wrong.one("[role=alert]"), unknown.one("[role=alert]"), "known and unknown read the same");
                assert_eq!(wrong.value("email"), "reviewer@example.ir");
            }
            let refused = form.send().await.is(429);
            assert!(refused.header("retry-after").is_some());
            assert_eq!(refused.value("email"), "reviewer@example.ir");
            app.wait(15 * 60 + 1).await;
            app.reviewer().await;
        },
    )
    .await;
}

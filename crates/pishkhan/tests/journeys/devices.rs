//! Devices that an account knows: of a sign-in on any other one its owner is told, by e-mail, on the devices that were there before, and by
//! SMS where the organisation wants that. Nobody else is, and nobody twice.

use pishkhan_courier::gateways::Purpose;
use pishkhan_office::actor::Role;
use pishkhan_testkit::{Letter, Mail, Plan, Sender, TestApp, on_both, on_both_as};

const NUMBER: &str = "09121234567";
const OTHER_NUMBER: &str = "09351112233";
const ADDRESS: &str = "maryam@example.ir";
const BOTH: &[Purpose] = &[Purpose::Code, Purpose::Notice];
const DAY: u64 = 24 * 60 * 60;
const NOTE: &str = "از دستگاه تازه‌ای وارد حساب شما شدند";
const LAST: &str = "آخرین ورود دیگر";
const CHROME: &str = "Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36";

/// In a house where one number gets as many codes as it asks for.
async fn freely(test: impl AsyncFn(TestApp)) {
    let unlimited = |plan: &mut Plan| {
        plan.rules.limits.sends_per_number_per_15_minutes = 0;
        plan.rules.limits.sends_per_number_per_day = 0;
    };
    on_both_as(unlimited, test).await;
}

/// What was told of new devices so far.
async fn news(app: &TestApp) -> Vec<Mail> {
    app.messages().await.into_iter().filter(|mail| mail.template == "device_added").collect()
}

/// The same, to whom it went.
async fn told(app: &TestApp) -> Vec<String> {
    news(app).await.into_iter().map(|mail| mail.to).collect()
}

/// A person of this number, with a browser that calls itself so.
fn with_browser(app: &TestApp, number: &str, user_agent: &str) -> Sender {
    let sender = app.sender(number);
    Sender { browser: sender.browser.with("user-agent", user_agent), mobile: sender.mobile }
}

/// Proves the address in this session.
async fn proves(sender: &Sender, address: &str) {
    let form = sender.get("/account/email").await.ok().form("/account/email").fill("address", address);
    let page = form.send().await.follow().await.ok();
    let last = sender.app().messages().await.into_iter().rfind(|mail| mail.to == address).expect("a code");
    let code: String = last.text.chars().filter(char::is_ascii_digit).take(6).collect();
    let answer = page.form("/account/email/code").fill("code", &code).send().await;
    assert_eq!(answer.location(), "/account?done=email");
}

async fn signs_out(sender: &Sender) {
    sender.get("/letters").await.ok().form("/sign-out").send().await.is(303);
}

/// Says on this device that whoever came was they.
async fn accepts(sender: &Sender) {
    let page = sender.get("/letters").await.ok();
    let mark = page.attribute("button[name=own]", "value");
    let answer = page.form_of_button("own").press("own", &mark).send().await;
    assert_eq!(answer.location(), "/account#devices");
}

#[tokio::test]
async fn a_new_device_is_told_by_e_mail_and_where_somebody_was_before() {
    freely(async |app| {
        app.carries_mail(BOTH).await;
        let owner = app.sender(NUMBER).signs_in().await;
        proves(&owner, ADDRESS).await;
        owner.get("/account").await.ok().hides(LAST);
        app.wait(60).await;
        let other = with_browser(&app, NUMBER, CHROME).signs_in().await;

        let news = news(&app).await;
        assert_eq!(news.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), [ADDRESS]);
        let text = &news[0].text;
        assert!(text.starts_with("ورود به حساب شما از دستگاه تازه\n"), "{text}");
        for told in ["1409/08/19", "Chrome, Android", "desk.example.ir", "پیشخوان سازمان نمونه"] {
            assert!(text.contains(told), "{text}");
        }
        assert!(!text.contains("http") && !text.contains(OTHER_NUMBER) && !text.contains("912"), "{text}");
        assert_eq!(app.last_message_to(NUMBER).await.template, "sign_in_code", "an SMS is the organisation's choice");

        for path in ["/letters", "/account"] {
            let page = owner.get(path).await.ok();
            page.says(NOTE);
            page.says("Chrome · Android");
            other.get(path).await.ok().hides(NOTE);
        }
        for (sender, browser) in [(&owner, "Chrome · Android"), (&other, "Firefox · Linux")] {
            let page = sender.get("/account").await.ok();
            page.says(LAST);
            assert!(page.one("#devices > p").contains(browser), "the last sign-in was another one's");
        }
        accepts(&owner).await;
        owner.get("/letters").await.ok().hides(NOTE);
        signs_out(&other).await;
        let other = other.signs_in().await;
        owner.get("/letters").await.ok().hides(NOTE);
        other.get("/letters").await.ok().hides(NOTE);
        assert_eq!(told(&app).await, [ADDRESS], "the same device again is nothing new");
    })
    .await;
}

#[tokio::test]
async fn a_browser_that_two_accounts_share_is_new_to_each_and_nothing_tells_that_they_share_it() {
    freely(async |app| {
        app.carries_mail(BOTH).await;
        let first = app.sender(NUMBER).signs_in().await;
        let second = app.sender(OTHER_NUMBER).signs_in().await;
        proves(&first, ADDRESS).await;
        proves(&second, "reza@example.ir").await;
        signs_out(&first).await;
        let guest = Sender { browser: first.browser.clone(), mobile: OTHER_NUMBER.to_owned() }.signs_in().await;
        assert_eq!(told(&app).await, ["reza@example.ir"]);
        second.get("/letters").await.ok().says(NOTE);
        signs_out(&guest).await;
        let first = first.signs_in().await;
        first.get("/letters").await.ok().hides(NOTE);
        assert_eq!(told(&app).await, ["reza@example.ir"], "the account before knows it still");
        assert_eq!(app.count("select count(*) from known_devices").await, 3);
        assert_eq!(app.count("select count(distinct mark) from known_devices").await, 3);
        let token = first.cookie("device").expect("the browser keeps it");
        assert!(!app.texts("select mark from known_devices").await.contains(&token));
    })
    .await;
}

#[tokio::test]
async fn the_first_sign_in_is_nothing_new_and_another_organisation_is_left_alone() {
    freely(async |app| {
        let there = app.elsewhere();
        app.carries_mail(BOTH).await;
        there.carries_mail(BOTH).await;
        let owner = app.sender(NUMBER).signs_in().await;
        proves(&owner, ADDRESS).await;
        let guest = there.sender(NUMBER).signs_in().await;
        there.sender(NUMBER).signs_in().await;
        assert!(told(&app).await.is_empty() && told(&there).await.is_empty(), "no address is known there");
        owner.get("/letters").await.ok().hides(NOTE);
        owner.get("/account").await.ok().hides(LAST);
        guest.get("/letters").await.ok().says(NOTE);
        app.sender(NUMBER).signs_in().await;
        assert_eq!((told(&app).await.len(), told(&there).await.len()), (1, 0));
    })
    .await;
}

#[tokio::test]
async fn an_sms_goes_only_where_an_administrator_has_chosen_it() {
    freely(async |app| {
        let administrator = app.staff(Role::Administrator).await;
        let page = administrator.get("/desk/notices").await.ok();
        page.says("پیامک هم بشود");
        let form = page.form("/desk/notices/device_added");
        assert_eq!(form.value("sent"), None, "it is off until somebody switches it on");
        app.sender(NUMBER).signs_in().await;
        app.sender(NUMBER).signs_in().await;
        assert!(told(&app).await.is_empty());
        form.clone().fill("sent", "yes").send().await.is(303);
        with_browser(&app, NUMBER, "Click here: evil.example").signs_in().await;
        let sent = news(&app).await;
        assert_eq!(sent.len(), 1);
        assert_eq!(sent[0].to, "+989121234567");
        assert_eq!(sent[0].text, "ورود از دستگاه تازه: 1409/08/19\nشما نبودید؟ خارجش کنید\ndesk.example.ir");

        let form = form.fill("sent", "yes");
        form.clone().fill("persian", "{device}").send().await.is(422).says("{date} باید در متن بماند");
        form.fill("persian", "{date}: {device}").send().await.is(303);
        with_browser(&app, NUMBER, CHROME).signs_in().await;
        with_browser(&app, NUMBER, "Click here: evil.example").signs_in().await;
        let texts: Vec<String> = news(&app).await.into_iter().map(|mail| mail.text).skip(1).collect();
        assert_eq!(texts, ["1409/08/19: Chrome, Android", "1409/08/19: دستگاه ناشناس"], "a browser has no say in it");
    })
    .await;
}

#[tokio::test]
async fn own_words_go_by_e_mail_too_whether_or_not_an_sms_does() {
    freely(async |app| {
        app.carries_mail(BOTH).await;
        let administrator = app.staff(Role::Administrator).await;
        let form = administrator.get("/desk/notices").await.ok().form("/desk/notices/device_added");
        form.fill("persian", "ورود تازه {date}\n{host}").send().await.is(303);
        let owner = app.sender(NUMBER).signs_in().await;
        proves(&owner, ADDRESS).await;
        app.sender(NUMBER).signs_in().await;
        let sent = news(&app).await;
        assert_eq!(sent.len(), 1);
        assert_eq!(sent[0].to, ADDRESS);
        assert!(sent[0].text.starts_with("ورود تازه 1409/08/19\ndesk.example.ir\n"), "{}", sent[0].text);
    })
    .await;
}

#[tokio::test]
async fn a_device_that_was_signed_out_from_elsewhere_is_new_again() {
    freely(async |app| {
        app.carries_mail(BOTH).await;
        let owner = app.sender(NUMBER).signs_in().await;
        proves(&owner, ADDRESS).await;
        let other = app.sender(NUMBER).signs_in().await;
        accepts(&owner).await;
        let page = owner.get("/account").await.ok();
        let device = page.attribute("button[name=device]", "value");
        page.form_of_button("device").press("device", &device).send().await.is(303);
        let other = other.signs_in().await;
        assert_eq!(told(&app).await.len(), 2);
        owner.get("/letters").await.ok().says(NOTE);
        // All are signed out; those that came later are new again, and this one is not.
        does(&owner, "all_devices", "yes").await;
        other.get("/letters").await.is(303);
        let owner = owner.signs_in().await;
        assert_eq!(told(&app).await.len(), 2);
        owner.get("/letters").await.ok().hides(NOTE);
        other.signs_in().await;
        assert_eq!(told(&app).await.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn whoever_came_last_silences_nothing() {
    freely(async |app| {
        let owner = app.sender(NUMBER).signs_in().await;
        let second = app.sender(NUMBER).signs_in().await;
        let mark = owner.get("/letters").await.ok().attribute("button[name=own]", "value");
        let token = second.form_token().await;
        second.post("/account", &[("form_token", token.as_str()), ("own", mark.as_str())]).await.is(303);
        owner.get("/letters").await.ok().says(NOTE);
        let third = app.sender(NUMBER).signs_in().await;
        owner.get("/letters").await.ok().says("از ۲ دستگاه تازه وارد حساب شما شدند");
        second.get("/letters").await.ok().says(NOTE);
        third.get("/letters").await.ok().hides(NOTE);
        // What is said of one holds for no other.
        let token = owner.form_token().await;
        owner.post("/account", &[("form_token", token.as_str()), ("own", mark.as_str())]).await.is(303);
        owner.get("/letters").await.ok().says(NOTE);
        for odd in ["", "x", "-1"] {
            owner.post("/account", &[("form_token", token.as_str()), ("own", odd)]).await;
        }
        owner.get("/letters").await.ok().says(NOTE);
        accepts(&owner).await;
        owner.get("/letters").await.ok().hides(NOTE);
    })
    .await;
}

/// What somebody does with the devices of their account.
async fn does(sender: &Sender, field: &str, value: &str) {
    let token = sender.form_token().await;
    sender.post("/account", &[("form_token", token.as_str()), (field, value)]).await.is(303);
}

#[tokio::test]
async fn whoever_came_last_signs_others_out_and_is_still_told_of() {
    freely(async |app| {
        app.carries_mail(BOTH).await;
        let owner = app.sender(NUMBER).signs_in().await;
        proves(&owner, ADDRESS).await;
        let thief = with_browser(&app, NUMBER, CHROME).signs_in().await;
        assert_eq!(told(&app).await.len(), 1);
        let device = thief.get("/account").await.ok().attribute("button[name=device]", "value");
        does(&thief, "device", &device).await;
        owner.get("/letters").await.is(303);
        let owner = owner.signs_in().await;
        owner.get("/letters").await.ok().says(NOTE);

        // Their own session, too.
        let device = owner.get("/account").await.ok().attribute("button[name=device]", "value");
        does(&thief, "device", &device).await;
        thief.get("/letters").await.is(303);
        owner.get("/letters").await.ok().says(NOTE);
        let thief = thief.signs_in().await;
        does(&thief, "all_devices", "yes").await;
        owner.get("/letters").await.is(303);
        let owner = owner.signs_in().await;
        owner.get("/letters").await.ok().says(NOTE);
        assert_eq!(told(&app).await.len(), 1, "the owner's own phone is not told of");
    })
    .await;
}

#[tokio::test]
async fn what_was_not_ones_own_is_out_and_new_again_though_its_session_has_ended() {
    freely(async |app| {
        app.carries_mail(BOTH).await;
        let owner = app.sender(NUMBER).signs_in().await;
        proves(&owner, ADDRESS).await;
        let gone = with_browser(&app, NUMBER, CHROME).signs_in().await;
        signs_out(&gone).await;
        app.wait(60).await;
        let thief = app.sender(NUMBER).signs_in().await;
        let page = owner.get("/letters").await.ok();
        let marks = page.attributes("button[name=not_own]", "value");
        assert_eq!(marks.len(), 2);
        page.form_of_button("not_own").press("not_own", &marks[0]).send().await.is(303);
        thief.get("/letters").await.is(303);
        let page = owner.get("/letters").await.ok();
        assert_eq!(page.attributes("button[name=own]", "value"), marks[1..], "of the other one nothing was said");
        page.form_of_button("not_own").press("not_own", &marks[1]).send().await.is(303);
        owner.get("/letters").await.ok().hides(NOTE);
        assert_eq!(told(&app).await.len(), 2);
        gone.signs_in().await.get("/letters").await.ok();
        assert_eq!(told(&app).await.len(), 3, "it is told of again");
        owner.get("/letters").await.ok().says(NOTE);
    })
    .await;
}

#[tokio::test]
async fn nothing_goes_to_the_address_of_an_account_that_sleeps() {
    freely(async |app| {
        app.carries_mail(BOTH).await;
        let owner = app.sender(NUMBER).signs_in().await;
        owner.sends(&Letter::default()).await;
        proves(&owner, ADDRESS).await;
        app.wait(181 * DAY).await;
        let stranger = app.sender(NUMBER).signs_in().await;
        let page = stranger.get("/account").await.ok();
        page.hides(LAST);
        page.hides(NOTE);
        app.sender(NUMBER).signs_in().await;
        stranger.get("/letters").await.ok().says(NOTE);
        assert!(told(&app).await.is_empty(), "the account of now has no address");
        let slept = "select count(*) from known_devices k
                     join senders s on s.organisation_id = k.organisation_id and s.id = k.sender_id
                     where s.asleep_at is not null";
        assert_eq!(app.count(slept).await, 0);
    })
    .await;
}

#[tokio::test]
async fn news_that_waits_is_withdrawn_with_the_account_but_not_by_whoever_came() {
    on_both(async |app| {
        app.carries_mail(BOTH).await;
        let administrator = app.staff(Role::Administrator).await;
        let owner = app.sender(NUMBER).signs_in().await;
        proves(&owner, ADDRESS).await;
        let thief = app.sender(NUMBER).signs_in().await;
        let page = thief.get("/account/email").await.ok();
        page.form_of_button("remove").press("remove", "yes").send().await.is(303);
        assert_eq!(told(&app).await, [ADDRESS], "taking the address away does not hold it back");

        let owner = app.sender(OTHER_NUMBER).signs_in().await;
        proves(&owner, "reza@example.ir").await;
        app.sender(OTHER_NUMBER).signs_in().await;
        let form = administrator.get("/desk/numbers").await.ok().form("/desk/numbers").fill("mobile", OTHER_NUMBER);
        form.fill("text", "صاحب تازه خط زنگ زد").send().await.is(303);
        assert_eq!(told(&app).await, [ADDRESS]);
    })
    .await;
}

#[tokio::test]
async fn a_code_by_e_mail_tells_of_a_new_device_too() {
    on_both(async |app| {
        app.carries_mail(BOTH).await;
        let owner = app.sender(NUMBER).signs_in().await;
        proves(&owner, ADDRESS).await;
        app.wait(4 * DAY).await;
        let page = app.sender(NUMBER).asks_for_code().await.follow().await.ok();
        app.wait(61).await;
        let page = page.form_of_button("again").press("again", "mail").send().await.follow().await.ok();
        let code = app.messages().await.pop().expect("an e-mail").code();
        assert_eq!(page.form("/sign-in/code").fill("code", &code).send().await.location(), "/letters");
        assert_eq!(told(&app).await, [ADDRESS]);
    })
    .await;
}

#[tokio::test]
async fn an_account_of_before_devices_were_noted_hears_of_one_where_somebody_is_signed_in() {
    freely(async |app| {
        let owner = app.sender(NUMBER).signs_in().await;
        let as_before = async || {
            app.execute("delete from known_devices").await;
            app.execute("update sessions set known_device = ''").await;
            app.execute("update senders set signed_in_at = null, before_at = null").await;
        };
        as_before().await;
        app.wait(60).await;
        app.sender(NUMBER).signs_in().await;
        owner.get("/letters").await.ok().says(NOTE);
        as_before().await;
        app.execute("update sessions set ended_at = created_at").await;
        app.sender(NUMBER).signs_in().await;
        assert_eq!(
            app.count("select count(*) from known_devices where accepted_at is null").await,
            0,
            "nobody is there"
        );
    })
    .await;
}

#[tokio::test]
async fn an_account_knows_twenty_devices_at_most_and_none_for_more_than_a_year() {
    freely(async |app| {
        let first = app.sender(NUMBER).signs_in().await;
        signs_out(&first).await;
        for _ in 0..20 {
            app.sender(NUMBER).signs_in().await;
        }
        let known = "select count(*) from known_devices";
        assert_eq!(app.count(known).await, 20);
        assert_eq!(app.count("select count(*) from known_devices where accepted_at is not null").await, 0);
        first.signs_in().await;
        assert_eq!(app.count(known).await, 20);
        for (days, left) in [(364, 20), (2, 0)] {
            app.wait(days * DAY).await;
            let mut tx = app.begin().await;
            pishkhan_office::accounts::sweep(&mut tx).await.expect("it is swept");
            tx.commit().await.expect("it is kept");
            assert_eq!(app.count(known).await, left);
        }
    })
    .await;
}

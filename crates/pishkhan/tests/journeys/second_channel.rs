//! E-mail as a second channel: nothing but a code to an address that is not proved, and then the same as goes to the number; never for an
//! account that sleeps, and never so that somebody learns of an address.

use pishkhan_courier::gateways::Purpose;
use pishkhan_office::actor::Role;
use pishkhan_testkit::{Answer, Letter, Mail, Sender, TestApp, on_both, on_both_as};

const NUMBER: &str = "09121234567";
const ADDRESS: &str = "maryam@example.ir";
const PAGE: &str = "/account/email";
const BOTH: &[Purpose] = &[Purpose::Code, Purpose::Notice];
const DAY: u64 = 24 * 60 * 60;

/// What went out by e-mail so far.
async fn mails(app: &TestApp) -> Vec<Mail> {
    app.messages().await.into_iter().filter(|mail| mail.to.contains('@')).collect()
}

/// The kinds of what went to this address.
async fn kinds_to(app: &TestApp, address: &str) -> Vec<String> {
    mails(app).await.into_iter().filter(|mail| mail.to == address).map(|mail| mail.template).collect()
}

/// The code that came to this address last.
async fn mailed_code(app: &TestApp, address: &str) -> String {
    let last = mails(app).await.into_iter().rfind(|mail| mail.to == address).expect("an e-mail to this address");
    assert_eq!(last.template, "email_code");
    last.text.chars().filter(char::is_ascii_digit).take(6).collect()
}

async fn gives(sender: &Sender, address: &str) -> Answer {
    sender.get(PAGE).await.ok().form(PAGE).forge("address", address).send().await
}

async fn proves(sender: &Sender, address: &str) {
    let page = gives(sender, address).await.follow().await.ok();
    let code = mailed_code(sender.app(), address).await;
    let answer = page.form("/account/email/code").fill("code", &code).send().await;
    assert_eq!(answer.location(), "/account?done=email");
}

async fn addresses(app: &TestApp) -> Vec<String> {
    app.texts("select email from senders order by created_at, id").await
}

/// The page of the code, after another one was asked for by e-mail.
async fn by_mail(app: &TestApp, number: &str) -> Answer {
    let page = app.sender(number).asks_for_code().await.follow().await.ok();
    app.wait(61).await;
    let page = page.form_of_button("again").press("again", "mail").send().await.follow().await.ok();
    page.says("اگر برای این شماره ایمیل تأییدشده‌ای هست");
    page
}

#[tokio::test]
async fn an_address_gets_nothing_but_its_code_until_it_is_proved_and_then_all_news() {
    on_both(async |app| {
        app.carries_mail(BOTH).await;
        let sender = app.sender(NUMBER).signs_in().await;
        sender.get("/account").await.ok().says("افزودن ایمیل");
        let page = gives(&sender, ADDRESS).await.follow().await.ok();
        page.says("کد به نشانی شما فرستاده شد");
        let first = sender.sends(&Letter::default()).await;
        app.reviewer().await.registers(&first).await;
        app.wait(11).await;
        assert_eq!(kinds_to(&app, ADDRESS).await, ["email_code"]);
        let code = mailed_code(&app, ADDRESS).await;
        let form = page.form("/account/email/code").fill("code", &code);
        let done = form.send().await.follow().await.ok();
        done.says("نشانی شما تأیید شد");
        done.says(ADDRESS);
        assert_eq!(app.last_message_to(NUMBER).await.template, "email_changed");
        assert_eq!(form.send().await.location(), PAGE, "a code serves once");

        let second = sender.sends(&Letter::default()).await;
        app.reviewer().await.registers(&second).await;
        app.wait(11).await;
        assert_eq!(kinds_to(&app, ADDRESS).await, ["email_code", "letter_submitted", "letter_registered"]);
        let last = mails(&app).await.pop().expect("an e-mail");
        let sms = app.last_message_to(NUMBER).await;
        assert_eq!(sms.template, "letter_registered");
        assert!(last.text.starts_with(&sms.text), "{}", last.text);
        assert!(last.text.contains("پیشخوان سازمان نمونه"), "{}", last.text);
        // At the desk nobody sees the address; how far each message came is there for each way.
        let page = app.reviewer().await.letter(&second).await;
        page.hides(ADDRESS);
        let steps = page.all("ol.tl li").into_iter();
        let told: Vec<String> = steps.filter(|step| step.contains("ایمیل:") || step.contains("پیامک:")).collect();
        assert_eq!(told.len(), 4, "{told:?}");
        for begins in ["پیامک: رسید نامه", "ایمیل: رسید نامه", "پیامک: ثبت نامه", "ایمیل: ثبت نامه"]
        {
            let is_sent = |step: &String| step.contains(begins) && step.contains("فرستاده شد");
            assert!(told.iter().any(is_sent), "{begins}: {told:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn wrong_late_and_foreign_codes_prove_nothing() {
    on_both(async |app| {
        app.carries_mail(BOTH).await;
        let sender = app.sender(NUMBER).signs_in().await;
        for (typed, says) in [("", "نشانی ایمیل را بنویسید"), ("maryam@", "مانند name@example.ir")]
        {
            let refused = gives(&sender, typed).await.is(422);
            refused.says(says);
            assert_eq!(refused.value("address"), typed, "what was typed stays");
        }
        let other = app.sender("09351112233").signs_in().await;
        gives(&other, ADDRESS).await.is(303);
        let foreign = mailed_code(&app, ADDRESS).await;
        let page = gives(&sender, ADDRESS).await.follow().await.ok();
        let code = mailed_code(&app, ADDRESS).await;
        let form = page.form("/account/email/code");
        form.clone().send().await.is(422).says("کدی را که ایمیل شد بنویسید");
        if foreign != code {
            form.clone().fill("code", &foreign).send().await.is(422).says("کد درست نیست");
        }
        app.wait(60 * 60 + 1).await;
        let sender = app.sender(NUMBER).signs_in().await;
        let page = sender.get(PAGE).await.ok();
        let form = page.form("/account/email/code");
        form.clone().fill("code", &code).send().await.is(422).says("زمان این کد تمام شد");
        page.form_of_button("again").press("again", "yes").send().await.is(303);
        let code = mailed_code(&app, ADDRESS).await;
        let wrong = if code == "000000" { "111111" } else { "000000" };
        for _ in 0..5 {
            form.clone().fill("code", wrong).send().await.is(422);
        }
        form.clone().fill("code", &code).send().await.is(422).says("دیگر کار نمی‌کند");
        assert_eq!(addresses(&app).await, ["", ""]);
    })
    .await;
}

#[tokio::test]
async fn another_address_takes_over_when_it_is_proved_and_both_sides_are_told() {
    on_both(async |app| {
        app.carries_mail(BOTH).await;
        let sender = app.sender(NUMBER).signs_in().await;
        proves(&sender, ADDRESS).await;
        let page = gives(&sender, "new@example.ir").await.follow().await.ok();
        page.says(ADDRESS);
        sender.sends(&Letter::default()).await;
        assert_eq!(kinds_to(&app, "new@example.ir").await, ["email_code"]);
        assert_eq!(kinds_to(&app, ADDRESS).await, ["email_code", "letter_submitted"]);
        let code = mailed_code(&app, "new@example.ir").await;
        page.form("/account/email/code").fill("code", &code).send().await.is(303);
        assert_eq!(addresses(&app).await, ["new@example.ir"]);
        assert_eq!(kinds_to(&app, ADDRESS).await, ["email_code", "letter_submitted", "email_changed"]);
        assert_eq!(app.last_message_to(NUMBER).await.template, "email_changed");
        sender.sends(&Letter::default()).await;
        assert_eq!(kinds_to(&app, "new@example.ir").await, ["email_code", "letter_submitted"]);
        let page = sender.get(PAGE).await.ok();
        let done = page.form_of_button("remove").press("remove", "yes").send().await.follow().await.ok();
        done.says("نشانی برداشته شد");
        sender.sends(&Letter::default()).await;
        assert_eq!(kinds_to(&app, "new@example.ir").await, ["email_code", "letter_submitted"]);
        assert_eq!(addresses(&app).await, [""]);
    })
    .await;
}

#[tokio::test]
async fn codes_to_addresses_are_few_a_day() {
    on_both_as(
        |plan| {
            plan.rules.limits.email_codes_per_sender_per_day = 3;
            plan.rules.limits.email_codes_per_recipient_per_day = 2;
        },
        async |app| {
            app.carries_mail(BOTH).await;
            let sender = app.sender(NUMBER).signs_in().await;
            gives(&sender, ADDRESS).await.is(303);
            gives(&sender, ADDRESS).await.is(429).says("کد قبلی هنوز در راه است");
            app.wait(61).await;
            gives(&sender, "Maryam@example.ir").await.is(303);
            let refused = gives(&sender, ADDRESS).await.is(429);
            refused.says("امروز چند کد برای ایمیل فرستاده شده است");
            assert_eq!(refused.value("address"), ADDRESS);
            gives(&sender, "other@example.ir").await.is(303);
            gives(&sender, "third@example.ir").await.is(429);
            let other = app.elsewhere();
            other.carries_mail(BOTH).await;
            gives(&other.sender("09351112233").signs_in().await, ADDRESS).await.is(429);
            app.wait(DAY + 1).await;
            let sender = app.sender(NUMBER).signs_in().await;
            gives(&sender, ADDRESS).await.is(303);
            assert_eq!(mails(&app).await.len(), 3, "what another code overtook isn't sent");
        },
    )
    .await;
}

#[tokio::test]
async fn where_no_route_carries_e_mail_there_is_none() {
    on_both(async |app| {
        let sender = app.sender(NUMBER).signs_in().await;
        sender.get("/account").await.ok().hides("افزودن ایمیل");
        sender.get(PAGE).await.is(404);
        let token = sender.form_token().await;
        let fields = [("form_token", token.as_str()), ("address", ADDRESS)];
        sender.post(PAGE, &fields).await.is(404);
        sender.post("/account/email/code", &[("form_token", token.as_str()), ("code", "123456")]).await.is(303);
        let page = app.sender(NUMBER).asks_for_code().await.follow().await.ok();
        assert!(!page.has("button[value=mail]"));
        // A route for news only proves addresses and brings news, and no codes for signing in.
        app.carries_mail(&[Purpose::Notice]).await;
        proves(&sender, ADDRESS).await;
        sender.sends(&Letter::default()).await;
        assert_eq!(kinds_to(&app, ADDRESS).await, ["email_code", "letter_submitted"]);
        app.wait(4 * DAY).await;
        let page = app.sender(NUMBER).asks_for_code().await.follow().await.ok();
        assert!(!page.has("button[value=mail]"));
        app.wait(61).await;
        let forged = page.form_of_button("again").forge("again", "mail").send().await;
        assert_eq!(forged.location(), "/");
        // Without it an address that is there gets nothing, and can still be taken away.
        app.execute("delete from routes where organisation_id <> ''").await;
        let sender = app.sender(NUMBER).signs_in().await;
        sender.sends(&Letter::default()).await;
        assert_eq!(kinds_to(&app, ADDRESS).await, ["email_code", "letter_submitted"]);
        let page = sender.get(PAGE).await.ok();
        assert!(!page.has("#address"));
        page.form_of_button("remove").press("remove", "yes").send().await.is(303);
        sender.get(PAGE).await.is(404);
    })
    .await;
}

#[tokio::test]
async fn a_code_comes_by_e_mail_to_an_address_of_some_days_and_nobody_learns_whether_there_is_one() {
    on_both(async |app| {
        app.carries_mail(BOTH).await;
        let sender = app.sender(NUMBER).signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        proves(&sender, ADDRESS).await;
        app.wait(DAY).await;
        by_mail(&app, NUMBER).await;
        assert_eq!(kinds_to(&app, ADDRESS).await, ["email_code"], "not yet: the number was told, and may object");
        app.wait(3 * DAY).await;
        let unknown = by_mail(&app, "09351112244").await;
        let waiting = app.sender(NUMBER);
        let page = waiting.asks_for_code().await.follow().await.ok();
        let by_sms = waiting.code().await;
        let again = page.form_of_button("again").press("again", "mail");
        again.send().await.is(429).says("کد قبلی هنوز در راه است");
        app.wait(61).await;
        let known = again.send().await.follow().await.ok();
        known.hides(ADDRESS);
        let shape = |page: &Answer| page.text().lines().count();
        assert_eq!(shape(&known), shape(&unknown), "both read the same");
        let last = mails(&app).await.pop().expect("an e-mail");
        assert_eq!((last.to.as_str(), last.template.as_str()), (ADDRESS, "sign_in_code"));
        let form = known.form("/sign-in/code");
        if by_sms != last.code() {
            form.clone().fill("code", &by_sms).send().await.is(422);
        }
        assert_eq!(form.fill("code", &last.code()).send().await.location(), "/letters");
        waiting.letter(&letter).await;
        assert_eq!(app.count("select count(*) from senders").await, 1);
    })
    .await;
}

#[tokio::test]
async fn who_comes_by_e_mail_only_does_not_hold_a_number_for_ever() {
    on_both(async |app| {
        app.carries_mail(BOTH).await;
        let sender = app.sender(NUMBER).signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        proves(&sender, ADDRESS).await;
        app.wait(170 * DAY).await;
        let page = by_mail(&app, NUMBER).await;
        let code = mails(&app).await.pop().expect("an e-mail").code();
        let inside = page.form("/sign-in/code").fill("code", &code).send().await;
        assert_eq!(inside.location(), "/letters");
        app.wait(2 * 60).await;
        inside.follow().await.ok();
        app.wait(20 * DAY).await;
        let before = mails(&app).await.len();
        by_mail(&app, NUMBER).await;
        assert_eq!(mails(&app).await.len(), before, "nobody has proved the number for half a year");
        app.wait(21 * DAY).await;
        let stranger = app.sender(NUMBER).signs_in().await;
        stranger.get(&format!("/letters/{letter}")).await.is(404);
        stranger.get("/account").await.ok().hides(ADDRESS);
        assert_eq!(app.count("select count(*) from senders where asleep_at is not null and email = ''").await, 1);
    })
    .await;
}

#[tokio::test]
async fn nothing_goes_to_the_address_of_an_account_that_sleeps() {
    on_both(async |app| {
        app.carries_mail(BOTH).await;
        let sender = app.sender(NUMBER).signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        proves(&sender, ADDRESS).await;
        app.wait(61).await;
        gives(&sender, "new@example.ir").await.is(303);
        app.reviewer().await.dialog(&letter, "registration").await.send().await.is(303);
        let administrator = app.staff(Role::Administrator).await;
        let form = administrator.get("/desk/numbers").await.ok().form("/desk/numbers").fill("mobile", NUMBER);
        form.fill("text", "صاحب تازه خط زنگ زد").send().await.is(303);
        app.wait(11).await;
        let officer = app.officer("شکایات").await;
        officer.takes(&letter).await;
        officer.answers(&letter, "انشعاب داده می‌شود.", &[]).await;
        let news = kinds_to(&app, ADDRESS).await;
        assert!(!news.iter().any(|kind| kind == "letter_registered" || kind == "letter_answered"), "{news:?}");
        assert_eq!(addresses(&app).await, [""]);
        assert_eq!(app.count("select count(*) from email_codes").await, 0);
    })
    .await;
}

/// Whoever had the old phone may have put an address of their own there.
#[tokio::test]
async fn at_the_counter_the_address_goes_with_the_old_number() {
    on_both(async |app| {
        app.carries_mail(BOTH).await;
        let thief = app.sender(NUMBER).signs_in().await;
        let letter = thief.sends(&Letter::default()).await;
        proves(&thief, ADDRESS).await;
        app.wait(4 * DAY).await;
        let reviewer = app.reviewer().await;
        reviewer.dialog(&letter, "registration").await.send().await.is(303);
        let form = reviewer.dialog(&letter, "number").await.press("next", "send").fill("mobile", "09351112233");
        let page = form.send().await.follow().await.ok();
        let code = app.last_message_to("09351112233").await.text.chars().take(6).collect::<String>();
        let form = page.form(&format!("/desk/letters/{letter}/number")).press("next", "change");
        form.fill("code", &code).fill("paper", "yes").fill("text", "گذرنامه").send().await.is(303);
        assert_eq!(addresses(&app).await, [""]);
        app.wait(11).await;
        assert!(!kinds_to(&app, ADDRESS).await.contains(&"letter_registered".to_owned()), "what waited went there");
        assert_eq!(app.last_message_to("09351112233").await.template, "letter_registered");
        let before = mails(&app).await.len();
        by_mail(&app, "09351112233").await;
        assert_eq!(mails(&app).await.len(), before, "an address of the old number opens nothing of the new one");
    })
    .await;
}

#[tokio::test]
async fn where_nobody_came_by_the_number_for_long_news_goes_to_the_address_alone() {
    on_both(async |app| {
        app.carries_mail(BOTH).await;
        let sender = app.sender(NUMBER).signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        proves(&sender, ADDRESS).await;
        app.reviewer().await.registers(&letter).await;
        app.wait(181 * DAY).await;
        let officer = app.officer("شکایات").await;
        officer.takes(&letter).await;
        officer.answers(&letter, "انشعاب داده می‌شود.", &[]).await;
        assert!(kinds_to(&app, ADDRESS).await.contains(&"letter_answered".to_owned()), "the address is theirs still");
        assert_eq!(app.last_message_to(NUMBER).await.template, "letter_registered", "the number may be another's");
        let reviewer = app.reviewer().await;
        let told = async || {
            let page = reviewer.letter(&letter).await;
            page.hides(ADDRESS);
            let steps = page.all("ol.tl li");
            assert!(!steps.iter().any(|step| step.contains("پیامک: پاسخ نامه")), "{steps:?}");
            steps.into_iter().find(|step| step.contains("ایمیل: پاسخ نامه")).expect("the desk sees it")
        };
        assert!(told().await.contains("فرستاده شد"), "{}", told().await);
        app.execute(
            "update outbox set sent_at = null, parked_at = created_at, last_error = 'refused: it answered 550'
             where template = 'letter_answered' and organisation_id <> ''",
        )
        .await;
        assert!(told().await.contains("کنار گذاشته شد"), "{}", told().await);
        app.execute("update outbox set parked_at = null where template = 'letter_answered' and organisation_id <> ''")
            .await;
        assert!(told().await.contains("در صف است"), "{}", told().await);
    })
    .await;
}

#[tokio::test]
async fn what_waits_for_an_address_goes_with_it() {
    on_both(async |app| {
        app.carries_mail(BOTH).await;
        let sender = app.sender(NUMBER).signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        proves(&sender, ADDRESS).await;
        app.reviewer().await.dialog(&letter, "registration").await.send().await.is(303);
        sender.get(PAGE).await.ok().form_of_button("remove").press("remove", "yes").send().await.is(303);
        app.wait(11).await;
        assert_eq!(app.last_message_to(NUMBER).await.template, "letter_registered");
        assert!(!kinds_to(&app, ADDRESS).await.contains(&"letter_registered".to_owned()), "it went where nothing goes");
    })
    .await;
}

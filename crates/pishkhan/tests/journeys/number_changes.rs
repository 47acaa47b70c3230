//! Changing a number: by the codes of both, on a device that didn't come lately, or at the counter; and never in any other way.

use std::time::Duration;

use pishkhan_office::actor::Role;
use pishkhan_office::ids::LetterId;
use pishkhan_testkit::{Answer, Form, Letter, Plan, Sender, TestApp, on_both, on_both_as};

const OLD: &str = "09121234567";
const NEW: &str = "09351112233";
const CODES: &str = "/account/number/codes";
const DAY: u64 = 24 * 60 * 60;
const LATELY: &str = "حساب شما این دستگاه را از";

/// In a house where one number gets as many codes as it asks for.
async fn freely(test: impl AsyncFn(TestApp)) {
    let unlimited = |plan: &mut Plan| {
        plan.rules.limits.sends_per_number_per_15_minutes = 0;
        plan.rules.limits.sends_per_number_per_day = 0;
    };
    on_both_as(unlimited, test).await;
}

/// A sender of this number with a letter that was registered.
pub async fn with_letter(app: &TestApp, number: &str) -> (Sender, LetterId) {
    let sender = app.sender(number).signs_in().await;
    let letter = sender.sends(&Letter::default()).await;
    app.reviewer().await.registers(&letter).await;
    app.wait(11).await;
    // What was held goes out now, and no message about the letter comes between the codes.
    app.messages().await;
    (sender, letter)
}

/// The form with the new number.
async fn asking(sender: &Sender, number: &str) -> Form {
    sender.get("/account/number").await.ok().form("/account/number").fill("mobile", number)
}

/// The page of the codes, which are on their way to both.
pub async fn begun(sender: &Sender, number: &str) -> Answer {
    let answer = asking(sender, number).await.send().await;
    assert_eq!(answer.location(), CODES);
    answer.follow().await.ok()
}

/// The six digits of the last message to this number, which must be of that kind.
async fn code_to(app: &TestApp, number: &str, template: &str) -> String {
    let mail = app.last_message_to(number).await;
    assert_eq!(mail.template, template, "{}", mail.text);
    mail.text.chars().take(6).collect()
}

fn other_than(code: &str) -> &'static str {
    if code == "000000" { "111111" } else { "000000" }
}

async fn numbers(app: &TestApp) -> Vec<String> {
    app.texts("select mobile from senders where asleep_at is null order by mobile").await
}

async fn events(app: &TestApp) -> i64 {
    app.count("select count(*) from events where kind = 'sender_number_changed'").await
}

#[tokio::test]
async fn the_codes_of_both_numbers_change_it_and_the_letters_stay() {
    on_both(async |app| {
        let (sender, letter) = with_letter(&app, OLD).await;
        let elsewhere = app.sender(OLD).signs_in().await;
        sender.get("/account").await.ok().says("تغییر شماره");
        let page = begun(&sender, NEW).await;
        page.says("کد شماره کنونی");
        let old = code_to(&app, OLD, "old_number_code").await;
        assert!(app.last_message_to(OLD).await.text.contains("2233"), "it says for which number it is");
        let new = code_to(&app, NEW, "new_number_code").await;
        let form = page.form(CODES).fill("old_code", &old).fill("new_code", &new);
        let done = form.send().await.is(303);
        assert_eq!(done.location(), "/account?done=number");
        let page = done.follow().await.ok();
        page.says("شماره شما عوض شد");
        page.says("۰۹۳۵ ۱۱۱ ۲۲۳۳");
        assert_eq!(numbers(&app).await, ["+989351112233"]);
        sender.letter(&letter).await.says("شماره موبایل شما عوض شد");
        elsewhere.get(&format!("/letters/{letter}")).await.is(303);
        let told = app.last_message_to(OLD).await;
        assert_eq!(told.template, "number_changed");
        assert!(told.text.contains("کار شما نبود؟"), "{}", told.text);
        assert_eq!(events(&app).await, 1);
        app.reviewer().await.letter(&letter).await.says("شماره فرستنده با کد هر دو شماره عوض شد");
        // Whatever comes next goes to the new number, and the old one opens an account of its own.
        let officer = app.officer("شکایات").await;
        officer.takes(&letter).await;
        officer.answers(&letter, "انشعاب داده می‌شود.", &[]).await;
        assert_eq!(app.last_message_to(NEW).await.template, "letter_answered");
        app.wait(15 * 60 + 1).await;
        let stranger = app.sender(OLD).signs_in().await;
        stranger.get(&format!("/letters/{letter}")).await.is(404);
        stranger.get("/letters").await.ok().hides("درخواست بررسی قبض آب");
        app.sender(NEW).signs_in().await.letter(&letter).await;
        // The codes have served.
        form.send().await.is(303);
        assert_eq!(events(&app).await, 1);
    })
    .await;
}

#[tokio::test]
async fn each_code_is_typed_on_its_own_and_a_right_one_holds() {
    on_both(async |app| {
        let (sender, _) = with_letter(&app, OLD).await;
        let page = begun(&sender, NEW).await;
        let (old, new) = (code_to(&app, OLD, "old_number_code").await, code_to(&app, NEW, "new_number_code").await);
        let refused = page.form(CODES).send().await.is(422);
        assert_eq!(refused.attributes(".errs a", "href"), ["#old_code", "#new_code"]);
        refused.says("کدی را که به این شماره آمد بنویسید");
        let wrong = page.form(CODES).fill("old_code", other_than(&old)).fill("new_code", &new).send().await.is(422);
        wrong.says("کد درست نیست");
        wrong.says("درست بود");
        assert_eq!(wrong.attributes(".errs a", "href"), ["#old_code"]);
        assert!(!wrong.has("input[name=new_code]"));
        assert_eq!(numbers(&app).await, ["+989121234567"]);
        wrong.form(CODES).fill("old_code", &old).send().await.is(303);
        assert_eq!(numbers(&app).await, ["+989351112233"]);
    })
    .await;
}

#[tokio::test]
async fn late_codes_and_too_many_wrong_ones_change_nothing() {
    on_both(async |app| {
        let (sender, _) = with_letter(&app, OLD).await;
        let page = begun(&sender, NEW).await;
        let (old, new) = (code_to(&app, OLD, "old_number_code").await, code_to(&app, NEW, "new_number_code").await);
        page.form(CODES).fill("old_code", &old).fill("new_code", "").send().await.is(422);
        app.wait(10 * 60 + 1).await;
        let late = page.form(CODES).fill("new_code", &new).send().await.is(422);
        late.says("زمان این کد تمام شد");
        late.says("کدی در راه نیست یا زمانش تمام شد");
        assert_eq!(late.attributes(".errs a", "href"), ["#old_code", "#new_code"], "what was right ran out, too");
        for which in ["old", "new"] {
            let sent = late.form_of_button("again").forge("again", which).send().await.follow().await.ok();
            sent.says("کد تازه‌ای فرستادیم");
        }
        let (old, new) = (code_to(&app, OLD, "old_number_code").await, code_to(&app, NEW, "new_number_code").await);
        let form = late.form(CODES);
        for _ in 0..5 {
            form.clone().fill("old_code", &old).fill("new_code", other_than(&new)).send().await.is(422);
        }
        form.clone().fill("old_code", &old).fill("new_code", &new).send().await.is(422).says("دیگر کار نمی‌کند");
        assert_eq!(numbers(&app).await, ["+989121234567"]);
        assert_eq!(events(&app).await, 0);
    })
    .await;
}

#[tokio::test]
async fn codes_for_anything_else_or_of_anybody_else_are_worth_nothing() {
    on_both(async |app| {
        let (sender, _) = with_letter(&app, OLD).await;
        let signing_in = app.sender(NEW);
        signing_in.asks_for_code().await.is(303);
        let sign_in_code = signing_in.code().await;
        let other = app.sender("09123456789").signs_in().await;
        begun(&other, "09351119999").await;
        let foreign = code_to(&app, "09123456789", "old_number_code").await;
        let page = begun(&sender, NEW).await;
        let old = code_to(&app, OLD, "old_number_code").await;
        let new = code_to(&app, NEW, "new_number_code").await;
        for (typed, also) in [(&foreign, &sign_in_code), (&new, &old)] {
            if typed != &old && also != &new {
                let form = page.form(CODES).fill("old_code", typed).fill("new_code", also);
                let refused = form.send().await.is(422);
                assert_eq!(refused.attributes(".errs a", "href"), ["#old_code", "#new_code"]);
            }
        }
        // Another new number: the old one is asked anew, for it was told another.
        page.form(CODES).fill("old_code", &old).send().await.is(422).says("درست بود");
        let page = begun(&sender, "09351112244").await;
        page.hides("درست بود");
        assert!(app.last_message_to(OLD).await.text.contains("2244"));
        page.form(CODES).fill("old_code", &old).send().await.is(422);
        assert_eq!(numbers(&app).await, ["+989121234567", "+989123456789"]);
        // Nobody comes to the codes who has begun nothing.
        let third = app.sender("09121111111").signs_in().await;
        assert_eq!(third.get(CODES).await.location(), "/account/number");
    })
    .await;
}

#[tokio::test]
async fn what_is_typed_wrong_stays_and_the_limits_of_codes_hold() {
    on_both_as(
        |plan| plan.rules.limits.sends_per_number_per_15_minutes = 2,
        async |app| {
            let sender = app.sender(OLD).signs_in().await;
            for (typed, says) in [
                ("", "شماره تازه را بنویسید"),
                ("0912", "شماره باید ۱۱ رقم باشد"),
                ("+98 912 123 4567", "همان شماره کنونی"),
            ] {
                let refused = asking(&sender, typed).await.send().await.is(422);
                refused.says(says);
                assert_eq!(refused.value("mobile"), typed);
            }
            begun(&sender, NEW).await;
            begun(&sender, NEW).await;
            assert_eq!(app.messages().await.len(), 3, "what is on its way isn't sent twice");
            app.sender(NEW).asks_for_code().await.is(303);
            app.wait(61).await;
            let refused = asking(&sender, NEW).await.send().await.is(429);
            refused.says("چند کد پشت سر هم فرستاده شده است");
            assert_eq!(refused.value("mobile"), NEW);
            // The old number has had two, one of them to sign in: the page says until when to wait.
            let page = begun(&sender, "09351112244").await;
            page.says("هنوز کدی نرفته است به");
            page.form_of_button("again").press("again", "old").send().await.is(429);
            app.wait(15 * 60 + 1).await;
            let page = begun(&sender, NEW).await;
            let (old, new) = (code_to(&app, OLD, "old_number_code").await, code_to(&app, NEW, "new_number_code").await);
            page.form(CODES).fill("old_code", &old).fill("new_code", &new).send().await.is(303);
            assert_eq!(numbers(&app).await, ["+989351112233"]);
        },
    )
    .await;
}

#[tokio::test]
async fn a_challenge_stands_before_it() {
    on_both_as(
        |plan| plan.rules.sign_in.has_challenge = true,
        async |app| {
            let browser = app.browser();
            let page = browser.get("/?challenge=image").await.ok();
            let seen = app.image_code(&page.value("image"));
            let form = page.form("/sign-in").fill("mobile", OLD).fill("image_code", &seen);
            let page = form.send().await.follow().await.ok();
            let code = app.last_message_to(OLD).await.code();
            page.form("/sign-in/code").fill("code", &code).send().await.is(303);
            let page = browser.get("/account/number").await.ok();
            let refused = page.form("/account/number").fill("mobile", NEW).send().await.is(422);
            refused.says("بررسی خودکار انجام نشد");
            assert_eq!(refused.value("mobile"), NEW);
            assert_eq!(app.messages().await.len(), 1, "nothing is sent before it");
            let seen = app.image_code(&refused.value("image"));
            let form = refused.form("/account/number").fill("image_code", &seen);
            assert_eq!(form.send().await.location(), CODES);
        },
    )
    .await;
}

#[tokio::test]
async fn that_a_number_is_taken_is_said_only_to_whoever_has_proved_it() {
    on_both(async |app| {
        let (sender, _) = with_letter(&app, OLD).await;
        let (other, letter) = with_letter(&app, NEW).await;
        let page = begun(&sender, NEW).await;
        page.hides("حساب دیگری");
        let (old, new) = (code_to(&app, OLD, "old_number_code").await, code_to(&app, NEW, "new_number_code").await);
        let form = page.form(CODES).fill("old_code", &old);
        form.clone().fill("new_code", other_than(&new)).send().await.is(422).hides("حساب دیگری");
        let refused = form.fill("new_code", &new).send().await.is(422);
        refused.says("حساب دیگری با نامه‌های خودش دارد");
        assert_eq!(refused.value("mobile"), "۰۹۳۵ ۱۱۱ ۲۲۳۳");
        assert_eq!(numbers(&app).await, ["+989121234567", "+989351112233"]);
        other.letter(&letter).await;
        assert_eq!(events(&app).await, 0);
    })
    .await;
}

#[tokio::test]
async fn an_account_with_nothing_in_it_makes_room_and_so_does_one_that_was_idle_for_long() {
    on_both(async |app| {
        let (_, theirs) = with_letter(&app, NEW).await;
        app.wait(181 * DAY).await;
        let (sender, letter) = with_letter(&app, OLD).await;
        let empty = app.sender("09351112244").signs_in().await;
        for (from, to) in [(OLD, "09351112244"), ("09351112244", NEW)] {
            let page = begun(&sender, to).await;
            let old = code_to(&app, from, "old_number_code").await;
            let new = code_to(&app, to, "new_number_code").await;
            page.form(CODES).fill("old_code", &old).fill("new_code", &new).send().await.is(303);
            sender.letter(&letter).await;
            app.wait(15 * 60 + 1).await;
        }
        empty.get("/letters").await.is(303);
        assert_eq!(numbers(&app).await, ["+989351112233"]);
        assert_eq!(app.texts("select mobile from senders where asleep_at is not null").await, ["+989351112233"]);
        sender.get(&format!("/letters/{theirs}")).await.is(404);
        sender.get("/letters").await.ok().says("با این شماره پیش‌تر نامه‌ای فرستاده شده است");
    })
    .await;
}

#[tokio::test]
async fn news_that_waits_follows_to_the_new_number() {
    on_both(async |app| {
        let sender = app.sender(OLD).signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        assert_eq!(app.last_message_to(OLD).await.template, "letter_submitted");
        let page = begun(&sender, NEW).await;
        let (old, new) = (code_to(&app, OLD, "old_number_code").await, code_to(&app, NEW, "new_number_code").await);
        app.reviewer().await.dialog(&letter, "registration").await.send().await.is(303);
        page.form(CODES).fill("old_code", &old).fill("new_code", &new).send().await.is(303);
        app.wait(11).await;
        assert_eq!(app.last_message_to(NEW).await.template, "letter_registered");
        assert_eq!(app.last_message_to(OLD).await.template, "number_changed");
        let found = app.reviewer().await.get("/desk/search?q=09351112233").await.ok();
        found.says("درخواست بررسی قبض آب");
    })
    .await;
}

#[tokio::test]
async fn at_the_counter_a_reviewer_sees_a_paper_and_the_new_number_is_proved() {
    on_both(async |app| {
        let (sender, letter) = with_letter(&app, OLD).await;
        let action = format!("/desk/letters/{letter}/number");
        for role in [Role::Officer, Role::Signer, Role::Administrator, Role::Auditor] {
            let staff = app.staff(role).await;
            let token = staff.form_token().await;
            staff.get(&action).await.is(404);
            for next in ["send", "change"] {
                let fields = [("form_token", token.as_str()), ("next", next), ("mobile", NEW), ("code", "123456")];
                staff.post(&action, &fields).await.is(404);
            }
        }
        let reviewer = app.reviewer().await;
        reviewer.letter(&letter).await.says("تغییر شماره فرستنده");
        let form = reviewer.dialog(&letter, "number").await.press("next", "send");
        form.clone().fill("mobile", "0912").send().await.is(422).says("شماره باید ۱۱ رقم باشد");
        form.clone().fill("mobile", OLD).send().await.is(422).says("همان شماره کنونی");
        let page = form.fill("mobile", NEW).send().await.follow().await.ok();
        let code = code_to(&app, NEW, "new_number_code").await;
        let form = page.form(&action).press("next", "change");
        let colleague = app.more_reviewers(1).await.remove(0).get(&action).await.ok();
        assert_eq!((page.value("mobile").as_str(), colleague.value("mobile").as_str()), ("۰۹۳۵ ۱۱۱ ۲۲۳۳", ""));
        colleague.says("۰۹۳۵ ••• ۲۲۳۳");
        colleague.hides("۱۱۱ ۲۲۳۳");
        let refused = form.clone().send().await.is(422);
        assert_eq!(refused.attributes(".errs a", "href"), ["#code", "#paper", "#text"]);
        refused.says("کارت شناسایی را ببینید و این را نشان بزنید");
        let half = form.clone().fill("code", &code).fill("paper", "yes").send().await.is(422);
        assert_eq!(half.form(&action).value("code"), Some(code.as_str()), "the person need not tell it again");
        let form = form.fill("paper", "yes").fill("text", "گذرنامه را دیدم؛ گوشی‌اش گم شده است");
        let wrong = form.clone().fill("code", other_than(&code)).send().await.is(422);
        wrong.says("کد درست نیست");
        assert_eq!(wrong.form(&action).value("code"), Some(""));
        wrong.says("گوشی‌اش گم شده است");
        form.clone().fill("code", &code).send().await.is(303);
        form.fill("code", &code).send().await.is(422);
        assert_eq!(numbers(&app).await, ["+989351112233"]);
        sender.get(&format!("/letters/{letter}")).await.is(303);
        assert_eq!(app.last_message_to(OLD).await.template, "number_changed");
        let page = reviewer.letter(&letter).await;
        page.says("شماره فرستنده در پیشخوان عوض شد");
        page.says("گذرنامه را دیدم؛ گوشی‌اش گم شده است");
        page.hides("09121234567");
        let by = "select count(*) from events where kind = 'sender_number_changed' and actor_kind = 'staff'";
        assert_eq!(app.count(by).await, 1, "the event names the reviewer");
        app.sender(NEW).signs_in().await.letter(&letter).await.says("شماره موبایل شما عوض شد");
    })
    .await;
}

#[tokio::test]
async fn at_the_counter_too_a_number_with_an_account_is_refused_and_a_sleeper_is_woken_instead() {
    on_both(async |app| {
        let (_, theirs) = with_letter(&app, NEW).await;
        let (_, letter) = with_letter(&app, OLD).await;
        let action = format!("/desk/letters/{letter}/number");
        let reviewer = app.reviewer().await;
        let page = reviewer.dialog(&letter, "number").await.press("next", "send").fill("mobile", NEW).send().await;
        let page = page.follow().await.ok();
        let code = code_to(&app, NEW, "new_number_code").await;
        let form = page.form(&action).press("next", "change").fill("paper", "yes").fill("text", "کارت ملی");
        let form = form.fill("code", &code);
        form.send().await.is(422).says("مدیر سازمان آن را در «شماره‌ها» می‌بندد");
        // An administrator closes it, and the same code is still good.
        let administrator = app.staff(Role::Administrator).await;
        let closing = administrator.get("/desk/numbers").await.ok().form("/desk/numbers");
        closing.fill("mobile", NEW).fill("text", "خط به کس دیگری رسیده").send().await.is(303);
        form.send().await.is(303);
        assert_eq!(numbers(&app).await, ["+989351112233"]);
        reviewer.get(&format!("/desk/letters/{theirs}/number")).await.is(404);
        reviewer.get(&format!("/desk/letters/{theirs}/awakening")).await.ok();
    })
    .await;
}

#[tokio::test]
async fn a_device_that_came_lately_waits_for_a_day_and_reads_so_before_anything_is_typed() {
    freely(async |app| {
        let (owner, letter) = with_letter(&app, OLD).await;
        let newcomer = app.sender(OLD).signs_in().await;
        let page = newcomer.get("/account/number").await.ok();
        page.says(LATELY);
        page.says("به پیشخوان سازمان بیایید");
        assert!(!page.has("#mobile"), "there is nothing to fill in");
        let english = newcomer.browser.copied();
        english.reads_english();
        english.get("/account/number").await.ok().says("Your account has known this device since");

        let sent = app.messages().await.len();
        let token = newcomer.form_token().await;
        let fields = [("form_token", token.as_str()), ("mobile", NEW)];
        newcomer.post("/account/number", &fields).await.is(409).says(LATELY);
        assert_eq!(app.messages().await.len(), sent, "nothing is sent in vain");

        // What was begun on the owner's device is not ended on this one, not even by whoever reads both codes.
        begun(&owner, NEW).await;
        let (old, new) = (code_to(&app, OLD, "old_number_code").await, code_to(&app, NEW, "new_number_code").await);
        assert_eq!(newcomer.get(CODES).await.location(), "/account/number");
        let fields = [("form_token", token.as_str()), ("old_code", old.as_str()), ("new_code", new.as_str())];
        assert_eq!(newcomer.post(CODES, &fields).await.location(), "/account/number");
        assert_eq!(numbers(&app).await, ["+989121234567"]);
        assert_eq!(events(&app).await, 0);

        app.wait(DAY - 120).await;
        let newcomer = newcomer.signs_in().await;
        newcomer.get("/account/number").await.ok().says(LATELY);
        app.wait(180).await;
        let page = begun(&newcomer, NEW).await;
        let (old, new) = (code_to(&app, OLD, "old_number_code").await, code_to(&app, NEW, "new_number_code").await);
        page.form(CODES).fill("old_code", &old).fill("new_code", &new).send().await.is(303);
        assert_eq!(numbers(&app).await, ["+989351112233"]);
        newcomer.letter(&letter).await;
    })
    .await;
}

#[tokio::test]
async fn nobody_waits_where_no_letter_is_older_than_the_device_and_drafts_are_letters() {
    freely(async |app| {
        app.sender(OLD).signs_in().await;
        app.wait(60).await;
        let second = app.sender(OLD).signs_in().await;
        asking(&second, NEW).await;
        second.writes(&Letter::default()).await;
        asking(&second, NEW).await;
        app.wait(60).await;
        let third = app.sender(OLD).signs_in().await;
        third.get("/account/number").await.ok().says(LATELY);
        asking(&second, NEW).await;
        // A device that was forgotten is known since its session began.
        app.execute("delete from known_devices").await;
        third.get("/account/number").await.ok().says(LATELY);
        // Whoever has written nothing has nothing to wait for.
        let other = app.sender(NEW).signs_in().await;
        asking(&other, OLD).await;
    })
    .await;
}

#[tokio::test]
async fn where_there_is_no_such_time_a_device_that_came_lately_changes_it_at_once() {
    on_both_as(
        |plan| plan.rules.sign_in.settled_after = Duration::ZERO,
        async |app| {
            with_letter(&app, OLD).await;
            let newcomer = app.sender(OLD).signs_in().await;
            begun(&newcomer, NEW).await;
        },
    )
    .await;
}

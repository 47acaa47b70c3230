//! Recycled numbers: whoever gets a number that was somebody else's sees nothing of theirs, and whoever comes back to their own has
//! everything again.

use pishkhan_office::actor::Role;
use pishkhan_office::ids::LetterId;
use pishkhan_testkit::{Letter, Sender, TestApp, at_once, on_both};

const NUMBER: &str = "09121234567";
const DAY: u64 = 24 * 60 * 60;
const NOTE: &str = "با این شماره پیش‌تر نامه‌ای فرستاده شده است";

/// A letter of this number that was registered.
pub async fn registered(app: &TestApp, number: &str) -> LetterId {
    let sender = app.sender(number).signs_in().await;
    let letter = sender.sends(&Letter::default()).await;
    app.reviewer().await.registers(&letter).await;
    letter
}

/// Somebody signs in with the number, after so many days.
pub async fn comes_back(app: &TestApp, days: u64) -> Sender {
    app.wait(days * DAY).await;
    app.sender(NUMBER).signs_in().await
}

/// The messages about letters so far.
async fn told(app: &TestApp) -> usize {
    app.messages().await.iter().filter(|mail| mail.template.starts_with("letter_")).count()
}

#[tokio::test]
async fn a_number_that_was_idle_for_half_a_year_opens_an_empty_account() {
    on_both(async |app| {
        let letter = registered(&app, NUMBER).await;
        let stranger = comes_back(&app, 181).await;
        let history = stranger.get("/letters").await.ok();
        history.hides("درخواست بررسی قبض آب");
        history.hides("مریم احمدی");
        history.says(NOTE);
        stranger.get(&format!("/letters/{letter}")).await.is(404);
        stranger.get(&format!("/letters/{letter}/receipt")).await.is(404);
        stranger.get("/account").await.ok().hides("مریم احمدی");
        let open = "select count(*) from sessions s join senders h on h.id = s.holder_id
                    where h.asleep_at is not null and s.ended_at is null";
        assert_eq!(app.count(open).await, 0, "nobody is in any more who was");
        let before = told(&app).await;
        let officer = app.officer("شکایات").await;
        officer.takes(&letter).await;
        officer.answers(&letter, "انشعاب داده می‌شود.", &[]).await;
        assert_eq!(told(&app).await, before, "the stranger hears nothing of it");
        let page = app.reviewer().await.letter(&letter).await;
        page.says("در خواب است");
        page.says("حساب فرستنده به خواب رفت");
        assert!(!page.has("form[action$='/mobile']"), "the number isn't the sender's any more");
    })
    .await;
}

#[tokio::test]
async fn a_number_by_which_nobody_came_for_half_a_year_hears_nothing_before_anybody_signs_in() {
    on_both(async |app| {
        let first = registered(&app, NUMBER).await;
        let second = registered(&app, NUMBER).await;
        app.wait(179 * DAY).await;
        let before = told(&app).await;
        let officer = app.officer("شکایات").await;
        officer.takes(&first).await;
        officer.answers(&first, "انشعاب داده می‌شود.", &[]).await;
        assert_eq!(told(&app).await, before + 1);

        app.wait(2 * DAY).await;
        let officer = app.officer("شکایات").await;
        officer.takes(&second).await;
        officer.get(&format!("/desk/letters/{second}/questions")).await.ok().says("مدت‌هاست از شماره فرستنده خبری نیست");
        officer.answers(&second, "انشعاب داده می‌شود.", &[]).await;
        assert_eq!(told(&app).await, before + 1, "whoever has the number now hears nothing of it");
        assert_eq!(app.count("select count(*) from senders where asleep_at is not null").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_day_less_and_everything_is_still_there() {
    on_both(async |app| {
        let letter = registered(&app, NUMBER).await;
        let sender = comes_back(&app, 179).await;
        let history = sender.get("/letters").await.ok();
        history.says("درخواست بررسی قبض آب");
        history.hides(NOTE);
        sender.get("/account/earlier").await.is(404);
        // Whoever was here again is here for another half a year.
        let sender = comes_back(&app, 179).await;
        sender.letter(&letter).await.says("مریم احمدی");
        assert_eq!(app.count("select count(*) from senders").await, 1);
    })
    .await;
}

#[tokio::test]
async fn an_account_with_nothing_in_it_goes_on() {
    on_both(async |app| {
        app.sender(NUMBER).signs_in().await;
        let sender = comes_back(&app, 400).await;
        sender.get("/letters").await.ok().hides(NOTE);
        assert_eq!(app.count("select count(*) from senders").await, 1);
    })
    .await;
}

#[tokio::test]
async fn one_letter_proved_brings_all_of_them_back() {
    on_both(async |app| {
        for (number, statement) in [
            (NUMBER, "select receipt_code from letters where state <> 'draft' order by created_at, id"),
            (
                "09123456789",
                "select tracking_code from letters where tracking_code is not null order by created_at desc",
            ),
        ] {
            let first = registered(&app, number).await;
            let code = app.texts(statement).await.remove(0);
            let sender = app.sender(number).signs_in().await;
            let second = sender.sends(&Letter { subject: "نامه دوم", ..Letter::default() }).await;
            app.wait(181 * DAY).await;
            let sender = app.sender(number).signs_in().await;
            let new = sender.sends(&Letter { subject: "نامه تازه", ..Letter::default() }).await;
            let history = sender.get("/letters").await.ok();
            history.form("/account/earlier").fill("code", &code).send().await.is(303);
            for letter in [&first, &second, &new] {
                sender.letter(letter).await;
            }
            sender.letter(&first).await.says("نامه به حساب شما برگشت");
            let history = sender.get("/letters").await.ok();
            history.says("نامه دوم");
            history.hides(NOTE);
            sender.get("/account/earlier").await.is(404);
            let before = told(&app).await;
            app.reviewer().await.registers(&second).await;
            assert_eq!(told(&app).await, before + 1, "and messages go out again");
        }
        assert_eq!(app.count("select count(*) from senders").await, 2, "what slept is gone");
    })
    .await;
}

#[tokio::test]
async fn codes_of_others_and_guesses_open_nothing() {
    on_both(async |app| {
        let letter = registered(&app, NUMBER).await;
        registered(&app, "09123456789").await;
        let codes = app.texts("select tracking_code from letters order by created_at, id").await;
        let (own, other) = (&codes[0], &codes[1]);
        let sender = comes_back(&app, 181).await;
        let page = sender.get("/account/earlier").await.ok();
        let form = page.form("/account/earlier");
        form.clone().fill("code", "").send().await.is(422).says("شماره پیگیری نامه را بنویسید");
        form.clone().fill("code", "۱۲۳").send().await.is(422).says("کد رسید ۲۶ نویسه و شماره پیگیری ۱۲ رقم است.");
        for _ in 0..5 {
            let page = form.clone().fill("code", other).send().await.is(422);
            page.says("با این کد پیدا نشد");
            assert_eq!(page.value("code"), *other, "what was typed stays");
        }
        form.clone().fill("code", own).send().await.is(429).says("چند کد نادرست نوشته شد.");
        sender.get(&format!("/letters/{letter}")).await.is(404);
        // The other number has no part in it, asleep or awake.
        let stranger = app.sender("09123456789").signs_in().await;
        let form = stranger.get("/account/earlier").await.ok().form("/account/earlier");
        form.fill("code", own).send().await.is(422);
        let sender = comes_back(&app, 1).await;
        let form = sender.get("/account/earlier").await.ok().form("/account/earlier");
        form.fill("code", own).send().await.is(303);
        sender.letter(&letter).await;
    })
    .await;
}

#[tokio::test]
async fn an_administrator_closes_the_epoch_of_a_number() {
    on_both(async |app| {
        let letter = registered(&app, NUMBER).await;
        let owner = app.sender(NUMBER).signs_in().await;
        owner.letter(&letter).await;
        let administrator = app.staff(Role::Administrator).await;
        let page = administrator.get("/desk/numbers").await.ok();
        let form = page.form("/desk/numbers").fill("mobile", NUMBER);
        let refused = form.clone().send().await.is(422);
        refused.says("چند کلمه بنویسید");
        assert_eq!(refused.value("mobile"), NUMBER);
        let form = form.fill("text", "صاحب تازه خط زنگ زد");
        form.clone().fill("mobile", "0912").send().await.is(422).says("شماره باید ۱۱ رقم باشد");
        let both = form.clone().fill("mobile", "0912").fill("text", "").send().await.is(422);
        assert_eq!(both.attributes(".errs a", "href"), ["#mobile", "#text"]);
        form.clone().fill("mobile", "09123456789").send().await.is(422).says("حسابی با این شماره باز نیست");
        owner.letter(&letter).await;
        form.send().await.follow().await.ok().says("حساب این شماره به خواب رفت");
        form.send().await.is(422);
        owner.get(&format!("/letters/{letter}")).await.is(303);
        let stranger = app.sender(NUMBER).signs_in().await;
        stranger.get(&format!("/letters/{letter}")).await.is(404);
        stranger.get("/letters").await.ok().says(NOTE);
        let page = app.reviewer().await.letter(&letter).await;
        page.says("حساب فرستنده به خواب رفت");
        page.says("صاحب تازه خط زنگ زد");
        assert_eq!(
            app.count("select count(*) from events where kind = 'sender_asleep' and actor_kind = 'staff'").await,
            1
        );
        // The tracking code went to the number, perhaps to whoever has it now; the whole code of the receipt never did.
        let tracking = app.texts("select tracking_code from letters").await.remove(0);
        let receipt = app.texts("select receipt_code from letters").await.remove(0);
        let form = stranger.get("/account/earlier").await.ok().form("/account/earlier");
        form.clone().fill("code", &tracking).send().await.is(422).says("با کد رسید برمی‌گردد، نه با شماره پیگیری");
        stranger.get(&format!("/letters/{letter}")).await.is(404);
        form.fill("code", &receipt).send().await.is(303);
        stranger.letter(&letter).await;
    })
    .await;
}

#[tokio::test]
async fn what_slept_before_is_closed_with_the_number_and_alone() {
    on_both(async |app| {
        let letter = registered(&app, NUMBER).await;
        let stranger = comes_back(&app, 181).await;
        stranger.get("/letters").await.ok().says(NOTE);
        let administrator = app.staff(Role::Administrator).await;
        let form = administrator.get("/desk/numbers").await.ok().form("/desk/numbers");
        let form = form.fill("mobile", NUMBER).fill("text", "صاحب تازه خط زنگ زد");
        form.send().await.is(303);
        stranger.get("/letters").await.is(303);
        app.reviewer().await.letter(&letter).await.says("صاحب تازه خط زنگ زد");
        let tracking = app.texts("select tracking_code from letters").await.remove(0);
        let receipt = app.texts("select receipt_code from letters").await.remove(0);
        let stranger = app.sender(NUMBER).signs_in().await;
        let earlier = stranger.get("/account/earlier").await.ok().form("/account/earlier");
        earlier.clone().fill("code", &tracking).send().await.is(422);
        stranger.get(&format!("/letters/{letter}")).await.is(404);
        earlier.fill("code", &receipt).send().await.is(303);
        stranger.letter(&letter).await;

        // Nobody is awake any more, and what sleeps is closed all the same, once.
        app.wait(181 * DAY).await;
        app.execute("update senders set asleep_at = seen_at where mobile <> '' and asleep_at is null").await;
        let administrator = app.staff(Role::Administrator).await;
        let form = administrator.get("/desk/numbers").await.ok().form("/desk/numbers");
        let form = form.fill("mobile", NUMBER).fill("text", "صاحب تازه خط زنگ زد");
        form.send().await.is(303);
        assert_eq!(
            app.count("select count(*) from senders where asleep_at is not null and closed_at is null").await,
            0
        );
        form.send().await.is(422).says("حسابی با این شماره باز نیست");
    })
    .await;
}

#[tokio::test]
async fn an_epoch_that_six_close_at_once_is_closed_once() {
    on_both(async |app| {
        registered(&app, NUMBER).await;
        let administrator = app.staff(Role::Administrator).await;
        let form = administrator.get("/desk/numbers").await.ok().form("/desk/numbers");
        let form = form.fill("mobile", "۰۹۱۲-۱۲۳-۴۵۶۷").fill("text", "صاحب تازه خط زنگ زد");
        at_once(vec![form.clone(); 6]).await;
        let asleep = "select count(*) from senders where asleep_at is not null and closed_at = asleep_at";
        assert_eq!(app.count(asleep).await, 1);
        assert_eq!(app.count("select count(*) from events where kind = 'sender_asleep'").await, 1);
        form.send().await.is(422).says("حسابی با این شماره باز نیست");
    })
    .await;
}

#[tokio::test]
async fn nobody_else_closes_an_epoch() {
    on_both(async |app| {
        let letter = registered(&app, NUMBER).await;
        for role in [Role::Reviewer, Role::Officer, Role::Signer, Role::Auditor] {
            let staff = app.staff(role).await;
            let token = staff.form_token().await;
            staff.get("/desk/numbers").await.is(404);
            let fields = [("form_token", token.as_str()), ("mobile", NUMBER), ("text", "بی دلیل")];
            staff.post("/desk/numbers", &fields).await.is(404);
        }
        app.sender(NUMBER).signs_in().await.letter(&letter).await;
        assert_eq!(app.count("select count(*) from senders where asleep_at is not null").await, 0);
    })
    .await;
}

#[tokio::test]
async fn the_number_that_a_clerk_typed_is_shown_whole_to_no_colleague() {
    on_both(async |app| {
        let letter = registered(&app, NUMBER).await;
        comes_back(&app, 181).await;
        let action = format!("/desk/letters/{letter}/awakening");
        let clerk = app.came_in(Role::Reviewer, None).await;
        let colleague = app.more_reviewers(1).await.remove(0);
        let form = clerk.dialog(&letter, "awakening").await.press("next", "send").fill("mobile", "09351112233");
        let page = form.send().await.follow().await.ok();
        assert_eq!(page.value("mobile"), "۰۹۳۵ ۱۱۱ ۲۲۳۳", "whoever typed it reads where the code went");
        let code = app.last_message_to("09351112233").await.filing_code();
        let seen = colleague.get(&action).await.ok();
        seen.says("۰۹۳۵ ••• ۲۲۳۳");
        seen.hides("۰۹۳۵ ۱۱۱");
        assert_eq!(seen.value("mobile"), "");
        let form = seen.form(&action).fill("paper", "yes");
        let wrong = if code == "000000" { "111111" } else { "000000" };
        form.clone().press("next", "wake").fill("code", wrong).send().await.is(422).hides("۰۹۳۵ ۱۱۱");
        form.clone().press("next", "send").send().await.is(422).says("شماره باید ۱۱ رقم باشد");
        // By the code alone they go on for their colleague.
        form.press("next", "wake").fill("code", &code).send().await.is(303);
        app.sender("09351112233").signs_in().await.letter(&letter).await.says("نامه به حساب شما برگشت");
    })
    .await;
}

#[tokio::test]
async fn a_reviewer_gives_the_account_back_to_the_number_that_its_sender_has_now() {
    on_both(async |app| {
        let letter = registered(&app, NUMBER).await;
        let action = format!("/desk/letters/{letter}/awakening");
        let reviewer = app.reviewer().await;
        reviewer.get(&action).await.is(404);
        let stranger = comes_back(&app, 181).await;
        let reviewer = app.reviewer().await;
        reviewer.letter(&letter).await.says("برگرداندن حساب فرستنده");
        for role in [Role::Officer, Role::Signer, Role::Administrator, Role::Auditor] {
            let staff = app.staff(role).await;
            let token = staff.form_token().await;
            staff.get(&action).await.is(404);
            for next in ["send", "wake"] {
                let fields = [("form_token", token.as_str()), ("next", next), ("mobile", NUMBER), ("code", "123456")];
                staff.post(&action, &fields).await.is(404);
            }
        }
        let dialog = reviewer.get(&action).await.ok();
        assert_eq!(dialog.value("mobile"), "", "the old number is shown to nobody who hasn't asked for it on record");
        dialog.hides("۰۹۱۲ ۱۲۳ ۴۵۶۷");
        let form = dialog.form(&action).press("next", "send");
        form.clone().fill("mobile", "0912").send().await.is(422).says("شماره باید ۱۱ رقم باشد");
        let page = form.fill("mobile", "09351112233").send().await.follow().await.ok();
        let code = app.last_message_to("09351112233").await.filing_code();
        let form = page.form(&action).press("next", "wake");
        let refused = form.clone().send().await.is(422);
        assert_eq!(refused.attributes(".errs a", "href"), ["#code", "#paper"]);
        let wrong = if code == "000000" { "111111" } else { "000000" };
        let form = form.fill("paper", "yes");
        form.clone().fill("code", wrong).send().await.is(422).says("کد درست نیست");
        form.clone().fill("code", &code).send().await.is(303);
        form.fill("code", &code).send().await.is(404);
        let owner = app.sender("09351112233").signs_in().await;
        owner.letter(&letter).await.says("نامه به حساب شما برگشت");
        stranger.get(&format!("/letters/{letter}")).await.is(404);
        stranger.get("/letters").await.ok().hides(NOTE);
        let officer = app.officer("شکایات").await;
        officer.takes(&letter).await;
        officer.answers(&letter, "انشعاب داده می‌شود.", &[]).await;
        assert_eq!(app.last_message_to("09351112233").await.template, "letter_answered");
        let found = app.reviewer().await.get("/desk/search?q=09351112233").await.ok();
        assert!(found.has(&format!("a[href^='/desk/letters/{letter}']")), "it is found by the number of now");
        let by = "select count(*) from events where kind = 'sender_woken' and actor_kind = 'staff'";
        assert_eq!(app.count(by).await, 1, "the event names the reviewer");
    })
    .await;
}

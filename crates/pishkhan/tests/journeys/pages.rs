//! Pages as people read them, in both languages. A change of a sentence shows in the snapshots, and is looked at.

use pishkhan_courier::gateways::Purpose;
use pishkhan_office::accounts::second_factor;
use pishkhan_office::accounts::staff;
use pishkhan_office::actor::Role;
use pishkhan_office::papers;
use pishkhan_office::texts::{self, TextKind};
use pishkhan_testkit::{Answer, Attachment, Browser, Kind, Letter, PASSWORD, Plan, TestApp, on_one, samples};
use regex::Regex;

/// The text of a page without what differs from run to run.
fn steady(page: &Answer) -> String {
    let mut text = page.text();
    let replacements = [
        (r"\b[0-9a-f]{64}\b", "[sha256]"),
        (r"(?m)^- [0-9a-z]{4}-[0-9a-z]{4}$", "- [recovery code]"),
        (r"(6[0-9]|5[0-9]|۶[۰-۹]|۵[۰-۹]) (seconds|ثانیه)", "[60] $2"),
        (r"[0-9a-z]{4}(-[0-9a-z]{1,4}){6}", "[receipt]"),
        (r"/letters/[a-z2-7]{26}", "/letters/[id]"),
        (r"[0-9۰-۹]{4}-[0-9۰-۹]{4}-[0-9۰-۹]{4}", "[tracking]"),
        (r"[0-9۰-۹]{3}-[0-9۰-۹]{4}", "[receipt]"),
        (r"\b[0-9]{12}\b", "[tracking]"),
        (r"10\.0\.\d+\.7", "[address]"),
        (r"\b[A-Z2-7]{4}( [A-Z2-7]{4}){3,}\b", "[secret]"),
        (r"\b[a-z2-7]{26}\b", "[id]"),
    ];
    for (pattern, name) in replacements {
        text = Regex::new(pattern).expect("a good pattern").replace_all(&text, name).into_owned();
    }
    text
}

/// Compares a page in both languages with what was looked at before.
async fn looks_as_before(name: &str, browser: &Browser, path: &str) {
    read_as_before(name, &browser.get(path).await, &in_english(browser).get(path).await);
}

/// Compares what a Persian and an English reader were answered with what was looked at before.
fn read_as_before(name: &str, persian: &Answer, english: &Answer) {
    insta::assert_snapshot!(format!("{name}_fa"), steady(persian));
    insta::assert_snapshot!(format!("{name}_en"), steady(english));
}

/// Another browser that is where this one is, and reads English.
fn in_english(browser: &Browser) -> Browser {
    let english = browser.copied();
    english.reads_english();
    english
}

/// The fastest clock in the house: minutes must not pass between the pages of a test.
async fn on_a_still_day(test: impl AsyncFn(TestApp)) {
    on_one(Kind::Sqlite, |_| {}, test).await;
}

#[tokio::test]
async fn what_visitors_read() {
    on_a_still_day(async |app| {
        let browser = app.browser();
        looks_as_before("sign_in", &browser, "/").await;
        looks_as_before("tracking", &browser, "/tracking").await;
        looks_as_before("help", &browser, "/help").await;
        looks_as_before("not_found", &browser, "/nowhere").await;
        looks_as_before("unknown_host", &browser.clone().with("host", "nobody.example"), "/").await;
        looks_as_before("desk_sign_in", &browser, "/desk/sign-in").await;
        let sender = app.sender("09121234567");
        sender.asks_for_code().await.is(303);
        looks_as_before("code", &sender, "/sign-in/code").await;
    })
    .await;
}

#[tokio::test]
async fn what_the_challenged_read() {
    let plan = |plan: &mut Plan| plan.rules.sign_in.has_challenge = true;
    on_one(Kind::Sqlite, plan, async |app| {
        looks_as_before("sign_in_proof", &app.browser(), "/").await;
        looks_as_before("sign_in_image", &app.browser(), "/?challenge=image").await;
    })
    .await;
}

#[tokio::test]
async fn what_senders_read_before_and_while_they_write() {
    on_a_still_day(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        looks_as_before("history_empty", &sender, "/letters").await;
        looks_as_before("draft_new", &sender, "/letters/new").await;
        let form = sender.get("/letters/new").await.ok().form("/drafts");
        insta::assert_snapshot!("draft_faults_fa", steady(&form.press("next", "check").send().await.is(422)));
        let form = in_english(&sender).get("/letters/new").await.ok().form("/drafts");
        insta::assert_snapshot!("draft_faults_en", steady(&form.press("next", "check").send().await.is(422)));
        let check = sender.writes(&Letter::with_file()).await;
        let draft = pishkhan_testkit::draft_of(&check);
        looks_as_before("check", &sender, &format!("/drafts/{draft}")).await;
        looks_as_before("account", &sender, "/account").await;
        looks_as_before("account_number", &sender, "/account/number").await;
        let form = sender.get("/account/number").await.ok().form("/account/number");
        form.fill("mobile", "09351112233").send().await.is(303);
        looks_as_before("account_number_codes", &sender, "/account/number/codes").await;
        app.carries_mail(&[Purpose::Code, Purpose::Notice]).await;
        looks_as_before("account_email", &sender, "/account/email").await;
        let form = sender.get("/account/email").await.ok().form("/account/email");
        form.fill("address", "maryam@example.ir").send().await.is(303);
        looks_as_before("account_email_code", &sender, "/account/email").await;
    })
    .await;
}

#[tokio::test]
async fn what_senders_and_staff_read_of_a_letter_in_each_state() {
    on_a_still_day(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::with_file()).await;
        let (page, desk) = (format!("/letters/{letter}"), format!("/desk/letters/{letter}"));
        looks_as_before("receipt", &sender, &format!("{page}/receipt")).await;
        looks_as_before("letter_submitted", &sender, &page).await;
        let reviewer = app.reviewer().await;
        looks_as_before("desk_tray", &reviewer, "/desk").await;
        looks_as_before("desk_letter_submitted", &reviewer, &desk).await;
        looks_as_before("desk_registration", &reviewer, &format!("{desk}/registration")).await;
        looks_as_before("desk_rejection", &reviewer, &format!("{desk}/rejection")).await;
        looks_as_before("desk_redirection", &reviewer, &format!("{desk}/redirection")).await;
        looks_as_before("desk_number", &reviewer, &format!("{desk}/number")).await;
        reviewer.registers(&letter).await;
        looks_as_before("letter_registered", &sender, &page).await;
        let officer = app.officer("شکایات").await;
        looks_as_before("desk_letter_registered", &officer, &desk).await;
        looks_as_before("desk_tray_officer", &officer, "/desk").await;
        looks_as_before("desk_taking", &officer, &format!("{desk}/taking")).await;
        officer.takes(&letter).await;
        looks_as_before("letter_in_progress", &sender, &page).await;
        looks_as_before("desk_letter_in_progress", &officer, &desk).await;
        looks_as_before("desk_answer", &officer, &format!("{desk}/answer")).await;
        officer.answers(&letter, "قبض اصلاح شد.", &[Attachment::new("پاسخ.pdf", samples::pdf("answer"))]).await;
        looks_as_before("letter_answered", &sender, &page).await;
        looks_as_before("desk_letter_answered", &officer, &desk).await;
        app.time_comes(30).await;
        looks_as_before("letter_closed", &sender, &page).await;
        looks_as_before("desk_letter_closed", &officer, &desk).await;
        looks_as_before("desk_administrator", &app.staff(Role::Administrator).await.browser, "/desk").await;
    })
    .await;
}

#[tokio::test]
async fn what_senders_read_of_a_rejection_and_of_all_their_letters() {
    on_a_still_day(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let rejected = sender.sends(&Letter { subject: "نامه رد شده", ..Letter::default() }).await;
        let registered = sender.sends(&Letter { subject: "نامه ثبت شده", ..Letter::default() }).await;
        sender.sends(&Letter { subject: "نامه در بررسی", ..Letter::default() }).await;
        sender.writes(&Letter { subject: "پیش‌نویس", ..Letter::default() }).await;
        let reviewer = app.reviewer().await;
        reviewer.rejects(&rejected, "قبض خوانا نیست.").await;
        reviewer.registers(&registered).await;
        looks_as_before("letter_rejected", &sender, &format!("/letters/{rejected}")).await;
        looks_as_before("desk_letter_rejected", &reviewer, &format!("/desk/letters/{rejected}")).await;
        looks_as_before("history", &sender, "/letters").await;
        let tracking = sender.get("/letters").await.ok().attribute("button.copy", "data-copy");
        let browser = app.browser();
        let asked = async |browser: &Browser| {
            browser.get("/tracking").await.ok().form("/tracking").fill("code", &tracking).send().await.ok()
        };
        read_as_before("tracking_found", &asked(&browser).await, &asked(&in_english(&browser)).await);
        let asked = async |browser: &Browser| {
            browser.get("/tracking").await.ok().form("/tracking").fill("code", "2345-6789-2345").send().await
        };
        read_as_before("tracking_not_found", &asked(&browser).await, &asked(&in_english(&browser)).await);
    })
    .await;
}

#[tokio::test]
async fn what_senders_and_staff_read_of_a_return() {
    on_a_still_day(async |app| {
        let mut tx = app.begin().await;
        let unit = &app.unit("شکایات").id;
        papers::add(&mut tx, unit, "تصویر قبض", "A picture of the bill").await.expect("a paper");
        texts::add(&mut tx, TextKind::Return, "خوانا", "عکس باید خوانا باشد.").await.expect("a text");
        tx.commit().await.expect("both are kept");
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::with_file()).await;
        let reviewer = app.reviewer().await;
        let address = format!("/desk/letters/{letter}/return");
        looks_as_before("desk_return", &reviewer, &address).await;
        let form = reviewer.dialog(&letter, "return").await;
        let form = form.fill("others", "کد ملی\nنشانی ملک").fill("note", "عکس باید خوانا باشد.");
        reviewer.decides(form).await;
        looks_as_before("letter_returned", &sender, &format!("/letters/{letter}")).await;
        looks_as_before("desk_letter_returned", &reviewer, &format!("/desk/letters/{letter}")).await;
    })
    .await;
}

#[tokio::test]
async fn what_staff_read_of_referrals_and_of_the_thread() {
    on_a_still_day(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        app.reviewer().await.registers(&letter).await;
        let officer = app.officer("شکایات").await;
        officer.takes(&letter).await;
        officer.asks(&letter, "کدام ملک؟", &[]).await;
        looks_as_before("letter_asked", &sender, &format!("/letters/{letter}")).await;
        sender.replies(&letter, "همان که در نامه است.", &[]).await;
        looks_as_before("desk_referral", &officer, &format!("/desk/letters/{letter}/referrals")).await;
        officer.refers(&letter, "بایگانی", "answer", "پرونده پیشین دارد؟").await;
        let form = officer.referral(&letter, "امور مالی", None, "action").await;
        form.fill("text", "لطفاً بررسی کنید").fill("days", "5").send().await.is(303);
        let finance = app.officer("امور مالی").await;
        looks_as_before("desk_letter_referred", &finance, &format!("/desk/letters/{letter}")).await;
    })
    .await;
}

#[tokio::test]
async fn what_staff_read_who_decide_about_several_letters() {
    on_a_still_day(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        let (reviewer, officer) = (app.reviewer().await, app.officer("شکایات").await);
        for deed in ["register", "reject"] {
            let address = format!("/desk/selection?deed={deed}&letter-{letter}=3");
            looks_as_before(&format!("desk_selection_{deed}"), &reviewer, &address).await;
        }
        reviewer.registers(&letter).await;
        let address = format!("/desk/selection/referrals?show=unit&letter-{letter}=4");
        looks_as_before("desk_selection_refer", &officer, &address).await;
    })
    .await;
}

#[tokio::test]
async fn what_staff_read_on_their_way_in() {
    on_a_still_day(async |app| {
        let browser = app.browser();
        let form = browser.get("/desk/sign-in").await.ok().form("/desk/sign-in");
        form.fill("email", &app.account(Role::Reviewer).email).fill("password", PASSWORD).send().await.is(303);
        looks_as_before("desk_second_factor", &browser, "/desk/sign-in/second-factor").await;
        let invitation = invited(&app, "first@example.ir").await;
        looks_as_before("desk_invitation", &browser, &invitation).await;
        let english = in_english(&browser);
        let persian_codes = accepted(&browser, &invitation).await;
        let other_codes = accepted(&english, &invited(&app, "second@example.ir").await).await;
        read_as_before("desk_recovery_codes", &persian_codes, &other_codes);
        looks_as_before("desk_invitation_gone", &browser, &invitation).await;
        looks_as_before("desk_tray_empty", &app.reviewer().await.browser, "/desk").await;
    })
    .await;
}

/// Where somebody new is invited to.
async fn invited(app: &TestApp, email: &str) -> String {
    let mut tx = app.begin().await;
    let (_, token) = staff::invite(&mut tx, email, "پروین دانا", &[]).await.expect("somebody is invited");
    tx.commit().await.expect("the invitation is kept");
    format!("/desk/invitations/{}", token.as_str())
}

/// Accepts an invitation with the app that its page sets up.
async fn accepted(browser: &Browser, invitation: &str) -> Answer {
    let page = browser.get(invitation).await.ok();
    let secret = page.attribute("button.copy", "data-copy");
    let code = second_factor::code_at(&secret, browser.app().now()).expect("a good secret");
    page.form(invitation).fill("password", PASSWORD).fill("code", &code).send().await.ok()
}

#[tokio::test]
async fn what_those_read_who_come_too_late() {
    on_a_still_day(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        let reviewer = app.reviewer().await;
        let form = reviewer.dialog(&letter, "rejection").await.fill("reason", "other").fill("note", "قبض خوانا نیست.");
        reviewer.registers(&letter).await;
        let english = in_english(&reviewer);
        read_as_before("desk_conflict", &form.send().await.is(409), &form.by(&english).send().await.is(409));
    })
    .await;
}

#[tokio::test]
async fn what_those_read_who_wait_and_who_wait_too_often() {
    let plan = |plan: &mut Plan| {
        plan.rules.sign_in.has_challenge = true;
        plan.rules.limits.waits_per_address_per_hour = 1;
    };
    on_one(Kind::Sqlite, plan, async |app| {
        let browser = app.browser();
        let token = browser.form_token().await;
        let wait = async |browser: &Browser| browser.post("/sign-in/wait", &[("form_token", &token)]).await;
        let page = wait(&browser).await.location();
        looks_as_before("sign_in_wait", &browser, &page).await;
        let english = in_english(&browser);
        read_as_before("problem_too_many", &wait(&browser).await.is(429), &wait(&english).await.is(429));
        app.wait(61).await;
        looks_as_before("sign_in_waited", &browser, &page).await;
    })
    .await;
}

#[tokio::test]
async fn what_those_read_whose_request_is_refused() {
    on_a_still_day(async |app| {
        let browser = app.browser();
        let english = in_english(&browser);
        let expired = async |browser: &Browser| browser.post("/tracking", &[("form_token", "x")]).await.is(403);
        read_as_before("problem_form_expired", &expired(&browser).await, &expired(&english).await);
        let large = "x".repeat(3 * 1024 * 1024);
        let too_large = async |browser: &Browser| browser.post("/tracking", &[("code", &large)]).await.is(413);
        read_as_before("problem_too_large", &too_large(&browser).await, &too_large(&english).await);
        let reviewer = app.reviewer().await;
        looks_as_before("desk_not_found", &reviewer, "/desk/letters/aaaaaaaaaaaaaaaaaaaaaaaaaa").await;
    })
    .await;
}

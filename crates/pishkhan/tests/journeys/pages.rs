//! Pages as people read them, in both languages. A change of a sentence shows in the snapshots, and is looked at.

use pishkhan_office::actor::Role;
use pishkhan_testkit::{Answer, Attachment, Browser, Kind, Letter, TestApp, on_one, samples};
use regex::Regex;

/// The text of a page without what differs from run to run.
fn steady(page: &Answer) -> String {
    let mut text = page.text();
    let replacements = [
        (r"\b[0-9a-f]{64}\b", "[sha256]"),
        (r"[0-9a-z]{4}(-[0-9a-z]{1,4}){6}", "[receipt]"),
        (r"/letters/[a-z2-7]{26}", "/letters/[id]"),
        (r"[0-9۰-۹]{4}-[0-9۰-۹]{4}-[0-9۰-۹]{4}", "[tracking]"),
        (r"[0-9۰-۹]{3}-[0-9۰-۹]{4}", "[receipt]"),
        (r"\b[0-9]{12}\b", "[tracking]"),
        (r"10\.0\.\d+\.7", "[address]"),
    ];
    for (pattern, name) in replacements {
        text = Regex::new(pattern).expect("a good pattern").replace_all(&text, name).into_owned();
    }
    text
}

/// Compares a page in both languages with what was looked at before.
async fn looks_as_before(name: &str, browser: &Browser, path: &str) {
    let page = browser.get(path).await;
    insta::assert_snapshot!(format!("{name}_fa"), steady(&page));
    let english = browser.copied();
    english.reads_english();
    let page = english.get(path).await;
    let text = steady(&page);
    insta::assert_snapshot!(format!("{name}_en"), text);
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
    let plan = |plan: &mut pishkhan_testkit::Plan| plan.rules.sign_in.has_challenge = true;
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
        let english = sender.copied();
        english.reads_english();
        let form = english.get("/letters/new").await.ok().form("/drafts");
        insta::assert_snapshot!("draft_faults_en", steady(&form.press("next", "check").send().await.is(422)));
        let check = sender.writes(&Letter::with_file()).await;
        let draft = pishkhan_testkit::draft_of(&check);
        looks_as_before("check", &sender, &format!("/drafts/{draft}")).await;
        looks_as_before("account", &sender, "/account").await;
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
        reviewer.registers(&letter).await;
        looks_as_before("letter_registered", &sender, &page).await;
        let officer = app.officer("شکایات").await;
        looks_as_before("desk_letter_registered", &officer, &desk).await;
        officer.takes(&letter).await;
        looks_as_before("letter_in_progress", &sender, &page).await;
        looks_as_before("desk_answer", &officer, &format!("{desk}/answer")).await;
        officer.answers(&letter, "قبض اصلاح شد.", &[Attachment::new("پاسخ.pdf", samples::pdf("answer"))]).await;
        looks_as_before("letter_answered", &sender, &page).await;
        looks_as_before("desk_letter_answered", &officer, &desk).await;
        officer.closes(&letter).await;
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
        let form = app.browser().get("/tracking").await.ok().form("/tracking").fill("code", &tracking);
        insta::assert_snapshot!("tracking_found_fa", steady(&form.send().await.ok()));
    })
    .await;
}

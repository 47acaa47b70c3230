//! Drafts: saved as they are typed, in as many tabs as people open, and sent only as they were looked at.

use pishkhan_testkit::{Attachment, Form, Letter, Sender, draft_of, on_both, samples, submission_of};

/// The form of the draft that is on the check page.
async fn edited(sender: &Sender, check: &pishkhan_testkit::Answer) -> Form {
    let page = sender.get(&format!("/letters/new?draft={}", draft_of(check))).await.ok();
    page.form(&format!("/drafts/{}", draft_of(check)))
}

#[tokio::test]
async fn a_draft_saves_itself_without_a_page() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let form = sender.fills_in(&Letter::default()).await.fill("subject", "نیمه‌کاره");
        let silent = form.clone().by(&sender.browser.clone().with("x-autosave", "1"));
        let saved = silent.send().await.is(204);
        assert!(saved.body.is_empty());
        silent.fill("subject", "نیمه‌کاره ۲").send().await.is(204);
        assert_eq!(app.texts("select subject from letters").await, ["نیمه‌کاره ۲"], "one draft, the last words");
        let check = form.fill("subject", "تمام").press("next", "check").send().await.follow().await.ok();
        check.says("تمام");
        assert_eq!(app.count("select count(*) from letters").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_draft_that_changed_after_the_look_is_looked_at_again() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let check = sender.writes(&Letter::with_file()).await;
        let other_tab = edited(&sender, &check).await.fill("subject", "موضوع تازه").press("next", "later");
        other_tab.send().await.is(303);
        let stale = check.form(&submission_of(&check)).send().await.is(409);
        stale.says("پیش‌نویس در صفحه دیگری تغییر کرده بود.");
        stale.says("موضوع تازه");
        assert_eq!(app.count("select count(*) from letters where state = 'draft'").await, 1);
        sender.submits(&stale).await.says("موضوع تازه");
    })
    .await;
}

#[tokio::test]
async fn of_two_tabs_the_last_word_counts_and_no_file_is_lost() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let check = sender.writes(&Letter::default()).await;
        let file = |name: &str| Attachment::new(name, samples::pdf(name));
        let one = edited(&sender, &check).await.fill("subject", "یک").attach("files", file("one.pdf"));
        let two = edited(&sender, &check).await.fill("subject", "دو").attach("files", file("two.pdf"));
        one.press("next", "check").send().await.is(303);
        let both = two.press("next", "check").send().await.follow().await.ok();
        for shown in ["دو", "one.pdf", "two.pdf"] {
            both.says(shown);
        }
    })
    .await;
}

#[tokio::test]
async fn a_draft_that_was_sent_meanwhile_is_the_letter_it_became() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let check = sender.writes(&Letter::default()).await;
        let tab = edited(&sender, &check)
            .await
            .fill("subject", "دیر آمد")
            .attach("files", Attachment::new("a.pdf", samples::pdf("late")));
        sender.submits(&check).await;
        let late = tab.press("next", "check").send().await;
        assert!([303, 404, 409].contains(&late.status.as_u16()), "{}", late.status);
        let letter = draft_of(&check);
        assert_eq!(sender.get(&format!("/drafts/{letter}")).await.location(), format!("/letters/{letter}"));
        assert_eq!(app.texts("select subject from letters").await, ["درخواست بررسی قبض آب"]);
        assert_eq!((app.count("select count(*) from files").await, app.files().await), (0, 0));
        let token = sender.form_token().await;
        sender.post(&format!("/drafts/{letter}/disposal"), &[("form_token", &token)]).await.is(404);
        sender.letter(&letter).await;
    })
    .await;
}

#[tokio::test]
async fn a_discarded_draft_is_gone() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let check = sender.writes(&Letter::with_file()).await;
        let file = check.attribute("a[href^='/files/']", "href");
        let draft = draft_of(&check);
        let home = sender.get("/letters?show=drafts").await.ok();
        let discard = home.form(&format!("/drafts/{draft}/disposal"));
        assert_eq!(discard.send().await.location(), "/letters");
        sender.get(&file).await.is(404);
        sender.get(&format!("/drafts/{draft}")).await.is(404);
        check.form(&submission_of(&check)).send().await.is(404);
        discard.send().await.is(404);
        sender.get("/letters").await.ok().says("هنوز نامه‌ای نفرستاده‌اید");
    })
    .await;
}

#[tokio::test]
async fn a_unit_that_was_closed_meanwhile_must_be_chosen_again() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let check = sender.writes(&Letter::default()).await;
        app.execute("update units set archived_at = 1 where code = 'ش' and organisation_id = 'nemune'").await;
        let refused = check.form(&submission_of(&check)).send().await.is(422);
        refused.says("گیرنده نامه را انتخاب کنید");
        assert_eq!(refused.value("subject"), "درخواست بررسی قبض آب");
        let shown = sender.get(&format!("/drafts/{}", draft_of(&check))).await.is(422);
        assert_eq!(shown.all(".errs li"), ["گیرنده نامه را انتخاب کنید"]);
    })
    .await;
}

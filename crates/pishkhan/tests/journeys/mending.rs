//! Dialogs of the desk that come back to be mended: each fault stands beside its field, all of them at once, and whoever mends a form
//! has seen no more of the letter than before.

use pishkhan_testkit::{Answer, Attachment, Letter, on_both};

/// That each of these fields has its sentence beside it, and the summary a line for each.
#[track_caller]
fn assert_beside(answer: &Answer, errors: &[&str]) {
    for error in errors {
        assert!(answer.has(error), "nothing stands at {error}:\n{}", answer.text());
        let id = error.trim_start_matches('#');
        assert!(answer.has(&format!("[aria-describedby~='{id}']")), "no field names {error}");
    }
    assert_eq!(answer.all(".errs li").len(), errors.len(), "{}", answer.text());
}

#[tokio::test]
async fn what_a_reviewer_is_to_mend_stands_beside_its_field() {
    on_both(async |app| {
        let letter = app.sender("09121234567").signs_in().await.sends(&Letter::default()).await;
        let reviewer = app.reviewer().await;
        let long = "ن".repeat(1_001);
        let form = reviewer.dialog(&letter, "rejection").await;
        assert_beside(&form.clone().fill("note", &long).send().await.is(422), &["#reason-error", "#note-error"]);
        assert_beside(&form.fill("reason", "other").send().await.is(422), &["#note-error"]);
        let form = reviewer.dialog(&letter, "return").await.fill("note", &long);
        assert_beside(&form.clone().send().await.is(422), &["#others-error", "#note-error"]);
        let form = form.fill("others", "قبض");
        let back = form.send().await.is(422);
        assert_beside(&back, &["#note-error"]);
        assert_eq!(back.form(&format!("/desk/letters/{letter}/return")).value("others"), Some("قبض"));
        let form = reviewer.dialog(&letter, "redirection").await;
        assert_beside(&form.send().await.is(422), &["#unit-error"]);
        let nobody = "a".repeat(26);
        let form = reviewer.dialog(&letter, "assignment").await.forge("staff", &nobody);
        assert_beside(&form.send().await.is(422), &["#staff-error"]);
        assert_eq!(app.texts("select state from letters").await, ["submitted"]);
    })
    .await;
}

#[tokio::test]
async fn what_a_signer_is_to_mend_stands_beside_its_field() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        let signer = app.signer("شکایات").await;
        let form = signer.dialog(&letter, "handover").await;
        assert_beside(&form.clone().fill("text", &"م".repeat(1_001)).send().await.is(422), &["#text-error"]);
        assert_beside(&form.forge("staff", &"a".repeat(26)).send().await.is(422), &["#staff-error"]);
        officer.answers(&letter, "انجام نمی‌شود", &[]).await;
        sender.objects(&letter, "موافق نیستم").await;
        let form = app.signer("بایگانی").await.dialog(&letter, "ruling").await;
        assert_beside(&form.clone().send().await.is(422), &["#ruling-error", "#text-error"]);
        assert_beside(&form.fill("text", "تصمیم می‌ماند").send().await.is(422), &["#ruling-error"]);
    })
    .await;
}

#[tokio::test]
async fn a_form_that_came_back_has_seen_no_more_than_before() {
    on_both(async |app| {
        let letter = app.sender("09121234567").signs_in().await.sends(&Letter::default()).await;
        let reviewer = app.reviewer().await;
        let colleague = app.more_reviewers(1).await.pop().expect("another one");
        let address = |act: &str| format!("/desk/letters/{letter}/{act}");
        let form = reviewer.dialog(&letter, "rejection").await.fill("note", "به ما مربوط نیست");
        colleague.redirects(&letter, "امور مالی").await;
        let back = form.send().await.is(422);
        let late = back.form(&address("rejection")).fill("reason", "other").send().await.is(409);
        late.says("به ما مربوط نیست");
        let form = reviewer.dialog(&letter, "return").await.fill("others", "عکس کنتور");
        colleague.redirects(&letter, "بایگانی").await;
        let preview = form.press("next", "preview").send().await.ok();
        preview.form(&address("return")).send().await.is(409).says("عکس کنتور");
        assert_eq!(app.texts("select state from letters").await, ["submitted"]);
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_came_back_does_not_pass_what_its_sender_wrote_meanwhile() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        let form = officer.dialog(&letter, "answer").await.fill("text", "پاسخ ما");
        sender.writes_about(&letter, "یک نکته تازه").await;
        let bad = form.attach("files", Attachment::new("a.exe", "MZ\0\0")).press("next", "issue").send().await.is(422);
        let again = bad.form(&format!("/desk/letters/{letter}/answer")).press("next", "issue");
        again.send().await.is(409).says("پاسخ ما");
        assert_eq!(app.texts("select state from letters").await, ["in_progress"]);
        officer.answers(&letter, "پاسخ ما به نکته تازه", &[]).await;
    })
    .await;
}

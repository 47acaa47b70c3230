//! How uploads end that never become a file: ended by their sender, over, or with their draft.

use axum::body::Body;
use axum::http::Method;
use pishkhan_office::files;
use pishkhan_testkit::{TestApp, on_both, submission_of};

use super::{Program, pdf};

async fn sweep(app: &TestApp) {
    let parts = app.parts();
    let swept = files::sweep(&parts.db, &parts.clock, &parts.vault, &app.organisation().id).await;
    swept.expect("everything can be swept");
}

#[tokio::test]
async fn an_upload_that_its_sender_ends_leaves_nothing() {
    on_both(async |app| {
        let program = Program::new(&app).await;
        let upload = program.begins("قبض.pdf", 300).await;
        program.sends(&upload, 0, pdf(300).slice(..100)).await.is(204);
        assert_eq!(app.files().await, 1);
        program.ask(Method::DELETE, &upload, &[], Body::empty()).await.is(204);
        assert_eq!(app.files().await, 0);
        for method in [Method::HEAD, Method::DELETE] {
            program.ask(method, &upload, &[], Body::empty()).await.is(404);
        }
        let gone = program.sends(&upload, 100, pdf(300).slice(100..)).await.is(404);
        gone.says("این ارسال نیمه‌کاره دیگر نیست. فایل را دوباره انتخاب کنید.");
        assert_eq!(app.count("select count(*) from upload_pieces").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_file_that_was_whole_a_moment_too_soon_is_taken_out_again() {
    on_both(async |app| {
        let program = Program::new(&app).await;
        let upload = program.begins("قبض.pdf", 300).await;
        program.sends(&upload, 0, pdf(300)).await.is(204);
        let same = program.begins("قبض.pdf", 300).await;
        program.sends(&same, 0, pdf(300)).await.is(204);
        program.ask(Method::DELETE, &same, &[], Body::empty()).await.is(204);
        assert_eq!(program.files().await, ["قبض.pdf"], "it was there before that upload");
        program.ask(Method::DELETE, &upload, &[], Body::empty()).await.is(204);
        assert!(program.files().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_letter_is_not_sent_without_a_file_that_its_sender_saw_on_it() {
    on_both(async |app| {
        let program = Program::new(&app).await;
        let upload = program.begins("قبض.pdf", 300).await;
        program.sends(&upload, 0, pdf(300)).await.is(204);
        let check = program.sender.get(&format!("/drafts/{}", program.draft)).await.ok();
        program.ask(Method::DELETE, &upload, &[], Body::empty()).await.is(204);
        check.form(&submission_of(&check)).send().await.is(409);
        assert_eq!(app.count("select count(*) from letters where state = 'submitted'").await, 0);
    })
    .await;
}

#[tokio::test]
async fn after_two_days_an_upload_is_over_and_swept_out() {
    on_both(async |app| {
        let program = Program::new(&app).await;
        let upload = program.begins("قبض.pdf", 300).await;
        program.sends(&upload, 0, pdf(300).slice(..100)).await.is(204);
        app.wait(47 * 3600).await;
        program.sender.clone().signs_in().await;
        sweep(&app).await;
        assert_eq!(program.offset(&upload).await, 100);
        app.wait(2 * 3600).await;
        program.sender.clone().signs_in().await;
        program.ask(Method::HEAD, &upload, &[], Body::empty()).await.is(410);
        program.sends(&upload, 100, pdf(300).slice(100..)).await.is(410).says("این ارسال نیمه‌کاره دیگر نیست.");
        sweep(&app).await;
        program.ask(Method::HEAD, &upload, &[], Body::empty()).await.is(404);
        assert_eq!((app.files().await, app.count("select count(*) from upload_pieces").await), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn pieces_that_a_crash_left_behind_are_swept_out_and_no_others() {
    on_both(async |app| {
        let program = Program::new(&app).await;
        let crashed = program.begins("a.pdf", 300).await;
        program.sends(&crashed, 0, pdf(300).slice(..100)).await.is(204);
        // As if the commit that counts it had not been reached.
        app.execute("update upload_pieces set counted_at = null").await;
        app.execute("update uploads set arrived = 0").await;
        let alive = program.begins("b.pdf", 300).await;
        program.sends(&alive, 0, pdf(300).slice(..100)).await.is(204);
        let pieces = "select count(*) from upload_pieces";
        sweep(&app).await;
        assert_eq!(app.count(pieces).await, 2, "it may still be on its way");
        app.wait(2 * 3600).await;
        program.sender.clone().signs_in().await;
        sweep(&app).await;
        assert_eq!((app.count(pieces).await, app.files().await), (1, 1));
        program.sends(&alive, 100, pdf(300).slice(100..)).await.is(204);
        program.sends(&crashed, 0, pdf(300)).await.is(204);
        assert_eq!(program.files().await, ["b.pdf", "a.pdf"]);
    })
    .await;
}

#[tokio::test]
async fn with_its_draft_an_upload_goes_too() {
    on_both(async |app| {
        let program = Program::new(&app).await;
        let upload = program.begins("قبض.pdf", 300).await;
        program.sends(&upload, 0, pdf(300).slice(..100)).await.is(204);
        let token = program.sender.form_token().await;
        let discarding = format!("/drafts/{}/disposal", program.draft);
        program.sender.post(&discarding, &[("form_token", &token)]).await.is(303);
        program.sends(&upload, 100, pdf(300).slice(100..)).await.is(404);
        program.creates("b.pdf", 300).await.is(404);
        app.wait(49 * 3600).await;
        sweep(&app).await;
        assert_eq!((app.files().await, app.count("select count(*) from uploads").await), (0, 0));
    })
    .await;
}

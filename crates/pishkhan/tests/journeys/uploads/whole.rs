//! A file that is whole: refused, over the limits, under a letter that was sent already.

use axum::body::Body;
use axum::http::Method;
use pishkhan_testkit::{Letter, Mail, on_both, on_both_as, samples};

use super::{Program, pdf};

#[tokio::test]
async fn a_refused_file_ends_its_upload_with_a_sentence() {
    on_both(async |app| {
        let program = Program::new(&app).await;
        let file = samples::program();
        let upload = program.begins("نامه.pdf", file.len()).await;
        program.sends(&upload, 0, file.slice(..9)).await.is(204);
        let refused = program.sends(&upload, 9, file.slice(9..)).await.is(422);
        refused.says("یک برنامه است و پذیرفته نمی‌شود");
        assert_eq!(refused.header("content-type"), Some("text/plain; charset=utf-8"));
        program.ask(Method::HEAD, &upload, &[], Body::empty()).await.is(404);
        assert_eq!((app.files().await, app.count("select count(*) from upload_pieces").await), (0, 0));

        program.sender.reads_english();
        program.uploads_whole("letter.pdf", &file).await.is(422).says("is a program, which we cannot accept");
    })
    .await;
}

#[tokio::test]
async fn a_letter_takes_no_more_than_its_files() {
    on_both_as(
        |plan| plan.rules.letters.files = 2,
        async |app| {
            let program = Program::new(&app).await;
            let waiting = program.begins("a.pdf", 300).await;
            program.uploads_whole("b.pdf", &pdf(200)).await.is(204);
            program.creates("c.pdf", 300).await.is(422).says("فایل می‌توانید بفرستید");
            program.ask(Method::DELETE, &waiting, &[], Body::empty()).await.is(204);
            let late = program.begins("d.pdf", 300).await;
            // The form is sent with another file meanwhile.
            let form = program.sender.get(&format!("/letters/new?draft={}", program.draft)).await.ok();
            let form = form.form(&format!("/drafts/{}", program.draft));
            let file = pishkhan_testkit::Attachment::new("e.pdf", samples::pdf("e"));
            form.attach("files", file).press("next", "later").send().await.is(303);
            program.sends(&late, 0, pdf(300)).await.is(422).says("فایل می‌توانید بفرستید");
            assert_eq!(program.files().await, ["b.pdf", "e.pdf"]);
            program.ask(Method::HEAD, &late, &[], Body::empty()).await.is(404);
        },
    )
    .await;
}

#[tokio::test]
async fn what_is_too_much_for_today_goes_on_tomorrow() {
    on_both_as(
        |plan| plan.rules.limits.files_per_sender_per_day = 1,
        async |app| {
            let program = Program::new(&app).await;
            program.uploads_whole("a.pdf", &pdf(200)).await.is(204);
            let second = program.begins("b.pdf", 300).await;
            program.sends(&second, 0, pdf(300).slice(..200)).await.is(204);
            let refused = program.sends(&second, 200, pdf(300).slice(200..)).await.is(429);
            refused.says("امروز به اندازه کافی فایل فرستاده‌اید");
            assert!(refused.header("retry-after").is_some());
            app.wait(25 * 3600).await;
            program.sender.clone().signs_in().await;
            assert_eq!(program.offset(&second).await, 200);
            program.sends(&second, 200, pdf(300).slice(200..)).await.is(204);
            assert_eq!(program.files().await, ["a.pdf", "b.pdf"]);
        },
    )
    .await;
}

#[tokio::test]
async fn a_session_that_ends_on_the_way_takes_nothing_in() {
    on_both(async |app| {
        let program = Program::new(&app).await;
        let upload = program.begins("a.pdf", 300).await;
        program.sends(&upload, 0, pdf(300).slice(..100)).await.is(204);
        app.wait(31 * 60).await;
        program.sends(&upload, 100, pdf(300).slice(100..)).await.is(401).says("همین فایل را انتخاب کنید");
        program.sender.clone().signs_in().await;
        program.sends(&upload, 100, pdf(300).slice(100..)).await.is(204);
        assert_eq!(program.files().await, ["a.pdf"]);
    })
    .await;
}

#[tokio::test]
async fn a_submitted_letter_takes_the_files_that_were_said_to_follow() {
    on_both(async |app| {
        let program = Program::new(&app).await;
        let begun_before = program.begins("a.pdf", 300).await;
        let form = program.sender.get(&format!("/letters/new?draft={}", program.draft)).await.ok();
        let form = form.form(&format!("/drafts/{}", program.draft)).forge("files_follow", "on");
        let check = form.press("next", "check").send().await.follow().await.ok();
        program.sender.submits(&check).await;
        program.sends(&begun_before, 0, pdf(300)).await.is(204);
        program.uploads_whole("b.pdf", &pdf(400)).await.is(204);
        assert_eq!(program.files().await, ["a.pdf", "b.pdf"]);
        assert_eq!(app.count("select count(*) from events where kind = 'files_added'").await, 2);
        // What is under a receipt stays there.
        program.ask(Method::DELETE, &begun_before, &[], Body::empty()).await.is(403);
        assert_eq!(program.sender.get(&program.uploads()).await.location(), format!("/letters/{}", program.draft));

        app.wait(49 * 3600).await;
        program.sender.clone().signs_in().await;
        program.creates("c.pdf", 300).await.is(403).says("این نامه دیگر فایل نمی‌گیرد");
    })
    .await;
}

#[tokio::test]
async fn a_letter_without_files_to_follow_takes_none() {
    on_both(async |app| {
        let mut program = Program::new(&app).await;
        let waiting = program.begins("a.pdf", 300).await;
        let check = program.sender.get(&format!("/drafts/{}", program.draft)).await.ok();
        program.sender.submits(&check).await;
        program.sends(&waiting, 0, pdf(300)).await.is(403);
        program.creates("b.pdf", 300).await.is(403);
        assert!(program.files().await.is_empty());
        program.draft = program.sender.sends(&Letter::with_file()).await;
        program.creates("b.pdf", 300).await.is(403);
        let told: Vec<Mail> = app.messages().await;
        assert!(!told.is_empty(), "the letters went out all the same");
    })
    .await;
}

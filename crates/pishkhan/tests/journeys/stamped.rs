//! The copy of the first page with the stamp of entry, printed by the real worker: who gets it, what stands on it, and that the
//! original stays as it came.

use std::path::PathBuf;
use std::time::Duration;

use pishkhan_office::files::VaultRules;
use pishkhan_office::ids::LetterId;
use pishkhan_office::previews::{self, PreviewLimits, Workshop};
use pishkhan_testkit::poppler::{look_of, text_of};
use pishkhan_testkit::sheets::sheets;
use pishkhan_testkit::{Attachment, Letter, Plan, Staff, TestApp, draft_of, on_both_as, samples};
use sha2::{Digest, Sha256};

pub fn with_press(plan: &mut Plan) {
    plan.vault = VaultRules { has_previews: true, ..plan.vault };
    plan.program = PathBuf::from(env!("CARGO_BIN_EXE_pishkhan"));
}

/// What the server does every second.
async fn draw(app: &TestApp) {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_pishkhan"));
    let limits = PreviewLimits { memory_bytes: 768 << 20, time: Duration::from_mins(1), pages: 2 };
    let workshop = Workshop::new(program, limits, None, 1);
    let parts = app.parts();
    while previews::round(&parts.db, &parts.clock, &parts.vault, &workshop).await.expect("the round comes through") {}
}

fn copy_of(letter: &LetterId) -> String {
    format!("/desk/letters/{letter}/stamped")
}

/// The digest of the letter's first file, as the desk gets it.
async fn original(reviewer: &Staff, letter: &LetterId) -> Vec<u8> {
    let page = reviewer.letter(letter).await;
    let file = page.attributes("a[href^=\"/files/\"]", "href").remove(0);
    Sha256::digest(&reviewer.get(file.split("/pages/").next().expect("an address")).await.ok().body).to_vec()
}

#[tokio::test]
async fn a_copy_of_the_picture_is_stamped_and_the_original_stays_as_it_came() {
    on_both_as(with_press, async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let files = vec![
            Attachment::new("نامه.pdf", samples::pdf("letter")),
            Attachment::new("پیوست.pdf", samples::pdf("one")),
            Attachment::new("قبض.png", samples::png(9)),
        ];
        let letter = sender.sends(&Letter { body: "", files, ..Letter::default() }).await;
        draw(&app).await;
        let reviewer = app.reviewer().await;
        let before = original(&reviewer, &letter).await;
        let (files, blobs) = (app.files().await, app.texts("select sha256 from blobs order by sha256").await);
        reviewer.get(&copy_of(&letter)).await.is(404);
        reviewer.registers(&letter).await;

        let page = reviewer.letter(&letter).await;
        assert!(page.has(&format!("a[href=\"{}\"]", copy_of(&letter))), "the letter's page links to it");
        let copy = reviewer.get(&copy_of(&letter)).await.ok();
        assert_eq!(copy.header("content-type"), Some("application/pdf"));
        assert_eq!(copy.header("cache-control"), Some("private, no-store"));
        let policy = copy.header("content-security-policy").unwrap_or_default();
        assert!(policy.contains("sandbox") && policy.contains("default-src 'none'"), "{policy}");
        let name = copy.header("content-disposition").unwrap_or_default();
        // The number's slashes are no part of a file's name.
        assert!(name.starts_with("attachment; filename=\"") && !name.contains("%2F") && name.contains("%2D"), "{name}");

        let [sheet] = &sheets(&copy.body)[..] else { panic!("one sheet") };
        assert_eq!(sheet.pictures.len(), 1);
        sheet.says("سازمان نمونه ورود دفتر شماره تاریخ ساعت پیوست ۱۴۰۹ ۰۰۰۱ دارد ۲ برگ");
        let text = text_of(&copy.body);
        assert!(text.contains("سازمان نمونه") && text.contains("SHA-256"), "{text}");
        let look = look_of(&copy.body, 1, 50);
        // The stamp with its QR at the upper left, and the letter below it.
        assert!(look.ink((5, 37), (5, 14)) > 50, "{}", look.ink((5, 37), (5, 14)));
        assert_eq!(look.ink((0, 100), (0, 2)), 0, "the margin is free");
        assert_eq!(original(&reviewer, &letter).await, before, "the original is what it was");
        assert_eq!(app.files().await, files, "nothing was put beside it");
        assert_eq!(app.texts("select sha256 from blobs order by sha256").await, blobs);
    })
    .await;
}

#[tokio::test]
async fn a_typed_letter_is_stamped_as_text_whatever_is_written_in_it() {
    on_both_as(with_press, async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let body = "با سلام\n#read(\"/etc/passwd\") *bold*\n\u{202e}gnimoc \u{1f600}";
        let subject = "#panic() $x$ قبض";
        let letter = sender.sends(&Letter { body, subject, ..Letter::default() }).await;
        app.reviewer().await.registers(&letter).await;
        let officer = app.officer("شکایات").await;
        let [sheet] = &sheets(&officer.get(&copy_of(&letter)).await.ok().body)[..] else { panic!("one sheet") };
        sheet.says("مریم احمدی شکایات #panic() $x$ قبض #read(\"/etc/passwd\") *bold* ندارد");
        assert!(sheet.pictures.is_empty());

        officer.reads_english();
        let [sheet] = &sheets(&officer.get(&copy_of(&letter)).await.ok().body)[..] else { panic!("one sheet") };
        sheet
            .says("Sample Office Received by the secretariat Number Date Time Attachments none Complaints Page 1 of 1");
    })
    .await;
}

#[tokio::test]
async fn a_letter_without_a_picture_is_stamped_on_a_sheet_that_names_its_file() {
    on_both_as(with_press, async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let files = vec![Attachment::new("letter-7.pdf", samples::pdf("letter"))];
        let letter = sender.sends(&Letter { body: "", files, ..Letter::default() }).await;
        let reviewer = app.reviewer().await;
        reviewer.registers(&letter).await;
        let [sheet] = &sheets(&reviewer.get(&copy_of(&letter)).await.ok().body)[..] else { panic!("one sheet") };
        sheet.says("letter-7.pdf SHA-256: مریم");
    })
    .await;
}

#[tokio::test]
async fn what_followed_a_letter_after_its_entry_is_not_under_the_stamp() {
    on_both_as(with_press, async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let form = sender.fills_in(&Letter::default()).await.fill("files_follow", "yes").press("next", "check");
        let check = form.send().await.follow().await.ok();
        let letter = draft_of(&check);
        sender.submits(&check).await;
        let reviewer = app.reviewer().await;
        reviewer.registers(&letter).await;
        let form = sender.letter(&letter).await.form(&format!("/letters/{letter}/files"));
        form.attach("files", Attachment::new("پیوست.pdf", samples::pdf("one"))).send().await.is(303);
        let [sheet] = &sheets(&reviewer.get(&copy_of(&letter)).await.ok().body)[..] else { panic!("one sheet") };
        sheet.says("پیوست ندارد");
    })
    .await;
}

#[tokio::test]
async fn who_may_not_read_the_letter_gets_no_copy() {
    on_both_as(with_press, async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        let reviewer = app.reviewer().await;
        reviewer.registers(&letter).await;
        let copy = copy_of(&letter);
        app.officer("امور مالی").await.get(&copy).await.is(404);
        app.elsewhere().reviewer().await.get(&copy).await.is(404);
        app.browser().get(&copy).await.is(303);
        sender.get(&copy).await.is(303);
        let rejected = sender.sends(&Letter::default()).await;
        reviewer.rejects(&rejected, "").await;
        reviewer.get(&copy_of(&rejected)).await.is(404);
        reviewer.get("/desk/letters/nonsense/stamped").await.is(404);
    })
    .await;
}

#[tokio::test]
async fn a_house_that_cannot_print_says_so() {
    on_both_as(
        |_| {},
        async |app| {
            let sender = app.sender("09121234567").signs_in().await;
            let letter = sender.sends(&Letter::default()).await;
            let reviewer = app.reviewer().await;
            reviewer.registers(&letter).await;
            let refused = reviewer.get(&copy_of(&letter)).await.is(503);
            refused.says("این برگ الان چاپ نشد");
            assert_eq!(app.take_faults().len(), 1);
        },
    )
    .await;
}

#[tokio::test]
async fn the_code_of_the_stamp_opens_tracking_with_the_code_filled_in() {
    on_both_as(
        |_| {},
        async |app| {
            let sender = app.sender("09121234567").signs_in().await;
            let letter = sender.sends(&Letter::default()).await;
            app.reviewer().await.registers(&letter).await;
            let code = app.texts("select tracking_code from letters where tracking_code is not null").await.remove(0);
            let visitor = app.browser();
            let page = visitor.get(&format!("/tracking?code={code}")).await.ok();
            page.form("/tracking").send().await.ok().says("نامه پیدا شد");
            let forged = visitor.get("/tracking?code=%3Cscript%3E").await.ok();
            assert_eq!(forged.value("code"), "");
        },
    )
    .await;
}

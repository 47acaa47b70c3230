//! Pictures of pages, made by the real worker: who sees them, and what stands there when there are none.

use std::path::PathBuf;
use std::time::Duration;

use pishkhan_office::files::VaultRules;
use pishkhan_office::ids::LetterId;
use pishkhan_office::previews::{self, PreviewLimits, Workshop};
use pishkhan_testkit::{Answer, Attachment, Letter, Plan, Staff, TestApp, on_both_as, samples};

pub fn with_pictures(plan: &mut Plan) {
    plan.vault = VaultRules { has_previews: true, ..plan.vault };
}

/// What the server does every second.
pub async fn draw(app: &TestApp) {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_pishkhan"));
    let limits = PreviewLimits { memory_bytes: 768 << 20, time: Duration::from_mins(1), pages: 2 };
    let workshop = Workshop::new(program, limits, None, 1);
    let parts = app.parts();
    while previews::round(&parts.db, &parts.clock, &parts.vault, &workshop).await.expect("the round comes through") {}
}

#[tokio::test]
async fn desk_and_sender_see_the_pages_and_nobody_else_does() {
    on_both_as(with_pictures, async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::with_file()).await;
        let reviewer = app.reviewer().await;
        let waiting = reviewer.get(&format!("/desk/letters/{letter}")).await.ok();
        waiting.says("تصویر صفحه‌ها در حال آماده شدن است");
        draw(&app).await;
        let page = reviewer.get(&format!("/desk/letters/{letter}")).await.ok();
        let picture = page.attribute("a.picture img", "src");
        assert_eq!(page.all("a.picture").len(), 1);
        for (who, browser) in [("desk", &reviewer.browser), ("sender", &sender.browser)] {
            let shown = browser.get(&picture).await.ok();
            assert_eq!(shown.header("content-type"), Some("image/webp"), "{who}");
            assert!(shown.body.starts_with(b"RIFF"), "{who}");
            assert_eq!(shown.header("cache-control"), Some("private, no-store"), "{who}");
            assert!(shown.header("content-security-policy").is_some_and(|policy| policy.contains("sandbox")));
        }
        assert!(!waiting.has(".looks"), "nothing to look at, no way to look");
        looks_closer(&reviewer, &letter).await;
        app.sender("09351234567").signs_in().await.get(&picture).await.is(404);
        app.elsewhere().reviewer().await.get(&picture).await.is(404);
        assert_eq!(app.browser().get(&picture).await.status, 303, "a stranger is asked to sign in");
        for wrong in ["/2/900", "/0/900", "/1/901", "/1/99999999999", "/x/900"] {
            let file = picture.strip_suffix("/1/900").expect("the first page's picture");
            reviewer.get(&format!("{file}{wrong}")).await.is(404);
        }
    })
    .await;
}

/// By links alone, as without script: larger, then on its side, within the same view of the tray.
async fn looks_closer(reviewer: &Staff, letter: &LetterId) {
    let here = format!("/desk/letters/{letter}?show=review&files=1");
    let page = reviewer.get(&here).await.ok();
    let at = |page: &Answer| ["data-zoom", "data-turn"].map(|name| page.attribute(".doc", name));
    let sizes = |page: &Answer| page.attribute("a.picture img", "sizes");
    assert_eq!(at(&page), ["100", "0"]);
    let links = page.attributes(".looks a", "href");
    assert_eq!(links[2], format!("{here}&zoom=200&turn=0#letter-files"));
    let larger = reviewer.get(&links[2]).await.ok();
    assert_eq!(at(&larger), ["200", "0"]);
    assert_eq!(larger.attributes(".looks [aria-current]", "data-zoom"), ["200"]);
    assert_ne!(sizes(&larger), sizes(&page), "the larger picture is got");
    let turned = larger.attribute(".looks a:not([data-zoom])", "href");
    assert_eq!(turned, format!("{here}&zoom=200&turn=270#letter-files"));
    assert_eq!(at(&reviewer.get(&turned).await.ok()), ["200", "270"]);
    let nonsense = reviewer.get(&format!("/desk/letters/{letter}?zoom=199&turn=x&turn=90")).await.ok();
    assert_eq!(at(&nonsense), ["100", "0"]);
}

#[tokio::test]
async fn a_file_that_breaks_the_worker_has_words_in_the_place_of_pictures() {
    on_both_as(with_pictures, async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let broken = Attachment::new("خراب.pdf", b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n".to_vec());
        let files = vec![broken, Attachment::new("سالم.pdf", samples::pdf("well"))];
        let letter = sender.sends(&Letter { files, ..Letter::default() }).await;
        draw(&app).await;
        assert_eq!(app.texts("select preview from blobs order by preview").await, ["broken", "made"]);
        let reviewer = app.reviewer().await;
        let page = reviewer.get(&format!("/desk/letters/{letter}")).await.ok();
        page.says("تصویری از این فایل ساخته نشد");
        assert_eq!(page.all("a.picture").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn pictures_go_with_the_bytes_that_they_show() {
    on_both_as(with_pictures, async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let check = sender.writes(&Letter::with_file()).await;
        draw(&app).await;
        assert_eq!(app.texts("select preview from blobs").await, ["made"]);
        let draft = pishkhan_testkit::draft_of(&check);
        let token = sender.form_token().await;
        sender.post(&format!("/drafts/{draft}/disposal"), &[("form_token", &token)]).await.is(303);
        assert_eq!(app.files().await, 0, "neither bytes nor pictures are left");
    })
    .await;
}

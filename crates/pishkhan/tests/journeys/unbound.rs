//! Photos that are not bound into one PDF: why, in a sentence that says what to do; and the photos stay as they are.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use pishkhan_office::previews::{PreviewLimits, Workshop};
use pishkhan_testkit::{Folder, TestApp, on_both_as, samples};

use crate::photos::{draft_with, edited, names, photo, with_workshop};

/// A workshop whose worker is a script.
fn scripted(folder: &Folder, script: &str) -> Workshop {
    let program = folder.path().join("worker");
    fs::write(&program, format!("#!/bin/sh\n{script}\n")).expect("the folder is writable");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).expect("it is ours");
    let limits = PreviewLimits { memory_bytes: 768 << 20, time: Duration::from_mins(1), pages: 2 };
    Workshop::new(program, limits, None, 2)
}

async fn bound_files(app: &TestApp) -> i64 {
    app.count("select count(*) from files where bound_at is not null").await
}

#[tokio::test]
async fn photos_that_are_small_alone_and_too_large_together_are_sent_as_they_are() {
    on_both_as(
        |plan| {
            with_workshop(plan);
            plan.rules.letters.file_bytes = 200;
        },
        async |app| {
            let sender = app.sender("09121234567").signs_in().await;
            let (draft, form) = draft_with(&sender, vec![photo(1), photo(2)]).await;
            let refused = form.press("bind", "yes").send().await.is(422);
            refused.says("عکس‌ها با هم برای یک PDF بیش از اندازه بزرگ‌اند. عکس‌های کوچک‌تری بگیرید، یا همین‌طور بفرستید.");
            assert_eq!(names(&refused), ["p1.png", "p2.png"]);
            assert_eq!(bound_files(&app).await, 0);
            let check = edited(&sender, &draft).await.press("next", "check").send().await.follow().await.ok();
            sender.submits(&check).await;
        },
    )
    .await;
}

#[tokio::test]
async fn a_photo_that_is_broken_among_others_only_is_told_without_its_name() {
    let folder = Folder::new();
    // It fails at two photos, and not at either of them.
    let script = "if [ \"$(/usr/bin/wc -c)\" -gt 120 ]; then exit 10; fi\nprintf '%%PDF-1.4'";
    on_both_as(
        |plan| plan.workshop = Some(scripted(&folder, script)),
        async |app| {
            let sender = app.sender("09121234567").signs_in().await;
            let (_, form) = draft_with(&sender, vec![photo(1), photo(2)]).await;
            let refused = form.press("bind", "yes").send().await.is(422);
            refused.says("یکی از عکس‌ها باز نشد و PDF ساخته نشد. دوباره عکس بگیرید، یا عکس‌ها را همین‌طور بفرستید.");
            assert_eq!(names(&refused), ["p1.png", "p2.png"]);
            assert_eq!(bound_files(&app).await, 0);
        },
    )
    .await;
}

#[tokio::test]
async fn photos_that_change_all_the_while_are_bound_when_they_are_at_rest() {
    let folder = Folder::new();
    let made = folder.path().join("made.pdf");
    fs::write(&made, samples::pdf("made")).expect("the folder is writable");
    let script = format!("/bin/cat > /dev/null\n/bin/sleep 1\n/bin/cat '{}'", made.display());
    on_both_as(
        |plan| {
            plan.workshop = Some(scripted(&folder, &script));
            plan.rules.letters.files = 30;
        },
        async |app| {
            let sender = app.sender("09121234567").signs_in().await;
            let (draft, form) = draft_with(&sender, vec![photo(1), photo(2)]).await;
            let binding = form.clone().press("bind", "yes");
            let adding = async {
                for number in 3..=12 {
                    tokio::time::sleep(Duration::from_millis(400)).await;
                    form.clone().attach("files", photo(number)).press("next", "stay").send().await.is(303);
                }
            };
            let (refused, ()) = tokio::join!(binding.send(), adding);
            let refused = refused.is(422);
            refused.says("عکس‌ها هم‌زمان در صفحه دیگری تغییر کردند. فهرست را ببینید و دوباره دکمه PDF را بزنید.");
            assert_eq!(bound_files(&app).await, 0);
            edited(&sender, &draft).await.press("bind", "yes").send().await.is(303);
            assert_eq!(bound_files(&app).await, 1);
        },
    )
    .await;
}

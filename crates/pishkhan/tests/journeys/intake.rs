//! Intake through the front door: what is refused and with which sentence, what staff are warned of, what waits in quarantine,
//! and what happens when there is no room or no storage.

use std::time::Duration;

use pishkhan_corpus::Specimen;
use pishkhan_office::files::{self, Flag, Quarantine, Refusal, VaultRules};
use pishkhan_testkit::clamd::{self, Clamd};
use pishkhan_testkit::{
    Answer, Attachment, Folder, Kind, Letter, Sender, TestApp, on_both, on_both_as, on_one, samples,
};
use sha2::Digest;
use tokio::sync::Mutex;

/// A specimen of the corpus of which the inspection says this.
fn specimen(is_meant: impl Fn(&Specimen) -> bool) -> Attachment {
    let found = pishkhan_corpus::all().into_iter().find(is_meant);
    Attachment::new("نامه.bin", found.expect("the corpus has every refusal and every flag").bytes)
}

async fn brings(sender: &Sender, file: Attachment) -> Answer {
    let letter = Letter { files: vec![file], ..Letter::default() };
    sender.fills_in(&letter).await.press("next", "check").send().await
}

/// The addresses of the files on a page of the desk.
async fn file_on_desk(app: &TestApp, letter: &str) -> String {
    let reviewer = app.reviewer().await;
    let page = reviewer.get(&format!("/desk/letters/{letter}")).await.ok();
    page.attribute("a[href^='/files/']", "href")
}

#[tokio::test]
async fn each_refusal_has_its_sentence_and_the_letter_stays() {
    on_one(
        Kind::Sqlite,
        |_| {},
        async |app| {
            let sender = app.sender("09121234567").signs_in().await;
            for (refusal, sentence) in [
                (Refusal::Unknown, "باید PDF، Word، JPG، PNG یا TIFF باشد"),
                (Refusal::Program, "یک برنامه است"),
                (Refusal::Archive, "فشرده است"),
                (Refusal::Markup, "صفحه وب"),
                (Refusal::OtherOffice, "سند Word از نوع DOC یا DOCX نیست"),
                (Refusal::MacroDocument, "ماکرو"),
                (Refusal::Polyglot, "چیز دیگری هم در خود دارد"),
                (Refusal::Encrypted, "رمز دارد"),
                (Refusal::TooLarge, "بیش از اندازه بزرگ است"),
                (Refusal::TooManyPages, "بیش از اندازه صفحه دارد"),
                (Refusal::Damaged, "باز نشد"),
            ] {
                let refused = specimen(|it| it.expected == Err(refusal) && (1..15_000_000).contains(&it.bytes.len()));
                let form = brings(&sender, refused).await.is(422);
                form.says(sentence);
                assert_eq!(form.value("subject"), "درخواست بررسی قبض آب", "{refusal:?}");
            }
            assert_eq!(app.count("select count(*) from blobs").await, 0);
            assert_eq!(app.files().await, 0);
        },
    )
    .await;
}

#[tokio::test]
async fn what_is_active_in_a_file_is_told_to_staff_before_they_get_it() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let script = specimen(|it| matches!(&it.expected, Ok((_, flags)) if flags.contains(&Flag::Script)));
        let bytes = script.bytes.clone();
        let letter = sender.sends(&Letter { files: vec![script], ..Letter::default() }).await;
        let file = file_on_desk(&app, letter.as_str()).await;
        let reviewer = app.reviewer().await;
        reviewer.get(&format!("/desk/letters/{letter}")).await.ok().says("برنامه‌ای در خود دارد");
        let warning = reviewer.get(&file).await.ok();
        warning.says("پیش از دریافت این فایل");
        warning.says("برنامه‌ای در خود دارد");
        assert_ne!(warning.body, bytes);
        let got = warning.form(&format!("{file}/opening")).send().await.ok();
        assert_eq!(got.body, bytes);
        assert!(got.header("content-disposition").is_some_and(|value| value.starts_with("attachment")));
        reviewer.post(&format!("{file}/opening"), &[("form_token", "forged")]).await.is(403);
        assert_eq!(sender.get(&file).await.ok().body, bytes, "it is the sender's own");
        let stranger = app.sender("09351234567").signs_in().await;
        let token = stranger.form_token().await;
        stranger.post(&format!("{file}/opening"), &[("form_token", &token)]).await.is(404);
    })
    .await;
}

#[tokio::test]
async fn while_the_scanner_is_down_files_wait_and_nobody_opens_them() {
    let folder = Folder::new();
    let scanner = Clamd::start(folder.path()).await;
    let antivirus = files::antivirus::Antivirus::parse(&scanner.setting()).expect("a socket's path");
    let scanner = Mutex::new(scanner);
    on_both_as(
        |plan| plan.antivirus.clone_from(&antivirus),
        async |app| {
            scanner.lock().await.stop();
            let sender = app.sender("09121234567").signs_in().await;
            let clean = Attachment::new("سالم.pdf", samples::pdf("clean"));
            let infected = Attachment::new("آلوده.pdf", infected_pdf());
            let letter = sender.sends(&Letter { files: vec![clean, infected], ..Letter::default() }).await;
            let reviewer = app.reviewer().await;
            let page = reviewer.get(&format!("/desk/letters/{letter}")).await.ok();
            page.says("در حال بررسی امنیتی…");
            assert!(page.all("a[href^='/files/']").is_empty());
            let ids = app.texts("select id from files order by position").await;
            for id in &ids {
                reviewer.get(&format!("/files/{id}")).await.is(423).says("در حال بررسی امنیتی…");
                sender.get(&format!("/files/{id}")).await.is(423);
            }
            look_again(&app).await;
            assert_eq!(app.texts("select distinct scan from blobs").await, ["waiting"], "it is still down");
            let waiting = look_again(&app).await;
            assert_eq!((waiting.files, waiting.is_alarming(app.now())), (2, false));
            assert!(waiting.is_alarming(app.now().plus(Duration::from_mins(61))), "somebody must look by then");
            scanner.lock().await.restart().await;
            app.parts().clock.move_on(Duration::from_mins(3));
            look_again(&app).await;
            let reviewer = app.reviewer().await;
            assert_eq!(reviewer.get(&format!("/files/{}", ids[0])).await.ok().body, samples::pdf("clean"));
            reviewer.get(&format!("/files/{}", ids[1])).await.is(410).says("آلوده است");
            let page = reviewer.get(&format!("/desk/letters/{letter}")).await.ok();
            page.says("این فایل آلوده است و باز نمی‌شود");
        },
    )
    .await;
}

#[tokio::test]
async fn a_letter_waits_for_the_scanner_before_it_is_registered_but_an_hour_at_most() {
    let folder = Folder::new();
    let scanner = Clamd::start(folder.path()).await;
    let antivirus = files::antivirus::Antivirus::parse(&scanner.setting()).expect("a socket's path");
    let scanner = Mutex::new(scanner);
    on_both_as(
        |plan| plan.antivirus.clone_from(&antivirus),
        async |app| {
            scanner.lock().await.stop();
            let sender = app.sender("09121234567").signs_in().await;
            let letter = sender.sends(&Letter::with_file()).await;
            let plain = sender.sends(&Letter { subject: "بی‌فایل", ..Letter::default() }).await;
            let reviewer = app.reviewer().await;
            let panel = reviewer.letter(&letter).await;
            panel.says("تا پایان آن نامه ثبت نمی‌شود");
            assert!(panel.has(".decide [aria-disabled]") && !panel.has(".decide a[data-key='KeyA']"));
            let closed = ".decide [aria-disabled][tabindex='0'][aria-describedby='hindrance']";
            assert!(panel.has(closed), "whoever goes by keys comes to it, and is told why");
            assert!(reviewer.letter(&plain).await.has(".decide a[data-key='KeyA']"));
            let address = format!("/desk/letters/{letter}/registration");
            let dialog = reviewer.get(&address).await.ok();
            dialog.says("تا پایان آن نامه ثبت نمی‌شود");
            assert!(dialog.has("button[disabled]"));
            let typed = dialog.form(&address).fill("own_number", "۱۲/ب");
            let refused = typed.send().await.is(423);
            refused.says("تا پایان آن نامه ثبت نمی‌شود");
            assert_eq!(refused.value("own_number"), "۱۲/ب");

            // Of several it is left out, and named.
            let list = reviewer.get("/desk?show=review").await.ok();
            let (names, seen) = (list.attributes(".pick input", "name"), list.attributes(".pick input", "value"));
            let ticks: Vec<String> = names.iter().zip(&seen).map(|(name, seen)| format!("{name}={seen}")).collect();
            let picked = format!("/desk/selection?deed=register&{}", ticks.join("&"));
            let outcome = reviewer.get(&picked).await.ok().form("/desk/selection").send().await.ok();
            outcome.says("۱ نامه انجام شد");
            outcome.says("فایلی از آن هنوز در حال بررسی امنیتی است");
            assert_eq!(app.texts("select subject from letters where registered_at is not null").await, ["بی‌فایل"]);

            // A scanner that is out of order stops nobody for longer.
            app.wait(61 * 60).await;
            let reviewer = app.reviewer().await;
            let panel = reviewer.letter(&letter).await;
            panel.says("بیش از یک ساعت منتظر بررسی امنیتی مانده است");
            reviewer.dialog(&letter, "registration").await.send().await.is(303);

            let sender = app.sender("09121234567").signs_in().await;
            let another = sender.sends(&Letter { files: vec![another_pdf()], ..Letter::default() }).await;
            assert!(app.reviewer().await.letter(&another).await.has(".decide [aria-disabled]"));
            scanner.lock().await.restart().await;
            app.parts().clock.move_on(Duration::from_mins(3));
            look_again(&app).await;
            app.reviewer().await.registers(&another).await;
        },
    )
    .await;
}

/// Other bytes than those of the usual letter.
fn another_pdf() -> Attachment {
    Attachment::new("سند.pdf", samples::pdf("another"))
}

#[tokio::test]
async fn while_the_scanner_is_up_nothing_infected_comes_in() {
    let folder = Folder::new();
    let scanner = Clamd::start(folder.path()).await;
    let antivirus = files::antivirus::Antivirus::parse(&scanner.setting()).expect("a socket's path");
    on_one(
        Kind::Sqlite,
        |plan| plan.antivirus.clone_from(&antivirus),
        async |app| {
            let sender = app.sender("09121234567").signs_in().await;
            let form = brings(&sender, Attachment::new("آلوده.pdf", infected_pdf())).await.is(422);
            form.says("فایل آلوده.pdf آلوده است و نگه داشته نشد");
            assert_eq!(app.count("select count(*) from blobs").await, 0);
            let check = brings(&sender, Attachment::new("سالم.pdf", samples::pdf("clean"))).await.follow().await.ok();
            assert_eq!(app.texts("select scan from blobs").await, ["clean"]);
            let file = check.attribute("a[href^='/files/']", "href");
            assert_eq!(sender.get(&file).await.ok().body, samples::pdf("clean"));
        },
    )
    .await;
}

#[tokio::test]
async fn what_the_scanner_learns_later_closes_what_lies_here_already() {
    let folder = Folder::new();
    let scanner = Clamd::start(folder.path()).await;
    let antivirus = files::antivirus::Antivirus::parse(&scanner.setting()).expect("a socket's path");
    on_both_as(
        |plan| plan.antivirus.clone_from(&antivirus),
        async |app| {
            let sender = app.sender("09121234567").signs_in().await;
            let letter = sender.sends(&Letter::with_file()).await;
            // As if these bytes had come before the scanner knew them.
            let sum = sha256(&infected_pdf());
            let change = format!("update blobs set sha256 = '{sum}'");
            app.execute(Box::leak(change.into_boxed_str())).await;
            let change = format!("update files set sha256 = '{sum}'");
            app.execute(Box::leak(change.into_boxed_str())).await;
            brings(&sender, Attachment::new("آلوده.pdf", infected_pdf())).await.is(422);
            let page = sender.get(&format!("/letters/{letter}")).await.ok();
            assert!(page.all("a[href^='/files/']").is_empty());
            assert_eq!(app.texts("select scan from blobs").await, ["infected"]);
        },
    )
    .await;
}

#[tokio::test]
async fn when_the_disk_is_nearly_full_files_are_refused_and_the_text_is_kept() {
    on_both_as(
        |plan| plan.vault = VaultRules { free_percent: 100, ..plan.vault },
        async |app| {
            let sender = app.sender("09121234567").signs_in().await;
            let refused = brings(&sender, Attachment::new("قبض.pdf", samples::pdf("bill"))).await.is(503);
            refused.says("جای پیشخوان رو به پایان است");
            assert_eq!(refused.value("subject"), "درخواست بررسی قبض آب");
            assert_eq!(app.take_faults().len(), 1, "it is our fault, and told as ours");
            assert_eq!(app.files().await, 0);
            sender.sends(&Letter::default()).await;
        },
    )
    .await;
}

#[tokio::test]
async fn a_sender_brings_so_many_files_a_day_and_staff_as_many_as_they_like() {
    on_both_as(
        |plan| plan.rules.limits.files_per_sender_per_day = 2,
        async |app| {
            let sender = app.sender("09121234567").signs_in().await;
            let file = |name: &str| Attachment::new(name, samples::pdf(name));
            let three = Letter { files: vec![file("a.pdf"), file("b.pdf"), file("c.pdf")], ..Letter::default() };
            let refused = sender.fills_in(&three).await.press("next", "check").send().await.is(422);
            refused.says("فایل c.pdf را نگرفتیم: امروز به اندازه کافی فایل فرستاده‌اید");
            assert_eq!(refused.all("#file-list .file b"), ["a.pdf", "b.pdf"]);
            app.sender("09351234567").signs_in().await.sends(&Letter::with_file()).await;
            app.wait(24 * 60 * 60 + 1).await;
            app.sender("09121234567").signs_in().await.sends(&Letter::with_file()).await;
        },
    )
    .await;
}

#[tokio::test]
async fn the_same_bytes_lie_once_and_go_when_nobody_names_them() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let first = sender.writes(&Letter::with_file()).await;
        let letter = sender.sends(&Letter::with_file()).await;
        assert_eq!(app.count("select count(*) from files").await, 2);
        assert_eq!(app.count("select count(*) from blobs").await, 1);
        let discard = pishkhan_testkit::draft_of(&first);
        let token = sender.form_token().await;
        sender.post(&format!("/drafts/{discard}/disposal"), &[("form_token", &token)]).await.is(303);
        assert_eq!(app.files().await, 1, "the letter still names them");
        let file = sender.get(&format!("/letters/{letter}")).await.ok().attribute("a[href^='/files/']", "href");
        assert_eq!(sender.get(&file).await.ok().body, samples::pdf("bill"));
        let elsewhere = app.elsewhere();
        let other = elsewhere.sender("09121234567").signs_in().await.writes(&Letter::with_file()).await;
        assert_eq!(elsewhere.count("select count(*) from blobs").await, 2, "each organisation has its own");
        let draft = pishkhan_testkit::draft_of(&other);
        let other = elsewhere.sender("09121234567").signs_in().await;
        let token = other.form_token().await;
        other.post(&format!("/drafts/{draft}/disposal"), &[("form_token", &token)]).await.is(303);
        assert_eq!(elsewhere.files().await, 1, "a day later the other organisation's bytes are gone");
        assert_eq!(sender.get(&file).await.ok().body, samples::pdf("bill"));
    })
    .await;
}

#[tokio::test]
async fn what_another_node_is_removing_is_left_to_it_and_can_not_be_brought_meanwhile() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let check = sender.writes(&Letter::with_file()).await;
        let token = sender.form_token().await;
        let draft = pishkhan_testkit::draft_of(&check);
        sender.post(&format!("/drafts/{draft}/disposal"), &[("form_token", &token)]).await.is(303);
        app.execute("delete from files where organisation_id = 'nemune'").await;
        // As a node would leave it that is at it tomorrow, when this test sweeps.
        let tomorrow = (24 * 60 + 50) * 60 * 1000;
        let mark =
            format!("update blobs set kept_at = 0, going_at = stored_at + {tomorrow} where organisation_id = 'nemune'");
        app.execute(Box::leak(mark.into_boxed_str())).await;
        assert_eq!(app.files().await, 1, "it is the other node's");
        let refused = brings(&sender, Attachment::new("قبض.pdf", samples::pdf("bill"))).await.is(503);
        refused.says("ذخیره نشد. کمی بعد دوباره بفرستید.");
        assert_eq!(app.take_faults().len(), 1);
        // The other node died: an hour later its marks are anybody's.
        app.execute("update blobs set kept_at = 0, going_at = 0 where organisation_id = 'nemune'").await;
        assert_eq!(app.files().await, 0);
        sender.sends(&Letter::with_file()).await;
        assert_eq!(app.files().await, 1);
    })
    .await;
}

/// A PDF that an infection was put into.
fn infected_pdf() -> Vec<u8> {
    let mut bytes = samples::pdf("infected").to_vec();
    let at = bytes.windows(9).position(|window| window == b"\n2 0 obj\n").map_or(bytes.len(), |at| at + 1);
    bytes.splice(at..at, [b"% ", clamd::MARKED.as_bytes(), b"\n"].concat());
    bytes
}

/// What the server does every few seconds.
async fn look_again(app: &TestApp) -> Quarantine {
    let parts = app.parts();
    files::scan_waiting(&parts.db, &parts.clock, &parts.vault).await.expect("the quarantine can be looked after")
}

fn sha256(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&sha2::Sha256::digest(bytes))
}

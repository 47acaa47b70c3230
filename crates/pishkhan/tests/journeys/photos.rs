//! A draft's files in the order that its sender gives them, and its photos bound into one PDF by the real worker.

use std::path::PathBuf;
use std::time::Duration;

use bytes::Bytes;
use pishkhan_office::previews::{PreviewLimits, Workshop};
use pishkhan_testkit::{
    Answer, Attachment, Form, Kind, Letter, Plan, Sender, TestApp, at_once, draft_of, on_both, on_both_as, on_one,
    samples, submission_of,
};

pub fn with_workshop(plan: &mut Plan) {
    plan.workshop = Some(workshop(Duration::from_mins(1)));
}

fn workshop(time: Duration) -> Workshop {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_pishkhan"));
    Workshop::new(program, PreviewLimits { memory_bytes: 768 << 20, time, pages: 2 }, None, 2)
}

/// A photo that looks different from the others.
pub fn photo(number: u8) -> Attachment {
    let mut made = Vec::new();
    let mut encoder = png::Encoder::new(&mut made, 1, 1);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().expect("memory takes everything");
    writer.write_image_data(&[number * 20]).expect("one pixel is one byte");
    drop(writer);
    Attachment::new(&format!("p{number}.png"), made)
}

/// A PNG whose outside is in order and whose pixels can't be unpacked.
fn broken_photo() -> Attachment {
    let mut bytes = samples::png(7).to_vec();
    let at = bytes.windows(4).position(|word| word == b"IDAT").expect("a PNG has pixels");
    let length = u32::from_be_bytes(bytes[at - 4..at].try_into().expect("four bytes")) as usize;
    bytes[at + 4..at + 4 + length].fill(0xff);
    let sum = crc32(&bytes[at..at + 4 + length]);
    bytes[at + 4 + length..at + 8 + length].copy_from_slice(&sum.to_be_bytes());
    Attachment::new("خراب.png", bytes)
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |sum: u32, _| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 };
    !bytes.iter().fold(u32::MAX, |sum, &byte| (0..8).fold(sum ^ u32::from(byte), step))
}

pub async fn draft_with(sender: &Sender, files: Vec<Attachment>) -> (String, Form) {
    let check = sender.writes(&Letter { files, ..Letter::default() }).await;
    let draft = draft_of(&check).to_string();
    let form = edited(sender, &draft).await;
    (draft, form)
}

async fn page(sender: &Sender, draft: &str) -> Answer {
    sender.get(&format!("/letters/new?draft={draft}")).await.ok()
}

pub async fn edited(sender: &Sender, draft: &str) -> Form {
    page(sender, draft).await.form(&format!("/drafts/{draft}"))
}

pub fn names(page: &Answer) -> Vec<String> {
    page.all("#file-list .file b")
}

/// The value of the button of this name beside the file.
fn button(page: &Answer, name: &str, file: usize) -> Option<String> {
    let row = format!("#file-list .file:nth-child({}) button[name={name}]", file + 1);
    page.attributes(&row, "value").pop()
}

#[tokio::test]
async fn files_go_up_and_down_and_what_was_typed_stays() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let files = vec![photo(1), Attachment::new("b.pdf", samples::pdf("b")), photo(3)];
        let (draft, form) = draft_with(&sender, files).await;
        let shown = page(&sender, &draft).await;
        assert_eq!(names(&shown), ["p1.png", "b.pdf", "p3.png"]);
        assert!(button(&shown, "up", 0).is_none() && button(&shown, "down", 2).is_none(), "no button leads nowhere");
        let first = button(&shown, "down", 0).expect("the first can go down");
        assert!(shown.one(&format!("#down-{first}")).contains("p1.png"), "who only hears the page hears which file");

        let moved = form.fill("subject", "نیمه‌کاره").press("down", &first).send().await;
        assert_eq!(moved.location(), format!("/letters/new?draft={draft}#down-{first}"));
        let shown = moved.follow().await.ok();
        assert_eq!(names(&shown), ["b.pdf", "p1.png", "p3.png"]);
        assert_eq!(shown.value("subject"), "نیمه‌کاره");

        let moved = edited(&sender, &draft).await.press("down", &first).send().await;
        assert_eq!(moved.location(), format!("/letters/new?draft={draft}#up-{first}"), "the end of its way");
        assert_eq!(names(&moved.follow().await.ok()), ["b.pdf", "p3.png", "p1.png"]);
        let moved = edited(&sender, &draft).await.press("up", &first).send().await;
        assert_eq!(names(&moved.follow().await.ok()), ["b.pdf", "p1.png", "p3.png"]);
        let moved = edited(&sender, &draft).await.press("up", &first).send().await;
        assert_eq!(moved.location(), format!("/letters/new?draft={draft}#down-{first}"));

        let check = sender.get(&format!("/drafts/{draft}")).await.ok();
        sender.submits(&check).await;
        let files = sender.letter(&draft_of(&check)).await.all("#letter-files .file b");
        assert_eq!(files, ["p1.png", "b.pdf", "p3.png"], "the letter has them in this order");
    })
    .await;
}

#[tokio::test]
async fn nobody_orders_what_is_not_theirs_or_not_there() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let (draft, form) = draft_with(&sender, vec![photo(1), photo(2)]).await;
        let file = button(&page(&sender, &draft).await, "down", 0).expect("the first can go down");
        let other = app.sender("09351234567").signs_in().await;
        let (theirs, their_form) = draft_with(&other, vec![photo(3), photo(4)]).await;
        their_form.forge("down", &file).send().await.is(303);
        for nonsense in ["", "../..", "aaaaaaaaaaaaaaaaaaaaaaaaaa", "\u{202e}"] {
            form.clone().forge("up", nonsense).send().await.is(303);
        }
        assert_eq!(names(&page(&sender, &draft).await), ["p1.png", "p2.png"]);
        assert_eq!(names(&page(&other, &theirs).await), ["p3.png", "p4.png"]);
        let token = other.form_token().await;
        other.post(&format!("/drafts/{draft}"), &[("form_token", &token), ("down", &file)]).await.is(404);

        let check = sender.get(&format!("/drafts/{draft}")).await.ok();
        sender.submits(&check).await;
        assert_eq!(form.forge("down", &file).send().await.location(), format!("/letters/{draft}"));
        assert_eq!(sender.letter(&draft_of(&check)).await.all("#letter-files .file b"), ["p1.png", "p2.png"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_crowd_that_orders_one_draft_loses_no_file() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let (draft, form) = draft_with(&sender, (1..=5).map(photo).collect()).await;
        let shown = page(&sender, &draft).await;
        let press = |place: usize| {
            let (name, value) = match place % 2 {
                0 => ("down", button(&shown, "down", place % 4)),
                _ => ("up", button(&shown, "up", 1 + place % 4)),
            };
            form.clone().press(name, &value.expect("there is a button"))
        };
        for answer in at_once((0..16).map(press).collect()).await {
            answer.is(303);
        }
        let mut after = names(&page(&sender, &draft).await);
        after.sort();
        assert_eq!(after, ["p1.png", "p2.png", "p3.png", "p4.png", "p5.png"]);
        let places = app.numbers("select position from files order by position").await;
        assert_eq!(places, [1, 2, 3, 4, 5]);
    })
    .await;
}

#[tokio::test]
async fn a_script_learns_where_its_draft_is_even_when_nothing_was_written_yet() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let blank = sender.get("/letters/new").await.ok().form("/drafts");
        let typing = blank.clone().by(&sender.browser.clone().with("x-autosave", "1")).send().await.is(204);
        assert_eq!(typing.header("location"), None, "an empty form leaves no draft behind");
        let files = blank.by(&sender.browser.clone().with("x-autosave", "files"));
        let saved = files.send().await.is(204);
        let draft = saved.header("location").expect("the draft is named").to_owned();
        assert_eq!(files.send().await.is(204).header("location"), Some(draft.as_str()), "and made once");
        let id = draft.trim_start_matches("/drafts/");
        let form = page(&sender, id).await;
        assert_eq!(form.attribute("form[data-draft]", "data-uploads"), format!("{draft}/uploads"));
    })
    .await;
}

const BOUND: &str = "عکس‌های نامه.pdf";

async fn pdf(sender: &Sender, letter_or_check: &Answer) -> Bytes {
    let urls = letter_or_check.attributes("a.file", "href");
    sender.get(urls.last().expect("the bound PDF stands last")).await.ok().body
}

#[tokio::test]
async fn photos_become_one_pdf_in_the_order_shown_and_stay() {
    on_both_as(with_workshop, async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let (draft, form) = draft_with(&sender, vec![photo(1)]).await;
        assert!(!page(&sender, &draft).await.has("button[name=bind]"), "one photo needs no binding");
        form.attach("files", photo(2)).press("next", "check").send().await.is(303);

        let form = edited(&sender, &draft).await.fill("subject", "با عکس");
        let bound = form.press("bind", "yes").send().await;
        assert_eq!(bound.location(), format!("/letters/new?draft={draft}#bound"));
        let shown = bound.follow().await.ok();
        assert_eq!(names(&shown), ["p1.png", "p2.png", BOUND]);
        assert_eq!(shown.value("subject"), "با عکس");
        assert!(!shown.has("button[name=bind]"), "it is up to date");
        assert!(!shown.has("#bound button[name=up]") && !shown.has("#bound button[name=down]"));
        assert!(button(&shown, "down", 1).is_none(), "the last photo does not go behind the PDF");

        let first = pdf(&sender, &sender.get(&format!("/drafts/{draft}")).await.ok()).await;
        assert!(first.starts_with(b"%PDF-"));
        let down = button(&shown, "down", 0).expect("the first can go down");
        edited(&sender, &draft).await.press("down", &down).send().await.is(303);
        let check = sender.get(&format!("/drafts/{draft}")).await.ok();
        assert_eq!(check.all("a.file b"), ["p2.png", "p1.png", BOUND], "it is made anew");
        assert_ne!(pdf(&sender, &check).await, first);

        sender.submits(&check).await.says(BOUND);
        let desk = app.reviewer().await.letter(&draft_of(&check)).await;
        for name in ["p1.png", "p2.png", BOUND] {
            desk.says(name);
        }
    })
    .await;
}

#[tokio::test]
async fn what_was_bound_follows_the_photos_and_goes_with_the_last_but_one() {
    on_both_as(with_workshop, async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let (draft, form) = draft_with(&sender, vec![photo(1), photo(2), photo(3)]).await;
        form.press("bind", "yes").send().await.is(303);
        let of_bound = "select sha256 from files where bound_at is not null and removed_at is null";
        let first = app.texts(of_bound).await;
        // A document changes nothing, a photo does.
        let document = Attachment::new("a.pdf", samples::pdf("a"));
        edited(&sender, &draft).await.attach("files", document).press("next", "later").send().await.is(303);
        assert_eq!(app.texts(of_bound).await, first);
        edited(&sender, &draft).await.attach("files", photo(4)).press("next", "later").send().await.is(303);
        let second = app.texts(of_bound).await;
        assert_eq!(second.len(), 1);
        assert_ne!(second, first);
        // Photos are taken out until one is left.
        for left in [3, 2, 1] {
            let shown = page(&sender, &draft).await;
            let photo = button(&shown, "remove", 0).expect("each file can be removed");
            edited(&sender, &draft).await.press("remove", &photo).send().await.is(303);
            assert_eq!(app.texts(of_bound).await.len(), usize::from(left > 1), "{left} photos");
        }
        assert_eq!(names(&page(&sender, &draft).await), ["a.pdf", "p4.png"]);
        // It can be taken out by itself, too, and nothing makes it anew.
        edited(&sender, &draft).await.attach("files", photo(5)).press("next", "stay").send().await.is(303);
        edited(&sender, &draft).await.press("bind", "yes").send().await.is(303);
        let bound = page(&sender, &draft).await.attribute("#bound button[name=remove]", "value");
        edited(&sender, &draft).await.press("remove", &bound).send().await.is(303);
        edited(&sender, &draft).await.press("next", "later").send().await.is(303);
        assert!(app.texts(of_bound).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn it_counts_neither_as_a_file_nor_against_the_day() {
    on_both_as(
        |plan| {
            with_workshop(plan);
            plan.rules.letters.files = 2;
            plan.rules.limits.files_per_sender_per_day = 3;
        },
        async |app| {
            let sender = app.sender("09121234567").signs_in().await;
            let (draft, form) = draft_with(&sender, vec![photo(1), photo(2)]).await;
            form.press("bind", "yes").send().await.is(303);
            let shown = page(&sender, &draft).await;
            let last = button(&shown, "remove", 1).expect("each file can be removed");
            let swapped = edited(&sender, &draft).await.attach("files", photo(3)).press("remove", &last).send().await;
            assert_eq!(names(&swapped.follow().await.ok()), ["p1.png", "p3.png", BOUND], "there was room for another");
            // Bindings have a day of their own.
            for _ in 0..2 {
                let down = button(&page(&sender, &draft).await, "down", 0).expect("the first can go down");
                let moved = edited(&sender, &draft).await.press("down", &down).send().await;
                if moved.status == 303 {
                    continue;
                }
                moved.says("امروز بارها PDF ساخته‌اید");
                moved.says("PDF قبلی برداشته شد");
                assert_eq!(names(&moved), ["p1.png", "p3.png"]);
                app.wait(24 * 60 * 60 + 1).await;
                let sender = app.sender("09121234567").signs_in().await;
                edited(&sender, &draft).await.press("bind", "yes").send().await.is(303);
                assert_eq!(names(&page(&sender, &draft).await), ["p1.png", "p3.png", BOUND]);
                return;
            }
            panic!("the day of bindings never ended");
        },
    )
    .await;
}

#[tokio::test]
async fn a_photo_that_breaks_the_worker_is_named_and_the_letter_goes_without_a_pdf() {
    on_both_as(with_workshop, async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let (draft, form) = draft_with(&sender, vec![photo(1), broken_photo()]).await;
        let refused = form.fill("subject", "با عکس").press("bind", "yes").send().await.is(422);
        refused.says("فایل خراب.png باز نشد و PDF ساخته نشد");
        assert_eq!(refused.value("subject"), "با عکس");
        assert_eq!(names(&refused), ["p1.png", "خراب.png"]);
        // What was bound before does not survive a photo that can't be bound.
        let second = button(&refused, "remove", 1).expect("each file can be removed");
        let form = edited(&sender, &draft).await.press("remove", &second).attach("files", photo(2));
        form.send().await.is(303);
        edited(&sender, &draft).await.press("bind", "yes").send().await.is(303);
        let form = edited(&sender, &draft).await.attach("files", broken_photo()).press("next", "check");
        let refused = form.send().await.is(422);
        refused.says("فایل خراب.png باز نشد");
        refused.says("PDF قبلی برداشته شد");
        assert_eq!(names(&refused), ["p1.png", "p2.png", "خراب.png"]);
        let check = edited(&sender, &draft).await.press("next", "check").send().await.follow().await.ok();
        sender.submits(&check).await;
    })
    .await;
}

#[tokio::test]
async fn refusals_to_bind_have_their_sentences() {
    on_one(
        Kind::Sqlite,
        |plan| plan.workshop = Some(workshop(Duration::ZERO)),
        async |app| {
            let sender = app.sender("09121234567").signs_in().await;
            let (draft, form) = draft_with(&sender, vec![photo(1), photo(2)]).await;
            form.press("bind", "yes").send().await.is(422).says("ساختن PDF بیش از اندازه طول کشید");
            app.execute("update blobs set scan = 'waiting'").await;
            let form = edited(&sender, &draft).await.press("bind", "yes");
            form.send().await.is(422).says("هنوز در حال بررسی امنیتی است");
            app.execute("update blobs set scan = 'infected'").await;
            form.send().await.is(422).says("آلوده است و در PDF گذاشته نمی‌شود");
            page(&sender, &draft).await.says("این فایل آلوده است و باز نمی‌شود");
            let alone = draft_with(&sender, vec![photo(3)]).await.1;
            alone.forge("bind", "yes").send().await.is(422).says("دست‌کم دو عکس");
        },
    )
    .await;
    let nowhere = |plan: &mut Plan| {
        let limits = PreviewLimits { memory_bytes: 768 << 20, time: Duration::from_mins(1), pages: 2 };
        plan.workshop = Some(Workshop::new("/nowhere/pishkhan".into(), limits, None, 1));
    };
    on_one(Kind::Sqlite, nowhere, async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let form = draft_with(&sender, vec![photo(1), photo(2)]).await.1;
        let refused = form.press("bind", "yes").send().await.is(503);
        refused.says("اکنون نمی‌توانیم PDF بسازیم");
        assert_eq!(names(&refused), ["p1.png", "p2.png"]);
        app.take_faults();
    })
    .await;
    on_one(
        Kind::Sqlite,
        |_| {},
        async |app| {
            let sender = app.sender("09121234567").signs_in().await;
            let (draft, form) = draft_with(&sender, vec![photo(1), photo(2)]).await;
            assert!(!page(&sender, &draft).await.has("button[name=bind]"), "without previews there is no button");
            form.forge("bind", "yes").send().await.is(503).says("اکنون نمی‌توانیم PDF بسازیم");
            app.take_faults();
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_tabs_that_bind_and_order_leave_one_pdf_of_the_photos_as_they_are() {
    on_both_as(with_workshop, async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let (draft, form) = draft_with(&sender, vec![photo(1), photo(2)]).await;
        let bind = form.clone().press("bind", "yes");
        for answer in at_once(vec![bind.clone(); 4]).await {
            answer.is(303);
        }
        assert_eq!(bound_files(&app).await, 1);
        let down = button(&page(&sender, &draft).await, "down", 0).expect("the first can go down");
        let order = form.press("down", &down);
        for answer in at_once(vec![bind, order.clone(), order]).await {
            assert!([303, 422].contains(&answer.status.as_u16()), "{}", answer.text());
        }
        assert!(bound_files(&app).await <= 1);
        // Whatever the race was, what is submitted shows the photos as they are now.
        edited(&sender, &draft).await.forge("bind", "yes").send().await.is(303);
        let check = sender.get(&format!("/drafts/{draft}")).await.ok();
        let shown = pdf(&sender, &check).await;
        let again = app.sender("09351234567").signs_in().await;
        let order: Vec<_> = names(&page(&sender, &draft).await);
        let photos = order.iter().take(2).map(|name| photo(u8::from(name == "p2.png") + 1)).collect();
        let (other, form) = draft_with(&again, photos).await;
        form.press("bind", "yes").send().await.is(303);
        let expected = pdf(&again, &again.get(&format!("/drafts/{other}")).await.ok()).await;
        assert_eq!(shown, expected, "the same photos in the same order are the same PDF");
        sender.submits(&check).await;
    })
    .await;
}

async fn bound_files(app: &TestApp) -> i64 {
    app.count("select count(*) from files where bound_at is not null and removed_at is null").await
}

#[tokio::test]
async fn a_photo_that_came_another_way_is_bound_before_the_letter_goes() {
    on_both_as(with_workshop, async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let (draft, form) = draft_with(&sender, vec![photo(1), photo(2)]).await;
        form.press("bind", "yes").send().await.is(303);
        // As it stands when an upload in pieces has ended, or a server died between ordering and binding.
        app.execute("update files set position = 0 where bound_at is not null").await;
        let check = sender.get(&format!("/drafts/{draft}")).await.ok();
        let again = check.form(&submission_of(&check)).send().await.is(409);
        again.says("یک بار دیگر نگاه کنید");
        assert_eq!(again.all("a.file b"), ["p1.png", "p2.png", BOUND]);
        sender.submits(&again).await;
        assert_eq!(bound_files(&app).await, 1);
    })
    .await;
}

//! Files that follow a letter under the same receipt: promised in the draft, added while they may come, refused in words.

use pishkhan_office::ids::LetterId;
use pishkhan_testkit::{
    Answer, Attachment, Form, Kind, Letter, Plan, Sender, at_once, draft_of, on_both, on_both_as, on_one, samples,
};

fn pdf(name: &str) -> Attachment {
    Attachment::new(name, samples::pdf(name))
}

/// Sends a letter whose files will follow.
async fn promises(sender: &Sender, letter: &Letter) -> LetterId {
    let form = sender.fills_in(letter).await.fill("files_follow", "yes").press("next", "check");
    let check = form.send().await.follow().await.ok();
    check.says("فایل را تا ۴۸ ساعت پس از ارسال نامه می‌فرستید.");
    let id = draft_of(&check);
    sender.submits(&check).await;
    id
}

async fn on_letter(sender: &Sender, letter: &LetterId) -> Form {
    sender.letter(letter).await.form(&format!("/letters/{letter}/files"))
}

async fn on_receipt(sender: &Sender, letter: &LetterId) -> (Answer, Form) {
    let page = sender.get(&format!("/letters/{letter}/receipt")).await.ok();
    let form = page.form(&format!("/letters/{letter}/files"));
    (page, form)
}

const EMPTY: Letter =
    Letter {
        unit: "شکایات", name: "مریم احمدی", subject: "فایل در راه است", body: "", files: Vec::new()
    };

#[tokio::test]
async fn a_letter_may_go_ahead_of_its_files() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let alone = sender.fills_in(&EMPTY).await.press("next", "check").send().await.is(422);
        alone.says("متن نامه را بنویسید یا فایل آن را اضافه کنید");
        let letter = promises(&sender, &EMPTY).await;
        let (receipt, form) = on_receipt(&sender, &letter).await;
        receipt.says("تا سه‌شنبه ۲۱ آبان");
        let code = receipt.one(".big");
        let added = form.attach("files", pdf("a.pdf")).attach("files", pdf("b.pdf")).send().await;
        assert_eq!(added.location(), format!("/letters/{letter}/receipt#letter-files"));
        let receipt = added.follow().await.ok();
        assert_eq!(receipt.one(".big"), code, "the same receipt");
        assert_eq!(receipt.all("#letter-files .file b"), ["a.pdf", "b.pdf"]);
        receipt.says("اضافه شد: امروز");
        let page = sender.letter(&letter).await;
        assert_eq!(page.all("#letter-files .file b"), ["a.pdf", "b.pdf"]);
        page.says("فایل اضافه کردید");
        assert_eq!(app.count("select count(*) from events where kind = 'files_added'").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_receipt_that_is_printed_at_the_counter_tells_apart_what_came_later() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = promises(&sender, &Letter { files: vec![pdf("first.pdf")], ..EMPTY }).await;
        let (_, form) = on_receipt(&sender, &letter).await;
        form.attach("files", pdf("later.pdf")).send().await.is(303);
        let printed = app.reviewer().await.get(&format!("/desk/letters/{letter}/receipt")).await.ok();
        assert_eq!(printed.all("#letter-files .file b"), ["first.pdf"], "what the receipt was given for");
        assert_eq!(printed.all("#added-files .file b"), ["later.pdf"]);
        printed.says("اضافه شد: ۱۴۰۹/۰۸/۱۹");
    })
    .await;
}

#[tokio::test]
async fn the_promise_stays_ticked_and_can_be_taken_back() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let form = sender.fills_in(&Letter::default()).await.fill("files_follow", "yes").press("next", "check");
        let draft = draft_of(&form.send().await.follow().await.ok());
        let page = sender.get(&format!("/letters/new?draft={draft}")).await.ok();
        assert!(page.has("#files_follow[checked]"));
        let form = page.form(&format!("/drafts/{draft}")).without("files_follow").press("next", "check");
        let check = form.send().await.follow().await.ok();
        assert!(!check.text().contains("پس از ارسال نامه می‌فرستید"));
        sender.submits(&check).await;
        let page = sender.letter(&draft).await;
        assert!(!page.has("#addition"));
        let token = sender.form_token().await;
        let forged = sender.post(&format!("/letters/{draft}/files"), &[("form_token", &token)]).await.is(409);
        forged.says("همان‌طور که فرستاده شد کامل است");
    })
    .await;
}

#[tokio::test]
async fn what_came_with_the_letter_is_told_apart_from_what_followed() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = promises(&sender, &Letter::with_file()).await;
        let before = on_receipt(&sender, &letter).await.0;
        let hashes = before.all(".hash");
        on_letter(&sender, &letter).await.attach("files", pdf("later.pdf")).send().await.is(303);
        let after = on_receipt(&sender, &letter).await.0;
        assert!(hashes.iter().all(|hash| after.all(".hash").contains(hash)), "nothing acknowledged has changed");
        assert_eq!(after.all("#letter-files .file b"), ["later.pdf"]);
        // A clock that goes back can't move a file under what was acknowledged.
        app.execute("update files set stored_at = 1").await;
        assert_eq!(on_receipt(&sender, &letter).await.0.all("#letter-files .file b"), ["later.pdf"]);
    })
    .await;
}

#[tokio::test]
async fn a_form_that_is_repeated_changes_nothing() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = promises(&sender, &EMPTY).await;
        let form = on_letter(&sender, &letter).await.attach("files", pdf("a.pdf"));
        form.send().await.is(303);
        let version = app.numbers("select version from letters").await;
        assert_eq!(form.send().await.location(), format!("/letters/{letter}#letter-files"));
        assert_eq!(app.numbers("select version from letters").await, version);
        assert_eq!(app.count("select count(*) from files").await, 1);
        assert_eq!(app.count("select count(*) from events where kind = 'files_added'").await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_crowd_of_tabs_adds_each_file_once_and_not_too_many() {
    on_both_as(
        |plan| plan.rules.letters.files = 3,
        async |app| {
            let sender = app.sender("09121234567").signs_in().await;
            let letter = promises(&sender, &EMPTY).await;
            let form = on_letter(&sender, &letter).await;
            let one = |n: usize| form.clone().attach("files", pdf(&format!("{}.pdf", n % 5)));
            let answers = at_once((0..15).map(one).collect()).await;
            for answer in &answers {
                assert!([303, 422].contains(&answer.status.as_u16()), "{}", answer.text());
            }
            assert_eq!(app.count("select count(*) from files").await, 3);
            assert_eq!(app.count("select count(distinct sha256) from files").await, 3);
            form.attach("files", pdf("more.pdf")).send().await.is(422).says("حداکثر ۳ فایل می‌توانید بفرستید");
        },
    )
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_file_is_said_on_the_page_it_was_sent_from() {
    on_both_as(
        |plan| plan.rules.limits.files_per_sender_per_day = 5,
        async |app| {
            let sender = app.sender("09121234567").signs_in().await;
            let letter = promises(&sender, &EMPTY).await;
            let (_, form) = on_receipt(&sender, &letter).await;
            let none = form.send().await.is(422);
            none.says("فایل را انتخاب کنید");
            none.says("نامه‌تان به دست ما رسید");
            assert!(none.has("#added[aria-invalid]") && none.has(".errs a[href='#added']"));
            let bad = form.clone().attach("files", Attachment::new("x.pdf", samples::program()));
            let mixed = bad.attach("files", pdf("good.pdf")).send().await.is(422);
            mixed.says("فایل x.pdf یک برنامه است");
            assert_eq!(mixed.all("#letter-files .file b"), ["good.pdf"], "the good one is kept");
            let bad = on_letter(&sender, &letter).await.attach("files", Attachment::new("empty.pdf", ""));
            let refused = bad.send().await.is(422);
            refused.says("فایل empty.pdf خالی است");
            refused.says("آخرین وضعیت");
            for name in ["2.pdf", "3.pdf"] {
                on_letter(&sender, &letter).await.attach("files", pdf(name)).send().await.is(303);
            }
            let over = on_letter(&sender, &letter).await.attach("files", pdf("4.pdf")).send().await.is(422);
            over.says("امروز به اندازه کافی فایل فرستاده‌اید");
        },
    )
    .await;
}

#[tokio::test]
async fn when_the_time_is_over_the_page_says_so() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = promises(&sender, &EMPTY).await;
        app.wait(48 * 3600 - 60).await;
        let sender = app.sender("09121234567").signs_in().await;
        let form = on_letter(&sender, &letter).await.attach("files", pdf("in-time.pdf"));
        form.send().await.is(303);
        let late = on_letter(&sender, &letter).await.attach("files", pdf("late.pdf"));
        app.wait(61).await;
        let refused = late.send().await.is(410);
        refused.says("مهلت افزودن فایل تمام شده است و این فایل‌ها اضافه نشد.");
        assert!(!refused.has("#addition form"));
        let page = sender.letter(&letter).await;
        page.says("مهلت افزودن فایل");
        assert!(!page.has("#addition form"));
        assert_eq!(page.all("#letter-files .file b"), ["in-time.pdf"]);
        let again = sender.get(&format!("/letters/{letter}/files")).await;
        assert_eq!(again.location(), format!("/letters/{letter}"), "the refusal's address leads to the letter");
    })
    .await;
}

#[tokio::test]
async fn a_letter_that_is_decided_takes_no_more_files() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let reviewer = app.reviewer().await;
        let rejected = promises(&sender, &EMPTY).await;
        let late = on_letter(&sender, &rejected).await.attach("files", pdf("late.pdf"));
        reviewer.rejects(&rejected, "").await;
        late.send().await.is(409).says("درباره این نامه تصمیم گرفته شده است");
        assert!(!sender.letter(&rejected).await.has("#addition"));

        let answered = promises(&sender, &EMPTY).await;
        reviewer.registers(&answered).await;
        on_letter(&sender, &answered).await.attach("files", pdf("a.pdf")).send().await.is(303);
        let officer = app.officer("شکایات").await;
        officer.takes(&answered).await;
        let form = on_letter(&sender, &answered).await;
        form.clone().attach("files", pdf("b.pdf")).send().await.is(303);
        officer.answers(&answered, "پاسخ", &[]).await;
        form.clone().attach("files", pdf("c.pdf")).send().await.is(409);
        app.time_comes(30).await;
        form.attach("files", pdf("d.pdf")).send().await.is(409);
        assert_eq!(sender.letter(&answered).await.all("#letter-files .file b"), ["a.pdf", "b.pdf"]);
    })
    .await;
}

#[tokio::test]
async fn who_decides_looks_at_the_new_files_first() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = promises(&sender, &EMPTY).await;
        let reviewer = app.reviewer().await;
        let dialog = reviewer.dialog(&letter, "registration").await;
        on_letter(&sender, &letter).await.attach("files", pdf("new.pdf")).send().await.is(303);
        let refused = dialog.send().await.is(409);
        refused.says("پس از باز شدن صفحه، فرستنده فایل اضافه کرد.");
        refused.says("new.pdf");
        reviewer.registers(&letter).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn registered_and_added_at_once_nobody_decides_unseen() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let reviewer = app.reviewer().await;
        for round in 0..5 {
            let letter = promises(&sender, &EMPTY).await;
            let dialog = reviewer.dialog(&letter, "registration").await;
            let form = on_letter(&sender, &letter).await.attach("files", pdf(&format!("{round}.pdf")));
            let answers = at_once(vec![dialog, form]).await;
            assert_eq!(answers[1].status, 303, "the file comes in either way");
            assert!([303, 409].contains(&answers[0].status.as_u16()));
        }
        let unseen = "select count(*) from events r join events f on f.letter_id = r.letter_id
                      where r.kind = 'letter_registered' and f.kind = 'files_added' and f.sequence < r.sequence";
        assert_eq!(app.count(unseen).await, 0);
    })
    .await;
}

#[tokio::test]
async fn nobody_adds_to_another_s_letter() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = promises(&sender, &EMPTY).await;
        let form = on_letter(&sender, &letter).await.attach("files", pdf("a.pdf"));
        let other = app.sender("09351234567").signs_in().await;
        form.clone().by(&other).send().await.is(404);
        other.get(&format!("/letters/{letter}/files")).await.is(404);
        let draft = draft_of(&sender.writes(&Letter::default()).await);
        let token = sender.form_token().await;
        let fields = [("form_token", token.as_str())];
        sender.post(&format!("/letters/{draft}/files"), &fields).await.is(404);
        sender.post("/letters/nowhere/files", &fields).await.is(404);
        form.clone().forge("form_token", "x").send().await.is(403);
        assert_eq!(app.count("select count(*) from files").await, 0);
    })
    .await;
}

#[tokio::test]
async fn the_words_take_the_number_of_hours() {
    let plan = |plan: &mut Plan| plan.rules.letters.files_follow = std::time::Duration::from_hours(6);
    on_one(Kind::Sqlite, plan, async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        sender.get("/letters/new").await.ok().says("(تا ۶ ساعت پس از ارسال نامه)");
    })
    .await;
}

#[tokio::test]
async fn a_file_that_nobody_may_open_has_words_and_no_link() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::with_file()).await;
        app.reviewer().await.registers(&letter).await;
        let officer = app.officer("شکایات").await;
        officer.takes(&letter).await;
        officer.answers(&letter, "پاسخ", &[pdf("answer.pdf")]).await;
        let links = async || sender.letter(&letter).await.attributes("a[href^='/files/']", "href").len();
        assert_eq!(links().await, 2);
        app.execute("update blobs set scan = 'waiting'").await;
        assert_eq!(links().await, 0);
        let page = sender.letter(&letter).await;
        let told = page.all(".file .fine");
        assert_eq!(told.len(), 2, "of the letter's file and of the answer's");
        assert!(told.iter().all(|text| text.starts_with("در حال بررسی امنیتی…")), "{told:?}");
        app.execute("update blobs set scan = 'infected'").await;
        assert_eq!(links().await, 0);
        sender.letter(&letter).await.says("این فایل آلوده است و باز نمی‌شود.");
        let draft = sender.writes(&Letter::with_file()).await;
        assert!(!draft.has("a[href^='/files/']"), "the same bytes are known on the check page");
    })
    .await;
}

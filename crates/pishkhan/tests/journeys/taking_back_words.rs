//! Taking back what decides nothing or is done seldom: a message in between, and a reopening. For ten seconds neither leaves a message, and
//! whoever did it takes it back, unless its sender has seen it or somebody did something since.

use pishkhan_courier::gateways::Purpose;
use pishkhan_office::accounts::staff::{self, NewPost};
use pishkhan_office::actor::Role;
use pishkhan_office::ids::LetterId;
use pishkhan_testkit::{
    Answer, Attachment, Form, Letter, Sender, Staff, TestApp, at_once, on_both, on_both_as, samples,
};

use crate::taking_back::{standing, state, told, undoing};

const UNIT: &str = "شکایات";
const TEXT: &str = "کارشناس ما فردا به ملک سر می‌زند.";
const REASON: &str = "پاسخ ناقص بود.";
const SUBJECT: &str = "درخواست بررسی قبض آب";
const SEEN: &str = "فرستنده نامه را باز کرده و این را دیده است";
const OPENED: &str = "select answer_opened_at from letters";

async fn message(staff: &Staff, letter: &LetterId, text: &str) -> Form {
    staff.dialog(letter, "interim").await.fill("text", text)
}

/// Tells the sender, and answers the page after it with the button that takes it back.
async fn tells(staff: &Staff, letter: &LetterId, text: &str) -> (Answer, Form) {
    let page = message(staff, letter, text).await.send().await.is(303).follow().await.ok();
    let undo = page.form(&undoing(letter));
    (page, undo)
}

/// Opens the letter again, and answers the tray after it with the button that closes it again.
async fn reopens(administrator: &Staff, letter: &LetterId) -> (Answer, Form) {
    let form = administrator.dialog(letter, "reopening").await.fill("text", REASON);
    let tray = form.send().await.is(303).follow().await.ok();
    let undo = tray.form(&undoing(letter));
    (tray, undo)
}

/// A letter whose answer was read, rated and closed.
async fn closed(app: &TestApp) -> (Sender, Staff, LetterId) {
    let (sender, officer, letter) = app.letter_in_hand().await;
    officer.answers(&letter, "پاسخ نخست", &[Attachment::new("نخست.pdf", samples::pdf("first"))]).await;
    sender.letter(&letter).await.says("پاسخ نخست");
    app.time_comes(60).await;
    sender.rates(&letter, 2, "").await;
    (sender, officer, letter)
}

/// The same form, sent by somebody else.
async fn as_seen_by(staff: &Staff, form: &Form) -> Answer {
    let token = staff.form_token().await;
    form.clone().by(staff).forge("form_token", &token).send().await
}

#[tokio::test]
async fn a_message_that_was_taken_back_stays_in_the_house() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        let before = standing(&app).await;
        let file = Attachment::new("نقشه.pdf", samples::pdf("plan"));
        let sent = message(&officer, &letter, TEXT).await.attach("files", file).send().await.is(303);
        let page = sent.follow().await.ok();
        page.says("پس گرفتن (۱۰ ثانیه)");
        assert_eq!(page.attribute("[data-undo]", "data-key"), "KeyZ");
        app.wait(4).await;
        assert_eq!(told(&app, "sender_informed").await, 0);
        let back = page.form(&undoing(&letter)).send().await.is(303).follow().await.ok();
        back.says(&format!("پیام به فرستنده درباره «{SUBJECT}» پس گرفته شد."));
        back.says("پیام به فرستنده پس گرفته شد؛ فرستنده آن را ندید");
        back.says("پیامی که پس گرفته شد؛ فرستنده آن را ندیده است");
        back.says(TEXT);
        assert!(!back.has("[data-undo]"), "nothing else was done by them a moment ago");
        assert_eq!(standing(&app).await, before);
        let file = back.attributes("a.file[href^='/files/']", "href").pop().expect("the message's file");
        officer.get(&file).await.ok();
        sender.get(&file).await.is(404);
        sender.get("/letters").await.ok().hides("پیام تازه از واحد");
        let page = sender.letter(&letter).await;
        page.hides(TEXT);
        page.hides("نقشه.pdf");
        page.hides("واحد برای شما پیامی نوشت");
        page.hides("پس گرفته شد");
        app.wait(30).await;
        assert_eq!(told(&app, "sender_informed").await, 0);
        let undone = app.texts("select detail from events where kind = 'decision_undone'").await;
        assert!(undone.len() == 1 && undone[0].contains("informed"), "{undone:?}");

        let form = message(&officer, &letter, "کارشناس ما پس‌فردا می‌آید.").await;
        officer.decides(form).await;
        assert_eq!(told(&app, "sender_informed").await, 1);
        let page = sender.letter(&letter).await;
        page.says("کارشناس ما پس‌فردا می‌آید.");
        page.hides(TEXT);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_taken_back_is_told_after_ten_seconds_by_every_way() {
    on_both(async |app| {
        let (_, officer, letter) = app.letter_in_hand().await;
        app.carries_mail(&[Purpose::Code, Purpose::Notice]).await;
        app.execute("update senders set email = 'maryam@example.ir' where mobile like '%9121234567'").await;
        let (_, undo) = tells(&officer, &letter, TEXT).await;
        app.wait(9).await;
        assert_eq!(told(&app, "sender_informed").await, 0);
        app.wait(1).await;
        assert_eq!(told(&app, "sender_informed").await, 2);
        undo.send().await.is(409).says("۱۰ ثانیه گذشته و پیامک فرستاده شده است؛");
        assert!(!officer.letter(&letter).await.has("[data-undo]"));
        let (_, undo) = tells(&officer, &letter, "و این هم هست.").await;
        undo.send().await.is(303);
        app.wait(30).await;
        assert_eq!(told(&app, "sender_informed").await, 2, "neither by SMS nor by e-mail");

        officer.answers(&letter, "پاسخ نخست", &[]).await;
        app.time_comes(60).await;
        let administrator = app.came_in(Role::Administrator, None).await;
        let (_, undo) = reopens(&administrator, &letter).await;
        app.wait(9).await;
        assert_eq!(told(&app, "letter_reopened").await, 0);
        app.wait(1).await;
        assert_eq!(told(&app, "letter_reopened").await, 2);
        let late = undo.send().await.is(409);
        late.says("تصمیم پابرجاست");
        late.says("۱۰ ثانیه گذشته و پیامک فرستاده شده است؛");
        late.hides(SUBJECT);
        assert_eq!(state(&app).await, "in_progress");
        let tray = administrator.get(&format!("/desk?done={letter}")).await.ok();
        assert!(!tray.has("[data-undo]"), "no button that would be refused");
    })
    .await;
}

#[tokio::test]
async fn only_the_message_that_was_taken_back_is_recalled() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        let signer = app.came_in(Role::Signer, Some(UNIT)).await;
        tells(&signer, &letter, "پیام نخست").await;
        app.wait(4).await;
        let (_, undo) = tells(&officer, &letter, "پیام دوم").await;
        undo.send().await.is(303);
        let (_, undo) = tells(&officer, &letter, "پیام سوم").await;
        app.wait(7).await;
        assert_eq!(told(&app, "sender_informed").await, 1, "the first has gone");
        undo.send().await.is(303);
        app.wait(30).await;
        assert_eq!(told(&app, "sender_informed").await, 1);
        let page = sender.letter(&letter).await;
        page.says("پیام نخست");
        page.hides("پیام دوم");
        page.hides("پیام سوم");
        page.says("واحد برای شما پیامی نوشت");
    })
    .await;
}

#[tokio::test]
async fn a_reopening_that_was_taken_back_leaves_the_letter_closed_as_it_was() {
    on_both(async |app| {
        let (sender, officer, letter) = closed(&app).await;
        let before = (standing(&app).await, app.numbers(OPENED).await);
        let administrator = app.came_in(Role::Administrator, None).await;
        let (tray, undo) = reopens(&administrator, &letter).await;
        tray.says("نامه دوباره باز شد و به واحد برگشت.");
        tray.says("پس گرفتن (۱۰ ثانیه)");
        tray.hides(SUBJECT);
        administrator.get(&format!("/desk/letters/{letter}")).await.is(404);
        assert_eq!(state(&app).await, "in_progress");
        app.wait(4).await;
        let back = undo.send().await.is(303).follow().await.ok();
        back.says(&format!("تصمیم درباره «{SUBJECT}» پس گرفته شد."));
        back.says("باز کردن دوباره پس گرفته شد؛ نامه بسته ماند");
        assert_eq!((standing(&app).await, app.numbers(OPENED).await), before);
        assert_eq!(app.count("select count(*) from answers where undone_at is not null").await, 0);
        officer.get(&format!("/desk/letters/{letter}/taking")).await.is(409);
        let page = sender.letter(&letter).await;
        page.says("پاسخ نخست");
        page.says("نخست.pdf");
        page.hides("پاسخ پیشین");
        page.hides("دوباره باز شد");
        page.hides(REASON);
        page.hides("پس گرفته شد");
        app.wait(30).await;
        assert_eq!(told(&app, "letter_reopened").await, 0);
        let undone = app.texts("select detail from events where kind = 'decision_undone'").await;
        assert!(undone.len() == 1 && undone[0].contains("reopened"), "{undone:?}");

        administrator.reopens(&letter, "پاسخ درباره قبض دیگری است.").await;
        assert_eq!(told(&app, "letter_reopened").await, 1);
        let page = sender.letter(&letter).await;
        page.says("پاسخ درباره قبض دیگری است.");
        page.says("پاسخ پیشین");
        officer.takes(&letter).await;
        officer.answers(&letter, "پاسخ کامل", &[]).await;
        sender.letter(&letter).await.says("پاسخ کامل");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_administrators_the_second_reads_that_the_letter_was_reopened() {
    on_both(async |app| {
        let (_, _, letter) = closed(&app).await;
        let first = app.came_in(Role::Administrator, None).await;
        let second = app.came_in(Role::Officer, Some("امور مالی")).await;
        let mut tx = app.begin().await;
        let post = NewPost { unit: None, title: "مدیر دوم".into(), role: Role::Administrator };
        staff::add_post(&mut tx, &second.account.id, &post).await.expect("they administer, too");
        tx.commit().await.expect("it is kept");
        let late = second.dialog(&letter, "reopening").await.fill("text", "من هم همین را می‌خواستم.");
        let (_, undo) = reopens(&first, &letter).await;
        let tray = late.send().await.is(303).follow().await.ok();
        tray.says("همکارتان پیش از شما این نامه را دوباره باز کرد");
        tray.hides(SUBJECT);
        assert!(!tray.has("[data-undo]"), "whose decision it is takes it back");
        undo.send().await.is(303);
        late.send().await.is(409);
        // At the very same moment.
        let mut forms = Vec::new();
        for administrator in [&first, &second] {
            forms.push(administrator.dialog(&letter, "reopening").await.fill("text", REASON));
        }
        let mut read = Vec::new();
        for answer in at_once(forms).await {
            read.push(answer.is(303).follow().await.ok().text());
        }
        let says = |sentence: &str| read.iter().filter(|text| text.contains(sentence)).count();
        assert_eq!((says("نامه دوباره باز شد و به واحد برگشت."), says("همکارتان پیش از شما")), (1, 1));
        assert_eq!(app.count("select count(*) from events where kind = 'letter_reopened'").await, 2);
    })
    .await;
}

#[tokio::test]
async fn what_the_sender_has_seen_is_not_taken_back() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        let (_, undo) = tells(&officer, &letter, TEXT).await;
        // The list tells that there is something.
        sender.get("/letters").await.ok().says("پیام تازه از واحد");
        assert!(officer.letter(&letter).await.has("[data-undo]"));
        sender.letter(&letter).await.says(TEXT);
        assert!(!officer.letter(&letter).await.has("[data-undo]"), "no button that would be refused");
        undo.send().await.is(409).says(SEEN);
        app.wait(10).await;
        assert_eq!(told(&app, "sender_informed").await, 1);
        sender.letter(&letter).await.says(TEXT);

        officer.answers(&letter, "پاسخ نخست", &[]).await;
        app.time_comes(60).await;
        let administrator = app.came_in(Role::Administrator, None).await;
        let (_, undo) = reopens(&administrator, &letter).await;
        sender.letter(&letter).await.says(REASON);
        let refused = undo.send().await.is(409);
        refused.says(SEEN);
        refused.hides(SUBJECT);
        app.wait(10).await;
        assert_eq!(told(&app, "letter_reopened").await, 1);
        assert_eq!(state(&app).await, "in_progress");
        assert_eq!(app.count("select count(*) from events where kind = 'decision_undone'").await, 0);
    })
    .await;
}

#[tokio::test]
async fn after_what_somebody_did_since_it_stands() {
    on_both(async |app| {
        app.changes_unit(UNIT, |unit| unit.needs_signature = true).await;
        let (_, officer, letter) = app.letter_in_hand().await;
        let signer = app.came_in(Role::Signer, Some(UNIT)).await;
        let (_, undo) = tells(&signer, &letter, TEXT).await;
        officer.proposes(&letter, "چنان‌که نوشته‌ایم، فردا.").await;
        let refused = undo.send().await.is(409);
        refused.says(&officer.account.name);
        assert!(!signer.letter(&letter).await.has("[data-undo]"));
        app.wait(10).await;
        assert_eq!(told(&app, "sender_informed").await, 1);

        signer.issues(&letter).await;
        app.time_comes(60).await;
        let administrator = app.came_in(Role::Administrator, None).await;
        let (_, undo) = reopens(&administrator, &letter).await;
        officer.takes(&letter).await;
        let refused = undo.send().await.is(409);
        refused.says("پس از آن، کار دیگری در این نامه انجام شد");
        refused.hides(SUBJECT);
        refused.hides(&officer.account.name);
        let tray = administrator.get(&format!("/desk?done={letter}")).await.ok();
        assert!(!tray.has("[data-undo]"));
        tray.hides(SUBJECT);
        app.wait(10).await;
        assert_eq!(told(&app, "letter_reopened").await, 1);
        assert_eq!(app.count("select count(*) from events where kind = 'decision_undone'").await, 0);
    })
    .await;
}

#[tokio::test]
async fn nobody_else_takes_it_back() {
    on_both(async |app| {
        let (_, officer, letter) = app.letter_in_hand().await;
        let colleague = app.another_officer(UNIT, "همکار").await;
        let signer = app.came_in(Role::Signer, Some(UNIT)).await;
        let administrator = app.came_in(Role::Administrator, None).await;
        let mut strangers = vec![app.elsewhere().came_in(Role::Administrator, None).await];
        for (role, unit) in [(Role::Reviewer, None), (Role::Auditor, None), (Role::Officer, Some("امور مالی"))]
        {
            strangers.push(app.came_in(role, unit).await);
        }
        let (_, undo) = tells(&officer, &letter, TEXT).await;
        for of_unit in [&colleague, &signer] {
            as_seen_by(of_unit, &undo).await.is(409).says("فقط کسی که تصمیم گرفته");
            assert!(!of_unit.letter(&letter).await.has("[data-undo]"));
        }
        for stranger in strangers.iter().chain([&administrator]) {
            as_seen_by(stranger, &undo).await.is(404);
        }
        undo.send().await.is(303);
        undo.send().await.is(409);

        officer.answers(&letter, "پاسخ نخست", &[]).await;
        app.time_comes(60).await;
        let (_, undo) = reopens(&administrator, &letter).await;
        for stranger in strangers.iter().chain([&officer, &signer]) {
            as_seen_by(stranger, &undo).await.is(404);
        }
        // Who is an administrator no more is a stranger, too.
        app.execute("update posts set ended_at = 1 where role = 'administrator'").await;
        undo.send().await.is(404);
        app.execute("update posts set ended_at = null where role = 'administrator'").await;
        undo.clone().forge("version", "x").send().await.is(400);
        assert_eq!(state(&app).await, "in_progress");
        undo.send().await.is(303);
        assert_eq!(state(&app).await, "closed");
        undo.send().await.is(409);
        assert_eq!(app.count("select count(*) from events where kind = 'decision_undone'").await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_message_that_was_taken_back_keeps_no_registration_and_counts_for_none_of_the_day() {
    on_both_as(
        |plan| plan.rules.limits.interim_messages_per_letter_per_day = 1,
        async |app| {
            let sender = app.sender("09121234567").signs_in().await;
            let letter = sender.sends(&Letter::default()).await;
            let reviewer = app.came_in(Role::Reviewer, None).await;
            let signer = app.came_in(Role::Signer, Some(UNIT)).await;
            reviewer.dialog(&letter, "registration").await.send().await.is(303);
            let (_, first) = tells(&signer, &letter, "پیام نخست").await;
            assert!(!reviewer.letter(&letter).await.has("[data-undo]"), "its sender is told of the number");
            first.send().await.is(303);
            let (_, second) = tells(&signer, &letter, "پیام دوم").await;
            second.send().await.is(303);
            assert_eq!(state(&app).await, "registered");
            reviewer.letter(&letter).await.form(&undoing(&letter)).send().await.is(303);
            assert_eq!(state(&app).await, "submitted");
            app.wait(30).await;
            assert_eq!((told(&app, "letter_registered").await, told(&app, "sender_informed").await), (0, 0));
            let page = sender.letter(&letter).await;
            page.hides("پیام نخست");
            page.hides("پیام دوم");
            reviewer.registers(&letter).await;
            assert_eq!(told(&app, "letter_registered").await, 1);
        },
    )
    .await;
}

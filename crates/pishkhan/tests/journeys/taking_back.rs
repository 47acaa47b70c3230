//! Taking back what a unit decided: for ten seconds an answer, a question or a ruling leaves no message, and whoever made it takes it back,
//! unless its sender has seen it.

use axum::body::Body;
use axum::http::Method;
use pishkhan_office::actor::Role;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters;
use pishkhan_testkit::{Answer, Attachment, Form, Letter, Sender, Staff, TestApp, at_once, on_both, samples};

const UNIT: &str = "شکایات";
/// Above it.
const PARENT: &str = "بایگانی";
const SEEN: &str = "فرستنده نامه را باز کرده و این را دیده است";

pub fn undoing(letter: &LetterId) -> String {
    format!("/desk/letters/{letter}/undoing")
}

/// The letter's page after a decision, and the button on it that takes the decision back.
async fn decided(staff: &Staff, letter: &LetterId, form: Form) -> (Answer, Form) {
    form.send().await.is(303);
    let page = staff.letter(letter).await;
    let undo = page.form(&undoing(letter));
    (page, undo)
}

fn pdf(name: &str) -> Attachment {
    Attachment::new(name, samples::pdf(name))
}

async fn answers(officer: &Staff, letter: &LetterId, text: &str) -> Form {
    officer.writes_answer(letter, text).await.press("next", "issue")
}

async fn asks(officer: &Staff, letter: &LetterId, text: &str) -> Form {
    officer.dialog(letter, "questions").await.fill("text", text)
}

async fn rules(above: &Staff, letter: &LetterId, ruling: &str, text: &str) -> Form {
    above.dialog(letter, "ruling").await.fill("ruling", ruling).fill("text", text)
}

/// Answers of the unit get their numbers from the archive's register.
async fn numbers_answers(app: &TestApp) {
    let register = app.unit("بایگانی").register.clone();
    app.changes_unit(UNIT, |unit| unit.outgoing_register = Some(register)).await;
}

async fn objected(app: &TestApp) -> (Sender, LetterId) {
    let (sender, officer, letter) = app.letter_in_hand().await;
    officer.answers(&letter, "پاسخ نخست", &[pdf("نخست.pdf")]).await;
    sender.objects(&letter, "قبض را ندیده‌اید.").await;
    (sender, letter)
}

pub async fn state(app: &TestApp) -> String {
    app.texts("select state from letters").await.pop().expect("a letter")
}

/// How many messages of that kind went out, by whichever way.
pub async fn told(app: &TestApp, kind: &str) -> usize {
    app.messages().await.into_iter().filter(|mail| mail.template == kind).count()
}

/// What tells how the letter stands, and how its clock runs.
pub async fn standing(app: &TestApp) -> Vec<String> {
    app.texts(
        "select state || ' ' || coalesce(officer_id, '') || ' ' || coalesce(cast(taken_at as text), '') || ' '
                || coalesce(cast(answer_due_at as text), '') || ' ' || cast(review_due_at as text) || ' '
                || coalesce(cast(objected_at as text), '') || ' ' || coalesce(cast(objection_due_at as text), '') || ' '
                || coalesce(cast(objection_until_at as text), '') || ' ' || coalesce(objection_text, '') || ' '
                || coalesce(proposed_by, '') || ' ' || coalesce(cast(proposed_at as text), '') || ' '
                || coalesce(answer_text, '') || ' ' || coalesce(reason_short, '') || ' '
                || coalesce(cast(answered_at as text), '') || ' ' || coalesce(cast(closed_at as text), '') || ' '
                || coalesce(cast(rating as text), '') || ' ' || holder_unit_id
         from letters",
    )
    .await
}

#[tokio::test]
async fn an_answer_is_a_draft_again_and_its_number_void() {
    on_both(async |app| {
        numbers_answers(&app).await;
        let (sender, officer, letter) = app.letter_in_hand().await;
        officer.refers(&letter, "بایگانی", "answer", "پرونده پیشین دارد؟").await;
        let before = standing(&app).await;
        let text = "{نام} گرامی، موافقت شد.";
        let form = answers(&officer, &letter, text).await.attach("files", pdf("پاسخ.pdf"));
        let (page, undo) = decided(&officer, &letter, form).await;
        page.says("پس گرفتن (۱۰ ثانیه)");
        assert_eq!(page.attribute("[data-undo]", "data-key"), "KeyZ");
        assert!(
            officer.get(&format!("/desk?done={letter}")).await.ok().has("[data-undo]"),
            "and beside the note in the tray"
        );
        let back = undo.send().await.is(303).follow().await.ok();
        back.says("پیامکی فرستاده نشد و نامه همان است که پیش از آن بود.");
        back.says("صدور پاسخ پس گرفته شد؛ شماره");
        assert_eq!(standing(&app).await, before);
        assert_eq!(
            app.count("select count(*) from referrals where done_at is null").await,
            1,
            "what was asked is open"
        );
        let draft = officer.get(&format!("/desk/letters/{letter}/answer")).await.ok();
        assert_eq!(draft.form(&format!("/desk/letters/{letter}/answer")).value("text"), Some(text));
        draft.says("پاسخ.pdf");
        let preview = officer.get(&format!("/desk/letters/{letter}/answer/preview")).await.ok();
        let file = preview.attribute("a.btn[href^='/files/']", "href");
        officer.get(&file).await.ok();
        sender.get(&file).await.is(404);
        let page = sender.letter(&letter).await;
        page.hides("موافقت شد");
        page.hides("پاسخ داده شد");
        page.hides("پس گرفته شد");
        app.wait(30).await;
        assert_eq!(told(&app, "letter_answered").await, 0);
        assert_eq!(app.count("select count(*) from answers").await, 0);

        let form = officer.dialog(&letter, "answer").await.press("next", "issue");
        officer.decides(form).await;
        assert_eq!(told(&app, "letter_answered").await, 1);
        let page = sender.letter(&letter).await;
        page.says("موافقت شد.");
        page.says("پاسخ.pdf");
        page.says("B-۲۰/۲");
        let book =
            "select printed || ' ' || coalesce(void_reason, '') from entries where kind = 'outgoing' order by number";
        assert_eq!(app.texts(book).await, ["B-20/1 صدور پاسخ پس گرفته شد", "B-20/2 "]);
        let register = &app.unit("بایگانی").register;
        let reviewer = app.came_in(Role::Reviewer, None).await;
        let void = reviewer.get(&format!("/desk/register?register={register}")).await.ok().one(".void");
        assert!(void.contains("صدور پاسخ پس گرفته شد") && void.contains(&officer.account.name), "{void}");
        let undone = app.texts("select detail from events where kind = 'decision_undone'").await;
        assert!(undone.len() == 1 && undone[0].contains("answered") && undone[0].contains("B-20/1"), "{undone:?}");
    })
    .await;
}

#[tokio::test]
async fn a_signed_answer_goes_back_to_its_signer_with_proposal_and_remark() {
    on_both(async |app| {
        app.changes_unit(UNIT, |unit| unit.needs_signature = true).await;
        let (sender, officer, letter) = app.letter_in_hand().await;
        officer.proposes(&letter, "پاسخ نخست").await;
        let signer = app.signer(UNIT).await;
        signer.sends_back(&letter, "تاریخ را هم بنویسید.").await;
        officer.proposes(&letter, "پاسخ دوم، {تاریخ}").await;
        let before = standing(&app).await;
        let (_, undo) = decided(&signer, &letter, signer.dialog(&letter, "issue").await).await;
        let token = officer.form_token().await;
        let refused = undo.clone().by(&officer).forge("form_token", &token).send().await.is(409);
        refused.says("فقط کسی که تصمیم گرفته می‌تواند تا ۱۰ ثانیه آن را پس بگیرد.");
        assert!(!officer.letter(&letter).await.has("[data-undo]"), "another's decision");
        undo.send().await.is(303);
        assert_eq!(standing(&app).await, before);
        let page = signer.letter(&letter).await;
        page.says("پاسخ دوم، ۱۴۰۹/۰۸/۱۹");
        page.says("تاریخ را هم بنویسید.");
        sender.letter(&letter).await.hides("پاسخ دوم");
        signer.sends_back(&letter, "هنوز نه.").await;
        officer.get(&format!("/desk/letters/{letter}/answer")).await.ok().says("هنوز نه.");
        app.wait(30).await;
        assert_eq!(told(&app, "letter_answered").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_question_that_was_taken_back_stops_no_clock_and_stays_in_the_house() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        let before = standing(&app).await;
        let form = asks(&officer, &letter, "شماره کنتور چیست؟").await.attach("files", pdf("نمونه.pdf"));
        let (_, undo) = decided(&officer, &letter, form).await;
        assert_eq!(state(&app).await, "awaiting_sender");
        undo.send().await.is(303);
        assert_eq!(standing(&app).await, before);
        assert_eq!(app.count("select count(*) from letters where wait_until_at is not null").await, 0);
        let desk = officer.letter(&letter).await;
        desk.says("سؤالی که پس گرفته شد؛ فرستنده آن را ندیده است");
        desk.says("شماره کنتور چیست؟");
        let file = desk.attributes("a.file", "href").pop().expect("the question's file");
        officer.get(&file).await.ok();
        sender.get(&file).await.is(404);
        let page = sender.letter(&letter).await;
        page.hides("شماره کنتور چیست؟");
        page.hides("از شما سؤال شد");
        assert!(!page.has(&format!("form[action='/letters/{letter}/reply']")));
        app.wait(30).await;
        assert_eq!(told(&app, "question_asked").await, 0);

        officer.asks(&letter, "شماره اشتراک چیست؟", &[]).await;
        assert_eq!(told(&app, "question_asked").await, 1);
        sender.letter(&letter).await.says("شماره اشتراک چیست؟");
        sender.replies(&letter, "۱۲۳۴۵", &[]).await;
        assert_eq!(state(&app).await, "in_progress");
    })
    .await;
}

#[tokio::test]
async fn a_ruling_that_was_taken_back_leaves_the_objection_as_it_was() {
    on_both(async |app| {
        let (sender, letter) = objected(&app).await;
        let above = app.signer(PARENT).await;
        let before = standing(&app).await;
        for (ruling, note) in [("uphold", "رد شد و تصمیم پابرجا ماند."), ("reconsider", "پذیرفته شد.")]
        {
            let (page, undo) = decided(&above, &letter, rules(&above, &letter, ruling, "رأی ما این است").await).await;
            page.says(note);
            undo.send().await.is(303);
            assert_eq!(standing(&app).await, before, "{ruling}");
            assert_eq!(app.count("select count(*) from answers where undone_at is not null").await, 0);
            above.letter(&letter).await.says("تصمیم درباره اعتراض پس گرفته شد");
            let page = sender.letter(&letter).await;
            page.hides("رأی ما این است");
            page.says("قبض را ندیده‌اید.");
            page.says("نخست.pdf");
            page.hides("پاسخ پیشین");
        }
        app.wait(30).await;
        assert_eq!(told(&app, "objection_decided").await, 0);
        above.rules(&letter, "reconsider", "حق با شماست.").await;
        assert_eq!(told(&app, "objection_decided").await, 1);
        sender.letter(&letter).await.says("حق با شماست.");
    })
    .await;
}

#[tokio::test]
async fn a_ruling_about_a_rejection_is_taken_back_too() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        app.reviewer().await.rejects(&letter, "").await;
        sender.objects(&letter, "مدارک کامل بود").await;
        let above = app.signer(PARENT).await;
        let before = standing(&app).await;
        for ruling in ["uphold", "reconsider"] {
            let (_, undo) = decided(&above, &letter, rules(&above, &letter, ruling, "رأی ما این است").await).await;
            undo.send().await.is(303);
            assert_eq!(standing(&app).await, before, "{ruling}");
        }
        above.rules(&letter, "uphold", "کامل نبود.").await;
        sender.get(&format!("/letters/{letter}/objection")).await.is(409).says("دوباره نمی‌شود");
        assert_eq!(told(&app, "objection_decided").await, 1);
    })
    .await;
}

#[tokio::test]
async fn what_the_sender_has_seen_is_not_taken_back() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        let above = app.came_in(Role::Signer, Some(PARENT)).await;
        let path = format!("/letters/{letter}");
        let (_, undo) = decided(&officer, &letter, asks(&officer, &letter, "کدام ملک؟").await).await;
        // The list tells that there is something, and the head of the page nothing.
        sender.get("/letters").await.ok();
        sender.send(Method::HEAD, &path, None, Body::empty()).await.ok();
        assert!(officer.letter(&letter).await.has("[data-undo]"));
        sender.letter(&letter).await.says("کدام ملک؟");
        assert!(!officer.letter(&letter).await.has("[data-undo]"), "no button that would be refused");
        undo.send().await.is(409).says(SEEN);
        assert_eq!(state(&app).await, "awaiting_sender");
        app.wait(10).await;
        assert_eq!(told(&app, "question_asked").await, 1);
        sender.replies(&letter, "پلاک ۱۲", &[]).await;

        let (_, undo) = decided(&officer, &letter, answers(&officer, &letter, "پاسخ ما").await).await;
        // The page for objecting shows the answer, too.
        sender.writes_objection(&letter, "").await;
        undo.send().await.is(409).says(SEEN);
        sender.objects(&letter, "نادرست است").await;
        assert_eq!(told(&app, "letter_answered").await, 0, "it waits still");

        let (_, undo) = decided(&above, &letter, rules(&above, &letter, "uphold", "رأی ما این است").await).await;
        sender.letter(&letter).await.says("رأی ما این است");
        undo.send().await.is(409).says(SEEN);
        app.wait(10).await;
        assert_eq!((told(&app, "letter_answered").await, told(&app, "objection_decided").await), (1, 1));
        assert_eq!(app.count("select count(*) from events where kind = 'decision_undone'").await, 0);
    })
    .await;
}

#[tokio::test]
async fn after_ten_seconds_what_a_unit_decided_stands() {
    on_both(async |app| {
        let (_, officer, letter) = app.letter_in_hand().await;
        let (_, undo) = decided(&officer, &letter, asks(&officer, &letter, "کدام ملک؟").await).await;
        // Another node, whose clock goes before ours, has claimed the message.
        app.execute("update outbox set tries = 1, due_at = due_at + 60000 where template = 'question_asked'").await;
        undo.send().await.is(409).says("دیگر نمی‌توان تصمیم را پس گرفت");
        app.execute("update outbox set tries = 0, due_at = due_at - 60000 where template = 'question_asked'").await;
        assert_eq!(state(&app).await, "awaiting_sender");
        app.wait(10).await;
        undo.send().await.is(409).says("۱۰ ثانیه گذشته و پیامک فرستاده شده است؛");
        assert_eq!(state(&app).await, "awaiting_sender");
        assert_eq!(told(&app, "question_asked").await, 1);
        assert!(!officer.letter(&letter).await.has("[data-undo]"));
    })
    .await;
}

#[tokio::test]
async fn nobody_else_takes_back_what_a_unit_decided() {
    on_both(async |app| {
        let (_, officer, letter) = app.letter_in_hand().await;
        let colleague = app.another_officer(UNIT, "همکار").await;
        let mut strangers = Vec::new();
        for (role, unit) in [(Role::Reviewer, None), (Role::Auditor, None), (Role::Officer, Some("امور مالی"))]
        {
            strangers.push(app.came_in(role, unit).await);
        }
        strangers.push(app.elsewhere().came_in(Role::Reviewer, None).await);
        let (_, undo) = decided(&officer, &letter, answers(&officer, &letter, "پاسخ ما").await).await;
        let as_seen_by = async |staff: &Staff| {
            let token = staff.form_token().await;
            undo.clone().by(staff).forge("form_token", &token).send().await
        };
        as_seen_by(&colleague).await.is(409).says("فقط کسی که تصمیم گرفته");
        for stranger in &strangers {
            as_seen_by(stranger).await.is(404);
        }
        undo.clone().forge("version", "x").send().await.is(400);
        assert_eq!(state(&app).await, "answered");
        undo.send().await.is(303);
        undo.send().await.is(409);
    })
    .await;
}

#[tokio::test]
async fn only_the_message_of_what_was_taken_back_is_recalled() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        let reviewer = app.reviewer().await;
        let officer = app.officer(UNIT).await;
        reviewer.dialog(&letter, "registration").await.send().await.is(303);
        officer.takes(&letter).await;
        let (_, undo) = decided(&officer, &letter, asks(&officer, &letter, "کدام ملک؟").await).await;
        undo.send().await.is(303);
        app.wait(30).await;
        assert_eq!((told(&app, "letter_registered").await, told(&app, "question_asked").await), (1, 0));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_taking_back_and_looking_at_once_one_is_first() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        let path = format!("/letters/{letter}");
        for round in 0..4 {
            let text = format!("پاسخ شماره {round}");
            let (_, undo) = decided(&officer, &letter, answers(&officer, &letter, &text).await).await;
            let (undone, look) = tokio::join!(undo.send(), sender.get(&path));
            let (is_undone, was_seen) = (undone.status == 303, look.html().contains(&text));
            assert_ne!(is_undone, was_seen, "round {round}");
            if was_seen {
                undone.is(409).says(SEEN);
                return;
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_take_back_at_once_one_does() {
    on_both(async |app| {
        numbers_answers(&app).await;
        let (_, officer, letter) = app.letter_in_hand().await;
        let (_, undo) = decided(&officer, &letter, answers(&officer, &letter, "پاسخ ما").await).await;
        let all = at_once(vec![undo; 6]).await;
        let with = |status: u16| all.iter().filter(|answer| answer.status.as_u16() == status).count();
        assert_eq!((with(303), with(409)), (1, 5));
        assert_eq!(app.count("select count(*) from entries where voided_at is not null").await, 1);
        assert_eq!(app.count("select count(*) from events where kind = 'decision_undone'").await, 1);
        assert_eq!(app.texts("select text from answer_drafts where given_at is null").await, ["پاسخ ما"]);
    })
    .await;
}

#[tokio::test]
async fn what_was_kept_for_taking_back_is_forgotten_after_an_hour() {
    on_both(async |app| {
        let (_, officer, letter) = app.letter_in_hand().await;
        officer.answers(&letter, "پاسخ ما", &[]).await;
        let kept = async || {
            let mut tx = app.begin().await;
            letters::forget_decisions(&mut tx).await.expect("the statements are well");
            tx.commit().await.expect("kept");
            let drafts = app.count("select count(*) from answer_drafts").await;
            (app.count("select count(*) from former_states").await, drafts)
        };
        assert_eq!(kept().await, (1, 1));
        app.wait(3_601).await;
        assert_eq!(kept().await, (0, 0));
    })
    .await;
}

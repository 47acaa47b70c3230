//! Answers: their drafts, their numbers, and the proof of their service.

use std::time::Duration;

use axum::body::Body;
use axum::http::Method;
use pishkhan_office::Moment;
use pishkhan_office::accounts::staff;
use pishkhan_office::actor::Role;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, AnswerError, AnswerText, Ending};
use pishkhan_office::texts::{self, TextKind};
use pishkhan_testkit::{Attachment, Letter, Sender, Staff, TestApp, at_once, on_both, on_both_as, samples};

use crate::pictures::{draw, with_pictures};

pub const UNIT: &str = "شکایات";

/// A letter that its officer has in hand.
pub async fn in_hand(app: &TestApp) -> (Sender, LetterId, Staff) {
    let sender = app.sender("09121234567").signs_in().await;
    let letter = sender.sends(&Letter::default()).await;
    app.reviewer().await.registers(&letter).await;
    let officer = app.officer(UNIT).await;
    officer.takes(&letter).await;
    (sender, letter, officer)
}

pub async fn wants_signature(app: &TestApp) {
    app.changes_unit(UNIT, |unit| unit.needs_signature = true).await;
}

/// Answers of the unit get their numbers from the archive's register.
pub async fn numbers_answers(app: &TestApp) {
    let register = app.unit("بایگانی").register.clone();
    app.changes_unit(UNIT, |unit| unit.outgoing_register = Some(register)).await;
}

pub fn pdf(name: &str) -> Attachment {
    Attachment::new(name, samples::pdf(name))
}

#[tokio::test]
async fn a_draft_is_kept_with_its_files_and_previewed_as_its_sender_will_see_it() {
    on_both(async |app| {
        let (sender, letter, officer) = in_hand(&app).await;
        let text = "{نام} گرامی، نامه {شماره} بررسی شد.\n{unit}";
        let form = officer.writes_answer(&letter, text).await.attach("files", pdf("پاسخ.pdf"));
        form.press("next", "save").send().await.is(303);
        let page = officer.get(&format!("/desk/letters/{letter}/answer")).await.ok();
        page.says("پیش‌نویس نگه داشته شد");
        page.says("پاسخ.pdf");
        assert_eq!(page.form(&format!("/desk/letters/{letter}/answer")).value("text"), Some(text));
        // Our script keeps it without files, and is told so shortly.
        let form = officer.writes_answer(&letter, "{نام} گرامی، {شماره}: بررسی شد.").await;
        let fields = ["form_token", "version", "text"].map(|name| (name, form.value(name).expect("it is there")));
        officer
            .browser
            .clone()
            .with("x-autosave", "1")
            .post(&format!("/desk/letters/{letter}/answer"), &fields)
            .await
            .is(204);
        let preview = officer.get(&format!("/desk/letters/{letter}/answer/preview")).await.ok();
        preview.says("مریم احمدی گرامی، ۱۴۰۹/ش/۰۰۰۱: بررسی شد.");
        preview.says("پاسخ.pdf");
        sender.letter(&letter).await.hides("بررسی شد");
        let file = preview.attribute("a.btn[href^='/files/']", "href");
        officer.get(&file).await.ok();
        sender.get(&file).await.is(404);
        // Out again, and the text stays.
        let page = officer.get(&format!("/desk/letters/{letter}/answer")).await.ok();
        let id = page.attribute("button[name=remove]", "value");
        officer.dialog(&letter, "answer").await.press("remove", &id).send().await.is(303);
        officer.get(&format!("/desk/letters/{letter}/answer")).await.ok().hides("پاسخ.pdf");
        officer.get(&file).await.is(404);
        let form = officer.dialog(&letter, "answer").await;
        form.attach("files", pdf("پایانی.pdf")).press("next", "issue").send().await.is(303);
        let page = sender.letter(&letter).await;
        page.says("مریم احمدی گرامی، ۱۴۰۹/ش/۰۰۰۱: بررسی شد.");
        page.says("پایانی.pdf");
        assert_eq!(app.count("select count(*) from answer_drafts where given_at is null").await, 0);
        officer.get(&format!("/desk/letters/{letter}/answer/preview")).await.is(404);
    })
    .await;
}

#[tokio::test]
async fn the_preview_of_a_referred_letter_has_the_head_of_its_senders_page() {
    on_both(async |app| {
        let (sender, letter, officer) = in_hand(&app).await;
        officer.refers(&letter, "بایگانی", "action", "").await;
        let officer = app.officer("بایگانی").await;
        officer.takes(&letter).await;
        officer.writes_answer(&letter, "بررسی شد.").await.press("next", "save").send().await.is(303);
        let preview = officer.get(&format!("/desk/letters/{letter}/answer/preview")).await.ok();
        officer.answers(&letter, "بررسی شد.", &[]).await;
        let page = sender.letter(&letter).await;
        for same in [".head .meta", "dl.reg dt", "dl.reg div:last-child dd"] {
            assert_eq!(preview.all(same), page.all(same), "{same}");
        }
        preview.says("بایگانی پاسخ داد");
        page.says("بایگانی پاسخ داد");
    })
    .await;
}

#[tokio::test]
async fn a_ready_text_goes_to_the_end_of_what_was_written() {
    on_both(async |app| {
        let (_, letter, officer) = in_hand(&app).await;
        assert!(
            !officer.get(&format!("/desk/letters/{letter}/answer")).await.ok().has("button[data-text]"),
            "nobody is offered nothing"
        );
        let mut tx = app.begin().await;
        texts::add(&mut tx, TextKind::Answer, "موافقت", "با درخواست شما به شماره {شماره} موافقت شد.")
            .await
            .expect("added");
        texts::add(&mut tx, TextKind::Note, "یادداشت", "برای خودمان").await.expect("added");
        tx.commit().await.expect("kept");
        let page = officer.get(&format!("/desk/letters/{letter}/answer")).await.ok();
        let ready = page.attributes("dialog button[data-text]", "value");
        assert_eq!(ready.len(), 1, "a note's text is no answer's");
        assert_eq!(page.attribute("dialog button[data-text]", "aria-keyshortcuts"), "1");
        let form = officer.writes_answer(&letter, "با سلام\n").await.attach("files", pdf("پاسخ.pdf"));
        let put = form.clone().press("ready", &ready[0]).send().await.is(303);
        assert_eq!(put.location(), format!("/desk/letters/{letter}/answer#text"), "back to its field");
        let page = put.follow().await.ok();
        page.says("پاسخ.pdf");
        let text = Some("با سلام\nبا درخواست شما به شماره {شماره} موافقت شد.");
        assert_eq!(page.form(&format!("/desk/letters/{letter}/answer")).value("text"), text);
        // What is no text of ours puts nothing in, and sends nothing.
        form.forge("ready", "x").send().await.is(303);
        assert_eq!(officer.dialog(&letter, "answer").await.value("text").map(str::trim_end), Some("با سلام"));
        assert_eq!(app.texts("select state from letters").await, ["in_progress"]);
    })
    .await;
}

#[tokio::test]
async fn a_faulty_answer_is_told_why_and_everything_of_it_is_kept() {
    on_both(async |app| {
        let (_, letter, officer) = in_hand(&app).await;
        let form = officer.dialog(&letter, "answer").await.press("next", "issue");
        form.send().await.is(422).says("متن پاسخ را بنویسید یا فایل آن را انتخاب کنید");
        let form = officer.writes_answer(&letter, "{نام} و {تارخ} و {foo}").await.attach("files", pdf("یک.pdf"));
        let page = form.clone().press("next", "issue").send().await.is(422);
        page.says("جای خالی {تارخ} شناخته نشد");
        page.says("جای خالی {foo} شناخته نشد");
        page.says("یک.pdf");
        let form = officer.writes_answer(&letter, "خوب").await.attach("files", pdf("دو.pdf"));
        let form = form.attach("files", Attachment::new("بد.pdf", samples::program()));
        let page = form.press("next", "issue").send().await.is(422);
        page.says("بد.pdf");
        page.says("دو.pdf");
        let long = "آ".repeat(20_001);
        let form = officer.writes_answer(&letter, &long).await.press("next", "issue");
        form.send().await.is(422).says("متن پاسخ باید حداکثر ۲۰٬۰۰۰ نویسه باشد");
        let mut form = officer.writes_answer(&letter, "ده فایل").await;
        for number in 0..9 {
            form = form.attach("files", pdf(&format!("{number}.pdf")));
        }
        form.press("next", "issue").send().await.is(422).says("حداکثر ۱۰ فایل می‌توانید بفرستید");
        assert_eq!(app.texts("select state from letters").await, ["in_progress"]);
        assert_eq!(app.texts("select text from answer_drafts").await, ["ده فایل"]);
        assert_eq!(app.count("select count(*) from files where part = 'proposal' and removed_at is null").await, 10);
    })
    .await;
}

#[tokio::test]
async fn a_draft_and_its_files_are_read_by_whoever_works_on_it_and_by_nobody_else() {
    on_both_as(with_pictures, async |app| {
        wants_signature(&app).await;
        let (_, letter, officer) = in_hand(&app).await;
        officer.refers(&letter, "امور مالی", "information", "برای اطلاع").await;
        let preview = format!("/desk/letters/{letter}/answer/preview");
        let form = officer.writes_answer(&letter, "پاسخ نخست").await.attach("files", pdf("پاسخ.pdf"));
        form.press("next", "save").send().await.is(303);
        let file = officer.get(&preview).await.ok().attribute("a.btn[href^='/files/']", "href");
        draw(&app).await;
        let picture = format!("{file}/pages/1/900");
        let readers = [officer.clone(), app.signer(UNIT).await, app.staff(Role::Auditor).await];
        let others = [app.reviewer().await, app.officer("امور مالی").await];
        for state in ["in_progress", "answer_review"] {
            assert_eq!(app.texts("select state from letters").await, [state]);
            for reader in &readers {
                reader.get(&preview).await.ok().says("پاسخ نخست");
                reader.get(&file).await.ok();
                reader.get(&picture).await.ok();
            }
            for other in &others {
                let page = other.letter(&letter).await;
                page.hides("پاسخ نخست");
                page.hides(&file);
                other.get(&preview).await.is(404);
                other.get(&file).await.is(404);
                other.get(&picture).await.is(404);
            }
            if state == "in_progress" {
                officer.proposes(&letter, "پاسخ نخست").await;
            }
        }
        // Once it is given everybody reads it who reads the letter.
        readers[1].issues(&letter).await;
        for person in readers.iter().chain(&others) {
            person.letter(&letter).await.says("پاسخ نخست");
            person.get(&file).await.ok();
            person.get(&picture).await.ok();
        }
    })
    .await;
}

#[tokio::test]
async fn only_who_has_it_in_hand_drafts_proposes_and_answers() {
    on_both(async |app| {
        let (_, letter, officer) = in_hand(&app).await;
        let address = format!("/desk/letters/{letter}/answer");
        let form = officer.writes_answer(&letter, "از دیگری").await;
        app.officer("امور مالی").await.get(&address).await.is(404);
        app.reviewer().await.get(&address).await.is(404);
        let colleague = app.officer("امور مالی").await.account.id;
        let mut tx = app.begin().await;
        let other = staff::find(&mut tx, &colleague).await.expect("found").expect("there");
        drop(tx);
        // As if a colleague had taken it over meanwhile.
        let statement = "update letters set officer_id = (select id from staff where email = 'officer-1@example.ir' and organisation_id = 'nemune')";
        app.execute(statement).await;
        for next in ["save", "issue", "preview"] {
            form.clone().press("next", next).send().await.is(409).says("از دیگری");
        }
        let mut tx = app.begin().await;
        let actor = other.staff.officer().expect("an officer");
        let rules = &app.parts().rules;
        let written = AnswerText { text: "پاسخ".into(), ending: Ending::Final, arrivals: Vec::new() };
        let refused = letters::answer(&mut tx, rules, &actor, &letter, 5, &written).await;
        assert!(matches!(refused, Err(AnswerError::NotOnDesk)), "{refused:?}");
        drop(tx);
        assert_eq!(app.count("select count(*) from answer_drafts").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_clock_behind_the_outgoing_register_issues_nothing() {
    on_both(async |app| {
        numbers_answers(&app).await;
        let (sender, letter, officer) = in_hand(&app).await;
        // The archive has registered an hour later than now.
        let later = app.now().plus(Duration::from_hours(1));
        let archived = app.waiting_letters("بایگانی", 1).await.remove(0).expect("one letter");
        registers_at(&app, &archived, later).await;
        let form = officer.writes_answer(&letter, "پاسخ").await.press("next", "issue");
        form.send().await.is(503).says("ساعت سرور از آخرین شماره دفتر صادره عقب‌تر است");
        wants_signature(&app).await;
        officer.proposes(&letter, "پاسخ").await;
        let signer = app.signer(UNIT).await;
        signer.dialog(&letter, "issue").await.send().await.is(503).says("عقب‌تر است");
        assert_eq!(app.take_faults().len(), 2, "both are ours");
        assert_eq!(
            app.texts("select state from letters where subject = 'درخواست بررسی قبض آب'").await,
            ["answer_review"]
        );
        assert_eq!(app.count("select count(*) from entries where kind = 'outgoing'").await, 0);
        app.wait(3_600).await;
        let signer = app.signer(UNIT).await;
        signer.issues(&letter).await;
        app.sender(&sender.mobile).signs_in().await.letter(&letter).await.says("B-۲۰/۲");
    })
    .await;
}

/// Registers a letter that waits, as if it were that moment.
pub async fn registers_at(app: &TestApp, letter: &LetterId, moment: Moment) {
    let reviewer = app.reviewer().await.account.id;
    let parts = app.parts();
    let mut tx = parts.db.begin(&app.organisation().id, moment).await.expect("the database lets us begin");
    let member = staff::find(&mut tx, &reviewer).await.expect("found").expect("there");
    let actor = member.staff.reviewer().expect("a reviewer");
    letters::register(&mut tx, &parts.rules, &actor, letter, 3).await.expect("registered");
    tx.commit().await.expect("kept");
}

#[tokio::test]
async fn the_proof_of_service_tells_what_is_known_and_no_more() {
    on_both(async |app| {
        let (sender, letter, officer) = in_hand(&app).await;
        officer.answers(&letter, "پاسخ شما", &[]).await;
        officer.letter(&letter).await.says("پیامک در نوبت فرستادن است");
        app.messages().await;
        let page = officer.letter(&letter).await;
        page.says("پیامک فرستاده شد؛ درگاه از رسیدن آن خبری نداده است");
        page.says("فرستنده هنوز پاسخ را باز نکرده است");
        // What only looks at the head, and whoever else looks, opens nothing.
        sender.send(Method::HEAD, &format!("/letters/{letter}"), None, Body::empty()).await.ok();
        sender.get("/letters").await.ok();
        app.sender("09351112233").signs_in().await.get(&format!("/letters/{letter}")).await.is(404);
        assert_eq!(app.count("select count(*) from letters where answer_opened_at is not null").await, 0);
        app.execute("update outbox set delivery = 'undelivered' where template = 'letter_answered'").await;
        officer.letter(&letter).await.says("پیامک فرستاده شد، ولی به گوشی نرسید");
        app.execute("update outbox set delivered_at = sent_at where template = 'letter_answered'").await;
        at_once_opens(&sender, &letter).await;
        sender.letter(&letter).await.says("پیامک به گوشی رسید");
        let page = officer.letter(&letter).await;
        page.says("فرستنده پاسخ را باز کرد");
        let times = page.attributes("[aria-labelledby=served-title] time", "datetime");
        assert_eq!(times.len(), 3, "issued, delivered, opened, each with its time");
        assert_eq!(app.count("select count(*) from events where kind = 'answer_opened'").await, 1);
        assert_eq!(app.count("select count(*) from letters l join answers a on a.letter_id = l.id where a.opened_at = l.answer_opened_at").await, 1);
        app.execute("update outbox set delivered_at = null, sent_at = null, parked_at = 1 where template = 'letter_answered'").await;
        officer.letter(&letter).await.says("پیامک فرستاده نشد");
        app.execute("update outbox set last_error = 'unsure: no answer came' where template = 'letter_answered'").await;
        officer.letter(&letter).await.says("معلوم نیست پیامک فرستاده شد یا نه");
    })
    .await;
}

async fn at_once_opens(sender: &Sender, letter: &LetterId) {
    let path = format!("/letters/{letter}");
    let looks = (0..8).map(|_| {
        let (browser, path) = (sender.browser.clone(), path.clone());
        tokio::spawn(async move { browser.get(&path).await.ok() })
    });
    for look in looks.collect::<Vec<_>>() {
        look.await.expect("looking doesn't panic");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn answers_at_once_leave_no_gap_in_the_outgoing_register() {
    on_both(async |app| {
        numbers_answers(&app).await;
        let waiting = app.waiting_letters(UNIT, 12).await;
        let reviewer = app.reviewer().await;
        for letter in &waiting {
            reviewer.registers(letter).await;
        }
        let officer = app.officer(UNIT).await;
        let mut forms = Vec::new();
        for letter in &waiting {
            officer.takes(letter).await;
            forms.push(officer.writes_answer(letter, "پاسخ").await.press("next", "issue"));
        }
        for answer in at_once(forms).await {
            answer.is(303);
        }
        let outgoing = app.numbers("select number from entries where kind = 'outgoing' order by number").await;
        assert_eq!(outgoing, (1..=12).collect::<Vec<i64>>());
        assert_eq!(app.count("select count(distinct answer_number) from letters").await, 12);
    })
    .await;
}

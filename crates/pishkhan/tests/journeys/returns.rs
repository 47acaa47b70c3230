//! Return for completion at the desk: what is missing, until when, and the message.

use pishkhan_office::ids::LetterId;
use pishkhan_office::papers;
use pishkhan_office::texts::{self, TextKind};
use pishkhan_testkit::{Letter, TestApp, on_both};

/// Lays a paper of the unit ready; answers the name of its field.
pub async fn asks_for(app: &TestApp, unit: &str, name: &str, english: &str) -> String {
    let mut tx = app.begin().await;
    let paper = papers::add(&mut tx, &app.unit(unit).id, name, english).await.expect("a paper");
    tx.commit().await.expect("kept");
    format!("paper-{}", paper.id)
}

async fn sent(app: &TestApp) -> LetterId {
    app.sender("09121234567").signs_in().await.sends(&Letter::default()).await
}

async fn items(app: &TestApp) -> Vec<String> {
    app.texts("select text from missing_items order by position").await
}

#[tokio::test]
async fn a_reviewer_ticks_what_is_missing_and_writes_the_rest() {
    on_both(async |app| {
        let deed = asks_for(&app, "شکایات", "صفحه اول سند", "First page of the deed").await;
        asks_for(&app, "شکایات", "کارت ملی", "").await;
        asks_for(&app, "امور مالی", "فیش واریز", "").await;
        let letter = sent(&app).await;
        let reviewer = app.reviewer().await;
        let page = reviewer.letter(&letter).await;
        assert_eq!(page.attribute(&format!("a[href='/desk/letters/{letter}/return']"), "data-key"), "KeyD");
        let dialog = reviewer.get(&format!("/desk/letters/{letter}/return")).await.ok();
        dialog.says("کارت ملی");
        dialog.hides("فیش واریز");
        dialog.says("مهلت معمول سازمان، تا دوشنبه ۲۷ آبان");
        dialog.says("۳ روز کاری، تا چهارشنبه ۲۲ آبان");
        let form = reviewer.dialog(&letter, "return").await;
        let form = form.fill(&deed, "on").fill("others", "قبض دوره پیش\n\n صفحه اول سند \nعکس کنتور").fill("days", "3");
        let answer = reviewer.decides(form).await;
        assert!(answer.location().starts_with("/desk"), "{}", answer.location());
        assert_eq!(items(&app).await, ["صفحه اول سند", "قبض دوره پیش", "عکس کنتور"], "each once, in this order");
        let mail = app.last_message_to("09121234567").await;
        assert_eq!(mail.template, "letter_returned");
        assert!(mail.text.starts_with("نامه شما مدرک لازم دارد: صفحه اول سند، "), "{}", mail.text);
        assert!(mail.text.contains("مهلت: 1409/08/22"), "{}", mail.text);
        let page = reviewer.letter(&letter).await;
        page.says("برای تکمیل برگشته");
        page.says("آنچه از فرستنده خواسته شد");
        page.says("تا پایان چهارشنبه ۲۲ آبان");
        assert_eq!(app.count("select count(*) from events where kind = 'letter_returned'").await, 1);
        assert!(reviewer.get("/desk?show=waiting").await.ok().has(".rows"), "it is in the view of what waits");
    })
    .await;
}

#[tokio::test]
async fn the_senders_own_language_names_the_papers() {
    on_both(async |app| {
        let deed = asks_for(&app, "شکایات", "صفحه اول سند", "First page of the deed").await;
        let sender = app.sender("09121234567").signs_in().await;
        app.execute("update senders set language = 'en'").await;
        let letter = sender.sends(&Letter::default()).await;
        let reviewer = app.reviewer().await;
        let form = reviewer.dialog(&letter, "return").await.fill(&deed, "on");
        reviewer.decides(form).await;
        assert_eq!(items(&app).await, ["First page of the deed"]);
        let mail = app.last_message_to("09121234567").await;
        assert!(mail.text.starts_with("Your letter lacks: First page of the deed\nUntil: 1409/08/27"), "{}", mail.text);
    })
    .await;
}

#[tokio::test]
async fn the_message_can_be_seen_before_it_goes() {
    on_both(async |app| {
        let deed = asks_for(&app, "شکایات", "صفحه اول سند", "").await;
        let letter = sent(&app).await;
        let reviewer = app.reviewer().await;
        let form = reviewer.dialog(&letter, "return").await.fill(&deed, "on").fill("others", "قبض");
        let preview = form.press("next", "preview").send().await.ok();
        let sms = preview.one(".sms");
        assert!(sms.contains("صفحه اول سند، قبض"), "{sms}");
        preview.says("۱ بخش");
        assert!(preview.has(&format!("[name='{deed}'][checked]")), "what was ticked stays ticked");
        assert_eq!(app.count("select count(*) from letters where state = 'submitted'").await, 1);
        assert_eq!(items(&app).await.len(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_ready_text_stands_in_the_note_to_be_written_on() {
    on_both(async |app| {
        let mut tx = app.begin().await;
        texts::add(&mut tx, TextKind::Return, "خوانا", "عکس باید خوانا باشد.").await.expect("a text");
        texts::add(&mut tx, TextKind::Note, "دیگر", "این برای یادداشت است.").await.expect("a text");
        tx.commit().await.expect("kept");
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        let reviewer = app.reviewer().await;
        let action = format!("/desk/letters/{letter}/return");
        let dialog = reviewer.get(&action).await.ok();
        let texts = dialog.attributes("dialog button[data-text]", "value");
        assert_eq!(texts.len(), 1, "the one text of this kind");
        assert_eq!(dialog.attribute("dialog button[data-text]", "data-text"), "عکس باید خوانا باشد.");
        // As without script: the page once more, with the text in its field and all that was typed.
        let form = dialog.form(&action).fill("others", "قبض").fill("days", "14").press("ready", &texts[0]);
        let form = form.send().await.ok().form(&action);
        let kept = [form.value("note"), form.value("others"), form.value("days")];
        assert_eq!(kept, [Some("عکس باید خوانا باشد."), Some("قبض"), Some("14")]);
        assert_eq!(app.count("select count(*) from letters where state = 'submitted'").await, 1, "nothing is done yet");
        let form = form.fill("note", "عکس باید خوانا باشد.\nهر دو طرف.");
        reviewer.decides(form).await;
        let page = sender.letter(&letter).await;
        assert!(page.one("#todo .note").contains("عکس باید خوانا باشد."), "{}", page.one("#todo .note"));
        assert!(page.one("#todo .note").contains("هر دو طرف."));
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_return_is_said_beside_it_and_nothing_is_lost() {
    on_both(async |app| {
        let letter = sent(&app).await;
        let reviewer = app.reviewer().await;
        let form = reviewer.dialog(&letter, "return").await;
        let lines = |n: usize| (0..n).map(|n| format!("مدرک {n}")).collect::<Vec<_>>().join("\n");
        for (others, note, said) in [
            (" \n ".to_owned(), "نامه".to_owned(), "دست‌کم یک مورد را انتخاب کنید یا بنویسید."),
            (lines(21), String::new(), "بیش از ۲۰ مورد را نمی‌شود با هم خواست."),
            ("م".repeat(201), String::new(), "هر مورد حداکثر ۲۰۰ نویسه باشد."),
            ("قبض".to_owned(), "م".repeat(1_001), "توضیح باید حداکثر ۱۰۰۰ نویسه باشد."),
        ] {
            let answer = form.clone().fill("others", &others).fill("note", &note).send().await.is(422);
            answer.says(said);
            let kept = answer.form(&format!("/desk/letters/{letter}/return"));
            assert_eq!(kept.value("note"), Some(note.as_str()));
            assert_eq!(kept.value("others").map(str::trim), Some(others.trim()));
        }
        for forged in [("days", "5"), ("days", "x"), ("paper-x", "on"), ("version", "x")] {
            form.clone().fill("others", "قبض").forge(forged.0, forged.1).send().await.is(400);
        }
        assert_eq!(app.count("select count(*) from letters where state = 'submitted'").await, 1);
        assert_eq!(app.count("select count(*) from outbox where template = 'letter_returned'").await, 0);
    })
    .await;
}

#[tokio::test]
async fn who_returns_too_late_is_told_who_was_first_and_keeps_their_words() {
    on_both(async |app| {
        let letter = sent(&app).await;
        let reviewers = app.more_reviewers(2).await;
        let form = reviewers[1].dialog(&letter, "return").await.fill("others", "قبض دوره پیش");
        reviewers[0].redirects(&letter, "امور مالی").await;
        let stale = form.send().await.is(409);
        stale.says("قبض دوره پیش");
        reviewers[0].registers(&letter).await;
        form.send().await.is(409).says(&reviewers[0].account.name);
        reviewers[1].get(&format!("/desk/letters/{letter}/return")).await.is(409);
        assert_eq!(items(&app).await.len(), 0);
    })
    .await;
}

#[tokio::test]
async fn only_reviewers_of_the_organisation_return() {
    on_both(async |app| {
        let letter = sent(&app).await;
        let reviewer = app.reviewer().await;
        let form = reviewer.dialog(&letter, "return").await.fill("others", "قبض");
        let officer = app.officer("شکایات").await;
        let token = officer.form_token().await;
        form.clone().by(&officer).forge("form_token", &token).send().await.is(404);
        officer.get(&format!("/desk/letters/{letter}/return")).await.is(404);
        let there = app.elsewhere().reviewer().await;
        let token = there.form_token().await;
        form.by(&there).forge("form_token", &token).send().await.is(404);
        assert_eq!(items(&app).await.len(), 0);
    })
    .await;
}

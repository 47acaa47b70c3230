//! Messages to the sender in between: a unit tells something, asks nothing, and neither its clock nor the letter stands still.

use pishkhan_office::actor::Role;
use pishkhan_office::ids::LetterId;
use pishkhan_office::texts::{self, TextKind};
use pishkhan_testkit::{Attachment, Form, Letter, Staff, TestApp, at_once, on_both, on_both_as, samples};

const UNIT: &str = "شکایات";
const TEXT: &str = "نامه شما در دست اقدام است.";

async fn form(staff: &Staff, letter: &LetterId) -> Form {
    staff.dialog(letter, "interim").await.fill("text", TEXT)
}

/// The same form, sent by somebody else.
async fn from(staff: &Staff, form: &Form) -> Form {
    let token = staff.form_token().await;
    form.clone().by(staff).forge("form_token", &token)
}

async fn told(app: &TestApp) -> usize {
    app.messages().await.into_iter().filter(|mail| mail.template == "sender_informed").count()
}

#[tokio::test]
async fn a_unit_tells_its_sender_and_nothing_stands_still() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        let due = app.numbers("select answer_due_at from letters").await;
        let dialog = officer.get(&format!("/desk/letters/{letter}/interim")).await.ok();
        assert!(dialog.one(".sms").contains("پیامی دارید"));
        let file = Attachment::new("برنامه.pdf", samples::pdf("plan"));
        let page = form(&officer, &letter).await.attach("files", file).send().await.is(303).follow().await.ok();
        page.says("برای فرستنده فرستاده شد.");
        page.says("به فرستنده پیام داده شد");
        page.says(TEXT);
        assert_eq!(app.texts("select state from letters").await, ["in_progress"]);
        assert_eq!(app.numbers("select answer_due_at from letters").await, due);
        assert_eq!(app.count("select count(*) from letters where wait_until_at is not null").await, 0);
        app.wait(10).await;
        let sms = app.last_message_to(&sender.mobile).await;
        assert_eq!(sms.template, "sender_informed");
        assert!(sms.text.contains("1409/ش/0001"), "{}", sms.text);

        sender.get("/letters").await.ok().says("پیام تازه از واحد");
        let page = sender.letter(&letter).await;
        page.says("پیام واحد");
        page.says(TEXT);
        page.says("واحد برای شما پیامی نوشت");
        assert_eq!(page.all("#thread .tag"), ["تازه"]);
        let file = page.attribute("#thread a[href^='/files/']", "href");
        assert_eq!(sender.get(&file).await.ok().body, samples::pdf("plan"));
        assert!(!sender.letter(&letter).await.has("#thread .tag"), "it was read");
        sender.get("/letters").await.ok().hides("پیام تازه از واحد");
        sender.writes_about(&letter, "سپاس").await;
        let events = app.texts("select kind from events order by sequence").await;
        assert_eq!(events[3..], ["sender_informed", "message_sent"]);
    })
    .await;
}

#[tokio::test]
async fn whoever_has_the_letter_in_hand_or_signs_for_its_unit_tells() {
    on_both(async |app| {
        app.changes_unit(UNIT, |unit| unit.needs_signature = true).await;
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        app.reviewer().await.registers(&letter).await;
        let signer = app.signer(UNIT).await;
        let path = format!("/desk/letters/{letter}/interim");
        form(&signer, &letter).await.send().await.is(303);
        let officer = app.officer(UNIT).await;
        officer.get(&path).await.is(409);
        officer.takes(&letter).await;
        let of_officer = form(&officer, &letter).await;
        of_officer.clone().fill("text", " ").send().await.is(422).says("متن پیام را بنویسید");
        of_officer.clone().fill("text", &"آ".repeat(5_001)).send().await.is(422).says("حداکثر ۵٬۰۰۰ نویسه");
        let bad = of_officer.clone().attach("files", Attachment::new("a.exe", "MZ\0\0")).send().await.is(422);
        bad.says(TEXT);
        let colleague = app.another_officer(UNIT, "همکار").await;
        from(&colleague, &of_officer).await.send().await.is(409).says(TEXT);
        for (role, unit) in [(Role::Reviewer, None), (Role::Auditor, None), (Role::Officer, Some("امور مالی"))]
        {
            let stranger = app.came_in(role, unit).await;
            stranger.get(&path).await.is(404);
            from(&stranger, &of_officer).await.send().await.is(404);
        }
        of_officer.clone().send().await.is(303);
        of_officer.send().await.is(409).says(TEXT);
        officer.proposes(&letter, "پاسخ").await;
        officer.get(&path).await.is(409);
        form(&signer, &letter).await.send().await.is(303);
        assert_eq!(app.texts("select state from letters").await, ["answer_review"]);
        app.wait(10).await;
        assert_eq!(told(&app).await, 3);
        signer.issues(&letter).await;
        signer.get(&path).await.is(409);
        assert_eq!(app.count("select count(*) from messages where kind = 'interim'").await, 3);
    })
    .await;
}

#[tokio::test]
async fn an_administrator_may_leave_its_sms_out() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        let administrator = app.came_in(Role::Administrator, None).await;
        let page = administrator.get("/desk/notices").await.ok();
        page.form("/desk/notices/sender_informed").without("sent").send().await.is(303);
        assert!(!officer.get(&format!("/desk/letters/{letter}/interim")).await.ok().has(".sms"));
        officer.decides(form(&officer, &letter).await).await;
        assert_eq!(told(&app).await, 0);
        sender.letter(&letter).await.says(TEXT);
    })
    .await;
}

#[tokio::test]
async fn nobody_is_told_more_often_than_the_house_wants() {
    on_both_as(
        |plan| plan.rules.limits.interim_messages_per_letter_per_day = 1,
        async |app| {
            let (_, officer, letter) = app.letter_in_hand().await;
            form(&officer, &letter).await.send().await.is(303);
            let again = form(&officer, &letter).await.send().await.is(422);
            again.says("پیام‌های زیادی فرستاده شده است");
            again.says(TEXT);
            assert_eq!(app.count("select count(*) from messages").await, 1);
            app.wait(10).await;
            assert_eq!(told(&app).await, 1);
        },
    )
    .await;
}

#[tokio::test]
async fn texts_for_it_are_ready() {
    on_both(async |app| {
        let (_, officer, letter) = app.letter_in_hand().await;
        let mut tx = app.begin().await;
        texts::add(&mut tx, TextKind::Interim, "در دست اقدام", TEXT).await.expect("a text can be added");
        tx.commit().await.expect("the text is kept");
        let action = format!("/desk/letters/{letter}/interim");
        let page = officer.get(&action).await.ok();
        let text = page.attribute("button[data-text]", "value");
        let page = page.form(&action).press("ready", &text).send().await.ok();
        assert_eq!(page.form(&action).value("text"), Some(TEXT));
        assert_eq!(app.count("select count(*) from messages").await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_pressed_at_once_one_goes_out() {
    on_both(async |app| {
        let (_, officer, letter) = app.letter_in_hand().await;
        let all = at_once(vec![form(&officer, &letter).await; 6]).await;
        let with = |status: u16| all.iter().filter(|answer| answer.status.as_u16() == status).count();
        assert_eq!((with(303), with(409)), (1, 5));
        app.wait(10).await;
        assert_eq!(told(&app).await, 1);
    })
    .await;
}

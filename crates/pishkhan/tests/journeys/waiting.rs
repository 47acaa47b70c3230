//! Waiting for a sender: warnings before the time ends, then the lapse, after which everything can be sent again.

use std::time::Duration;

use pishkhan_office::deadlines::{self, Closure, Extent};
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters;
use pishkhan_office::persian::JalaliDate;
use pishkhan_testkit::{Attachment, Letter, Sender, TestApp, on_both, samples};

async fn returned(app: &TestApp, days: &str) -> (Sender, LetterId) {
    let sender = app.sender("09121234567").signs_in().await;
    let letter = sender.sends(&Letter::with_file()).await;
    let reviewer = app.reviewer().await;
    let form = reviewer.dialog(&letter, "return").await.fill("others", "قبض").fill("days", days);
    reviewer.decides(form).await;
    (sender, letter)
}

/// The texts of the warnings; they were posted at moments that the courier's clock has not come to.
async fn warned(app: &TestApp) -> Vec<String> {
    app.texts("select text from outbox where template = 'sender_warned' order by created_at").await
}

async fn warnings(app: &TestApp) -> usize {
    warned(app).await.len()
}

async fn state(app: &TestApp) -> Vec<String> {
    app.texts("select state from letters").await
}

#[tokio::test]
async fn a_sender_is_warned_twice_and_then_the_letter_lapses() {
    on_both(async |app| {
        // Seven working days from Sunday the 19th: until Monday the 27th.
        let (sender, letter) = returned(&app, "7").await;
        for (days, told) in [(0, 0), (5, 0), (6, 1), (6, 1), (7, 2), (8, 2)] {
            app.time_comes(days).await;
            assert_eq!(warnings(&app).await, told, "after {days} days");
        }
        let texts = warned(&app).await;
        assert!(texts[0].contains("رو به پایان است.\nتا 1409/08/27"), "{texts:?}");
        sender.letter(&letter).await.says("یادآوری مهلت");
        assert_eq!(state(&app).await, ["returned"]);
        app.time_comes(9).await;
        assert_eq!(state(&app).await, ["lapsed"]);
        assert_eq!(app.count("select count(*) from outbox where template = 'letter_lapsed'").await, 1);
        let page = sender.letter(&letter).await;
        page.says("بسته به علت عدم تکمیل");
        page.says("اصلاح و ارسال دوباره");
        app.time_comes(10).await;
        assert_eq!(app.count("select count(*) from events where kind = 'letter_lapsed'").await, 1);
        assert_eq!(app.count("select count(*) from events where kind = 'sender_warned'").await, 2);
        app.reviewer().await.letter(&letter).await.says("بسته، تکمیل نشد");
    })
    .await;
}

#[tokio::test]
async fn two_days_before_the_end_are_two_of_the_units_own_working_days() {
    on_both(async |app| {
        // Sunday the 26th and Monday the 27th are holidays of this unit alone: seven days from the 19th end on Wednesday the 29th.
        let unit = app.unit("شکایات").id.clone();
        let closed = |day| Closure {
            unit: Some(unit.clone()),
            date: JalaliDate::new(1409, 8, day).expect("a date of the calendar"),
            left: Extent::Off,
            reason: "تعمیر ساختمان".into(),
        };
        let mut tx = app.begin().await;
        deadlines::close(&mut tx, &[closed(26), closed(27)]).await.expect("closed");
        tx.commit().await.expect("kept");
        returned(&app, "7").await;
        // Saturday the 25th: only Tuesday and Wednesday are left.
        for (days, told) in [(5, 0), (6, 1), (7, 1), (8, 1), (9, 2), (10, 2)] {
            app.time_comes(days).await;
            assert_eq!(warnings(&app).await, told, "after {days} days");
        }
        assert!(warned(&app).await[0].contains("تا 1409/08/29"));
    })
    .await;
}

#[tokio::test]
async fn nobody_is_warned_on_the_day_on_which_they_were_asked_or_at_night() {
    on_both(async |app| {
        returned(&app, "3").await;
        app.time_comes(0).await;
        assert_eq!(warnings(&app).await, 0);
        // Monday at 3:42.
        let night = app.now().plus(Duration::from_hours(18));
        let mut tx = app.parts().db.begin(&app.organisation().id, night).await.expect("begun");
        assert_eq!(letters::warn_due(&mut tx, &app.parts().rules, 100).await.expect("looked"), 0);
        drop(tx);
        app.time_comes(1).await;
        assert_eq!(warnings(&app).await, 1);
    })
    .await;
}

#[tokio::test]
async fn no_letter_lapses_unwarned() {
    on_both(async |app| {
        let (sender, letter) = returned(&app, "3").await;
        // The server stood still for weeks; Sunday the 17th of Azar is the first it sees.
        app.time_comes(28).await;
        assert_eq!(state(&app).await, ["returned"]);
        assert_eq!(warnings(&app).await, 1);
        sender.letter(&letter).await.says("تا پایان دوشنبه ۱۸ آذر");
        app.time_comes(29).await;
        assert_eq!(state(&app).await, ["returned"]);
        app.time_comes(30).await;
        assert_eq!(state(&app).await, ["lapsed"]);
        assert_eq!(warnings(&app).await, 1);
    })
    .await;
}

#[tokio::test]
async fn no_letter_lapses_while_its_warnings_wait_for_a_gateway() {
    on_both(async |app| {
        let (_, letter) = returned(&app, "7").await;
        app.time_comes(6).await;
        app.time_comes(7).await;
        assert_eq!(warnings(&app).await, 2);
        // No gateway has taken any of them when the time is over.
        app.execute("update outbox set sent_at = null where template = 'sender_warned'").await;
        lapses(&app, 9).await;
        assert_eq!(state(&app).await, ["returned"]);
        let texts = warned(&app).await;
        assert_eq!(texts.len(), 1, "one is left that tells the new day: {texts:?}");
        assert!(texts[0].contains("تا 1409/08/29"), "{texts:?}");
        // It has gone by the end of that day.
        app.time_comes(12).await;
        assert_eq!(state(&app).await, ["lapsed"]);
        app.reviewer().await.letter(&letter).await.says("بسته، تکمیل نشد");
    })
    .await;
}

#[tokio::test]
async fn a_warning_that_was_given_up_holds_up_no_lapse() {
    on_both(async |app| {
        returned(&app, "7").await;
        app.time_comes(7).await;
        app.execute("update outbox set parked_at = due_at, sent_at = null where template = 'sender_warned'").await;
        lapses(&app, 9).await;
        assert_eq!(state(&app).await, ["lapsed"]);
    })
    .await;
}

/// What lapses in so many days, while the courier goes nowhere.
async fn lapses(app: &TestApp, days: u64) {
    let then = app.now().plus(Duration::from_hours(24 * days));
    let mut tx = app.parts().db.begin(&app.organisation().id, then).await.expect("begun");
    letters::lapse_due(&mut tx, &app.parts().rules, 100).await.expect("looked");
    tx.commit().await.expect("kept");
}

#[tokio::test]
async fn what_is_completed_in_time_neither_warns_nor_lapses() {
    on_both(async |app| {
        let (sender, letter) = returned(&app, "7").await;
        app.time_comes(6).await;
        assert_eq!(warnings(&app).await, 1);
        let field = app.texts("select 'files-' || id from missing_items").await.remove(0);
        let file = Attachment::new("قبض.pdf", samples::pdf("bill"));
        sender.todo(&letter).await.attach(&field, file).send().await.is(303);
        assert_eq!(warnings(&app).await, 0, "what still waited to go is withdrawn");
        app.time_comes(9).await;
        assert_eq!((state(&app).await, warnings(&app).await), (vec!["submitted".to_owned()], 0));
        // Returned once more, it is warned of anew.
        app.reviewer().await.returns(&letter, "کارت ملی").await;
        app.time_comes(6).await;
        assert_eq!(warnings(&app).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_question_without_a_reply_lapses_in_the_same_way() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        app.reviewer().await.registers(&letter).await;
        app.officer("شکایات").await.takes(&letter).await;
        app.execute(
            "update letters set state = 'awaiting_sender', asked_at = taken_at, asked_by = officer_id,
                    wait_until_at = taken_at + 3 * 86400000",
        )
        .await;
        app.time_comes(2).await;
        assert_eq!(warnings(&app).await, 1);
        assert!(warned(&app).await[0].contains("1409/ش/0001"));
        app.time_comes(4).await;
        assert_eq!(state(&app).await, ["lapsed"]);
        let page = sender.letter(&letter).await;
        page.says("۱۴۰۹/ش/۰۰۰۱");
        page.says("اصلاح و ارسال دوباره");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_completion_and_lapse_at_once_one_is_first() {
    on_both(async |app| {
        let (sender, letter) = returned(&app, "3").await;
        app.time_comes(2).await;
        let field = app.texts("select 'reply-' || id from missing_items").await.remove(0);
        let form = sender.todo(&letter).await.fill(&field, "ندارم");
        let lapse = app.clone();
        let (answer, ()) = tokio::join!(form.send(), lapse.time_comes(9));
        let ends = app.texts("select kind from events where kind in ('letter_completed', 'letter_lapsed')").await;
        match answer.status.as_u16() {
            303 => assert_eq!((state(&app).await, ends), (vec!["submitted".into()], vec!["letter_completed".into()])),
            409 => assert_eq!((state(&app).await, ends), (vec!["lapsed".into()], vec!["letter_lapsed".into()])),
            other => panic!("{other}: {}", answer.text()),
        }
    })
    .await;
}

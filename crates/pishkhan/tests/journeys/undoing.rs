//! Undoing: for ten seconds a decision can be taken back by who made it. No message leaves, and a number is voided in sight.

use pishkhan_office::ids::LetterId;
use pishkhan_testkit::{Answer, Form, Letter, Staff, TestApp, at_once, on_both};

async fn sent(app: &TestApp) -> LetterId {
    app.sender("09121234567").signs_in().await.sends(&Letter::default()).await
}

/// The button on the page to which a decision leads.
async fn button(staff: &Staff, letter: &LetterId, decision: Form) -> (Answer, Form) {
    decision.send().await.is(303);
    let page = staff.get(&format!("/desk?done={letter}")).await.ok();
    let form = page.form(&format!("/desk/letters/{letter}/undoing"));
    (page, form)
}

async fn decision(staff: &Staff, letter: &LetterId, act: &str) -> Form {
    let form = staff.dialog(letter, act).await;
    match act {
        "return" => form.fill("others", "قبض"),
        "rejection" => form.fill("reason", "other").fill("note", "مربوط نیست"),
        _ => form,
    }
}

async fn told(app: &TestApp) -> Vec<String> {
    let messages = app.messages().await.into_iter().map(|mail| mail.template);
    messages.filter(|template| template.starts_with("letter_") && template != "letter_submitted").collect()
}

async fn state(app: &TestApp) -> Vec<String> {
    app.texts("select state from letters").await
}

#[tokio::test]
async fn each_decision_is_taken_back_and_no_message_leaves() {
    on_both(async |app| {
        let letter = sent(&app).await;
        let reviewer = app.reviewer().await;
        for act in ["registration", "return", "rejection"] {
            let made = decision(&reviewer, &letter, act).await;
            let (page, undo) = button(&reviewer, &letter, made).await;
            page.says("پس گرفتن (۱۰ ثانیه)");
            assert_eq!(page.attribute("[data-undo]", "data-key"), "KeyZ");
            let back = undo.send().await.is(303).follow().await.ok();
            back.says("تصمیم درباره «درخواست بررسی قبض آب» پس گرفته شد.");
            back.says(if act == "registration" {
                "در دفتر باطل ماند"
            } else {
                "تصمیم پس گرفته شد"
            });
            assert_eq!(state(&app).await, ["submitted"], "{act}");
            app.wait(30).await;
            assert_eq!(told(&app).await, [""; 0], "{act}");
        }
        assert_eq!(app.count("select count(*) from missing_items").await, 0);
        assert_eq!(app.count("select count(*) from events where kind = 'decision_undone'").await, 3);
        reviewer.registers(&letter).await;
        assert_eq!(told(&app).await, ["letter_registered"]);
    })
    .await;
}

#[tokio::test]
async fn the_way_back_is_on_the_letters_own_page_too() {
    on_both(async |app| {
        let letter = sent(&app).await;
        let reviewer = app.reviewer().await;
        decision(&reviewer, &letter, "registration").await.send().await.is(303);
        // As after several were decided at once: no note tells of this one.
        let undo = reviewer.letter(&letter).await.form(&format!("/desk/letters/{letter}/undoing"));
        app.wait(9).await;
        undo.send().await.is(303);
        assert_eq!(state(&app).await, ["submitted"]);
        assert!(!reviewer.letter(&letter).await.has("[data-undo]"));
    })
    .await;
}

#[tokio::test]
async fn a_number_that_was_undone_stays_in_the_book_and_nobody_gets_it_again() {
    on_both(async |app| {
        let letter = sent(&app).await;
        let reviewer = app.reviewer().await;
        let made = decision(&reviewer, &letter, "registration").await;
        let code = {
            let (_, undo) = button(&reviewer, &letter, made).await;
            let code = app.texts("select tracking_code from letters").await.remove(0);
            undo.send().await.is(303);
            code
        };
        assert_eq!(
            app.count("select count(*) from letters where tracking_code is null").await,
            1,
            "{code} leads nowhere"
        );
        reviewer.registers(&letter).await;
        assert_eq!(app.texts("select number_printed from letters").await, ["1409/ش/0002"]);
        let book = reviewer.get("/desk/register").await.ok();
        let void = book.one(".void");
        assert!(void.contains("باطل شد") && void.contains("تصمیم ثبت پس گرفته شد"), "{void}");
        assert!(void.contains(&reviewer.account.name), "{void}");
        assert!(reviewer.get("/desk/register.csv").await.ok().text().contains("باطل شد"));
        assert_eq!(app.numbers("select number from entries order by number").await, [1, 2]);
    })
    .await;
}

#[tokio::test]
async fn after_ten_seconds_the_decision_stands() {
    on_both(async |app| {
        let letter = sent(&app).await;
        let reviewer = app.reviewer().await;
        let made = decision(&reviewer, &letter, "registration").await;
        let (_, undo) = button(&reviewer, &letter, made).await;
        app.wait(10).await;
        let late = undo.send().await.is(409);
        late.says("۱۰ ثانیه گذشته و پیامک فرستاده شده است؛");
        assert_eq!(state(&app).await, ["registered"]);
        assert_eq!(app.count("select count(*) from entries where voided_at is null").await, 1);
        assert_eq!(told(&app).await, ["letter_registered"]);
        let page = reviewer.get(&format!("/desk?done={letter}")).await.ok();
        assert!(!page.has("[data-undo]"), "there is no button any more");
    })
    .await;
}

#[tokio::test]
async fn a_message_that_is_on_its_way_is_not_taken_back() {
    on_both(async |app| {
        let letter = sent(&app).await;
        let reviewer = app.reviewer().await;
        let made = decision(&reviewer, &letter, "rejection").await;
        let (_, undo) = button(&reviewer, &letter, made).await;
        // Another node, whose clock goes before ours, has claimed it.
        app.execute("update outbox set tries = 1, due_at = due_at + 60000 where template = 'letter_rejected'").await;
        undo.send().await.is(409);
        assert_eq!(state(&app).await, ["rejected"]);
        app.execute("update outbox set tries = 0, due_at = due_at - 60000 where template = 'letter_rejected'").await;
    })
    .await;
}

#[tokio::test]
async fn only_who_decided_takes_it_back() {
    on_both(async |app| {
        let letter = sent(&app).await;
        let reviewers = app.more_reviewers(2).await;
        // Coming in takes its time.
        let strangers = [app.officer("شکایات").await, app.elsewhere().reviewer().await];
        let made = decision(&reviewers[0], &letter, "registration").await;
        let (_, undo) = button(&reviewers[0], &letter, made).await;
        let other = reviewers[1].get(&format!("/desk?done={letter}")).await.ok();
        assert!(!other.has("[data-undo]"));
        let token = reviewers[1].form_token().await;
        let refused = undo.clone().by(&reviewers[1]).forge("form_token", &token).send().await.is(409);
        refused.says("فقط کسی که تصمیم گرفته می‌تواند تا ۱۰ ثانیه آن را پس بگیرد.");
        for stranger in strangers {
            let token = stranger.form_token().await;
            undo.clone().by(&stranger).forge("form_token", &token).send().await.is(404);
        }
        undo.clone().forge("version", "x").send().await.is(400);
        assert_eq!(state(&app).await, ["registered"]);
        undo.send().await.is(303);
        undo.send().await.is(409);
        assert_eq!(app.count("select count(*) from events where kind = 'decision_undone'").await, 1);
    })
    .await;
}

#[tokio::test]
async fn an_officer_who_took_it_meanwhile_keeps_it() {
    on_both(async |app| {
        let letter = sent(&app).await;
        let reviewer = app.reviewer().await;
        let officer = app.officer("شکایات").await;
        let made = decision(&reviewer, &letter, "registration").await;
        let (_, undo) = button(&reviewer, &letter, made).await;
        officer.takes(&letter).await;
        undo.send().await.is(409).says(&officer.account.name);
        assert_eq!(state(&app).await, ["in_progress"]);
        app.wait(10).await;
        assert_eq!(told(&app).await, ["letter_registered"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_undo_and_taking_at_once_one_is_first() {
    on_both(async |app| {
        let letter = sent(&app).await;
        let reviewer = app.reviewer().await;
        let officer = app.officer("شکایات").await;
        let made = decision(&reviewer, &letter, "registration").await;
        let (_, undo) = button(&reviewer, &letter, made).await;
        let taking = officer.dialog(&letter, "taking").await;
        let answers = at_once(vec![undo, taking]).await;
        let won = answers.iter().filter(|answer| answer.status == 303).count();
        assert_eq!(won, 1, "{:?}", answers.iter().map(|answer| answer.status).collect::<Vec<_>>());
        let is_undone = answers[0].status == 303;
        assert_eq!(state(&app).await, [if is_undone { "submitted" } else { "in_progress" }]);
        let void = app.count("select count(*) from entries where voided_at is not null").await;
        assert_eq!(void, i64::from(is_undone));
    })
    .await;
}

//! Withdrawal: a sender takes a letter back as long as nobody has decided, with a reason or without.

use pishkhan_office::ids::LetterId;
use pishkhan_testkit::{Form, Letter, Sender, TestApp, at_once, on_both};

async fn sent(app: &TestApp) -> (Sender, LetterId) {
    let sender = app.sender("09121234567").signs_in().await;
    let letter = sender.sends(&Letter::default()).await;
    (sender, letter)
}

async fn form(sender: &Sender, letter: &LetterId) -> Form {
    let path = format!("/letters/{letter}/withdrawal");
    sender.get(&path).await.ok().form(&path)
}

async fn state(app: &TestApp) -> Vec<String> {
    app.texts("select state from letters").await
}

#[tokio::test]
async fn a_letter_is_withdrawn_while_it_is_under_review() {
    on_both(async |app| {
        let (sender, letter) = sent(&app).await;
        let path = format!("/letters/{letter}/withdrawal");
        assert!(sender.letter(&letter).await.has(&format!("a[href='{path}']")));
        sender.get(&path).await.ok().says("پس از انصراف، نامه بسته می‌شود");
        sender.withdraws(&letter, "").await;
        let page = sender.letter(&letter).await;
        page.says("انصراف دادید");
        assert!(!page.has(&format!("a[href='{path}']")));
        let reviewer = app.reviewer().await;
        reviewer.letter(&letter).await.says("انصراف فرستنده");
        reviewer.get(&format!("/desk/letters/{letter}/registration")).await.is(409);
        assert!(sender.get(&format!("/letters/{letter}/receipt")).await.ok().has(".big"), "the receipt stays");
    })
    .await;
}

#[tokio::test]
async fn a_letter_is_withdrawn_while_it_is_returned_or_in_hand() {
    on_both(async |app| {
        let (sender, first) = sent(&app).await;
        let second = sender.sends(&Letter { subject: "نامه دوم", ..Letter::default() }).await;
        let reviewer = app.reviewer().await;
        reviewer.returns(&first, "قبض").await;
        reviewer.registers(&second).await;
        app.officer("شکایات").await.takes(&second).await;
        sender.withdraws(&first, "ندارم").await;
        sender.withdraws(&second, "حل شد").await;
        assert_eq!(state(&app).await, ["withdrawn", "withdrawn"]);
        sender.letter(&second).await.says("۱۴۰۹/ش/۰۰۰۱");
        app.time_comes(40).await;
        assert_eq!(state(&app).await, ["withdrawn", "withdrawn"], "nothing lapses any more");
        app.reviewer().await.letter(&second).await.says("حل شد");
        let told = app.texts("select detail from events where kind = 'letter_withdrawn'").await;
        assert!(told.iter().any(|event| event.contains("حل شد")), "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn what_has_changed_meanwhile_is_asked_once_more() {
    on_both(async |app| {
        let (sender, letter) = sent(&app).await;
        let stale = form(&sender, &letter).await.fill("reason", "پشیمان شدم");
        app.reviewer().await.redirects(&letter, "امور مالی").await;
        let asked = stale.send().await.is(409);
        asked.says("نامه در این میان تغییر کرد.");
        assert_eq!(state(&app).await, ["submitted"]);
        let again = asked.form(&format!("/letters/{letter}/withdrawal"));
        assert_eq!(again.value("reason"), Some("پشیمان شدم"));
        again.send().await.is(303);
        assert_eq!(state(&app).await, ["withdrawn"]);
    })
    .await;
}

#[tokio::test]
async fn what_was_decided_is_not_withdrawn() {
    on_both(async |app| {
        let (sender, letter) = sent(&app).await;
        let late = form(&sender, &letter).await.fill("reason", "پشیمان شدم");
        app.reviewer().await.registers(&letter).await;
        let refused = late.send().await.is(409);
        refused.says("اکنون نمی‌شود از این نامه انصراف داد.");
        refused.says("پشیمان شدم");
        sender.get(&format!("/letters/{letter}/withdrawal")).await.is(409);
        assert!(!sender.letter(&letter).await.has("a[href$='/withdrawal']"));
        assert_eq!(state(&app).await, ["registered"]);
    })
    .await;
}

#[tokio::test]
async fn a_reason_may_be_long_but_not_endless_and_a_draft_is_no_letter() {
    on_both(async |app| {
        let (sender, letter) = sent(&app).await;
        let long = "م".repeat(1_001);
        let refused = form(&sender, &letter).await.fill("reason", &long).send().await.is(422);
        refused.says("دلیل باید حداکثر ۱٬۰۰۰ نویسه باشد.");
        assert_eq!(refused.form(&format!("/letters/{letter}/withdrawal")).value("reason"), Some(long.as_str()));
        form(&sender, &letter).await.forge("version", "x").send().await.is(400);
        let draft = pishkhan_testkit::draft_of(&sender.writes(&Letter::default()).await);
        sender.get(&format!("/letters/{draft}/withdrawal")).await.is(404);
        assert_eq!(state(&app).await.iter().filter(|state| *state == "withdrawn").count(), 0);
    })
    .await;
}

#[tokio::test]
async fn nobody_else_withdraws_a_letter() {
    on_both(async |app| {
        let (sender, letter) = sent(&app).await;
        let form = form(&sender, &letter).await;
        for stranger in [app.sender("09351112233"), app.elsewhere().sender("09121234567")] {
            let stranger = stranger.signs_in().await;
            let token = stranger.form_token().await;
            form.clone().by(&stranger).forge("form_token", &token).send().await.is(404);
            stranger.get(&format!("/letters/{letter}/withdrawal")).await.is(404);
        }
        assert_eq!(state(&app).await, ["submitted"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_withdrawal_and_registration_at_once_one_is_first() {
    on_both(async |app| {
        let (sender, letter) = sent(&app).await;
        let registration = app.reviewer().await.dialog(&letter, "registration").await;
        let answers = at_once(vec![form(&sender, &letter).await, registration]).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 303).count(), 1);
        let is_withdrawn = answers[0].status == 303;
        assert_eq!(state(&app).await, [if is_withdrawn { "withdrawn" } else { "registered" }]);
        assert_eq!(app.count("select count(*) from entries").await, i64::from(!is_withdrawn));
    })
    .await;
}

//! Taking a proposed answer back: its officer does so as long as nobody has signed it, and none waits for a signer who is gone.

use pishkhan_office::accounts::staff;
use pishkhan_office::actor::Role;
use pishkhan_office::ids::LetterId;
use pishkhan_testkit::{Kind, Staff, TestApp, at_once, on_both, on_one};

const UNIT: &str = "شکایات";

/// A letter whose answer waits for a signature, with its officer.
async fn proposed(app: &TestApp) -> (Staff, LetterId) {
    app.changes_unit(UNIT, |unit| unit.needs_signature = true).await;
    let (_, officer, letter) = app.letter_in_hand().await;
    officer.proposes(&letter, "پاسخ نخست").await;
    (officer, letter)
}

async fn disables(app: &TestApp, person: &Staff) {
    let mut tx = app.begin().await;
    staff::disable(&mut tx, &person.account.id).await.expect("they are gone");
    tx.commit().await.expect("it is kept");
}

#[tokio::test]
async fn an_officer_takes_a_proposed_answer_back_and_proposes_another() {
    on_both(async |app| {
        let (officer, letter) = proposed(&app).await;
        let signer = app.came_in(Role::Signer, Some(UNIT)).await;
        let late = signer.dialog(&letter, "issue").await;
        assert!(officer.letter(&letter).await.has("a[href$='/retraction']"));
        let form = officer.dialog(&letter, "retraction").await;
        form.send().await.is(303).follow().await.ok().says("پس گرفته شد و دست شماست");
        form.send().await.is(409);
        late.send().await.is(409).says(&officer.account.name);
        assert_eq!(app.texts("select state from letters").await, ["in_progress"]);
        assert_eq!(officer.dialog(&letter, "answer").await.value("text"), Some("پاسخ نخست"), "the draft is as it was");
        officer.proposes(&letter, "پاسخ دوم").await;
        signer.issues(&letter).await;
        officer.get(&format!("/desk/letters/{letter}/retraction")).await.is(409);
        let kinds = "select kind from events where kind like 'answer_%' or kind = 'letter_answered' order by sequence";
        assert_eq!(
            app.texts(kinds).await,
            ["answer_proposed", "answer_retracted", "answer_proposed", "letter_answered"]
        );
    })
    .await;
}

#[tokio::test]
async fn what_waits_for_a_signer_who_is_gone_its_unit_takes_back() {
    on_both(async |app| {
        let (officer, letter) = proposed(&app).await;
        let address = format!("/desk/letters/{letter}/retraction");
        let colleague = app.another_officer(UNIT, "همکار").await;
        let signer = app.came_in(Role::Signer, Some(UNIT)).await;
        for stranger in [&signer, &app.reviewer().await, &app.officer("امور مالی").await] {
            stranger.get(&address).await.is(404);
        }
        colleague.get(&address).await.is(409);
        assert!(!colleague.letter(&letter).await.has("a[href$='/retraction']"), "somebody else has it in hand");
        disables(&app, &signer).await;
        disables(&app, &officer).await;
        // Nobody has it in hand any more.
        colleague.dialog(&letter, "retraction").await.send().await.is(303);
        let hand = "select s.name from letters l join staff s on s.id = l.officer_id where l.state = 'in_progress'";
        assert_eq!(app.texts(hand).await, ["همکار"]);
        let form = colleague.dialog(&letter, "answer").await;
        assert_eq!(form.value("text"), Some("پاسخ نخست"));
        form.press("next", "propose").send().await.is(422).says("در این واحد کسی نیست که این پاسخ را امضا کند");
        colleague.refers(&letter, "امور مالی", "action", "پاسخ را شما بدهید.").await;
        app.officer("امور مالی").await.letter(&letter).await.says("درخواست بررسی قبض آب");
    })
    .await;
}

#[tokio::test]
async fn what_is_proposed_as_the_last_signer_leaves_its_officer_takes_back() {
    on_one(
        Kind::Postgres,
        |_| {},
        async |app: TestApp| {
            app.changes_unit(UNIT, |unit| unit.needs_signature = true).await;
            let (_, officer, letter) = app.letter_in_hand().await;
            let signer = app.came_in(Role::Signer, Some(UNIT)).await;
            let mut tx = app.begin().await;
            staff::disable(&mut tx, &signer.account.id).await.expect("they are gone");
            // It comes before that is kept.
            officer.proposes(&letter, "پاسخ نخست").await;
            tx.commit().await.expect("it is kept");
            assert_eq!(app.texts("select state from letters").await, ["answer_review"], "it waits for nobody");
            officer.dialog(&letter, "retraction").await.send().await.is(303);
            let form = officer.dialog(&letter, "answer").await;
            form.press("next", "propose").send().await.is(422).says("در این واحد کسی نیست که این پاسخ را امضا کند");
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_an_officer_who_takes_it_back_and_a_signer_who_issues_one_is_first() {
    on_both(async |app| {
        let (officer, letter) = proposed(&app).await;
        let signer = app.came_in(Role::Signer, Some(UNIT)).await;
        let mut forms = vec![officer.dialog(&letter, "retraction").await; 4];
        forms.extend(vec![signer.dialog(&letter, "issue").await; 4]);
        let answers = at_once(forms).await;
        let with = |status: u16| answers.iter().filter(|answer| answer.status.as_u16() == status).count();
        assert_eq!((with(303), with(409)), (1, 7));
        let is_issued = app.count("select count(*) from letters where state = 'answered'").await;
        assert_eq!(app.count("select count(*) from answers").await, is_issued);
        assert_eq!(app.count("select count(*) from events where kind = 'answer_retracted'").await, 1 - is_issued);
    })
    .await;
}

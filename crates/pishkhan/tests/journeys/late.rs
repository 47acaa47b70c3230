//! Letters with which the house is late: their sender is told, once for each breach, that there is a certificate of it; and who signs above
//! the unit acts on them.

use pishkhan_office::accounts::staff;
use pishkhan_office::actor::Role;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters;
use pishkhan_store::Moment;
use pishkhan_testkit::{Kind, Letter, Sender, Staff, TestApp, on_both, on_one};

const NUMBER: &str = "09121234567";
const DAY: u64 = 24 * 60 * 60;
const MINUTE: i64 = 60_000;

async fn sent(app: &TestApp) -> (Sender, LetterId) {
    let sender = app.sender(NUMBER).signs_in().await;
    let letter = sender.sends(&Letter::default()).await;
    (sender, letter)
}

/// What senders were told of what is late.
async fn told(app: &TestApp) -> Vec<String> {
    app.texts("select text from outbox where template = 'letter_overdue' order by created_at").await
}

async fn escalations(app: &TestApp) -> i64 {
    app.count("select count(*) from events where kind = 'letter_escalated'").await
}

/// How many letters stand among what is late below this person.
async fn late(signer: &Staff) -> usize {
    signer.get("/desk?show=late").await.ok().all(".rows .sub").len()
}

/// What senders are told of what is late waits for the morning.
async fn waits_for_the_morning(app: &TestApp) {
    app.execute("update outbox set due_at = due_at + 25200000 where template = 'letter_overdue' and sent_at is null")
        .await;
}

/// They work here no more.
async fn leaves(app: &TestApp, person: &Staff) {
    let mut tx = app.begin().await;
    staff::disable(&mut tx, &person.account.id).await.expect("somebody can be disabled");
    tx.commit().await.expect("it is kept");
}

/// A minute after that deadline of the only letter; the round comes by.
async fn passes(app: &TestApp, deadline: &'static str) {
    let due = app.numbers(deadline).await;
    app.comes_to(Moment(due[0] + MINUTE)).await;
    app.time_comes(0).await;
}

#[tokio::test]
async fn a_sender_is_told_once_of_each_breach() {
    on_both(async |app| {
        let (_, letter) = sent(&app).await;
        app.time_comes(1).await;
        assert!(told(&app).await.is_empty(), "it isn't late");
        passes(&app, "select review_due_at from letters").await;
        for _ in 0..2 {
            app.time_comes(0).await;
        }
        let texts = told(&app).await;
        assert_eq!(texts.len(), 1, "{texts:?}");
        assert!(texts[0].contains("دیر شد") && texts[0].contains("گواهی بی‌پاسخ ماندن"), "{texts:?}");
        // What it says is there.
        let sender = app.sender(NUMBER).signs_in().await;
        sender.get(&format!("/letters/{letter}/certificate")).await.ok();

        // After a pause the deadline passes anew; the breach is the same one.
        app.reviewer().await.returns(&letter, "قبض").await;
        app.wait(2 * DAY).await;
        let sender = app.sender(NUMBER).signs_in().await;
        let item = app.texts("select 'reply-' || id from missing_items").await;
        sender.todo(&letter).await.fill(&item[0], "ندارم").send().await.is(303);
        passes(&app, "select review_due_at from letters").await;
        assert_eq!(escalations(&app).await, 2);
        assert_eq!(told(&app).await.len(), 1);

        // The answer has a deadline of its own.
        app.reviewer().await.registers(&letter).await;
        passes(&app, "select answer_due_at from letters").await;
        let texts = told(&app).await;
        assert_eq!(texts.len(), 2, "{texts:?}");
        let number = app.texts("select number_printed from letters").await;
        assert!(texts[1].contains(&number[0]), "{texts:?}");
    })
    .await;
}

#[tokio::test]
async fn nobody_is_told_of_what_has_been_late_for_long() {
    on_both(async |app| {
        sent(&app).await;
        app.wait(40 * DAY).await;
        app.time_comes(0).await;
        assert_eq!((escalations(&app).await, told(&app).await.len()), (1, 0));
    })
    .await;
}

#[tokio::test]
async fn an_organisation_may_leave_it_out() {
    on_both(async |app| {
        sent(&app).await;
        let administrator = app.staff(Role::Administrator).await;
        let form = administrator.get("/desk/notices").await.ok().form("/desk/notices/letter_overdue");
        assert_eq!(form.value("sent"), Some("yes"), "it is on until somebody says otherwise");
        form.without("sent").send().await.is(303);
        passes(&app, "select review_due_at from letters").await;
        assert_eq!((escalations(&app).await, told(&app).await.len()), (1, 0));
    })
    .await;
}

#[tokio::test]
async fn two_nodes_tell_it_once() {
    on_one(
        Kind::Postgres,
        |_| {},
        async |app: TestApp| {
            sent(&app).await;
            let due = app.numbers("select review_due_at from letters").await;
            app.comes_to(Moment(due[0] + MINUTE)).await;
            let node = app.another_node().await;
            tokio::join!(app.time_comes(0), node.time_comes(0));
            assert_eq!((escalations(&app).await, told(&app).await.len()), (1, 1));
            node.parts().db.close().await;
        },
    )
    .await;
}

#[tokio::test]
async fn the_signer_above_reminds_whoever_has_what_is_late_and_gives_it_to_another() {
    on_both(async |app| {
        let (_, _, letter) = app.letter_in_hand().await;
        let address = format!("/desk/letters/{letter}/handover");
        app.signer("بایگانی").await.get(&address).await.is(404);
        passes(&app, "select answer_due_at from letters").await;
        let (above, officer) = (app.signer("بایگانی").await, app.officer("شکایات").await);
        let colleague = app.another_officer("شکایات", "همکار تازه").await;
        assert_eq!(above.get("/desk?show=late").await.ok().all(".rows .sub").len(), 1);
        let page = above.letter(&letter).await;
        assert!(page.has(".views a[aria-current][href*='show=late']"), "there they find it");
        assert!(page.has(".decide a[href$='#note-text'][data-key='KeyN']"));
        assert!(page.has(&format!(".decide a[href='{address}'][data-key='KeyH']")));
        assert!(!officer.letter(&letter).await.has(".decide a[data-key='KeyN']"), "nobody reminds themselves");

        let note = page.form(&format!("/desk/letters/{letter}/notes")).fill("text", "تا فردا پاسخ دهید");
        note.send().await.is(303);
        officer.letter(&letter).await.says("تا فردا پاسخ دهید");

        let form = above.dialog(&letter, "handover").await.fill("text", "پیش از ظهر");
        let form = form.fill("staff", colleague.account.id.as_str());
        for stranger in [app.signer("امور مالی").await, app.officer("بایگانی").await] {
            let token = stranger.form_token().await;
            form.clone().by(&stranger).forge("form_token", &token).send().await.is(404);
        }
        form.send().await.is(303);
        assert_eq!(app.texts("select officer_id from letters").await, [colleague.account.id.as_str()]);
        colleague.letter(&letter).await.says("پیش از ظهر");

        // Once it is answered there is nothing left to remind of; an old page is told so.
        colleague.answers(&letter, "رسیدگی شد", &[]).await;
        form.send().await.is(409).says("پیش از ظهر");
        above.get(&address).await.is(409);
        assert!(!above.letter(&letter).await.has(".decide"));
    })
    .await;
}

#[tokio::test]
async fn the_signer_above_gives_several_late_letters_to_an_officer_at_once() {
    on_both(async |app| {
        let (sender, _, _) = app.letter_in_hand().await;
        let second = sender.sends(&Letter { subject: "دوم", ..Letter::default() }).await;
        app.came_in(Role::Reviewer, None).await.registers(&second).await;
        sender.sends(&Letter { subject: "سوم", ..Letter::default() }).await;
        passes(&app, "select max(answer_due_at) from letters").await;
        let above = app.signer("بایگانی").await;
        let colleague = app.another_officer("شکایات", "همکار تازه").await;
        for view in ["late", "near"] {
            let list = above.get(&format!("/desk?show={view}")).await.ok();
            let found = (list.all(".rows .sub").len(), list.all(".pick").len());
            assert_eq!(found, (3, 2), "{view}: what is under review is nobody's to give");
            assert!(list.has("#selection-form [data-key=KeyH]"), "{view}");
        }
        let list = above.get("/desk?show=late").await.ok();
        assert!(!list.has("#selection-form [data-key=KeyF]"), "they refer nothing of it");
        let (names, seen) = (list.attributes(".pick input", "name"), list.attributes(".pick input", "value"));
        let ticks: Vec<String> = names.iter().zip(&seen).map(|(name, seen)| format!("{name}={seen}")).collect();
        let referring = above.get(&format!("/desk/selection/referrals?show=near&{}", ticks.join("&"))).await.ok();
        referring.says("ارجاع این نامه با شما نیست");
        assert_eq!(referring.all(".note.no li").len(), 2);
        let giving = above.get(&format!("/desk/selection/handover?show=late&{}", ticks.join("&"))).await.ok();
        let form = giving.form("/desk/selection/handover?show=late").fill("staff", colleague.account.id.as_str());
        form.send().await.is(303).follow().await.ok().says("۲ نامه انجام شد");
        let hands = "select officer_id from letters where officer_id is not null";
        assert_eq!(app.texts(hands).await, [colleague.account.id.as_str(); 2]);
    })
    .await;
}

#[tokio::test]
async fn what_waits_for_its_review_the_signer_above_can_only_ask_for() {
    on_both(async |app| {
        let (_, letter) = sent(&app).await;
        passes(&app, "select review_due_at from letters").await;
        let page = app.signer("بایگانی").await.letter(&letter).await;
        assert!(page.has(".decide a[data-key='KeyN']") && !page.has(".decide a[data-key='KeyH']"));
        page.form(&format!("/desk/letters/{letter}/notes")).fill("text", "چرا نه؟").send().await.is(303);
        app.reviewer().await.letter(&letter).await.says("چرا نه؟");
    })
    .await;
}

#[tokio::test]
async fn what_goes_on_to_another_unit_late_is_shown_to_who_signs_above_that_one() {
    on_both(async |app| {
        let (_, _, letter) = app.letter_in_hand().await;
        passes(&app, "select answer_due_at from letters").await;
        let (signer, head) = (app.signer("بایگانی").await, app.head().await);
        assert_eq!((late(&signer).await, late(&head).await), (1, 0));
        let handover = format!(".decide a[href='/desk/letters/{letter}/handover']");
        assert!(signer.letter(&letter).await.has(&handover));

        app.officer("شکایات").await.refers(&letter, "امور مالی", "action", "کار شماست").await;
        assert!(!signer.letter(&letter).await.has(&handover), "it is no unit below them that has it");
        app.time_comes(0).await;
        assert_eq!((late(&signer).await, late(&head).await), (0, 1));
        assert!(head.letter(&letter).await.has(&handover));
        app.time_comes(0).await;
        assert_eq!((escalations(&app).await, told(&app).await.len()), (2, 1), "its sender knows already");

        let form = app.officer("امور مالی").await.ending(&letter, "return").await;
        form.fill("text", "کار ما نیست").send().await.is(303);
        app.time_comes(0).await;
        assert_eq!((late(&signer).await, late(&head).await), (1, 0));
        assert_eq!((escalations(&app).await, told(&app).await.len()), (3, 1));
    })
    .await;
}

#[tokio::test]
async fn who_signs_above_both_units_keeps_what_is_late_and_its_history_tells_it_once() {
    on_both(async |app| {
        let parent = Some(app.unit("بایگانی").id.clone());
        app.changes_unit("امور مالی", |unit| unit.parent = parent).await;
        let (_, _, letter) = app.letter_in_hand().await;
        passes(&app, "select answer_due_at from letters").await;
        let signer = app.signer("بایگانی").await;
        app.officer("شکایات").await.refers(&letter, "امور مالی", "action", "کار شماست").await;
        app.time_comes(0).await;
        assert_eq!((late(&signer).await, escalations(&app).await), (1, 1));
        assert!(signer.letter(&letter).await.has(".decide a[data-key='KeyH']"));
    })
    .await;
}

#[tokio::test]
async fn what_is_redirected_late_is_shown_to_who_signs_above_its_new_unit() {
    on_both(async |app| {
        let (_, letter) = sent(&app).await;
        passes(&app, "select review_due_at from letters").await;
        let (signer, head) = (app.signer("بایگانی").await, app.head().await);
        assert_eq!((late(&signer).await, late(&head).await), (1, 0));
        app.reviewer().await.redirects(&letter, "امور مالی").await;
        app.time_comes(0).await;
        assert_eq!((late(&signer).await, late(&head).await), (0, 1));
    })
    .await;
}

#[tokio::test]
async fn what_is_made_confidential_late_is_shown_to_who_signs_above_and_may_see_it() {
    on_both(async |app| {
        let (_, _, letter) = app.letter_in_hand().await;
        passes(&app, "select answer_due_at from letters").await;
        let (signer, head) = (app.signer("بایگانی").await, app.head().await);
        assert_eq!((late(&signer).await, late(&head).await), (1, 0));
        let officer = app.officer("شکایات").await;
        app.execute(
            "update staff set clearance = 1
             where id not in (select p.staff_id from posts p where p.role = 'signer' and p.unit_id <> '')",
        )
        .await;
        let form = officer.dialog(&letter, "classification").await.fill("classification", "confidential");
        form.send().await.is(303);
        app.time_comes(0).await;
        assert_eq!((late(&signer).await, late(&head).await), (0, 1));
        assert_eq!((escalations(&app).await, told(&app).await.len()), (2, 1), "its sender knows already");
        // What is classified lower stays where it is known.
        let form = officer.dialog(&letter, "classification").await.fill("classification", "normal");
        form.send().await.is(303);
        app.time_comes(0).await;
        assert_eq!((late(&signer).await, late(&head).await), (0, 1));
    })
    .await;
}

#[tokio::test]
async fn what_is_late_is_shown_to_the_next_signer_above_when_who_knew_of_it_leaves() {
    on_both(async |app| {
        app.letter_in_hand().await;
        passes(&app, "select answer_due_at from letters").await;
        let (signer, head) = (app.signer("بایگانی").await, app.head().await);
        assert_eq!((late(&signer).await, late(&head).await), (1, 0));
        leaves(&app, &signer).await;
        for _ in 0..2 {
            app.time_comes(0).await;
        }
        assert_eq!(late(&head).await, 1);
        assert_eq!((escalations(&app).await, told(&app).await.len()), (2, 1), "its sender knows already");
    })
    .await;
}

#[tokio::test]
async fn what_is_late_is_shown_to_the_next_signer_above_when_its_own_leaves_as_it_is_shown_to_them() {
    on_one(
        Kind::Postgres,
        |_| {},
        async |app: TestApp| {
            app.letter_in_hand().await;
            let due = app.numbers("select answer_due_at from letters").await;
            app.comes_to(Moment(due[0] + MINUTE)).await;
            let (signer, head) = (app.signer("بایگانی").await, app.head().await);
            let mut round = app.begin().await;
            let shown = letters::escalate_due(&mut round, &app.parts().rules, 100).await;
            assert_eq!(shown.expect("what is late is escalated"), 1);
            // They leave before that is kept.
            leaves(&app, &signer).await;
            round.commit().await.expect("the round is kept");
            let to = app.texts("select escalated_to_unit_id from letters").await;
            assert_eq!(to, [app.unit("بایگانی").id.as_str()], "it lies with nobody");
            for _ in 0..2 {
                app.time_comes(0).await;
            }
            assert_eq!(late(&head).await, 1);
            assert_eq!((escalations(&app).await, told(&app).await.len()), (2, 1), "its sender knows already");
        },
    )
    .await;
}

#[tokio::test]
async fn what_is_late_is_shown_to_the_next_signer_above_when_both_who_knew_of_it_leave_at_once() {
    on_one(
        Kind::Postgres,
        |_| {},
        async |app: TestApp| {
            app.letter_in_hand().await;
            let deputy = app.officer("امور مالی").await;
            let mut tx = app.begin().await;
            let unit = Some(app.unit("بایگانی").id.clone());
            let post = staff::NewPost { unit, title: "جانشین".into(), role: Role::Signer };
            staff::add_post(&mut tx, &deputy.account.id, &post).await.expect("a second post");
            tx.commit().await.expect("it is kept");
            passes(&app, "select answer_due_at from letters").await;
            let (signer, head) = (app.signer("بایگانی").await, app.head().await);
            assert_eq!((late(&signer).await, late(&head).await), (1, 0));
            // Neither act sees that the other one leaves, too.
            let mut tx = app.begin().await;
            staff::disable(&mut tx, &signer.account.id).await.expect("somebody can be disabled");
            leaves(&app, &deputy).await;
            tx.commit().await.expect("it is kept");
            app.time_comes(0).await;
            assert_eq!(late(&head).await, 1);
        },
    )
    .await;
}

#[tokio::test]
async fn what_is_late_where_nobody_signs_is_shown_to_who_comes_to_sign_above() {
    on_both(async |app| {
        let (signer, head) = (app.signer("بایگانی").await, app.head().await);
        app.letter_in_hand().await;
        leaves(&app, &signer).await;
        leaves(&app, &head).await;
        passes(&app, "select answer_due_at from letters").await;
        app.time_comes(0).await;
        assert_eq!(escalations(&app).await, 1, "it is said of somebody, once");
        let mut tx = app.begin().await;
        staff::enable(&mut tx, &head.account.id).await.expect("somebody can come back");
        tx.commit().await.expect("it is kept");
        for _ in 0..2 {
            app.time_comes(0).await;
        }
        assert_eq!(late(&app.head().await).await, 1);
        assert_eq!((escalations(&app).await, told(&app).await.len()), (2, 1), "its sender knows already");
    })
    .await;
}

#[tokio::test]
async fn nobody_is_told_that_it_is_late_once_it_is_done() {
    on_both(async |app| {
        let (sender, letter) = sent(&app).await;
        passes(&app, "select review_due_at from letters").await;
        waits_for_the_morning(&app).await;
        let reviewer = app.reviewer().await;
        assert_eq!(told(&app).await.len(), 1);
        let form = reviewer.dialog(&letter, "registration").await;
        let tray = form.send().await.is(303).follow().await.ok();
        assert!(told(&app).await.is_empty());
        tray.form(&tray.attribute("form.undo", "action")).send().await.is(303);
        assert_eq!(told(&app).await.len(), 1, "it is late after all");
        reviewer.registers(&letter).await;
        assert!(told(&app).await.is_empty());

        passes(&app, "select answer_due_at from letters").await;
        waits_for_the_morning(&app).await;
        let officer = app.officer("شکایات").await;
        officer.takes(&letter).await;
        assert_eq!(told(&app).await.len(), 1);
        officer.answers(&letter, "رسیدگی شد", &[]).await;
        assert!(told(&app).await.is_empty());
        assert!(app.last_message_to(&sender.mobile).await.text.contains("آماده است"));
    })
    .await;
}

#[tokio::test]
async fn what_was_told_stays_told_and_is_not_told_again() {
    on_both(async |app| {
        let (_, letter) = sent(&app).await;
        passes(&app, "select review_due_at from letters").await;
        let reviewer = app.reviewer().await;
        let form = reviewer.dialog(&letter, "registration").await;
        let tray = form.send().await.is(303).follow().await.ok();
        assert_eq!(told(&app).await.len(), 1);
        tray.form(&tray.attribute("form.undo", "action")).send().await.is(303);
        assert_eq!(told(&app).await.len(), 1);
    })
    .await;
}

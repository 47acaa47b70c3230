//! Races: of many who act at once one is first, and the others are told; no number is taken twice, and none is lost.

use std::time::Duration;

use futures_util::future::join_all;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters;
use pishkhan_testkit::{
    Answer, Attachment, Form, Letter, Sender, Staff, TestApp, at_once, draft_of, on_both, on_both_as, samples,
    submission_of,
};

fn with_status(answers: &[Answer], status: u16) -> Vec<&Answer> {
    answers.iter().filter(|answer| answer.status.as_u16() == status).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_twenty_reviewers_one_registers_and_nineteen_are_told_who() {
    on_both(async |app| {
        let letter = app.sender("09121234567").signs_in().await.sends(&Letter::default()).await;
        let mut forms = Vec::new();
        for reviewer in app.more_reviewers(20).await {
            forms.push(reviewer.dialog(&letter, "registration").await);
        }
        let answers = at_once(forms).await;
        assert_eq!(with_status(&answers, 303).len(), 1);
        let late = with_status(&answers, 409);
        assert_eq!(late.len(), 19);
        let who = app
            .texts("select s.name from letters l join staff s on s.id = l.registered_by")
            .await
            .pop()
            .expect("somebody registered it");
        for answer in late {
            answer.says(&format!("این نامه را {who} همین حالا ثبت کرد. تصمیم شما ثبت نشد."));
        }
        assert_eq!(app.numbers("select number from entries").await, [1]);
        assert_eq!(app.count("select count(*) from outbox where template = 'letter_registered'").await, 1);
        assert_eq!(app.count("select count(*) from events where kind = 'letter_registered'").await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_hundred_registrations_leave_no_gap_in_two_registers() {
    on_both(async |app| {
        let mut waiting = app.waiting_letters("شکایات", 60).await;
        waiting.extend(app.waiting_letters("امور مالی", 40).await);
        // One of each register in turn, so that both are in everybody's hands.
        for (place, letter) in app.waiting_letters("بایگانی", 100).await.into_iter().enumerate() {
            waiting.insert(place * 2, letter);
        }
        let mut at_work = Vec::new();
        for reviewer in app.more_reviewers(20).await {
            let letters: Vec<_> = waiting.drain(..10).collect();
            let token = reviewer.form_token().await;
            at_work.push(tokio::spawn(async move { register_all(&reviewer, &token, &letters).await }));
        }
        for done in join_all(at_work).await {
            done.expect("each reviewer gets through");
        }
        let of_register = "select e.number from entries e join registers r on r.id = e.register_id
                           where r.prefix = '' order by e.number";
        assert_eq!(app.numbers(of_register).await, (1..=100).collect::<Vec<i64>>());
        let of_other = "select e.number from entries e join registers r on r.id = e.register_id
                        where r.prefix <> '' order by e.number";
        assert_eq!(app.numbers(of_other).await, (1..=100).collect::<Vec<i64>>());
        assert_eq!(app.count("select count(distinct tracking_code) from letters").await, 200);
        assert_eq!(app.count("select count(distinct number_printed) from letters").await, 200);
    })
    .await;
}

async fn register_all(reviewer: &Staff, token: &str, letters: &[LetterId]) {
    for letter in letters {
        // Written, filled in, submitted: the third version.
        let fields = [("form_token", token), ("version", "3")];
        reviewer.post(&format!("/desk/letters/{letter}/registration"), &fields).await.is(303);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_letter_submitted_twenty_times_at_once_is_one_letter_with_one_receipt() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let check = sender.writes(&Letter::with_file()).await;
        let form = check.form(&submission_of(&check));
        let answers = at_once(vec![form.clone(); 20]).await;
        let receipt = format!("/letters/{}/receipt", draft_of(&check));
        for answer in &answers {
            assert_eq!(answer.location(), receipt);
        }
        assert_eq!(form.send().await.location(), receipt, "later, too");
        assert_eq!(app.count("select count(*) from letters").await, 1);
        assert_eq!(app.count("select count(*) from events where kind = 'letter_submitted'").await, 1);
        assert_eq!(app.count("select count(*) from outbox where template = 'letter_submitted'").await, 1);
        sender.get(&receipt).await.ok();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_new_letter_saved_twenty_times_at_once_is_one_draft() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let form = sender.fills_in(&Letter::default()).await.press("next", "check");
        let answers = at_once(vec![form; 20]).await;
        let draft = answers[0].location();
        for answer in &answers {
            assert_eq!(answer.location(), draft);
        }
        assert_eq!(app.count("select count(*) from letters").await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn registered_and_rejected_at_once_it_is_one_of_both() {
    on_both(async |app| {
        let reviewers = app.more_reviewers(10).await;
        for letter in app.waiting_letters("شکایات", 5).await {
            let forms = opposed(&reviewers, &letter).await;
            let answers = at_once(forms).await;
            assert_eq!((with_status(&answers, 303).len(), with_status(&answers, 409).len()), (1, 9));
        }
        let decided = "select count(*) from letters
                       where (state = 'registered' and rejected_at is null and number_printed is not null)
                          or (state = 'rejected' and registered_at is null and number_printed is null)";
        assert_eq!(app.count(decided).await, 5);
        let numbers = app.numbers("select number from entries order by number").await;
        let registered = app.count("select count(*) from letters where state = 'registered'").await;
        assert_eq!(numbers, (1..=registered).collect::<Vec<_>>(), "a rejection gives its number back");
        let messages = "select count(*) from outbox where template in ('letter_registered', 'letter_rejected')";
        assert_eq!(app.count(messages).await, 5);
    })
    .await;
}

async fn opposed(reviewers: &[Staff], letter: &LetterId) -> Vec<Form> {
    let mut forms = Vec::new();
    for (place, reviewer) in reviewers.iter().enumerate() {
        let form = if place % 2 == 0 {
            reviewer.dialog(letter, "registration").await
        } else {
            let form = reviewer.dialog(letter, "rejection").await;
            let reason = form.choices("reason")[0].to_owned();
            form.fill("reason", &reason)
        };
        forms.push(form);
    }
    forms
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_officers_two_tabs_answer_once_and_lose_no_file() {
    on_both(async |app| {
        let letter = app.waiting_letters("شکایات", 1).await.remove(0).expect("one letter");
        app.reviewer().await.registers(&letter).await;
        let officer = app.officer("شکایات").await;
        officer.takes(&letter).await;
        let file = Attachment::new("پاسخ.pdf", samples::pdf("answer"));
        let form = officer.dialog(&letter, "answer").await.fill("text", "پاسخ").attach("files", file);
        let answers = at_once(vec![form; 10]).await;
        assert_eq!((with_status(&answers, 303).len(), with_status(&answers, 409).len()), (1, 9));
        with_status(&answers, 409)[0].says("پاسخ");
        assert_eq!(app.count("select count(*) from files").await, 1);
        assert_eq!(app.files().await, 1, "the files of those who came too late are not kept");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_crowd_at_one_code_gets_its_tries_and_no_more() {
    on_both_as(
        |plan| plan.rules.sign_in.code_tries = 5,
        async |app| {
            let sender = app.sender("09121234567");
            let page = sender.asks_for_code().await.follow().await.ok();
            let code = sender.code().await;
            let wrong = if code == "111111" { "222222" } else { "111111" };
            at_once(vec![page.form("/sign-in/code").fill("code", wrong); 20]).await;
            let tries = app.count("select tries from sign_ins").await;
            assert_eq!(tries, 5);
            page.form("/sign-in/code").fill("code", &code).send().await.is(422).says("دیگر کار نمی‌کند");
            assert!(is_out(&app).await);
        },
    )
    .await;
}

async fn is_out(app: &TestApp) -> bool {
    app.count("select count(*) from sessions").await == 0
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_sent_and_discarded_at_once_is_one_of_both_and_loses_no_file() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        for round in 0..12 {
            let check = sender.writes(&Letter::with_file()).await;
            let draft = draft_of(&check);
            let home = sender.get("/letters?show=drafts").await.ok();
            let discard = home.form(&format!("/drafts/{draft}/disposal"));
            let answers = at_once(vec![check.form(&submission_of(&check)), discard]).await;
            for answer in &answers {
                assert!([303, 404].contains(&answer.status.as_u16()), "round {round}: {}", answer.status);
            }
        }
        let without_files = "select count(*) from letters l where l.state = 'submitted' and not exists
                             (select 1 from files f where f.letter_id = l.id and f.removed_at is null)";
        assert_eq!(app.count(without_files).await, 0, "what was acknowledged has its file");
        assert_eq!(app.count("select count(*) from letters where state = 'draft'").await, 0);
    })
    .await;
}

/// Letters of one sender that an officer has in hand.
async fn in_hand(app: &TestApp, count: usize) -> (Sender, Staff, Vec<LetterId>) {
    let letters: Vec<LetterId> = app.waiting_letters("شکایات", count).await.into();
    let (reviewer, officer) = (app.reviewer().await, app.officer("شکایات").await);
    for letter in &letters {
        reviewer.registers(letter).await;
        officer.takes(letter).await;
    }
    // Whose letters they are.
    (app.sender("09120000000").signs_in().await, officer, letters)
}

async fn withdrawal(sender: &Sender, letter: &LetterId) -> Form {
    let path = format!("/letters/{letter}/withdrawal");
    sender.get(&path).await.ok().form(&path).fill("reason", "پشیمان شدم")
}

/// Who of the two was first; the other one has got the page that says so and shows what they had written.
#[track_caller]
fn first_of(withdrawal: &Answer, answer: &Answer) -> &'static str {
    match (withdrawal.status.as_u16(), answer.status.as_u16()) {
        (303, 409) => {
            answer.says("فرستنده");
            answer.says("پاسخ ما");
            "withdrawn"
        }
        (409, 303) => {
            withdrawal.says("اکنون نمی‌شود از این نامه انصراف داد.");
            withdrawal.says("پشیمان شدم");
            "answered"
        }
        both => panic!("{both:?}: {}\n{}", withdrawal.text(), answer.text()),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn answered_and_withdrawn_at_once_it_is_one_of_both() {
    on_both(async |app| {
        let (sender, officer, letters) = in_hand(&app, 12).await;
        let mut answered = 0;
        for letter in &letters {
            let file = Attachment::new("پاسخ.pdf", samples::pdf(letter.as_str()));
            let answer = officer.dialog(letter, "answer").await.fill("text", "پاسخ ما").attach("files", file);
            let both = at_once(vec![withdrawal(&sender, letter).await, answer.press("next", "issue")]).await;
            let first = first_of(&both[0], &both[1]);
            let page = sender.letter(letter).await;
            if first == "answered" {
                answered += 1;
                page.says("پاسخ ما");
            } else {
                page.says("انصراف دادید");
                page.hides("پاسخ ما");
            }
        }
        assert_eq!(
            app.count("select count(*) from letters where state = 'answered' and ended_at is null").await,
            answered
        );
        let withdrawn = "select count(*) from letters where state = 'withdrawn' and answered_at is null";
        assert_eq!(app.count(withdrawn).await, 12 - answered);
        assert_eq!(app.count("select count(*) from answers").await, answered);
        assert_eq!(app.count("select count(*) from outbox where template = 'letter_answered'").await, answered);
        let files = "select count(*) from files where part = 'answer' and removed_at is null";
        assert_eq!(app.count(files).await, answered);
        let ends = "select count(*) from events where kind in ('letter_answered', 'letter_withdrawn')";
        assert_eq!(app.count(ends).await, 12);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_was_proposed_first_is_issued_though_its_sender_withdraws_at_once() {
    on_both(async |app| {
        app.changes_unit("شکایات", |unit| unit.needs_signature = true).await;
        let (sender, officer, letters) = in_hand(&app, 8).await;
        let signer = app.signer("شکایات").await;
        let mut issued = 0;
        for letter in &letters {
            let withdraws = withdrawal(&sender, letter).await;
            let proposes = officer.writes_answer(letter, "پاسخ ما").await.press("next", "propose");
            let both = at_once(vec![withdraws.clone(), proposes]).await;
            if first_of(&both[0], &both[1]) == "answered" {
                issued += 1;
                let both = at_once(vec![withdraws, signer.dialog(letter, "issue").await]).await;
                assert_eq!(first_of(&both[0], &both[1]), "answered", "the sender saw it before it was proposed");
            }
        }
        assert_eq!(app.count("select count(*) from letters where state = 'answered'").await, issued);
        assert_eq!(app.count("select count(*) from letters where state = 'withdrawn'").await, 8 - issued);
        assert_eq!(app.count("select count(*) from answers").await, issued);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn completed_and_lapsed_at_once_it_is_one_of_both_and_loses_no_file() {
    on_both(async |app| {
        let letters = app.waiting_letters("شکایات", 12).await;
        let reviewer = app.reviewer().await;
        for letter in &letters {
            let form = reviewer.dialog(letter, "return").await.fill("others", "قبض").fill("days", "7");
            reviewer.decides(form).await;
        }
        let sender = app.sender("09120000000").signs_in().await;
        for days in [6, 7] {
            app.time_comes(days).await;
        }
        let mut forms = Vec::new();
        for letter in &letters {
            let todo = sender.todo(letter).await;
            let item = todo.file_fields()[0].to_owned();
            let file = Attachment::new("قبض.pdf", samples::pdf(letter.as_str()));
            forms.push(todo.fill(&item.replace("files-", "reply-"), "این هم قبض").attach(&item, file));
        }
        let rounds = (0..12).map(|_| tokio::spawn(lapse_one(app.clone())));
        let rounds = rounds.collect::<Vec<_>>();
        let answers = at_once(forms).await;
        let lapsed: usize = join_all(rounds).await.into_iter().map(|done| done.expect("time goes on")).sum();
        for answer in with_status(&answers, 409) {
            answer.says("این هم قبض");
        }
        let (completed, late) = (with_status(&answers, 303).len(), with_status(&answers, 409).len());
        assert_eq!((completed + late, lapsed), (12, late));
        let [completed, lapsed] = [completed, lapsed].map(|count| i64::try_from(count).expect("a few"));
        assert_eq!(app.count("select count(*) from letters where state = 'submitted'").await, completed);
        assert_eq!(app.count("select count(*) from letters where state = 'lapsed'").await, lapsed);
        assert_eq!(app.count("select count(*) from files where removed_at is null").await, completed);
        assert_eq!(
            app.files().await,
            usize::try_from(completed).expect("a few"),
            "of those who came too late none is kept"
        );
        assert_eq!(app.count("select count(*) from missing_items where done_at is not null").await, completed);
        assert_eq!(app.count("select count(*) from events where kind = 'letter_completed'").await, completed);
        assert_eq!(app.count("select count(*) from outbox where template = 'letter_lapsed'").await, lapsed);
    })
    .await;
}

/// Lets one letter lapse, nine days from now; answers how many did.
async fn lapse_one(app: TestApp) -> usize {
    let then = app.now().plus(Duration::from_hours(24 * 9));
    let mut tx = app.parts().db.begin(&app.organisation().id, then).await.expect("the database lets us begin");
    let lapsed = letters::lapse_due(&mut tx, &app.parts().rules, 1).await.expect("what is over lapses");
    tx.commit().await.expect("the round is kept");
    lapsed
}

//! What was referred ends with its letter: nobody owes an opinion on what is answered, withdrawn or lapsed.

use pishkhan_office::ids::LetterId;
use pishkhan_testkit::{Form, Staff, TestApp, at_once, on_both};

const OPEN: &str = "select count(*) from referrals where done_at is null";

async fn subjects(staff: &Staff, view: &str) -> usize {
    staff.get(&format!("/desk?show={view}")).await.ok().all(".rows .sub").len()
}

/// Asks the finances for an opinion within five days; they have the form open in which it is given.
async fn asks_finance(app: &TestApp, officer: &Staff, letter: &LetterId) -> (Staff, Form) {
    let form = officer.referral(letter, "امور مالی", None, "answer").await;
    form.fill("text", "بدهی دارد؟").fill("days", "۵").send().await.is(303);
    let finance = app.officer("امور مالی").await;
    let form = finance.ending(letter, "completion").await.fill("text", "بدهی ندارد");
    (finance, form)
}

#[tokio::test]
async fn an_opinion_on_an_answered_letter_is_owed_by_nobody() {
    on_both(async |app| {
        let (_, officer, letter) = app.letter_in_hand().await;
        let (finance, opinion) = asks_finance(&app, &officer, &letter).await;
        let told = officer.referral(&letter, "بایگانی", None, "information").await;
        told.fill("days", "۵").send().await.is(303);
        assert_eq!(finance.letter(&letter).await.all("#circulation .nowrap").len(), 2, "both have a deadline");
        officer.answers(&letter, "رسیدگی شد", &[]).await;
        assert_eq!(subjects(&finance, "referred").await, 0);
        let late = opinion.send().await.is(409);
        late.says("این نامه را آرش توکلی همین حالا پاسخ داد");
        late.says("بدهی ندارد");
        let page = finance.letter(&letter).await;
        page.says("همراه با نامه بسته شد");
        assert!(!page.has("#circulation a[href$='/completion']"));
        assert!(!page.has("#circulation .nowrap"), "nothing is due any more");
        let archivist = app.officer("بایگانی").await;
        assert_eq!(subjects(&archivist, "referred").await, 1, "whoever is told may read it still");
        let page = archivist.letter(&letter).await;
        let told = page.attribute("#circulation form[action$='/completion']", "action");
        page.form(&told).send().await.is(303);
        assert_eq!(app.count(OPEN).await, 0);
        assert_eq!(app.texts("select done_by from referrals where purpose = 'answer'").await, [""]);
    })
    .await;
}

#[tokio::test]
async fn what_is_withdrawn_waits_for_nobodys_opinion() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        let (_, opinion) = asks_finance(&app, &officer, &letter).await;
        sender.withdraws(&letter, "").await;
        assert_eq!(app.count(OPEN).await, 0);
        opinion.send().await.is(409).says("فرستنده کاری در این نامه کرد");
    })
    .await;
}

#[tokio::test]
async fn what_lapses_waits_for_nobodys_opinion() {
    on_both(async |app| {
        let (_, officer, letter) = app.letter_in_hand().await;
        let (_, opinion) = asks_finance(&app, &officer, &letter).await;
        officer.asks(&letter, "کدام ملک؟", &[]).await;
        app.time_comes(60).await;
        assert_eq!(app.count(OPEN).await, 1, "the sender was not warned yet");
        app.time_comes(65).await;
        assert_eq!(app.texts("select state from letters").await, ["lapsed"]);
        assert_eq!(app.count(OPEN).await, 0);
        opinion.send().await.is(409).says("مهلتی تمام شد و نامه تغییر کرد. تصمیم شما ثبت نشد.");
    })
    .await;
}

#[tokio::test]
async fn what_was_referred_for_action_is_done_with_the_answer() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        officer.refers(&letter, "امور مالی", "action", "بررسی شود").await;
        let finance = app.officer("امور مالی").await;
        finance.takes(&letter).await;
        finance.answers(&letter, "رسیدگی شد", &[]).await;
        assert_eq!(app.count(OPEN).await, 0);
        sender.letter(&letter).await.hides("با پایان کار نامه");
    })
    .await;
}

#[tokio::test]
async fn what_was_marked_as_done_stays_so_when_the_letter_comes_back() {
    on_both(async |app| {
        let (_, officer, letter) = app.letter_in_hand().await;
        officer.refers(&letter, "امور مالی", "action", "بررسی شود").await;
        let finance = app.officer("امور مالی").await;
        finance.takes(&letter).await;
        let archivist = app.officer("بایگانی").await;
        finance.refers(&letter, "بایگانی", "action", "پرونده را بیاورید").await;
        archivist.ending(&letter, "return").await.fill("text", "پرونده نزد ما نیست").send().await.is(303);
        assert_eq!(app.count(OPEN).await, 1, "it was done with by going on alone, and is open again");
        finance.ending(&letter, "completion").await.fill("text", "بدهی پرداخت شد").send().await.is(303);
        finance.refers(&letter, "بایگانی", "action", "بایگانی شود").await;
        archivist.ending(&letter, "return").await.fill("text", "امضا ندارد").send().await.is(303);
        assert_eq!(app.count(OPEN).await, 0, "what they did themselves is done");
        let page = officer.letter(&letter).await;
        for said in ["بدهی پرداخت شد", "پرونده نزد ما نیست", "امضا ندارد"] {
            page.says(said);
        }
        finance.answers(&letter, "رسیدگی شد", &[]).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_opinion_and_the_answer_at_once_end_it_one_way() {
    on_both(async |app| {
        let (_, officer, letter) = app.letter_in_hand().await;
        let (_, opinion) = asks_finance(&app, &officer, &letter).await;
        let answer = officer.dialog(&letter, "answer").await.fill("text", "رسیدگی شد");
        let both = at_once(vec![opinion, answer]).await;
        assert_eq!(both[1].status.as_u16(), 303, "an opinion stands in no answer's way");
        let is_given = both[0].status.as_u16() == 303;
        assert!(is_given || both[0].status.as_u16() == 409, "{}", both[0].status);
        let by = app.texts("select done_by from referrals where done_at is not null").await;
        assert_eq!(by.iter().map(|by| !by.is_empty()).collect::<Vec<_>>(), [is_given]);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_sent_back_to_a_unit_that_is_no_more() {
    on_both(async |app| {
        let (_, officer, letter) = app.letter_in_hand().await;
        officer.refers(&letter, "امور مالی", "action", "رسیدگی شود").await;
        let finance = app.officer("امور مالی").await;
        let form = finance.ending(&letter, "return").await.fill("text", "به ما مربوط نیست");
        app.execute("update units set archived_at = 1 where code = 'ش' and organisation_id = 'nemune'").await;
        let refused = form.send().await.is(422);
        refused.says("واحدی که ارجاع داده بود دیگر نیست");
        refused.says("به ما مربوط نیست");
        assert_eq!(app.count(OPEN).await, 1, "it is still with whom it was referred to");
        app.execute("update units set archived_at = null where code = 'ش' and organisation_id = 'nemune'").await;
        form.send().await.is(303);
    })
    .await;
}

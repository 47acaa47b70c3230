//! The line of one person, and the lines of thousands: who waits for whom, who is looked past, and what becomes of those behind who goes.

use std::time::Duration;

use pishkhan_courier::gateways::Urgency;
use pishkhan_courier::outbox::{
    Claimed, Reached, claim_behind, has_left, is_any_due, look_on, readdress, recall, retry, withdraw, withdraw_from,
    withdraw_kind,
};
use pishkhan_courier::{Language, Message, MessageId, fate, post};
use pishkhan_store::{Moment, Tx};

use crate::house::{House, on_both};
use crate::outbox::{arrives, claim_of};
use crate::ways::{NOTHING, SENT, courier, round, say};

const LEASE: Duration = Duration::from_mins(1);
const SENDER: &str = "+989121234567";
const NEW: &str = "+989127654321";
/// Through so many a claim looks.
const IN_SIGHT: usize = 500;

#[tokio::test]
async fn hundreds_whose_answers_have_not_left_hide_nobody_behind_them() {
    on_both(|house| async move {
        post_behind_answers(&house, IN_SIGHT + 100).await;
        let free = house.post("shahrdari", SENDER, "ثبت شد").await;
        assert!(ids(&claim_from(&house, None).await).is_empty(), "the first wait for their answers");
        let reached = look(&house, None).await.expect("more lie behind");
        assert_eq!(ids(&claim_from(&house, Some(&reached)).await), [free]);
        assert_eq!(look(&house, Some(&reached)).await, None, "that was the end");

        // A courier looks as far by itself. The answers are with another worker.
        let other = house.post("daneshgah", SENDER, "ثبت شد").await;
        let answers = claim_up_to(&house, Urgency::Answering, 1_000).await;
        assert_eq!(answers.len(), IN_SIGHT, "no claim takes more than it looks through");
        assert_eq!(claim_up_to(&house, Urgency::Answering, 1_000).await.len(), 100);
        let courier = courier(&house);
        assert_eq!(round(&courier).await, SENT);
        assert_eq!(round(&courier).await, NOTHING);
        assert!(fate_is_sent(&house, "daneshgah", &other).await);

        for answer in &answers[..2] {
            arrives(&house, answer).await;
        }
        // They may lie in two claims.
        let sent = round(&courier).await.sent + round(&courier).await.sent;
        assert_eq!(sent, 2, "who is free now is seen");
    })
    .await;
}

#[tokio::test]
async fn what_lies_behind_passes_nothing_of_the_same_person() {
    on_both(|house| async move {
        let receipt = say(&house, "letter_submitted", SENDER, "").await;
        let first = house.post("shahrdari", SENDER, "ثبت شد").await;
        house.wait(1);
        post_behind_answers(&house, IN_SIGHT).await;
        house.wait(1);
        let second = house.post("shahrdari", SENDER, "پاسخ داده شد").await;
        assert!(claim_from(&house, None).await.is_empty());
        let reached = look(&house, None).await.expect("the second lies behind");
        assert!(claim_from(&house, Some(&reached)).await.is_empty());

        // The answers leave; the first is free now, and lies before what is looked at.
        let answers = claim_up_to(&house, Urgency::Answering, 1_000).await;
        let answer = answers.iter().find(|answer| answer.id == receipt).expect("it is the oldest");
        arrives(&house, answer).await;
        assert!(claim_from(&house, Some(&reached)).await.is_empty(), "the second would pass the first");
        let claimed = claim_from(&house, None).await;
        assert_eq!(ids(&claimed), [first]);
        assert!(claim_from(&house, Some(&reached)).await.is_empty(), "the first is on its way");
        arrives(&house, &claimed[0]).await;
        assert_eq!(ids(&claim_from(&house, Some(&reached)).await), [second]);
    })
    .await;
}

/// The middle one was due before the first, whose next try came later; the last is due after both.
#[tokio::test]
async fn nothing_passes_what_waits_for_another_due_at_the_same_time() {
    on_both(|house| async move {
        let first = house.post("shahrdari", SENDER, "اول").await;
        house.wait(1);
        fails(&house, Duration::from_mins(1)).await;
        let middle = house.post("shahrdari", SENDER, "دوم").await;
        house.wait(61);
        let last = house.post("shahrdari", SENDER, "سوم").await;
        let claimed = claim_of(&house, Urgency::News).await;
        assert_eq!(ids(&claimed), [first]);
        arrives(&house, &claimed[0]).await;
        assert_eq!(ids(&claim_of(&house, Urgency::News).await), [middle, last]);
    })
    .await;
}

#[tokio::test]
async fn who_waits_behind_one_that_is_gone_is_due_at_once() {
    on_both(|house| async move {
        for way in 0..4 {
            say(&house, "letter_registered", SENDER, "letter").await;
            house.wait(1);
            let behind = house.post("shahrdari", SENDER, "پاسخ داده شد").await;
            fails(&house, Duration::from_hours(6)).await;
            let mut tx = house.begin("shahrdari").await;
            assert!(!is_any_due(&mut tx, Urgency::News).await.expect("the statement is well"), "both wait");
            let gone = match way {
                0 => withdraw(&mut tx, "letter", "nobody waits for it").await,
                1 => withdraw_from(&mut tx, "letter", SENDER, "the address is not theirs").await,
                2 => withdraw_kind(&mut tx, "letter", "letter_registered", "it is old by now").await,
                _ => readdress(&mut tx, "letter", SENDER, NEW).await,
            };
            gone.expect("the statement is well");
            tx.commit().await.expect("it is kept");
            let claimed = claim_of(&house, Urgency::News).await;
            assert_eq!(ids(&claimed), [behind], "by way {way}");
            arrives(&house, &claimed[0]).await;
        }
    })
    .await;
}

#[tokio::test]
async fn of_one_recipient_or_one_kind_nothing_else_is_withdrawn() {
    on_both(|house| async move {
        let mut tx = house.begin("shahrdari").await;
        let mut posted = Vec::new();
        for (template, to, about) in [
            ("letter_registered", SENDER, "letter"),
            ("letter_submitted", SENDER, "letter"),
            ("letter_registered", NEW, "letter"),
            ("letter_registered", SENDER, "another"),
        ] {
            posted.push(put(&mut tx, template, to, about, Duration::ZERO).await);
        }
        withdraw_from(&mut tx, "letter", "", "it is nobody's number").await.expect("the statements are well");
        withdraw_kind(&mut tx, "letter", "", "nothing is of that kind").await.expect("the statements are well");
        assert_eq!(are_there(&mut tx, &posted).await, [true; 4]);
        withdraw_kind(&mut tx, "letter", "letter_submitted", "it is old by now")
            .await
            .expect("the statements are well");
        assert_eq!(are_there(&mut tx, &posted).await, [true, false, true, true]);
        withdraw_from(&mut tx, "letter", SENDER, "the number is not theirs").await.expect("the statements are well");
        assert_eq!(are_there(&mut tx, &posted).await, [false, false, true, true]);
        withdraw(&mut tx, "letter", "nobody waits for it").await.expect("the statements are well");
        assert_eq!(are_there(&mut tx, &posted).await, [false, false, false, true]);
    })
    .await;
}

#[tokio::test]
async fn a_hold_outlasts_the_one_before_it() {
    on_both(|house| async move {
        say(&house, "letter_registered", SENDER, "letter").await;
        // Of two in one moment either may be the first.
        house.wait(1);
        let mut tx = house.begin("shahrdari").await;
        let held = hold(&mut tx, "another").await;
        tx.commit().await.expect("the act is committed");
        fails(&house, Duration::from_hours(6)).await;
        let mut tx = house.begin("shahrdari").await;
        withdraw(&mut tx, "letter", "nobody waits for it").await.expect("the statement is well");
        tx.commit().await.expect("it is kept");
        assert!(claim_of(&house, Urgency::News).await.is_empty(), "it can still be taken back");
        house.wait(601);
        assert_eq!(ids(&claim_of(&house, Urgency::News).await), [held]);
    })
    .await;
}

#[tokio::test]
async fn what_is_taken_back_takes_no_other_message_along() {
    on_both(|house| async move {
        say(&house, "letter_submitted", SENDER, "another").await;
        house.wait(1);
        say(&house, "letter_submitted", SENDER, "letter").await;
        let first = claim_up_to(&house, Urgency::Answering, 1).await.remove(0);
        let mut tx = house.begin("shahrdari").await;
        let next = tx.now().plus(Duration::from_hours(6));
        retry(&mut tx, &first, next, None, "out of reach").await.expect("the statement is well");
        hold(&mut tx, "letter").await;
        let decided_at = tx.now();
        tx.commit().await.expect("it is kept");

        let mut tx = house.begin("shahrdari").await;
        let recalled = recall(&mut tx, "letter", "letter_registered", decided_at).await;
        assert_eq!(recalled.expect("the statement is well"), 1);
        let is_there = has_left(&mut tx, "letter", "letter_submitted", Moment(0)).await;
        assert!(is_there.expect("the statement is well"), "its receipt still waits for its turn");
    })
    .await;
}

/// News to so many people, to each with a receipt before it that is due.
async fn post_behind_answers(house: &House, count: usize) {
    let mut tx = house.begin("shahrdari").await;
    for number in 0..count {
        let to = format!("+98935{number:07}");
        put(&mut tx, "letter_submitted", &to, "", Duration::ZERO).await;
        put(&mut tx, "letter_registered", &to, "", Duration::ZERO).await;
    }
    tx.commit().await.expect("the act is committed");
    house.wait(1);
}

/// News to the sender that is held for ten minutes.
async fn hold(tx: &mut Tx, about: &str) -> MessageId {
    put(tx, "letter_registered", SENDER, about, Duration::from_mins(10)).await
}

async fn put(tx: &mut Tx, template: &'static str, to: &str, about: &str, hold: Duration) -> MessageId {
    let message = Message {
        to: to.into(),
        template,
        text: "سلام".into(),
        language: Language::Persian,
        values: Vec::new(),
        expires_at: None,
        about: about.into(),
        hold,
    };
    post(tx, message).await.expect("a message is posted")
}

/// The first news that is due is tried, and waits for its next try.
async fn fails(house: &House, pause: Duration) {
    let first = claim_up_to(house, Urgency::News, 1).await.remove(0);
    let mut tx = house.begin(first.organisation.as_str()).await;
    let next = tx.now().plus(pause);
    retry(&mut tx, &first, next, None, "out of reach").await.expect("the statement is well");
    tx.commit().await.expect("it is kept");
}

async fn claim_from(house: &House, reached: Option<&Reached>) -> Vec<Claimed> {
    let mut tx = house.begin("").await;
    let claimed = claim_behind(&mut tx, Urgency::News, 20, LEASE, reached).await.expect("the statement is well");
    tx.commit().await.expect("the claim is committed");
    claimed
}

async fn claim_up_to(house: &House, urgency: Urgency, limit: u32) -> Vec<Claimed> {
    let mut tx = house.begin("").await;
    let claimed = claim_behind(&mut tx, urgency, limit, LEASE, None).await.expect("the statement is well");
    tx.commit().await.expect("the claim is committed");
    claimed
}

async fn look(house: &House, reached: Option<&Reached>) -> Option<Reached> {
    let mut tx = house.begin("").await;
    look_on(&mut tx, Urgency::News, reached).await.expect("the statement is well")
}

async fn are_there(tx: &mut Tx, messages: &[MessageId]) -> Vec<bool> {
    let mut there = Vec::new();
    for id in messages {
        there.push(fate(tx, id).await.expect("the statement is well").is_some());
    }
    there
}

async fn fate_is_sent(house: &House, organisation: &str, id: &MessageId) -> bool {
    let mut tx = house.begin(organisation).await;
    let fate = fate(&mut tx, id).await.expect("the statement is well").expect("it is there");
    fate.sent_at.is_some()
}

fn ids(claimed: &[Claimed]) -> Vec<MessageId> {
    claimed.iter().map(|message| message.id.clone()).collect()
}

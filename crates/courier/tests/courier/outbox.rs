//! The table's promises: nothing of an undone act, each message to one worker, and claims that run out.

use std::collections::BTreeSet;
use std::time::Duration;

use pishkhan_courier::gateways::Urgency;
use pishkhan_courier::outbox::{
    Claimed, claim, forget_expired, give_back, is_any_due, keep_until, mark_sent, park, retry,
};
use pishkhan_courier::routes::RouteId;
use pishkhan_courier::{Language, Message, MessageId, post, sent_messages, waiting};
use pishkhan_store::{Clock, Db, OrganisationId};

use crate::house::{House, on_both};
use crate::ways::say;

const LEASE: Duration = Duration::from_mins(1);
const SENDER: &str = "+989121234567";

#[tokio::test]
async fn a_rolled_back_act_posts_nothing() {
    on_both(|house| async move {
        let mut tx = house.begin("shahrdari").await;
        let message = Message {
            to: SENDER.into(),
            template: "letter_registered",
            text: "ثبت شد".into(),
            language: Language::Persian,
            values: Vec::new(),
            expires_at: None,
            about: String::new(),
            hold: Duration::ZERO,
        };
        post(&mut tx, message).await.expect("a message is posted");
        drop(tx);
        assert!(claim_all(&house.db, &house.clock, 10).await.is_empty());
        house.post("shahrdari", SENDER, "این یکی ماند").await;
        assert_eq!(claim_all(&house.db, &house.clock, 10).await.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_workers_claim_each_message_once() {
    on_both(|house| async move {
        let mut posted = BTreeSet::new();
        let mut tx = house.begin("shahrdari").await;
        for number in 0..200 {
            let message = Message {
                to: format!("+98912000{number:04}"),
                template: "letter_registered",
                text: number.to_string(),
                language: Language::Persian,
                values: Vec::new(),
                expires_at: None,
                about: String::new(),
                hold: Duration::ZERO,
            };
            posted.insert(post(&mut tx, message).await.expect("a message is posted"));
        }
        tx.commit().await.expect("the act is committed");

        let other = house.second_process().await;
        let one = tokio::spawn(claim_until_nothing_is_due(house.db.clone(), house.clock.clone()));
        let two = tokio::spawn(claim_until_nothing_is_due(other, house.clock.clone()));
        let mut claimed = one.await.expect("the first worker works");
        claimed.extend(two.await.expect("the second worker works"));
        assert_eq!(claimed.len(), 200);
        assert_eq!(claimed.into_iter().collect::<BTreeSet<MessageId>>(), posted);
    })
    .await;
}

#[tokio::test]
async fn a_claim_runs_out_and_its_late_marks_change_nothing() {
    on_both(|house| async move {
        let id = house.post("shahrdari", SENDER, "سلام").await;
        let first = claim_one(&house).await;
        assert_eq!((&first.id, first.tries), (&id, 1));
        assert!(claim_all(&house.db, &house.clock, 10).await.is_empty());

        house.wait(61);
        let second = claim_one(&house).await;
        assert_eq!((&second.id, second.tries), (&id, 2));

        let mut tx = house.begin("shahrdari").await;
        park(&mut tx, &first, None, "late").await.expect("the statement is well");
        retry(&mut tx, &first, first.at, None, "late").await.expect("the statement is well");
        give_back(&mut tx, &first, first.at, None).await.expect("the statement is well");
        assert!(!is_any_due(&mut tx, Urgency::News).await.expect("the statement is well"));
        assert_eq!(waiting(&mut tx).await.expect("the statement is well").parked, 0);

        give_back(&mut tx, &second, second.at, None).await.expect("the statement is well");
        tx.commit().await.expect("the act is committed");
        assert_eq!(claim_one(&house).await.tries, 2);
    })
    .await;
}

#[tokio::test]
async fn lists_show_an_organisation_its_own() {
    on_both(|house| async move {
        let oldest = house.clock.now();
        house.post("shahrdari", SENDER, "اول").await;
        house.wait(1);
        house.post("shahrdari", "+989121234568", "دوم").await;
        house.wait(1);
        house.post("daneshgah", SENDER, "دیگری").await;
        house.wait(1);
        house.post("daneshgah", "+989121234568", "مانده").await;
        for (number, claimed) in claim_all(&house.db, &house.clock, 3).await.iter().enumerate() {
            let mut tx = house.begin(claimed.organisation.as_str()).await;
            match number {
                0 | 1 => mark_sent(&mut tx, claimed, &RouteId(String::new()), Some("g-1"), None)
                    .await
                    .expect("the statement is well"),
                _ => park(&mut tx, claimed, None, "refused").await.expect("the statement is well"),
            }
            tx.commit().await.expect("the act is committed");
            house.wait(1);
        }

        let mut tx = house.begin("shahrdari").await;
        let sent = sent_messages(&mut tx, 10).await.expect("the statement is well");
        let texts: Vec<&str> = sent.iter().map(|message| message.text.as_str()).collect();
        assert_eq!(texts, ["دوم", "اول"]);
        assert_eq!((sent[0].to.as_str(), sent[0].template.as_str()), ("+989121234568", "letter_registered"));
        assert_eq!(sent_messages(&mut tx, 1).await.expect("the statement is well").len(), 1);
        let none = waiting(&mut tx).await.expect("the statement is well");
        assert_eq!((none.due, none.later, none.parked, none.oldest), (0, 0, 0, None));
        drop(tx);

        let mut tx = house.begin("").await;
        let all = waiting(&mut tx).await.expect("the statement is well");
        assert_eq!((all.due, all.later, all.parked), (1, 0, 1));
        assert!(all.oldest.expect("one message waits") > oldest);
    })
    .await;
}

/// Everything behind a message that waits for its next try waits for the same moment, and is claimed in its order then.
#[tokio::test]
async fn a_line_that_was_put_off_keeps_its_order_however_few_are_claimed() {
    on_both(|house| async move {
        let mut posted = Vec::new();
        for number in 0..8 {
            posted.push(house.post("shahrdari", SENDER, &number.to_string()).await);
            house.wait(1);
        }
        let first = claim_all(&house.db, &house.clock, 1).await.remove(0);
        let next = house.clock.now().plus(Duration::from_mins(1));
        let mut tx = house.begin("shahrdari").await;
        retry(&mut tx, &first, next, None, "out of reach").await.expect("the statement is well");
        tx.commit().await.expect("it is kept");
        // Posted behind it, and due before it.
        for number in 8..10 {
            posted.push(house.post("shahrdari", SENDER, &number.to_string()).await);
            house.wait(1);
        }
        house.wait(61);
        for id in posted {
            let claimed = claim_all(&house.db, &house.clock, 1).await.remove(0);
            assert_eq!(claimed.id, id, "an older one stands before it");
            let mut tx = house.begin("shahrdari").await;
            let route = RouteId(String::new());
            mark_sent(&mut tx, &claimed, &route, None, None).await.expect("the statement is well");
            tx.commit().await.expect("it is kept");
        }
    })
    .await;
}

/// Neither while the answer is due, nor while a worker has it, nor while it waits for its next try.
#[tokio::test]
async fn no_news_passes_an_older_answer_to_the_same_person() {
    on_both(|house| async move {
        let receipt = say(&house, "letter_submitted", SENDER, "").await;
        house.wait(1);
        let news = house.post("shahrdari", SENDER, "ثبت شد").await;
        let others = BTreeSet::from([
            house.post("shahrdari", "+989121234568", "ثبت شد").await,
            house.post("daneshgah", SENDER, "ثبت شد").await,
        ]);
        let claimed = claim_of(&house, Urgency::News).await;
        assert_eq!(claimed.iter().map(|message| message.id.clone()).collect::<BTreeSet<_>>(), others, "it is due");
        for message in &claimed {
            arrives(&house, message).await;
        }

        let answer = claim_of(&house, Urgency::Answering).await.remove(0);
        assert_eq!(answer.id, receipt);
        assert!(claim_of(&house, Urgency::News).await.is_empty(), "a worker has it");
        let next = house.clock.now().plus(Duration::from_mins(1));
        let mut tx = house.begin("shahrdari").await;
        retry(&mut tx, &answer, next, None, "out of reach").await.expect("the statement is well");
        assert!(!is_any_due(&mut tx, Urgency::News).await.expect("the statement is well"), "it is put off with it");
        tx.commit().await.expect("it is kept");
        let later = house.post("shahrdari", SENDER, "پاسخ داده شد").await;
        assert!(claim_of(&house, Urgency::News).await.is_empty(), "it waits for its next try");

        house.wait(61);
        assert!(claim_of(&house, Urgency::News).await.is_empty(), "it is due again");
        let answer = claim_of(&house, Urgency::Answering).await.remove(0);
        assert_eq!((&answer.id, answer.tries), (&receipt, 2));
        arrives(&house, &answer).await;
        for id in [news, later] {
            let told = claim_of(&house, Urgency::News).await.remove(0);
            assert_eq!(told.id, id, "in their order");
            arrives(&house, &told).await;
        }
    })
    .await;
}

#[tokio::test]
async fn codes_and_answers_pass_older_news_and_what_was_given_up_holds_up_nothing() {
    on_both(|house| async move {
        let news = house.post("shahrdari", SENDER, "ثبت شد").await;
        house.wait(1);
        let receipt = say(&house, "letter_submitted", SENDER, "").await;
        house.wait(1);
        let code = say(&house, "sign_in_code", SENDER, "").await;
        let later = house.post("shahrdari", SENDER, "پاسخ داده شد").await;
        // By night no news is claimed; by day it goes at the same time, in its own places.
        assert_eq!(claim_of(&house, Urgency::Awaited).await[0].id, code);
        let answer = claim_of(&house, Urgency::Answering).await.remove(0);
        assert_eq!(answer.id, receipt);
        let first = claim_of(&house, Urgency::News).await.remove(0);
        assert_eq!(first.id, news, "what is newer doesn't hold it up");
        arrives(&house, &first).await;
        assert!(claim_of(&house, Urgency::News).await.is_empty());
        let mut tx = house.begin("shahrdari").await;
        park(&mut tx, &answer, None, "refused").await.expect("the statement is well");
        tx.commit().await.expect("it is kept");
        assert_eq!(claim_of(&house, Urgency::News).await[0].id, later);
    })
    .await;
}

#[tokio::test]
async fn values_come_along_until_the_message_has_expired() {
    on_both(|house| async move {
        let expiry = house.clock.now().plus(Duration::from_mins(2));
        house.post_until("shahrdari", SENDER, "کد: 012345", Some(expiry)).await;
        let first = claim_one(&house).await;
        assert_eq!(first.values, [("number".to_owned(), "1405/101".to_owned())]);
        assert_eq!(first.outgoing().value("number"), Some("1405/101"));
        assert_eq!(first.outgoing().life(), Some(expiry.since(first.at)));

        house.wait(121);
        let mut tx = house.begin("shahrdari").await;
        forget_expired(&mut tx).await.expect("the statement is well");
        tx.commit().await.expect("the act is committed");
        let second = claim_one(&house).await;
        assert_eq!((second.text.as_str(), second.values.len()), ("", 0));
    })
    .await;
}

#[tokio::test]
async fn what_expired_so_long_ago_that_it_is_empty_is_not_revived() {
    on_both(|house| async move {
        let expiry = house.clock.now().plus(Duration::from_mins(2));
        let mut tx = house.begin("shahrdari").await;
        for text in ["پیش از پاک شدن", "پس از پاک شدن"] {
            let message = Message {
                to: SENDER.into(),
                template: "letter_registered",
                text: text.into(),
                language: Language::Persian,
                values: Vec::new(),
                expires_at: Some(expiry),
                about: text.into(),
                hold: Duration::ZERO,
            };
            post(&mut tx, message).await.expect("a message is posted");
        }
        tx.commit().await.expect("the act is committed");
        house.wait(121);
        let later = Some(house.clock.now().plus(Duration::from_hours(24)));
        let mut tx = house.begin("shahrdari").await;
        keep_until(&mut tx, "پیش از پاک شدن", later).await.expect("the statement is well");
        forget_expired(&mut tx).await.expect("the statement is well");
        keep_until(&mut tx, "پس از پاک شدن", later).await.expect("the statement is well");
        tx.commit().await.expect("the act is committed");
        let claimed = claim_all(&house.db, &house.clock, 10).await;
        let ends: BTreeSet<_> = claimed.iter().map(|message| (message.text.as_str(), message.expires_at)).collect();
        assert_eq!(ends, BTreeSet::from([("پیش از پاک شدن", later), ("", Some(expiry))]));
    })
    .await;
}

async fn claim_until_nothing_is_due(db: Db, clock: Clock) -> Vec<MessageId> {
    let mut claimed = Vec::new();
    loop {
        claimed.extend(claim_all(&db, &clock, 7).await.into_iter().map(|message| message.id));
        let mut look = db.read(&OrganisationId::house(), clock.now()).await.expect("the database lets us read");
        if !is_any_due(&mut look, Urgency::News).await.expect("the statement is well") {
            return claimed;
        }
    }
}

async fn claim_one(house: &House) -> Claimed {
    let mut claimed = claim_all(&house.db, &house.clock, 10).await;
    assert_eq!(claimed.len(), 1);
    claimed.remove(0)
}

async fn claim_all(db: &Db, clock: &Clock, limit: u32) -> Vec<Claimed> {
    let mut tx = db.begin(&OrganisationId::house(), clock.now()).await.expect("the database lets us begin");
    let claimed = claim(&mut tx, Urgency::News, limit, LEASE).await.expect("the statement is well");
    tx.commit().await.expect("the claim is committed");
    claimed
}

pub async fn claim_of(house: &House, urgency: Urgency) -> Vec<Claimed> {
    let mut tx = house.begin("").await;
    let claimed = claim(&mut tx, urgency, 10, LEASE).await.expect("the statement is well");
    tx.commit().await.expect("the claim is committed");
    claimed
}

pub async fn arrives(house: &House, message: &Claimed) {
    let mut tx = house.begin(message.organisation.as_str()).await;
    mark_sent(&mut tx, message, &RouteId(String::new()), None, None).await.expect("the statement is well");
    tx.commit().await.expect("it is kept");
}

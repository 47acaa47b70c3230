//! What was put aside: what can be sent again is listed page by page, what nobody needs any more is a number apart, and is swept.

use std::collections::BTreeSet;
use std::time::Duration;

use pishkhan_courier::{MessageId, fate, outbox, routes, waiting};
use pishkhan_store::{Moment, Row, query};

use crate::house::{House, on_both};
use crate::ways::say;

/// Gives up all that waits.
async fn give_up(house: &House) {
    let mut tx = house.begin("shahrdari").await;
    let now = house.clock.now().0;
    query("update outbox set parked_at = $1, last_error = 'refused' where organisation_id = 'shahrdari' and parked_at is null")
        .bind(now)
        .execute(tx.connection())
        .await
        .expect("the statement is well");
    tx.commit().await.expect("it is kept");
}

/// How many are in the table.
async fn all(house: &House) -> i64 {
    let mut tx = house.begin("shahrdari").await;
    let row = query("select count(*) from outbox where organisation_id = 'shahrdari'").fetch_one(tx.connection()).await;
    row.expect("the statement is well").get(0)
}

async fn sweep(house: &House) {
    let mut tx = house.begin("shahrdari").await;
    outbox::forget_expired(&mut tx).await.expect("the statement is well");
    outbox::forget_ended(&mut tx).await.expect("the statement is well");
    tx.commit().await.expect("it is kept");
}

#[tokio::test]
async fn what_can_be_sent_again_is_not_hidden_behind_what_ran_out() {
    on_both(|house| async move {
        for number in 0..3 {
            house.post("shahrdari", &format!("+98912000000{number}"), "سلام").await;
        }
        give_up(&house).await;
        house.wait(60);
        let soon = house.clock.now().plus(Duration::from_mins(2));
        for number in 0..20 {
            house.post_until("shahrdari", &format!("+9891200001{number:02}"), "کد", Some(soon)).await;
        }
        give_up(&house).await;
        house.wait(180);

        for whose in ["shahrdari", ""] {
            let waiting = waiting(&mut house.begin(whose).await).await.expect("the statements are well");
            assert_eq!((waiting.parked, waiting.ended), (3, 20), "of {whose:?}");
        }
        let mut tx = house.begin("shahrdari").await;
        assert!(routes::is_any_put_aside(&mut tx).await.expect("the statement is well"));
        assert_eq!(routes::ended(&mut tx, Moment(0), 5).await.expect("the statement is well").len(), 5);
        let now = house.clock.now();
        assert!(routes::ended(&mut tx, now, 5).await.expect("the statement is well").is_empty(), "none since then");
        let mut behind: Option<(Moment, MessageId)> = None;
        let mut found = BTreeSet::new();
        for left in [2, 1, 0] {
            let place = behind.as_ref().map(|(at, id)| (*at, id));
            let page = routes::put_aside(&mut tx, place, 2).await.expect("the statement is well");
            assert_eq!(page.len(), left, "three, two on a page");
            found.extend(page.iter().map(|message| message.to.clone()));
            behind = page.last().map(|last| (last.at, last.id.clone())).or(behind);
        }
        assert_eq!(found.len(), 3, "each once");

        for message in routes::put_aside(&mut tx, None, 10).await.expect("the statement is well") {
            assert!(outbox::unpark(&mut tx, &message.id).await.expect("the statement is well"));
        }
        assert!(!routes::is_any_put_aside(&mut tx).await.expect("the statement is well"));
        drop(tx);
        let mut tx = house.begin("daneshgah").await;
        assert!(!routes::is_any_put_aside(&mut tx).await.expect("the statement is well"), "another's");
    })
    .await;
}

#[tokio::test]
async fn what_ended_is_swept_after_thirty_days_and_what_is_about_a_letter_stays() {
    on_both(|house| async move {
        let soon = house.clock.now().plus(Duration::from_mins(2));
        house.post("shahrdari", "+989121234567", "سلام").await;
        house.post_until("shahrdari", "+989121234567", "کد", Some(soon)).await;
        say(&house, "letter_registered", "+989121234567", "a letter").await;
        let code = say(&house, "sign_in_code", "+989121234567", "a sign-in").await;
        give_up(&house).await;
        let mut tx = house.begin("shahrdari").await;
        outbox::withdraw(&mut tx, "a letter", "withdrawn").await.expect("the statements are well");
        outbox::withdraw(&mut tx, "a sign-in", "withdrawn").await.expect("the statements are well");
        tx.commit().await.expect("it is kept");

        house.wait(29 * 24 * 3_600);
        sweep(&house).await;
        assert_eq!(all(&house).await, 4);
        house.wait(2 * 24 * 3_600);
        sweep(&house).await;
        let mut tx = house.begin("shahrdari").await;
        assert_eq!(fate(&mut tx, &code).await.expect("the statement is well"), None);
        drop(tx);
        assert_eq!(all(&house).await, 2, "one can be sent again, and one is told beside its letter");
        let waiting = waiting(&mut house.begin("shahrdari").await).await.expect("the statements are well");
        assert_eq!((waiting.parked, waiting.ended), (1, 0));
    })
    .await;
}

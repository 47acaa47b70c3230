//! Messages of which nobody knows whether they went out: where they go again, and where they never do.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;

use pishkhan_courier::outbox::readdress;
use pishkhan_courier::{Courier, CourierRules, Fate, MessageId, fate, routes};

use crate::house::{House, on_both};
use crate::service::{Service, written};
use crate::ways::{BOTH, KEYED, NOTHING, PARKED, PLAIN, RETRIED, SENT, add, courier, round, say, taking, to};

/// A service that answers so one after the other, with silence for None, and well from then on.
pub async fn saying(answers: &[Option<u16>]) -> Service {
    let answers = Mutex::new(answers.iter().copied().collect::<VecDeque<_>>());
    Service::start(move |_| {
        let next = answers.lock().expect("no thread fails while it holds the lock").pop_front();
        next.unwrap_or(Some(200)).map(|status| written(status, r#"{"id":"g"}"#))
    })
    .await
}

async fn fate_of(house: &House, message: &MessageId) -> Fate {
    let mut tx = house.begin("shahrdari").await;
    fate(&mut tx, message).await.expect("the statement is well").expect("it is there")
}

#[tokio::test]
async fn what_a_gateway_may_have_waits_for_that_one_and_takes_no_other() {
    on_both(|house| async move {
        let (first, second) = (saying(&[None, Some(503), Some(402), None]).await, taking().await);
        add(&house, "shahrdari", &to(&first, "first", BOTH, KEYED)).await;
        add(&house, "shahrdari", &to(&second, "second", BOTH, PLAIN)).await;
        let courier = courier(&house);
        let message = say(&house, "letter_registered", "+989121234567", "").await;
        for (tries, seconds) in [(1, 6), (2, 20), (3, 70), (4, 400)] {
            assert_eq!(round(&courier).await, RETRIED);
            assert_eq!(
                (first.asked().len(), second.asked().len()),
                (tries, 0),
                "only the first can tell whether it has it"
            );
            house.wait(seconds);
        }
        assert_eq!(round(&courier).await, SENT);
        assert!(first.asked().iter().all(|asked| asked.body.contains(message.as_str())), "the same id each time");
        assert!(second.asked().is_empty());
    })
    .await;
}

#[tokio::test]
async fn it_is_put_aside_when_its_route_is_gone_or_is_not_the_same() {
    on_both(|house| async move {
        let (hanging, other) = (Service::hanging().await, taking().await);
        let second = add(&house, "shahrdari", &to(&other, "second", BOTH, PLAIN)).await;
        let courier = courier(&house);
        let changes =
            [None, Some(to(&hanging, "without a key", BOTH, PLAIN)), Some(to(&other, "another gateway", BOTH, KEYED))];
        for change in changes {
            let id = add(&house, "shahrdari", &to(&hanging, "hanging", BOTH, KEYED)).await;
            let mut tx = house.begin("shahrdari").await;
            routes::move_to(&mut tx, &second, 2).await.expect("it is moved");
            tx.commit().await.expect("it is kept");
            let message = say(&house, "letter_registered", "+989121234567", "").await;
            assert_eq!(round(&courier).await, RETRIED);
            house.wait(6);
            let asked = hanging.asked().len();
            let mut tx = house.begin("shahrdari").await;
            let is_done = match &change {
                Some(definition) => routes::change(&mut tx, &id, definition).await,
                None => routes::remove(&mut tx, &id).await,
            };
            assert!(is_done.expect("the statement is well"));
            tx.commit().await.expect("it is kept");
            assert_eq!(round(&courier).await, PARKED);
            assert!(fate_of(&house, &message).await.is_unsure, "the gateway before may have it");
            assert_eq!((hanging.asked().len(), other.asked().len()), (asked, 0));
            let mut tx = house.begin("shahrdari").await;
            routes::remove(&mut tx, &id).await.expect("the statement is well");
            tx.commit().await.expect("it is kept");
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_has_another_number_by_then_gets_it_there_under_another_id() {
    const NEW: &str = "+989127654321";
    on_both(|house| async move {
        // One whose next try is to come, and one that was put aside.
        for (body, expected) in [(KEYED, RETRIED), (PLAIN, PARKED)] {
            let (first, second) = (saying(&[None]).await, taking().await);
            let id = add(&house, "shahrdari", &to(&first, "first", BOTH, body)).await;
            let other = add(&house, "shahrdari", &to(&second, "second", BOTH, PLAIN)).await;
            let courier = courier(&house);
            let message = say(&house, "letter_registered", "+989121234567", "letter").await;
            assert_eq!(round(&courier).await, expected);
            let mut tx = house.begin("shahrdari").await;
            readdress(&mut tx, "letter", "+989121234567", NEW).await.expect("the statements are well");
            tx.commit().await.expect("it is kept");
            let fate = fate_of(&house, &message).await;
            assert!(fate.is_unsure && fate.parked_at.is_some(), "the number before may have got it: {fate:?}");

            assert_eq!(round(&courier).await, SENT);
            assert_eq!((first.asked().len(), second.asked().len()), (2, 0), "as the routes are now");
            let again = first.asked().remove(1).body;
            assert!(again.contains(NEW) && !again.contains(message.as_str()), "{again}");
            house.wait(3_600);
            assert_eq!(round(&courier).await, NOTHING);
            let mut tx = house.begin("shahrdari").await;
            for route in [&id, &other] {
                routes::remove(&mut tx, route).await.expect("the statement is well");
            }
            tx.commit().await.expect("it is kept");
        }
    })
    .await;
}

#[tokio::test]
async fn what_the_gateway_of_the_settings_may_have_takes_no_route_that_was_added_since() {
    on_both(|house| async move {
        let (settings, route) = (saying(&[None]).await, taking().await);
        let gateway = to(&settings, "settings", BOTH, KEYED).gateway.open().expect("it is good");
        let courier = Courier::new(house.db.clone(), house.clock.clone(), gateway, &[], CourierRules::default());
        say(&house, "letter_registered", "+989121234567", "").await;
        assert_eq!(round(&courier).await, RETRIED);
        add(&house, "shahrdari", &to(&route, "route", BOTH, PLAIN)).await;
        house.wait(6);
        assert_eq!(round(&courier).await, SENT);
        assert_eq!((settings.asked().len(), route.asked().len()), (2, 0));
        say(&house, "letter_registered", "+989121234568", "").await;
        assert_eq!(round(&courier).await, SENT);
        assert_eq!(route.asked().len(), 1, "what nobody has takes the route");
    })
    .await;
}

#[tokio::test]
async fn it_stays_unsure_however_it_ends() {
    on_both(|house| async move {
        let service = saying(&[None, None, Some(400)]).await;
        add(&house, "shahrdari", &to(&service, "one", BOTH, KEYED)).await;
        let courier = courier(&house);
        let soon = house.clock.now().plus(Duration::from_mins(1));
        let expiring = house.post_until("shahrdari", "+989121234567", "سلام", Some(soon)).await;
        assert_eq!(round(&courier).await, RETRIED);
        house.wait(61);
        assert_eq!(round(&courier).await, PARKED, "nobody needs it any more");
        assert!(fate_of(&house, &expiring).await.is_unsure);

        let refused = say(&house, "letter_registered", "+989121234568", "").await;
        assert_eq!(round(&courier).await, RETRIED);
        house.wait(6);
        assert_eq!(round(&courier).await, PARKED);
        assert!(fate_of(&house, &refused).await.is_unsure, "perhaps it refused the second one for having the first");
        assert_eq!(service.asked().len(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_code_is_put_aside_at_once_also_where_a_second_one_would_be_dropped() {
    on_both(|house| async move {
        let (hanging, other) = (Service::hanging().await, taking().await);
        add(&house, "shahrdari", &to(&hanging, "hanging", BOTH, KEYED)).await;
        add(&house, "shahrdari", &to(&other, "other", BOTH, PLAIN)).await;
        let courier = courier(&house);
        let first = say(&house, "sign_in_code", "+989121234567", "one sign-in").await;
        assert_eq!(round(&courier).await, PARKED, "whoever waits is told now");
        assert!(fate_of(&house, &first).await.is_unsure);
        house.wait(60);
        assert_eq!(round(&courier).await, NOTHING);
        say(&house, "sign_in_code", "+989121234567", "one sign-in").await;
        assert_eq!(round(&courier).await, SENT);
        assert_eq!((hanging.asked().len(), other.asked().len()), (1, 1), "the new one takes the other way");

        say(&house, "number_changed", "+989121234568", "").await;
        assert_eq!(round(&courier).await, RETRIED, "a warning is no code: nobody asks for another one");
    })
    .await;
}

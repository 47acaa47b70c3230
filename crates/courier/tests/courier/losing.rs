//! Gateways that take every message and say afterwards that it failed: such a route stands back, and comes back when it is well.

use std::ops::Range;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use pishkhan_courier::Courier;
use pishkhan_courier::gateways::Delivery;
use pishkhan_courier::routes::{self, RouteDefinition, RouteId, Why};
use serde_json::json;

use crate::house::{House, on_both};
use crate::service::{Service, written};
use crate::ways::{
    BOTH, PLAIN, SENT, add, courier, entries, found, kavenegar_at, receive, round, say, send_ten, taking, to,
};

/// What Kavenegar says of a message that arrived, was given up, found no phone, or was not wanted.
const ARRIVED: u32 = 10;
const FAILED: u32 = 6;
const OFF: u32 = 11;
const UNWANTED: u32 = 14;

/// A service that takes every message and tells the same of each.
async fn telling(state: u32) -> (Service, Arc<Mutex<u32>>) {
    let state = Arc::new(Mutex::new(state));
    let told = Arc::clone(&state);
    let service = Service::start(move |asked| {
        let is_status = asked.line.contains("/sms/status.json");
        let state = *told.lock().expect("no thread fails while it holds the lock");
        let answer = entries(is_status, &asked.body);
        Some(written(200, &answer.replace(r#""status":10"#, &format!(r#""status":{state}"#))))
    })
    .await;
    (service, state)
}

async fn send_to(house: &House, courier: &Courier, numbers: Range<u8>) {
    let count = numbers.len();
    for number in numbers {
        house.post("shahrdari", &format!("+9891200002{number:02}"), "سلام").await;
    }
    assert_eq!(round(courier).await.sent, count);
}

/// Asks what became of what was sent just now, and looks at the routes.
async fn look(house: &House, courier: &Courier) {
    house.wait(20);
    courier.ask().await.expect("the gateway is asked");
    courier.judge().await.expect("it is looked at");
}

async fn why(house: &House, id: &RouteId) -> Option<Why> {
    found(house, "shahrdari", id).await.demoted.map(|(_, why)| why)
}

#[tokio::test]
async fn a_route_that_gives_up_what_it_took_stands_back_and_comes_back() {
    on_both(|house| async move {
        let ((kavenegar, state), other) = (telling(FAILED).await, taking().await);
        let id = add(&house, "shahrdari", &kavenegar_at(&kavenegar)).await;
        add(&house, "shahrdari", &to(&other, "other", BOTH, PLAIN)).await;
        let courier = courier(&house);
        send_to(&house, &courier, 10..19).await;
        look(&house, &courier).await;
        assert_eq!(why(&house, &id).await, None, "nine say nothing");
        send_to(&house, &courier, 19..20).await;
        look(&house, &courier).await;
        let route = found(&house, "shahrdari", &id).await;
        assert!(route.stands_back(house.clock.now()) && route.failures == 0, "{route:?}");
        assert_eq!(why(&house, &id).await, Some(Why::Losing), "nobody waits for what was told");
        say(&house, "letter_registered", "+989120000001", "").await;
        assert_eq!(round(&courier).await, SENT);
        assert_eq!(other.asked().len(), 1, "the other takes over");

        // It is tried again, and what it took before doesn't count; that it takes messages says nothing.
        house.wait(130);
        courier.judge().await.expect("it is looked at");
        assert!(!found(&house, "shahrdari", &id).await.stands_back(house.clock.now()));
        send_to(&house, &courier, 20..30).await;
        assert_eq!((found(&house, "shahrdari", &id).await.demotions, other.asked().len()), (1, 1));
        look(&house, &courier).await;
        let route = found(&house, "shahrdari", &id).await;
        let until = route.demoted.map(|(until, _)| until).expect("it stands back");
        assert_eq!(route.demotions, 2);
        assert!(until > house.clock.now().plus(Duration::from_secs(230)), "the second pause is twice the first");

        *state.lock().expect("no thread fails while it holds the lock") = ARRIVED;
        house.wait(250);
        send_ten(&house, &courier, 10..20).await;
        let route = found(&house, "shahrdari", &id).await;
        assert_eq!((route.demotions, route.demoted), (0, None), "all of ten arrived: it is well");
        assert_eq!(other.asked().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_the_routes_fault_is_not_held_against_it() {
    on_both(|house| async move {
        let (kavenegar, state) = telling(OFF).await;
        let id = add(&house, "shahrdari", &kavenegar_at(&kavenegar)).await;
        let courier = courier(&house);
        send_to(&house, &courier, 10..20).await;
        look(&house, &courier).await;
        *state.lock().expect("no thread fails while it holds the lock") = UNWANTED;
        send_to(&house, &courier, 20..29).await;
        look(&house, &courier).await;
        assert_eq!(why(&house, &id).await, None, "phones were off, people wanted none");
    })
    .await;
}

#[tokio::test]
async fn a_dead_number_counts_once() {
    on_both(|house| async move {
        let service = taking().await;
        let mut text = serde_json::to_value(to(&service, "called", BOTH, PLAIN)).expect("a definition can be written");
        text["calls"] = json!({ "id": "id", "state": "state", "states": { "6": "failed" } });
        let definition: RouteDefinition = serde_json::from_value(text).expect("a definition");
        let id = add(&house, "shahrdari", &definition).await;
        let courier = courier(&house);
        for _ in 0..12 {
            house.post("shahrdari", "+989120000099", "سلام").await;
        }
        assert_eq!(round(&courier).await.sent, 12);
        for number in 1..=12 {
            assert!(receive(&house, &id, &format!("g{number}"), Delivery::Failed).await);
        }
        courier.judge().await.expect("it is looked at");
        assert_eq!(why(&house, &id).await, None, "it is one person");
        send_to(&house, &courier, 10..19).await;
        for number in 13..=21 {
            assert!(receive(&house, &id, &format!("g{number}"), Delivery::Failed).await);
        }
        courier.judge().await.expect("it is looked at");
        assert_eq!(why(&house, &id).await, Some(Why::Losing));
    })
    .await;
}

#[tokio::test]
async fn what_it_gave_up_before_it_was_changed_is_not_held_against_it() {
    on_both(|house| async move {
        let (kavenegar, _) = telling(FAILED).await;
        let id = add(&house, "shahrdari", &kavenegar_at(&kavenegar)).await;
        let courier = courier(&house);
        send_to(&house, &courier, 10..20).await;
        look(&house, &courier).await;
        assert_eq!(why(&house, &id).await, Some(Why::Losing));
        let mut tx = house.begin("shahrdari").await;
        routes::change(&mut tx, &id, &kavenegar_at(&kavenegar)).await.expect("it is changed");
        tx.commit().await.expect("it is kept");
        courier.judge().await.expect("it is looked at");
        assert_eq!(why(&house, &id).await, None);
    })
    .await;
}

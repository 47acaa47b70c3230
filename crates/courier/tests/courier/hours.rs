//! When messages go out: news waits for the morning, and for tomorrow when the day's budget is spent.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use pishkhan_courier::gateways::Spool;
use pishkhan_courier::outbox::sent_today;
use pishkhan_courier::{Courier, CourierRules, Waiting, waiting};
use tokio::task::JoinHandle;

use crate::crashes;
use crate::house::{House, on_both};
use crate::service::{Service, written};
use crate::ways::{BOTH, NOTHING, PARKED, PLAIN, SENT, add, hour_of, round, say, to, with_rules};

fn a_day(messages_per_day: u32) -> CourierRules {
    CourierRules { messages_per_day, ..CourierRules::default() }
}

/// Goes to the morning, so that none of the next hours is tomorrow's.
fn wait_for_the_morning(house: &House) {
    while hour_of(house) != 8 {
        house.wait(3_600);
    }
}

/// Posts one message each to so many numbers.
async fn post(house: &House, count: u32) {
    for number in 0..count {
        house.post("shahrdari", &format!("+9891200000{number:02}"), "سلام").await;
    }
}

async fn what_waits(house: &House) -> Waiting {
    let mut tx = house.begin("shahrdari").await;
    waiting(&mut tx).await.expect("the statement is well")
}

async fn how_many_wait(house: &House) -> i64 {
    let waiting = what_waits(house).await;
    waiting.due + waiting.later
}

/// How many places of the day are used up.
async fn spent(house: &House) -> i64 {
    let mut tx = house.begin("shahrdari").await;
    sent_today(&mut tx).await.expect("the statement is well")
}

/// Lets a worker send, until a service was asked so often in all and answers nothing.
async fn hang(courier: &Courier, service: &Service, asked: usize) -> JoinHandle<()> {
    let worker = courier.clone();
    let working = tokio::spawn(async move {
        round(&worker).await;
    });
    let is_asked = async {
        while service.asked().len() < asked {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), is_asked).await.expect("the messages are handed over");
    working
}

/// A gateway that can be down, and whether it is.
async fn fickle(house: &House) -> (Service, Arc<Mutex<bool>>) {
    let is_down = Arc::new(Mutex::new(true));
    let down = Arc::clone(&is_down);
    let service = Service::start(move |_| {
        let is_down = *down.lock().expect("no thread fails while it holds the lock");
        Some(if is_down { written(500, "") } else { written(200, r#"{"id":"g"}"#) })
    })
    .await;
    add(house, "shahrdari", &to(&service, "only", BOTH, PLAIN)).await;
    (service, is_down)
}

/// Works for so many minutes.
async fn work(house: &House, courier: &Courier, minutes: u32) {
    for _ in 0..minutes {
        while round(courier).await != NOTHING {}
        house.wait(60);
    }
}

#[tokio::test]
async fn at_night_only_what_somebody_waits_for_goes_out() {
    on_both(|house| async move {
        // Quiet from this hour of the day to the next but one.
        let hour = hour_of(&house);
        let courier = with_rules(&house, CourierRules { quiet: (hour, (hour + 2) % 24), ..CourierRules::default() });
        say(&house, "letter_registered", "+989121234567", "").await;
        say(&house, "letter_submitted", "+989121234568", "").await;
        say(&house, "sign_in_code", "+989121234569", "").await;
        assert_eq!(round(&courier).await.sent, 2);
        assert_eq!(round(&courier).await, NOTHING);
        house.wait(2 * 3_600);
        assert_eq!(round(&courier).await, SENT, "in the morning");
    })
    .await;
}

#[tokio::test]
async fn what_is_over_the_days_budget_waits_for_tomorrow() {
    on_both(|house| async move {
        let courier = with_rules(&house, CourierRules { messages_per_day: 3, ..CourierRules::default() });
        for number in 0..5 {
            house.post("shahrdari", &format!("+98912000000{number}"), "سلام").await;
        }
        house.post("daneshgah", "+989121234567", "سلام").await;
        say(&house, "sign_in_code", "+989121234567", "").await;
        assert_eq!(round(&courier).await.sent, 5, "three of one, one of the other, and a code");
        assert_eq!(round(&courier).await, NOTHING);
        let mut tx = house.begin("shahrdari").await;
        let left = waiting(&mut tx).await.expect("the statement is well");
        assert_eq!((left.due, left.later, left.parked), (0, 2, 0));
        drop(tx);
        house.wait(24 * 3_600);
        assert_eq!(round(&courier).await.sent, 2, "no try was counted");
    })
    .await;
}

#[tokio::test]
async fn an_outage_spends_nothing_of_the_day() {
    on_both(|house| async move {
        wait_for_the_morning(&house);
        let (_service, is_down) = fickle(&house).await;
        let courier = with_rules(&house, a_day(12));
        post(&house, 12).await;
        work(&house, &courier, 10).await;
        assert_eq!(how_many_wait(&house).await, 12, "all of them wait");

        *is_down.lock().expect("no thread fails while it holds the lock") = false;
        work(&house, &courier, 60).await;
        assert_eq!(how_many_wait(&house).await, 0, "as many as the day has places for");
    })
    .await;
}

#[tokio::test]
async fn after_an_outage_the_budget_stops_at_its_number() {
    on_both(|house| async move {
        wait_for_the_morning(&house);
        let (_service, is_down) = fickle(&house).await;
        let courier = with_rules(&house, a_day(3));
        post(&house, 5).await;
        work(&house, &courier, 10).await;
        *is_down.lock().expect("no thread fails while it holds the lock") = false;
        work(&house, &courier, 60).await;
        assert_eq!(how_many_wait(&house).await, 2);
    })
    .await;
}

#[tokio::test]
async fn what_a_gateway_may_have_counts_as_sent() {
    on_both(|house| async move {
        wait_for_the_morning(&house);
        let hanging = Service::hanging().await;
        add(&house, "shahrdari", &to(&hanging, "hanging", BOTH, PLAIN)).await;
        post(&house, 2).await;
        assert_eq!(round(&with_rules(&house, a_day(1))).await, PARKED, "perhaps the gateway has it");
        assert_eq!(round(&with_rules(&house, a_day(1))).await, NOTHING);
        house.wait(40 * 60);
        assert_eq!(round(&with_rules(&house, a_day(1))).await, NOTHING, "another worker counts it, too");
        assert_eq!(hanging.asked().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_on_its_way_is_not_spent() {
    on_both(|house| async move {
        wait_for_the_morning(&house);
        let hanging = Service::hanging().await;
        add(&house, "shahrdari", &crashes::waiting(60, &hanging, PLAIN)).await;
        let courier = with_rules(&house, a_day(2));
        post(&house, 2).await;
        let working = hang(&courier, &hanging, 2).await;
        assert_eq!(spent(&house).await, 0, "nobody has taken one");
        // The count is old by now.
        house.wait(2);
        house.post("shahrdari", "+989120000002", "سلام").await;
        assert_eq!(round(&courier).await, NOTHING, "the last places are held");
        house.wait(61);
        assert_eq!(what_waits(&house).await.due, 1, "it is soon looked again, since both may fail");
        working.abort();

        house.wait(5 * 60);
        assert_eq!(spent(&house).await, 2, "their worker is no more: the gateway may have them");
        let working = hang(&with_rules(&house, a_day(2)), &hanging, 4).await;
        assert_eq!(spent(&house).await, 2, "also while they go again");
        working.abort();
    })
    .await;
}

#[tokio::test]
async fn what_waits_for_the_budget_goes_soon_after_it_was_raised() {
    on_both(|house| async move {
        wait_for_the_morning(&house);
        let courier = with_rules(&house, a_day(1));
        post(&house, 3).await;
        assert_eq!(round(&courier).await, SENT);
        house.wait(2 * 60);
        assert_eq!(round(&courier).await, NOTHING);
        house.wait(31 * 60);
        assert_eq!(round(&with_rules(&house, a_day(10))).await.sent, 2);
    })
    .await;
}

#[tokio::test]
async fn two_workers_keep_to_one_budget() {
    on_both(|house| async move {
        wait_for_the_morning(&house);
        let other = house.second_process().await;
        let spool = Box::new(Spool::new(house.folder.join("spool.jsonl")));
        let workers =
            [with_rules(&house, a_day(3)), Courier::new(other.clone(), house.clock.clone(), spool, &[], a_day(3))];
        for worker in &workers {
            post(&house, 1).await;
            assert_eq!(round(worker).await, SENT);
            house.wait(2);
        }
        post(&house, 4).await;
        assert_eq!(round(&workers[0]).await, SENT, "the third of the day");
        house.wait(2 * 60);
        for worker in &workers {
            assert_eq!(round(worker).await, NOTHING);
        }
        assert_eq!(how_many_wait(&house).await, 3);
        other.close().await;
    })
    .await;
}

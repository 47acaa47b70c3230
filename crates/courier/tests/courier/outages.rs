//! Gateways that are down, hang, or answer late: nobody's message is lost or doubled, and the others go on.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use pishkhan_courier::routes::{self, Why};
use pishkhan_courier::{Round, fate, waiting};
use pishkhan_store::Moment;

use crate::house::{House, on_both};
use crate::service::{Service, written};
use crate::ways::{
    BOTH, NOTHING, PARKED, PLAIN, SENT, add, courier, entries, found, kavenegar_at, round, say, taking, to,
};

/// How much is on its way, and how much was given up.
async fn left(house: &House) -> (i64, i64) {
    let mut tx = house.begin("shahrdari").await;
    let waiting = waiting(&mut tx).await.expect("the statement is well");
    (waiting.due + waiting.later, waiting.parked)
}

#[tokio::test]
async fn an_hour_without_any_gateway_is_outlived_and_each_person_reads_in_order() {
    on_both(|house| async move {
        let is_down = Arc::new(Mutex::new(true));
        let down = Arc::clone(&is_down);
        let service = Service::start(move |_| {
            let is_down = *down.lock().expect("no thread fails while it holds the lock");
            Some(if is_down { written(503, "") } else { written(200, r#"{"id":"g"}"#) })
        })
        .await;
        add(&house, "shahrdari", &to(&service, "only", BOTH, PLAIN)).await;
        let courier = courier(&house);
        for number in 0..12 {
            house.post("shahrdari", &format!("+98912000000{}", number % 3), &format!("پیام {number:02}")).await;
            house.wait(1);
        }
        for _ in 0..60 {
            while round(&courier).await != NOTHING {}
            house.wait(60);
        }
        assert_eq!(left(&house).await, (12, 0), "all of them wait");
        let tried = service.asked().len();

        *is_down.lock().expect("no thread fails while it holds the lock") = false;
        for _ in 0..120 {
            while round(&courier).await != NOTHING {}
            house.wait(60);
        }
        assert_eq!(left(&house).await, (0, 0));
        let taken: Vec<String> = service.asked().split_off(tried).into_iter().map(|asked| asked.body).collect();
        assert_eq!(taken.len(), 12, "each once");
        for person in 0..3 {
            let own: Vec<&String> =
                taken.iter().filter(|body| body.contains(&format!("+98912000000{person}"))).collect();
            assert!(own.len() == 4 && own.is_sorted(), "{own:?} is not the order of the acts");
        }
    })
    .await;
}

#[tokio::test]
async fn an_hour_without_the_first_gateway_is_carried_by_the_other_in_order_and_the_first_comes_back() {
    on_both(|house| async move {
        let is_down = Arc::new(Mutex::new(true));
        let down = Arc::clone(&is_down);
        let first = Service::start(move |_| {
            let is_down = *down.lock().expect("no thread fails while it holds the lock");
            Some(if is_down { written(503, "") } else { written(200, r#"{"id":"g"}"#) })
        })
        .await;
        let other = taking().await;
        let id = add(&house, "shahrdari", &to(&first, "first", BOTH, PLAIN)).await;
        add(&house, "shahrdari", &to(&other, "other", BOTH, PLAIN)).await;
        let courier = courier(&house);
        for minute in 0..60 {
            house.post("shahrdari", &format!("+98912000000{}", minute % 3), &format!("پیام {minute:02}")).await;
            assert_eq!(round(&courier).await, SENT, "nobody waits for the first");
            house.wait(60);
        }
        let tries = first.asked().len();
        assert!((5..=10).contains(&tries), "it was asked {tries} times: at first, and after each of its pauses");
        let taken: Vec<String> = other.asked().into_iter().map(|asked| asked.body).collect();
        assert_eq!(taken.len(), 60, "each once");
        for person in 0..3 {
            let own: Vec<&String> =
                taken.iter().filter(|body| body.contains(&format!("+98912000000{person}"))).collect();
            assert!(own.len() == 20 && own.is_sorted(), "{own:?} is not the order of the acts");
        }

        *is_down.lock().expect("no thread fails while it holds the lock") = false;
        house.wait(3_700);
        house.post("shahrdari", "+989120000000", "پیام 60").await;
        assert_eq!(round(&courier).await, SENT);
        assert_eq!((first.asked().len(), other.asked().len()), (tries + 1, 60));
        assert_eq!(found(&house, "shahrdari", &id).await.demoted, None, "it is well again");
    })
    .await;
}

#[tokio::test]
async fn a_gateway_that_hangs_stands_back_and_the_other_takes_over() {
    on_both(|house| async move {
        let (hanging, other) = (Service::hanging().await, taking().await);
        let id = add(&house, "shahrdari", &to(&hanging, "hanging", BOTH, PLAIN)).await;
        add(&house, "shahrdari", &to(&other, "other", BOTH, PLAIN)).await;
        let courier = courier(&house);
        for number in 0..3 {
            say(&house, "letter_registered", &format!("+98912000000{number}"), "").await;
            assert_eq!(round(&courier).await, PARKED, "perhaps the gateway has it");
        }
        let route = found(&house, "shahrdari", &id).await;
        assert_eq!(route.demoted.map(|(_, why)| why), Some(Why::Failing));
        say(&house, "letter_registered", "+989120000009", "").await;
        assert_eq!(round(&courier).await, SENT);
        assert_eq!((hanging.asked().len(), other.asked().len()), (3, 1));
        assert_eq!(left(&house).await, (0, 3), "what nobody is sure of waits for somebody to look");
    })
    .await;
}

#[tokio::test]
async fn one_message_tries_a_gateway_that_hangs_when_its_pause_is_over() {
    on_both(|house| async move {
        let (hanging, other) = (Service::hanging().await, taking().await);
        let id = add(&house, "shahrdari", &to(&hanging, "hanging", BOTH, PLAIN)).await;
        add(&house, "shahrdari", &to(&other, "other", BOTH, PLAIN)).await;
        let courier = courier(&house);
        for number in 0..3 {
            say(&house, "letter_registered", &format!("+98912000000{number}"), "").await;
            assert_eq!(round(&courier).await, PARKED, "perhaps the gateway has it");
        }
        house.wait(130);
        assert!(!found(&house, "shahrdari", &id).await.stands_back(house.clock.now()));
        for number in 10..30 {
            say(&house, "letter_registered", &format!("+9891200000{number}"), "").await;
        }
        assert_eq!(round(&courier).await, Round { sent: 19, retried: 0, parked: 1 });
        assert_eq!((hanging.asked().len(), other.asked().len()), (4, 19));
        assert_eq!(left(&house).await, (0, 4));
        assert_eq!(found(&house, "shahrdari", &id).await.demotions, 2, "it stands back again");
    })
    .await;
}

#[tokio::test]
async fn where_there_is_no_other_the_rest_wait_for_the_one_that_tries_it() {
    on_both(|house| async move {
        let is_hanging = Arc::new(Mutex::new(true));
        let hangs = Arc::clone(&is_hanging);
        let service = Service::start(move |_| {
            let is_hanging = *hangs.lock().expect("no thread fails while it holds the lock");
            (!is_hanging).then(|| written(200, r#"{"id":"g"}"#))
        })
        .await;
        let id = add(&house, "shahrdari", &to(&service, "only", BOTH, PLAIN)).await;
        let courier = courier(&house);
        for number in 0..3 {
            say(&house, "letter_registered", &format!("+98912000000{number}"), "").await;
            assert_eq!(round(&courier).await, PARKED);
        }
        house.wait(130);
        for number in 10..30 {
            say(&house, "letter_registered", &format!("+9891200000{number}"), "").await;
        }
        assert_eq!(round(&courier).await, PARKED, "one of them, and the others were never handed over");
        assert_eq!((service.asked().len(), left(&house).await), (4, (19, 4)));
        assert_eq!(round(&courier).await, NOTHING, "they come back in seconds");

        *is_hanging.lock().expect("no thread fails while it holds the lock") = false;
        house.wait(6);
        assert!(found(&house, "shahrdari", &id).await.stands_back(house.clock.now()), "there is no other");
        assert_eq!(round(&courier).await.sent, 19, "the others go once one came through");
        assert_eq!((service.asked().len(), left(&house).await), (23, (0, 4)));
        assert_eq!(found(&house, "shahrdari", &id).await.demoted, None);
    })
    .await;
}

#[tokio::test]
async fn a_new_code_after_one_of_which_nobody_knows_takes_the_other_route() {
    on_both(|house| async move {
        let (hanging, other) = (Service::hanging().await, taking().await);
        add(&house, "shahrdari", &to(&hanging, "hanging", BOTH, PLAIN)).await;
        add(&house, "shahrdari", &to(&other, "other", BOTH, PLAIN)).await;
        let courier = courier(&house);
        say(&house, "sign_in_code", "+989121234567", "one sign-in").await;
        assert_eq!(round(&courier).await, PARKED, "perhaps the gateway has it");
        house.wait(60);
        say(&house, "sign_in_code", "+989121234567", "one sign-in").await;
        assert_eq!(round(&courier).await, SENT);
        assert_eq!((hanging.asked().len(), other.asked().len()), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn what_may_have_arrived_is_not_sent_twice_a_day_later() {
    on_both(|house| async move {
        let late = Service::hanging().await;
        add(&house, "shahrdari", &to(&late, "late", BOTH, PLAIN)).await;
        let courier = courier(&house);
        say(&house, "letter_registered", "+989121234567", "").await;
        assert_eq!(round(&courier).await, PARKED);
        house.wait(24 * 3_600);
        assert_eq!(round(&courier).await, NOTHING);
        assert_eq!(late.asked().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_a_gateway_takes_later_than_anybody_waits_is_asked_once() {
    on_both(|house| async move {
        let late = Service::late(Duration::from_secs(2), r#"{"id":"g"}"#).await;
        let other = taking().await;
        add(&house, "shahrdari", &to(&late, "late", BOTH, PLAIN)).await;
        add(&house, "shahrdari", &to(&other, "other", BOTH, PLAIN)).await;
        let courier = courier(&house);
        let message = say(&house, "letter_registered", "+989121234567", "").await;
        assert_eq!(round(&courier).await, PARKED, "nobody waits longer than a second");
        // Now it has answered.
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        for _ in 0..3 {
            assert_eq!(round(&courier).await, NOTHING);
            house.wait(12 * 3_600);
        }
        let mut tx = house.begin("shahrdari").await;
        let fate = fate(&mut tx, &message).await.expect("the statement is well").expect("it is there");
        drop(tx);
        assert!(fate.is_unsure && fate.sent_at.is_none(), "{fate:?}");
        assert_eq!((late.asked().len(), other.asked().len()), (1, 0));
    })
    .await;
}

#[tokio::test]
async fn a_message_that_can_never_be_asked_for_holds_up_no_other() {
    on_both(|house| async move {
        let kavenegar = Service::start(move |asked| {
            let is_status = asked.line.contains("/sms/status.json");
            let is_bad = is_status && asked.body.contains("9120000077");
            let refusal = r#"{"return":{"status":407,"message":""},"entries":null}"#;
            Some(if is_bad { written(407, refusal) } else { written(200, &entries(is_status, &asked.body)) })
        })
        .await;
        let id = add(&house, "shahrdari", &kavenegar_at(&kavenegar)).await;
        let courier = courier(&house);
        house.post("shahrdari", "+989120000077", "سلام").await;
        assert_eq!(round(&courier).await, SENT);
        house.wait(1);
        for number in 20..23 {
            house.post("shahrdari", &format!("+9891200000{number}"), "سلام").await;
        }
        assert_eq!(round(&courier).await.sent, 3);
        house.wait(20);
        for _ in 0..2 {
            courier.ask().await.expect("the gateway is asked");
            house.wait(5);
        }
        let mut tx = house.begin("shahrdari").await;
        let figures = routes::figures(&mut tx, &id, Moment(0)).await.expect("the statement is well");
        drop(tx);
        assert_eq!((figures.sent, figures.delivered), (4, 3));
    })
    .await;
}

#[tokio::test]
async fn a_gateway_that_only_leaves_questions_unanswered_is_not_taken_for_slow() {
    on_both(|house| async move {
        let is_silent = Arc::new(Mutex::new(false));
        let silent = Arc::clone(&is_silent);
        let kavenegar = Service::start(move |asked| {
            let is_status = asked.line.contains("/sms/status.json");
            let is_silent = *silent.lock().expect("no thread fails while it holds the lock");
            Some(if is_status && is_silent { written(503, "") } else { written(200, &entries(is_status, &asked.body)) })
        })
        .await;
        let id = add(&house, "shahrdari", &kavenegar_at(&kavenegar)).await;
        let courier = courier(&house);
        // It does tell what arrives.
        house.post("shahrdari", "+989120000010", "سلام").await;
        assert_eq!(round(&courier).await, SENT);
        house.wait(20);
        courier.ask().await.expect("the gateway is asked");

        *is_silent.lock().expect("no thread fails while it holds the lock") = true;
        for number in 20..40 {
            house.post("shahrdari", &format!("+9891200000{number}"), "سلام").await;
        }
        assert_eq!(round(&courier).await.sent, 20);
        for _ in 0..8 {
            house.wait(45);
            courier.ask().await.expect("the gateway is asked");
            courier.judge().await.expect("it is looked at");
        }
        assert_eq!(found(&house, "shahrdari", &id).await.demoted, None, "nobody knows whether they are late");

        *is_silent.lock().expect("no thread fails while it holds the lock") = false;
        courier.ask().await.expect("the gateway is asked");
        let mut tx = house.begin("shahrdari").await;
        let figures = routes::figures(&mut tx, &id, Moment(0)).await.expect("the statement is well");
        drop(tx);
        assert_eq!((figures.sent, figures.delivered), (21, 21), "at once, and not at the next of its questions");
        courier.judge().await.expect("it is looked at");
        assert_eq!(found(&house, "shahrdari", &id).await.demoted, None, "nor does anybody know when they arrived");

        // What it takes from now on counts: of ten, three never arrive.
        for number in 0..10 {
            house.post("shahrdari", &format!("+9891200001{number:02}"), "سلام").await;
        }
        assert_eq!(round(&courier).await.sent, 10);
        for seconds in [20, 330] {
            house.wait(seconds);
            courier.ask().await.expect("the gateway is asked");
        }
        courier.judge().await.expect("it is looked at");
        assert_eq!(found(&house, "shahrdari", &id).await.demoted.map(|(_, why)| why), Some(Why::Slow));
    })
    .await;
}

#[tokio::test]
async fn a_gateway_that_hangs_on_news_holds_no_code_of_the_other() {
    on_both(|house| async move {
        let (hanging, other) = (Service::hanging().await, taking().await);
        let purposes = [pishkhan_courier::gateways::Purpose::Notice];
        add(&house, "shahrdari", &to(&hanging, "news", &purposes, PLAIN)).await;
        let codes = [pishkhan_courier::gateways::Purpose::Code];
        add(&house, "shahrdari", &to(&other, "codes", &codes, PLAIN)).await;
        for number in 0..40 {
            say(&house, "letter_registered", &format!("+9891200000{number:02}"), "").await;
        }
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let working = tokio::spawn(courier(&house).work(async move {
            // A dropped sender stops it as well.
            let _ = stopped.await;
        }));
        // All places for news are taken by what hangs.
        while hanging.asked().len() < 20 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        say(&house, "sign_in_code", "+989121234567", "").await;
        while other.asked().is_empty() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert!(left(&house).await.0 > 0, "news still hangs, or waits");
        stop.send(()).expect("the loop is still at work");
        working.await.expect("the loop ends well");
    })
    .await;
}

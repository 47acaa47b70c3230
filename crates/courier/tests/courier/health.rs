//! Routes that refuse everybody, that bring nothing to anybody, whose template isn't taken, or whose receipts don't come.

use std::ops::Range;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use pishkhan_courier::gateways::{Delivery, Kind, Spool};
use pishkhan_courier::routes::{RouteDefinition, RouteId, Why};
use pishkhan_courier::{Courier, CourierRules, Language, Round, waiting};
use serde_json::json;

use crate::house::{House, on_both};
use crate::service::{Service, written};
use crate::ways::{
    BOTH, PARKED, PLAIN, RETRIED, SENT, add, courier, delivery, entries, found, kavenegar_at, receive, round, say,
    taking, to,
};

/// Whether something is as it was first; the test may change it.
type Switch = Arc<Mutex<bool>>;

fn is_on(switch: &Switch) -> bool {
    *switch.lock().expect("no thread fails while it holds the lock")
}

fn turn_off(switch: &Switch) {
    *switch.lock().expect("no thread fails while it holds the lock") = false;
}

/// A service that refuses every message, as long as it does.
async fn refusing() -> (Service, Switch) {
    let switch: Switch = Arc::new(Mutex::new(true));
    let refuses = Arc::clone(&switch);
    let service =
        Service::start(move |_| Some(written(if is_on(&refuses) { 422 } else { 200 }, r#"{"id":"g"}"#))).await;
    (service, switch)
}

async fn post_to(house: &House, numbers: Range<u8>) {
    for number in numbers {
        house.post("shahrdari", &format!("+9891200003{number:02}"), "سلام").await;
    }
}

async fn judge(courier: &Courier) {
    courier.judge().await.expect("it is looked at");
}

async fn why(house: &House, id: &RouteId) -> Option<Why> {
    found(house, "shahrdari", id).await.demoted.map(|(_, why)| why)
}

/// How much is on its way, and how much was given up.
async fn left(house: &House) -> (i64, i64) {
    let mut tx = house.begin("shahrdari").await;
    let waiting = waiting(&mut tx).await.expect("the statement is well");
    (waiting.due + waiting.later, waiting.parked)
}

#[tokio::test]
async fn a_route_that_refuses_everybody_stands_back() {
    on_both(|house| async move {
        let ((first, _), other) = (refusing().await, taking().await);
        let id = add(&house, "shahrdari", &to(&first, "first", BOTH, PLAIN)).await;
        add(&house, "shahrdari", &to(&other, "other", BOTH, PLAIN)).await;
        let courier = courier(&house);
        post_to(&house, 0..9).await;
        // One dead number counts once, however often it is written to.
        for _ in 0..3 {
            house.post("shahrdari", "+989120000300", "سلام").await;
        }
        assert_eq!(round(&courier).await.sent, 12, "the other takes what it refuses");
        judge(&courier).await;
        assert_eq!(why(&house, &id).await, None, "nine say nothing");
        post_to(&house, 9..10).await;
        assert_eq!(round(&courier).await, SENT);
        judge(&courier).await;
        assert_eq!(why(&house, &id).await, Some(Why::Refusing));
        assert_eq!(left(&house).await, (0, 0), "all of it went by the other");
        let tried = first.asked().len();
        post_to(&house, 10..11).await;
        assert_eq!(round(&courier).await, SENT);
        assert_eq!((first.asked().len(), other.asked().len()), (tried, 14), "the other comes first");
    })
    .await;
}

#[tokio::test]
async fn what_the_only_route_refused_for_nothing_goes_after_all() {
    on_both(|house| async move {
        let (only, switch) = refusing().await;
        let id = add(&house, "shahrdari", &to(&only, "only", BOTH, PLAIN)).await;
        let courier = courier(&house);
        post_to(&house, 0..10).await;
        say(&house, "sign_in_code", "+989120000310", "").await;
        assert_eq!(round(&courier).await, Round { sent: 0, retried: 0, parked: 11 });
        judge(&courier).await;
        assert_eq!(why(&house, &id).await, Some(Why::Refusing));
        assert_eq!(left(&house).await, (10, 1), "whoever waited for the code has been told");
        house.wait(6);
        assert_eq!(round(&courier).await, Round { sent: 0, retried: 10, parked: 0 }, "there is no other");
        say(&house, "sign_in_code", "+989120000311", "").await;
        assert_eq!(round(&courier).await, PARKED, "who waits for a code is told at once");

        turn_off(&switch);
        house.wait(130);
        assert_eq!(round(&courier).await.sent, 10);
        assert_eq!(left(&house).await, (0, 2));
        let route = found(&house, "shahrdari", &id).await;
        assert!(!route.is_refusing() && route.demotions == 0, "{route:?}");
        judge(&courier).await;
        assert!(!found(&house, "shahrdari", &id).await.stands_back(house.clock.now()), "that is over");
    })
    .await;
}

#[tokio::test]
async fn what_is_refused_for_itself_stays_given_up() {
    on_both(|house| async move {
        let (first, _) = refusing().await;
        let other = Service::start(|asked| {
            let is_bad = asked.body.contains("بد");
            Some(written(if is_bad { 400 } else { 200 }, r#"{"id":"g"}"#))
        })
        .await;
        let id = add(&house, "shahrdari", &to(&first, "first", BOTH, PLAIN)).await;
        let other_id = add(&house, "shahrdari", &to(&other, "other", BOTH, PLAIN)).await;
        let courier = courier(&house);
        post_to(&house, 0..10).await;
        house.post("shahrdari", "+989120000311", "بد").await;
        assert_eq!(round(&courier).await, Round { sent: 10, retried: 0, parked: 1 });
        judge(&courier).await;
        assert_eq!((why(&house, &id).await, why(&house, &other_id).await), (Some(Why::Refusing), None));
        assert_eq!(left(&house).await, (0, 1), "the other refused it, too, and takes all else");
        house.post("shahrdari", "+989120000312", "بد").await;
        assert_eq!(round(&courier).await, PARKED);
    })
    .await;
}

/// A Kavenegar that takes every message and tells the same of each.
async fn telling(state: u32) -> Service {
    Service::start(move |asked| {
        let is_status = asked.line.contains("/sms/status.json");
        let answer = entries(is_status, &asked.body);
        Some(written(200, &answer.replace(r#""status":10"#, &format!(r#""status":{state}"#))))
    })
    .await
}

#[tokio::test]
async fn a_line_that_reaches_nobodys_phone_stands_back() {
    for state in [11, 14] {
        on_both(move |house| async move {
            let (kavenegar, other) = (telling(state).await, taking().await);
            let id = add(&house, "shahrdari", &kavenegar_at(&kavenegar)).await;
            add(&house, "shahrdari", &to(&other, "other", BOTH, PLAIN)).await;
            let courier = courier(&house);
            // Of the numbers up to 02 nothing is known.
            for (numbers, expected) in [(3..22_u8, None), (22..23_u8, Some(Why::Undelivered))] {
                let count = numbers.len();
                post_to(&house, numbers).await;
                assert_eq!(round(&courier).await.sent, count);
                house.wait(20);
                courier.ask().await.expect("the gateway is asked");
                judge(&courier).await;
                assert_eq!(why(&house, &id).await, expected, "nineteen say nothing, twenty do");
            }
            post_to(&house, 23..24).await;
            assert_eq!(round(&courier).await, SENT);
            assert_eq!(other.asked().len(), 1, "the other takes over");
        })
        .await;
    }
}

/// A Kavenegar that sends one kind by a template, and the rest as text.
fn by_template(service: &Service) -> RouteDefinition {
    let mut definition = serde_json::to_value(kavenegar_at(service)).expect("a definition can be written");
    definition["templates"] = json!([{ "kind": "letter_rejected", "template": "rejected", "parameters": [] }]);
    serde_json::from_value(definition).expect("a definition")
}

#[tokio::test]
async fn a_template_that_is_not_approved_holds_back_its_own_kind_only() {
    on_both(|house| async move {
        let switch: Switch = Arc::new(Mutex::new(true));
        let is_refused = Arc::clone(&switch);
        let kavenegar = Service::start(move |asked| {
            let is_lookup = asked.line.contains("/verify/lookup.json");
            let refusal = r#"{"return":{"status":424,"message":""},"entries":null}"#;
            let is_taken = !is_lookup || !is_on(&is_refused);
            Some(if is_taken { written(200, &entries(false, &asked.body)) } else { written(424, refusal) })
        })
        .await;
        let other = taking().await;
        let id = add(&house, "shahrdari", &by_template(&kavenegar)).await;
        add(&house, "shahrdari", &to(&other, "other", BOTH, PLAIN)).await;
        let courier = with_kinds(&house);
        let lookups = || kavenegar.asked().iter().filter(|asked| asked.line.contains("/verify/")).count();

        say(&house, "letter_rejected", "+989120000320", "").await;
        assert_eq!(round(&courier).await, SENT, "another way comes first");
        let route = found(&house, "shahrdari", &id).await;
        assert_eq!((route.demoted, route.failures), (None, 0), "{route:?}");
        let is_back = |kind| route.stands_back_for(kind, Language::Persian, house.clock.now());
        assert!(is_back("letter_rejected") && !is_back("sign_in_code") && !is_back("letter_registered"));
        say(&house, "sign_in_code", "+989120000321", "").await;
        say(&house, "letter_registered", "+989120000322", "").await;
        say(&house, "letter_rejected", "+989120000323", "").await;
        assert_eq!(round(&courier).await.sent, 3);
        assert_eq!((lookups(), kavenegar.asked().len(), other.asked().len()), (1, 3, 2), "all else goes by it");

        // After its pause it is tried again by one, and the next pause is twice as long.
        house.wait(125);
        say(&house, "letter_rejected", "+989120000324", "").await;
        assert_eq!(round(&courier).await, SENT);
        let back = found(&house, "shahrdari", &id).await.kinds_back;
        assert_eq!((lookups(), back.len(), back[0].demotions), (2, 1, 2));
        assert!(back[0].until > house.clock.now().plus(Duration::from_secs(230)));

        turn_off(&switch);
        house.wait(245);
        say(&house, "letter_rejected", "+989120000325", "").await;
        assert_eq!(round(&courier).await, SENT);
        assert_eq!((lookups(), other.asked().len()), (3, 3));
        assert!(found(&house, "shahrdari", &id).await.kinds_back.is_empty(), "it is approved");
    })
    .await;
}

#[tokio::test]
async fn where_there_is_no_other_way_a_template_is_waited_for() {
    on_both(|house| async move {
        let refusal = r#"{"return":{"status":424,"message":""},"entries":null}"#;
        let kavenegar = Service::answering(424, refusal).await;
        let id = add(&house, "shahrdari", &by_template(&kavenegar)).await;
        let courier = with_kinds(&house);
        say(&house, "letter_rejected", "+989120000330", "").await;
        assert_eq!(round(&courier).await, RETRIED);
        house.wait(6);
        assert_eq!(round(&courier).await, RETRIED, "its words are not sent as text");
        assert!(kavenegar.asked().iter().all(|asked| asked.line.contains("/verify/lookup.json")));
        let route = found(&house, "shahrdari", &id).await;
        assert_eq!((route.demoted, route.kinds_back.len(), route.kinds_back[0].demotions), (None, 1, 1));
    })
    .await;
}

/// A courier that knows the kind of which there is a template.
fn with_kinds(house: &House) -> Courier {
    let spool = Box::new(Spool::new(house.folder.join("spool.jsonl")));
    let kinds = [Kind { name: "letter_rejected", values: &[] }];
    Courier::new(house.db.clone(), house.clock.clone(), spool, &kinds, CourierRules::default())
}

#[tokio::test]
async fn a_route_whose_calls_stop_is_not_taken_for_slow() {
    on_both(|house| async move {
        let service = taking().await;
        let mut definition = serde_json::to_value(to(&service, "called", BOTH, PLAIN)).expect("it can be written");
        definition["calls"] = json!({ "id": "id", "state": "state", "states": { "10": "delivered" } });
        let definition: RouteDefinition = serde_json::from_value(definition).expect("a definition");
        let id = add(&house, "shahrdari", &definition).await;
        let courier = courier(&house);
        // It does call.
        post_to(&house, 0..1).await;
        assert_eq!(round(&courier).await, SENT);
        assert!(receive(&house, &id, "g1", Delivery::Delivered).await);
        house.wait(3_600);
        for number in 0..30_u8 {
            house.post("shahrdari", &format!("+9891200003{number:02}"), "سلام").await;
            assert_eq!(round(&courier).await, SENT);
            house.wait(40);
            judge(&courier).await;
        }
        let route = found(&house, "shahrdari", &id).await;
        assert_eq!(route.demoted, None, "nobody knows whether they arrive");
        assert!(route.silent_since.is_some());
        assert!(route.is_troubled(house.clock.now()), "somebody must look why no calls come");

        // One call, late as it is, and it is known that they come: the others are late.
        assert!(receive(&house, &id, "g15", Delivery::Delivered).await);
        judge(&courier).await;
        let route = found(&house, "shahrdari", &id).await;
        assert_eq!((route.demoted.map(|(_, why)| why), route.silent_since), (Some(Why::Slow), None));
    })
    .await;
}

#[tokio::test]
async fn twilio_is_asked_where_it_does_not_call() {
    on_both(|house| async move {
        let twilio = Service::start(|asked| {
            let state = if asked.line.starts_with("GET ") { "delivered" } else { "queued" };
            Some(written(200, &format!(r#"{{"sid":"SM1","status":"{state}","error_code":null}}"#)))
        })
        .await;
        let gateway = json!({
            "kind": "twilio", "base": twilio.address, "account": "AC1", "secret": "s", "from": "+15005550006",
            "callback": "https://desk.example.org/gateways/1/2",
        });
        let definition: RouteDefinition =
            serde_json::from_value(json!({ "name": "twilio", "gateway": gateway })).expect("a definition");
        add(&house, "shahrdari", &definition).await;
        let courier = courier(&house);
        let message = say(&house, "letter_registered", "+989120000340", "").await;
        assert_eq!(round(&courier).await, SENT);
        house.wait(200);
        courier.ask().await.expect("there is nothing to ask");
        assert_eq!(twilio.asked().len(), 1, "it may still call");
        house.wait(25);
        courier.ask().await.expect("the gateway is asked");
        assert_eq!((twilio.asked().len(), delivery(&house, &message).await), (2, Some(Delivery::Delivered)));
    })
    .await;
}

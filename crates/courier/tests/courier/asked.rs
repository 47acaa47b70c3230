//! The gateway of the settings, which is no route: it is asked what became of its messages as routes are, and nobody else speaks for it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use pishkhan_courier::gateways::{Delivery, Http, HttpRequest, HttpSettings, HttpStatus};
use pishkhan_courier::routes::{self, Figures, RouteId};
use pishkhan_courier::{Courier, CourierRules, MessageId, fate};
use pishkhan_store::Moment;

use crate::house::{House, on_both};
use crate::service::{Service, written};
use crate::ways::{BOTH, PLAIN, SENT, add, delivery, receive, round, say, taking, to};

/// What a provider tells of every message; nothing while it is busy.
type State = Arc<Mutex<&'static str>>;

/// A provider that takes every message as `g1`, `g2` and so on, and can be asked.
async fn telling(state: &'static str) -> (Service, State) {
    let (state, next) = (Arc::new(Mutex::new(state)), Mutex::new(0));
    let told = Arc::clone(&state);
    let service = Service::start(move |asked| {
        if asked.line.starts_with("GET /messages/g") {
            let state = *told.lock().expect("no thread fails while it holds the lock");
            let answer = format!(r#"{{"state":"{state}"}}"#);
            return Some(if state.is_empty() { written(503, "") } else { written(200, &answer) });
        }
        let mut next = next.lock().expect("no thread fails while it holds the lock");
        *next += 1;
        Some(written(200, &format!(r#"{{"id":"g{next}"}}"#)))
    })
    .await;
    (service, state)
}

fn says(state: &State, what: &'static str) {
    *state.lock().expect("no thread fails while it holds the lock") = what;
}

/// How often it was asked.
fn questions(service: &Service) -> usize {
    service.asked().iter().filter(|asked| asked.line.starts_with("GET ")).count()
}

/// A courier whose settings name this provider.
fn courier(house: &House, service: &Service) -> Courier {
    let states = [
        ("on its way", Delivery::Sent),
        ("there", Delivery::Delivered),
        ("off", Delivery::Undelivered),
        ("barred", Delivery::Blocked),
    ];
    let question = HttpStatus {
        request: HttpRequest {
            url: format!("{}/messages/{{message_id}}", service.address),
            method: String::new(),
            headers: BTreeMap::new(),
            body: String::new(),
            content_type: "application/json".into(),
        },
        success: None,
        state: "/state".into(),
        states: states.into_iter().map(|(theirs, ours)| (theirs.to_owned(), ours)).collect(),
        within_hours: 48,
    };
    let settings = HttpSettings {
        url: service.address.clone(),
        body: PLAIN.into(),
        message_id: Some("/id".into()),
        status: Some(question),
        ..HttpSettings::default()
    };
    let gateway = Box::new(Http::new(settings).expect("the settings are good"));
    Courier::new(house.db.clone(), house.clock.clone(), gateway, &[], CourierRules::default())
}

async fn ask(courier: &Courier) {
    courier.ask().await.expect("the database answers");
}

async fn figures(house: &House) -> Figures {
    let mut tx = house.begin("shahrdari").await;
    routes::sent_by_settings(&mut tx, Moment(0)).await.expect("the statements are well")
}

/// What became of a message of another organisation.
async fn delivery_elsewhere(house: &House, id: &MessageId) -> Option<Delivery> {
    let mut tx = house.begin("daneshgah").await;
    fate(&mut tx, id).await.expect("the statement is well").expect("it is there").delivery
}

#[tokio::test]
async fn the_gateway_of_the_settings_is_asked_as_routes_are() {
    on_both(|house| async move {
        let (service, state) = telling("on its way").await;
        let courier = courier(&house, &service);
        let message = say(&house, "letter_registered", "+989121234567", "").await;
        let elsewhere = house.post("daneshgah", "+989121234568", "سلام").await;
        assert_eq!(round(&courier).await.sent, 2);
        ask(&courier).await;
        assert_eq!(questions(&service), 0, "it has only just taken them");
        house.wait(16);
        ask(&courier).await;
        assert_eq!(questions(&service), 2);
        assert_eq!(delivery(&house, &message).await, Some(Delivery::Sent));
        assert_eq!(delivery_elsewhere(&house, &elsewhere).await, Some(Delivery::Sent), "it carries for everybody");
        ask(&courier).await;
        assert_eq!(questions(&service), 2, "not before its time");

        says(&state, "there");
        house.wait(30);
        ask(&courier).await;
        assert_eq!(delivery(&house, &message).await, Some(Delivery::Delivered));
        assert_eq!(delivery_elsewhere(&house, &elsewhere).await, Some(Delivery::Delivered));
        let figures = figures(&house).await;
        assert_eq!((figures.sent, figures.delivered, figures.lost), (1, 1, 0));
        assert!(figures.median.is_some_and(|median| (46..60).contains(&median.as_secs())), "{figures:?}");

        says(&state, "off");
        house.wait(3_600);
        ask(&courier).await;
        assert_eq!(questions(&service), 4, "of what is there nothing is asked any more");
        assert_eq!(delivery(&house, &message).await, Some(Delivery::Delivered));
    })
    .await;
}

#[tokio::test]
async fn what_it_leaves_unanswered_is_asked_again() {
    on_both(|house| async move {
        let (service, state) = telling("").await;
        let courier = courier(&house, &service);
        let message = say(&house, "letter_registered", "+989121234567", "").await;
        assert_eq!(round(&courier).await, SENT);
        house.wait(16);
        ask(&courier).await;
        assert_eq!((questions(&service), delivery(&house, &message).await), (1, None));
        says(&state, "barred");
        ask(&courier).await;
        assert_eq!((questions(&service), delivery(&house, &message).await), (2, Some(Delivery::Blocked)));
        assert_eq!(figures(&house).await.lost, 1);
    })
    .await;
}

#[tokio::test]
async fn nobody_else_speaks_for_it() {
    on_both(|house| async move {
        let (service, _) = telling("on its way").await;
        let courier = courier(&house, &service);
        let message = say(&house, "letter_registered", "+989121234567", "").await;
        assert_eq!(round(&courier).await, SENT);
        let other = taking().await;
        let route = add(&house, "shahrdari", &to(&other, "other", BOTH, PLAIN)).await;
        for whose in [route, RouteId(String::new())] {
            assert!(!receive(&house, &whose, "g1", Delivery::Failed).await, "{whose}");
        }
        ask(&courier).await;
        assert_eq!(delivery(&house, &message).await, None);
        house.wait(16);
        ask(&courier).await;
        assert_eq!(delivery(&house, &message).await, Some(Delivery::Sent));
    })
    .await;
}

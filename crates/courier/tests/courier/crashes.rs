//! Workers that stop in the middle of a send: who takes over, when, by which way, and what goes a second time.

use std::time::Duration;

use pishkhan_courier::gateways::{GatewaySettings, Urgency};
use pishkhan_courier::outbox::{hand_over, withdraw};
use pishkhan_courier::routes::{self, RouteDefinition, RouteId};
use pishkhan_courier::{MessageId, Round, fate};
use pishkhan_store::query;

use crate::house::{House, on_both};
use crate::outbox::claim_of;
use crate::service::Service;
use crate::unsure::saying;
use crate::ways::{BOTH, KEYED, NOTHING, PARKED, PLAIN, RETRIED, SENT, add, courier, round, say, taking, to};

/// A worker that is no more once each of these has been asked.
async fn crash(house: &House, services: &[&Service]) {
    let worker = courier(house);
    let working = tokio::spawn(async move { worker.round().await });
    while services.iter().any(|service| service.asked().is_empty()) {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    working.abort();
    assert!(working.await.is_err(), "it is in the middle of a send");
}

async fn move_behind(house: &House, id: &RouteId) {
    let mut tx = house.begin("shahrdari").await;
    routes::move_to(&mut tx, id, 2).await.expect("it is moved");
    tx.commit().await.expect("it is kept");
}

async fn is_unsure(house: &House, message: &MessageId) -> bool {
    let mut tx = house.begin("shahrdari").await;
    fate(&mut tx, message).await.expect("the statement is well").expect("it is there").is_unsure
}

/// A route to such a service, which is waited for so long.
pub fn waiting(seconds: u64, service: &Service, body: &str) -> RouteDefinition {
    let mut definition = to(service, "route", BOTH, body);
    if let GatewaySettings::Http(settings) = &mut definition.gateway {
        settings.timeout = Duration::from_secs(seconds);
    }
    definition
}

/// Though another one comes first by then.
async fn it_goes_again_by_the_same_way(house: House, body: &str) {
    let (first, second) = (saying(&[None]).await, taking().await);
    let id = add(&house, "shahrdari", &waiting(60, &first, body)).await;
    add(&house, "shahrdari", &waiting(60, &second, body)).await;
    say(&house, "letter_registered", "+989121234567", "").await;
    crash(&house, &[&first]).await;
    move_behind(&house, &id).await;
    house.wait(85);
    assert_eq!(round(&courier(&house)).await, NOTHING, "that worker might still wait for its answer");
    house.wait(6);
    assert_eq!(round(&courier(&house)).await, SENT);
    let bodies: Vec<String> = first.asked().into_iter().map(|asked| asked.body).collect();
    assert_eq!((bodies.len(), second.asked().len()), (2, 0));
    assert_eq!(bodies[0], bodies[1], "under the same id");
    say(&house, "letter_registered", "+989121234567", "").await;
    assert_eq!(round(&courier(&house)).await, SENT);
    assert_eq!((first.asked().len(), second.asked().len()), (2, 1), "what nobody has goes as the routes are now");
}

#[tokio::test]
async fn what_was_handed_over_goes_again_to_whom_may_have_it() {
    on_both(|house| it_goes_again_by_the_same_way(house, KEYED)).await;
}

#[tokio::test]
async fn so_does_news_where_a_second_one_is_not_dropped() {
    on_both(|house| it_goes_again_by_the_same_way(house, PLAIN)).await;
}

#[tokio::test]
async fn nobody_waits_for_the_ways_of_others() {
    on_both(|house| async move {
        let (slow, quick) = (saying(&[None]).await, saying(&[None]).await);
        add(&house, "daneshgah", &waiting(60, &slow, KEYED)).await;
        add(&house, "shahrdari", &waiting(10, &quick, KEYED)).await;
        house.post("daneshgah", "+989121234567", "سلام").await;
        say(&house, "letter_registered", "+989121234567", "").await;
        crash(&house, &[&slow, &quick]).await;
        house.wait(55);
        assert_eq!(round(&courier(&house)).await, NOTHING);
        house.wait(6);
        assert_eq!(round(&courier(&house)).await, SENT, "a minute after it was claimed");
        assert_eq!((slow.asked().len(), quick.asked().len()), (1, 2));
        house.wait(30);
        assert_eq!(round(&courier(&house)).await, SENT, "half a minute after its own way has had its time");
        assert_eq!((slow.asked().len(), quick.asked().len()), (2, 2));
    })
    .await;
}

#[tokio::test]
async fn a_code_goes_again_where_a_second_one_is_dropped_and_is_put_aside_elsewhere() {
    on_both(|house| async move {
        let (plain, other) = (saying(&[None]).await, taking().await);
        let id = add(&house, "shahrdari", &waiting(10, &plain, PLAIN)).await;
        add(&house, "shahrdari", &waiting(10, &other, PLAIN)).await;
        let code = say(&house, "sign_in_code", "+989121234567", "one sign-in").await;
        crash(&house, &[&plain]).await;
        house.wait(61);
        assert_eq!(round(&courier(&house)).await, PARKED);
        assert!(is_unsure(&house, &code).await, "whoever waits is told, and asks for a new one");
        say(&house, "sign_in_code", "+989121234567", "one sign-in").await;
        assert_eq!(round(&courier(&house)).await, SENT);
        assert_eq!((plain.asked().len(), other.asked().len()), (1, 1), "which takes the other way");

        let keyed = saying(&[None]).await;
        let mut tx = house.begin("shahrdari").await;
        routes::change(&mut tx, &id, &waiting(10, &keyed, KEYED)).await.expect("the statement is well");
        tx.commit().await.expect("it is kept");
        say(&house, "sign_in_code", "+989121234568", "another sign-in").await;
        crash(&house, &[&keyed]).await;
        house.wait(61);
        assert_eq!(round(&courier(&house)).await, SENT);
        assert_eq!((keyed.asked().len(), other.asked().len()), (2, 1));
    })
    .await;
}

#[tokio::test]
async fn what_may_be_with_a_gateway_that_is_gone_is_put_aside() {
    on_both(|house| async move {
        let (first, second) = (saying(&[None]).await, taking().await);
        let id = add(&house, "shahrdari", &waiting(10, &first, PLAIN)).await;
        add(&house, "shahrdari", &waiting(10, &second, PLAIN)).await;
        let message = say(&house, "letter_registered", "+989121234567", "").await;
        crash(&house, &[&first]).await;
        let mut tx = house.begin("shahrdari").await;
        routes::remove(&mut tx, &id).await.expect("the statement is well");
        tx.commit().await.expect("it is kept");
        house.wait(61);
        assert_eq!(round(&courier(&house)).await, PARKED);
        assert!(is_unsure(&house, &message).await);
        assert_eq!((first.asked().len(), second.asked().len()), (1, 0));
    })
    .await;
}

/// Writes another definition down without a word that it was changed, as if a program that checks more strictly read it.
async fn write(house: &House, id: &RouteId, definition: &RouteDefinition) {
    let mut tx = house.begin("shahrdari").await;
    query("update routes set definition = $1 where organisation_id = 'shahrdari' and id = $2")
        .bind(serde_json::to_string(definition).expect("it can be written"))
        .bind(id.0.clone())
        .execute(tx.connection())
        .await
        .expect("the statement is well");
    tx.commit().await.expect("it is kept");
}

#[tokio::test]
async fn news_waits_for_a_gateway_that_cannot_be_opened_now_and_a_code_is_told_of_at_once() {
    on_both(|house| async move {
        let (first, second) = (saying(&[None, None]).await, taking().await);
        let good = waiting(10, &first, KEYED);
        let id = add(&house, "shahrdari", &good).await;
        add(&house, "shahrdari", &waiting(10, &second, PLAIN)).await;
        let code = say(&house, "sign_in_code", "+989121234568", "").await;
        crash(&house, &[&first]).await;
        let news = say(&house, "letter_registered", "+989121234567", "").await;
        let worker = courier(&house);
        let working = tokio::spawn(async move { worker.round().await });
        while first.asked().len() < 2 {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        working.abort();
        assert!(working.await.is_err(), "it is in the middle of a send, too");

        let closed = RouteDefinition { purposes: Vec::new(), ..good.clone() };
        write(&house, &id, &closed).await;
        house.wait(61);
        let restarted = courier(&house);
        assert_eq!(round(&restarted).await, Round { sent: 0, retried: 1, parked: 1 });
        assert!(is_unsure(&house, &code).await && !is_unsure(&house, &news).await);
        house.wait(20);
        assert_eq!(round(&restarted).await, RETRIED, "it may be mended");
        write(&house, &id, &good).await;
        house.wait(70);
        assert_eq!(round(&restarted).await, SENT);
        assert_eq!((first.asked().len(), second.asked().len()), (3, 0), "by the one that may have it");
    })
    .await;
}

#[tokio::test]
async fn what_was_withdrawn_or_is_another_workers_is_handed_to_nobody() {
    on_both(|house| async move {
        say(&house, "letter_registered", "+989121234567", "letter").await;
        let first = claim_of(&house, Urgency::News).await.remove(0);
        house.wait(61);
        let second = claim_of(&house, Urgency::News).await.remove(0);
        let (route, until) = (RouteId("r".into()), second.until);
        let mut tx = house.begin("shahrdari").await;
        assert!(!hand_over(&mut tx, &first, &route, until).await.expect("the statement is well"));
        assert!(hand_over(&mut tx, &second, &route, until).await.expect("the statement is well"));
        withdraw(&mut tx, "letter", "its affair is over").await.expect("the statements are well");
        assert!(!hand_over(&mut tx, &second, &route, until).await.expect("the statement is well"));
    })
    .await;
}

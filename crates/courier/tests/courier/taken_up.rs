//! What a route that refuses everybody has refused after that was noticed, or in larger numbers than are taken up at once: all of it goes after all.

use std::time::Duration;

use pishkhan_courier::routes::{RouteId, Why};
use pishkhan_courier::{Courier, Language, Message, post, waiting};
use pishkhan_store::{Row, query};

use crate::house::{House, on_both};
use crate::service::Service;
use crate::ways::{BOTH, PLAIN, add, courier, found, round, to};

/// So many are put on their way again at once.
const AT_ONCE: i64 = 500;

/// A courier and its only route, which has just been found to refuse everybody.
async fn refusing(house: &House) -> (Courier, RouteId) {
    let service = Service::answering(422, "").await;
    let id = add(house, "shahrdari", &to(&service, "only", BOTH, PLAIN)).await;
    let courier = courier(house);
    for number in 0..10 {
        house.post("shahrdari", &format!("+98912000040{number}"), "سلام").await;
    }
    assert_eq!(round(&courier).await.parked, 10);
    judge(&courier).await;
    assert_eq!(found(house, "shahrdari", &id).await.demoted.map(|(_, why)| why), Some(Why::Refusing));
    assert_eq!(parked(house).await, 0);
    (courier, id)
}

async fn judge(courier: &Courier) {
    courier.judge().await.expect("it is looked at");
}

async fn parked(house: &House) -> i64 {
    let mut tx = house.begin("shahrdari").await;
    waiting(&mut tx).await.expect("the statements are well").parked
}

/// So many messages that were with a worker when the route began to stand back, and that it refused then.
async fn refused_late(house: &House, route: &RouteId, count: i64) {
    house.wait(1);
    let mut tx = house.begin("shahrdari").await;
    let now = tx.now().0;
    for number in 0..count {
        let message = Message {
            to: format!("+98935{number:07}"),
            template: "letter_registered",
            text: "سلام".into(),
            language: Language::Persian,
            values: Vec::new(),
            expires_at: None,
            about: "letter".into(),
            hold: Duration::ZERO,
        };
        post(&mut tx, message).await.expect("a message is posted");
    }
    query(
        "insert into refusals (organisation_id, message_id, route_id, kind, at)
         select organisation_id, id, $1, 'refused', $2 from outbox
         where organisation_id = 'shahrdari' and created_at = $2 and about = 'letter'",
    )
    .bind(route.0.clone())
    .bind(now)
    .execute(tx.connection())
    .await
    .expect("the statement is well");
    query(
        "update outbox set parked_at = $1, changed_at = $1, tries = 1, last_error = 'refused: 422'
         where organisation_id = 'shahrdari' and created_at = $1 and about = 'letter'",
    )
    .bind(now)
    .execute(tx.connection())
    .await
    .expect("the statement is well");
    tx.commit().await.expect("it is kept");
}

#[tokio::test]
async fn what_was_on_its_way_to_it_goes_after_all() {
    on_both(|house| async move {
        let (courier, id) = refusing(&house).await;
        refused_late(&house, &id, 1).await;
        assert_eq!(parked(&house).await, 1);
        house.wait(30);
        let looked_at = house.clock.now().0;
        judge(&courier).await;
        assert_eq!(parked(&house).await, 0);
        let mut tx = house.begin("shahrdari").await;
        let row = query("select changed_at from outbox where organisation_id = 'shahrdari' and about = 'letter'")
            .fetch_one(tx.connection())
            .await
            .expect("the statement is well");
        assert!(row.get::<i64, _>(0) >= looked_at, "whoever counts what was put aside sees that it isn't any more");
    })
    .await;
}

#[tokio::test]
async fn what_is_too_much_at_once_goes_with_the_next_look() {
    on_both(|house| async move {
        let (courier, id) = refusing(&house).await;
        refused_late(&house, &id, AT_ONCE + 10).await;
        judge(&courier).await;
        assert_eq!(parked(&house).await, 10);
        judge(&courier).await;
        assert_eq!(parked(&house).await, 0);
    })
    .await;
}

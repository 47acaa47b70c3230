//! Routes: their order, who stands back, who takes over, and what becomes of what they took.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use pishkhan_courier::gateways::{Delivery, GatewayId, Purpose};
use pishkhan_courier::routes::{self, RouteId, Why};
use pishkhan_courier::{MessageId, outbox};
use pishkhan_store::{Moment, Row, query};

use crate::house::{House, on_both};
use crate::service::{Asked, Service, written};
use crate::ways::{
    BOTH, KEYED, NOTHING, PARKED, PLAIN, RETRIED, SENT, add, courier, delivery, entries, found, kavenegar_at, receive,
    round, say, send_ten, taking, to,
};

#[tokio::test]
async fn an_organisations_own_routes_come_before_the_houses_and_those_before_the_settings() {
    on_both(|house| async move {
        let (own, of_the_house) = (taking().await, taking().await);
        let courier = courier(&house);
        say(&house, "letter_registered", "+989121234567", "").await;
        assert_eq!(round(&courier).await, SENT);
        assert!(house.folder.join("spool.jsonl").exists(), "there are no routes yet");

        add(&house, "", &to(&of_the_house, "house", BOTH, PLAIN)).await;
        add(&house, "shahrdari", &to(&own, "own", &[Purpose::Code], PLAIN)).await;
        say(&house, "letter_registered", "+989121234567", "").await;
        say(&house, "sign_in_code", "+989121234567", "").await;
        assert_eq!(round(&courier).await.sent, 2);
        assert_eq!((own.asked().len(), of_the_house.asked().len()), (1, 1), "codes by its own, notices by the house's");
        house.post("daneshgah", "+989121234568", "سلام").await;
        assert_eq!(round(&courier).await, SENT);
        assert_eq!(of_the_house.asked().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn the_other_route_takes_over_and_the_first_comes_back() {
    on_both(|house| async move {
        let is_down = Arc::new(Mutex::new(true));
        let down = Arc::clone(&is_down);
        let first = Service::start(move |_| {
            let is_down = *down.lock().expect("no thread fails while it holds the lock");
            Some(if is_down { written(500, "") } else { written(200, r#"{"id":"g"}"#) })
        })
        .await;
        let second = taking().await;
        let first_id = add(&house, "shahrdari", &to(&first, "first", BOTH, PLAIN)).await;
        add(&house, "shahrdari", &to(&second, "second", BOTH, PLAIN)).await;
        let courier = courier(&house);
        for number in 0..3 {
            say(&house, "letter_registered", &format!("+98912000000{number}"), "").await;
            assert_eq!(round(&courier).await, SENT, "the second takes over in the same try");
        }
        assert_eq!((first.asked().len(), second.asked().len()), (3, 3));
        let route = found(&house, "shahrdari", &first_id).await;
        assert!(route.stands_back(house.clock.now()) && route.failures == 3, "{route:?}");
        assert_eq!(route.demoted.map(|(_, why)| why), Some(Why::Failing));

        say(&house, "letter_registered", "+989120000004", "").await;
        assert_eq!(round(&courier).await, SENT);
        assert_eq!(first.asked().len(), 3, "it is left alone");

        // When it may come back it still is down: it is tried once, and left alone for longer.
        house.wait(130);
        say(&house, "letter_registered", "+989120000005", "").await;
        assert_eq!(round(&courier).await, SENT);
        let route = found(&house, "shahrdari", &first_id).await;
        assert_eq!((first.asked().len(), route.demotions), (4, 2));
        let until = route.demoted.map(|(until, _)| until).expect("it stands back");
        assert!(until > house.clock.now().plus(Duration::from_secs(230)), "the second pause is twice the first");

        *is_down.lock().expect("no thread fails while it holds the lock") = false;
        house.wait(250);
        say(&house, "letter_registered", "+989120000006", "").await;
        assert_eq!(round(&courier).await, SENT);
        let route = found(&house, "shahrdari", &first_id).await;
        assert_eq!((first.asked().len(), route.failures, route.demotions), (5, 0, 0), "it is well again");
        assert_eq!(route.demoted, None);
    })
    .await;
}

#[tokio::test]
async fn what_may_have_been_sent_goes_again_only_where_a_second_one_is_dropped() {
    on_both(|house| async move {
        let hanging = Service::hanging().await;
        let other = taking().await;
        let id = add(&house, "shahrdari", &to(&hanging, "hanging", BOTH, PLAIN)).await;
        add(&house, "shahrdari", &to(&other, "other", BOTH, PLAIN)).await;
        let courier = courier(&house);
        say(&house, "letter_registered", "+989121234567", "").await;
        assert_eq!(round(&courier).await, PARKED, "perhaps the gateway has it, and it can't tell a second one");
        assert!(other.asked().is_empty());

        let mut tx = house.begin("shahrdari").await;
        routes::change(&mut tx, &id, &to(&hanging, "keyed", BOTH, KEYED)).await.expect("it is changed");
        tx.commit().await.expect("it is kept");
        let message = say(&house, "letter_registered", "+989121234568", "").await;
        assert_eq!(round(&courier).await, RETRIED);
        house.wait(6);
        assert_eq!(round(&courier).await, RETRIED);
        let bodies: Vec<Asked> = hanging.asked();
        assert_eq!(bodies.len(), 3);
        assert!(bodies[1..].iter().all(|asked| asked.body.contains(message.as_str())), "the same id each time");
        assert!(other.asked().is_empty(), "only that gateway can tell whether it has it");
    })
    .await;
}

#[tokio::test]
async fn a_person_gets_messages_in_order_also_when_the_first_fails() {
    on_both(|house| async move {
        let answers = Arc::new(Mutex::new(VecDeque::from([500, 500, 200, 200, 200])));
        let next = Arc::clone(&answers);
        let service = Service::start(move |_| {
            let status = next.lock().expect("no thread fails while it holds the lock").pop_front().unwrap_or(200);
            Some(written(status, r#"{"id":"g"}"#))
        })
        .await;
        add(&house, "shahrdari", &to(&service, "one", BOTH, PLAIN)).await;
        let courier = courier(&house);
        house.post("shahrdari", "+989121234567", "اول").await;
        house.wait(1);
        house.post("shahrdari", "+989121234567", "دوم").await;
        assert_eq!(round(&courier).await, RETRIED);
        assert_eq!(round(&courier).await, NOTHING, "the second waits behind the first");
        say(&house, "sign_in_code", "+989121234567", "").await;
        assert_eq!(round(&courier).await, RETRIED, "a code passes");
        house.wait(30);
        while round(&courier).await != NOTHING {}
        let texts: Vec<bool> = service.asked().iter().map(|asked| asked.body.contains("دوم")).collect();
        assert_eq!(texts.iter().position(|is_second| *is_second), Some(texts.len() - 1), "{texts:?}");
    })
    .await;
}

#[tokio::test]
async fn a_second_code_rather_takes_another_route() {
    on_both(|house| async move {
        let (first, second) = (taking().await, taking().await);
        add(&house, "shahrdari", &to(&first, "first", BOTH, PLAIN)).await;
        add(&house, "shahrdari", &to(&second, "second", BOTH, PLAIN)).await;
        let courier = courier(&house);
        for _ in 0..2 {
            say(&house, "sign_in_code", "+989121234567", "one sign-in").await;
            assert_eq!(round(&courier).await, SENT);
            house.wait(60);
        }
        assert_eq!((first.asked().len(), second.asked().len()), (1, 1));
        for (minutes, about, counts, why) in [
            (0, "begun anew", (2, 1), "whoever begins anew waits for the same phone"),
            (16, "another", (3, 1), "a quarter of an hour later it is another story"),
            (16, "another", (3, 2), "but not for who waited so long"),
        ] {
            house.wait(minutes * 60);
            say(&house, "sign_in_code", "+989121234567", about).await;
            assert_eq!(round(&courier).await, SENT);
            assert_eq!((first.asked().len(), second.asked().len()), counts, "{why}");
        }
        say(&house, "sign_in_code", "+989121234568", "somebody else's").await;
        assert_eq!(round(&courier).await, SENT);
        assert_eq!(first.asked().len(), 4);
    })
    .await;
}

#[tokio::test]
async fn a_slow_route_stands_back_and_comes_back() {
    on_both(|house| async move {
        let kavenegar = Service::start(|asked| {
            let is_status = asked.line.contains("/sms/status.json");
            Some(written(200, &entries(is_status, &asked.body)))
        })
        .await;
        let id = add(&house, "shahrdari", &kavenegar_at(&kavenegar)).await;
        let courier = courier(&house);
        for number in 0..20 {
            house.post("shahrdari", &format!("+9891200000{number:02}"), "سلام").await;
        }
        assert_eq!(round(&courier).await.sent, 20);
        // Seventeen arrive at once, three never do: fifteen of a hundred.
        house.wait(20);
        courier.ask().await.expect("the gateway is asked");
        let mut tx = house.begin("shahrdari").await;
        let figures = routes::figures(&mut tx, &id, Moment(0)).await.expect("the statement is well");
        drop(tx);
        assert_eq!((figures.sent, figures.delivered, figures.lost), (20, 17, 0));
        assert!(figures.median.is_some_and(|median| (20..25).contains(&median.as_secs())), "{figures:?}");
        house.wait(330);
        courier.judge().await.expect("it is looked at");
        assert_eq!(found(&house, "shahrdari", &id).await.demoted, None, "nobody has asked for a while");
        courier.ask().await.expect("the gateway is asked");
        courier.judge().await.expect("it is looked at");
        let route = found(&house, "shahrdari", &id).await;
        assert_eq!(route.demoted.map(|(_, why)| why), Some(Why::Slow), "{route:?}");
        assert!(route.stands_back(house.clock.now()));
        house.wait(130);
        assert!(!found(&house, "shahrdari", &id).await.stands_back(house.clock.now()), "it is tried again");
        courier.judge().await.expect("it is looked at");
        assert!(!found(&house, "shahrdari", &id).await.stands_back(house.clock.now()), "what was before doesn't count");

        // It is used, and slow again: it stands back for twice as long.
        send_ten(&house, &courier, 0..10).await;
        let route = found(&house, "shahrdari", &id).await;
        let until = route.demoted.map(|(until, _)| until).expect("it stands back");
        assert_eq!(route.demotions, 2);
        assert!(until > house.clock.now().plus(Duration::from_secs(230)), "{route:?}");
        house.wait(250);
        send_ten(&house, &courier, 10..20).await;
        let route = found(&house, "shahrdari", &id).await;
        assert_eq!((route.demotions, route.demoted), (0, None), "all of ten came quickly: it is well");
    })
    .await;
}

#[tokio::test]
async fn receipts_go_forward_only_however_they_come() {
    on_both(|house| async move {
        let service = taking().await;
        let id = add(&house, "shahrdari", &to(&service, "one", BOTH, PLAIN)).await;
        let message = say(&house, "letter_registered", "+989121234567", "").await;
        // One that is quicker than our own commit.
        assert!(!receive(&house, &id, "g1", Delivery::Sent).await);
        assert_eq!(round(&courier(&house)).await, SENT);
        assert_eq!(delivery(&house, &message).await, Some(Delivery::Sent));

        assert!(!receive(&house, &id, "g1", Delivery::Queued).await, "it is late");
        assert!(receive(&house, &id, "g1", Delivery::Delivered).await);
        for late in [Delivery::Delivered, Delivery::Sent, Delivery::Failed, Delivery::Unknown] {
            assert!(!receive(&house, &id, "g1", late).await, "{late:?} after it arrived");
        }
        assert!(!receive(&house, &RouteId("0".into()), "g1", Delivery::Failed).await, "another route's");
        assert!(!receive(&house, &RouteId(String::new()), "g1", Delivery::Failed).await, "no route's");
        assert_eq!(delivery(&house, &message).await, Some(Delivery::Delivered));
    })
    .await;
}

#[tokio::test]
async fn receipts_of_nobodys_messages_fill_no_table() {
    on_both(|house| async move {
        let service = taking().await;
        let id = add(&house, "shahrdari", &to(&service, "one", BOTH, PLAIN)).await;
        let other = add(&house, "shahrdari", &to(&service, "other", BOTH, PLAIN)).await;
        say(&house, "letter_registered", "+989121234567", "").await;
        assert_eq!(round(&courier(&house)).await, SENT);
        let mut tx = house.begin("shahrdari").await;
        for number in 0..1_010 {
            let nobodys = [GatewayId(format!("x{number}"))];
            let is_news = outbox::receive(&mut tx, &id, &nobodys, Delivery::Sent).await.expect("the statement is well");
            assert!(!is_news, "{number}");
        }
        tx.commit().await.expect("it is kept");
        assert_eq!(early(&house).await, 1_000);
        assert!(!receive(&house, &other, "x", Delivery::Sent).await);
        assert_eq!(early(&house).await, 1_001, "another route's have room of their own");
        assert!(receive(&house, &id, "g1", Delivery::Delivered).await, "what is known is taken all the same");

        house.wait(3_601);
        let mut tx = house.begin("shahrdari").await;
        outbox::forget_early(&mut tx).await.expect("the statement is well");
        tx.commit().await.expect("it is kept");
        assert!(!receive(&house, &id, "x", Delivery::Sent).await);
        assert_eq!(early(&house).await, 1, "there is room again");
    })
    .await;
}

/// How many receipts wait for messages that nobody knows.
async fn early(house: &House) -> i64 {
    let mut tx = house.begin("shahrdari").await;
    let row = query("select count(*) from early_receipts where organisation_id = 'shahrdari'");
    row.fetch_one(tx.connection()).await.expect("the statement is well").get(0)
}

#[tokio::test]
async fn parked_messages_are_sent_when_somebody_says_so() {
    on_both(|house| async move {
        let refusing = Service::answering(400, "").await;
        let id = add(&house, "shahrdari", &to(&refusing, "no", BOTH, PLAIN)).await;
        let message = house.post("shahrdari", "+989121234567", "سلام").await;
        let courier = courier(&house);
        assert_eq!(round(&courier).await, PARKED);
        let good = taking().await;
        let mut tx = house.begin("shahrdari").await;
        routes::change(&mut tx, &id, &to(&good, "yes", BOTH, PLAIN)).await.expect("it is changed");
        assert!(outbox::unpark(&mut tx, &message).await.expect("the statement is well"));
        let other = MessageId::random();
        assert!(!outbox::unpark(&mut tx, &other).await.expect("the statement is well"));
        tx.commit().await.expect("it is kept");
        assert_eq!(round(&courier).await, SENT);
    })
    .await;
}

#[tokio::test]
async fn routes_are_kept_in_their_order_and_never_shown_with_a_key() {
    on_both(|house| async move {
        let service = taking().await;
        let mut ids = Vec::new();
        for name in ["first", "second", "third"] {
            ids.push(add(&house, "shahrdari", &to(&service, name, BOTH, PLAIN)).await);
        }
        let mut tx = house.begin("shahrdari").await;
        routes::move_to(&mut tx, &ids[2], 1).await.expect("it is moved");
        assert!(routes::remove(&mut tx, &ids[0]).await.expect("it is removed"));
        assert!(!routes::remove(&mut tx, &ids[0]).await.expect("the statement is well"));
        let left = routes::list(&mut tx).await.expect("the statement is well");
        let names: Vec<&str> = left.iter().map(|route| route.definition.name.as_str()).collect();
        assert_eq!(names, ["third", "second"]);
        assert!(!left[0].secret.is_empty() && !format!("{left:?}").contains(left[0].secret.reveal()));
        drop(tx);
        let mut tx = house.begin("daneshgah").await;
        assert!(routes::find(&mut tx, &ids[1]).await.expect("the statement is well").is_none(), "another's");
    })
    .await;
}

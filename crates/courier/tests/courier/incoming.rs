//! Texts that people write to our line: told to whoever hears them, by which route they came, and not lost while the database is away.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use pishkhan_courier::gateways::{IncomingText, Work};
use pishkhan_courier::routes::{Route, RouteId};
use pishkhan_courier::{Courier, Hears};
use pishkhan_store::{Result, Row, StoreError, query};
use serde_json::json;

use crate::house::{House, on_both};
use crate::peers::{Centre, Peer};
use crate::ways::{add, by_smpp, courier};

/// Hears everything, once what it should answer before is used up.
#[derive(Default)]
struct Ear {
    before: Mutex<VecDeque<StoreError>>,
    heard: Mutex<Vec<(RouteId, String)>>,
}

impl Ear {
    fn heard(&self) -> Vec<(RouteId, String)> {
        self.heard.lock().expect("nobody panics holding it").clone()
    }

    fn is_well(&self) -> bool {
        self.before.lock().expect("nobody panics holding it").is_empty()
    }
}

impl Hears for Ear {
    fn hear<'a>(&'a self, route: &'a Route, text: &'a IncomingText) -> Work<'a, Result<()>> {
        Box::pin(async move {
            if let Some(error) = self.before.lock().expect("nobody panics holding it").pop_front() {
                return Err(error);
            }
            assert_eq!((text.from.as_str(), text.to.as_str()), ("989121234567", "3000"));
            self.heard.lock().expect("nobody panics holding it").push((route.id.clone(), text.text.clone()));
            Ok(())
        })
    }
}

/// Takes what comes in until it is enough.
async fn takes_until(courier: &Courier, is_enough: impl Fn() -> bool) {
    for _ in 0..400 {
        courier.take_arrivals().await.expect("the database answers");
        if is_enough() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("it never came");
}

#[tokio::test]
async fn a_text_is_told_with_its_route_and_again_after_an_outage() {
    on_both(|house| async move {
        let mut centre = Peer::centre(Centre::Node).await;
        let route = add(&house, "shahrdari", &by_smpp(centre.port)).await;
        let ear = Arc::new(Ear::default());
        *ear.before.lock().expect("nobody panics holding it") =
            VecDeque::from([StoreError::Commit("the disk is away".into()), StoreError::Commit("still".into())]);
        let courier = courier(&house).heard_by(ear.clone());
        courier.ask().await.expect("the database answers");
        courier.take_arrivals().await.expect("the database answers");
        centre.see("bind").await;
        let persian = |text: &str| json!({ "esm_class": 0, "data_coding": 8, "short_message": text });
        centre.deliver(&persian("وضعیت ۱۳۳۶۰۷۱۳۳۶۰۷")).await;
        centre.deliver(&persian("۵")).await;
        takes_until(&courier, || ear.heard().len() == 2).await;
        let told = ["وضعیت ۱۳۳۶۰۷۱۳۳۶۰۷", "۵"].map(|text| (route.clone(), text.to_owned()));
        assert_eq!(ear.heard(), told, "in their order, each once");
    })
    .await;
}

#[tokio::test]
async fn a_text_that_can_never_be_taken_holds_nothing_up() {
    on_both(|house| async move {
        let mut centre = Peer::centre(Centre::Node).await;
        add(&house, "shahrdari", &by_smpp(centre.port)).await;
        let ear = Arc::new(Ear::default());
        *ear.before.lock().expect("nobody panics holding it") = VecDeque::from([StoreError::Unreadable("letter")]);
        let courier = courier(&house).heard_by(ear.clone());
        courier.ask().await.expect("the database answers");
        courier.take_arrivals().await.expect("the database answers");
        centre.see("bind").await;
        centre.deliver(&json!({ "esm_class": 0, "short_message": "1" })).await;
        takes_until(&courier, || ear.is_well()).await;
        centre.deliver(&json!({ "esm_class": 0, "short_message": "2" })).await;
        takes_until(&courier, || !ear.heard().is_empty()).await;
        assert_eq!(ear.heard()[0].1, "2");
    })
    .await;
}

/// How many receipts wait for a message that nobody knows.
async fn early(house: &House) -> i64 {
    let mut tx = house.begin("shahrdari").await;
    let row = query("select count(*) from early_receipts where organisation_id = 'shahrdari'");
    row.fetch_one(tx.connection()).await.expect("the statement is well").get(0)
}

#[tokio::test]
async fn where_nobody_hears_texts_are_dropped_and_receipts_go_on() {
    on_both(|house| async move {
        let mut centre = Peer::centre(Centre::Node).await;
        add(&house, "shahrdari", &by_smpp(centre.port)).await;
        let courier = courier(&house);
        courier.ask().await.expect("the database answers");
        courier.take_arrivals().await.expect("the database answers");
        centre.see("bind").await;
        centre.deliver(&json!({ "esm_class": 0, "short_message": "1" })).await;
        centre.deliver(&json!({ "receipted_message_id": "4711", "message_state": 2 })).await;
        for _ in 0..400 {
            courier.take_arrivals().await.expect("the database answers");
            if early(&house).await > 0 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("the receipt never came");
    })
    .await;
}

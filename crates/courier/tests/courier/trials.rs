//! Trials: a message that really goes out by a route, over the link that its courier holds open.

use pishkhan_courier::gateways::{GatewaySettings, Purpose};
use pishkhan_courier::routes::{self, Did, Lines, Step, Told, try_out, try_out_settings};
use pishkhan_courier::{Courier, CourierRules, Language, MessageId, Outgoing};
use pishkhan_store::{Moment, OrganisationId};
use serde_json::json;

use crate::house::on_both;
use crate::peers::{Centre, Peer, free_port};
use crate::service::Service;
use crate::ways::{PLAIN, add, by_smpp, courier, found};

fn message() -> Outgoing {
    Outgoing {
        id: MessageId::random(),
        organisation: OrganisationId("shahrdari".into()),
        to: "+989121234567".into(),
        template: "sign_in_code".into(),
        text: "آزمایش".into(),
        language: Language::Persian,
        values: Vec::new(),
        purpose: Purpose::Code,
        expires_at: None,
        at: Moment(0),
    }
}

/// What came of the sending.
fn sent(steps: &[Step]) -> &Result<Told, String> {
    &steps.iter().find(|step| step.what == Did::Send).expect("a trial sends").outcome
}

#[tokio::test]
async fn a_trial_goes_by_the_link_that_is_open() {
    on_both(|house| async move {
        let mut centre = Peer::centre(Centre::Node).await;
        let id = add(&house, "shahrdari", &by_smpp(centre.port)).await;
        let courier = courier(&house);
        courier.ask().await.expect("the database answers");
        courier.take_arrivals().await.expect("the database answers");
        centre.see("bind").await;
        let lines = courier.lines();
        let route = found(&house, "shahrdari", &id).await;
        let steps = try_out(&lines, &route, &[], &house.clock, &message()).await.expect("it is good");
        assert!(matches!(sent(&steps), Ok(Told::Taken(_))), "{steps:?}");
        let words = &steps.iter().find(|step| step.what == Did::Send).expect("a trial sends").words;
        assert!(words.starts_with("submit_sm_resp: command_status 0x00000000 ESME_ROK, message_id "), "{words}");
        assert_eq!(centre.see("submit").await["text"], "آزمایش");
        assert_eq!(centre.count("bind"), 0, "many centres allow one session");

        // Somebody says something else of it, and the courier hasn't looked yet.
        house.wait(1);
        let mut tx = house.begin("shahrdari").await;
        routes::change(&mut tx, &id, &by_smpp(free_port())).await.expect("it is changed");
        tx.commit().await.expect("it is kept");
        let route = found(&house, "shahrdari", &id).await;
        let steps = try_out(&lines, &route, &[], &house.clock, &message()).await.expect("it is good");
        assert!(sent(&steps).is_err(), "nobody is there: {steps:?}");
    })
    .await;
}

#[tokio::test]
async fn the_gateway_of_the_settings_is_tried_out_too_and_its_key_is_hidden() {
    on_both(|house| async move {
        let service = Service::answering(200, r#"{"key":"s3cretKey","well":"so"}"#).await;
        let settings =
            json!({ "kind": "http", "url": service.address, "headers": { "X-Key": "s3cretKey" }, "body": PLAIN });
        let settings: GatewaySettings = serde_json::from_value(settings).expect("settings");
        let gateway = settings.open().expect("they are good");
        let courier = Courier::new(house.db.clone(), house.clock.clone(), gateway, &[], CourierRules::default());
        let lines = courier.lines();
        let gateway = lines.of_settings().expect("its courier is there");
        let steps = try_out_settings(gateway.clone(), &house.clock, &message()).await.expect("it is good");
        assert_eq!(steps.iter().map(|step| step.what).collect::<Vec<_>>(), [Did::Credit, Did::Send]);
        assert_eq!(*sent(&steps), Ok(Told::Taken(String::new())));
        assert_eq!(steps[1].words, r#"{"key":"…","well":"so"}"#);
        assert!(service.asked()[0].body.contains("آزمایش"), "it really goes out");
        assert_eq!(gateway.take_words(), "", "what the courier's own is answered is kept apart");
        drop(courier);
        assert!(lines.of_settings().is_none() && Lines::default().of_settings().is_none());
    })
    .await;
}

//! Trials: a message that really goes out by a route, over the link that its courier holds open.

use pishkhan_courier::gateways::Purpose;
use pishkhan_courier::routes::{self, Did, Step, Told, try_out};
use pishkhan_courier::{MessageId, Outgoing};
use pishkhan_store::{Moment, OrganisationId};

use crate::house::on_both;
use crate::peers::{Centre, Peer, free_port};
use crate::ways::{add, by_smpp, courier, found};

fn message() -> Outgoing {
    Outgoing {
        id: MessageId::random(),
        organisation: OrganisationId("shahrdari".into()),
        to: "+989121234567".into(),
        template: "sign_in_code".into(),
        text: "آزمایش".into(),
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

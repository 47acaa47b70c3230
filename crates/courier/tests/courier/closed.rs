//! Routes that can't be opened, or not with all of their templates: it is kept where everybody reads it, and the rest goes on.

use pishkhan_courier::gateways::{Channel, Purpose};
use pishkhan_courier::routes::{self, RouteDefinition};
use pishkhan_courier::{Courier, Language};
use serde_json::json;

use crate::house::{House, on_both};
use crate::peers::Folder;
use crate::ways::{BOTH, PLAIN, RETRIED, SENT, add, courier, found, round, say, taking, to};

async fn looks(courier: &Courier) {
    courier.ask().await.expect("the database answers");
}

async fn carries_mail(house: &House) -> bool {
    let mut tx = house.begin("shahrdari").await;
    let routes = routes::carrying(&mut tx).await.expect("the statement is well");
    let carries = |it: &RouteDefinition| it.carries("letter_registered", Language::Persian, Channel::Mail);
    routes.iter().any(|route| carries(&route.definition))
}

#[tokio::test]
async fn a_route_whose_certificate_is_gone_says_so_until_it_is_there_again() {
    on_both(|house| async move {
        let folder = Folder::with_certificate();
        let (certificate, elsewhere) = (folder.path().join("certificate.pem"), folder.path().join("away.pem"));
        let gateway = json!({
            "kind": "mail", "host": "localhost", "from": "desk@example.ir", "certificates": certificate,
            "username": "desk", "password": "s3cretword",
        });
        let definition = serde_json::from_value(json!({ "name": "mail", "gateway": gateway })).expect("a definition");
        let id = add(&house, "shahrdari", &definition).await;
        let first = courier(&house);
        looks(&first).await;
        assert!(!found(&house, "shahrdari", &id).await.is_closed());
        assert!(carries_mail(&house).await);

        std::fs::rename(&certificate, &elsewhere).expect("the file is the test's own");
        let restarted = courier(&house);
        looks(&restarted).await;
        let route = found(&house, "shahrdari", &id).await;
        assert_eq!(route.condition.closed_for, "gateway: certificates can't be read");
        assert!(route.is_closed() && route.is_troubled(house.clock.now()));
        assert!(!carries_mail(&house).await);

        // That another worker has it open says nothing of this one.
        looks(&first).await;
        assert!(found(&house, "shahrdari", &id).await.is_closed());

        std::fs::rename(&elsewhere, &certificate).expect("the file is the test's own");
        looks(&restarted).await;
        let route = found(&house, "shahrdari", &id).await;
        assert!(!route.is_closed() && !route.is_troubled(house.clock.now()));
        assert!(carries_mail(&house).await);
    })
    .await;
}

#[tokio::test]
async fn what_is_said_of_it_anew_is_tried_anew() {
    on_both(|house| async move {
        let gateway = |safety: &str| {
            let gateway = json!({
                "kind": "mail", "host": "localhost", "from": "desk@example.ir", "certificates": "/nowhere", "safety": safety,
            });
            serde_json::from_value::<RouteDefinition>(json!({ "name": "mail", "gateway": gateway })).expect("one")
        };
        let id = add(&house, "shahrdari", &gateway("tls")).await;
        let courier = courier(&house);
        looks(&courier).await;
        assert!(found(&house, "shahrdari", &id).await.is_closed());
        house.wait(1);
        let mut tx = house.begin("shahrdari").await;
        assert!(routes::change(&mut tx, &id, &gateway("none")).await.expect("the statement is well"));
        tx.commit().await.expect("it is kept");
        assert!(!found(&house, "shahrdari", &id).await.is_closed());
        looks(&courier).await;
        assert!(!found(&house, "shahrdari", &id).await.is_closed());
    })
    .await;
}

#[tokio::test]
async fn a_template_that_fits_no_more_is_left_out_and_the_route_goes_on() {
    on_both(|house| async move {
        let (service, other) = (taking().await, taking().await);
        let definition = to(&service, "line", &[Purpose::Notice], PLAIN);
        let mut text = serde_json::to_value(&definition).expect("it can be written");
        text["templates"] = json!([{ "kind": "letter_registered", "template": "7", "parameters": [] }]);
        let definition = serde_json::from_value(text).expect("a definition");
        let id = add(&house, "shahrdari", &definition).await;
        let courier = courier(&house);
        say(&house, "letter_registered", "+989121234567", "").await;
        assert_eq!(round(&courier).await, RETRIED, "as text it goes neither here nor by the gateway of the settings");
        say(&house, "letter_answered", "+989121234568", "").await;
        assert_eq!(round(&courier).await, SENT);
        assert_eq!(service.asked().len(), 1, "what has no template goes as text");

        let route = found(&house, "shahrdari", &id).await;
        assert!(!route.is_closed() && route.is_troubled(house.clock.now()));
        let unfit: Vec<&str> = route.condition.unfit.iter().map(|it| it.kind.as_str()).collect();
        assert_eq!(unfit, ["letter_registered"]);
        assert_eq!(route.definition.templates.len(), 1, "what was said of it stays");
        assert!(route.as_it_carries().definition.templates.is_empty());

        add(&house, "", &to(&other, "the house's", BOTH, PLAIN)).await;
        house.wait(6);
        assert_eq!(round(&courier).await, SENT);
        assert_eq!((service.asked().len(), other.asked().len()), (1, 1), "another way takes it");
    })
    .await;
}

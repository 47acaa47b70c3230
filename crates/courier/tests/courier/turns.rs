//! Questions to several gateways: each is asked in turns of its own, and a turn comes to an end.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use pishkhan_courier::gateways::{Abilities, Accepted, Delivery, GatewayId, Reports, SendError, Work};
use pishkhan_courier::routes::RouteDefinition;
use pishkhan_courier::{Courier, CourierRules, Gateway, Outgoing};
use pishkhan_store::Clock;
use serde_json::json;

use crate::house::on_both;
use crate::service::{Asked, Service, written};
use crate::ways::{add, courier, entries, kavenegar_at, round};

fn is_question(asked: &Asked) -> bool {
    asked.line.contains("/sms/status.json")
}

fn questions(service: &Service) -> usize {
    service.asked().iter().filter(|asked| is_question(asked)).count()
}

/// A route whose gateway is waited for as long as any.
fn patient(service: &Service) -> RouteDefinition {
    let gateway = json!({
        "kind": "kavenegar", "base": service.address, "key": "k", "sender": "1000", "timeout_seconds": 60,
    });
    serde_json::from_value(json!({ "name": "patient", "gateway": gateway })).expect("a definition")
}

#[tokio::test]
async fn a_gateway_that_hangs_keeps_nobody_elses_questions_waiting() {
    on_both(|house| async move {
        let hanging =
            Service::start(|asked| (!is_question(asked)).then(|| written(200, &entries(false, &asked.body)))).await;
        let other = Service::start(|asked| Some(written(200, &entries(is_question(asked), &asked.body)))).await;
        add(&house, "daneshgah", &patient(&hanging)).await;
        add(&house, "shahrdari", &kavenegar_at(&other)).await;
        let courier = courier(&house);
        house.post("daneshgah", "+989120000010", "سلام").await;
        // One that is on its way as often as it is asked about.
        house.post("shahrdari", "+989120000000", "سلام").await;
        assert_eq!(round(&courier).await.sent, 2);
        house.wait(16);
        let working = tokio::spawn(courier.work(std::future::pending()));
        for times in 1..=2 {
            let asked = async {
                while questions(&other) < times {
                    tokio::time::sleep(Duration::from_millis(10)).await;
                }
            };
            tokio::time::timeout(Duration::from_secs(30), asked).await.expect("it is asked when it is time");
            house.wait(30);
        }
        assert_eq!(questions(&hanging), 1, "that one is waited for all the while");
        working.abort();
    })
    .await;
}

/// A gateway that takes ten seconds of the test's clock for each question.
struct Slow {
    clock: Clock,
    asked: Arc<Mutex<Vec<GatewayId>>>,
}

impl Gateway for Slow {
    fn name(&self) -> &'static str {
        "slow"
    }

    fn time_limit(&self) -> Duration {
        Duration::from_secs(10)
    }

    fn abilities(&self) -> Abilities {
        let reports = Reports::Asked { at_once: 1, within: Duration::from_hours(48) };
        Abilities { reports, ..Abilities::default() }
    }

    fn send_text<'a>(&'a self, message: &'a Outgoing) -> Work<'a, Result<Accepted, SendError>> {
        Box::pin(async move { Ok(Accepted { gateway_id: Some(message.id.to_string()) }) })
    }

    fn status<'a>(&'a self, ids: &'a [GatewayId]) -> Work<'a, Result<Vec<(GatewayId, Delivery)>, SendError>> {
        Box::pin(async move {
            self.clock.move_on(Duration::from_secs(10));
            self.asked.lock().expect("no thread fails while it holds the lock").extend_from_slice(ids);
            Ok(ids.iter().map(|id| (id.clone(), Delivery::Sent)).collect())
        })
    }
}

#[tokio::test]
async fn a_turn_ends_and_the_next_one_goes_on_where_it_ended() {
    on_both(|house| async move {
        let asked = Arc::<Mutex<Vec<GatewayId>>>::default();
        let slow = Slow { clock: house.clock.clone(), asked: Arc::clone(&asked) };
        let courier = Courier::new(house.db.clone(), house.clock.clone(), Box::new(slow), &[], CourierRules::default());
        for number in 0..9 {
            house.post("shahrdari", &format!("+98912000000{number}"), "سلام").await;
        }
        assert_eq!(round(&courier).await.sent, 9);
        house.wait(16);
        for (turn, known) in [4, 8, 9].into_iter().enumerate() {
            courier.ask().await.expect("the database answers");
            let asked = asked.lock().expect("no thread fails while it holds the lock").clone();
            assert_eq!(asked.len(), 4 * (turn + 1), "four side by side, and then its time is over");
            assert_eq!(asked.into_iter().collect::<BTreeSet<_>>().len(), known, "those that wait longest come first");
        }
    })
    .await;
}

//! The rounds: in order, at least once, with growing pauses, and given up in the end.

use std::time::Duration;

use pishkhan_courier::gateways::{Accepted, Console, SendError, Spool, Urgency, Work};
use pishkhan_courier::{Courier, CourierRules, Gateway, Outgoing, Round, outbox, waiting};
use pishkhan_store::OrganisationId;
use serde_json::Value;

use crate::house::{House, on_both};
use crate::ways::say;

const SENT: Round = Round { sent: 1, retried: 0, parked: 0 };
const RETRIED: Round = Round { sent: 0, retried: 1, parked: 0 };
const PARKED: Round = Round { sent: 0, retried: 0, parked: 1 };
const NOTHING: Round = Round { sent: 0, retried: 0, parked: 0 };

#[tokio::test]
async fn messages_are_spooled_in_each_persons_order() {
    on_both(|house| async move {
        let courier = spooling(&house);
        for number in 0..6 {
            let to = format!("+98912000000{}", number % 2);
            house.post("shahrdari", &to, &format!("«پیام»\n\"{number}\"")).await;
            house.wait(1);
        }
        assert_eq!(round(&courier).await, Round { sent: 6, ..NOTHING });
        assert_eq!(round(&courier).await, NOTHING);

        let lines = spooled(&house);
        assert_eq!(lines.len(), 6);
        for person in ["+989120000000", "+989120000001"] {
            let texts: Vec<&str> =
                lines.iter().filter(|line| line["to"] == person).filter_map(|line| line["text"].as_str()).collect();
            assert!(texts.len() == 3 && texts.is_sorted(), "{texts:?} is not the order of the acts");
        }
        assert_eq!(lines[0]["organisation"], "shahrdari");
        assert_eq!(lines[0]["template"], "letter_registered");
        assert!(lines[0]["at"].as_str().is_some_and(|at| at.ends_with('Z')));
    })
    .await;
}

#[tokio::test]
async fn a_receipt_that_failed_is_read_before_the_news_of_its_letter() {
    on_both(|house| async move {
        say(&house, "letter_submitted", "+989121234567", "letter").await;
        assert_eq!(round(&failing(&house)).await, RETRIED);
        house.post("shahrdari", "+989121234567", "ثبت شد").await;
        let courier = spooling(&house);
        assert_eq!(round(&courier).await, NOTHING);
        house.wait(7);
        assert_eq!(round(&courier).await, Round { sent: 2, ..NOTHING });
        let kinds: Vec<Value> = spooled(&house).into_iter().map(|line| line["template"].clone()).collect();
        assert_eq!(kinds, ["letter_submitted", "letter_registered"]);
    })
    .await;
}

#[tokio::test]
async fn a_message_is_given_up_after_15_tries() {
    on_both(|house| async move {
        let courier = failing(&house);
        house.post("shahrdari", "+989121234567", "سلام").await;
        for tried in 1..15 {
            assert_eq!(round(&courier).await, RETRIED, "at try {tried}");
            house.wait(7 * 3_600);
        }
        assert_eq!(round(&courier).await, PARKED);
        house.wait(7 * 3_600);
        assert_eq!(round(&courier).await, NOTHING);
        let mut tx = house.begin("shahrdari").await;
        assert_eq!(waiting(&mut tx).await.expect("the statement is well").parked, 1);
    })
    .await;
}

#[tokio::test]
async fn pauses_grow() {
    on_both(|house| async move {
        let courier = failing(&house);
        house.post("shahrdari", "+989121234567", "سلام").await;
        assert_eq!(round(&courier).await, RETRIED);
        for pause in [5, 15, 60, 300, 900, 1_800, 3_600] {
            // Two seconds early, since the system's clock runs on during the test.
            house.wait(pause - 2);
            assert_eq!(round(&courier).await, NOTHING, "before {pause} s are over");
            house.wait(pause / 10 + 3);
            assert_eq!(round(&courier).await, RETRIED, "after {pause} s");
        }
    })
    .await;
}

#[tokio::test]
async fn a_crash_after_sending_repeats_the_message_under_its_id() {
    on_both(|house| async move {
        let id = house.post("shahrdari", "+989121234567", "سلام").await;
        let mut tx = house.begin("").await;
        let claimed =
            outbox::claim(&mut tx, Urgency::News, 20, Duration::from_mins(1)).await.expect("the statement is well");
        tx.commit().await.expect("the claim is committed");
        spool(&house).send_text(&claimed[0].outgoing()).await.expect("the spool is writable");

        let courier = spooling(&house);
        assert_eq!(round(&courier).await, NOTHING);
        house.wait(61);
        assert_eq!(round(&courier).await, SENT);
        let lines = spooled(&house);
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|line| line["id"] == id.as_str()));
    })
    .await;
}

#[tokio::test]
async fn a_message_that_stops_the_workers_is_given_up() {
    on_both(|house| async move {
        house.post("shahrdari", "+989121234567", "سلام").await;
        for _ in 0..15 {
            let mut tx = house.begin("").await;
            let claimed =
                outbox::claim(&mut tx, Urgency::News, 20, Duration::from_mins(1)).await.expect("the statement is well");
            tx.commit().await.expect("the claim is committed");
            assert_eq!(claimed.len(), 1);
            house.wait(61);
        }
        assert_eq!(round(&spooling(&house)).await, PARKED);
        assert!(!house.folder.join("spool.jsonl").exists());
    })
    .await;
}

#[tokio::test]
async fn an_expired_code_is_not_sent() {
    on_both(|house| async move {
        let expiry = house.clock.now().plus(Duration::from_mins(2));
        house.post_until("shahrdari", "+989121234567", "کد: 12345", Some(expiry)).await;
        house.wait(121);
        assert_eq!(round(&spooling(&house)).await, PARKED);
        assert!(!house.folder.join("spool.jsonl").exists());

        // Nor is it kept for a try that would come too late.
        let expiry = house.clock.now().plus(Duration::from_secs(4));
        house.post_until("shahrdari", "+989121234567", "کد: 54321", Some(expiry)).await;
        assert_eq!(round(&failing(&house)).await, PARKED);
    })
    .await;
}

#[tokio::test]
async fn a_gateway_that_asks_for_a_pause_gets_it() {
    on_both(|house| async move {
        let busy = SendError::Busy { why: "enough".into(), after: Some(Duration::from_mins(5)) };
        let courier = refusing(&house, busy);
        house.post("shahrdari", "+989121234567", "سلام").await;
        assert_eq!(round(&courier).await, RETRIED);
        house.wait(290);
        assert_eq!(round(&courier).await, NOTHING, "the usual pause of five seconds is too short");
        house.wait(15);
        assert_eq!(round(&courier).await, RETRIED);
    })
    .await;
}

#[tokio::test]
async fn only_what_can_never_go_out_is_given_up_at_once() {
    on_both(|house| async move {
        for (error, expected) in [
            (SendError::Refused("no".into()), PARKED),
            (SendError::Blocked("no".into()), PARKED),
            (SendError::NoCredit("no".into()), RETRIED),
            (SendError::Setup("no".into()), RETRIED),
            (SendError::Failed("no".into()), RETRIED),
            (SendError::Unsure("no".into()), PARKED),
        ] {
            house.post("shahrdari", "+989121234567", "سلام").await;
            assert_eq!(round(&refusing(&house, error.clone())).await, expected, "{error}");
            house.wait(7);
            // What waits goes out, so that the next one is alone.
            round(&spooling(&house)).await;
        }
    })
    .await;
}

#[tokio::test]
async fn the_loop_empties_the_outbox_and_stops() {
    on_both(|house| async move {
        for number in 0..45 {
            house.post("shahrdari", &format!("+9891200000{number:02}"), "سلام").await;
        }
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let working = tokio::spawn(spooling(&house).work(async move {
            // A dropped sender stops it as well.
            let _ = stopped.await;
        }));
        for _ in 0..600 {
            let mut look =
                house.db.read(&OrganisationId::house(), house.clock.now()).await.expect("the database reads");
            let waiting = waiting(&mut look).await.expect("the statement is well");
            if waiting.due + waiting.later == 0 {
                break;
            }
            drop(look);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        stop.send(()).expect("the loop is still at work");
        working.await.expect("the loop ends well");
        assert_eq!(spooled(&house).len(), 45);
    })
    .await;
}

#[tokio::test]
async fn a_lost_database_doesnt_end_the_loop() {
    on_both(|house| async move {
        let courier = Courier::new(
            house.db.clone(),
            house.clock.clone(),
            Box::new(Console::stderr()),
            &[],
            CourierRules::default(),
        );
        house.db.close().await;
        courier.round().await.expect_err("a closed database lets nobody read");
        let working = courier.work(std::future::pending());
        tokio::time::timeout(Duration::from_millis(1_500), working).await.expect_err("the loop goes on");
    })
    .await;
}

async fn round(courier: &Courier) -> Round {
    courier.round().await.expect("the database answers")
}

fn spooling(house: &House) -> Courier {
    Courier::new(house.db.clone(), house.clock.clone(), spool(house), &[], CourierRules::default())
}

/// A courier whose spool is in a folder that doesn't exist.
fn failing(house: &House) -> Courier {
    let gateway = Box::new(Spool::new(house.folder.join("missing").join("spool.jsonl")));
    Courier::new(house.db.clone(), house.clock.clone(), gateway, &[], CourierRules::default())
}

/// A gateway that always says the same.
struct Refusing(SendError);

impl Gateway for Refusing {
    fn name(&self) -> &'static str {
        "refusing"
    }

    fn time_limit(&self) -> Duration {
        Duration::from_secs(1)
    }

    fn send_text<'a>(&'a self, _message: &'a Outgoing) -> Work<'a, Result<Accepted, SendError>> {
        Box::pin(async { Err(self.0.clone()) })
    }
}

fn refusing(house: &House, error: SendError) -> Courier {
    Courier::new(house.db.clone(), house.clock.clone(), Box::new(Refusing(error)), &[], CourierRules::default())
}

fn spool(house: &House) -> Box<dyn Gateway> {
    Box::new(Spool::new(house.folder.join("spool.jsonl")))
}

fn spooled(house: &House) -> Vec<Value> {
    let text = std::fs::read_to_string(house.folder.join("spool.jsonl")).expect("something was spooled");
    text.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
}

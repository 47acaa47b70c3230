//! A gateway that hangs holds up its own messages, and no request.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use pishkhan_courier::routes::{self, RouteDefinition};
use pishkhan_testkit::{Letter, TestApp, on_both};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// A Kavenegar that keeps everybody waiting until its gate opens.
#[derive(Clone)]
struct Hanging {
    asked: Arc<AtomicUsize>,
    gate: Arc<Semaphore>,
}

impl Hanging {
    /// On a free port of this machine; it ends with the test.
    async fn start() -> (String, Hanging) {
        let hanging = Hanging { asked: Arc::default(), gate: Arc::new(Semaphore::new(0)) };
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port is found");
        let address = format!("http://{}", listener.local_addr().expect("a listener has an address"));
        let router = Router::new().fallback(take).with_state(hanging.clone());
        tokio::spawn(async move {
            axum::serve(listener, router).await.expect("it serves as long as the test runs");
        });
        (address, hanging)
    }

    async fn is_asked(&self) {
        while self.asked.load(Ordering::SeqCst) == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

async fn take(State(hanging): State<Hanging>) -> &'static str {
    hanging.asked.fetch_add(1, Ordering::SeqCst);
    hanging.gate.acquire().await.expect("the gate is never taken away").forget();
    r#"{"return":{"status":200},"entries":[{"messageid":77,"status":5}]}"#
}

/// Gives the organisation a route for news, which waits a minute for an answer.
async fn add_route(app: &TestApp, address: &str) {
    let definition = format!(
        "name = \"line\"\npurposes = [\"notice\"]\n[gateway]\nkind = \"kavenegar\"\nkey = \"k3y\"\nbase = {address:?}\n\
         timeout_seconds = 60"
    );
    let definition: RouteDefinition = toml::from_str(&definition).expect("a definition");
    let mut tx = app.begin().await;
    routes::add(&mut tx, &definition).await.expect("a route is added");
    tx.commit().await.expect("it is kept");
}

#[tokio::test]
async fn nobody_waits_for_a_gateway_that_hangs() {
    on_both(async |app| {
        let (address, hanging) = Hanging::start().await;
        let reviewer = app.reviewer().await;
        add_route(&app, &address).await;
        let letters = app.waiting_letters("شکایات", 2).await;
        let meanwhile = async {
            hanging.is_asked().await;
            let sender = app.sender("09131234567").signs_in().await;
            let letter = sender.sends(&Letter::default()).await;
            sender.letter(&letter).await;
            reviewer.dialog(&letters[0], "registration").await.send().await.is(303);
            reviewer.letter(&letters[1]).await;
            assert_eq!(hanging.gate.available_permits(), 0, "nothing was answered all the while");
            hanging.gate.add_permits(1_000);
        };
        tokio::join!(app.settle_quietly(), meanwhile);
        app.wait(11).await;
        app.wait(11).await;
        // Three receipts, and the registration.
        assert_eq!(hanging.asked.load(Ordering::SeqCst), 4);
    })
    .await;
}

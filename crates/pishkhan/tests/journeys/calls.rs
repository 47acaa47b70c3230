//! A code that is read out over the phone: by a route with a template that calls, and by no other.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::Uri;
use pishkhan_courier::routes::{self, RouteDefinition};
use pishkhan_testkit::{TestApp, on_both};
use tokio::net::TcpListener;

const NUMBER: &str = "09121234567";

/// Path and body of all that a gateway was asked.
type Asked = Arc<Mutex<Vec<(String, String)>>>;

/// A Kavenegar on a free port of this machine, which takes everything; it ends with the test.
async fn kavenegar() -> (String, Asked) {
    let asked = Asked::default();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port is found");
    let address = format!("http://{}", listener.local_addr().expect("a listener has an address"));
    let router = Router::new().fallback(take).with_state(asked.clone());
    tokio::spawn(async move {
        axum::serve(listener, router).await.expect("it serves as long as the test runs");
    });
    (address, asked)
}

async fn take(State(asked): State<Asked>, uri: Uri, body: String) -> &'static str {
    asked.lock().expect("no test fails while it holds the lock").push((uri.path().to_owned(), body));
    r#"{"return":{"status":200},"entries":[{"messageid":77,"status":5}]}"#
}

/// The last that it was asked.
fn last(asked: &Asked) -> (String, String) {
    asked.lock().expect("no test fails while it holds the lock").last().expect("it was asked something").clone()
}

fn field<'a>(body: &'a str, name: &str) -> &'a str {
    let found = body.split('&').find_map(|field| field.strip_prefix(name)?.strip_prefix('='));
    found.unwrap_or_else(|| panic!("there is no {name} in {body}"))
}

/// Gives the organisation a route for codes.
async fn add_route(app: &TestApp, address: &str, templates: &str) {
    let definition = format!(
        "name = \"line\"\npurposes = [\"code\"]\n[gateway]\nkind = \"kavenegar\"\nkey = \"k3y\"\nbase = {address:?}\n{templates}"
    );
    let definition: RouteDefinition = toml::from_str(&definition).expect("a definition");
    let mut tx = app.begin().await;
    routes::add(&mut tx, &definition).await.expect("a route is added");
    tx.commit().await.expect("it is kept");
}

const CALL: &str = "[[templates]]\nkind = \"sign_in_call\"\ntemplate = \"spoken\"\nis_call = true\n\
                    parameters = [{ name = \"token\", value = \"code\" }]\n";

#[tokio::test]
async fn a_code_is_read_out_and_the_written_one_is_dead() {
    on_both(async |app| {
        let (address, asked) = kavenegar().await;
        add_route(&app, &address, CALL).await;
        let sender = app.sender(NUMBER);
        let page = sender.asks_for_code().await.follow().await.ok();
        assert!(page.has("button[value=call]"), "the page offers a call");
        app.settle_quietly().await;
        let (path, body) = last(&asked);
        assert_eq!(path, "/k3y/sms/send.json");
        let written: String = field(&body, "message").chars().take(6).collect();

        let call = page.form_of_button("again").press("again", "call");
        call.send().await.is(429).says("کد قبلی هنوز در راه است.");
        app.wait(61).await;
        call.send().await.follow().await.ok().says("کد تازه‌ای فرستادیم. کد قبلی دیگر کار نمی‌کند.");
        app.settle_quietly().await;
        let (path, body) = last(&asked);
        assert_eq!(path, "/k3y/verify/lookup.json");
        assert_eq!(field(&body, "type"), "call");
        assert_eq!(field(&body, "template"), "spoken");
        assert_eq!(field(&body, "receptor"), NUMBER);
        let spoken = field(&body, "token").to_owned();
        assert_eq!(asked.lock().expect("no test fails while it holds the lock").len(), 2, "no SMS beside the call");

        if written != spoken {
            page.form("/sign-in/code").fill("code", &written).send().await.is(422);
        }
        assert_eq!(page.form("/sign-in/code").fill("code", &spoken).send().await.location(), "/letters");
    })
    .await;
}

#[tokio::test]
async fn nobody_is_called_where_no_route_can() {
    on_both(async |app| {
        let (address, asked) = kavenegar().await;
        // A template of that name that is sent as text is no call.
        add_route(&app, &address, &CALL.replace("true", "false")).await;
        let sender = app.sender(NUMBER);
        let page = sender.asks_for_code().await.follow().await.ok();
        assert!(!page.has("button[value=call]"), "the page offers no call");
        app.wait(61).await;
        let (_, body) = last(&asked);
        let written: String = field(&body, "message").chars().take(6).collect();
        assert_eq!(page.form_of_button("again").forge("again", "call").send().await.location(), "/");
        app.settle_quietly().await;
        assert_eq!(asked.lock().expect("no test fails while it holds the lock").len(), 1, "nothing more is sent");
        assert_eq!(page.form("/sign-in/code").fill("code", &written).send().await.location(), "/letters");
    })
    .await;
}

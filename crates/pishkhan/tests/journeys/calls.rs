//! A code that is read out over the phone: by a route with a template that calls, and by no other.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::Uri;
use pishkhan_courier::routes::{self, RouteDefinition};
use pishkhan_testkit::{TestApp, on_both};
use tokio::net::TcpListener;

use crate::filing::{filing_of, sends_code, submission, written};
use crate::number_changes::{begun, with_letter};
use crate::recycled;

const NUMBER: &str = "09121234567";
const NEW: &str = "09351112233";

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

/// The code of the last call, which went to that number by the template of this name.
async fn read_out(app: &TestApp, asked: &Asked, template: &str, to: &str) -> String {
    app.settle_quietly().await;
    let (path, body) = last(asked);
    assert_eq!(path, "/k3y/verify/lookup.json");
    assert_eq!((field(&body, "type"), field(&body, "template")), ("call", template));
    assert_eq!(field(&body, "receptor"), to);
    field(&body, "token").to_owned()
}

/// Templates that read these kinds out, each under its kind's name.
fn spoken(kinds: &[&str]) -> String {
    let template = |kind: &&str| {
        let ending = if *kind == "old_number_call" { ", { name = \"token2\", value = \"ending\" }" } else { "" };
        format!(
            "[[templates]]\nkind = {kind:?}\ntemplate = {kind:?}\nis_call = true\n\
             parameters = [{{ name = \"token\", value = \"code\" }}{ending}]\n"
        )
    };
    kinds.iter().map(template).collect::<Vec<String>>().concat()
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

        app.execute("update outbox set delivery = 'blocked' where template = 'sign_in_code' and organisation_id <> ''")
            .await;
        sender.get("/sign-in/code").await.ok().says("«کد را تلفنی بگویید» را بزنید تا کد را از پشت خط بشنوید");
        let call = page.form_of_button("again").press("again", "call");
        call.send().await.is(429).says("کد قبلی هنوز در راه است.");
        app.wait(61).await;
        call.send().await.follow().await.ok().says("کد تازه‌ای فرستادیم. کد قبلی دیگر کار نمی‌کند.");
        let texts = app.texts("select text from outbox where template = 'sign_in_call'").await;
        assert!(texts.len() == 1 && !texts[0].contains('@'), "the line for browsers is not read out: {texts:?}");
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

#[tokio::test]
async fn whoever_stands_at_the_counter_is_called_with_the_code_of_what_was_written_down() {
    on_both(async |app| {
        let (address, asked) = kavenegar().await;
        add_route(&app, &address, &spoken(&["sign_in_call", "filing_call"])).await;
        let clerk = app.reviewer().await;
        let check = written(&clerk, NUMBER).await.send().await.follow().await.ok();
        assert!(!check.has("button[value=call]"), "first by SMS");
        let check = sends_code(&check).await;
        let call = check.form(&format!("/desk/filing/{}/code", filing_of(&check))).press("again", "call");
        call.send().await.is(429).says("کد قبلی هنوز در راه است.");
        app.settle_quietly().await;
        let (_, body) = last(&asked);
        let written: String = field(&body, "message").chars().take(6).collect();
        app.wait(61).await;
        let check = call.send().await.follow().await.ok();
        let code = read_out(&app, &asked, "filing_call", NUMBER).await;
        if code != written {
            submission(&check).fill("code", &written).send().await.is(422);
        }
        submission(&check).fill("code", &code).send().await.follow().await.ok().says("رسید نامه");
    })
    .await;
}

#[tokio::test]
async fn the_codes_of_a_change_of_number_are_read_out_and_the_old_one_says_what_for() {
    on_both(async |app| {
        let (sender, _) = with_letter(&app, NUMBER).await;
        let (address, asked) = kavenegar().await;
        add_route(&app, &address, &spoken(&["old_number_call", "new_number_call"])).await;
        let page = begun(&sender, NEW).await;
        assert!(page.has("button[value=old-call]") && page.has("button[value=new-call]"), "each can be read out");
        app.wait(61).await;
        let again = page.form_of_button("again");
        again.clone().press("again", "old-call").send().await.follow().await.ok().says("کد تازه‌ای فرستادیم");
        let old = read_out(&app, &asked, "old_number_call", NUMBER).await;
        assert_eq!(field(&last(&asked).1, "token2"), "2233", "it says for which number it is");
        again.forge("again", "new-call").send().await.follow().await.ok();
        let new = read_out(&app, &asked, "new_number_call", NEW).await;
        let form = page.form("/account/number/codes").fill("old_code", &old).fill("new_code", &new);
        assert_eq!(form.send().await.location(), "/account?done=number");
    })
    .await;
}

#[tokio::test]
async fn a_new_number_is_called_at_the_counter_too() {
    on_both(async |app| {
        let (_, letter) = with_letter(&app, NUMBER).await;
        let (address, asked) = kavenegar().await;
        add_route(&app, &address, &spoken(&["new_number_call"])).await;
        let (reviewer, action) = (app.reviewer().await, format!("/desk/letters/{letter}/number"));
        let form = reviewer.dialog(&letter, "number").await.press("next", "send").fill("mobile", NEW);
        let page = form.send().await.follow().await.ok();
        app.wait(61).await;
        page.form(&action).press("next", "call").send().await.is(303);
        let code = read_out(&app, &asked, "new_number_call", NEW).await;
        let form = page.form(&action).press("next", "change").fill("code", &code).fill("paper", "yes");
        let form = form.fill("text", "گذرنامه را دیدم؛ پیامک نمی‌گیرد");
        let other = form.clone().fill("mobile", "09352223344").send().await.is(422);
        other.says("کد به شماره دیگری رفته است");
        form.send().await.is(303);
        assert_eq!(app.texts("select mobile from senders where asleep_at is null").await, ["+989351112233"]);
    })
    .await;
}

#[tokio::test]
async fn whoever_gets_their_account_back_is_called_too() {
    on_both(async |app| {
        let letter = recycled::registered(&app, NUMBER).await;
        recycled::comes_back(&app, 181).await;
        let (address, asked) = kavenegar().await;
        add_route(&app, &address, &spoken(&["filing_call"])).await;
        let (reviewer, action) = (app.reviewer().await, format!("/desk/letters/{letter}/awakening"));
        let form = reviewer.dialog(&letter, "awakening").await.press("next", "send").fill("mobile", NEW);
        let page = form.send().await.follow().await.ok();
        app.wait(61).await;
        page.form(&action).press("next", "call").send().await.is(303);
        let code = read_out(&app, &asked, "filing_call", NEW).await;
        let form = page.form(&action).press("next", "wake").fill("code", &code).fill("paper", "yes");
        form.clone().fill("mobile", NUMBER).send().await.is(422).says("کد به شماره دیگری رفته است");
        form.send().await.is(303);
        let theirs = "select s.mobile from letters l
                      join senders s on s.organisation_id = l.organisation_id and s.id = l.sender_id";
        assert_eq!(app.texts(theirs).await, ["+989351112233"]);
    })
    .await;
}

/// A call for signing in calls nobody for anything else: its template says another thing.
#[tokio::test]
async fn no_other_code_is_read_out_by_the_template_of_a_sign_in() {
    on_both(async |app| {
        let (sender, letter) = with_letter(&app, NUMBER).await;
        let (address, asked) = kavenegar().await;
        add_route(&app, &address, CALL).await;
        let page = begun(&sender, NEW).await;
        assert!(!page.has("button[value=old-call]") && !page.has("button[value=new-call]"));
        let reviewer = app.reviewer().await;
        let form = reviewer.dialog(&letter, "number").await.press("next", "send").fill("mobile", "09352223344");
        let dialog = form.send().await.follow().await.ok();
        assert!(!dialog.has("button[value=call]"));
        let check = written(&reviewer, "09353334455").await.send().await.follow().await.ok();
        let check = sends_code(&check).await;
        assert!(!check.has("button[value=call]"));
        app.wait(61).await;
        let count = || asked.lock().expect("no test fails while it holds the lock").len();
        let before = count();
        for which in ["old-call", "new-call"] {
            page.form_of_button("again").forge("again", which).send().await.is(303);
        }
        dialog.form(&format!("/desk/letters/{letter}/number")).forge("next", "call").send().await.is(404);
        check.form(&format!("/desk/filing/{}/code", filing_of(&check))).forge("again", "call").send().await.is(404);
        app.settle_quietly().await;
        assert_eq!(count(), before, "nothing more is sent");
    })
    .await;
}

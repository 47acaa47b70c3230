//! What the walk can't ask as it asks the rest: the pictures of a file's pages, which are there only once they are drawn; uploads, which
//! speak a protocol of their own; and what would change the account of the walk's sender. Here everybody else asks for them, and
//! everybody of another organisation.

use axum::body::Body;
use axum::http::Method;
use pishkhan_testkit::{Answer, Browser, Plan, Sender, on_both_as};

use super::house::House;
use super::table::{Line, Table};
use super::{Came, Person, Side, came, judge, people, without_limits};
use crate::pictures::{draw, with_pictures};

/// States in which it is asked for from elsewhere.
const SOME: [&str; 3] = ["submitted", "in_progress", "answered"];

fn drawing(plan: &mut Plan) {
    without_limits(plan);
    with_pictures(plan);
}

/// The one whose letters these are.
fn owner(all: &[Person]) -> Sender {
    let owner = all.iter().find(|person| person.name == "sender").expect("the table has a sender");
    Sender { browser: owner.browser.clone(), mobile: "09121234567".into() }
}

/// The first page of the file that came with the letter in that state.
fn picture(house: &House, state: &str) -> String {
    format!("{}/pages/1/900", house.files[state])
}

#[tokio::test]
async fn the_pictures_of_a_file_are_there_for_whom_the_file_is() {
    on_both_as(drawing, async |app| {
        let table = Table::read();
        let all = people(&app).await;
        let house = House::build(&app, &table.states, &owner(&all)).await;
        draw(&app).await;
        let is_file = |line: &&Line| line.method == "GET" && line.route == "/files/{file}";
        let line = table.lines.iter().find(is_file).expect("the table has a line for files");
        let mut wrong = Vec::new();
        for person in &all {
            for state in &table.states {
                let came = came(&person.browser.get(&picture(&house, state)).await);
                let (is_right, said) = judge(&table, line, person, state, came);
                if !is_right {
                    wrong
                        .push(format!("{}, {state}: of its file it says {said}, and it came to {came:?}", person.name));
                }
            }
        }
        for stranger in people(&app.elsewhere()).await {
            let carried = stranger.browser.asking(&app);
            for state in SOME {
                let path = picture(&house, state);
                for answer in [stranger.browser.get(&path).await, carried.copied().get(&path).await] {
                    if !matches!(came(&answer), Came::Nothing | Came::SignIn) {
                        wrong.push(format!("{} of there, {state} → {}", stranger.name, answer.status));
                    }
                }
            }
        }
        app.execute("update letters set classification = 1").await;
        for person in all.iter().filter(|person| person.side == Side::Desk) {
            for state in &table.states {
                let answer = person.browser.get(&picture(&house, state)).await;
                if came(&answer) != Came::Nothing {
                    wrong.push(format!("{}, confidential, {state} → {}", person.name, answer.status));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    })
    .await;
}

/// A request as a program sends it that speaks the protocol.
async fn speaks(browser: &Browser, method: Method, path: &str) -> Answer {
    let program =
        browser.clone().with("tus-resumable", "1.0.0").with("upload-length", "100").with("upload-offset", "0");
    let kind = (method == Method::PATCH).then_some("application/offset+octet-stream");
    program.send(method, path, kind, Body::empty()).await
}

/// Everything that can be asked of the uploads of these letters: the method, and the address.
fn asked(house: &House, upload: &str) -> Vec<(Method, String)> {
    let of_letters = ["draft", "submitted"].map(|state| format!("/drafts/{}/uploads", house.letters[state]));
    let of_letters = of_letters.into_iter().flat_map(|path| [(Method::GET, path.clone()), (Method::POST, path)]);
    let of_one = [Method::HEAD, Method::PATCH, Method::DELETE].map(|method| (method, upload.to_owned()));
    of_letters.chain(of_one).collect()
}

#[tokio::test]
async fn uploads_are_their_senders_alone() {
    on_both_as(without_limits, async |app| {
        let table = Table::read();
        let all = people(&app).await;
        let owner = owner(&all);
        let house = House::build(&app, &table.states, &owner).await;
        let begun = speaks(&owner, Method::POST, &format!("/drafts/{}/uploads", house.letters["draft"])).await.is(201);
        let upload = begun.header("location").expect("an upload has a place").to_owned();
        let print = house.print(&app).await;
        let mut wrong = Vec::new();
        for person in all.iter().filter(|person| person.name != "sender") {
            let wanted = if person.side == Side::Sender { Came::Nothing } else { Came::SignIn };
            for (method, path) in asked(&house, &upload) {
                let answer = speaks(&person.browser, method.clone(), &path).await;
                if came(&answer) != wanted {
                    wrong.push(format!("{method} {path}, {} → {}", person.name, answer.status));
                }
            }
        }
        for stranger in people(&app.elsewhere()).await {
            let carried = stranger.browser.asking(&app);
            for (method, path) in asked(&house, &upload) {
                for browser in [&stranger.browser, &carried.copied()] {
                    let answer = speaks(browser, method.clone(), &path).await;
                    if !matches!(came(&answer), Came::Nothing | Came::SignIn) {
                        wrong.push(format!("{method} {path}, {} of there → {}", stranger.name, answer.status));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert_eq!(house.print(&app).await, print, "nothing is changed by who is refused");
        let still = speaks(&owner, Method::HEAD, &upload).await.is(200);
        assert_eq!(still.header("upload-offset"), Some("0"), "and nothing came into it");
    })
    .await;
}

/// What becomes of a request without fields of its own.
async fn asks(browser: &Browser, token: &str, (method, path): (&str, &str)) -> Came {
    let answer =
        if method == "GET" { browser.get(path).await } else { browser.post(path, &[("form_token", token)]).await };
    came(&answer)
}

#[tokio::test]
async fn the_account_of_a_sender_is_no_page_of_anybody_else() {
    on_both_as(without_limits, async |app| {
        let table = Table::read();
        let routes = table.elsewhere.keys().filter_map(|route| route.split_once(' '));
        let routes: Vec<(&str, &str)> = routes.filter(|(_, path)| path.starts_with("/account")).collect();
        assert!(routes.len() > 5, "accounts have more that a form can't ask than this");
        let mut wrong = Vec::new();
        for person in people(&app).await.into_iter().filter(|person| person.side != Side::Sender) {
            for route in &routes {
                let came = asks(&person.browser, &person.token, *route).await;
                if came != Came::SignIn {
                    wrong.push(format!("{route:?}, {} → {came:?}", person.name));
                }
            }
        }
        for stranger in people(&app.elsewhere()).await {
            let carried = stranger.browser.asking(&app);
            let token = carried.form_token().await;
            for route in &routes {
                let came = asks(&carried.copied(), &token, *route).await;
                if !matches!(came, Came::Nothing | Came::SignIn) {
                    wrong.push(format!("{route:?}, {} of there → {came:?}", stranger.name));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    })
    .await;
}

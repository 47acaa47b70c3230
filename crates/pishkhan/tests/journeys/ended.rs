//! Ended sessions: who was signed out or disabled does nothing more, not even with a form whose body was still on its way.

use std::convert::Infallible;

use axum::body::{Body, Bytes};
use futures_util::stream;
use pishkhan_office::accounts::staff;
use pishkhan_testkit::{Answer, Browser, Letter, TestApp, encoded, on_both, submission_of};

/// Posts a form whose body comes only after something else has happened.
async fn post_after(
    browser: &Browser,
    path: &str,
    body: String,
    happens: impl Future<Output = ()> + Send + 'static,
) -> Answer {
    let late = stream::once(async move {
        happens.await;
        Ok::<_, Infallible>(Bytes::from(body))
    });
    browser.post_body(path, "application/x-www-form-urlencoded", Body::from_stream(late)).await
}

fn is_shut_out(answer: &Answer) {
    assert!([303, 401, 404].contains(&answer.status.as_u16()), "{}\n{}", answer.status, answer.text());
}

async fn states(app: &TestApp) -> Vec<String> {
    app.texts("select state from letters").await
}

#[tokio::test]
async fn a_letter_is_not_submitted_by_who_signed_out_meanwhile() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let check = sender.writes(&Letter::default()).await;
        let path = submission_of(&check);
        let form = check.form(&path);
        let body = ["form_token", "version"].map(|name| (name, form.value(name).expect("the form has it")));
        let body = encoded(&body);
        let other_tab = sender.copied();
        let way_out = other_tab.get("/account").await.ok().form("/sign-out");
        let answer = post_after(&sender, &path, body, async move {
            way_out.send().await.is(303);
        });
        is_shut_out(&answer.await);
        is_shut_out(&form.send().await);
        assert_eq!(states(&app).await, ["draft"]);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_registered_by_who_was_disabled_meanwhile() {
    on_both(async |app| {
        let letter = app.sender("09121234567").signs_in().await.sends(&Letter::default()).await;
        let reviewer = app.reviewer().await;
        let form = reviewer.dialog(&letter, "registration").await;
        let body = ["form_token", "version"].map(|name| (name, form.value(name).expect("the form has it")));
        let (house, person) = (app.clone(), reviewer.account.id.clone());
        let path = format!("/desk/letters/{letter}/registration");
        let answer = post_after(&reviewer, &path, encoded(&body), async move {
            let mut tx = house.begin().await;
            staff::disable(&mut tx, &person).await.expect("they can be disabled");
            tx.commit().await.expect("it is kept");
        });
        is_shut_out(&answer.await);
        is_shut_out(&form.send().await);
        assert_eq!(states(&app).await, ["submitted"]);
        assert_eq!(app.count("select count(*) from entries").await, 0);
    })
    .await;
}

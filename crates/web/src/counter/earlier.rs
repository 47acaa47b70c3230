//! Earlier letters of a number that was idle for long: their sender proves one by its code, and has all of them back.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::senders::{self, Proof};

use crate::form::Posted;
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::who::Sender;

#[derive(Template)]
#[template(path = "counter/earlier.html")]
struct EarlierPage {
    page: Page,
    code: String,
    faults: Vec<Fault>,
}

pub async fn show(sender: Sender) -> Result<Response, Problem> {
    if !senders::has_earlier(&mut sender.read().await?, &sender.actor).await? {
        return Err(Problem::NotFound);
    }
    let page = EarlierPage { page: sender.page("letters"), code: String::new(), faults: Vec::new() };
    Ok(show_as(StatusCode::OK, &page))
}

pub async fn create(sender: Sender, Posted(fields): Posted) -> Result<Response, Problem> {
    let typed: String = fields.get("code").chars().take(100).collect();
    let page = sender.page("letters");
    let (secret, rules) = (&sender.app.secret, &sender.app.rules);
    let mut tx = sender.begin().await?;
    let (status, text) = match senders::prove_earlier(&mut tx, secret, rules, &sender.actor, &typed).await? {
        Proof::Right => {
            // They are older than this device, and were proved on it.
            senders::open_withheld(&mut tx, &sender.session).await?;
            tx.commit().await?;
            return Ok(links::letters().see_other());
        }
        Proof::Nothing => return Err(Problem::NotFound),
        Proof::Wrong => {
            // A wrong try counts.
            tx.commit().await?;
            (StatusCode::UNPROCESSABLE_ENTITY, page.t("earlier-wrong").to_owned())
        }
        Proof::Malformed if typed.trim().is_empty() => {
            (StatusCode::UNPROCESSABLE_ENTITY, page.t("earlier-empty").to_owned())
        }
        Proof::Malformed => (StatusCode::UNPROCESSABLE_ENTITY, page.t("earlier-malformed").to_owned()),
        Proof::TooMany { until } => {
            (StatusCode::TOO_MANY_REQUESTS, page.words.a("earlier-too-many", "time", page.again_when(&until)))
        }
    };
    let faults = vec![Fault { field: "earlier_code", text }];
    Ok(show_as(status, &EarlierPage { page, code: typed, faults }))
}

//! Letters of long ago on a device that came lately: how many are withheld, from when on they are not, and the code that opens them now.

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
#[template(path = "counter/withheld.html")]
struct WithheldPage {
    page: Page,
    /// How many letters are withheld.
    count: u64,
    /// From when on none is, in words.
    until: String,
    code: String,
    faults: Vec<Fault>,
}

pub async fn show(sender: Sender) -> Result<Response, Problem> {
    page(&sender, StatusCode::OK, String::new(), Vec::new()).await
}

/// Takes the code of one of them, and opens them all.
pub async fn create(sender: Sender, Posted(fields): Posted) -> Result<Response, Problem> {
    let typed: String = fields.get("code").chars().take(100).collect();
    let (secret, rules, words) = (&sender.app.secret, &sender.app.rules, sender.words);
    let mut tx = sender.begin().await?;
    let proof = senders::prove_withheld(&mut tx, secret, rules, &sender.actor, &sender.session, &typed).await?;
    match proof {
        // A wrong try counts.
        Proof::Right | Proof::Wrong => tx.commit().await?,
        Proof::Malformed | Proof::TooMany { .. } | Proof::Nothing => drop(tx),
    }
    let (status, text) = match proof {
        // Of nothing: they are open by now.
        Proof::Right | Proof::Nothing => return Ok(links::letters().see_other()),
        Proof::Wrong => (StatusCode::UNPROCESSABLE_ENTITY, words.t("withheld-wrong").to_owned()),
        Proof::Malformed => {
            let key = if typed.trim().is_empty() { "earlier-empty" } else { "earlier-malformed" };
            (StatusCode::UNPROCESSABLE_ENTITY, words.t(key).to_owned())
        }
        Proof::TooMany { until } => {
            let time = sender.page("letters").again_when(&until);
            (StatusCode::TOO_MANY_REQUESTS, words.a("withheld-too-many", "time", time))
        }
    };
    page(&sender, status, typed, vec![Fault { field: "withheld_code", text }]).await
}

async fn page(sender: &Sender, status: StatusCode, code: String, faults: Vec<Fault>) -> Result<Response, Problem> {
    let mut tx = sender.read().await?;
    let withheld = senders::withheld(&mut tx, &sender.app.rules, &sender.session).await?.ok_or(Problem::NotFound)?;
    let count = senders::count_withheld(&mut tx, &sender.actor.id, &withheld).await?;
    drop(tx);
    if count == 0 {
        return Err(Problem::NotFound);
    }
    let page = sender.page("letters");
    let until = page.again_when(&withheld.until);
    Ok(show_as(status, &WithheldPage { page, count, until, code, faults }))
}

//! The certificate of non-response, printed at the counter for a sender without a mobile: whoever has one takes it on their own.

use askama::Template;
use axum::response::Response;
use pishkhan_office::{StoreError, filings, letters, senders};

use super::asked::Named;
use super::within;
use crate::certified::Certified;
use crate::layout::{Page, show as show_page};
use crate::links::{self, Link};
use crate::problem::Problem;
use crate::who::Reviewer;

#[derive(Template)]
#[template(path = "desk/certificate.html")]
struct CertificatePage {
    page: Page,
    /// The letter's page.
    back: Link,
    certified: Certified,
}

/// There is none for what was done in time, as for whoever takes it on their own.
pub async fn show(reviewer: Reviewer, Named(id): Named) -> Result<Response, Problem> {
    let mut tx = reviewer.read().await?;
    let letter = letters::find_for_desk(&mut tx, &reviewer.actor, &id).await?.ok_or(Problem::NotFound)?;
    let sender = senders::find(&mut tx, &letter.sender).await?.ok_or(StoreError::Unreadable("sender"))?;
    let page = reviewer.page("filing");
    if !filings::could_be_said(&letter, &sender, page.now) {
        return Err(Problem::NotFound);
    }
    let certified = Certified::of(&mut tx, &page, letter, &sender).await?.ok_or(Problem::NotFound)?;
    let back = within::keeping(&page, &reviewer.actor, links::desk_letter(&id));
    Ok(show_page(&CertificatePage { page, back, certified }))
}

//! The certificate of non-response, as the sender takes it.

use askama::Template;
use axum::response::Response;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters;

use super::asked::Named;
use super::letter;
use crate::certified::Certified;
use crate::layout::{Page, show as show_page};
use crate::problem::Problem;
use crate::who::Sender;

#[derive(Template)]
#[template(path = "counter/certificate.html")]
struct CertificatePage {
    page: Page,
    certified: Certified,
    base_url: String,
}

/// There is none while there is time left, and none for what was done in time.
pub async fn show(sender: Sender, Named(named): Named) -> Result<Response, Problem> {
    let id = LetterId::parse(&named).ok_or(Problem::NotFound)?;
    letter::see(&sender, &id).await?;
    let mut tx = sender.read().await?;
    let letter = letters::find_own(&mut tx, &sender.actor.id, &id).await?.ok_or(Problem::NotFound)?;
    let page = sender.page("letters");
    let certified = Certified::of(&mut tx, &page, letter, &sender.actor).await?.ok_or(Problem::NotFound)?;
    let base_url = sender.organisation.base_url.clone();
    Ok(show_page(&CertificatePage { page, certified, base_url }))
}

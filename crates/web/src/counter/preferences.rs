//! Language and theme, kept by the browser, so that they work without script and before anybody signs in.

use axum::response::Response;
use pishkhan_office::persian::Language;
use pishkhan_office::senders;

use crate::cookies::{self, Keep};
use crate::form::Posted;
use crate::links;
use crate::problem::Problem;
use crate::visit::Visit;
use crate::who;

/// A year.
const LONG: Keep = Keep::Seconds(365 * 24 * 60 * 60);

pub async fn create(visit: Visit, Posted(fields): Posted) -> Result<Response, Problem> {
    let mut response = links::local(fields.get("back")).see_other();
    if let Some(language) = Language::parse(fields.get("language")) {
        cookies::set(&mut response, cookies::LANGUAGE, language.code(), LONG, visit.is_secure());
        // Messages come in the language of the pages.
        if let Some((_, sender)) = who::sender(&visit).await? {
            let mut tx = visit.begin().await?;
            senders::speak(&mut tx, &sender.id, language).await?;
            tx.commit().await?;
        }
    }
    if let theme @ ("light" | "dark") = fields.get("theme") {
        cookies::set(&mut response, cookies::THEME, theme, LONG, visit.is_secure());
    }
    Ok(response)
}

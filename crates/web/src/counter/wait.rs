//! The way without any test: a wait of a minute, of which each address has a few an hour.

use axum::response::Response;
use pishkhan_office::accounts::challenge::{Waiting, begin_wait};

use crate::form::Posted;
use crate::links;
use crate::problem::Problem;
use crate::visit::Visit;

/// Begins a wait; the page it leads to refreshes itself when it is over.
pub async fn create(visit: Visit, Posted(fields): Posted) -> Result<Response, Problem> {
    let mut tx = visit.begin().await?;
    let waiting = begin_wait(&mut tx, &visit.app.secret, &visit.app.rules, &visit.visitor).await?;
    match waiting {
        Waiting::TooMany { until } => Err(Problem::TooMany { until }),
        Waiting::Begun { token, .. } => {
            tx.commit().await?;
            let link = match fields.get("for") {
                "tracking" => links::tracking_after_wait(&token),
                "number" => links::account_number_after_wait(&token),
                _ => links::start_after_wait(&token),
            };
            Ok(link.see_other())
        }
    }
}

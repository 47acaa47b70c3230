//! Tracking by code: status, number and dates for anybody who has the code; nothing private.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::accounts::limits::{self, Over, Taken};
use pishkhan_office::letters::{self, Letter};
use pishkhan_office::persian::TrackingCode;
use std::time::Duration;

use super::Status;
use super::asked::Asked;
use super::challenge::{self, Offer, Way};
use crate::form::Posted;
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::visit::Visit;
use crate::who;

#[derive(Template)]
#[template(path = "counter/tracking.html")]
struct TrackingPage {
    page: Page,
    /// None for signed-in senders, who passed one when they came in.
    offer: Option<Offer>,
    code: String,
    faults: Vec<Fault>,
    found: Option<Found>,
}

impl TrackingPage {
    /// Whether the form can be sent now.
    fn is_ready(&self) -> bool {
        self.offer.as_ref().is_none_or(Offer::is_ready)
    }
}

/// The code as the QR of a stamp brings it along.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub struct Scanned {
    code: String,
}

/// What the code tells.
struct Found {
    letter: Letter,
    status: Status,
}

pub async fn start(
    visit: Visit,
    Asked(way): Asked<Way>,
    Asked(Scanned { code }): Asked<Scanned>,
) -> Result<Response, Problem> {
    let sender = who::sender(&visit).await?;
    let mut page = visit.page("tracking");
    page.sender_name = sender.as_ref().map(|(_, sender)| sender.name.clone());
    let offer = sender.is_none().then(|| Offer::of(&visit, &way));
    let code = TrackingCode::parse(&code).map(|code| page.digits(code.grouped())).unwrap_or_default();
    Ok(show_as(StatusCode::OK, &TrackingPage { page, offer, code, faults: Vec::new(), found: None }))
}

/// Looks a code up. A sender's own letter opens; anybody else's shows what anybody may know.
pub async fn create(visit: Visit, Posted(fields): Posted) -> Result<Response, Problem> {
    let sender = who::sender(&visit).await?;
    let mut page = visit.page("tracking");
    page.sender_name = sender.as_ref().map(|(_, sender)| sender.name.clone());
    let is_visitor = sender.is_none();
    let typed: String = fields.get("code").chars().take(100).collect();
    let again = |status, fault: Fault, way: Way| {
        let offer = is_visitor.then(|| Offer::of(&visit, &way));
        Ok(show_as(
            status,
            &TrackingPage { page: page.clone(), offer, code: typed.clone(), faults: vec![fault], found: None },
        ))
    };
    let fault = |text: String| Fault { field: "code", text };
    let Ok(code) = TrackingCode::parse(&typed) else {
        let key = if typed.trim().is_empty() { "tracking-empty" } else { "tracking-malformed" };
        return again(StatusCode::UNPROCESSABLE_ENTITY, fault(visit.words.t(key).to_owned()), challenge::kept(&fields));
    };
    if let Some((_, sender)) = &sender
        && let Some(own) = letters::tracked(&mut visit.read().await?, &sender.id, &code).await?
    {
        return Ok(links::letter(&own).see_other());
    }
    if is_visitor && let Err((fault, way)) = challenge::check(&visit, &fields).await? {
        return again(StatusCode::UNPROCESSABLE_ENTITY, fault, way);
    }
    if let Some(until) = take_lookup(&visit).await? {
        let text = visit.words.a("tracking-too-many", "time", page.again_at(&until));
        return again(StatusCode::TOO_MANY_REQUESTS, fault(text), Way::default());
    }
    match letters::public_trail(&mut visit.read().await?, &code).await? {
        None => again(StatusCode::NOT_FOUND, fault(visit.words.t("tracking-not-found").to_owned()), Way::default()),
        Some(trail) => {
            let status = Status::of(&trail.letter.state);
            let found = Some(Found { letter: trail.letter, status });
            let offer = None;
            Ok(show_as(StatusCode::OK, &TrackingPage { page, offer, code: typed, faults: Vec::new(), found }))
        }
    }
}

/// Counts a look-up; the moment until when there are no more of them.
async fn take_lookup(visit: &Visit) -> Result<Option<pishkhan_office::Moment>, Problem> {
    let mut tx = visit.begin().await?;
    let subject = limits::address(&visit.app.secret, "tracking", &visit.visitor);
    let ceiling = visit.app.rules.limits.tracking_per_address_per_minute;
    let taken = limits::take(&mut tx, Over::House, &subject, ceiling, Duration::from_mins(1)).await?;
    tx.commit().await?;
    Ok(match taken {
        Taken::Within => None,
        Taken::Over { until } => Some(until),
    })
}

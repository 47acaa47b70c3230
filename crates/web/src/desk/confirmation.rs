//! The second factor once more, before letters leave the desk in a file; then the file is offered.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::accounts::staff_sign_in::{self, Confirmed};
use serde::Deserialize;

use super::sign_in;
use crate::counter::asked::Asked;
use crate::form::Posted;
use crate::layout::{Fault, Page, show_as};
use crate::links::{self, Link};
use crate::problem::Problem;
use crate::who::Staff;

#[derive(Template)]
#[template(path = "desk/confirmation.html")]
struct ConfirmationPage {
    page: Page,
    /// The file's address as it was asked for.
    next: String,
    file: Link,
    /// The page that offers it.
    back: Link,
    is_confirmed: bool,
    faults: Vec<Fault>,
    problem: Option<String>,
}

/// For which file.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Next {
    next: String,
}

pub async fn show(staff: Staff, Asked(asked): Asked<Next>) -> Result<Response, Problem> {
    form(&staff, &asked.next, StatusCode::OK, Vec::new(), None)
}

pub async fn create(staff: Staff, Posted(fields): Posted) -> Result<Response, Problem> {
    let (next, code) = (fields.get("next"), fields.get("code").trim());
    if links::desk_file(next).is_none() {
        return Err(Problem::NotFound);
    }
    if code.is_empty() {
        return wrong(&staff, next, "desk-second-factor-empty");
    }
    let (secret, rules, visitor) = (&staff.app.secret, &staff.app.rules, &staff.visitor);
    let mut tx = staff.begin().await?;
    let confirmed = staff_sign_in::confirm(&mut tx, secret, rules, visitor, &staff.session, code).await?;
    // A wrong try counts.
    tx.commit().await?;
    match confirmed {
        Confirmed::Right => Ok(links::desk_confirmation_of(next).see_other()),
        Confirmed::Wrong => wrong(&staff, next, "desk-confirmation-wrong"),
        Confirmed::TooMany { until } => {
            let text = staff.words.a("desk-sign-in-too-many", "time", staff.page("").again_at(&until));
            let mut response = form(&staff, next, StatusCode::TOO_MANY_REQUESTS, Vec::new(), Some(text))?;
            sign_in::retry_after(&mut response, until, staff.now);
            Ok(response)
        }
    }
}

fn wrong(staff: &Staff, next: &str, key: &'static str) -> Result<Response, Problem> {
    let faults = vec![Fault { field: "code", text: staff.words.t(key).to_owned() }];
    form(staff, next, StatusCode::UNPROCESSABLE_ENTITY, faults, None)
}

fn form(
    staff: &Staff,
    next: &str,
    status: StatusCode,
    faults: Vec<Fault>,
    problem: Option<String>,
) -> Result<Response, Problem> {
    let (file, back) = links::desk_file(next).ok_or(Problem::NotFound)?;
    // What was typed stands at an address that doesn't say for which file.
    let page = Page { here: links::desk_confirmation_of(next).to_string(), ..staff.page("") };
    let is_confirmed = staff.session.is_confirmed(&staff.app.rules.sessions, staff.now);
    let next = next.to_owned();
    Ok(show_as(status, &ConfirmationPage { page, next, file, back, is_confirmed, faults, problem }))
}

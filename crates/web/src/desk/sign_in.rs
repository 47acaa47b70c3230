//! The way in for staff, first half: e-mail address and password. The answer is the same for addresses we know and don't know.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use pishkhan_office::Moment;
use pishkhan_office::accounts::staff_sign_in::{self, Attempt, Entered};

use crate::cookies::{self, Keep};
use crate::form::Posted;
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::visit::Visit;
use crate::who;

/// How long a browser keeps the way to the second half; the server lets it go at the same time.
const SECOND_FACTOR_SECONDS: u64 = 10 * 60;

#[derive(Template)]
#[template(path = "desk/sign_in.html")]
struct SignInPage {
    page: Page,
    email: String,
    faults: Vec<Fault>,
    /// What is wrong with neither field.
    problem: Option<String>,
}

pub async fn show(visit: Visit) -> Result<Response, Problem> {
    if who::staff(&visit).await?.is_some() {
        return Ok(links::desk().see_other());
    }
    Ok(form(&visit, StatusCode::OK, "", Vec::new(), None))
}

pub async fn create(visit: Visit, Posted(fields): Posted) -> Result<Response, Problem> {
    let (email, password) = (fields.get("email").trim(), fields.get("password"));
    let missing = [("email", email, "desk-sign-in-no-email"), ("password", password, "desk-sign-in-no-password")];
    let faults: Vec<Fault> = missing
        .into_iter()
        .filter(|(_, typed, _)| typed.is_empty())
        .map(|(field, _, key)| Fault { field, text: visit.words.t(key).to_owned() })
        .collect();
    if !faults.is_empty() {
        return Ok(form(&visit, StatusCode::UNPROCESSABLE_ENTITY, email, faults, None));
    }
    let attempt = Attempt { email, password, visitor: &visit.visitor };
    let app = &visit.app;
    let entered =
        staff_sign_in::password(&app.db, &visit.organisation.id, visit.now, &app.secret, &app.rules, attempt).await?;
    Ok(match entered {
        Entered::SecondFactor(token) => {
            let mut response = links::desk_second_factor().see_other();
            let keep = Keep::Seconds(SECOND_FACTOR_SECONDS);
            cookies::set(&mut response, cookies::SECOND_FACTOR, token.as_str(), keep, visit.is_secure());
            response
        }
        Entered::Wrong => {
            let problem = visit.words.t("desk-sign-in-wrong").to_owned();
            form(&visit, StatusCode::UNPROCESSABLE_ENTITY, email, Vec::new(), Some(problem))
        }
        Entered::TooMany { until } => too_many(&visit, until, |problem| {
            form(&visit, StatusCode::TOO_MANY_REQUESTS, email, Vec::new(), Some(problem))
        }),
    })
}

/// The form for those who took too long over their second factor.
pub(super) fn again(visit: &Visit) -> Response {
    let problem = visit.words.t("desk-second-factor-expired").to_owned();
    let mut response = form(visit, StatusCode::UNPROCESSABLE_ENTITY, "", Vec::new(), Some(problem));
    cookies::set(&mut response, cookies::SECOND_FACTOR, "", Keep::Forget, visit.is_secure());
    response
}

/// A form that says when it may be tried again, to people and to machines.
pub(super) fn too_many(visit: &Visit, until: Moment, form: impl FnOnce(String) -> Response) -> Response {
    let clock = visit.page("").again_at(&until);
    let mut response = form(visit.words.a("desk-sign-in-too-many", "time", clock));
    retry_after(&mut response, until, visit.now);
    response
}

/// Says to machines when it may be tried again.
pub(super) fn retry_after(response: &mut Response, until: Moment, now: Moment) {
    let seconds = until.seconds_since(now).max(1);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
}

fn form(visit: &Visit, status: StatusCode, email: &str, faults: Vec<Fault>, problem: Option<String>) -> Response {
    show_as(
        status,
        &SignInPage { page: visit.page("sign-in"), email: email.chars().take(254).collect(), faults, problem },
    )
}

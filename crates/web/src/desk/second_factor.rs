//! The way in for staff, second half: the code of an app, or a recovery code. Who gets through has a session of its own id.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::Tx;
use pishkhan_office::accounts::sessions::{self, Holder, Lives};
use pishkhan_office::accounts::staff_sign_in::{self, Coded};
use pishkhan_office::accounts::{SecondFactorToken, SessionToken};
use pishkhan_office::ids::StaffId;

use super::sign_in;
use crate::cookies::{self, Keep};
use crate::form::Posted;
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "desk/second_factor.html")]
struct SecondFactorPage {
    page: Page,
    faults: Vec<Fault>,
    problem: Option<String>,
}

pub async fn show(visit: Visit) -> Response {
    match token(&visit) {
        Some(_) => form(&visit, StatusCode::OK, Vec::new(), None),
        None => links::desk_sign_in().see_other(),
    }
}

pub async fn create(visit: Visit, Posted(fields): Posted) -> Result<Response, Problem> {
    let Some(token) = token(&visit) else { return Ok(sign_in::again(&visit)) };
    let code = fields.get("code").trim();
    if code.is_empty() {
        return Ok(wrong(&visit, visit.words.t("desk-second-factor-empty").to_owned()));
    }
    let mut tx = visit.begin().await?;
    let (secret, rules) = (&visit.app.secret, &visit.app.rules);
    let coded = staff_sign_in::code(&mut tx, secret, rules, &visit.visitor, &token, code).await?;
    let response = match coded {
        Coded::Right(staff) => enter(&mut tx, &visit, staff).await?,
        Coded::Wrong { tries_left } => wrong(&visit, visit.words.n("desk-second-factor-wrong", tries_left)),
        Coded::Expired => sign_in::again(&visit),
        Coded::TooMany { until } => sign_in::too_many(&visit, until, |problem| {
            form(&visit, StatusCode::TOO_MANY_REQUESTS, Vec::new(), Some(problem))
        }),
    };
    tx.commit().await?;
    Ok(response)
}

/// Begins the session; one that this browser had before ends, and so do the forms that were made for it.
async fn enter(tx: &mut Tx, visit: &Visit, staff: StaffId) -> Result<Response, Problem> {
    if let Some(before) = visit.cookie(cookies::DESK).and_then(SessionToken::parse) {
        sessions::end(tx, &before).await?;
    }
    let lives = Lives::staff(&visit.app.rules.sessions);
    let session = sessions::begin(tx, &Holder::Staff(staff), &visit.visitor, visit.device(), lives).await?;
    let mut response = links::desk().see_other();
    let is_secure = visit.is_secure();
    cookies::set(&mut response, cookies::DESK, session.as_str(), Keep::Session, is_secure);
    cookies::set(&mut response, cookies::SECOND_FACTOR, "", Keep::Forget, is_secure);
    Ok(response)
}

fn token(visit: &Visit) -> Option<SecondFactorToken> {
    visit.cookie(cookies::SECOND_FACTOR).and_then(SecondFactorToken::parse)
}

fn wrong(visit: &Visit, text: String) -> Response {
    form(visit, StatusCode::UNPROCESSABLE_ENTITY, vec![Fault { field: "code", text }], None)
}

fn form(visit: &Visit, status: StatusCode, faults: Vec<Fault>, problem: Option<String>) -> Response {
    show_as(status, &SecondFactorPage { page: visit.page("sign-in"), faults, problem })
}

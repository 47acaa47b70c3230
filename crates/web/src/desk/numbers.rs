//! Numbers that are somebody else's now: an administrator closes their epoch. For administrators.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::letters::said;
use pishkhan_office::persian::Mobile;
use pishkhan_office::senders::{self, CloseEpochError};

use super::remark::said_fault;
use crate::counter::asked::Asked;
use crate::form::Posted;
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::who::Administrator;

#[derive(Template)]
#[template(path = "desk/numbers.html")]
struct NumbersPage {
    page: Page,
    mobile: String,
    text: String,
    faults: Vec<Fault>,
    is_closed: bool,
}

/// What was done before.
#[derive(Default, serde::Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

pub async fn show(administrator: Administrator, Asked(done): Asked<Done>) -> Response {
    let page = administrator.page("numbers");
    let is_closed = done.done == "closed";
    let (mobile, text, faults) = (String::new(), String::new(), Vec::new());
    show_as(StatusCode::OK, &NumbersPage { page, mobile, text, faults, is_closed })
}

/// The account of the number sleeps from now on.
pub async fn create(administrator: Administrator, Posted(fields): Posted) -> Result<Response, Problem> {
    let page = administrator.page("numbers");
    let mobile: String = fields.get("mobile").chars().take(100).collect();
    let text = fields.get("text");
    let of_mobile = |key| Fault { field: "mobile", text: page.t(key).to_owned() };
    let mut faults = Vec::new();
    match Mobile::parse(&mobile) {
        Err(_) => {
            faults.push(of_mobile("sign-in-mobile-malformed"));
            // All that is wrong is said at once.
            faults.extend(said(text).err().map(|error| said_fault(&page, "text", error)));
        }
        Ok(number) => {
            let mut tx = administrator.begin().await?;
            match senders::close_epoch(&mut tx, &administrator.actor, &number, text).await {
                Ok(()) => {
                    tx.commit().await?;
                    return Ok(links::desk_numbers_closed().see_other());
                }
                Err(CloseEpochError::NoAccount) => faults.push(of_mobile("numbers-no-account")),
                Err(CloseEpochError::Said(error)) => faults.push(said_fault(&page, "text", error)),
                Err(CloseEpochError::Store(error)) => return Err(error.into()),
            }
        }
    }
    let text = text.to_owned();
    let view = NumbersPage { page, mobile, text, faults, is_closed: false };
    Ok(show_as(StatusCode::UNPROCESSABLE_ENTITY, &view))
}

impl NumbersPage {
    fn fault(&self, field: &str) -> Option<&Fault> {
        self.faults.iter().find(|fault| fault.field == field)
    }
}

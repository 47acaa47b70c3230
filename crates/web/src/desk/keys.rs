//! The keys of the desk: what each does, and whether this person wants them (WCAG 2.1.4).

use askama::Template;
use axum::response::Response;
use pishkhan_office::accounts::staff::{self, StaffError};

use crate::form::Posted;
use crate::layout::{Page, show as show_page};
use crate::links;
use crate::problem::Problem;
use crate::who::Staff;

#[derive(Template)]
#[template(path = "desk/keys.html")]
struct KeysPage {
    page: Page,
}

pub async fn show(staff: Staff) -> Response {
    show_page(&KeysPage { page: staff.page("keys") })
}

pub async fn change(staff: Staff, Posted(fields): Posted) -> Result<Response, Problem> {
    let mut tx = staff.begin().await?;
    let changed = match fields.get("keys") {
        "on" => staff::switch_keys_on(&mut tx, &staff.actor.id).await,
        "off" => staff::switch_keys_off(&mut tx, &staff.actor.id).await,
        _ => return Err(Problem::BadRequest),
    };
    changed.map_err(|error| match error {
        StaffError::Store(error) => Problem::from(error),
        _ => Problem::NotFound,
    })?;
    tx.commit().await?;
    Ok(links::desk_keys().see_other())
}

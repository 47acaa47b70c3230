//! The sender's whole mobile number, shown on request and recorded.

use axum::response::Response;
use pishkhan_office::letters;

use super::asked::Named;
use super::letter;
use super::panes::Panes;
use super::within;
use crate::form::Posted;
use crate::layout::Page;
use crate::links;
use crate::problem::Problem;
use crate::who::Staff;

pub async fn create(staff: Staff, Named(id): Named, Posted(_): Posted) -> Result<Response, Problem> {
    let mut tx = staff.begin().await?;
    let mobile = letters::show_mobile(&mut tx, &staff.actor, &id).await?.ok_or(Problem::NotFound)?;
    tx.commit().await?;
    // Its address has no page of its own.
    let page = staff.page("tray");
    let here = within::keeping(&page, &staff.actor, links::desk_letter(&id)).to_string();
    let page = Page { here, ..page };
    let mut tx = staff.read().await?;
    let panes = Panes::find(&mut tx, &page, &staff.actor, &id).await?;
    let panes = Panes { mobile: page.digits(mobile.grouped()), has_whole_mobile: true, ..panes };
    Ok(letter::shown(page, panes))
}

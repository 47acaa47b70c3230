//! Keeping a view of the tray under a name, and letting it go.

use axum::extract::Path;
use axum::response::Response;
use pishkhan_office::ids::ViewId;
use pishkhan_office::views::{self, ViewError};

use super::{sieve, tray, trays};
use crate::form::Posted;
use crate::layout::Fault;
use crate::links;
use crate::problem::Problem;
use crate::who::Staff;

pub async fn create(staff: Staff, Posted(fields): Posted) -> Result<Response, Problem> {
    let asked = sieve::of_query(fields.get("query"));
    let page = staff.page("tray");
    let Some(tray) = tray::tray_for(&staff.actor, &asked.show) else { return Err(Problem::NotFound) };
    let sieved = sieve::read(&page, tray, &asked);
    let mut tx = staff.begin().await?;
    let key = match views::keep(&mut tx, &staff.actor, fields.get("name"), &sieved.query).await {
        Ok(()) if sieved.faults.is_empty() => {
            tx.commit().await?;
            return Ok(links::desk_query(&sieved.query).see_other());
        }
        // A view that can't be read would show everything under its name.
        Ok(()) => "tray-view-unread",
        Err(ViewError::NoName) => "tray-view-no-name",
        Err(ViewError::LongName) => "tray-view-long-name",
        Err(ViewError::TooMany) => "tray-view-too-many",
        Err(ViewError::Store(error)) => return Err(error.into()),
    };
    drop(tx);
    let fault = Fault { field: "view-name", text: page.t(key).to_owned() };
    tray::page(&staff, &asked, vec![fault], fields.get("name")).await
}

pub async fn remove(staff: Staff, Path(view): Path<String>, Posted(_): Posted) -> Result<Response, Problem> {
    let id = ViewId::parse(&view).ok_or(Problem::NotFound)?;
    let mut tx = staff.begin().await?;
    views::remove(&mut tx, &staff.actor, &id).await?;
    tx.commit().await?;
    let first = trays::of(&staff.actor).first().map_or("", |tray| trays::name(*tray));
    Ok(links::desk_tray(first, None).see_other())
}

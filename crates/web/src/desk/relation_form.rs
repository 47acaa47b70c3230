//! The dialog that relates a letter to another one by its number or tracking code.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::ids::LetterId;
use pishkhan_office::relations::{self, Kind, NumberError};

use super::panes::Panes;
use super::{beside, within};
use crate::form::Fields;
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::who::Staff;

#[derive(Template)]
#[template(path = "desk/relation.html")]
struct RelationPage {
    page: Page,
    panes: Panes,
    chosen: Kind,
    number: String,
    faults: Vec<Fault>,
}

/// What the form brought.
pub(super) struct Typed {
    pub kind: Kind,
    pub number: String,
}

impl Typed {
    /// The form before anybody typed.
    pub fn nothing() -> Typed {
        Typed { kind: Kind::Follows, number: String::new() }
    }

    /// None: no form of ours.
    pub fn of(fields: &Fields) -> Option<Typed> {
        Some(Typed { kind: Kind::parse(fields.get("kind"))?, number: fields.get("number").to_owned() })
    }
}

/// Relates the letter to the one of the typed number, or says why not.
pub(super) async fn create(staff: &Staff, id: &LetterId, typed: Typed) -> Result<Response, Problem> {
    let mut tx = staff.begin().await?;
    let fault = match relations::relate_by_number(&mut tx, &staff.actor, id, &typed.number, typed.kind).await {
        Ok(()) => {
            tx.commit().await?;
            return Ok(within::keeping(&staff.page("tray"), &staff.actor, links::desk_letter(id)).see_other());
        }
        Err(NumberError::NotOnDesk) => return Err(Problem::NotFound),
        Err(NumberError::Store(error)) => return Err(error.into()),
        Err(NumberError::Nothing) => "relation-no-number",
        Err(NumberError::NotFound) => "relation-not-found",
        Err(NumberError::Several) => "relation-several",
        Err(NumberError::Itself) => "relation-itself",
        Err(NumberError::Already) => "relation-already",
    };
    drop(tx);
    dialog(staff, id, typed, Some(fault)).await
}

pub(super) async fn dialog(
    staff: &Staff,
    id: &LetterId,
    typed: Typed,
    fault: Option<&'static str>,
) -> Result<Response, Problem> {
    let page = staff.page("tray");
    let panes = Panes::find(&mut staff.read().await?, &page, &staff.actor, id).await?;
    if !panes.beside.can_relate {
        return Err(Problem::NotFound);
    }
    let faults: Vec<Fault> =
        fault.map(|key| Fault { field: "number", text: page.t(key).to_owned() }).into_iter().collect();
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let panes = Panes { is_covered: true, ..panes };
    Ok(show_as(status, &RelationPage { page, panes, chosen: typed.kind, number: typed.number, faults }))
}

impl RelationPage {
    fn kinds(&self) -> Vec<(&'static str, &'static str, bool)> {
        let kind = |kind: Kind| (kind.as_str(), self.page.t(beside::word_of_kind(kind)), kind == self.chosen);
        Kind::ALL.into_iter().map(kind).collect()
    }
}

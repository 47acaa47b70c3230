//! How two letters stand to each other: seen side by side, said, and taken back.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use pishkhan_office::files::{self, Part};
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, Letter};
use pishkhan_office::relations::{self, Kind, RelateError};
use pishkhan_office::{StoreError, Tx};

use super::asked::Named;
use super::paper::Paper;
use super::relation_form::{self, Typed};
use super::status::{self, Status};
use super::{beside, within};
use crate::form::{Fields, Posted};
use crate::layout::{Page, show as show_page};
use crate::links::{self, Link};
use crate::problem::Problem;
use crate::who::Staff;

#[derive(Template)]
#[template(path = "desk/comparison.html")]
struct ComparisonPage {
    page: Page,
    /// The letter one came from, and the one that looks like it.
    sides: [Side; 2],
    can_relate: bool,
}

/// One of two letters side by side.
struct Side {
    letter: Letter,
    url: Link,
    status: Status,
    submitted: String,
    files: Vec<Paper>,
}

/// Both letters side by side.
pub async fn show(staff: Staff, Path((here, there)): Path<(String, String)>) -> Result<Response, Problem> {
    let (here, there) = (LetterId::parse(&here), LetterId::parse(&there));
    let (Some(here), Some(there)) = (here, there) else { return Err(Problem::NotFound) };
    let page = staff.page("tray");
    let mut tx = staff.read().await?;
    let sides = [side(&mut tx, &page, &staff, &here).await?, side(&mut tx, &page, &staff, &there).await?];
    let can_relate = relations::could_relate(&staff.actor);
    Ok(show_page(&ComparisonPage { page, sides, can_relate }))
}

/// The dialog that asks for the other letter's number.
pub async fn form(staff: Staff, Named(id): Named) -> Result<Response, Problem> {
    relation_form::dialog(&staff, &id, Typed::nothing(), None).await
}

pub async fn create(staff: Staff, Named(id): Named, Posted(fields): Posted) -> Result<Response, Problem> {
    if fields.has("number") {
        sees(&mut staff.read().await?, &staff, &id).await?;
        let typed = Typed::of(&fields).ok_or(Problem::BadRequest)?;
        return relation_form::create(&staff, &id, typed).await;
    }
    let mut tx = staff.begin().await?;
    let (other, kind) = named(&mut tx, &staff, &id, &fields).await?;
    relations::relate(&mut tx, &staff.actor, &id, &other, kind).await.map_err(of_relate)?;
    tx.commit().await?;
    Ok(within::keeping(&staff.page("tray"), &staff.actor, links::desk_letter(&id)).see_other())
}

pub async fn remove(staff: Staff, Named(id): Named, Posted(fields): Posted) -> Result<Response, Problem> {
    let mut tx = staff.begin().await?;
    let (other, kind) = named(&mut tx, &staff, &id, &fields).await?;
    relations::unrelate(&mut tx, &staff.actor, &id, &other, kind).await.map_err(of_relate)?;
    tx.commit().await?;
    Ok(within::keeping(&staff.page("tray"), &staff.actor, links::desk_letter(&id)).see_other())
}

/// What the form names. A letter that this person may not see doesn't exist, however bad the form is.
async fn named(tx: &mut Tx, staff: &Staff, id: &LetterId, fields: &Fields) -> Result<(LetterId, Kind), Problem> {
    sees(tx, staff, id).await?;
    let other = LetterId::parse(fields.get("other")).ok_or(Problem::BadRequest)?;
    Ok((other, Kind::parse(fields.get("kind")).ok_or(Problem::BadRequest)?))
}

async fn sees(tx: &mut Tx, staff: &Staff, id: &LetterId) -> Result<(), Problem> {
    let letter = letters::find_for_desk(tx, &staff.actor, id).await?;
    if letter.is_some() && relations::could_relate(&staff.actor) { Ok(()) } else { Err(Problem::NotFound) }
}

fn of_relate(error: RelateError) -> Problem {
    match error {
        RelateError::NotOnDesk => Problem::NotFound,
        RelateError::Itself => Problem::BadRequest,
        RelateError::Store(error) => error.into(),
    }
}

async fn side(tx: &mut Tx, page: &Page, staff: &Staff, id: &LetterId) -> Result<Side, Problem> {
    let letter = letters::find_for_desk(tx, &staff.actor, id).await?.ok_or(Problem::NotFound)?;
    let submission = letter.state.submission().ok_or(StoreError::Unreadable("submission"))?;
    let files = files::of_letter(tx, id).await?;
    Ok(Side {
        url: links::desk_letter(id),
        status: status::status(page, &letter.state),
        submitted: page.when(&submission.at),
        files: files.iter().filter(|file| file.part == Part::Letter).map(|file| Paper::of(page, file)).collect(),
        letter,
    })
}

impl ComparisonPage {
    fn kinds(&self) -> Vec<(&'static str, &'static str)> {
        Kind::ALL.into_iter().map(|kind| (kind.as_str(), self.page.t(beside::word_of_kind(kind)))).collect()
    }
}

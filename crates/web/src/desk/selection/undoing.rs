//! Taking back what was decided about several letters: each by itself, as if its own button had been pressed. What stays is told with its reason.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, UndoError, Version};

use super::done::Done;
use super::selected::{Failed, selected};
use crate::desk::within::Wanted;
use crate::form::Posted;
use crate::layout::{Page, show_as};
use crate::links::Link;
use crate::problem::Problem;
use crate::who::Staff;

#[derive(Template)]
#[template(path = "desk/selection_undoing.html")]
struct UndoingPage {
    page: Page,
    /// Those that were taken back.
    done: Option<Done>,
    /// Those that stay, and why.
    failed: Vec<Failed>,
    tray: Link,
}

pub async fn create(staff: Staff, Posted(fields): Posted) -> Result<Response, Problem> {
    let frame = staff.page("tray");
    let chosen = selected(&fields);
    if chosen.is_empty() {
        return Err(Problem::BadRequest);
    }
    let (mut undone, mut stayed) = (Vec::new(), Vec::new());
    for (id, seen) in chosen {
        match undo(&staff, &frame, &id, seen).await? {
            Undone::Done => undone.push(id),
            Undone::Stays(why) => stayed.push((id, why)),
        }
    }
    let wanted = Wanted::carried_or_first(&frame, &staff.actor);
    if stayed.is_empty() {
        return Ok(wanted.link().telling_all(&undone).see_other());
    }
    let mut tx = staff.read().await?;
    let done = Done::of(&mut tx, &frame, &staff.actor, &staff.app.rules, &wanted, &undone).await?;
    let mut failed = Vec::new();
    for (id, why) in stayed {
        failed.push(Failed::of(&mut tx, &staff.actor, &id, why).await?);
    }
    let status = if undone.is_empty() { StatusCode::CONFLICT } else { StatusCode::OK };
    Ok(show_as(status, &UndoingPage { page: frame, done, failed, tray: wanted.link() }))
}

/// What became of one letter.
enum Undone {
    Done,
    Stays(String),
}

/// Takes the decision about one letter back.
async fn undo(staff: &Staff, frame: &Page, id: &LetterId, seen: Version) -> Result<Undone, Problem> {
    let rules = &staff.app.rules;
    let seconds = rules.letters.undo.as_secs();
    let mut tx = staff.begin().await?;
    let why = match letters::undo(&mut tx, rules, &staff.actor, id, seen).await {
        Ok(_) => {
            tx.commit().await?;
            return Ok(Undone::Done);
        }
        Err(UndoError::NotOnDesk | UndoError::Stale(_) | UndoError::NotDecided(_)) => {
            frame.t("undoing-moved-on").to_owned()
        }
        Err(UndoError::NotYours) => frame.words.n("undoing-not-yours", seconds),
        Err(UndoError::TooLate) => frame.words.n("undoing-too-late", seconds),
        Err(UndoError::Seen) => frame.t("undoing-seen").to_owned(),
        Err(UndoError::Store(error)) => return Err(error.into()),
    };
    Ok(Undone::Stays(why))
}

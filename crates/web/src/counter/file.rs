//! Downloading: to the letter's own sender or a desk that may see it, always as an attachment, never shown in our name.
//!
//! What waits for the scanner, or did not pass it, nobody gets. What holds something active, only its own sender gets at once:
//! anybody else reads a warning first and then asks for it by a button.

use askama::Template;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use pishkhan_office::files::shelf::ShelfError;
use pishkhan_office::files::{self, File, Flag, Part, Scan};
use pishkhan_office::ids::FileId;
use pishkhan_office::senders;

use super::asked::Named;
use crate::attachment;
use crate::cookies;
use crate::form::Posted;
use crate::layout::{self, Page};
use crate::links;
use crate::problem::Problem;
use crate::visit::Visit;
use crate::who;

#[derive(Template)]
#[template(path = "counter/file_warning.html")]
struct Warning {
    page: Page,
    file: File,
    dangers: Vec<&'static str>,
    /// Back to where files are listed.
    back: links::Link,
}

/// A file, and whether it is its reader's own.
pub(super) struct Found {
    pub file: File,
    pub is_own: bool,
    /// Whether it is read at the desk.
    pub is_at_desk: bool,
}

/// The file, or the warning before it.
pub async fn show(visit: Visit, Named(file): Named) -> Result<Response, Problem> {
    let found = find(&visit, &file).await?;
    refuse_unsafe(&found.file)?;
    if !found.is_own && !found.file.flags.is_empty() {
        return Ok(warning(&visit, found));
    }
    deliver(&visit, &found.file).await
}

/// The file for somebody who has read the warning. It comes with the answer itself: a link to it would skip the warning for
/// whoever is sent that link.
pub async fn open(visit: Visit, Named(file): Named, Posted(_): Posted) -> Result<Response, Problem> {
    let found = find(&visit, &file).await?;
    refuse_unsafe(&found.file)?;
    deliver(&visit, &found.file).await
}

/// The file, as far as whoever is asking may see it.
pub(super) async fn find(visit: &Visit, file: &str) -> Result<Found, Problem> {
    let id = FileId::parse(file).ok_or(Problem::NotFound)?;
    let sender = who::sender(visit).await?;
    let staff = who::staff(visit).await?;
    if sender.is_none() && staff.is_none() {
        for cookie in [cookies::SESSION, cookies::DESK] {
            if who::is_carried_over(visit, cookie).await? {
                return Err(Problem::NotFound);
            }
        }
        return Err(Problem::SignIn { next: links::file(&id).to_string() });
    }
    let mut tx = visit.read().await?;
    let mut refused = Problem::NotFound;
    if let Some((session, sender)) = &sender
        && let Some(file) = files::find_for_sender(&mut tx, &sender.id, &id).await?
    {
        if !senders::is_withheld(&mut tx, &visit.app.rules, session, &file.letter).await? {
            return Ok(Found { is_own: file.part == Part::Letter, file, is_at_desk: false });
        }
        refused = Problem::Withheld;
    }
    if let Some((_, staff)) = &staff
        && let Some(file) = files::find_for_desk(&mut tx, staff, &id).await?
    {
        return Ok(Found { file, is_own: false, is_at_desk: true });
    }
    Err(refused)
}

/// Nobody gets what the scanner has not passed.
pub(super) fn refuse_unsafe(file: &File) -> Result<(), Problem> {
    match file.scan {
        Scan::Off | Scan::Clean => Ok(()),
        Scan::Waiting => Err(Problem::Quarantined),
        Scan::Infected => Err(Problem::Infected),
    }
}

fn warning(visit: &Visit, found: Found) -> Response {
    let page = visit.page("");
    let dangers = found.file.flags.iter().map(|flag| page.t(danger(*flag))).collect();
    let letter = &found.file.letter;
    let back = if found.is_at_desk { links::desk_letter(letter) } else { links::letter(letter) };
    layout::show(&Warning { page, file: found.file, dangers, back })
}

/// What such a file may do, in a sentence.
pub fn danger(flag: Flag) -> &'static str {
    match flag {
        Flag::Script => "file-danger-script",
        Flag::Launch => "file-danger-launch",
        Flag::EmbeddedFiles => "file-danger-embedded-files",
        Flag::DynamicForm => "file-danger-dynamic-form",
        Flag::Macros => "file-danger-macros",
        Flag::DdeField => "file-danger-dde-field",
        Flag::Objects => "file-danger-objects",
        Flag::RemoteContent => "file-danger-remote-content",
        Flag::Links => "file-danger-links",
    }
}

async fn deliver(visit: &Visit, file: &File) -> Result<Response, Problem> {
    let stored = visit.app.vault.open_blob(&visit.organisation.id, &file.sha256).await;
    let stored = stored.map_err(|error| lost(file, &error))?;
    let plain = format!("{}.{}", file.id, file.kind.as_str());
    let name = file.kind.name_with_ending(&file.name);
    let headers = attachment::headers(file.kind.content_type(), file.size, &plain, &name);
    Ok((headers, Body::from_stream(stored.pieces)).into_response())
}

/// A file that a letter names can't be had: for now, or, which must not be, for good.
pub(crate) fn lost(file: &File, error: &ShelfError) -> Problem {
    tracing::error!(file = %file.id, %error, "a file that a letter names can't be opened");
    match error {
        ShelfError::Unreachable(_) => Problem::FilesAway,
        ShelfError::NotThere | ShelfError::Changed | ShelfError::Disk(_) | ShelfError::Stopped => Problem::Internal,
    }
}

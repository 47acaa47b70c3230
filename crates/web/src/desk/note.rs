//! Notes on a letter: what staff say to each other, and the form for one more.

use axum::response::Response;
use pishkhan_office::actor;
use pishkhan_office::ids::LetterId;
use pishkhan_office::notes::{self, NOTE_CHARACTERS, NoteError};
use pishkhan_office::texts::TextKind;
use pishkhan_office::{StoreError, Tx};

use super::asked::Named;
use super::letter;
use super::panes::Panes;
use super::ready::{self, Ready};
use super::within;
use crate::form::{Fields, Posted};
use crate::layout::{Fault, Page};
use crate::links;
use crate::problem::Problem;
use crate::who::Staff;

/// The notes on a letter.
pub struct Notes {
    pub said: Vec<Said>,
    pub can_write: bool,
    pub ready: Vec<Ready>,
    /// What was typed and not kept yet.
    pub typed: String,
    pub faults: Vec<Fault>,
}

/// One note.
pub struct Said {
    pub who: String,
    pub when: String,
    pub iso: String,
    pub text: String,
}

impl Notes {
    pub async fn of(tx: &mut Tx, page: &Page, staff: &actor::Staff, letter: &LetterId) -> Result<Notes, StoreError> {
        let said = notes::of_letter(tx, staff, letter).await?.into_iter().map(|note| Said {
            who: note.name,
            when: page.when(&note.at),
            iso: page.iso(&note.at),
            text: note.text,
        });
        let field = within::keeping(page, staff, links::desk_notes(letter)).at("note-text");
        Ok(Notes {
            said: said.collect(),
            can_write: notes::could_note(staff),
            ready: ready::texts(tx, TextKind::Note, &field, 0).await?,
            typed: String::new(),
            faults: Vec::new(),
        })
    }
}

/// Asked for by its address, as when a page of faults is opened once more: the letter's page has the form.
pub async fn show(staff: Staff, Named(id): Named) -> Result<Response, Problem> {
    let page = staff.page("tray");
    let panes = Panes::find(&mut staff.read().await?, &page, &staff.actor, &id).await?;
    Ok(panes.url.at("notes").see_other())
}

pub async fn create(staff: Staff, Named(id): Named, Posted(fields): Posted) -> Result<Response, Problem> {
    let typed = fields.get("text");
    let page = staff.page("tray");
    if !ready::chosen(&fields).is_empty() {
        return with_ready(&staff, page, &id, &fields).await;
    }
    let mut tx = staff.begin().await?;
    let text = match notes::write(&mut tx, &staff.actor, &id, typed).await {
        Ok(_) => {
            tx.commit().await?;
            return Ok(within::keeping(&page, &staff.actor, links::desk_letter(&id)).at("notes").see_other());
        }
        Err(NoteError::NotOnDesk) => return Err(Problem::NotFound),
        Err(NoteError::Nothing) => page.t("work-note-nothing").to_owned(),
        Err(NoteError::Long) => page.words.a("work-note-long", "most", page.number(NOTE_CHARACTERS as u64)),
        Err(NoteError::Store(error)) => return Err(error.into()),
    };
    drop(tx);
    let mut panes = Panes::find(&mut staff.read().await?, &page, &staff.actor, &id).await?;
    typed.clone_into(&mut panes.notes.typed);
    panes.notes.faults = vec![Fault { field: "note-text", text }];
    Ok(letter::mended(page, panes))
}

/// The letter's page with the chosen text in the note that is being written.
async fn with_ready(staff: &Staff, page: Page, id: &LetterId, fields: &Fields) -> Result<Response, Problem> {
    let mut panes = Panes::find(&mut staff.read().await?, &page, &staff.actor, id).await?;
    if !panes.notes.can_write {
        return Err(Problem::NotFound);
    }
    panes.notes.typed = ready::put(&panes.notes.ready, ready::chosen(fields), fields.get("text"));
    Ok(letter::shown(page, panes))
}

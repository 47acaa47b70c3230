//! Writing a note on a letter: whoever of the staff works with letters and sees it.

use pishkhan_persian::text::stored_text;
use pishkhan_store::{StoreError, Tx};

use super::{NOTE_CHARACTERS, rows};
use crate::actor::{Role, Staff};
use crate::ids::{LetterId, NoteId};
use crate::ledger::{self, Event, Who};
use crate::letters::{self, CameBack};
use crate::messages::TWICE;

#[derive(Debug, thiserror::Error)]
pub enum NoteError {
    /// It does not exist for this person, or an auditor only looks.
    #[error("no such letter on this desk")]
    NotOnDesk,
    #[error("a note needs words")]
    Nothing,
    #[error("the note is longer than {NOTE_CHARACTERS} characters")]
    Long,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Writes a note. The letter keeps its version: nobody's decision waits for a colleague's remark.
pub async fn write(tx: &mut Tx, staff: &Staff, id: &LetterId, text: &str) -> Result<NoteId, NoteError> {
    if !could_note(staff) {
        return Err(NoteError::NotOnDesk);
    }
    letters::find_for_desk(tx, staff, id).await?.ok_or(NoteError::NotOnDesk)?;
    let text = stored_text(text);
    match text.chars().count() {
        0 => return Err(NoteError::Nothing),
        1..=NOTE_CHARACTERS => {}
        _ => return Err(NoteError::Long),
    }
    // Of two presses at once the second waits here, and sees the first one's note.
    ledger::hold(tx, id).await?;
    let last = rows::of_letter(tx, staff, id).await?.pop();
    if let Some(last) = last.filter(|last| last.by == staff.id && last.text == text)
        && tx.now().since(last.at) < TWICE
    {
        return Ok(last.id);
    }
    let note = NoteId::random();
    rows::insert(tx, staff, id, &note, &text).await?;
    let (who, event) = (Who::Staff(staff.id.clone()), Event::NoteWritten { note: note.to_string() });
    ledger::record(tx, id, &who, &event).await?;
    letters::come_back(tx, id, CameBack::Note, &who).await?;
    Ok(note)
}

/// Whether this person may write notes at all; auditors only look.
pub fn could_note(staff: &Staff) -> bool {
    Role::ALL.into_iter().any(|role| role != Role::Auditor && staff.has(role))
}

//! Proposing: the officer's draft goes to the unit's signer.

use pishkhan_persian::text::stored_text;
use pishkhan_store::{StoreError, Tx};

use super::draft_answer::{AnswerText, add_files, is_in_hand_of};
use super::give::{self, TextError};
use super::letter::{Letter, Stale, Version, WrongState};
use super::rows;
use super::states::Proposal;
use crate::actor::Officer;
use crate::ids::LetterId;
use crate::ledger::{self, Event, Who};
use crate::rules::Rules;
use crate::{answers, receipts, search, units};

#[derive(Debug, thiserror::Error)]
pub enum ProposeError {
    #[error("no such letter on this desk")]
    NotOnDesk,
    #[error(transparent)]
    Stale(#[from] Stale),
    #[error(transparent)]
    NotInHand(#[from] WrongState),
    #[error("another officer has the letter in hand")]
    NotYours,
    /// It would never go out.
    #[error("nobody signs for the unit who may see the letter")]
    NobodySigns,
    #[error(transparent)]
    Text(#[from] TextError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Proposes an answer to a letter that the officer has in hand and saw in version `seen`.
pub async fn propose(
    tx: &mut Tx,
    rules: &Rules,
    officer: &Officer,
    id: &LetterId,
    seen: Version,
    written: &AnswerText,
) -> Result<Letter, ProposeError> {
    let letter = rows::find_held(tx, officer, id, seen).await?.ok_or(ProposeError::NotOnDesk)??;
    if !is_in_hand_of(officer, &letter)? {
        return Err(ProposeError::NotYours);
    }
    let unit = give::unit_of(tx, &letter).await?;
    if !units::is_signed(tx, &unit.id, letter.classification).await? {
        return Err(ProposeError::NobodySigns);
    }
    if add_files(tx, rules, id, &written.arrivals).await? {
        return Err(TextError::TooManyFiles(rules.letters.files).into());
    }
    let ending = written.ending.stored();
    let readable = give::readable(tx, rules, &letter, &unit, &written.text, &ending).await?;
    let mut letter = letter.proposed(Proposal { at: tx.now(), by: officer.id.clone() })?;
    // The letter first, as whoever answers it has it.
    rows::save(tx, &mut letter).await??;
    answers::keep_draft(tx, id, &officer.id, &stored_text(&written.text), &ending).await?;
    let event = Event::AnswerProposed { text_sha256: receipts::text_digest(&readable.text) };
    ledger::record(tx, id, &Who::Staff(officer.id.clone()), &event).await?;
    search::index(tx, id).await?;
    Ok(letter)
}

//! Sending back: the signer returns a proposed answer to its officer, with a remark.

use pishkhan_persian::text::stored_text;
use pishkhan_store::{StoreError, Tx};

use super::came_back::CameBack;
use super::letter::{Letter, Stale, Version, WrongState};
use super::rows;
use crate::actor::Signer;
use crate::ids::LetterId;
use crate::ledger::{self, Event, Who};
use crate::{answers, search};

/// How long a remark, a ruling's text or a reason to reopen may be, in characters.
pub const REMARK_CHARACTERS: usize = 2_000;

#[derive(Debug, thiserror::Error)]
pub enum SendBackError {
    #[error("no such letter on this desk")]
    NotOnDesk,
    #[error(transparent)]
    Stale(#[from] Stale),
    #[error(transparent)]
    NotProposed(#[from] WrongState),
    #[error(transparent)]
    Said(#[from] SaidError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What is wrong with the words that must come with an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SaidError {
    #[error("nothing was written")]
    Nothing,
    #[error("longer than {REMARK_CHARACTERS} characters")]
    Long,
}

/// Sends the draft back, whole. It is in its officer's hand again.
pub async fn send_back(
    tx: &mut Tx,
    signer: &Signer,
    id: &LetterId,
    seen: Version,
    remark: &str,
) -> Result<Letter, SendBackError> {
    let letter = rows::find_for_signer(tx, signer, id).await?.ok_or(SendBackError::NotOnDesk)?;
    letter.is_version(seen)?;
    let mut letter = letter.sent_back(tx.now())?;
    let remark = said(remark)?;
    // The letter first, as whoever issues it has it: held the other way round, each would wait for the other.
    rows::save(tx, &mut letter).await??;
    let who = Who::Staff(signer.id.clone());
    rows::come_back(tx, id, CameBack::Draft, &who).await?;
    answers::keep_remark(tx, id, &signer.id, &remark).await?;
    ledger::record(tx, id, &who, &Event::AnswerSentBack { remark }).await?;
    search::index(tx, id).await?;
    Ok(letter)
}

/// The words that come with an act, which needs some.
pub fn said(typed: &str) -> Result<String, SaidError> {
    let text = stored_text(typed);
    match text.chars().count() {
        0 => Err(SaidError::Nothing),
        1..=REMARK_CHARACTERS => Ok(text),
        _ => Err(SaidError::Long),
    }
}

//! Opening an answer: its sender looks at it for the first time, which is the last part of the proof of its service.

use pishkhan_store::{Result, Tx};

use super::letter::Letter;
use super::rows;
use crate::answers;
use crate::ids::LetterId;
use crate::ledger::{self, Event, Who};
use crate::senders::Sender;

/// Whether its sender has still to look at the answer that it has.
pub fn has_unopened_answer(letter: &Letter) -> bool {
    letter.state.answer().is_some_and(|answer| answer.opened_at.is_none())
}

/// Notes that the sender opens the answer. The letter's version stays, since nobody decides otherwise because of it; of two looks
/// at once one counts.
pub async fn open_answer(tx: &mut Tx, sender: &Sender, id: &LetterId) -> Result<()> {
    open_answer_as(tx, sender, &Who::Sender(sender.id.clone()), id).await
}

/// The same by whoever hands it to the sender.
pub(crate) async fn open_answer_as(tx: &mut Tx, sender: &Sender, who: &Who, id: &LetterId) -> Result<()> {
    if rows::mark_answer_opened(tx, &sender.id, id).await? {
        answers::mark_opened(tx, id).await?;
        ledger::record(tx, id, who, &Event::AnswerOpened).await?;
    }
    Ok(())
}

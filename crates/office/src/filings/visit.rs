//! A sender without a mobile comes to the counter again, and brings what their letter waits for.

use pishkhan_store::{Moment, Result, Tx};

use crate::actor::Reviewer;
use crate::ids::LetterId;
use crate::ledger::Who;
use crate::letters::{
    self, Brought, CompleteError, Completed, Letter, ReplyError, Version, complete_as, find_for_desk, reply_as,
};
use crate::messages::Written;
use crate::rules::Rules;
use crate::senders::{self, Sender};

/// Whether the letter waits for a sender who can only come by: they have no mobile, and it was returned or its unit asks something. Whoever
/// represented them by a paper that has ended brings nothing for them any more.
pub fn waits_for_visit(letter: &Letter, sender: &Sender, now: Moment) -> bool {
    let is_waiting = matches!(letter.state, letters::State::Returned(..) | letters::State::AwaitingSender(..));
    is_waiting && sender.mobile.is_none() && !letter.is_out_of_hands(now)
}

/// What a sender without a mobile brought of a returned letter, as [`letters::complete`]; the event names the clerk.
pub async fn complete(
    tx: &mut Tx,
    rules: &Rules,
    clerk: &Reviewer,
    id: &LetterId,
    brought: &[Brought],
    may_submit: bool,
) -> Result<Completed, CompleteError> {
    let sender = visitor(tx, clerk, id).await?.ok_or(CompleteError::NoLetter)?;
    complete_as(tx, rules, &sender, &Who::Staff(clerk.id.clone()), id, brought, may_submit).await
}

/// What a sender without a mobile says to the unit's question, as [`letters::reply`]; the event names the clerk.
pub async fn reply(
    tx: &mut Tx,
    clerk: &Reviewer,
    id: &LetterId,
    seen: Version,
    written: &Written,
) -> Result<Letter, ReplyError> {
    let sender = visitor(tx, clerk, id).await?.ok_or(ReplyError::NoLetter)?;
    reply_as(tx, &sender, &Who::Staff(clerk.id.clone()), id, seen, written).await
}

/// The sender of a letter that this clerk sees, if they have no mobile; whoever has one acts by it and not by a clerk.
pub async fn visitor(tx: &mut Tx, clerk: &Reviewer, id: &LetterId) -> Result<Option<Sender>> {
    let Some(letter) = find_for_desk(tx, clerk, id).await? else { return Ok(None) };
    Ok(senders::find(tx, &letter.sender).await?.filter(|sender| sender.mobile.is_none()))
}

//! Beginning to write down, and changing what was written.

use pishkhan_persian::Language;
use pishkhan_store::Tx;

use super::{Assent, rows};
use crate::accounts::sign_in;
use crate::actor::Reviewer;
use crate::files::Arrival;
use crate::ids::LetterId;
use crate::letters::{self, Changed, Content, WriteError};
use crate::rules::Rules;
use crate::senders;

/// Writes down what a person at the counter says, as a draft that is this clerk's; `token` is the form's, so that a double click
/// makes one. A clerk has no more of them than a sender has drafts.
pub async fn begin(
    tx: &mut Tx,
    rules: &Rules,
    clerk: &Reviewer,
    token: &str,
    typed: Content,
    assent: &Assent,
    arrivals: &[(String, Arrival)],
) -> Result<Changed, WriteError> {
    if let Some(id) = rows::find_by_token(tx, &clerk.id, token).await? {
        return change(tx, rules, clerk, &id, typed, assent, arrivals).await;
    }
    let ceiling = rules.limits.drafts_per_sender;
    if ceiling > 0 && rows::count(tx, &clerk.id).await? >= i64::from(ceiling) {
        return Err(WriteError::TooManyDrafts);
    }
    let sender = senders::make_without_mobile(tx, Language::Persian).await?;
    let draft = letters::write(tx, rules, &sender, token).await?;
    if !rows::insert(tx, &draft.id, &clerk.id, assent, token).await? {
        // The other of two clicks was first; this one's draft goes with the transaction.
        return Err(WriteError::NoDraft);
    }
    letters::change(tx, rules, &sender, &draft.id, typed, arrivals).await
}

/// Changes what was written. A code that was sent for it is worth nothing any more: it confirmed something else.
pub async fn change(
    tx: &mut Tx,
    rules: &Rules,
    clerk: &Reviewer,
    id: &LetterId,
    typed: Content,
    assent: &Assent,
    arrivals: &[(String, Arrival)],
) -> Result<Changed, WriteError> {
    let filing = rows::find(tx, &clerk.id, id).await?.ok_or(WriteError::NoDraft)?;
    let sender = senders::find(tx, &filing.letter.sender).await?.ok_or(WriteError::NoDraft)?;
    sign_in::forget_filing_code(tx, id).await?;
    rows::set_assent(tx, id, assent).await?;
    letters::change(tx, rules, &sender, id, typed, arrivals).await
}

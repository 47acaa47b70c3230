//! What is left behind: begun by a clerk who reviews no more, and not filed. Another clerk takes it over; what nobody takes goes.

use std::time::Duration;

use pishkhan_store::{Result, StoreError, Tx};

use super::{Filing, discard, rows};
use crate::accounts::sign_in;
use crate::actor::Reviewer;
use crate::ids::LetterId;
use crate::letters::DiscardError;
use crate::rules::Rules;

/// How long it is kept for another clerk: nobody ever assented to it, and whoever stood at the counter comes again within days.
const KEPT: Duration = Duration::from_hours(24 * 30);
/// How many go in one work.
const AT_ONCE: i64 = 50;

/// A filing whose clerk reviews no more.
#[derive(Clone, Debug)]
pub struct Left {
    pub filing: Filing,
    /// Who began it.
    pub clerk: String,
}

#[derive(Debug, thiserror::Error)]
pub enum TakeOverError {
    /// It never was, or was filed or discarded.
    #[error("there is no such filing")]
    NoFiling,
    /// Another clerk has it, who may have taken it over a moment ago.
    #[error("it is another clerk's")]
    Taken,
    #[error("this clerk has begun too many")]
    TooMany,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What clerks left behind who review no more, the oldest first; for whoever reviews.
pub async fn list_left(tx: &mut Tx) -> Result<Vec<Left>> {
    rows::list_left(tx).await
}

/// From now on it is this clerk's. By what its person confirms is asked anew: a number is shown to nobody but who typed it, and a code that
/// was sent there is worth nothing any more.
pub async fn take_over(
    tx: &mut Tx,
    rules: &Rules,
    clerk: &Reviewer,
    id: &LetterId,
) -> std::result::Result<(), TakeOverError> {
    if rows::find(tx, &clerk.id, id).await?.is_some() {
        return Ok(());
    }
    let ceiling = rules.limits.drafts_per_sender;
    let has_too_many = ceiling > 0 && rows::count(tx, &clerk.id).await? >= i64::from(ceiling);
    if !rows::take_over(tx, id, &clerk.id).await? {
        let is_begun = rows::is_begun(tx, id).await?;
        return Err(if is_begun { TakeOverError::Taken } else { TakeOverError::NoFiling });
    }
    if has_too_many {
        // What was written goes with the transaction.
        return Err(TakeOverError::TooMany);
    }
    sign_in::forget_filing_code(tx, id).await?;
    Ok(())
}

/// Discards what was left behind so long ago that nobody takes it over any more.
pub async fn forget_left(tx: &mut Tx) -> Result<()> {
    let before = tx.now().minus(KEPT);
    for filing in rows::left_since(tx, before, AT_ONCE).await? {
        match discard::let_go(tx, &filing).await {
            // Filed or discarded at this very moment.
            Ok(()) | Err(DiscardError::NoDraft) => {}
            Err(DiscardError::Store(error)) => return Err(error),
        }
    }
    Ok(())
}

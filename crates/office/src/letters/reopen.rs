//! Reopening: an administrator opens a closed letter again, with a reason; its unit works on it anew.

use pishkhan_store::{StoreError, Tx};

use super::came_back::CameBack;
use super::decision::Decided;
use super::letter::{Letter, Stale, Version, WrongState};
use super::send_back::{SaidError, said};
use super::{give, rows};
use crate::actor::Administrator;
use crate::deadlines::{self, Step};
use crate::ids::LetterId;
use crate::ledger::{self, Event, Who};
use crate::rules::Rules;
use crate::{dispatch, search};

#[derive(Debug, thiserror::Error)]
pub enum ReopenError {
    #[error("no such letter on this desk")]
    NotOnDesk,
    #[error(transparent)]
    Stale(#[from] Stale),
    #[error(transparent)]
    NotClosed(#[from] WrongState),
    #[error(transparent)]
    Said(#[from] SaidError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Reopens a letter that the administrator saw in version `seen`; its deadline is set anew, and the sender reads the reason.
pub async fn reopen(
    tx: &mut Tx,
    rules: &Rules,
    administrator: &Administrator,
    id: &LetterId,
    seen: Version,
    reason: &str,
) -> Result<Letter, ReopenError> {
    let letter = rows::find_for_desk(tx, administrator, id).await?.ok_or(ReopenError::NotOnDesk)?;
    letter.is_version(seen)?;
    let unit = letter.acting_unit().ok_or(StoreError::Unreadable("unit"))?;
    let deadline = deadlines::set(tx, rules, unit, letter.content.kind.as_ref(), Step::Answer, tx.now()).await?;
    let mut letter = letter.reopened(deadline.moment(), tx.now())?;
    let reason = said(reason)?;
    rows::keep_former(tx, &letter, Decided::Reopened, &administrator.id).await??;
    give::take_back(tx, &letter).await?;
    rows::save(tx, &mut letter).await??;
    let who = Who::Staff(administrator.id.clone());
    rows::come_back(tx, id, CameBack::Reopened, &who).await?;
    let event = Event::LetterReopened { reason, deadline: Some(deadline) };
    ledger::record(tx, id, &who, &event).await?;
    dispatch::letter_reopened(tx, rules, &letter).await?;
    search::index(tx, id).await?;
    Ok(letter)
}

//! Informing: the unit that holds a letter tells its sender something, asks nothing and ends nothing. The clock goes on.

use pishkhan_persian::text::stored_text;
use pishkhan_store::{Moment, StoreError, Tx};

use super::decision::Decided;
use super::letter::{Letter, Stale, Version, WrongState};
use super::life::Act;
use super::{rights, rows};
use crate::accounts::limits::{self, DAY, Over, Taken};
use crate::actor::Staff;
use crate::ids::LetterId;
use crate::ledger::{self, Event, Who};
use crate::messages::{self, Author, Kind, Unsaid, Written};
use crate::rules::Rules;
use crate::{dispatch, search};

#[derive(Debug, thiserror::Error)]
pub enum InformError {
    #[error("no such letter on this desk")]
    NotOnDesk,
    #[error(transparent)]
    Stale(#[from] Stale),
    /// Nobody works on it, or somebody else does.
    #[error(transparent)]
    NotInHand(#[from] WrongState),
    /// Files alone say nothing.
    #[error("a message needs words")]
    NoWords,
    #[error(transparent)]
    Unsaid(#[from] Unsaid),
    #[error("too many messages about the letter today")]
    TooMany { until: Moment },
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Tells the sender of a letter that was seen in version `seen`. The letter gets a new version: of two who tell at once the second reads the
/// first.
pub async fn inform(
    tx: &mut Tx,
    rules: &Rules,
    staff: &Staff,
    id: &LetterId,
    seen: Version,
    written: &Written,
) -> Result<Letter, InformError> {
    let letter = rows::find_for_desk(tx, staff, id).await?.ok_or(InformError::NotOnDesk)?;
    if !rights::could_act(staff, &letter, Act::Inform) {
        return Err(InformError::NotOnDesk);
    }
    letter.is_version(seen)?;
    if !rights::open_acts(staff, &letter, false).contains(&Act::Inform) {
        return Err(WrongState.into());
    }
    messages::checked(written)?;
    if stored_text(&written.text).is_empty() {
        return Err(InformError::NoWords);
    }
    rows::keep_former(tx, &letter, Decided::Informed, &staff.id).await??;
    let mut letter = letter.informed(tx.now())?;
    rows::save(tx, &mut letter).await??;
    let ceiling = rules.limits.interim_messages_per_letter_per_day;
    if let Taken::Over { until } = limits::take(tx, Over::Organisation, &counter(id), ceiling, DAY).await? {
        return Err(InformError::TooMany { until });
    }
    let author = Author::Staff(staff.id.clone(), staff.name.clone());
    let message = messages::add(tx, id, Kind::Interim, &author, written).await??;
    let event = Event::SenderInformed { message: message.to_string(), files_sha256: written.digests() };
    ledger::record(tx, id, &Who::Staff(staff.id.clone()), &event).await?;
    dispatch::sender_informed(tx, rules, &letter).await?;
    search::index(tx, id).await?;
    Ok(letter)
}

/// What was told at that moment is not told: its words and files stay before the house, and it is none of the day's messages.
pub(super) async fn undo(tx: &mut Tx, id: &LetterId, told_at: Moment) -> Result<(), StoreError> {
    messages::take_back(tx, id, Kind::Interim, told_at).await?;
    limits::give_back(tx, Over::Organisation, &counter(id)).await
}

/// What counts the letter's messages of a day.
fn counter(id: &LetterId) -> String {
    format!("interim:{id}")
}

//! Renewing a representation: whoever acts for the sender has shown a new paper, or the same for longer.

use pishkhan_persian::text::{search_key, stored_line};
use pishkhan_store::{StoreError, Tx};

use super::letter::{Letter, Stale, Version};
use super::representative::{PAPER_CHARACTERS, Representative, last_moment};
use super::rows;
use crate::actor::Reviewer;
use crate::ids::LetterId;
use crate::ledger::{self, Event, Who};
use crate::{dispatch, search};

#[derive(Debug, thiserror::Error)]
pub enum RepresentationError {
    /// This reviewer sees no such letter, or nobody represents its sender.
    #[error("no such letter on this desk")]
    NotOnDesk,
    #[error(transparent)]
    Stale(#[from] Stale),
    /// Everything that is wrong with the paper and its day.
    #[error("the paper can't be taken")]
    Unfit(Vec<RepresentationFault>),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What is wrong with a paper that was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepresentationFault {
    /// It isn't said which paper.
    NoPaper,
    /// Its description is too long.
    LongPaper,
    /// Its last day is no day.
    NoDay,
    /// Its last day has passed.
    Passed,
}

/// The letter that this reviewer saw in version `seen`, with whoever represents its sender.
pub(super) async fn find_represented(
    tx: &mut Tx,
    reviewer: &Reviewer,
    id: &LetterId,
    seen: Version,
) -> Result<(Letter, Representative), RepresentationError> {
    let letter = rows::find_for_desk(tx, reviewer, id).await?.ok_or(RepresentationError::NotOnDesk)?;
    let representative = letter.content.representative.clone().ok_or(RepresentationError::NotOnDesk)?;
    letter.is_version(seen)?;
    Ok((letter, representative))
}

/// From now on the representation holds by `paper` until the end of the Jalali day `until`, whether it had ended or not.
pub async fn renew_representation(
    tx: &mut Tx,
    reviewer: &Reviewer,
    id: &LetterId,
    seen: Version,
    paper: &str,
    until: &str,
) -> Result<Letter, RepresentationError> {
    let (letter, before) = find_represented(tx, reviewer, id, seen).await?;
    let (paper, until) = (stored_line(paper), stored_line(until));
    let ends_at = last_moment(&until);
    let of_paper = if search_key(&paper).is_empty() {
        Some(RepresentationFault::NoPaper)
    } else {
        (paper.chars().count() > PAPER_CHARACTERS).then_some(RepresentationFault::LongPaper)
    };
    let of_day = match ends_at {
        None => Some(RepresentationFault::NoDay),
        Some(ends_at) => (ends_at < tx.now()).then_some(RepresentationFault::Passed),
    };
    let faults: Vec<RepresentationFault> = of_paper.into_iter().chain(of_day).collect();
    if !faults.is_empty() {
        return Err(RepresentationError::Unfit(faults));
    }
    let event = Event::RepresentationRenewed { paper: paper.clone(), until: until.clone() };
    let representative = Some(Representative { paper, until, ends_at, ..before });
    let mut letter = letter;
    letter.content.representative = representative;
    letter.changed_at = tx.now();
    rows::save(tx, &mut letter).await??;
    ledger::record(tx, id, &Who::Staff(reviewer.id.clone()), &event).await?;
    dispatch::representation_renewed(tx, &letter).await?;
    search::index(tx, id).await?;
    Ok(letter)
}

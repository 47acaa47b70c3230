//! Issuing: the unit's signer gives the answer that its officer proposed.

use pishkhan_store::{StoreError, Tx};

use super::give::{self, GiveError, TextError};
use super::letter::{Letter, Stale, Version, WrongState};
use super::rows;
use super::states::State;
use crate::actor::{Signer, Staff};
use crate::ids::LetterId;
use crate::rules::Rules;
use crate::{answers, units};

#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    #[error("no such letter on this desk")]
    NotOnDesk,
    #[error(transparent)]
    Stale(#[from] Stale),
    #[error(transparent)]
    NotProposed(#[from] WrongState),
    /// A second signature by the hand that wrote it would be none.
    #[error("whoever proposed it does not issue it while somebody else can")]
    OwnProposal,
    /// It was good when it was proposed; what its placeholders stand for has changed since.
    #[error(transparent)]
    Text(#[from] TextError),
    #[error("the server's clock is behind the outgoing register's last entry")]
    ClockWentBack,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<GiveError> for IssueError {
    fn from(error: GiveError) -> Self {
        match error {
            GiveError::Stale(stale) => IssueError::Stale(stale),
            GiveError::WrongState(wrong) => IssueError::NotProposed(wrong),
            GiveError::ClockWentBack => IssueError::ClockWentBack,
            GiveError::Store(error) => IssueError::Store(error),
        }
    }
}

/// Issues the proposed answer of a letter that the signer saw in version `seen`. Nobody has changed it since it was proposed.
pub async fn issue(
    tx: &mut Tx,
    rules: &Rules,
    signer: &Signer,
    id: &LetterId,
    seen: Version,
) -> Result<Letter, IssueError> {
    let letter = rows::find_for_signer(tx, signer, id).await?.ok_or(IssueError::NotOnDesk)?;
    letter.is_version(seen)?;
    if !matches!(letter.state, State::AnswerReview(..)) {
        return Err(WrongState.into());
    }
    if needs_another_signer(tx, signer, &letter).await? {
        return Err(IssueError::OwnProposal);
    }
    let unit = give::unit_of(tx, &letter).await?;
    // Gone: somebody issued it since the letter was read.
    let draft = answers::find_draft(tx, id).await?.ok_or(Stale)?;
    let readable = give::readable(tx, rules, &letter, &unit, &draft.text, &draft.ending).await?;
    Ok(give::give(tx, rules, letter, &unit, &signer.id, readable, Letter::issued).await?)
}

/// Whether this person proposed the answer and somebody else is there to sign it, where the unit wants two.
pub async fn needs_another_signer(tx: &mut Tx, staff: &Staff, letter: &Letter) -> Result<bool, StoreError> {
    let State::AnswerReview(_, _, _, proposal) = &letter.state else { return Ok(false) };
    if proposal.by != staff.id {
        return Ok(false);
    }
    let unit = give::unit_of(tx, letter).await?;
    Ok(unit.needs_signature && units::has_another_signer(tx, &unit.id, &staff.id, letter.classification).await?)
}

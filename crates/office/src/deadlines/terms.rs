//! Setting terms: of an organisation, a unit or a kind of letter, for each step.

use pishkhan_persian::text::stored_line;
use pishkhan_store::{StoreError, Tx};

use super::rows;
use super::term::{SetTerm, Step, Term};
use crate::ids::{KindId, UnitId};
use crate::{kinds, units};

#[derive(Debug, thiserror::Error)]
pub enum TermError {
    #[error("a term is 1 to {} working days or 1 to {} working hours", Term::MOST_DAYS, Term::MOST_HOURS)]
    Unsound,
    #[error("the basis is longer than 120 characters")]
    LongBasis,
    #[error("there is no such unit")]
    NoUnit,
    #[error("there is no such kind of letter")]
    NoKind,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Sets a term, in place of the one that was set for the same; deadlines that run already stay as they are.
pub async fn set_term(tx: &mut Tx, set: &SetTerm) -> Result<(), TermError> {
    if !set.term.is_sound_for(set.step) {
        return Err(TermError::Unsound);
    }
    let basis = stored_line(&set.basis);
    if basis.chars().count() > 120 {
        return Err(TermError::LongBasis);
    }
    if let Some(unit) = &set.unit {
        units::find(tx, unit).await?.ok_or(TermError::NoUnit)?;
    }
    if let Some(kind) = &set.kind {
        kinds::find(tx, kind).await?.ok_or(TermError::NoKind)?;
    }
    rows::terms::put(tx, &SetTerm { basis, ..set.clone() }).await?;
    Ok(())
}

/// Takes a term back, so that the less specific one holds again. Returns whether there was one.
pub async fn unset_term(
    tx: &mut Tx,
    unit: Option<&UnitId>,
    kind: Option<&KindId>,
    step: Step,
) -> Result<bool, StoreError> {
    rows::terms::remove(tx, unit, kind, step).await
}

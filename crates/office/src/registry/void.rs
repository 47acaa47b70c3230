//! Voiding: a number that was taken by mistake is crossed out in sight. It stays in the book, and nobody gets it again.

use pishkhan_persian::Language;
use pishkhan_store::{Moment, Result, StoreError, Tx};

use super::rows;
use crate::ids::{LetterId, StaffId};
use crate::words::Words;

/// Voids the number under which the letter came in.
pub(crate) async fn void_number(tx: &mut Tx, letter: &LetterId, by: &StaffId) -> Result<()> {
    // In the book's own language: it is written once, as the entry was.
    let reason = Words::of(Language::Persian).t("register-undone");
    if rows::void_entry(tx, letter, by, reason).await? { Ok(()) } else { Err(StoreError::Unreadable("entry")) }
}

/// Voids the number under which an answer went out at that moment.
pub(crate) async fn void_outgoing(
    tx: &mut Tx,
    letter: &LetterId,
    by: &StaffId,
    printed: &str,
    at: Moment,
) -> Result<()> {
    let reason = Words::of(Language::Persian).t("register-answer-undone");
    let is_void = rows::void_outgoing(tx, letter, by, printed, at, reason).await?;
    if is_void { Ok(()) } else { Err(StoreError::Unreadable("entry")) }
}

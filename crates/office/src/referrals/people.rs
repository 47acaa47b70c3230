//! To whom of the units something can be referred: those who hold a post of an officer or a signer there. Pure.

use crate::ids::{StaffId, UnitId};
use crate::letters::Classification;

/// Somebody with a post in a unit.
#[derive(Clone, Debug)]
pub struct Person {
    pub id: StaffId,
    pub unit: UnitId,
    pub name: String,
    /// The title of their post there.
    pub title: String,
    /// Whether they may act on the unit's letters; signers share out and refer what nobody has in hand.
    pub is_officer: bool,
    /// They see letters of this classification and below.
    pub clearance: Classification,
}

//! Units: the addressees that an organisation defined. Each has the register in which its letters are entered.

mod change;
mod rows;
mod unit;

pub(crate) use change::signed_above;
pub use change::{UnitError, UnitParticulars, above, add, archive, change};
pub use rows::{find, find_by_code, list, list_open, set_turns, turns};
pub(crate) use rows::{has_another_signer, is_signed};
pub use unit::Unit;

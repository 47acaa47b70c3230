//! How far the views of somebody reach.

use crate::actor::{Role, Staff};

/// Whose letters are in the views of somebody that go beyond what they have in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Those around their units: they are looked for from there on.
    Units,
    /// Everybody's.
    All,
    /// Everybody's, of somebody to whom letters are referred, too.
    AllAndMine,
}

impl Reach {
    pub fn of(staff: &Staff) -> Reach {
        let sees_all = staff.has(Role::Reviewer) || staff.has(Role::Auditor);
        let is_of_unit = staff.has(Role::Officer) || staff.has(Role::Signer);
        match (sees_all, is_of_unit) {
            (false, _) => Reach::Units,
            (true, false) => Reach::All,
            (true, true) => Reach::AllAndMine,
        }
    }
}

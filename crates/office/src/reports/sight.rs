//! Whose figures somebody may see: those of the organisation, or those of their units.

use crate::actor::{Role, Staff};
use crate::ids::UnitId;

/// What somebody may see of the reports. Whoever holds one may read some.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sight {
    /// The organisation's and each unit's. Administrators, and who signs for the organisation as a whole, see the figures without
    /// a way to all their letters.
    Whole { reads_letters: bool },
    /// Their units', and of these the registered letters.
    Units(Vec<UnitId>),
}

impl Sight {
    /// What this person may see; none for those whose work is not with letters.
    pub fn of(staff: &Staff) -> Option<Sight> {
        let reads_letters = staff.has(Role::Reviewer) || staff.has(Role::Auditor);
        let is_head = staff.posts.iter().any(|post| post.role == Role::Signer && post.unit.is_none());
        if reads_letters || is_head || staff.has(Role::Administrator) {
            return Some(Sight::Whole { reads_letters });
        }
        let posts = staff.posts.iter().filter(|post| matches!(post.role, Role::Officer | Role::Signer));
        let mut units: Vec<UnitId> = Vec::new();
        for unit in posts.filter_map(|post| post.unit.as_ref()) {
            // Who is an officer of a unit and signs for it, too, has it once.
            if !units.contains(unit) {
                units.push(unit.clone());
            }
        }
        (!units.is_empty()).then_some(Sight::Units(units))
    }

    /// Whether the figures of this unit are theirs to see.
    pub fn has(&self, unit: &UnitId) -> bool {
        match self {
            Sight::Whole { .. } => true,
            Sight::Units(units) => units.contains(unit),
        }
    }

    /// Whether the figures of messages are theirs to see: they are of letters in every state.
    pub fn sees_messages(&self) -> bool {
        matches!(self, Sight::Whole { .. })
    }

    /// Whether they may read letters that are not registered.
    pub fn reads_unregistered(&self) -> bool {
        *self == Sight::Whole { reads_letters: true }
    }

    /// Whether they may read registered letters.
    pub fn reads_registered(&self) -> bool {
        *self != Sight::Whole { reads_letters: false }
    }
}

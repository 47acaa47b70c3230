//! The sieve: what of a view a person wants to see.

use pishkhan_store::Moment;

use crate::ids::UnitId;
use crate::letters::letter::Priority;

/// What a person wants to see of a view. The default is everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sieve {
    pub unit: Option<UnitId>,
    /// A state's word; empty for any.
    pub state: String,
    /// Only letters with files.
    pub has_files: bool,
    /// Only letters whose deadline is over.
    pub is_overdue: bool,
    /// A part of the sender's name; empty for any.
    pub sender: String,
    pub submitted_from: Option<Moment>,
    pub submitted_before: Option<Moment>,
    pub priority: Option<Priority>,
}

impl Sieve {
    /// Whether it lets everything through.
    pub fn is_open(&self) -> bool {
        *self == Sieve::default()
    }

    /// The pattern of names that contain the one that is looked for; empty for any.
    pub(super) fn sender_pattern(&self) -> String {
        if self.sender.is_empty() {
            return String::new();
        }
        let plain = self.sender.replace('!', "!!").replace('%', "!%").replace('_', "!_");
        format!("%{plain}%")
    }
}

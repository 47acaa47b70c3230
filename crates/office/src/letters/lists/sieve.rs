//! The sieve: what of a view a person wants to see.

use pishkhan_persian::text::search_key_without_spaces;
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

    /// The pattern of folded names that contain the one that is looked for; empty for any.
    pub(super) fn sender_pattern(&self) -> String {
        if self.sender.is_empty() {
            return String::new();
        }
        // What has neither letter nor digit is looked for as it is.
        let key = search_key_without_spaces(&self.sender);
        if key.is_empty() { self.typed_pattern() } else { format!("%{key}%") }
    }

    /// The pattern of names that contain it sign by sign: of signs that are no letters nothing is left when a name is folded, and a letter
    /// from before may not be folded yet.
    pub(super) fn typed_pattern(&self) -> String {
        let plain = self.sender.replace('!', "!!").replace('%', "!%").replace('_', "!_");
        format!("%{plain}%")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(sender: &str) -> (String, String) {
        let sieve = Sieve { sender: sender.to_owned(), ..Sieve::default() };
        (sieve.sender_pattern(), sieve.typed_pattern())
    }

    #[test]
    fn a_name_is_looked_for_folded_and_as_it_was_typed() {
        // Reza'i-nejad, with Arabic letters and a half-space.
        let typed = "\u{631}\u{636}\u{627}\u{626}\u{64A}\u{200C}\u{646}\u{698}\u{627}\u{62F}";
        let folded = "%\u{631}\u{636}\u{627}\u{6CC}\u{6CC}\u{646}\u{698}\u{627}\u{62F}%";
        assert_eq!(of(typed), (folded.to_owned(), format!("%{typed}%")));
        assert_eq!(of("Alfa 12"), ("%alfa12%".to_owned(), "%Alfa 12%".to_owned()));
        assert_eq!(of("%_"), ("%!%!_%".to_owned(), "%!%!_%".to_owned()));
        assert_eq!(of("").0, "");
    }
}

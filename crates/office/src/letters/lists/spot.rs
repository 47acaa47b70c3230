//! Where a letter stands in a view of the tray: by what the view is ordered by, then by its arrival.

use super::tray::Tray;
use crate::ids::LetterId;
use crate::letters::letter::Letter;

/// A letter's spot in a view; a page of it ends there, and the next one goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The moment by which the view is ordered.
    pub at: i64,
    /// When the letter came: of letters that are due at once, the first stands on top.
    pub arrived: i64,
    pub id: String,
}

impl Spot {
    /// Where the letter stands in that view, if it is in it.
    pub(super) fn of(tray: Tray, letter: &Letter) -> Spot {
        let due = || letter.state.due().map_or(0, |due| due.0);
        let submitted = letter.state.submission().map_or(0, |submission| submission.at.0);
        let answer_due = || letter.state.registration().map(|registration| registration.answer_due.0);
        let at = match tray {
            // The newest first: the largest moment has the smallest key.
            Tray::Done => -letter.changed_at.0,
            Tray::Waiting => letter.state.waits_until().map_or(0, |until| until.0),
            Tray::Mine => answer_due().unwrap_or(0),
            Tray::Referred => letter.state.due().map(|due| due.0).or_else(answer_due).unwrap_or(0),
            Tray::Review | Tray::Near | Tray::Unit | Tray::Signature | Tray::Objections | Tray::Late => due(),
        };
        let arrived = if tray == Tray::Done { -submitted } else { submitted };
        Spot { at, arrived, id: letter.id.to_string() }
    }

    /// As it stands in an address.
    pub fn text(&self) -> String {
        format!("{}.{}-{}", self.at, self.arrived, self.id)
    }

    /// From an address; anything else is no spot.
    pub fn parse(text: &str) -> Option<Spot> {
        // The moments of a list that begins with the newest are negative.
        let (moments, id) = text.rsplit_once('-')?;
        let (at, arrived) = moments.split_once('.')?;
        let id = LetterId::parse(id)?.to_string();
        Some(Spot { at: at.parse().ok()?, arrived: arrived.parse().ok()?, id })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spot_stands_in_an_address() {
        for (at, arrived) in [(1_920_521_520_000, 1_920_521_000_000), (-5, -7), (0, 0)] {
            let spot = Spot { at, arrived, id: LetterId::random().to_string() };
            assert_eq!(Spot::parse(&spot.text()), Some(spot));
        }
        for bad in ["", "5-", "5.6", "5-x", "5.6-../x", "5.6.7-", "-"] {
            assert_eq!(Spot::parse(bad), None, "{bad}");
        }
    }
}

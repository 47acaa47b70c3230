//! Where a letter stands in a view of the tray: by what the view is ordered by, then by its arrival.

use pishkhan_store::{Result, Row};
use sqlx::any::AnyRow;

use crate::ids::LetterId;

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
    pub(super) fn of_row(row: &AnyRow) -> Result<Spot> {
        Ok(Spot { at: row.try_get("stands_at")?, arrived: row.try_get("arrived")?, id: row.try_get("id")? })
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

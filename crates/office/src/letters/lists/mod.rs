//! The lists that people read: a sender's history, the desk's tray, and what a tracking code tells. Paged by key, never by offset.

mod anew;
mod counts;
#[cfg(test)]
mod deep;
mod depth;
mod elsewhere;
mod history;
mod late;
mod pages;
#[cfg(test)]
mod plans;
mod reach;
mod referred;
mod rounds;
mod sieve;
mod spot;
mod tracking;
mod tray;
mod unfolded;
mod unrated;
mod views;
mod waiting;

pub use counts::{MOST_COUNTED, TrayCounts, tray_count, tray_counts};
pub use depth::MOST_SIEVED;
pub use history::{Counts, Filter, history, history_counts};
pub(super) use late::to_escalate;
pub use rounds::loads;
pub(super) use rounds::{freest_officer, freest_reviewer, to_close, to_raise, to_share};
pub use sieve::Sieve;
pub use spot::Spot;
pub use tracking::{Trail, public_trail, tracked};
pub use tray::{Across, TrayPage, next_in_review, page_before, spot_in, tray, tray_beside};
pub(super) use unfolded::unfolded;
pub use unrated::unrated;
pub use views::Tray;
pub(super) use waiting::{to_lapse, to_warn, units_that_wait};

use pishkhan_store::{Moment, Result, Row, StoreError};
use sqlx::any::AnyRow;

use super::came_back::CameBack;
use super::letter::Letter;
use super::rows;
use crate::ids::LetterId;

/// A letter as a list shows it.
#[derive(Clone, Debug)]
pub struct Card {
    /// Without its long texts, which no list shows: its body, the body's digest and the answer's text are empty here.
    pub letter: Letter,
    /// Empty in drafts without a unit.
    pub unit_name: String,
    pub unit_name_english: String,
    pub files: u64,
    /// Messages of the sender that nobody of the unit has read yet.
    pub unseen: u64,
    /// What came back with it and waits for this person's look; the tray alone tells it.
    pub came_back: Option<CameBack>,
    /// Who has it in hand, by name; the tray alone tells it.
    pub hand: Option<String>,
    /// By when its reader has to do with it what it was referred for. The view of what was referred tells it; that of what is near, where
    /// it comes before the letter's own deadline.
    pub own_due: Option<Moment>,
}

/// Where a page of a list ends, and the next one goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub at: i64,
    pub id: String,
}

impl Place {
    /// As it stands in an address.
    pub fn text(&self) -> String {
        format!("{}-{}", self.at, self.id)
    }

    /// From an address; anything else is no place.
    pub fn parse(text: &str) -> Option<Place> {
        let (at, id) = text.rsplit_once('-')?;
        Some(Place { at: at.parse().ok()?, id: LetterId::parse(id)?.to_string() })
    }
}

fn paged(mut cards: Vec<Card>, page: u32, key: impl Fn(&Letter) -> Option<Moment>) -> (Vec<Card>, Option<Place>) {
    let page = page as usize;
    let has_more = cards.len() > page;
    cards.truncate(page);
    let last = cards.last().filter(|_| has_more);
    let next = last.and_then(|card| key(&card.letter).map(|at| Place { at: at.0, id: card.letter.id.to_string() }));
    (cards, next)
}

fn card(row: &AnyRow) -> Result<Card> {
    let (files, unseen): (i64, i64) = (row.try_get("files")?, row.try_get("unseen")?);
    Ok(Card {
        letter: rows::letter(row)?,
        unit_name: row.try_get("unit_name")?,
        unit_name_english: row.try_get("unit_name_english")?,
        files: u64::try_from(files).unwrap_or(0),
        unseen: u64::try_from(unseen).unwrap_or(0),
        came_back: None,
        hand: None,
        own_due: None,
    })
}

fn count(row: &AnyRow, column: usize) -> Result<u64> {
    u64::try_from(row.try_get::<i64, _>(column)?).map_err(|_| StoreError::Unreadable("count"))
}

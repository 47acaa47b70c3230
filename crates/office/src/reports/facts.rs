//! What is counted of a letter: from its facts follow the figures that it adds to. Pure.

use std::collections::BTreeMap;

use pishkhan_store::Moment;
use serde::{Deserialize, Serialize};

use super::{Figures, Hour, Open, Period};

/// What has become of a letter, in as many words as a chart has colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Registered, whatever came after it.
    Accepted,
    Rejected,
    /// Its sender is to complete it.
    Returned,
    /// Under review.
    Waiting,
    /// Withdrawn or lapsed.
    Ended,
}

impl Outcome {
    pub const ALL: [Outcome; 5] =
        [Outcome::Accepted, Outcome::Rejected, Outcome::Returned, Outcome::Waiting, Outcome::Ended];

    /// Its word in addresses and statements.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Accepted => "accepted",
            Outcome::Rejected => "rejected",
            Outcome::Returned => "returned",
            Outcome::Waiting => "waiting",
            Outcome::Ended => "ended",
        }
    }

    pub fn parse(text: &str) -> Option<Outcome> {
        Outcome::ALL.into_iter().find(|outcome| outcome.as_str() == text)
    }
}

/// The facts of a submitted letter that figures are made of. They are kept as they were counted, to be taken back exactly.
///
/// Who changes how they are counted empties the tables of figures in the same migration, and the round counts again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Facts {
    /// The clearance that it needs.
    pub classification: i64,
    /// Whom it is addressed to.
    pub unit: String,
    /// Who acts on it.
    pub acting: String,
    pub state: String,
    pub outcome: Outcome,
    pub arrived_at: i64,
    /// By when the house owes a step; none when it owes none.
    pub due_at: Option<i64>,
    pub registered_at: Option<i64>,
    pub rejected_at: Option<i64>,
    /// The id of the reason, empty when it is none of the list.
    pub reason: Option<String>,
    pub answered_at: Option<i64>,
    pub answer_due_at: Option<i64>,
    pub rated_at: Option<i64>,
    pub rating: Option<i64>,
}

/// Where figures are kept: of a unit ('' for all together), in a period, of letters of one classification.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cell {
    pub unit: String,
    pub period: Period,
    pub classification: i64,
}

/// Sums of figures, by where they are kept.
pub(super) type Sums = BTreeMap<Cell, Figures>;

impl Facts {
    /// Adds what these facts come to, `times` being 1, or takes it away, being -1.
    pub fn add_to(&self, sums: &mut Sums, times: i64) {
        let arrived = Moment(self.arrived_at);
        self.on(sums, &self.unit, arrived, |then| *then.arrived.entry(self.outcome).or_default() += times);
        if let Some(at) = self.registered_at.or(self.rejected_at).map(Moment) {
            self.on(sums, &self.unit, at, |then| then.decided.note(at.since(arrived), times));
        }
        if let (Some(at), Some(reason)) = (self.rejected_at.map(Moment), &self.reason) {
            self.on(sums, &self.unit, at, |then| *then.reasons.entry(reason.clone()).or_default() += times);
        }
        if let Some(at) = self.answered_at.map(Moment) {
            let is_in_time = self.answer_due_at.is_none_or(|due| at.0 <= due);
            self.on(sums, &self.acting, at, |then| {
                then.answered.note(at.since(arrived), times);
                then.answered_in_time += if is_in_time { times } else { 0 };
            });
        }
        if let (Some(at), Some(step)) = (self.rated_at.map(Moment), self.rating) {
            self.on(sums, &self.acting, at, |then| then.ratings.note(step, times));
        }
        if let (Some(open), Some(due)) = (Open::of(&self.state), self.due_at) {
            let hour = Hour::of(Moment(due));
            for unit in [&self.acting, ""] {
                let now = self.cell(sums, unit, Period::NOW);
                *now.open.entry(open).or_default().entry(hour).or_default() += times;
            }
        }
    }

    /// Notes something on its day and in its month, for the unit and for all together.
    fn on(&self, sums: &mut Sums, unit: &str, at: Moment, note: impl Fn(&mut Figures)) {
        for period in [Period::day(at), Period::month(at)] {
            for unit in [unit, ""] {
                note(self.cell(sums, unit, period));
            }
        }
    }

    fn cell<'a>(&self, sums: &'a mut Sums, unit: &str, period: Period) -> &'a mut Figures {
        let cell = Cell { unit: unit.to_owned(), period, classification: self.classification };
        sums.entry(cell).or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(state: &str) -> Facts {
        let noon = 1_795_327_920_000;
        Facts {
            classification: 1,
            unit: "u".into(),
            acting: "v".into(),
            state: state.into(),
            outcome: Outcome::Accepted,
            arrived_at: noon,
            due_at: Some(noon + 1),
            registered_at: (state != "submitted").then_some(noon + 3_600_000),
            rejected_at: None,
            reason: None,
            answered_at: (state == "answered").then_some(noon + 7_200_000),
            answer_due_at: Some(noon + 1),
            rated_at: (state == "answered").then_some(noon + 7_300_000),
            rating: (state == "answered").then_some(4),
        }
    }

    #[test]
    fn what_a_letter_added_can_be_taken_back() {
        for state in ["submitted", "registered", "in_progress", "objected", "answered"] {
            let mut sums = Sums::new();
            facts(state).add_to(&mut sums, 1);
            assert!(!sums.values().all(is_nothing), "{state}");
            facts(state).add_to(&mut sums, -1);
            assert!(sums.values().all(is_nothing), "{state}: {sums:?}");
        }
    }

    /// Zeros may be left in a change; what is kept has none.
    fn is_nothing(change: &Figures) -> bool {
        let mut kept = Figures::default();
        kept.add(change);
        kept.is_empty()
    }

    #[test]
    fn a_letter_counts_on_its_day_and_in_its_month_for_its_unit_and_for_all() {
        let mut sums = Sums::new();
        facts("submitted").add_to(&mut sums, 1);
        let cells: Vec<(&str, i64)> = sums.keys().map(|cell| (cell.unit.as_str(), cell.period.0)).collect();
        let all = [("", 0), ("", 140_509), ("", 14_050_901), ("u", 140_509), ("u", 14_050_901), ("v", 0)];
        assert_eq!(cells, all);
        assert!(sums.keys().all(|cell| cell.classification == 1));
    }
}

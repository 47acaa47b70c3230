//! What is counted of a letter: from its facts follow the figures that it adds to. Pure.

use std::collections::BTreeMap;

use pishkhan_store::Moment;
use serde::{Deserialize, Serialize};

use super::{Figures, Open, Period};

/// What has become of a letter, in as many words as a chart has colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Accepted,
    Rejected,
    Waiting,
}

impl Outcome {
    pub const ALL: [Outcome; 3] = [Outcome::Accepted, Outcome::Rejected, Outcome::Waiting];

    /// Its word in addresses and statements.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Accepted => "accepted",
            Outcome::Rejected => "rejected",
            Outcome::Waiting => "waiting",
        }
    }

    pub fn parse(text: &str) -> Option<Outcome> {
        Outcome::ALL.into_iter().find(|outcome| outcome.as_str() == text)
    }

    fn of(state: &str) -> Outcome {
        match state {
            "submitted" => Outcome::Waiting,
            "rejected" => Outcome::Rejected,
            _ => Outcome::Accepted,
        }
    }
}

/// The facts of a submitted letter that figures are made of. They are kept as they were counted, to be taken back exactly.
///
/// Who changes how they are counted empties the tables of figures in the same migration, and the round counts again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Facts {
    pub unit: String,
    pub state: String,
    pub arrived_at: i64,
    pub due_at: Option<i64>,
    pub registered_at: Option<i64>,
    pub rejected_at: Option<i64>,
    /// The id of the reason, empty when it is none of the list.
    pub reason: Option<String>,
    pub answered_at: Option<i64>,
    pub answer_due_at: Option<i64>,
}

impl Facts {
    /// The figures that these facts add to, `times` being 1, or take from, being -1.
    pub fn figures(&self, times: i64) -> BTreeMap<Period, Figures> {
        let mut figures: BTreeMap<Period, Figures> = BTreeMap::new();
        let arrived = Moment(self.arrived_at);
        on(&mut figures, arrived, |then| *then.arrived.entry(Outcome::of(&self.state)).or_default() += times);
        if let Some(at) = self.registered_at.or(self.rejected_at).map(Moment) {
            on(&mut figures, at, |then| then.decided.note(at.since(arrived), times));
        }
        if let (Some(at), Some(reason)) = (self.rejected_at.map(Moment), &self.reason) {
            on(&mut figures, at, |then| *then.reasons.entry(reason.clone()).or_default() += times);
        }
        if let Some(at) = self.answered_at.map(Moment) {
            let is_in_time = self.answer_due_at.is_none_or(|due| at.0 <= due);
            on(&mut figures, at, |then| {
                then.answered.note(at.since(arrived), times);
                then.answered_in_time += if is_in_time { times } else { 0 };
            });
        }
        if let (Some(open), Some(due)) = (self.open(), self.due_at) {
            let now = figures.entry(Period::NOW).or_default();
            *now.open.entry(open).or_default().entry(Period::day(Moment(due))).or_default() += times;
        }
        figures
    }

    fn open(&self) -> Option<Open> {
        match self.state.as_str() {
            "submitted" => Some(Open::Review),
            "registered" | "in_progress" => Some(Open::Answer),
            _ => None,
        }
    }
}

/// Notes something on its day and in its month.
fn on(figures: &mut BTreeMap<Period, Figures>, at: Moment, note: impl Fn(&mut Figures)) {
    for period in [Period::day(at), Period::month(at)] {
        note(figures.entry(period).or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(state: &str) -> Facts {
        let noon = 1_795_327_920_000;
        Facts {
            unit: "u".into(),
            state: state.into(),
            arrived_at: noon,
            due_at: Some(noon + 1),
            registered_at: (state != "submitted").then_some(noon + 3_600_000),
            rejected_at: None,
            reason: None,
            answered_at: (state == "answered").then_some(noon + 7_200_000),
            answer_due_at: Some(noon + 1),
        }
    }

    #[test]
    fn what_a_letter_added_can_be_taken_back() {
        for state in ["submitted", "registered", "in_progress", "answered"] {
            let mut left = facts(state).figures(1);
            for (period, taken) in facts(state).figures(-1) {
                left.get_mut(&period).expect("the same periods").add(&taken);
            }
            assert!(left.values().all(Figures::is_empty), "{state}: {left:?}");
        }
    }

    #[test]
    fn a_letter_counts_on_its_day_and_in_its_month() {
        let periods: Vec<i64> = facts("submitted").figures(1).into_keys().map(|period| period.0).collect();
        assert_eq!(periods, [0, 140_509, 14_050_901]);
    }
}

//! The figures of a unit in a period: sums, so that units, days and months add up. Pure.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Fate, Histogram, Hour, Outcome, Ratings};

/// The figures of a unit, or of all together, in a day, a month or a longer time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Figures {
    /// Letters that came then, by what has become of them until now.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub arrived: BTreeMap<Outcome, i64>,
    /// Letters that were registered or rejected then, by how long they had waited for it.
    #[serde(skip_serializing_if = "Histogram::is_empty")]
    pub decided: Histogram,
    /// Rejections then, by the reason's id; empty when it was none of the list.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub reasons: BTreeMap<String, i64>,
    /// Letters that were answered then, by how long after they had come.
    #[serde(skip_serializing_if = "Histogram::is_empty")]
    pub answered: Histogram,
    #[serde(skip_serializing_if = "is_zero")]
    pub answered_in_time: i64,
    /// Ratings that senders gave then.
    #[serde(skip_serializing_if = "Ratings::is_empty")]
    pub ratings: Ratings,
    /// Messages about letters that left then or were given up then, by what has become of them until now.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub messages: BTreeMap<Fate, i64>,
    /// What is open, by the hour in which it is due; of the period of now only.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub open: BTreeMap<Open, BTreeMap<Hour, i64>>,
}

/// What an open letter waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Open {
    Review,
    Answer,
    /// A decision about an objection.
    Ruling,
}

impl Open {
    pub const ALL: [Open; 3] = [Open::Review, Open::Answer, Open::Ruling];

    /// Its word in addresses and statements.
    pub fn as_str(self) -> &'static str {
        match self {
            Open::Review => "review",
            Open::Answer => "answer",
            Open::Ruling => "ruling",
        }
    }

    pub fn parse(text: &str) -> Option<Open> {
        Open::ALL.into_iter().find(|open| open.as_str() == text)
    }

    /// What a letter in this state waits for, if the house owes it.
    pub(super) fn of(state: &str) -> Option<Open> {
        match state {
            "submitted" => Some(Open::Review),
            "registered" | "in_progress" | "answer_review" => Some(Open::Answer),
            "objected" => Some(Open::Ruling),
            _ => None,
        }
    }
}

impl Figures {
    pub fn add(&mut self, other: &Figures) {
        add_counts(&mut self.arrived, &other.arrived);
        self.decided.add(&other.decided);
        add_counts(&mut self.reasons, &other.reasons);
        self.answered.add(&other.answered);
        self.answered_in_time += other.answered_in_time;
        self.ratings.add(&other.ratings);
        add_counts(&mut self.messages, &other.messages);
        for (&open, hours) in &other.open {
            let of = self.open.entry(open).or_default();
            add_counts(of, hours);
            if of.is_empty() {
                self.open.remove(&open);
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        *self == Figures::default()
    }

    /// All letters that came.
    pub fn arrivals(&self) -> u64 {
        count(self.arrived.values().sum())
    }

    /// Those that came and of which this has become.
    pub fn arrived_as(&self, outcome: Outcome) -> u64 {
        count(self.arrived.get(&outcome).copied().unwrap_or(0))
    }

    pub fn rejections(&self) -> u64 {
        count(self.reasons.values().sum())
    }

    /// How many per cent were answered in time; none of nothing.
    pub fn in_time_per_cent(&self) -> Option<u64> {
        let answered = self.answered.count();
        (answered > 0).then(|| (count(self.answered_in_time) * 100 + answered / 2) / answered)
    }

    /// All messages about letters.
    pub fn messages_in_all(&self) -> u64 {
        count(self.messages.values().sum())
    }

    /// Those of which this has become.
    pub fn messages_as(&self, fate: Fate) -> u64 {
        count(self.messages.get(&fate).copied().unwrap_or(0))
    }

    /// Those that did not arrive or were put aside.
    pub fn messages_lost(&self) -> u64 {
        Fate::ALL.into_iter().filter(|fate| fate.is_lost()).map(|fate| self.messages_as(fate)).sum()
    }

    /// How many wait for this.
    pub fn open(&self, open: Open) -> u64 {
        count(self.open.get(&open).map_or(0, |hours| hours.values().sum()))
    }

    /// How many of them were due before this hour.
    pub fn open_since_before(&self, open: Open, hour: Hour) -> u64 {
        count(self.open.get(&open).map_or(0, |hours| hours.range(..hour).map(|(_, count)| count).sum()))
    }
}

/// A count as people read it. None is below zero once the round is through.
pub(super) fn count(sum: i64) -> u64 {
    u64::try_from(sum).unwrap_or(0)
}

fn add_counts<K: Ord + Clone>(to: &mut BTreeMap<K, i64>, from: &BTreeMap<K, i64>) {
    for (key, &times) in from {
        let count = to.entry(key.clone()).or_insert(0);
        *count += times;
        if *count == 0 {
            to.remove(key);
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
fn is_zero(n: &i64) -> bool {
    *n == 0
}

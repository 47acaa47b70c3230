//! Terms: how long each step may take, in working days or hours. Pure.

use pishkhan_store::Moment;
use serde::{Deserialize, Serialize};

use crate::ids::{KindId, UnitId};
use crate::rules::Rules;

/// How long something may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Term {
    /// Working days after the day on which it begins.
    Days(u32),
    /// Working hours.
    Hours(u32),
}

/// What a term is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Until a submitted letter is registered, returned or rejected.
    Review,
    /// Until a registered letter is answered.
    Answer,
    /// Until the sender has completed what was returned.
    Completion,
    /// Until the sender has replied to a question.
    Reply,
    /// Until when the sender may object.
    Objection,
    /// Until an objection is decided.
    Ruling,
}

/// A term that an organisation has set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetTerm {
    /// None: of every unit.
    pub unit: Option<UnitId>,
    /// None: of letters of every kind, and of none.
    pub kind: Option<KindId>,
    pub step: Step,
    pub term: Term,
    /// The law or rule that it comes from, as senders read it; may be empty.
    pub basis: String,
}

/// A deadline as it was set, by which term and which law: what the event of its letter tells for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// In milliseconds.
    pub due: i64,
    pub term: Term,
    /// May be empty.
    pub basis: String,
}

impl Deadline {
    pub fn moment(&self) -> Moment {
        Moment(self.due)
    }
}

impl Term {
    /// The most that a term may be.
    pub const MOST_DAYS: u32 = 365;
    pub const MOST_HOURS: u32 = 2_000;

    /// Whether this step may take so long: at least one, and nothing absurd. Only the window for objections may be none at all.
    pub fn is_sound_for(self, step: Step) -> bool {
        let least = u32::from(step != Step::Objection);
        match self {
            Term::Days(days) => (least..=Term::MOST_DAYS).contains(&days),
            Term::Hours(hours) => (least..=Term::MOST_HOURS).contains(&hours),
        }
    }

    /// Whether it is over as it begins.
    pub fn is_none(self) -> bool {
        matches!(self, Term::Days(0) | Term::Hours(0))
    }

    /// Amount and measure, as tables hold them.
    pub(super) fn stored(self) -> (i64, &'static str) {
        match self {
            Term::Days(days) => (i64::from(days), "days"),
            Term::Hours(hours) => (i64::from(hours), "hours"),
        }
    }

    pub(super) fn of_stored(amount: i64, measure: &str) -> Option<Term> {
        let amount = u32::try_from(amount).ok()?;
        match measure {
            "days" => Some(Term::Days(amount)),
            "hours" => Some(Term::Hours(amount)),
            _ => None,
        }
    }
}

impl Step {
    pub const ALL: [Step; 6] =
        [Step::Review, Step::Answer, Step::Completion, Step::Reply, Step::Objection, Step::Ruling];

    /// The step's word in tables and commands.
    pub fn as_str(self) -> &'static str {
        match self {
            Step::Review => "review",
            Step::Answer => "answer",
            Step::Completion => "completion",
            Step::Reply => "reply",
            Step::Objection => "objection",
            Step::Ruling => "ruling",
        }
    }

    pub fn parse(word: &str) -> Option<Step> {
        Step::ALL.into_iter().find(|step| step.as_str() == word)
    }

    /// The operator's term, which holds where the organisation has set none.
    pub fn usual(self, rules: &Rules) -> Term {
        let days = match self {
            Step::Review => rules.letters.review_days,
            Step::Answer => rules.letters.answer_days,
            Step::Completion | Step::Reply => rules.letters.sender_days,
            Step::Objection => rules.letters.objection_days,
            Step::Ruling => rules.letters.ruling_days,
        };
        Term::Days(days)
    }
}

//! What comes back to whoever has a letter, and stands as a word in their lists until they open it. Pure.

use pishkhan_store::Moment;

use super::letter::Letter;
use super::states::State;
use crate::actor::{Role, Staff};
use crate::ids::StaffId;

/// What came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CameBack {
    /// A returned letter, complete.
    Completed,
    /// An opinion that was asked for.
    Opinion,
    /// A draft, from its signer.
    Draft,
    /// A referral, from whoever it was to.
    Referral,
    /// A letter that was decided, to be worked on again.
    Reopened,
    /// A note of somebody else of the house.
    Note,
}

/// What came back last, as long as whoever has the letter has not opened it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Back {
    pub what: CameBack,
    pub at: Moment,
    /// Which member of staff it came from; to them it is nothing new.
    pub by: Option<StaffId>,
}

impl CameBack {
    /// The word in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            CameBack::Completed => "completed",
            CameBack::Opinion => "opinion",
            CameBack::Draft => "draft",
            CameBack::Referral => "referral",
            CameBack::Reopened => "reopened",
            CameBack::Note => "note",
        }
    }

    pub(super) fn parse(text: &str) -> Option<CameBack> {
        [
            CameBack::Completed,
            CameBack::Opinion,
            CameBack::Draft,
            CameBack::Referral,
            CameBack::Reopened,
            CameBack::Note,
        ]
        .into_iter()
        .find(|what| what.as_str() == text)
    }
}

impl Back {
    /// Whether it waits for this person, who has the letter. `with_me!` says the same in SQL.
    pub(super) fn is_for(&self, staff: &Staff, letter: &Letter) -> bool {
        self.by.as_ref() != Some(&staff.id) && has(staff, letter)
    }
}

/// Whether this person has the letter: an objection, to be decided one level up; in hand, with its signer while a draft is before them; else
/// its unit has it, and before the registration whoever reviews it.
fn has(staff: &Staff, letter: &Letter) -> bool {
    if matches!(letter.state, State::Objected(..)) {
        return letter.raised_to.as_ref().is_some_and(|above| staff.is_signer_above(above));
    }
    let Some(unit) = &letter.holder else {
        return staff.has(Role::Reviewer) && letter.reviewer.as_ref().is_none_or(|reviewer| *reviewer == staff.id);
    };
    match letter.state.work().and_then(|work| work.officer.as_ref()) {
        Some(officer) if *officer == staff.id => true,
        Some(_) => matches!(letter.state, State::AnswerReview(..)) && staff.is_signer_of(unit),
        None => staff.is_officer_of(unit) || staff.is_signer_of(unit),
    }
}

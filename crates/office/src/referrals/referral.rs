//! The referral, the tree of a letter's referrals, and who may do what with one. Pure.

use pishkhan_store::Moment;

use crate::actor::Staff;
use crate::ids::{LetterId, ReferralId, StaffId, UnitId};
use crate::letters::{Letter, State};

/// How long the text of a referral (هامش), its closing word or the reason of its return may be, in characters.
pub const REFERRAL_CHARACTERS: usize = 1_000;
/// How many copies one referral may have.
pub const COPIES: usize = 20;

#[derive(Clone, Debug)]
pub struct Referral {
    pub id: ReferralId,
    pub letter: LetterId,
    /// The one for action by which the letter had come to whoever referred it on. None: it had not been referred.
    pub parent: Option<ReferralId>,
    /// How far from the registration it stands, from 1.
    pub hop: u32,
    pub from_unit: UnitId,
    pub from_staff: StaffId,
    pub to: To,
    pub purpose: Purpose,
    /// May be empty.
    pub text: String,
    pub due: Option<Moment>,
    pub at: Moment,
    pub read_at: Option<Moment>,
    pub read_by: Option<StaffId>,
    pub end: Option<End>,
}

/// How a referral ended.
#[derive(Clone, Debug)]
pub struct End {
    pub at: Moment,
    /// None: nobody had done it when its letter was over, and there was nothing to do any more.
    pub by: Option<StaffId>,
    /// What was said; may be empty.
    pub text: String,
    pub how: Ending,
}

/// By which act it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Done,
    /// Whoever got it sent it back to who had referred it.
    SentBack,
    /// Whoever had asked or told took it back.
    Recalled,
}

/// To whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct To {
    pub unit: UnitId,
    /// None: whoever of the unit comes first.
    pub staff: Option<StaffId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The letter is theirs now.
    Action,
    /// They are to be told only.
    Information,
    /// They are to answer whoever asked.
    Answer,
}

/// A referral with those that came of it.
#[derive(Clone, Debug)]
pub struct Branch {
    pub referral: Referral,
    pub branches: Vec<Branch>,
}

impl Referral {
    /// Whether this person is to do something about it, or to read it.
    pub fn is_to(&self, staff: &Staff) -> bool {
        match &self.to.staff {
            Some(person) => *person == staff.id,
            None => staff.is_officer_of(&self.to.unit) || staff.is_signer_of(&self.to.unit),
        }
    }

    pub fn is_open(&self) -> bool {
        self.end.is_none()
    }
}

/// Whether this person may say that the referral is done: whoever it is to; of one for action, also whoever acts on the letter.
pub fn could_finish(staff: &Staff, referral: &Referral) -> bool {
    let acts = referral.purpose == Purpose::Action && staff.is_officer_of(&referral.to.unit);
    referral.is_open() && (acts || referral.is_to(staff))
}

/// Whether this person may send the referral back with the letter as it is now. What was only told of need not be sent back; the
/// owner sends the letter back while nobody else has it in hand and nobody waits for its sender or its signer, and so does the head of the
/// unit to which it was referred, while nobody has it.
pub fn could_send_back(staff: &Staff, letter: &Letter, referral: &Referral) -> bool {
    match referral.purpose {
        Purpose::Information => false,
        Purpose::Answer => could_finish(staff, referral),
        Purpose::Action => {
            let unit = &referral.to.unit;
            let hand = letter.state.work().and_then(|work| work.officer.as_ref());
            let is_worked_on = matches!(letter.state, State::Registered(..) | State::InProgress(..));
            let is_owner = staff.is_officer_of(unit) && hand.is_none_or(|officer| *officer == staff.id);
            let is_head = hand.is_none() && referral.is_to(staff);
            referral.is_open() && letter.holder.as_ref() == Some(unit) && is_worked_on && (is_owner || is_head)
        }
    }
}

/// Whether this person may take the referral back: whoever asked or told, and who has the letter in hand for the unit that did. One for
/// action has moved the letter: it is for those who got it to send it back.
pub fn could_recall(staff: &Staff, letter: &Letter, referral: &Referral) -> bool {
    let has_letter = letter.state.work().is_some_and(|work| work.officer.as_ref() == Some(&staff.id));
    let is_theirs = referral.from_staff == staff.id || has_letter;
    let is_of_unit = staff.is_officer_of(&referral.from_unit) || staff.is_signer_of(&referral.from_unit);
    referral.is_open() && referral.purpose != Purpose::Action && is_theirs && is_of_unit
}

/// The referrals of a letter as they came of each other, the oldest first.
pub fn tree(referrals: Vec<Referral>) -> Vec<Branch> {
    let known: Vec<ReferralId> = referrals.iter().map(|referral| referral.id.clone()).collect();
    let is_root = |referral: &Referral| referral.parent.as_ref().is_none_or(|parent| !known.contains(parent));
    let (roots, rest) = referrals.into_iter().partition::<Vec<_>, _>(is_root);
    roots.into_iter().map(|root| branch(root, &rest)).collect()
}

fn branch(referral: Referral, rest: &[Referral]) -> Branch {
    let below = rest.iter().filter(|other| other.parent.as_ref() == Some(&referral.id));
    let branches = below.map(|other| branch(other.clone(), rest)).collect();
    Branch { referral, branches }
}

impl Purpose {
    pub const ALL: [Purpose; 3] = [Purpose::Action, Purpose::Answer, Purpose::Information];

    pub fn as_str(self) -> &'static str {
        match self {
            Purpose::Action => "action",
            Purpose::Information => "information",
            Purpose::Answer => "answer",
        }
    }

    pub fn parse(text: &str) -> Option<Purpose> {
        Purpose::ALL.into_iter().find(|purpose| purpose.as_str() == text)
    }
}

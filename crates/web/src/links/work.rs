//! The addresses of the work on a letter: referrals, notes, and the thread with its sender.

use pishkhan_office::ids::{LetterId, ReferralId};

use super::Link;

/// Where the sender replies to a question.
pub fn letter_reply(letter: &LetterId) -> Link {
    Link(format!("/letters/{letter}/reply"))
}

/// Where the sender writes about a registered letter.
pub fn letter_messages(letter: &LetterId) -> Link {
    Link(format!("/letters/{letter}/messages"))
}

pub fn desk_questions(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/questions"))
}

/// Where a unit tells the sender something without asking.
pub fn desk_interim(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/interim"))
}

pub fn desk_notes(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/notes"))
}

pub fn desk_referrals(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/referrals"))
}

/// Where a referral is said to be done.
pub fn desk_referral_completion(letter: &LetterId, referral: &ReferralId) -> Link {
    Link(format!("/desk/letters/{letter}/referrals/{referral}/completion"))
}

/// Where a referral is taken back by who asked or told.
pub fn desk_referral_recall(letter: &LetterId, referral: &ReferralId) -> Link {
    Link(format!("/desk/letters/{letter}/referrals/{referral}/recall"))
}

/// Where a referral is sent back to whoever made it.
pub fn desk_referral_return(letter: &LetterId, referral: &ReferralId) -> Link {
    Link(format!("/desk/letters/{letter}/referrals/{referral}/return"))
}

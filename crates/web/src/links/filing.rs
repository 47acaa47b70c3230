//! The addresses of filing at the counter.

use pishkhan_office::ids::LetterId;

use super::{Link, fixed};

pub fn desk_filings() -> Link {
    fixed("/desk/filing")
}

/// What was written down, read once more.
pub fn desk_filing(letter: &LetterId) -> Link {
    Link(format!("/desk/filing/{letter}"))
}

/// The form of what was begun.
pub fn desk_filing_form(letter: &LetterId) -> Link {
    Link(format!("/desk/filing?draft={letter}"))
}

pub fn desk_filing_code(letter: &LetterId) -> Link {
    Link(format!("/desk/filing/{letter}/code"))
}

pub fn desk_filing_submission(letter: &LetterId) -> Link {
    Link(format!("/desk/filing/{letter}/submission"))
}

/// Where what another clerk left behind is taken over.
pub fn desk_filing_taking(letter: &LetterId) -> Link {
    Link(format!("/desk/filing/{letter}/taking"))
}

pub fn desk_filing_disposal(letter: &LetterId) -> Link {
    Link(format!("/desk/filing/{letter}/disposal"))
}

/// Renewing or ending what somebody may do for the sender.
pub fn desk_representative(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/representative"))
}

/// What a sender without a mobile brings to the counter.
pub fn desk_visit(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/visit"))
}

/// Where a clerk goes on from such a sender's letter that was rejected or lapsed.
pub fn desk_rewriting(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/rewriting"))
}

/// Where a clerk records that such a sender takes the letter back.
pub fn desk_withdrawal(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/withdrawal"))
}

/// Where a clerk records that such a sender objects to what was decided.
pub fn desk_objection(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/objection"))
}

/// What the sender signs of it.
pub fn desk_slip(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/slip"))
}

/// Where such a sender is handed the answer.
pub fn desk_service(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/service"))
}

/// What such a sender may have in writing when nobody answered in time.
pub fn desk_certificate(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/certificate"))
}

pub fn desk_receipt(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/receipt"))
}

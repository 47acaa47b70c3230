//! The addresses of answers, objections, ratings and reopenings.

use pishkhan_office::ids::LetterId;

use super::{Link, fixed};

/// The answer as its sender will see it.
pub fn desk_answer_preview(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/answer/preview"))
}

pub fn desk_issue(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/issue"))
}

/// Why the signer does not sign.
pub fn desk_remark(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/remark"))
}

/// What is decided about an objection.
pub fn desk_ruling(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/ruling"))
}

pub fn desk_reopening(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/reopening"))
}

/// The tray after a letter was reopened, which its administrator sees no more.
pub fn desk_after_reopening() -> Link {
    fixed("/desk?show=done&done=reopened")
}

pub fn objection(letter: &LetterId) -> Link {
    Link(format!("/letters/{letter}/objection"))
}

pub fn rating(letter: &LetterId) -> Link {
    Link(format!("/letters/{letter}/rating"))
}

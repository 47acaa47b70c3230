//! The addresses of answers, objections, ratings and reopenings.

use pishkhan_office::ids::LetterId;

use super::Link;

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

/// Where its officer takes a proposed answer back.
pub fn desk_retraction(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/retraction"))
}

/// What is decided about an objection.
pub fn desk_ruling(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/ruling"))
}

pub fn desk_reopening(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/reopening"))
}

/// The tray after this letter was reopened: its administrator sees it no more, and finds the way back there.
pub fn desk_after_reopening(letter: &LetterId) -> Link {
    super::desk_tray("done", None).telling(letter)
}

pub fn objection(letter: &LetterId) -> Link {
    Link(format!("/letters/{letter}/objection"))
}

pub fn rating(letter: &LetterId) -> Link {
    Link(format!("/letters/{letter}/rating"))
}

//! How a letter stands, in the desk's words: its state as a tag, its deadline as days and hours.

use pishkhan_office::Moment;
use pishkhan_office::deadlines::{self, Left};
use pishkhan_office::letters::{CameBack, State, Work};
use pishkhan_office::registry::Direction;

use crate::layout::Page;

/// A state as a tag: colour, drawing and word.
pub struct Status {
    pub kind: &'static str,
    pub icon: &'static str,
    pub text: &'static str,
}

/// A deadline as a list shows it.
pub struct Due {
    pub class: &'static str,
    pub icon: &'static str,
    pub text: String,
}

/// A letter number with the direction in which it is read.
pub struct Number {
    pub text: String,
    pub dir: &'static str,
}

pub fn status(page: &Page, state: &State) -> Status {
    let (kind, icon, key) = match state {
        State::Draft | State::Submitted(_) => ("review", "clock", "desk-state-submitted"),
        State::Registered(..) => ("ok", "stamp", "desk-state-registered"),
        State::InProgress(_, _, Work { officer: None, .. }) => ("review", "clock", "desk-state-untaken"),
        State::InProgress(..) => ("ok", "user", "desk-state-in-progress"),
        State::Answered(..) => ("ok", "reply", "desk-state-answered"),
        State::Rejected(..) => ("no", "cross", "desk-state-rejected"),
        State::Closed(..) => ("ok", "check", "desk-state-closed"),
        State::Returned(..) => ("ask", "clip", "desk-state-returned"),
        State::AwaitingSender(..) => ("ask", "clip", "desk-state-awaiting-sender"),
        State::AnswerReview(..) => ("ok", "write", "desk-state-answer-review"),
        State::Objected(..) => ("review", "clock", "desk-state-objected"),
        State::Withdrawn(..) => ("over", "cross", "desk-state-withdrawn"),
        State::Lapsed(..) => ("over", "cross", "desk-state-lapsed"),
    };
    Status { kind, icon, text: page.t(key) }
}

/// What came back, as a word beside a letter.
pub fn word_of_back(back: CameBack) -> &'static str {
    match back {
        CameBack::Completed => "work-back-completed",
        CameBack::Opinion => "work-back-opinion",
        CameBack::Draft => "work-back-draft",
        CameBack::Referral => "work-back-referral",
        CameBack::Reopened => "work-back-reopened",
        CameBack::Note => "work-back-note",
    }
}

/// Amber when it is nearly due, red when it is late: always with the words. `near` is the moment before which it is nearly due.
pub fn due(page: &Page, at: Moment, near: Moment) -> Due {
    let standing = deadlines::standing(at, page.now, near);
    let class = if standing.is_near { "due" } else { "" };
    match standing.left {
        Left::Days(days) => Due { class, icon: "clock", text: page.words.n("desk-due-days", days) },
        Left::Hours(0) => Due { class, icon: "clock", text: page.t("desk-due-soon").to_owned() },
        Left::Hours(hours) => Due { class, icon: "clock", text: page.words.n("desk-due-hours", hours) },
        Left::OverdueHours(0) => Due { class: "late", icon: "warn", text: page.t("desk-due-just-late").to_owned() },
        Left::OverdueHours(hours) => {
            Due { class: "late", icon: "warn", text: page.words.n("desk-due-late-hours", hours) }
        }
        Left::Overdue(days) => Due { class: "late", icon: "warn", text: page.words.n("desk-due-late", days) },
    }
}

/// How a letter's clock stands: by the house's deadline, or by the time that its sender has, with which the house is never late.
pub fn clock(page: &Page, state: &State, near: Moment) -> Option<Due> {
    let until = state.waits_until().map(|until| until.max(page.now));
    state.due().or(until).map(|at| due(page, at, near))
}

impl Number {
    pub fn of(page: &Page, printed: &str, direction: Direction) -> Number {
        Number { text: page.digits(printed), dir: direction.as_str() }
    }

    /// For the middle of a sentence, where there is no `<bdi dir>`: isolated in its own direction.
    pub fn in_sentence(&self) -> String {
        let open = if self.dir == "rtl" { '\u{2067}' } else { '\u{2066}' };
        format!("{open}{}\u{2069}", self.text)
    }
}

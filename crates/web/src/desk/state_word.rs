//! A state by its word in tables, as lists have it that read no whole letters: colour, drawing and word.

use super::status::Status;
use crate::layout::Page;

pub fn status(page: &Page, state: &str) -> Status {
    let (kind, icon, key) = match state {
        "registered" => ("ok", "stamp", "desk-state-registered"),
        "in_progress" => ("ok", "user", "desk-state-in-progress"),
        "answered" => ("ok", "reply", "desk-state-answered"),
        "rejected" => ("no", "cross", "desk-state-rejected"),
        "closed" => ("ok", "check", "desk-state-closed"),
        _ => ("review", "clock", "desk-state-submitted"),
    };
    Status { kind, icon, text: page.t(key) }
}

//! A state by its word in tables, as lists have it that read no whole letters: colour, drawing and word.

use super::status::Status;
use crate::layout::Page;

pub fn status(page: &Page, state: &str) -> Status {
    let (kind, icon, key) = match state {
        "returned" => ("ask", "clip", "desk-state-returned"),
        "registered" => ("ok", "stamp", "desk-state-registered"),
        "in_progress" => ("ok", "user", "desk-state-in-progress"),
        "awaiting_sender" => ("ask", "clip", "desk-state-awaiting-sender"),
        "answer_review" => ("ok", "write", "desk-state-answer-review"),
        "answered" => ("ok", "reply", "desk-state-answered"),
        "objected" => ("review", "clock", "desk-state-objected"),
        "rejected" => ("no", "cross", "desk-state-rejected"),
        "withdrawn" => ("over", "cross", "desk-state-withdrawn"),
        "lapsed" => ("over", "cross", "desk-state-lapsed"),
        "closed" => ("ok", "check", "desk-state-closed"),
        _ => ("review", "clock", "desk-state-submitted"),
    };
    Status { kind, icon, text: page.t(key) }
}

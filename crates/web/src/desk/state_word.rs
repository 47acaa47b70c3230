//! A state by its word in tables, as lists have it that read no whole letters: colour, drawing and word; and as filters name it.

use super::status::Status;
use crate::layout::Page;

/// Of one letter.
pub fn status(page: &Page, state: &str) -> Status {
    let (kind, icon) = match state {
        "returned" | "awaiting_sender" => ("ask", "clip"),
        "registered" => ("ok", "stamp"),
        "in_progress" => ("ok", "user"),
        "answer_review" => ("ok", "write"),
        "answered" => ("ok", "reply"),
        "rejected" => ("no", "cross"),
        "withdrawn" | "lapsed" => ("over", "cross"),
        "closed" => ("ok", "check"),
        _ => ("review", "clock"),
    };
    Status { kind, icon, text: page.t(key(state)) }
}

/// Of all letters in a state: some of those in progress are in nobody's hand.
pub fn key_of_all(state: &str) -> &'static str {
    if state == "in_progress" { "desk-state-at-work" } else { key(state) }
}

fn key(state: &str) -> &'static str {
    match state {
        "returned" => "desk-state-returned",
        "registered" => "desk-state-registered",
        "in_progress" => "desk-state-in-progress",
        "untaken" => "desk-state-untaken",
        "awaiting_sender" => "desk-state-awaiting-sender",
        "answer_review" => "desk-state-answer-review",
        "answered" => "desk-state-answered",
        "objected" => "desk-state-objected",
        "rejected" => "desk-state-rejected",
        "withdrawn" => "desk-state-withdrawn",
        "lapsed" => "desk-state-lapsed",
        "closed" => "desk-state-closed",
        _ => "desk-state-submitted",
    }
}

//! The life of a letter as a table: which act leads from which state to which. It draws the diagram in the documents, and a
//! test holds the pure transitions against it.

/// An act that moves a letter on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Submit,
    Withdraw,
    Complete,
    Reply,
    Object,
    Register,
    Return,
    Reject,
    Redirect,
    Undo,
    Take,
    HandOver,
    Refer,
    Ask,
    Inform,
    Propose,
    Answer,
    Issue,
    SendBack,
    Retract,
    Uphold,
    Reconsider,
    Lapse,
    Close,
    Reopen,
}

/// One arrow: who does what, from which state to which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrow {
    pub act: Act,
    pub who: &'static str,
    pub from: &'static str,
    pub to: &'static str,
}

/// All arrows; an act that may end in several states depends on what the letter had come to, a referral on whether it names a person.
pub const ARROWS: [Arrow; 58] = [
    arrow(Act::Submit, "sender", "draft", "submitted"),
    arrow(Act::Withdraw, "sender", "submitted", "withdrawn"),
    arrow(Act::Withdraw, "sender", "returned", "withdrawn"),
    arrow(Act::Withdraw, "sender", "in_progress", "withdrawn"),
    arrow(Act::Complete, "sender", "returned", "submitted"),
    arrow(Act::Reply, "sender", "awaiting_sender", "in_progress"),
    arrow(Act::Object, "sender", "answered", "objected"),
    arrow(Act::Object, "sender", "rejected", "objected"),
    arrow(Act::Register, "reviewer", "submitted", "registered"),
    arrow(Act::Return, "reviewer", "submitted", "returned"),
    arrow(Act::Reject, "reviewer", "submitted", "rejected"),
    arrow(Act::Redirect, "reviewer", "submitted", "submitted"),
    arrow(Act::Undo, "reviewer", "registered", "submitted"),
    arrow(Act::Undo, "reviewer", "returned", "submitted"),
    arrow(Act::Undo, "reviewer", "rejected", "submitted"),
    arrow(Act::Take, "officer", "registered", "in_progress"),
    arrow(Act::Take, "officer", "in_progress", "in_progress"),
    arrow(Act::HandOver, "signer", "registered", "in_progress"),
    arrow(Act::HandOver, "time", "registered", "in_progress"),
    arrow(Act::HandOver, "signer", "in_progress", "in_progress"),
    arrow(Act::HandOver, "reviewer", "in_progress", "in_progress"),
    arrow(Act::HandOver, "officer", "in_progress", "in_progress"),
    arrow(Act::Refer, "officer", "registered", "registered"),
    arrow(Act::Refer, "officer", "registered", "in_progress"),
    arrow(Act::Refer, "officer", "in_progress", "in_progress"),
    arrow(Act::Ask, "officer", "in_progress", "awaiting_sender"),
    arrow(Act::Inform, "officer", "in_progress", "in_progress"),
    arrow(Act::Propose, "officer", "in_progress", "answer_review"),
    arrow(Act::Answer, "officer", "in_progress", "answered"),
    arrow(Act::Undo, "officer", "in_progress", "in_progress"),
    arrow(Act::Undo, "officer", "awaiting_sender", "in_progress"),
    arrow(Act::Undo, "officer", "answered", "in_progress"),
    arrow(Act::Issue, "signer", "answer_review", "answered"),
    arrow(Act::SendBack, "signer", "answer_review", "in_progress"),
    arrow(Act::Retract, "officer", "answer_review", "in_progress"),
    arrow(Act::Refer, "signer", "registered", "registered"),
    arrow(Act::Refer, "signer", "registered", "in_progress"),
    arrow(Act::Refer, "signer", "in_progress", "in_progress"),
    arrow(Act::Inform, "signer", "registered", "registered"),
    arrow(Act::Inform, "signer", "in_progress", "in_progress"),
    arrow(Act::Inform, "signer", "answer_review", "answer_review"),
    arrow(Act::Uphold, "signer", "objected", "answered"),
    arrow(Act::Uphold, "signer", "objected", "rejected"),
    arrow(Act::Reconsider, "signer", "objected", "in_progress"),
    arrow(Act::Reconsider, "signer", "objected", "submitted"),
    arrow(Act::Undo, "signer", "registered", "registered"),
    arrow(Act::Undo, "signer", "in_progress", "in_progress"),
    arrow(Act::Undo, "signer", "answer_review", "answer_review"),
    arrow(Act::Undo, "signer", "answered", "answer_review"),
    arrow(Act::Undo, "signer", "answered", "objected"),
    arrow(Act::Undo, "signer", "rejected", "objected"),
    arrow(Act::Undo, "signer", "in_progress", "objected"),
    arrow(Act::Undo, "signer", "submitted", "objected"),
    arrow(Act::Lapse, "time", "returned", "lapsed"),
    arrow(Act::Lapse, "time", "awaiting_sender", "lapsed"),
    arrow(Act::Close, "time", "answered", "closed"),
    arrow(Act::Reopen, "administrator", "closed", "in_progress"),
    arrow(Act::Undo, "administrator", "in_progress", "closed"),
];

const fn arrow(act: Act, who: &'static str, from: &'static str, to: &'static str) -> Arrow {
    Arrow { act, who, from, to }
}

impl Act {
    pub const ALL: [Act; 25] = [
        Act::Submit,
        Act::Withdraw,
        Act::Complete,
        Act::Reply,
        Act::Object,
        Act::Register,
        Act::Return,
        Act::Reject,
        Act::Redirect,
        Act::Undo,
        Act::Take,
        Act::HandOver,
        Act::Refer,
        Act::Ask,
        Act::Inform,
        Act::Propose,
        Act::Answer,
        Act::Issue,
        Act::SendBack,
        Act::Retract,
        Act::Uphold,
        Act::Reconsider,
        Act::Lapse,
        Act::Close,
        Act::Reopen,
    ];

    /// The act's word in tables: `send_back`, …
    pub fn as_str(self) -> &'static str {
        match self {
            Act::Submit => "submit",
            Act::Withdraw => "withdraw",
            Act::Complete => "complete",
            Act::Reply => "reply",
            Act::Object => "object",
            Act::Register => "register",
            Act::Return => "return",
            Act::Reject => "reject",
            Act::Redirect => "redirect",
            Act::Undo => "undo",
            Act::Take => "take",
            Act::HandOver => "hand_over",
            Act::Refer => "refer",
            Act::Ask => "ask",
            Act::Inform => "inform",
            Act::Propose => "propose",
            Act::Answer => "answer",
            Act::Issue => "issue",
            Act::SendBack => "send_back",
            Act::Retract => "retract",
            Act::Uphold => "uphold",
            Act::Reconsider => "reconsider",
            Act::Lapse => "lapse",
            Act::Close => "close",
            Act::Reopen => "reopen",
        }
    }
}

/// The arrows as a Mermaid state diagram. Of a draft that its sender discards no letter is left, so no state either.
pub fn diagram() -> String {
    let ends = ["stateDiagram-v2", "    [*] --> draft", "    draft --> [*]: sender: discard"];
    let mut lines: Vec<String> = ends.map(str::to_owned).into();
    lines.extend(
        ARROWS
            .iter()
            .map(|arrow| format!("    {} --> {}: {}: {}", arrow.from, arrow.to, arrow.who, arrow.act.as_str())),
    );
    lines.join("\n") + "\n"
}

#[cfg(test)]
pub(super) mod tests;

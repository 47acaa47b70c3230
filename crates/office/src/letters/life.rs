//! The life of a letter as a table: which act leads from which state to which. It draws the diagram in the documents, and a
//! test holds the pure transitions against it.

/// An act that moves a letter on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Submit,
    Register,
    Reject,
    Redirect,
    Take,
    Answer,
    Close,
}

/// One arrow: who does what, from which state to which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrow {
    pub act: Act,
    pub who: &'static str,
    pub from: &'static str,
    pub to: &'static str,
}

/// All arrows that exist today.
pub const ARROWS: [Arrow; 7] = [
    Arrow { act: Act::Submit, who: "sender", from: "draft", to: "submitted" },
    Arrow { act: Act::Register, who: "reviewer", from: "submitted", to: "registered" },
    Arrow { act: Act::Reject, who: "reviewer", from: "submitted", to: "rejected" },
    Arrow { act: Act::Redirect, who: "reviewer", from: "submitted", to: "submitted" },
    Arrow { act: Act::Take, who: "officer", from: "registered", to: "in_progress" },
    Arrow { act: Act::Answer, who: "officer", from: "in_progress", to: "answered" },
    Arrow { act: Act::Close, who: "officer", from: "answered", to: "closed" },
];

/// The arrows as a Mermaid state diagram.
pub fn diagram() -> String {
    let mut lines = vec!["stateDiagram-v2".to_owned(), "    [*] --> draft".to_owned()];
    for arrow in ARROWS {
        lines.push(format!("    {} --> {}: {}: {:?}", arrow.from, arrow.to, arrow.who, arrow.act).to_lowercase());
    }
    lines[0] = "stateDiagram-v2".to_owned();
    lines.join("\n") + "\n"
}

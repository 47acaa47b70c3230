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
    lines.extend(ARROWS.iter().map(|arrow| {
        let act = format!("{:?}", arrow.act).to_lowercase();
        format!("    {} --> {}: {}: {act}", arrow.from, arrow.to, arrow.who)
    }));
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use pishkhan_persian::{ReceiptCode, TrackingCode};
    use pishkhan_store::Moment;

    use super::*;
    use crate::ids::{LetterId, SenderId, StaffId, UnitId};
    use crate::letters::{
        Answer, Content, Letter, Registration, Rejection, SenderKind, State, Submission, Work, WrongState,
    };
    use crate::registry::{Direction, Entry};

    fn states() -> [State; 7] {
        let at = Moment(0);
        let by = StaffId::random;
        let submission = Submission {
            at,
            receipt: ReceiptCode::from_random(7),
            text_sha256: String::new(),
            review_due: at,
            files_until: None,
        };
        let registration = Registration {
            at,
            by: by(),
            number: "1405/1".to_owned(),
            direction: Direction::LeftToRight,
            tracking: TrackingCode::from_random(7),
            answer_due: at,
        };
        let answer = Answer { at, by: by(), text: String::new() };
        let rejection = Rejection { at, by: by(), reason: String::new(), note: String::new() };
        [
            State::Draft,
            State::Submitted(submission.clone()),
            State::Registered(submission.clone(), registration.clone()),
            State::InProgress(submission.clone(), registration.clone(), Work { officer: by(), since: at }),
            State::Answered(submission.clone(), registration.clone(), answer.clone()),
            State::Rejected(submission.clone(), rejection),
            State::Closed(submission, registration, answer, at),
        ]
    }

    fn letter(state: State) -> Letter {
        let content = Content {
            sender_name: String::new(),
            sender_kind: SenderKind::Person,
            unit: Some(UnitId::random()),
            subject: String::new(),
            body: String::new(),
            has_files_following: false,
        };
        let at = Moment(0);
        let (id, sender) = (LetterId::random(), SenderId::random());
        Letter { id, sender, version: 1, content, created_at: at, changed_at: at, state }
    }

    fn act(act: Act, letter: Letter) -> Result<Letter, WrongState> {
        let at = Moment(1);
        let by = StaffId::random();
        let [_, submitted, ..] = states();
        match act {
            Act::Submit => letter.submitted(submitted.submission().cloned().ok_or(WrongState)?),
            Act::Register => {
                let entry = Entry {
                    at,
                    year: 1405,
                    number: 1,
                    printed: "1405/1".to_owned(),
                    direction: Direction::LeftToRight,
                    tracking: TrackingCode::from_random(1),
                };
                letter.registered(entry, by, at)
            }
            Act::Reject => letter.rejected(Rejection { at, by, reason: String::new(), note: String::new() }),
            Act::Redirect => letter.redirected(UnitId::random(), at),
            Act::Take => letter.taken(Work { officer: by, since: at }),
            Act::Answer => letter.answered(Answer { at, by, text: String::new() }),
            Act::Close => letter.closed(at),
        }
    }

    #[test]
    fn every_act_leads_where_its_arrow_points_and_nowhere_else() {
        for act_of in ARROWS.map(|arrow| arrow.act) {
            for state in states() {
                let from = state.as_str();
                let to = act(act_of, letter(state)).ok().map(|letter| letter.state.as_str());
                let arrow = ARROWS.iter().find(|arrow| arrow.act == act_of && arrow.from == from);
                assert_eq!(to, arrow.map(|arrow| arrow.to), "{act_of:?} from {from}");
            }
        }
    }

    #[test]
    fn the_diagram_in_the_documents_is_this_one() {
        let document = include_str!("../../../../docs/reference/life-of-a-letter.md");
        assert!(document.contains(&diagram()), "put this into docs/reference/life-of-a-letter.md:\n\n{}", diagram());
    }
}

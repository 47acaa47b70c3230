//! The pure transitions against the table of arrows, and the documents that are drawn from it.

use std::fmt::Write;

use pishkhan_persian::{ReceiptCode, TrackingCode};
use pishkhan_store::Moment;

use super::*;
use crate::ids::{LetterId, SenderId, StaffId, UnitId};
use crate::letters::{
    Answer, Classification, Content, Ended, Letter, Objection, Outcome, Own, Priority, Proposal, Question,
    Registration, Rejection, Return, SenderKind, State, Submission, Work, WrongState,
};
use crate::registry::{Direction, Entry};

const AT: Moment = Moment(0);

/// A letter in every state, and in those that differ by what they came from.
fn states() -> Vec<State> {
    let by = StaffId::random;
    let submission = Submission {
        at: AT,
        receipt: ReceiptCode::from_random(7),
        text_sha256: String::new(),
        review_due: AT,
        files_until: None,
    };
    let registration = Registration {
        at: AT,
        by: by(),
        number: "1405/1".to_owned(),
        direction: Direction::LeftToRight,
        tracking: TrackingCode::from_random(7),
        answer_due: AT,
    };
    let work = Work { officer: None, since: AT };
    let (answer, rejection) = (answer(), rejection());
    let answered = Outcome::Answered(registration.clone(), answer.clone());
    let ended = Ended { at: AT, registration: None };
    vec![
        State::Draft,
        State::Submitted(submission.clone()),
        State::Returned(submission.clone(), returned()),
        State::Registered(submission.clone(), registration.clone()),
        State::InProgress(submission.clone(), registration.clone(), work.clone()),
        State::AwaitingSender(submission.clone(), registration.clone(), work.clone(), question()),
        State::AnswerReview(submission.clone(), registration.clone(), work, Proposal { at: AT, by: by() }),
        State::Answered(submission.clone(), registration.clone(), answer.clone()),
        State::Objected(submission.clone(), answered, objection()),
        State::Objected(submission.clone(), Outcome::Rejected(rejection.clone()), objection()),
        State::Rejected(submission.clone(), rejection),
        State::Withdrawn(submission.clone(), ended.clone()),
        State::Lapsed(submission.clone(), ended),
        State::Closed(submission, registration, answer, AT),
    ]
}

fn returned() -> Return {
    Return { at: AT, by: StaffId::random(), note: String::new(), until: AT }
}

fn question() -> Question {
    Question { at: AT, by: StaffId::random(), until: AT }
}

fn answer() -> Answer {
    Answer { at: AT, by: StaffId::random(), text: String::new(), number: None, objection_until: AT, opened_at: None }
}

fn rejection() -> Rejection {
    Rejection { at: AT, by: StaffId::random(), reason: String::new(), note: String::new(), objection_until: AT }
}

fn objection() -> Objection {
    Objection { at: AT, text: String::new(), due: AT }
}

fn letter(state: State) -> Letter {
    let content = Content {
        sender_name: String::new(),
        sender_kind: SenderKind::Person,
        unit: Some(UnitId::random()),
        kind: None,
        representative: None,
        subject: String::new(),
        body: String::new(),
        has_files_following: false,
    };
    Letter {
        id: LetterId::random(),
        sender: SenderId::random(),
        version: 1,
        content,
        created_at: AT,
        changed_at: AT,
        classification: Classification::Normal,
        priority: Priority::Normal,
        own: Own::default(),
        holder: None,
        raised_to: None,
        reviewer: None,
        follows: None,
        filed_by: None,
        rating: None,
        state,
    }
}

fn act(act: Act, letter: Letter) -> Result<Letter, WrongState> {
    let by = StaffId::random();
    match act {
        Act::Submit => letter.submitted(states()[1].submission().cloned().ok_or(WrongState)?),
        Act::Withdraw => letter.withdrawn(AT),
        Act::Complete => letter.completed(AT, AT),
        Act::Reply => letter.replied(AT, AT),
        Act::Object => letter.objected(objection()),
        Act::Register => {
            let entry = Entry {
                at: AT,
                year: 1405,
                number: 1,
                printed: "1405/1".to_owned(),
                direction: Direction::LeftToRight,
                tracking: TrackingCode::from_random(1),
            };
            letter.registered(entry, by, AT)
        }
        Act::Return => letter.returned(returned()),
        Act::Reject => letter.rejected(rejection()),
        Act::Redirect => letter.redirected(UnitId::random(), AT),
        Act::Undo => letter.undecided(AT),
        Act::Take => letter.taken(Work { officer: Some(by), since: AT }),
        Act::Refer => letter.referred(UnitId::random(), None, AT),
        Act::Ask => letter.asked(question()),
        Act::Propose => letter.proposed(Proposal { at: AT, by }),
        Act::Answer => letter.answered(answer()),
        Act::Issue => letter.issued(answer()),
        Act::SendBack => letter.sent_back(AT),
        Act::Uphold => letter.upheld(AT),
        Act::Reconsider => letter.reconsidered(AT, AT),
        Act::Lapse => letter.lapsed(AT),
        Act::Close => letter.closed(AT),
        Act::Reopen => letter.reopened(AT, AT),
    }
}

#[test]
fn every_act_leads_where_its_arrows_point_and_nowhere_else() {
    for act_of in Act::ALL {
        let mut reached = Vec::new();
        for state in states() {
            let from = state.as_str();
            let to = act(act_of, letter(state)).ok().map(|letter| letter.state.as_str());
            let arrows: Vec<&Arrow> = ARROWS.iter().filter(|arrow| arrow.act == act_of && arrow.from == from).collect();
            match to {
                Some(to) => {
                    assert!(arrows.iter().any(|arrow| arrow.to == to), "{act_of:?} from {from} leads to {to}");
                    reached.push((from, to));
                }
                None => assert!(arrows.is_empty(), "{act_of:?} from {from} is drawn and refused"),
            }
        }
        for arrow in ARROWS.iter().filter(|arrow| arrow.act == act_of) {
            assert!(reached.contains(&(arrow.from, arrow.to)), "{arrow:?} is drawn and leads nowhere");
        }
    }
}

#[test]
fn nothing_moves_a_letter_that_the_table_does_not_tell() {
    for arrow in ARROWS {
        assert!(Act::ALL.contains(&arrow.act), "{arrow:?} is of an act that is not among all of them");
    }
    // Handing over changes in whose hand it is, and is no arrow.
    let moves = include_str!("../moves.rs").matches(") -> Moved {").count();
    assert_eq!(moves, Act::ALL.len() + 1, "each transition of moves.rs is an act with its arrows");
}

#[test]
fn what_each_act_does_in_each_state() {
    let mut table = String::new();
    for act_of in Act::ALL {
        writeln!(table, "{}", act_of.as_str()).expect("a String takes everything");
        for state in states() {
            let from = state.as_str();
            let to = act(act_of, letter(state)).map_or("–", |letter| letter.state.as_str());
            writeln!(table, "  {from}: {to}").expect("a String takes everything");
        }
    }
    insta::assert_snapshot!(table);
}

#[test]
fn the_diagram_in_the_documents_is_this_one() {
    let document = include_str!("../../../../../docs/reference/life-of-a-letter.md");
    let drawn = format!("```mermaid\n{}```", diagram());
    assert!(document.contains(&drawn), "put this into docs/reference/life-of-a-letter.md:\n\n{}", diagram());
}

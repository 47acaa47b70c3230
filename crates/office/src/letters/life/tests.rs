//! The pure transitions against the table of arrows, and the documents that are drawn from it.

use std::collections::BTreeSet;
use std::fmt::Write;

use pishkhan_persian::{ReceiptCode, TrackingCode};
use pishkhan_store::Moment;

use super::*;
use crate::actor::{Post, Role, Staff};
use crate::ids::{LetterId, PostId, SenderId, StaffId, UnitId};
use crate::letters::rights::could_act;
use crate::letters::{
    Above, Answer, Classification, Content, Ended, Ending, Letter, Objection, Outcome, Own, Priority, Proposal,
    Question, Registration, Rejection, Return, SenderKind, State, Submission, Work, WrongState,
};
use crate::registry::{Direction, Entry};

const AT: Moment = Moment(0);

/// A letter in every state, and in those that differ by what they came from: each leads to the next, so that the compiler asks where
/// a new one stands.
fn states() -> Vec<State> {
    std::iter::successors(Some(State::Draft), following).collect()
}

fn following(state: &State) -> Option<State> {
    let next = match state {
        State::Draft => State::Submitted(submission()),
        State::Submitted(_) => State::Returned(submission(), returned()),
        State::Returned(..) => State::Registered(submission(), registration()),
        State::Registered(..) => State::InProgress(submission(), registration(), work()),
        State::InProgress(..) => State::AwaitingSender(submission(), registration(), work(), question()),
        State::AwaitingSender(..) => State::AnswerReview(submission(), registration(), work(), proposal()),
        State::AnswerReview(..) => State::Answered(submission(), registration(), answer()),
        State::Answered(..) => State::Objected(submission(), Outcome::Answered(registration(), answer()), objection()),
        State::Objected(_, Outcome::Answered(..), _) => {
            State::Objected(submission(), Outcome::Rejected(rejection()), objection())
        }
        State::Objected(_, Outcome::Rejected(_), _) => State::Rejected(submission(), rejection()),
        State::Rejected(..) => State::Withdrawn(submission(), ended()),
        State::Withdrawn(..) => State::Lapsed(submission(), ended()),
        State::Lapsed(..) => State::Closed(submission(), registration(), answer(), AT),
        State::Closed(..) => return None,
    };
    Some(next)
}

pub(in crate::letters) fn submission() -> Submission {
    Submission {
        at: AT,
        receipt: ReceiptCode::from_random(7),
        text_sha256: String::new(),
        review_due: AT,
        files_until: None,
    }
}

pub(in crate::letters) fn registration() -> Registration {
    Registration {
        at: AT,
        by: StaffId::random(),
        number: "1405/1".to_owned(),
        direction: Direction::LeftToRight,
        tracking: TrackingCode::from_random(7),
        answer_due: AT,
    }
}

pub(in crate::letters) fn work() -> Work {
    Work { officer: None, since: AT }
}

fn proposal() -> Proposal {
    Proposal { at: AT, by: StaffId::random() }
}

fn ended() -> Ended {
    Ended { at: AT, registration: None }
}

pub(in crate::letters) fn returned() -> Return {
    Return { at: AT, by: StaffId::random(), note: String::new(), until: AT }
}

pub(in crate::letters) fn question() -> Question {
    Question { at: AT, by: StaffId::random(), until: AT }
}

pub(in crate::letters) fn answer() -> Answer {
    Answer {
        at: AT,
        by: StaffId::random(),
        text: String::new(),
        ending: Ending::Final,
        number: None,
        objection_until: AT,
        opened_at: None,
    }
}

pub(in crate::letters) fn rejection() -> Rejection {
    let (reason, note) = (String::new(), String::new());
    Rejection { at: AT, by: StaffId::random(), reason, note, ground: None, objection_until: AT }
}

pub(in crate::letters) fn objection() -> Objection {
    Objection { at: AT, text: String::new(), due: AT }
}

pub(in crate::letters) fn letter(state: State) -> Letter {
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
        escalation: None,
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
        Act::Submit => letter.submitted(submission()),
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
        Act::Undo => letter.undone(State::Submitted(submission()), AT),
        Act::Take => letter.taken(Work { officer: Some(by), since: AT }),
        Act::HandOver => letter.handed_over(Some(by), AT),
        Act::Refer => letter.referred(UnitId::random(), None, AT),
        Act::Ask => letter.asked(question()),
        Act::Inform => letter.informed(AT),
        Act::Propose => letter.proposed(proposal()),
        Act::Answer => letter.answered(answer()),
        Act::Issue => letter.issued(answer()),
        Act::SendBack => letter.sent_back(AT),
        Act::Retract => letter.retracted(by, AT),
        Act::Uphold => letter.upheld(AT),
        Act::Reconsider => letter.reconsidered(AT, AT),
        Act::Lapse => letter.lapsed(AT),
        Act::Close => letter.closed(AT),
        Act::Reopen => letter.reopened(AT, AT),
    }
}

/// The states to which the act may lead; none when it is refused. A referral may name a person or not; undoing leads to each state that a
/// decision may have started from.
fn ends(act_of: Act, letter: &Letter) -> Vec<&'static str> {
    let ways: Vec<Result<Letter, WrongState>> = match act_of {
        Act::Undo => states().into_iter().map(|former| letter.clone().undone(former, AT)).collect(),
        Act::Refer => {
            let named = letter.clone().referred(UnitId::random(), Some(StaffId::random()), AT);
            vec![act(act_of, letter.clone()), named]
        }
        _ => vec![act(act_of, letter.clone())],
    };
    let mut ends: Vec<&'static str> = ways.into_iter().flatten().map(|letter| letter.state.as_str()).collect();
    ends.dedup();
    ends
}

#[test]
fn no_state_is_forgotten() {
    // Its words stand in a match that the compiler keeps whole, and nothing else of that file gives a text.
    let source = include_str!("../states.rs").lines().filter_map(|line| line.split_once("=> \""));
    let named: BTreeSet<&str> = source.filter_map(|(_, word)| word.strip_suffix("\",")).collect();
    let all = states();
    assert_eq!(all.iter().map(State::as_str).collect::<BTreeSet<_>>(), named);
}

#[test]
fn every_act_leads_where_its_arrows_point_and_nowhere_else() {
    for act_of in Act::ALL {
        let mut reached = Vec::new();
        for state in states() {
            let from = state.as_str();
            let ends = ends(act_of, &letter(state));
            let arrows: Vec<&Arrow> = ARROWS.iter().filter(|arrow| arrow.act == act_of && arrow.from == from).collect();
            assert!(!ends.is_empty() || arrows.is_empty(), "{act_of:?} from {from} is drawn and refused");
            for to in ends {
                assert!(arrows.iter().any(|arrow| arrow.to == to), "{act_of:?} from {from} leads to {to}");
                reached.push((from, to));
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
    let moves = include_str!("../moves.rs").matches(") -> Moved {").count();
    assert_eq!(moves, Act::ALL.len(), "each transition of moves.rs is an act with its arrows");
}

#[test]
fn what_each_act_does_in_each_state() {
    let mut table = String::new();
    for act_of in Act::ALL {
        writeln!(table, "{}", act_of.as_str()).expect("a String takes everything");
        for state in states() {
            let from = state.as_str();
            let ends = ends(act_of, &letter(state));
            let to = if ends.is_empty() { "–".to_owned() } else { ends.join(", ") };
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

/// Who is said to do it may do it: somebody with that post in the unit that holds the letter, or above it.
#[test]
fn whoever_stands_at_an_arrow_of_the_desk_may_go_it() {
    let unit = UnitId::random();
    let posts = |role: Role| {
        let unit = matches!(role, Role::Officer | Role::Signer).then(|| unit.clone());
        vec![Post { id: PostId::random(), unit, title: String::new(), role }]
    };
    let staff = |role: Role| Staff {
        id: StaffId::random(),
        email: String::new(),
        name: String::new(),
        clearance: Classification::Normal,
        has_keys: true,
        posts: posts(role),
    };
    for arrow in ARROWS {
        let role = match arrow.who {
            "reviewer" => Role::Reviewer,
            "officer" => Role::Officer,
            "signer" => Role::Signer,
            "administrator" => Role::Administrator,
            _ => continue,
        };
        let state = states().into_iter().find(|state| state.as_str() == arrow.from).expect("a state");
        let raised_to = Some(Above::Unit(unit.clone()));
        let letter = Letter { holder: Some(unit.clone()), raised_to, ..letter(state) };
        let may = could_act(&staff(role), &letter, arrow.act)
            // What somebody has in hand is taken out of it by a rule of its own.
            || arrow.act == Act::HandOver;
        assert!(may, "{} by the {} in {}", arrow.act.as_str(), arrow.who, arrow.from);
    }
}

//! What stays a breach, and what is none, by the events of a letter.

use super::*;
use crate::ledger::Who;
use crate::letters::life::tests::{answer, letter, question, registration, rejection, returned, submission, work};
use crate::letters::{Ended, Registration, Submission};

fn at(moment: i64, event: Event) -> Happening {
    Happening { at: Moment(moment), who: Who::Time, name: String::new(), event }
}

fn until(due: i64) -> Deadline {
    Deadline { due, term: Term::Days(2), basis: "art. 16".into() }
}

fn submitted(due: i64) -> Happening {
    let (receipt_code, text_sha256, files_sha256) = (String::new(), String::new(), Vec::new());
    at(0, Event::LetterSubmitted { receipt_code, text_sha256, files_sha256, deadline: Some(until(due)) })
}

fn returned_at(moment: i64) -> Happening {
    at(moment, Event::LetterReturned { items: Vec::new(), note: String::new(), until: 1_000 })
}

fn completed(moment: i64, due: Option<i64>) -> Happening {
    at(moment, Event::LetterCompleted { files_sha256: Vec::new(), due })
}

fn registered(moment: i64, due: i64) -> Happening {
    let event = Event::LetterRegistered {
        number: String::new(),
        tracking_code: String::new(),
        deadline: Some(until(due)),
        classification: String::new(),
        priority: String::new(),
        own_number: String::new(),
        own_date: String::new(),
    };
    at(moment, event)
}

fn asked(moment: i64) -> Happening {
    at(moment, Event::QuestionAsked { message: String::new(), until: 1_000 })
}

fn replied(moment: i64, due: Option<i64>) -> Happening {
    at(moment, Event::LetterReplied { message: String::new(), files_sha256: Vec::new(), due })
}

fn answered(moment: i64) -> Happening {
    let (text_sha256, files_sha256) = (String::new(), Vec::new());
    let (number, authority) = (String::new(), String::new());
    let (withheld, ground) = (String::new(), String::new());
    at(moment, Event::LetterAnswered { text_sha256, files_sha256, number, authority, withheld, ground })
}

fn reviewed_until(due: i64) -> Submission {
    Submission { review_due: Moment(due), ..submission() }
}

fn answered_until(due: i64) -> Registration {
    Registration { answer_due: Moment(due), ..registration() }
}

/// A breach as its step, its deadline, what became of it and whether it is owed.
type Told = (Step, i64, Vec<(i64, TurnKind)>, bool);

fn told(state: State, happenings: &[Happening], now: i64) -> Vec<Told> {
    let turns = |breach: &Breach| breach.since.iter().map(|turn| (turn.at.0, turn.what)).collect::<Vec<_>>();
    let all = breaches(&letter(state), happenings, Moment(now));
    all.iter().map(|breach| (breach.step, breach.due.0, turns(breach), breach.is_owed)).collect()
}

#[test]
fn a_breach_outlives_the_pause_that_comes_after_it() {
    let state = || State::Returned(reviewed_until(10), returned());
    let late = [submitted(10), returned_at(12)];
    assert_eq!(told(state(), &late, 500), [(Step::Review, 10, vec![(12, TurnKind::Returned)], false)]);
    for in_time in [9, 10] {
        assert!(told(state(), &[submitted(10), returned_at(in_time)], 500).is_empty(), "the clock stands still");
    }
    let asking = || State::AwaitingSender(reviewed_until(10), answered_until(20), work(), question());
    let late = [submitted(10), registered(5, 20), asked(21)];
    assert_eq!(told(asking(), &late, 22), [(Step::Answer, 20, vec![(21, TurnKind::Asked)], false)]);
    assert!(told(asking(), &[submitted(10), registered(5, 20), asked(20)], 500).is_empty());
}

#[test]
fn a_clock_that_goes_on_has_a_deadline_of_its_own() {
    let state = |due| State::Submitted(reviewed_until(due));
    let in_time = [submitted(10), returned_at(8), completed(50, Some(52))];
    assert!(told(state(52), &in_time, 52).is_empty());
    assert_eq!(told(state(52), &in_time, 53), [(Step::Review, 52, vec![], true)]);
    // What was late before the pause was late then, whatever date the list goes by now.
    let late = [submitted(10), returned_at(12), completed(50, Some(48))];
    let since = vec![(12, TurnKind::Returned), (50, TurnKind::Completed)];
    assert_eq!(told(state(48), &late, 51), [(Step::Review, 10, since, true)]);
    // Older events don't tell the new deadline, and the letter keeps it.
    let answered_in_time = [submitted(10), registered(5, 20), asked(15), replied(30, None), answered(34)];
    let state = State::Answered(reviewed_until(10), answered_until(35), answer());
    assert!(told(state, &answered_in_time, 500).is_empty());
}

#[test]
fn what_is_done_late_stays_late_and_what_is_done_in_time_does_not() {
    let state = || State::Answered(reviewed_until(10), answered_until(20), answer());
    assert!(told(state(), &[submitted(10), registered(10, 20), answered(20)], 500).is_empty());
    let late = [submitted(10), registered(11, 20), answered(25)];
    let review = (Step::Review, 10, vec![(11, TurnKind::Registered)], false);
    assert_eq!(told(state(), &late, 500), [review, (Step::Answer, 20, vec![(25, TurnKind::Answered)], false)]);
    let lapsed = [submitted(10), returned_at(12), at(40, Event::LetterLapsed)];
    let ended = Ended { at: Moment(40), registration: None };
    let since = vec![(12, TurnKind::Returned), (40, TurnKind::Lapsed)];
    assert_eq!(told(State::Lapsed(reviewed_until(10), ended), &lapsed, 500), [(Step::Review, 10, since, false)]);
}

#[test]
fn a_decision_that_was_taken_back_is_none() {
    let undone = |moment| at(moment, Event::DecisionUndone { undone: String::new(), number: None });
    let happenings = [submitted(10), returned_at(12), undone(13), registered(14, 20), undone(15)];
    let state = State::Submitted(reviewed_until(10));
    assert_eq!(told(state, &happenings, 16), [(Step::Review, 10, vec![], true)]);
}

#[test]
fn what_is_decided_anew_has_a_term_of_its_own() {
    let rejected = at(8, Event::LetterRejected { reason: String::new(), note: String::new(), ground: String::new() });
    let files_sha256 = Vec::new();
    let objected = at(9, Event::LetterObjected { text: String::new(), deadline: Some(until(30)), files_sha256 });
    let reconsidered = at(35, Event::LetterReconsidered { text: String::new(), deadline: Some(until(50)) });
    let happenings = [submitted(10), rejected, objected, reconsidered, registered(51, 70)];
    let state = State::Registered(reviewed_until(50), answered_until(70));
    let ruling = (Step::Ruling, 30, vec![(35, TurnKind::Reconsidered)], false);
    let review = (Step::Review, 50, vec![(51, TurnKind::Registered)], false);
    assert_eq!(told(state, &happenings, 60), [ruling, review]);
    let state = State::Rejected(reviewed_until(10), rejection());
    assert!(told(state, &happenings[..2], 500).is_empty());
}

#[test]
fn lists_know_what_is_owed_now_without_the_events() {
    let state = || State::InProgress(reviewed_until(10), answered_until(20), work());
    assert!(told(state(), &[], 20).is_empty());
    assert_eq!(told(state(), &[], 21), [(Step::Answer, 20, vec![], true)]);
    let breach = breaches(&letter(state()), &[submitted(10), registered(5, 20)], Moment(21)).remove(0);
    assert_eq!((breach.term, breach.basis.as_str()), (Some(Term::Days(2)), "art. 16"));
}

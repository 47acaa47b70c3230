//! Decisions that were taken back a moment later: they decided nothing, and nobody outside saw those of a unit. Pure.

use super::{Event, Happening};

/// What is said to be undone where it is no review: what a unit or the signer above it did, or an administrator.
const UNSEEN: [&str; 6] = ["answered", "asked", "upheld", "reconsidered", "informed", "reopened"];

/// The events without the decisions that were taken back.
pub fn without_undone(happenings: &[Happening]) -> Vec<&Happening> {
    kept(happenings, |_| true)
}

/// The events as the letter's sender may have seen them: what they have seen is not taken back, but for a review.
pub fn as_its_sender_saw(happenings: &[Happening]) -> Vec<&Happening> {
    kept(happenings, |undone| UNSEEN.contains(&undone))
}

fn kept(happenings: &[Happening], leaves_out: impl Fn(&str) -> bool) -> Vec<&Happening> {
    let mut kept: Vec<&Happening> = Vec::with_capacity(happenings.len());
    for happening in happenings {
        match &happening.event {
            Event::DecisionUndone { undone, .. } if leaves_out(undone) => {
                if let Some(place) = kept.iter().rposition(|it| is_decision(&it.event, undone)) {
                    kept.remove(place);
                }
            }
            _ => kept.push(happening),
        }
    }
    kept
}

/// Whether the event is such a decision as was undone; a review is undone by the state to which it had led.
fn is_decision(event: &Event, undone: &str) -> bool {
    match undone {
        "answered" => matches!(event, Event::LetterAnswered { .. }),
        "asked" => matches!(event, Event::QuestionAsked { .. }),
        "upheld" => matches!(event, Event::ObjectionUpheld { .. }),
        "reconsidered" => matches!(event, Event::LetterReconsidered { .. }),
        "informed" => matches!(event, Event::SenderInformed { .. }),
        "reopened" => matches!(event, Event::LetterReopened { .. }),
        _ => matches!(
            event,
            Event::LetterRegistered { .. } | Event::LetterReturned { .. } | Event::LetterRejected { .. }
        ),
    }
}

#[cfg(test)]
mod tests {
    use pishkhan_store::Moment;

    use super::*;
    use crate::ledger::Who;

    fn happened(events: &[Event]) -> Vec<Happening> {
        let at = |(moment, event): (i64, &Event)| Happening {
            at: Moment(moment),
            who: Who::Time,
            name: String::new(),
            event: event.clone(),
        };
        (0..).zip(events).map(at).collect()
    }

    fn kinds(happenings: &[&Happening]) -> Vec<&'static str> {
        happenings.iter().map(|happening| happening.event.kind()).collect()
    }

    fn undone(what: &str) -> Event {
        Event::DecisionUndone { undone: what.to_owned(), number: None }
    }

    #[test]
    fn what_was_taken_back_goes_with_the_event_that_tells_of_it() {
        let asked = Event::QuestionAsked { message: String::new(), until: 0 };
        let upheld = Event::ObjectionUpheld { text: String::new() };
        let events = [
            Event::LetterTaken,
            asked.clone(),
            undone("asked"),
            asked,
            upheld.clone(),
            Event::NoteWritten { note: String::new() },
            undone("upheld"),
        ];
        let happenings = happened(&events);
        let left = ["letter_taken", "question_asked", "note_written"];
        assert_eq!(kinds(&without_undone(&happenings)), left);
        assert_eq!(kinds(&as_its_sender_saw(&happenings)), left);
        assert_eq!(without_undone(&happenings)[1].at, Moment(3), "the later question holds");
        // An uphold that holds stays, whatever else was undone.
        let happenings = happened(&[upheld, undone("answered")]);
        assert_eq!(kinds(&without_undone(&happenings)), ["objection_upheld"]);
    }

    #[test]
    fn of_two_messages_the_one_that_was_taken_back_goes() {
        let told = |message: &str| Event::SenderInformed { message: message.to_owned(), files_sha256: Vec::new() };
        let reopened = Event::LetterReopened { reason: String::new(), deadline: None };
        let events =
            [told("first"), Event::LetterClosed, reopened, undone("reopened"), told("second"), undone("informed")];
        let happenings = happened(&events);
        assert_eq!(kinds(&as_its_sender_saw(&happenings)), ["sender_informed", "letter_closed"]);
        assert_eq!(without_undone(&happenings)[0].at, Moment(0), "the earlier message was told");
    }

    #[test]
    fn a_review_that_was_taken_back_is_no_secret_to_its_sender() {
        let returned = Event::LetterReturned { items: Vec::new(), note: String::new(), until: 0 };
        let happenings = happened(&[returned, undone("returned")]);
        assert!(without_undone(&happenings).is_empty());
        assert_eq!(kinds(&as_its_sender_saw(&happenings)), ["letter_returned", "decision_undone"]);
    }
}

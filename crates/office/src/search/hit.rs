//! A letter that was found, and why. Pure.

use pishkhan_persian::text::search_key_without_spaces;
use pishkhan_persian::{ReceiptCode, TrackingCode};

use super::find::By;
use super::lists::Seen;
use super::marks::{self, Piece};
use super::numbers;
use super::query::Query;
use super::said::Place;
use crate::letters::Letter;

/// A letter that was found.
#[derive(Clone, Debug)]
pub struct Hit {
    pub letter: Letter,
    /// In what it was found; none when only the filter was asked.
    pub fields: Vec<Field>,
    pub name: Vec<Piece>,
    pub subject: Vec<Piece>,
    /// The passage of the text, of the answer, or of what was said about it.
    pub passage: Option<Vec<Piece>>,
}

/// What of a letter was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Number,
    /// What the sender's paper calls itself.
    OwnNumber,
    /// A number that it had, and that is crossed out in the book.
    VoidedNumber,
    Tracking,
    Receipt,
    Mobile,
    Name,
    /// The name of who acts for the sender.
    Representative,
    Subject,
    Text,
    Answer,
    AnswerNumber,
    /// An answer that an objection undid.
    EarlierAnswer,
    /// What either side wrote in its thread.
    Thread,
    /// The sender's word to something that was missing.
    Completion,
    Objection,
    /// The name of a file.
    FileName,
}

/// What of the letter, or of its sender's number, was found in which way.
pub(super) fn hit(query: &Query, by: By, seen: Seen) -> Hit {
    match by {
        By::Code => as_code(query, seen),
        By::Words => as_words(query, seen),
    }
}

fn as_code(query: &Query, seen: Seen) -> Hit {
    let Seen { letter, mobile, voided, .. } = seen;
    let together = search_key_without_spaces(&query.text);
    let typed = numbers::parts_of(&query.text);
    let is_number = |printed: &str| {
        let parts = numbers::parts_of(printed);
        !typed.is_empty() && typed.iter().all(|part| parts.contains(part))
    };
    let is_receipt = |receipt: ReceiptCode| {
        ReceiptCode::parse(&query.text) == Ok(receipt) || receipt.short().replace('-', "") == together
    };
    let tracking = TrackingCode::parse(&query.text).ok();
    let registration = letter.state.registration();
    let answer = letter.state.answer().and_then(|answer| answer.number.as_ref());
    let ending = query.mobile_ending();
    let fields = fields([
        (Field::Number, registration.is_some_and(|found| is_number(&found.number))),
        (Field::OwnNumber, is_number(&letter.own.number)),
        (Field::VoidedNumber, voided.is_some_and(|printed| is_number(&printed))),
        (Field::AnswerNumber, answer.is_some_and(|found| is_number(&found.printed))),
        (Field::Tracking, tracking.is_some() && registration.map(|found| &found.tracking) == tracking.as_ref()),
        (Field::Receipt, letter.state.submission().is_some_and(|found| is_receipt(found.receipt))),
        (Field::Mobile, ending.zip(mobile.as_ref()).is_some_and(|(ending, mobile)| mobile.as_str().ends_with(&ending))),
    ]);
    let (name, subject) = (letter.content.sender_name.clone(), letter.content.subject.clone());
    Hit { fields, name: marks::whole(&name, &[]), subject: marks::whole(&subject, &[]), passage: None, letter }
}

fn as_words(query: &Query, seen: Seen) -> Hit {
    let Seen { letter, mobile, voided, said } = seen;
    let wanted = query.wanted();
    let found_in = |text: &str| marks::marks(text, &wanted);
    let (content, state) = (&letter.content, &letter.state);
    let (name, subject, body) = (found_in(&content.sender_name), found_in(&content.subject), found_in(&content.body));
    let representative = content.representative.as_ref().map_or("", |representative| representative.name.as_str());
    let answer_text = state.answer().map_or("", |answer| answer.text.as_str());
    let answer = found_in(answer_text);
    let heard: Vec<_> = said.iter().map(|said| (said, found_in(&said.text))).filter(|it| !it.1.is_empty()).collect();
    let is_said = |place| heard.iter().any(|(said, _)| said.place == place);
    let passage = match (body.is_empty(), answer.is_empty()) {
        (false, _) => Some(marks::around(&content.body, &body)),
        (true, false) => Some(marks::around(answer_text, &answer)),
        (true, true) => {
            let in_words = heard.iter().find(|(said, _)| said.place != Place::File);
            in_words.map(|(said, marks)| marks::around(&said.text, marks))
        }
    };
    let has = |printed: &str| !found_in(printed).is_empty();
    let answer_number = state.answer().and_then(|answer| answer.number.as_ref());
    let authority = state.answer().and_then(|answer| answer.ending.authority()).unwrap_or_default();
    let mut fields = fields([
        (Field::Number, state.registration().is_some_and(|found| has(&found.number))),
        (Field::OwnNumber, has(&letter.own.number)),
        (Field::VoidedNumber, voided.is_some_and(|printed| has(&printed))),
        (Field::AnswerNumber, answer_number.is_some_and(|found| has(&found.printed))),
        (Field::Mobile, query.has_mobile_ending(mobile.as_ref())),
        (Field::Name, !name.is_empty()),
        (Field::Representative, has(representative)),
        (Field::Subject, !subject.is_empty()),
        (Field::Text, !body.is_empty()),
        (Field::Answer, !answer.is_empty() || has(authority)),
        (Field::Thread, is_said(Place::Thread)),
        (Field::Completion, is_said(Place::Completion)),
        (Field::Objection, is_said(Place::Objection)),
        (Field::FileName, is_said(Place::File)),
    ]);
    if query.is_empty() {
        fields.clear();
    }
    let (name, subject) = (marks::whole(&content.sender_name, &name), marks::whole(&content.subject, &subject));
    Hit { letter, fields, name, subject, passage }
}

/// What was found; when it is nothing that the letter still has, it was in an answer that it had.
fn fields<const N: usize>(all: [(Field, bool); N]) -> Vec<Field> {
    let found: Vec<Field> = all.into_iter().filter(|(_, is_found)| *is_found).map(|(field, _)| field).collect();
    if found.is_empty() { vec![Field::EarlierAnswer] } else { found }
}

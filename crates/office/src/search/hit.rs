//! A letter that was found, and why. Pure.

use pishkhan_persian::text::search_key_without_spaces;
use pishkhan_persian::{ReceiptCode, TrackingCode};

use super::find::By;
use super::marks::{self, Piece};
use super::query::Query;
use super::tokens;
use crate::letters::Letter;
use crate::senders::Sender;

/// A letter that was found.
#[derive(Clone, Debug)]
pub struct Hit {
    pub letter: Letter,
    /// In what it was found; none when only the filter was asked.
    pub fields: Vec<Field>,
    pub name: Vec<Piece>,
    pub subject: Vec<Piece>,
    /// The passage of the text, or of the answer.
    pub passage: Option<Vec<Piece>>,
}

/// What of a letter was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Number,
    Tracking,
    Receipt,
    Mobile,
    Name,
    Subject,
    Text,
    Answer,
}

pub(super) fn hit(query: &Query, by: By, letter: Letter, sender: Option<&Sender>) -> Hit {
    let wanted = if by == By::Words { query.wanted() } else { super::query::Wanted::default() };
    let of = |text: &str| marks::marks(text, &wanted);
    let (name, subject, body) =
        (of(&letter.content.sender_name), of(&letter.content.subject), of(&letter.content.body));
    let answer_text = letter.state.answer().map_or("", |answer| answer.text.as_str());
    let answer = of(answer_text);
    let number = letter.state.registration().map(|registration| of(&registration.number)).unwrap_or_default();
    let passage = match (body.is_empty(), answer.is_empty()) {
        (false, _) => Some(marks::around(&letter.content.body, &body)),
        (true, false) => Some(marks::around(answer_text, &answer)),
        (true, true) => None,
    };
    let in_words = [
        (Field::Number, !number.is_empty()),
        (Field::Name, !name.is_empty()),
        (Field::Subject, !subject.is_empty()),
        (Field::Text, !body.is_empty()),
        (Field::Answer, !answer.is_empty()),
    ];
    let mut fields: Vec<Field> =
        in_words.into_iter().filter(|(_, is_found)| *is_found).map(|(field, _)| field).collect();
    match by {
        By::Code => fields.extend(codes(query, &letter, sender)),
        By::Words if query.has_mobile_ending(sender.map(|sender| &sender.mobile)) => fields.push(Field::Mobile),
        By::Words => {}
    }
    Hit {
        fields,
        name: marks::whole(&letter.content.sender_name, &name),
        subject: marks::whole(&letter.content.subject, &subject),
        passage,
        letter,
    }
}

/// Which of the letter's codes was typed.
fn codes(query: &Query, letter: &Letter, sender: Option<&Sender>) -> Vec<Field> {
    let together = search_key_without_spaces(&query.text);
    let typed = tokens::number_parts(&query.text);
    let is_number = |registration: &crate::letters::Registration| {
        let parts = tokens::number_parts(&registration.number);
        !typed.is_empty() && typed.iter().all(|part| parts.contains(part))
    };
    let is_receipt = |receipt: ReceiptCode| {
        ReceiptCode::parse(&query.text) == Ok(receipt) || receipt.short().replace('-', "") == together
    };
    let tracking = TrackingCode::parse(&query.text).ok();
    let registration = letter.state.registration();
    let ending = query.mobile_ending();
    let found = [
        (Field::Number, registration.is_some_and(is_number)),
        (Field::Tracking, tracking.is_some() && registration.map(|found| &found.tracking) == tracking.as_ref()),
        (Field::Receipt, letter.state.submission().is_some_and(|submission| is_receipt(submission.receipt))),
        (
            Field::Mobile,
            ending.is_some_and(|ending| sender.is_some_and(|sender| sender.mobile.as_str().ends_with(&ending))),
        ),
    ];
    found.into_iter().filter(|(_, is_found)| *is_found).map(|(field, _)| field).collect()
}

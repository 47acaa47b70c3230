//! Giving an answer, by whoever signs for it: its text is filled, its number taken, and the sender told.

use pishkhan_persian::text::stored_text;
use pishkhan_store::{Moment, StoreError, Tx};

use super::decision::Decided;
use super::draft_answer::AUTHORITY_CHARACTERS;
use super::ending::Ending;
use super::ground::{GroundError, ground};
use super::letter::{Letter, Stale, WrongState};
use super::states::{Answer, OutgoingNumber};
use super::{object, rows};
use crate::answers::{self, Places};
use crate::files::{self, Part};
use crate::ids::{AnswerId, LetterId, StaffId};
use crate::ledger::{self, Event, Who};
use crate::registry::TakeError;
use crate::rules::Rules;
use crate::units::Unit;
use crate::{dispatch, kinds, receipts, referrals, registry, search, units};

/// What is wrong with an answer as it was written.
#[derive(Debug, thiserror::Error)]
pub enum TextError {
    #[error("an answer needs text or a file")]
    Nothing,
    #[error("the text is longer than {0} characters")]
    Long(usize),
    #[error(transparent)]
    Unknown(#[from] answers::Unknown),
    #[error("more than {0} files")]
    TooManyFiles(u32),
    #[error("the other authority is not named")]
    NoAuthority,
    #[error("the other authority's name is longer than {AUTHORITY_CHARACTERS} characters")]
    LongAuthority,
    #[error("the letter asks for no information that could be withheld")]
    NotAsked,
    #[error(transparent)]
    Ground(#[from] GroundError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

#[derive(Debug, thiserror::Error)]
pub enum GiveError {
    #[error(transparent)]
    Stale(#[from] Stale),
    #[error(transparent)]
    WrongState(#[from] WrongState),
    #[error("the server's clock is behind the outgoing register's last entry")]
    ClockWentBack,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<TakeError> for GiveError {
    fn from(error: TakeError) -> Self {
        match error {
            TakeError::ClockWentBack => GiveError::ClockWentBack,
            TakeError::HasNumber => GiveError::Stale(Stale),
            TakeError::Store(error) => GiveError::Store(error),
        }
    }
}

/// An answer as its sender will read it.
pub(super) struct Readable {
    pub text: String,
    pub ending: Ending,
}

/// The unit that answers.
pub(super) async fn unit_of(tx: &mut Tx, letter: &Letter) -> Result<Unit, StoreError> {
    let unit = letter.acting_unit().ok_or(StoreError::Unreadable("unit"))?;
    units::find(tx, unit).await?.ok_or(StoreError::Unreadable("unit"))
}

/// What was written as its sender will read it, if it can be given. The draft's files are there by now; the line of its ending is as it
/// is kept.
pub(super) async fn readable(
    tx: &mut Tx,
    rules: &Rules,
    letter: &Letter,
    unit: &Unit,
    text: &str,
    ending: &Ending,
) -> Result<Readable, TextError> {
    let places = Places::of(tx, letter, unit).await?;
    let text = answers::fill(&stored_text(text), &places)?;
    let body_characters = rules.letters.body_characters;
    if text.chars().count() > body_characters {
        return Err(TextError::Long(body_characters));
    }
    if text.is_empty() && files::count_of_letter(tx, &letter.id, Part::Proposal).await? == 0 {
        return Err(TextError::Nothing);
    }
    check(tx, letter, ending).await?;
    Ok(Readable { text, ending: ending.clone() })
}

/// Whether the answer may end the matter so.
async fn check(tx: &mut Tx, letter: &Letter, ending: &Ending) -> Result<(), TextError> {
    match ending {
        Ending::Final => {}
        Ending::Outward(authority) => match authority.chars().count() {
            0 => return Err(TextError::NoAuthority),
            1..=AUTHORITY_CHARACTERS => {}
            _ => return Err(TextError::LongAuthority),
        },
        Ending::Partial(typed) | Ending::Refused(typed) => {
            if !kinds::asks_information(tx, letter.content.kind.as_ref()).await? {
                return Err(TextError::NotAsked);
            }
            ground(typed)?;
        }
    }
    Ok(())
}

/// Gives the answer with the draft's files. `answered` is the arrow that leads there.
pub(super) async fn give(
    tx: &mut Tx,
    rules: &Rules,
    letter: Letter,
    unit: &Unit,
    by: &StaffId,
    readable: Readable,
    answered: fn(Letter, Answer) -> Result<Letter, WrongState>,
) -> Result<Letter, GiveError> {
    let objection_until = object::window(tx, rules, &letter).await?;
    let outgoing = registry::take_outgoing(tx, unit, &letter.id, by).await?;
    let files = files::of_letter_part(tx, &letter.id, Part::Proposal).await?;
    let event = Event::LetterAnswered {
        text_sha256: receipts::text_digest(&readable.text),
        files_sha256: files.into_iter().map(|file| file.sha256).collect(),
        number: outgoing.as_ref().map(|outgoing| outgoing.printed.clone()).unwrap_or_default(),
        authority: readable.ending.authority().unwrap_or_default().to_owned(),
        withheld: readable.ending.withheld().unwrap_or_default().to_owned(),
        ground: readable.ending.ground().unwrap_or_default().to_owned(),
    };
    let answer = Answer {
        at: outgoing.as_ref().map_or(tx.now(), |outgoing| outgoing.at),
        by: by.clone(),
        text: readable.text,
        ending: readable.ending,
        number: outgoing.map(|it| OutgoingNumber { printed: it.printed, direction: it.direction }),
        objection_until,
        opened_at: None,
    };
    rows::keep_former(tx, &letter, Decided::Answered, by).await??;
    let mut letter = answered(letter, answer.clone())?;
    // What its sender thought of an earlier answer is nothing that they think of this one.
    if let Some(rating) = letter.rating.take() {
        answers::keep_rating(tx, &letter.id, &rating).await?;
    }
    rows::save(tx, &mut letter).await??;
    let id = AnswerId::random();
    files::give_proposal(tx, &letter.id, &id).await?;
    answers::give_draft(tx, &letter.id).await?;
    referrals::end_with_letter(tx, &letter.id).await?;
    ledger::record(tx, &letter.id, &Who::Staff(by.clone()), &event).await?;
    let message = dispatch::letter_answered(tx, rules, &letter).await?;
    answers::keep(tx, &id, &letter.id, &answer, message.as_ref()).await?;
    search::index(tx, &letter.id).await?;
    Ok(letter)
}

/// The answer that was given holds no more; it stays in sight.
pub(super) async fn take_back(tx: &mut Tx, letter: &Letter) -> Result<(), StoreError> {
    answers::undo(tx, &letter.id).await?;
    files::retire_answer(tx, &letter.id).await
}

/// The answer of a moment ago is a draft again, as it was; answers its number, which is voided.
pub(super) async fn undo(
    tx: &mut Tx,
    id: &LetterId,
    by: &StaffId,
    answer: &Answer,
    given_at: Moment,
) -> Result<Option<String>, StoreError> {
    let issued = answers::forget(tx, id, answer.at).await?.ok_or(StoreError::Unreadable("answer"))?;
    files::take_answer_back(tx, id, &issued).await?;
    answers::draft_again(tx, id).await?;
    referrals::open_with_letter(tx, id, given_at).await?;
    let Some(number) = &answer.number else { return Ok(None) };
    registry::void_outgoing(tx, id, by, &number.printed, answer.at).await?;
    Ok(Some(number.printed.clone()))
}

/// The answer that was taken back at that moment holds again.
pub(super) async fn hold_again(tx: &mut Tx, id: &LetterId, taken_back_at: Moment) -> Result<(), StoreError> {
    match answers::hold_again(tx, id, taken_back_at).await? {
        Some(answer) => files::hold_answer_again(tx, id, &answer).await,
        // A rejection was reconsidered.
        None => Ok(()),
    }
}

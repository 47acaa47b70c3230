//! Where staff go after a decision, and the one note there that tells what was done.

use pishkhan_office::Tx;
use pishkhan_office::accounts::staff;
use pishkhan_office::actor::{Reviewer, Staff};
use pishkhan_office::ids::{LetterId, StaffId, UnitId};
use pishkhan_office::ledger::{self, Event, Who};
use pishkhan_office::letters::{self, Letter, Spot, State, Tray, Version};
use pishkhan_office::rules::Rules;
use pishkhan_office::units;

use super::status::Number;
use super::trays;
use super::within::{self, Wanted};
use crate::layout::Page;
use crate::links::{self, Link};
use crate::problem::Problem;

/// What was done, and the way back to it from elsewhere.
pub struct Done {
    pub text: String,
    pub letter: Option<Link>,
    /// As long as it may be taken back by its reader.
    pub undo: Option<Undo>,
}

/// The button that takes a decision back.
pub struct Undo {
    pub url: Link,
    pub version: Version,
    pub seconds: u64,
    pub label: String,
    /// The label with a `#` where the script counts.
    pub pattern: String,
}

impl Undo {
    async fn of(
        tx: &mut Tx,
        page: &Page,
        staff: &Staff,
        rules: &Rules,
        letter: &Letter,
    ) -> Result<Option<Undo>, Problem> {
        let until = letters::undo_until(tx, letter, staff, rules).await?;
        let Some(until) = until.filter(|until| page.now < *until) else { return Ok(None) };
        // Another node's clock may be a little ahead.
        let seconds = until.seconds_since(page.now).min(rules.letters.undo.as_secs());
        Ok(Some(Undo {
            url: within::keeping(page, staff, links::desk_undoing(&letter.id)),
            version: letter.version,
            seconds,
            label: page.words.n("undoing-button", seconds),
            pattern: page.words.plain("undoing-button-counting", &[("count", "#")]),
        }))
    }
}

/// The next letter that waits for review, after the one that was decided and then from the top: in the view that the page's address
/// carries, then among all; the tray when none does.
pub async fn after_review(tx: &mut Tx, page: &Page, reviewer: &Reviewer, decided: &Letter) -> Result<Link, Problem> {
    // Whatever is decided was submitted; were it not, the first of all would be next.
    let (at, arrived) = match decided.state.submission() {
        Some(submission) => (submission.review_due.0, submission.at.0),
        None => (i64::MIN, i64::MIN),
    };
    let spot = Spot { at, arrived, id: decided.id.to_string() };
    if let Some(wanted) = Wanted::carried(page, reviewer)
        && let Some(there) = in_view(tx, reviewer, wanted, &spot).await?
    {
        return Ok(there.telling(&decided.id));
    }
    let there = match letters::next_in_review(tx, reviewer, &spot).await? {
        Some(next) if next != decided.id => links::desk_letter(&next),
        _ => links::desk_tray(trays::name(Tray::Review), None),
    };
    Ok(there.telling(&decided.id))
}

/// The next letter of a view that waits for review, after this spot and then from the top; None when it has none.
async fn in_view(tx: &mut Tx, reviewer: &Reviewer, wanted: Wanted, spot: &Spot) -> Result<Option<Link>, Problem> {
    let top = Wanted { after: None, ..wanted.clone() };
    for (wanted, after) in [(wanted, Some(spot)), (top, None)] {
        let cards = letters::tray(tx, reviewer, wanted.tray, &wanted.sieve, after).await?.cards;
        let waits = |letter: &Letter| matches!(letter.state, State::Submitted(_)) && letter.id.as_str() != spot.id;
        if let Some(next) = cards.iter().find(|card| waits(&card.letter)) {
            return Ok(Some(wanted.letter(reviewer, &next.letter)));
        }
    }
    Ok(None)
}

/// The note for the letter that an address calls done, told from its state as this person may see it. `here` is the letter whose
/// page carries the note.
pub async fn done(
    tx: &mut Tx,
    page: &Page,
    staff: &Staff,
    rules: &Rules,
    id: &str,
    here: Option<&LetterId>,
) -> Result<Option<Done>, Problem> {
    let Some(id) = LetterId::parse(id) else { return Ok(None) };
    let Some(letter) = letters::find_for_desk(tx, staff, &id).await? else {
        return reopened(tx, page, staff, rules, &id).await;
    };
    let words = page.words;
    let undo = Undo::of(tx, page, staff, rules, &letter).await?;
    if let Some(text) = acted(tx, page, staff, &letter).await? {
        return Ok(Some(Done { text, letter: (here != Some(&id)).then(|| links::desk_letter(&id)), undo }));
    }
    let subject = &letter.content.subject;
    let undone = undone(tx, &id).await?;
    let is_undone = undone.is_some();
    let text = match &letter.state {
        _ if undone.as_deref() == Some("informed") => words.a("undoing-done-message", "subject", subject),
        State::Draft => return Ok(None),
        State::Submitted(_) if is_undone => words.a("undoing-done", "subject", subject),
        State::Submitted(_) => {
            let unit = match letter.unit() {
                Some(unit) => units::find(tx, unit).await?,
                None => None,
            };
            words.a(
                "desk-done-redirected",
                "unit",
                unit.map(|unit| unit.name_in(words.language).to_owned()).unwrap_or_default(),
            )
        }
        State::Registered(_, registration) => {
            let number = Number::of(page, &registration.number, registration.direction);
            words.a("desk-done-registered", "number", number.in_sentence())
        }
        State::InProgress(..) | State::AnswerReview(..) | State::Objected(..) | State::Closed(..) if is_undone => {
            words.a("undoing-done-here", "subject", subject)
        }
        State::InProgress(_, _, work) if work.officer.as_ref() == Some(&staff.id) => {
            words.a("desk-done-taken-by-you", "subject", subject)
        }
        State::InProgress(..) => words.a("desk-done-taken", "subject", subject),
        State::Answered(..) => words.a("desk-done-answered", "subject", subject),
        State::Rejected(..) => words.a("desk-done-rejected", "subject", subject),
        State::Closed(..) => words.a("desk-done-closed", "subject", subject),
        State::Returned(..) => words.a("desk-done-returned", "subject", subject),
        State::AwaitingSender(..) => words.a("desk-done-asked", "subject", subject),
        State::AnswerReview(..) => words.a("desk-done-proposed", "subject", subject),
        State::Objected(..) => words.a("desk-done-objected", "subject", subject),
        State::Withdrawn(..) => words.a("desk-done-withdrawn", "subject", subject),
        State::Lapsed(..) => words.a("desk-done-lapsed", "subject", subject),
    };
    Ok(Some(Done { text, letter: (here != Some(&id)).then(|| links::desk_letter(&id)), undo }))
}

/// The note for whoever reopened a letter. They see it no more, so the note names nothing of it; but the way back is theirs for some seconds.
/// Whoever would have done so a moment later reads that it was done.
async fn reopened(
    tx: &mut Tx,
    page: &Page,
    staff: &Staff,
    rules: &Rules,
    id: &LetterId,
) -> Result<Option<Done>, Problem> {
    let Some(letter) = letters::find_reopened(tx, staff, id).await? else {
        let note = |text: &str| Done { text: text.to_owned(), letter: None, undo: None };
        let is_reopened = letters::is_reopened(tx, staff, id).await?;
        return Ok(is_reopened.then(|| note(page.t("reopening-done-before"))));
    };
    let undo = Undo::of(tx, page, staff, rules, &letter).await?;
    Ok(Some(Done { text: page.t("reopening-done").to_owned(), letter: None, undo }))
}

/// What was taken back, if that is what happened last.
async fn undone(tx: &mut Tx, id: &LetterId) -> Result<Option<String>, Problem> {
    let last = ledger::of_letter(tx, id).await?.pop();
    Ok(match last.map(|last| last.event) {
        Some(Event::DecisionUndone { undone, .. }) => Some(undone),
        _ => None,
    })
}

/// What this person has just done with the letter, where its state alone doesn't tell.
async fn acted(tx: &mut Tx, page: &Page, staff: &Staff, letter: &Letter) -> Result<Option<String>, Problem> {
    let happenings = ledger::of_letter(tx, &letter.id).await?;
    // What an act brings with it in its own time comes after it.
    let last = happenings.iter().rfind(|it| it.who != Who::Time);
    let Some(last) = last.filter(|last| last.who == Who::Staff(staff.id.clone())) else { return Ok(None) };
    let key = match &last.event {
        Event::LetterReferred { to_unit, .. } => {
            let unit = units::find(tx, &UnitId::stored(to_unit)).await?;
            let name = unit.map(|unit| unit.name_in(page.words.language).to_owned()).unwrap_or_default();
            return Ok(Some(page.words.a("work-done-referred", "unit", name)));
        }
        Event::LetterHandedOver { to_staff, .. } if !to_staff.is_empty() => {
            let name = staff::name_of(tx, &StaffId::stored(to_staff)).await?.unwrap_or_default();
            let places = [("subject", letter.content.subject.as_str()), ("name", name.as_str())];
            return Ok(Some(page.words.fill("work-done-given", &places)));
        }
        Event::LetterReopened { .. } => return Ok(Some(page.t("reopening-done").to_owned())),
        Event::SenderInformed { .. } => "work-done-informed",
        Event::ReferralDone { .. } => "work-done-finished",
        Event::ReferralSentBack { .. } => "work-done-sent-back",
        Event::AnswerSentBack { .. } => "desk-done-sent-back",
        Event::AnswerRetracted => "desk-done-retracted",
        Event::ObjectionUpheld { .. } => "desk-done-upheld",
        Event::LetterReconsidered { .. } => "desk-done-reconsidered",
        _ => return Ok(None),
    };
    Ok(Some(page.words.a(key, "subject", &letter.content.subject)))
}

//! The desk's tray: what waits for this person, what is near its end, what waits for others, and what was done.

use pishkhan_store::{Moment, Result, Row, Tx, query};
use sqlx::any::AnyRow;

use super::sieve::Sieve;
use super::views::{
    around_me, condition, count_of, due, my_units, owed, page_of, referred_to_me, sieved, since_oldest,
};
use super::{Card, Place, card, count, paged};
use crate::actor::{Reviewer, Role, Staff};
use crate::deadlines;
use crate::ids::{LetterId, UnitId};
use crate::letters::letter::{Letter, Priority};
use crate::letters::{card_columns, sight};

/// How many letters a page has.
const PAGE: u32 = 50;
/// How many letters of a view are counted; beyond them the exact number helps nobody and costs time.
pub const MOST_COUNTED: u64 = 1_000;

/// Which of the desk's letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tray {
    /// Waiting for review, oldest due first.
    Review,
    /// Nearly due or overdue, wherever this person sees it.
    Near,
    /// Waiting for its sender's papers or reply.
    Waiting,
    /// Referred to me or my units and not done.
    Referred,
    /// Registered, or referred here, and taken by nobody of my units yet.
    Unit,
    /// In my hand.
    Mine,
    /// Answers that wait for my signature.
    Signature,
    /// Objections that were raised to me.
    Objections,
    /// Overdue in a unit below mine, objections of mine apart.
    Late,
    /// Decided, answered or ended, newest first.
    Done,
}

/// How many letters each view has, at most [`MOST_COUNTED`].
#[derive(Clone, Debug, Default)]
pub struct TrayCounts(Vec<(Tray, u64)>);

impl TrayCounts {
    /// None: it is not counted.
    pub fn of(&self, tray: Tray) -> Option<u64> {
        self.0.iter().find(|(counted, _)| *counted == tray).map(|(_, count)| *count)
    }
}

/// A page of a view, and where the next one begins. What is due first stands on top, so that what is late is seen.
pub async fn tray(
    tx: &mut Tx,
    staff: &Staff,
    tray: Tray,
    sieve: &Sieve,
    after: Option<&Place>,
) -> Result<(Vec<Card>, Option<Place>)> {
    let text = page_text(tray, sees_all(staff), staff.has(Role::Auditor));
    let before = due_before(tx, tray).await?;
    let rows = asked(tx, staff, text, sieve, before, after, PAGE + 1).await?;
    let cards = rows.iter().map(card).collect::<Result<Vec<_>>>()?;
    Ok(paged(cards, PAGE, |letter| Some(key_of(tray, letter))))
}

/// The statement of a page.
pub(super) fn page_text(tray: Tray, sees_all: bool, is_auditor: bool) -> &'static str {
    match tray {
        Tray::Review => page_of!(review, "l.review_due_at"),
        Tray::Near if sees_all => page_of!(near, due!()),
        Tray::Near => page_of!(near_me, due!()),
        Tray::Waiting if sees_all => page_of!(waiting, "l.wait_until_at"),
        Tray::Waiting => page_of!(waiting_for_me, "l.wait_until_at"),
        Tray::Referred => page_of!(referred, concat!("coalesce(", due!(), ", 0)")),
        Tray::Unit if is_auditor => page_of!(every_unit, "l.answer_due_at"),
        Tray::Unit => page_of!(unit, "l.answer_due_at"),
        Tray::Mine => page_of!(mine, "l.answer_due_at"),
        Tray::Signature => page_of!(signature, "l.answer_due_at"),
        Tray::Objections => page_of!(objections, "l.objection_due_at"),
        Tray::Late => page_of!(late, due!()),
        // The newest first: the largest moment has the smallest key.
        Tray::Done => page_of!(done, "-l.changed_at"),
    }
}

/// Where a letter stands in a view.
fn key_of(tray: Tray, letter: &Letter) -> Moment {
    match tray {
        Tray::Done => Moment(-letter.changed_at.0),
        Tray::Waiting => letter.state.waits_until().unwrap_or(Moment(0)),
        Tray::Mine => letter.state.registration().map_or(Moment(0), |registration| registration.answer_due),
        Tray::Referred => match letter.state.submission() {
            Some(submission) if letter.state.as_str() == "submitted" => submission.review_due,
            _ => letter
                .state
                .objection()
                .map(|objection| objection.due)
                .or(letter.state.registration().map(|registration| registration.answer_due))
                .unwrap_or(Moment(0)),
        },
        Tray::Review | Tray::Near | Tray::Unit | Tray::Signature | Tray::Objections | Tray::Late => {
            letter.state.due().unwrap_or(Moment(0))
        }
    }
}

/// How many letters those views have for this person.
pub async fn tray_counts(tx: &mut Tx, staff: &Staff, trays: &[Tray]) -> Result<TrayCounts> {
    let mut counts = TrayCounts::default();
    for &tray in trays.iter().filter(|tray| **tray != Tray::Done) {
        counts.0.push((tray, tray_count(tx, staff, tray, &Sieve::default()).await?));
    }
    Ok(counts)
}

/// How many letters of a view a sieve lets through, at most [`MOST_COUNTED`].
pub async fn tray_count(tx: &mut Tx, staff: &Staff, tray: Tray, sieve: &Sieve) -> Result<u64> {
    let text = count_text(tray, sees_all(staff), staff.has(Role::Auditor));
    let before = due_before(tx, tray).await?;
    let most = u32::try_from(MOST_COUNTED).unwrap_or(u32::MAX);
    let rows = asked(tx, staff, text, sieve, before, None, most).await?;
    rows.first().map_or(Ok(0), |row| count(row, 0))
}

/// The statement that counts a view.
pub(super) fn count_text(tray: Tray, sees_all: bool, is_auditor: bool) -> &'static str {
    match tray {
        Tray::Review => count_of!(review),
        Tray::Near if sees_all => count_of!(near),
        Tray::Near => count_of!(near_me),
        Tray::Waiting if sees_all => count_of!(waiting),
        Tray::Waiting => count_of!(waiting_for_me),
        Tray::Referred => count_of!(referred),
        Tray::Unit if is_auditor => count_of!(every_unit),
        Tray::Unit => count_of!(unit),
        Tray::Mine => count_of!(mine),
        Tray::Signature => count_of!(signature),
        Tray::Objections => count_of!(objections),
        Tray::Late => count_of!(late),
        Tray::Done => count_of!(done),
    }
}

/// Whether no unit bounds what this person sees; otherwise a view is looked for from their units on.
fn sees_all(staff: &Staff) -> bool {
    staff.has(Role::Reviewer) || staff.has(Role::Auditor)
}

/// Before which moment the letters of a view are due, where that makes it.
async fn due_before(tx: &mut Tx, tray: Tray) -> Result<Moment> {
    let now = tx.now();
    if tray == Tray::Near { deadlines::near(tx, now).await } else { Ok(now) }
}

async fn asked(
    tx: &mut Tx,
    staff: &Staff,
    text: &'static str,
    sieve: &Sieve,
    due_before: Moment,
    after: Option<&Place>,
    limit: u32,
) -> Result<Vec<AnyRow>> {
    let organisation = tx.organisation().0.clone();
    let now = tx.now();
    Ok(query(text)
        .bind(organisation)
        .bind(staff.id.as_str())
        .bind(after.map_or(i64::MIN, |place| place.at))
        .bind(after.map_or("", |place| place.id.as_str()))
        .bind(i64::from(limit))
        .bind(due_before.0)
        .bind(sieve.unit.as_ref().map_or("", UnitId::as_str))
        .bind(&sieve.state)
        .bind(i64::from(sieve.has_files))
        .bind(if sieve.is_overdue { now.0 } else { 0 })
        .bind(sieve.sender_pattern())
        .bind(sieve.submitted_from.map_or(0, |from| from.0))
        .bind(sieve.submitted_before.map_or(0, |before| before.0))
        .bind(sieve.priority.map_or(-1, Priority::level))
        .fetch_all(tx.connection())
        .await?)
}

/// The letter that waits for review next after this place of the tray, or the first of all when none stands there.
pub async fn next_in_review(tx: &mut Tx, reviewer: &Reviewer, after: &Place) -> Result<Option<LetterId>> {
    match first_in_review(tx, reviewer, Some(after)).await? {
        Some(id) => Ok(Some(id)),
        None => first_in_review(tx, reviewer, None).await,
    }
}

async fn first_in_review(tx: &mut Tx, reviewer: &Reviewer, after: Option<&Place>) -> Result<Option<LetterId>> {
    let (text, now) = (page_of!(review, "l.review_due_at"), tx.now());
    let rows = asked(tx, reviewer, text, &Sieve::default(), now, after, 1).await?;
    rows.first().map(|row| Ok(LetterId::stored(row.try_get("id")?))).transpose()
}

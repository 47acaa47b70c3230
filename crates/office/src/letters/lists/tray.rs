//! The desk's tray: what waits for this person, what is near its end, what waits for others, and what was done.

use pishkhan_store::{Moment, Result, Row, Tx, query};
use sqlx::any::AnyRow;

use super::anew::{anew, new_since, with_me};
use super::depth::{self, MOST_SIEVED};
use super::pages::{bounded, page_of, spot_of, spots_of};
use super::reach::Reach;
use super::referred::{first_due, near_to_me, overdue, own_due, referred_to_me};
use super::sieve::Sieve;
use super::spot::Spot;
use super::views::{Tray, around_me, condition, my_units, over, owed_before, sieved, since_oldest, with_unit};
use super::{Card, card};
use crate::actor::{Reviewer, Role, Staff};
use crate::deadlines;
use crate::ids::{LetterId, UnitId};
use crate::letters::letter::{Letter, Priority};
use crate::letters::{card_columns, due, left_alone, owed, rows, sight};

/// How many letters a page has.
const PAGE: u32 = 50;

/// A page of a view.
#[derive(Clone, Debug)]
pub struct TrayPage {
    pub cards: Vec<Card>,
    /// The spot after which it begins; None for the first page.
    pub after: Option<Spot>,
    pub next: Option<Across>,
    /// Where its first letter stands.
    first: Option<Spot>,
}

/// What stands across a page's border, and the spot after which its page begins.
#[derive(Clone, Debug)]
pub struct Across {
    /// None: a sieve has gone through as many letters as it may, and nobody knows yet which one comes next.
    pub letter: Option<LetterId>,
    pub after: Option<Spot>,
}

/// A page of a view, from a spot on. What is due first stands on top, so that what is late is seen.
pub async fn tray(tx: &mut Tx, staff: &Staff, tray: Tray, sieve: &Sieve, after: Option<&Spot>) -> Result<TrayPage> {
    tray_to(tx, staff, tray, sieve, after, MOST_SIEVED).await
}

/// The same by a sieve that goes through so many letters.
pub(super) async fn tray_to(
    tx: &mut Tx,
    staff: &Staff,
    tray: Tray,
    sieve: &Sieve,
    after: Option<&Spot>,
    most: u32,
) -> Result<TrayPage> {
    let text = page_text(tray, Reach::of(staff), staff.has(Role::Auditor));
    let due_before = due_before(tx, tray).await?;
    let floor = depth::below(tx, tray, sieve, after, most).await?;
    let bound = floor.as_ref().map_or(i64::MAX, |floor| floor.at);
    let question = Question { text, sieve, due_before, spot: after, bound, limit: PAGE + 1 };
    let rows = asked(tx, staff, &question).await?;
    let mut cards = rows.iter().map(|row| tray_card(row, staff)).collect::<Result<Vec<_>>>()?;
    let spots = rows.iter().take(PAGE as usize).map(Spot::of_row).collect::<Result<Vec<_>>>()?;
    let over = if cards.len() > PAGE as usize { cards.pop() } else { None };
    let next = match over {
        Some(over) => Some(Across { letter: Some(over.letter.id), after: spots.last().cloned() }),
        None => floor.map(|floor| Across { letter: None, after: Some(floor) }),
    };
    Ok(TrayPage { cards, after: after.cloned(), next, first: spots.first().cloned() })
}

fn tray_card(row: &AnyRow, staff: &Staff) -> Result<Card> {
    let (hand, own_due): (String, Option<i64>) = (row.try_get("officer_name")?, row.try_get("own_due")?);
    let card = card(row)?;
    let back = rows::back(row)?.filter(|back| back.is_for(staff, &card.letter));
    Ok(Card {
        hand: Some(hand).filter(|name| !name.is_empty()),
        own_due: own_due.map(Moment),
        came_back: back.map(|back| back.what),
        ..card
    })
}

/// The page beside a letter: the one that is asked for, or else, where the letter is in the view but not on that page, the one
/// around it.
pub async fn tray_beside(
    tx: &mut Tx,
    staff: &Staff,
    tray: Tray,
    sieve: &Sieve,
    after: Option<&Spot>,
    letter: &Letter,
) -> Result<TrayPage> {
    let page = self::tray(tx, staff, tray, sieve, after).await?;
    if page.cards.iter().any(|card| card.letter.id == letter.id) {
        return Ok(page);
    }
    let Some(spot) = spot_in(tx, staff, tray, sieve, &letter.id).await? else { return Ok(page) };
    let mut before = spots(tx, staff, tray, sieve, &spot, PAGE / 2 + 1, MOST_SIEVED).await?;
    let start = if before.len() > PAGE as usize / 2 {
        before.pop()
    } else {
        // Few stand before it, as far as is looked.
        depth::above(tx, tray, sieve, &spot, MOST_SIEVED / 2).await?
    };
    self::tray(tx, staff, tray, sieve, start.as_ref()).await
}

/// What stands across the upper border of a page; None for the first page.
pub async fn page_before(
    tx: &mut Tx,
    staff: &Staff,
    tray: Tray,
    sieve: &Sieve,
    page: &TrayPage,
) -> Result<Option<Across>> {
    page_before_to(tx, staff, tray, sieve, page, MOST_SIEVED).await
}

/// The same by a sieve that goes through so many letters.
pub(super) async fn page_before_to(
    tx: &mut Tx,
    staff: &Staff,
    tray: Tray,
    sieve: &Sieve,
    page: &TrayPage,
    most: u32,
) -> Result<Option<Across>> {
    let Some(begins) = &page.after else { return Ok(None) };
    // Where nothing is on a page, what stands before it ends where it begins.
    let spot = page.first.as_ref().unwrap_or(begins);
    let spots = spots(tx, staff, tray, sieve, spot, PAGE + 2, most).await?;
    let mut before = spots.into_iter().filter(|other| page.first.is_none() || other.id != spot.id);
    let Some(nearest) = before.next() else {
        // There is nothing as far as a sieve goes: what stands before that is on the page before.
        let Some(gone_to) = depth::above(tx, tray, sieve, spot, most).await? else { return Ok(None) };
        let after = depth::above(tx, tray, sieve, &gone_to, most).await?;
        return Ok(Some(Across { letter: None, after }));
    };
    // That one and those before it fill a page, which begins after the next.
    let after = match before.nth(PAGE as usize - 1) {
        Some(after) => Some(after),
        // Fewer were found as far as a sieve goes: the page before begins there.
        None => depth::above(tx, tray, sieve, spot, most).await?,
    };
    Ok(Some(Across { letter: Some(LetterId::stored(&nearest.id)), after }))
}

/// The statement by which a view is read, with the columns that tell where a letter stands in it.
macro_rules! statement {
    ($of:ident, $tray:expr, $reach:expr, $is_auditor:expr) => {
        match $tray {
            Tray::Review => $of!(review, "l.review_due_at", "l.submitted_at"),
            Tray::Near if $reach == Reach::All => $of!(near, due!(), "l.submitted_at"),
            Tray::Near if $reach == Reach::Units => $of!(near_me, first_due!(), "l.submitted_at"),
            Tray::Near => $of!(near_and_mine, first_due!(), "l.submitted_at"),
            Tray::Waiting if $reach == Reach::Units => $of!(waiting_for_me, "l.wait_until_at", "l.submitted_at"),
            Tray::Waiting => $of!(waiting, "l.wait_until_at", "l.submitted_at"),
            Tray::Referred => {
                $of!(referred, concat!("coalesce(", own_due!(referred), ", ", due!(), ", 0)"), "l.submitted_at")
            }
            Tray::Untaken if $is_auditor => $of!(every_untaken, "l.answer_due_at", "l.submitted_at"),
            Tray::Untaken => $of!(untaken, "l.answer_due_at", "l.submitted_at"),
            Tray::Unit if $is_auditor => $of!(every_unit, due!(), "l.submitted_at"),
            Tray::Unit => $of!(unit, due!(), "l.submitted_at"),
            Tray::Messages => $of!(messages, new_since!(), "l.submitted_at"),
            Tray::Mine => $of!(mine, "l.answer_due_at", "l.submitted_at"),
            Tray::Signature => $of!(signature, "l.answer_due_at", "l.submitted_at"),
            Tray::Objections => $of!(objections, "l.objection_due_at", "l.submitted_at"),
            Tray::Late => $of!(late, due!(), "l.submitted_at"),
            Tray::Done if $is_auditor => $of!(every_done, "-l.changed_at", "-l.submitted_at"),
            Tray::Done => $of!(done, "-l.changed_at", "-l.submitted_at"),
        }
    };
}

/// The statement of a page.
pub(super) fn page_text(tray: Tray, reach: Reach, is_auditor: bool) -> &'static str {
    statement!(page_of, tray, reach, is_auditor)
}

/// The statement of the spots up to one.
pub(super) fn spots_text(tray: Tray, reach: Reach, is_auditor: bool) -> &'static str {
    statement!(spots_of, tray, reach, is_auditor)
}

/// At most `limit` spots of a view up to this one and with it, the nearest first, by a sieve that goes through `most` letters.
async fn spots(
    tx: &mut Tx,
    staff: &Staff,
    tray: Tray,
    sieve: &Sieve,
    to: &Spot,
    limit: u32,
    most: u32,
) -> Result<Vec<Spot>> {
    let text = spots_text(tray, Reach::of(staff), staff.has(Role::Auditor));
    let due_before = due_before(tx, tray).await?;
    let ceiling = depth::above(tx, tray, sieve, to, most).await?;
    let bound = ceiling.map_or(i64::MIN, |ceiling| ceiling.at);
    let rows = asked(tx, staff, &Question { text, sieve, due_before, spot: Some(to), bound, limit }).await?;
    rows.iter().map(Spot::of_row).collect()
}

/// Where a letter stands in a view; None when it isn't in it.
pub async fn spot_in(tx: &mut Tx, staff: &Staff, tray: Tray, sieve: &Sieve, letter: &LetterId) -> Result<Option<Spot>> {
    let text = spot_text(tray, Reach::of(staff), staff.has(Role::Auditor));
    let due_before = due_before(tx, tray).await?;
    let sought = Spot { at: 0, arrived: 0, id: letter.to_string() };
    // One letter is found however deep it stands.
    let question = Question { text, sieve, due_before, spot: Some(&sought), bound: 0, limit: 1 };
    let rows = asked(tx, staff, &question).await?;
    rows.first().map(Spot::of_row).transpose()
}

/// The statement of the spot of one letter.
pub(super) fn spot_text(tray: Tray, reach: Reach, is_auditor: bool) -> &'static str {
    statement!(spot_of, tray, reach, is_auditor)
}

/// Before which moment the letters of a view are due, where that makes it.
pub(super) async fn due_before(tx: &mut Tx, tray: Tray) -> Result<Moment> {
    let now = tx.now();
    if tray == Tray::Near { deadlines::near(tx, now).await } else { Ok(now) }
}

/// What is asked of a view.
pub(super) struct Question<'a> {
    pub text: &'static str,
    pub sieve: &'a Sieve,
    pub due_before: Moment,
    pub spot: Option<&'a Spot>,
    /// How far a sieve goes in what is over, in the direction of the statement.
    pub bound: i64,
    pub limit: u32,
}

pub(super) async fn asked(tx: &mut Tx, staff: &Staff, question: &Question<'_>) -> Result<Vec<AnyRow>> {
    let Question { text, sieve, due_before, spot, bound, limit } = *question;
    let organisation = tx.organisation().0.clone();
    let now = tx.now();
    Ok(query(text)
        .bind(organisation)
        .bind(staff.id.as_str())
        .bind(spot.map_or(i64::MIN, |spot| spot.at))
        .bind(spot.map_or("", |spot| spot.id.as_str()))
        .bind(i64::from(limit))
        .bind(due_before.0)
        .bind(sieve.unit.as_ref().map_or("", UnitId::as_str))
        .bind(&sieve.state)
        .bind(i64::from(sieve.has_files))
        .bind(if sieve.is_overdue { now.0 } else { 0 })
        .bind(sieve.sender_pattern())
        .bind(sieve.submitted_from.map_or(0, |from| from.0))
        .bind(sieve.submitted_before.map_or(0, |before| before.0))
        .bind(spot.map_or(i64::MIN, |spot| spot.arrived))
        .bind(sieve.priority.map_or(-1, Priority::level))
        .bind(sieve.typed_pattern())
        .bind(bound)
        .fetch_all(tx.connection())
        .await?)
}

/// The letter that waits for review next after this spot of the tray, or the first of all when none stands there.
pub async fn next_in_review(tx: &mut Tx, reviewer: &Reviewer, after: &Spot) -> Result<Option<LetterId>> {
    match first_in_review(tx, reviewer, Some(after)).await? {
        Some(id) => Ok(Some(id)),
        None => first_in_review(tx, reviewer, None).await,
    }
}

async fn first_in_review(tx: &mut Tx, reviewer: &Reviewer, after: Option<&Spot>) -> Result<Option<LetterId>> {
    let (text, sieve, due_before) = (page_text(Tray::Review, Reach::All, false), &Sieve::default(), tx.now());
    let question = Question { text, sieve, due_before, spot: after, bound: i64::MAX, limit: 1 };
    let rows = asked(tx, reviewer, &question).await?;
    rows.first().map(|row| Ok(LetterId::stored(row.try_get("id")?))).transpose()
}

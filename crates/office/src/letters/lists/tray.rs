//! The desk's tray: what waits for this person, and what was done.

use pishkhan_store::{Result, Row, Tx, query};

use super::{Card, Place, card, count, paged};
use crate::actor::{Reviewer, Staff};
use crate::ids::LetterId;
use crate::letters::{card_columns, sight};

/// How many letters a page has.
const PAGE: u32 = 50;

/// Which of the desk's letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tray {
    /// Waiting for review, oldest due first.
    Review,
    /// Registered, waiting for an officer of my units.
    Unit,
    /// In my hand.
    Mine,
    /// Decided or answered, newest first.
    Done,
}

#[derive(Clone, Copy, Debug, Default)]
pub struct TrayCounts {
    pub review: u64,
    pub unit: u64,
    pub mine: u64,
}

/// A page of the tray, and where the next one begins. Oldest due first, so that what is late stands on top.
pub async fn tray(tx: &mut Tx, staff: &Staff, tray: Tray, after: Option<&Place>) -> Result<(Vec<Card>, Option<Place>)> {
    let organisation = tx.organisation().0.clone();
    let (text, start) = match tray {
        Tray::Review => (
            concat!(
                "select ",
                card_columns!(),
                "
             from letters l join units u on u.organisation_id = l.organisation_id and u.id = l.unit_id
             where l.organisation_id = $1 and l.state = 'submitted' and (l.review_due_at, l.id) > ($3, $4) and ",
                sight!(),
                "
             order by l.review_due_at, l.id limit $5"
            ),
            i64::MIN,
        ),
        Tray::Unit => (
            concat!(
                "select ",
                card_columns!(),
                "
             from letters l join units u on u.organisation_id = l.organisation_id and u.id = l.unit_id
             where l.organisation_id = $1
               and (l.state = 'registered' or (l.state = 'in_progress' and l.officer_id is null))
               and (l.answer_due_at, l.id) > ($3, $4)
               and exists (select 1 from posts p where p.organisation_id = $1 and p.staff_id = $2 and p.ended_at is null
                             and ((p.role = 'officer' and p.unit_id = l.holder_unit_id) or p.role = 'auditor'))
               and ",
                sight!(),
                "
             order by l.answer_due_at, l.id limit $5"
            ),
            i64::MIN,
        ),
        Tray::Mine => (
            concat!(
                "select ",
                card_columns!(),
                "
             from letters l join units u on u.organisation_id = l.organisation_id and u.id = l.unit_id
             where l.organisation_id = $1 and l.state in ('in_progress', 'answer_review') and l.officer_id = $2
               and (l.answer_due_at, l.id) > ($3, $4)
             order by l.answer_due_at, l.id limit $5"
            ),
            i64::MIN,
        ),
        Tray::Done => (
            concat!(
                "select ",
                card_columns!(),
                "
             from letters l join units u on u.organisation_id = l.organisation_id and u.id = l.unit_id
             where l.organisation_id = $1 and l.state <> 'submitted'
               and (l.changed_at < $3 or (l.changed_at = $3 and l.id < $4)) and ",
                sight!(),
                "
             order by l.changed_at desc, l.id desc limit $5"
            ),
            i64::MAX,
        ),
    };
    let cards = query(text)
        .bind(organisation)
        .bind(staff.id.as_str())
        .bind(after.map_or(start, |place| place.at))
        .bind(after.map_or("", |place| place.id.as_str()))
        .bind(i64::from(PAGE + 1))
        .fetch_all(tx.connection())
        .await?
        .iter()
        .map(card)
        .collect::<Result<Vec<_>>>()?;
    Ok(paged(cards, PAGE, |letter| match tray {
        Tray::Done => Some(letter.changed_at),
        Tray::Review | Tray::Unit | Tray::Mine => letter.state.due(),
    }))
}

/// How many letters wait in each tray.
pub async fn tray_counts(tx: &mut Tx, staff: &Staff) -> Result<TrayCounts> {
    let organisation = tx.organisation().0.clone();
    let row = query(concat!(
        "select
           (select count(*) from letters l where l.organisation_id = $1 and l.state = 'submitted' and ",
        sight!(),
        "),
           (select count(*) from letters l where l.organisation_id = $1
              and (l.state = 'registered' or (l.state = 'in_progress' and l.officer_id is null))
              and exists (select 1 from posts p where p.organisation_id = $1 and p.staff_id = $2 and p.ended_at is null
                            and ((p.role = 'officer' and p.unit_id = l.holder_unit_id) or p.role = 'auditor'))
              and ",
        sight!(),
        "),
           (select count(*) from letters l where l.organisation_id = $1
              and l.state in ('in_progress', 'answer_review') and l.officer_id = $2)"
    ))
    .bind(organisation)
    .bind(staff.id.as_str())
    .fetch_one(tx.connection())
    .await?;
    Ok(TrayCounts { review: count(&row, 0)?, unit: count(&row, 1)?, mine: count(&row, 2)? })
}

/// The letter that waits for review next after this place of the tray, or the first of all when none stands there.
pub async fn next_in_review(tx: &mut Tx, reviewer: &Reviewer, after: &Place) -> Result<Option<LetterId>> {
    match first_in_review(tx, reviewer, after.at, &after.id).await? {
        Some(id) => Ok(Some(id)),
        None => first_in_review(tx, reviewer, i64::MIN, "").await,
    }
}

async fn first_in_review(tx: &mut Tx, reviewer: &Reviewer, at: i64, id: &str) -> Result<Option<LetterId>> {
    let organisation = tx.organisation().0.clone();
    let row = query(concat!(
        "select l.id from letters l
         where l.organisation_id = $1 and l.state = 'submitted' and (l.review_due_at, l.id) > ($3, $4) and ",
        sight!(),
        " order by l.review_due_at, l.id limit 1"
    ))
    .bind(organisation)
    .bind(reviewer.id.as_str())
    .bind(at)
    .bind(id)
    .fetch_optional(tx.connection())
    .await?;
    row.map(|row| Ok(LetterId::stored(row.try_get(0)?))).transpose()
}

//! The SQL of promises: what reviews and answers took, and when letters waited for their senders.

use pishkhan_store::{Moment, Result, Row, Tx, query};
use sqlx::any::AnyRow;

use crate::deadlines::pauses::Pause;
use crate::ids::{LetterId, UnitId};

/// A letter of which one step took neither more nor less time than of most others.
pub(in crate::deadlines) struct Middle {
    pub letter: LetterId,
    pub began: Moment,
    pub ended: Moment,
}

/// When the pause ended that began with the event `p`: with what the sender brought, or when it was taken back.
macro_rules! resumed_at {
    () => {
        "(select min(e.at) from events e
          where e.organisation_id = p.organisation_id and e.letter_id = p.letter_id and e.sequence > p.sequence
            and e.kind in ('letter_completed', 'letter_replied', 'decision_undone'))"
    };
}

/// The middle one of the letters `lately`, by the time that a step of each took without its pauses.
macro_rules! middle_of {
    ($lately:literal) => {
        concat!(
            "select id, began_at, ended_at from (
                 select id, began_at, ended_at, row_number() over (order by ended_at - began_at - paused, id) as place,
                        count(*) over () as letters
                 from (
                     select lately.id, lately.began_at, lately.ended_at,
                            coalesce((select sum(",
            resumed_at!(),
            " - p.at) from events p
              where p.organisation_id = $1 and p.letter_id = lately.id and p.at >= lately.began_at
                and p.at < lately.ended_at and p.kind in ('letter_returned', 'question_asked')), 0) as paused
             from (",
            $lately,
            ") as lately) as measured) as placed where place = (letters + 1) / 2 and letters >= $5"
        )
    };
}

/// When the letter came and was first decided that took neither more nor less time than most of those which the unit decided since then,
/// of the latest `most`; None when they are fewer than `least`. The time in which they were back with their senders isn't counted; of
/// what was decided anew after an objection, the first decision is.
pub(in crate::deadlines) async fn middle_review(
    tx: &mut Tx,
    unit: &UnitId,
    since: Moment,
    most: i64,
    least: i64,
) -> Result<Option<Middle>> {
    const REVIEW: &str = middle_of!(
        "select l.id, l.submitted_at as began_at,
                coalesce((select max(e.at) from events e where e.organisation_id = l.organisation_id
                            and e.letter_id = l.id and e.kind in ('letter_registered', 'letter_rejected')
                            and e.sequence < (select min(o.sequence) from events o
                                              where o.organisation_id = l.organisation_id and o.letter_id = l.id
                                                and o.kind = 'letter_objected')),
                         l.registered_at, l.rejected_at) as ended_at
         from letters l
         where l.organisation_id = $1 and l.unit_id = $2 and coalesce(l.registered_at, l.rejected_at) >= $3
         order by coalesce(l.registered_at, l.rejected_at) desc limit $4"
    );
    middle(tx, REVIEW, unit, since, most, least).await
}

/// The same of answers: when the letter was registered and first answered. The time in which its sender was asked isn't counted.
pub(in crate::deadlines) async fn middle_answer(
    tx: &mut Tx,
    unit: &UnitId,
    since: Moment,
    most: i64,
    least: i64,
) -> Result<Option<Middle>> {
    const ANSWER: &str = middle_of!(
        "select l.id, l.registered_at as began_at,
                coalesce((select min(a.at) from answers a where a.organisation_id = l.organisation_id
                            and a.letter_id = l.id), l.answered_at) as ended_at
         from letters l
         where l.organisation_id = $1 and l.holder_unit_id = $2 and l.answered_at >= $3
         order by l.answered_at desc limit $4"
    );
    middle(tx, ANSWER, unit, since, most, least).await
}

async fn middle(
    tx: &mut Tx,
    text: &'static str,
    unit: &UnitId,
    since: Moment,
    most: i64,
    least: i64,
) -> Result<Option<Middle>> {
    let organisation = tx.organisation().0.clone();
    let row = query(text)
        .bind(organisation)
        .bind(unit.as_str())
        .bind(since.0)
        .bind(most)
        .bind(least)
        .fetch_optional(tx.connection())
        .await?;
    let read = |row: &AnyRow| {
        let id: String = row.try_get("id")?;
        let (began, ended) = (Moment(row.try_get("began_at")?), Moment(row.try_get("ended_at")?));
        Ok(Middle { letter: LetterId::stored(&id), began, ended })
    };
    row.as_ref().map(read).transpose()
}

/// When the letter waited for its sender, one time after the other; what it waits for still is no pause yet. The caller has found the
/// letter as its reader may see it.
pub async fn pauses(tx: &mut Tx, letter: &LetterId) -> Result<Vec<Pause>> {
    let organisation = tx.organisation().0.clone();
    let rows = query(concat!(
        "select p.at, ",
        resumed_at!(),
        " as resumed_at from events p
          where p.organisation_id = $1 and p.letter_id = $2 and p.kind in ('letter_returned', 'question_asked')
          order by p.sequence"
    ))
    .bind(organisation)
    .bind(letter.as_str())
    .fetch_all(tx.connection())
    .await?;
    let mut pauses = Vec::with_capacity(rows.len());
    for row in &rows {
        let (from, until) = (Moment(row.try_get("at")?), row.try_get::<Option<i64>, _>("resumed_at")?);
        pauses.extend(until.map(|until| Pause { from, until: Moment(until) }));
    }
    Ok(pauses)
}

//! The letters behind a figure, as far as their reader may see them, by key.

mod depth;
#[cfg(test)]
mod depth_tests;
mod found;

pub use found::Found;
use found::letter;
use pishkhan_store::{Moment, Result, Tx, query};

use crate::actor::Staff;
use crate::ids::UnitId;
use crate::letters::{Place, due, owed, sight, told_state};
use crate::reports::asked::{By, Reason, Where};
use crate::reports::columns::{acting_unit, is_asked_unit, outcome, reason};
use crate::reports::{Open, Outcome, Told};

/// A page of at most `most` letters, and where the next one begins. A page goes through ten thousand letters at most, so one that is not
/// full, or has none at all, is the last only where no other begins.
pub async fn letters_where(
    tx: &mut Tx,
    staff: &Staff,
    asked: &Where,
    after: Option<&Place>,
    most: u32,
) -> Result<(Vec<Found>, Option<Place>)> {
    letters_within(tx, staff, asked, after, most, depth::MOST).await
}

async fn letters_within(
    tx: &mut Tx,
    staff: &Staff,
    asked: &Where,
    after: Option<&Place>,
    most: u32,
    depth: u32,
) -> Result<(Vec<Found>, Option<Place>)> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now());
    let moments = match asked.span.map(|span| span.moments()) {
        None => Some((Moment(i64::MIN), Moment(i64::MAX))),
        Some(moments) => moments,
    };
    let Some((from, until)) = moments else { return Ok((Vec::new(), None)) };
    let start = if asked.by == By::Due { from } else { until };
    let far_end = if asked.by == By::Due { until } else { from };
    let begins = Place {
        at: after.map_or(start.0, |place| place.at),
        id: after.map_or(String::new(), |place| place.id.clone()),
    };
    let floor = depth::floor(tx, asked, &begins, depth).await?.filter(|floor| *floor > far_end.0);
    let reason = match &asked.reason {
        None => "*",
        Some(Reason::Listed(id)) => id.as_str(),
        Some(Reason::Other) => "",
    };
    let [first, last] = asked.few();
    let mut found = query(statement(asked))
        .bind(organisation)
        .bind(staff.id.as_str())
        .bind(begins.at)
        .bind(&begins.id)
        .bind(floor.unwrap_or(far_end.0))
        .bind(if asked.is_mine { "mine" } else { asked.unit.as_ref().map_or("", UnitId::as_str) })
        .bind(asked.outcome.map_or("", Outcome::as_str))
        .bind(reason)
        .bind(i64::from(asked.is_late))
        .bind(now.0)
        .bind(i64::from(most) + 1)
        .bind(asked.open.map_or("", Open::as_str))
        .bind(first)
        .bind(last)
        .bind(asked.rating.map_or(0, i64::from))
        .fetch_all(tx.connection())
        .await?
        .iter()
        .map(|row| letter(row, asked.by))
        .collect::<Result<Vec<_>>>()?;
    let has_more = found.len() > most as usize;
    found.truncate(most as usize);
    let next = match found.last() {
        Some(last) if has_more => Some(last.place()),
        _ => floor.map(|floor| depth::behind(asked, floor)),
    };
    Ok((found, next))
}

/// The columns of a list, before the one that it is ordered by.
macro_rules! columns {
    () => {
        concat!(
            "select l.id, ",
            told_state!(),
            " as state, l.sender_name, l.subject, l.number_printed, l.number_direction, l.submitted_at,
                    u.name as unit_name, u.name_english as unit_name_english, case when ",
            owed!(),
            " then ",
            due!(),
            " end as due_at, "
        )
    };
}

/// Where they come from.
macro_rules! of_letters {
    () => {
        concat!(
            " as ordered_at
             from letters l join units u on u.organisation_id = l.organisation_id and u.id = l.unit_id
             where l.organisation_id = $1 and ",
            sight!()
        )
    };
}

/// The same, of the letters of messages. By `cross` SQLite begins with the messages, in their order.
macro_rules! of_messages {
    () => {
        concat!(
            "m.at as ordered_at, m.message_id, m.fate, coalesce(o.template, '') as template
             from counted_messages m cross join letters l cross join units u
             left join outbox o on o.organisation_id = m.organisation_id and o.id = m.message_id
             where m.organisation_id = $1 and l.organisation_id = m.organisation_id and l.id = m.letter_id
               and u.organisation_id = l.organisation_id and u.id = l.unit_id and (m.at, m.message_id) < ($3, $4) and m.at >= $5 and ",
            is_asked_unit!("m.unit_id"),
            " and ($9 = 0 or (",
            owed!(),
            " and ",
            due!(),
            " < $10)) and ",
            sight!()
        )
    };
}

/// The filters that every list has but for the unit, with the same parameters.
macro_rules! filters {
    () => {
        concat!(
            " and ($7 = '' or $7 = ",
            outcome!(),
            ") and ($8 = '*' or (l.rejected_at is not null and $8 = ",
            reason!(),
            ")) and ($12 = '' or $12 = case when l.state = 'submitted' then 'review'
                                           when l.state = 'objected' then 'ruling' else 'answer' end)
             and ($15 = 0 or l.rating = $15)"
        )
    };
}

/// One statement for each order, all with the same parameters. Where few of many are asked for, one that an index serves.
fn statement(asked: &Where) -> &'static str {
    match asked.by {
        By::Arrived if !asked.undecided_states().is_empty() => concat!(
            columns!(),
            "l.submitted_at",
            of_letters!(),
            " and l.state in ($13, $14) and (l.submitted_at, l.id) < ($3, $4) and l.submitted_at >= $5 and ",
            is_asked_unit!("l.unit_id"),
            " and ($9 = 0 or (",
            owed!(),
            " and ",
            due!(),
            " < $10))",
            filters!(),
            " order by l.submitted_at desc, l.id desc limit $11"
        ),
        By::Arrived => concat!(
            columns!(),
            "l.submitted_at",
            of_letters!(),
            " and l.submitted_at is not null and (l.submitted_at, l.id) < ($3, $4) and l.submitted_at >= $5 and ",
            is_asked_unit!("l.unit_id"),
            " and ($9 = 0 or (",
            owed!(),
            " and ",
            due!(),
            " < $10))",
            filters!(),
            " order by l.submitted_at desc, l.id desc limit $11"
        ),
        By::Decided if asked.outcome == Some(Outcome::Rejected) => concat!(
            columns!(),
            "l.rejected_at",
            of_letters!(),
            " and l.rejected_at is not null and (l.rejected_at, l.id) < ($3, $4) and l.rejected_at >= $5 and ",
            is_asked_unit!("l.unit_id"),
            " and ($9 = 0 or l.rejected_at > l.review_due_at)",
            filters!(),
            " order by l.rejected_at desc, l.id desc limit $11"
        ),
        By::Decided if asked.is_late => concat!(
            columns!(),
            "coalesce(l.registered_at, l.rejected_at)",
            of_letters!(),
            " and coalesce(l.registered_at, l.rejected_at) > l.review_due_at
              and (coalesce(l.registered_at, l.rejected_at), l.id) < ($3, $4)
              and coalesce(l.registered_at, l.rejected_at) >= $5 and ",
            is_asked_unit!("l.unit_id"),
            filters!(),
            " order by coalesce(l.registered_at, l.rejected_at) desc, l.id desc limit $11"
        ),
        By::Decided => concat!(
            columns!(),
            "coalesce(l.registered_at, l.rejected_at)",
            of_letters!(),
            " and (coalesce(l.registered_at, l.rejected_at), l.id) < ($3, $4)
              and coalesce(l.registered_at, l.rejected_at) >= $5 and ",
            is_asked_unit!("l.unit_id"),
            filters!(),
            " order by coalesce(l.registered_at, l.rejected_at) desc, l.id desc limit $11"
        ),
        By::Answered if asked.is_late => concat!(
            columns!(),
            "l.answered_at",
            of_letters!(),
            " and l.answered_at > l.answer_due_at and (l.answered_at, l.id) < ($3, $4) and l.answered_at >= $5 and ",
            is_asked_unit!(acting_unit!()),
            filters!(),
            " order by l.answered_at desc, l.id desc limit $11"
        ),
        By::Answered => concat!(
            columns!(),
            "l.answered_at",
            of_letters!(),
            " and l.answered_at is not null and (l.answered_at, l.id) < ($3, $4) and l.answered_at >= $5 and ",
            is_asked_unit!(acting_unit!()),
            filters!(),
            " order by l.answered_at desc, l.id desc limit $11"
        ),
        By::Rated => concat!(
            columns!(),
            "l.rated_at",
            of_letters!(),
            " and l.rated_at is not null and (l.rated_at, l.id) < ($3, $4) and l.rated_at >= $5 and ",
            is_asked_unit!(acting_unit!()),
            filters!(),
            " order by l.rated_at desc, l.id desc limit $11"
        ),
        By::Message => statement_by_messages(asked.told),
        By::Due => BY_DUE,
    }
}

const BY_DUE: &str = concat!(
    columns!(),
    due!(),
    of_letters!(),
    " and ",
    owed!(),
    " and (",
    due!(),
    ", l.id) > ($3, $4) and ",
    due!(),
    " < $5 and ",
    is_asked_unit!(acting_unit!()),
    " and ($9 = 0 or ",
    due!(),
    " < $10)",
    filters!(),
    " order by ",
    due!(),
    ", l.id limit $11"
);

fn statement_by_messages(told: Option<Told>) -> &'static str {
    match told {
        None => concat!(columns!(), of_messages!(), filters!(), " order by m.at desc, m.message_id desc limit $11"),
        Some(Told::As(_)) => concat!(
            columns!(),
            of_messages!(),
            " and m.fate = $13",
            filters!(),
            " order by m.at desc, m.message_id desc limit $11"
        ),
        Some(Told::Lost) => concat!(
            columns!(),
            of_messages!(),
            " and m.lost = 1",
            filters!(),
            " order by m.at desc, m.message_id desc limit $11"
        ),
    }
}

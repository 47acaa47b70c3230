//! The SQL of answers: drafts, and what was issued.

use pishkhan_store::{Moment, Result, Row, StoreError, Tx, query};
use sqlx::any::AnyRow;

use super::{Delivery, Draft, Issued, Remark};
use crate::courier::MessageId;
use crate::ids::{AnswerId, LetterId, StaffId};
use crate::letters::{Answer, Ending, OutgoingNumber};
use crate::registry::Direction;

pub(super) mod numbers;
pub(super) mod ratings;

/// The draft of a letter's answer. The caller has found the letter as its reader may see it.
pub async fn find_draft(tx: &mut Tx, letter: &LetterId) -> Result<Option<Draft>> {
    let organisation = tx.organisation().0.clone();
    query(
        "select d.*, coalesce(s.name, '') as remarked_by_name
         from answer_drafts d left join staff s on s.organisation_id = d.organisation_id and s.id = d.remarked_by
         where d.organisation_id = $1 and d.letter_id = $2 and d.given_at is null",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .fetch_optional(tx.connection())
    .await?
    .map(|row| draft(&row))
    .transpose()
}

/// Keeps what was written; a remark stays until the answer is issued.
pub async fn keep_draft(tx: &mut Tx, letter: &LetterId, by: &StaffId, text: &str, ending: &Ending) -> Result<()> {
    forget_given_of(tx, letter).await?;
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query(
        "insert into answer_drafts (organisation_id, letter_id, staff_id, text, changed_at, remark, remarked_by,
                                     authority, withheld, ground)
         values ($1, $2, $3, $4, $5, '', '', $6, $7, $8)
         on conflict (organisation_id, letter_id) do update
         set staff_id = excluded.staff_id, text = excluded.text, changed_at = excluded.changed_at,
             authority = excluded.authority, withheld = excluded.withheld, ground = excluded.ground",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .bind(by.as_str())
    .bind(text)
    .bind(now)
    .bind(ending.authority())
    .bind(ending.withheld())
    .bind(ending.ground())
    .execute(tx.connection())
    .await?;
    Ok(())
}

pub async fn keep_remark(tx: &mut Tx, letter: &LetterId, by: &StaffId, remark: &str) -> Result<()> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query(
        "update answer_drafts set remark = $3, remarked_by = $4, remarked_at = $5
         where organisation_id = $1 and letter_id = $2",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .bind(remark)
    .bind(by.as_str())
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The draft has become an answer; it stays a while, for an answer that is taken back.
pub async fn give_draft(tx: &mut Tx, letter: &LetterId) -> Result<()> {
    forget_given_of(tx, letter).await?;
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query("update answer_drafts set given_at = $3 where organisation_id = $1 and letter_id = $2")
        .bind(organisation)
        .bind(letter.as_str())
        .bind(now)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// What was written and given at once, whatever the draft was before.
pub async fn keep_given(tx: &mut Tx, letter: &LetterId, by: &StaffId, text: &str, ending: &Ending) -> Result<()> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query(
        "insert into answer_drafts (organisation_id, letter_id, staff_id, text, changed_at, remark, remarked_by, given_at,
                                     authority, withheld, ground)
         values ($1, $2, $3, $4, $5, '', '', $5, $6, $7, $8)
         on conflict (organisation_id, letter_id) do update
         set staff_id = excluded.staff_id, text = excluded.text, changed_at = excluded.changed_at, given_at = excluded.given_at,
             authority = excluded.authority, withheld = excluded.withheld, ground = excluded.ground",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .bind(by.as_str())
    .bind(text)
    .bind(now)
    .bind(ending.authority())
    .bind(ending.withheld())
    .bind(ending.ground())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The answer was taken back: it is a draft, as it was, with its remark.
pub async fn draft_again(tx: &mut Tx, letter: &LetterId) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query("update answer_drafts set given_at = null where organisation_id = $1 and letter_id = $2")
        .bind(organisation)
        .bind(letter.as_str())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Forgets the drafts that were given before then.
pub async fn forget_given(tx: &mut Tx, before: Moment) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query("delete from answer_drafts where organisation_id = $1 and given_at < $2")
        .bind(organisation)
        .bind(before.0)
        .execute(tx.connection())
        .await?;
    Ok(())
}

async fn forget_given_of(tx: &mut Tx, letter: &LetterId) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query("delete from answer_drafts where organisation_id = $1 and letter_id = $2 and given_at is not null")
        .bind(organisation)
        .bind(letter.as_str())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Keeps an answer that is issued, for good; without a message where its sender has no mobile.
pub async fn keep(
    tx: &mut Tx,
    id: &AnswerId,
    letter: &LetterId,
    answer: &Answer,
    message: Option<&MessageId>,
) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    let number = answer.number.as_ref();
    query(
        "insert into answers (organisation_id, id, letter_id, at, staff_id, text, number_printed, number_direction, message_id,
                              authority, withheld, ground)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(organisation)
    .bind(id.as_str())
    .bind(letter.as_str())
    .bind(answer.at.0)
    .bind(answer.by.as_str())
    .bind(&answer.text)
    .bind(number.map(|number| number.printed.as_str()))
    .bind(number.map(|number| number.direction.as_str()))
    .bind(message.map_or("", MessageId::as_str))
    .bind(answer.ending.authority())
    .bind(answer.ending.withheld())
    .bind(answer.ending.ground())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The letter's answer holds no more.
pub async fn undo(tx: &mut Tx, letter: &LetterId) -> Result<()> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query("update answers set undone_at = $3 where organisation_id = $1 and letter_id = $2 and undone_at is null")
        .bind(organisation)
        .bind(letter.as_str())
        .bind(now)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Forgets an answer that was issued at that moment and that nobody has seen: it was taken back, and its event still tells of it.
pub async fn forget(tx: &mut Tx, letter: &LetterId, at: Moment) -> Result<Option<AnswerId>> {
    let organisation = tx.organisation().0.clone();
    let row = query(
        "delete from answers where organisation_id = $1 and letter_id = $2 and at = $3 and undone_at is null returning id",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .bind(at.0)
    .fetch_optional(tx.connection())
    .await?;
    row.map(|row| Ok(AnswerId::stored(row.try_get("id")?))).transpose()
}

/// The answer that was undone at that moment holds again; None where there is none.
pub async fn hold_again(tx: &mut Tx, letter: &LetterId, undone_at: Moment) -> Result<Option<AnswerId>> {
    let organisation = tx.organisation().0.clone();
    let row = query(
        "update answers set undone_at = null where organisation_id = $1 and letter_id = $2 and undone_at = $3 returning id",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .bind(undone_at.0)
    .fetch_optional(tx.connection())
    .await?;
    row.map(|row| Ok(AnswerId::stored(row.try_get("id")?))).transpose()
}

/// The letter's answer was opened for the first time.
pub async fn mark_opened(tx: &mut Tx, letter: &LetterId) -> Result<()> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query(
        "update answers set opened_at = $3
         where organisation_id = $1 and letter_id = $2 and undone_at is null and opened_at is null",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(())
}

pub(super) async fn of_letter(tx: &mut Tx, letter: &LetterId) -> Result<Vec<Issued>> {
    let organisation = tx.organisation().0.clone();
    query(
        "select a.*, coalesce(s.name, '') as by_name
         from answers a left join staff s on s.organisation_id = a.organisation_id and s.id = a.staff_id
         where a.organisation_id = $1 and a.letter_id = $2 order by a.at, a.id",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(issued)
    .collect()
}

fn draft(row: &AnyRow) -> Result<Draft> {
    let remark = match row.try_get::<Option<i64>, _>("remarked_at")? {
        Some(at) => Some(Remark { text: row.try_get("remark")?, by: row.try_get("remarked_by_name")?, at: Moment(at) }),
        None => None,
    };
    Ok(Draft {
        by: StaffId::stored(row.try_get("staff_id")?),
        text: row.try_get("text")?,
        ending: ending(row)?,
        changed_at: Moment(row.try_get("changed_at")?),
        remark,
    })
}

fn ending(row: &AnyRow) -> Result<Ending> {
    let authority: Option<String> = row.try_get("authority")?;
    let withheld: Option<String> = row.try_get("withheld")?;
    let ground: Option<String> = row.try_get("ground")?;
    Ok(Ending::told(authority.as_deref(), &withheld.unwrap_or_default(), &ground.unwrap_or_default()))
}

fn issued(row: &AnyRow) -> Result<Issued> {
    let message: String = row.try_get("message_id")?;
    let number = match row.try_get::<Option<String>, _>("number_printed")? {
        Some(printed) => {
            let direction: Option<String> = row.try_get("number_direction")?;
            let direction =
                direction.as_deref().and_then(Direction::parse).ok_or(StoreError::Unreadable("direction"))?;
            Some(OutgoingNumber { printed, direction })
        }
        None => None,
    };
    Ok(Issued {
        id: AnswerId::stored(row.try_get("id")?),
        at: Moment(row.try_get("at")?),
        by: row.try_get("by_name")?,
        text: row.try_get("text")?,
        ending: ending(row)?,
        number,
        files: Vec::new(),
        message: (!message.is_empty()).then_some(MessageId(message)),
        delivery: Delivery::Unknown,
        opened_at: row.try_get::<Option<i64>, _>("opened_at")?.map(Moment),
        undone_at: row.try_get::<Option<i64>, _>("undone_at")?.map(Moment),
        rating: ratings::rating(row)?,
    })
}

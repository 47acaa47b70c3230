//! The SQL of messages.

use pishkhan_store::{Moment, Result, Row, StoreError, Tx, query};
use sqlx::any::AnyRow;

use super::{Author, Kind, Message};
use crate::actor::Staff;
use crate::ids::{LetterId, MessageId, SenderId, StaffId};
use crate::letters::left_alone;
use crate::news;

/// The thread of a letter, oldest first. The caller has found the letter as its reader may see it.
pub async fn of_letter(tx: &mut Tx, letter: &LetterId) -> Result<Vec<Message>> {
    let organisation = tx.organisation().0.clone();
    query(
        "select m.id, m.at, m.kind, m.author_kind, m.author_id, m.text, m.seen_at, m.read_at, coalesce(s.name, '') as name
         from messages m left join staff s on s.organisation_id = m.organisation_id and s.id = m.author_id
         where m.organisation_id = $1 and m.letter_id = $2 order by m.at, m.id",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(message)
    .collect()
}

pub(super) async fn insert(
    tx: &mut Tx,
    letter: &LetterId,
    id: &MessageId,
    kind: Kind,
    author: &Author,
    text: &str,
) -> Result<()> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    // The house has seen what it wrote itself, and the sender has read theirs.
    let (author_kind, author, seen_at, read_at) = match author {
        Author::Sender(id) => ("sender", id.as_str(), None, Some(now)),
        Author::Staff(id, _) => ("staff", id.as_str(), Some(now), None),
    };
    query(
        "insert into messages (organisation_id, id, letter_id, at, kind, author_kind, author_id, text, seen_at, read_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(organisation)
    .bind(id.as_str())
    .bind(letter.as_str())
    .bind(now)
    .bind(kind.as_str())
    .bind(author_kind)
    .bind(author)
    .bind(text)
    .bind(seen_at)
    .bind(read_at)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// What the house wrote at that moment is taken back; its words stay before the house, and its sender never gets them.
pub async fn take_back(tx: &mut Tx, letter: &LetterId, kind: Kind, at: Moment) -> Result<()> {
    let taken_back = kind.taken_back().ok_or(StoreError::Unreadable("kind of message"))?;
    let organisation = tx.organisation().0.clone();
    query(
        "update messages set kind = $5
         where organisation_id = $1 and letter_id = $2 and at = $3 and kind = $4",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .bind(at.0)
    .bind(kind.as_str())
    .bind(taken_back.as_str())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Notes that this person of the unit that holds the letter has its thread before them; where nobody works there, a reviewer.
pub async fn mark_seen(tx: &mut Tx, staff: &Staff, letter: &LetterId) -> Result<()> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    let seen = query(concat!(
        "update messages set seen_at = $3, seen_by = $4
         where organisation_id = $1 and letter_id = $2 and seen_at is null
           and exists (select 1 from letters l join posts p on p.organisation_id = l.organisation_id
                       where l.organisation_id = $1 and l.id = $2 and p.staff_id = $4 and p.ended_at is null
                         and ((p.role in ('officer', 'signer') and p.unit_id = l.holder_unit_id)
                              or (p.role = 'reviewer' and ",
        left_alone!(),
        ")))"
    ))
    .bind(organisation)
    .bind(letter.as_str())
    .bind(now)
    .bind(staff.id.as_str())
    .execute(tx.connection())
    .await?;
    // Nothing was decided, so the ledger does not ring; but one letter fewer waits in their colleagues' view.
    if seen.rows_affected() > 0 {
        tx.ring(news::LETTERS);
    }
    Ok(())
}

/// Notes that a message is no news: something else tells of it.
pub async fn pass_over(tx: &mut Tx, id: &MessageId) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query("update messages set seen_at = at where organisation_id = $1 and id = $2")
        .bind(organisation)
        .bind(id.as_str())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Notes that the letter's sender has its thread before them.
pub async fn mark_read(tx: &mut Tx, letter: &LetterId) -> Result<()> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query("update messages set read_at = $3 where organisation_id = $1 and letter_id = $2 and read_at is null")
        .bind(organisation)
        .bind(letter.as_str())
        .bind(now)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Which of the sender's letters have a message of the house that they have still to read.
pub async fn letters_with_unread(tx: &mut Tx, sender: &SenderId) -> Result<Vec<LetterId>> {
    let organisation = tx.organisation().0.clone();
    query(
        "select l.id from letters l
         where l.organisation_id = $1 and l.sender_id = $2
           and exists (select 1 from messages m where m.organisation_id = l.organisation_id and m.letter_id = l.id
                         and m.read_at is null and m.kind in ('question', 'interim'))",
    )
    .bind(organisation)
    .bind(sender.as_str())
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(|row| Ok(LetterId::stored(row.try_get("id")?)))
    .collect()
}

fn message(row: &AnyRow) -> Result<Message> {
    let author: String = row.try_get("author_id")?;
    let author = match row.try_get::<String, _>("author_kind")?.as_str() {
        "sender" => Author::Sender(SenderId::stored(&author)),
        "staff" => Author::Staff(StaffId::stored(&author), row.try_get("name")?),
        _ => return Err(StoreError::Unreadable("author")),
    };
    let kind: String = row.try_get("kind")?;
    let kind = Kind::parse(&kind).ok_or(StoreError::Unreadable("kind of message"))?;
    let is_for_sender = matches!(kind, Kind::Question | Kind::Interim);
    Ok(Message {
        id: MessageId::stored(row.try_get("id")?),
        at: Moment(row.try_get("at")?),
        kind,
        is_unread: is_for_sender && row.try_get::<Option<i64>, _>("read_at")?.is_none(),
        seen_at: match author {
            Author::Sender(_) => row.try_get::<Option<i64>, _>("seen_at")?.map(Moment),
            Author::Staff(..) => None,
        },
        author,
        text: row.try_get("text")?,
    })
}

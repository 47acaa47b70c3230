//! The SQL of waiting for a sender, and of letters that go on from others.

use pishkhan_store::{Result, Tx, query};

use super::letter;
use crate::actor::Staff;
use crate::ids::{LetterId, SenderId};
use crate::letters::letter::{Letter, Version};
use crate::letters::sight::sight;

/// Notes that a warning went out. The letter's version stays: whoever completes it just now need not look again.
pub(in crate::letters) async fn note_warning(tx: &mut Tx, id: &LetterId, seen: Version, warning: i64) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    let done = query(
        "update letters set warnings = $4
         where organisation_id = $1 and id = $2 and version = $3 and warnings < $4",
    )
    .bind(organisation)
    .bind(id.as_str())
    .bind(seen)
    .bind(warning)
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes from which letter a draft goes on.
pub(in crate::letters) async fn follow(tx: &mut Tx, draft: &LetterId, before: &LetterId) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query("update letters set follows_id = $3 where organisation_id = $1 and id = $2 and state = 'draft'")
        .bind(organisation)
        .bind(draft.as_str())
        .bind(before.as_str())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// The letter of this sender's that goes on from that one, a draft or sent.
pub async fn find_follower(tx: &mut Tx, sender: &SenderId, before: &LetterId) -> Result<Option<Letter>> {
    let organisation = tx.organisation().0.clone();
    query(
        "select * from letters where organisation_id = $1 and follows_id = $2 and follows_id <> '' and sender_id = $3
         order by created_at desc, id limit 1",
    )
    .bind(organisation)
    .bind(before.as_str())
    .bind(sender.as_str())
    .fetch_optional(tx.connection())
    .await?
    .map(|row| letter(&row))
    .transpose()
}

/// The letters that go on from that one, as far as this person may see them.
pub async fn followers_for_desk(tx: &mut Tx, staff: &Staff, before: &LetterId) -> Result<Vec<Letter>> {
    let organisation = tx.organisation().0.clone();
    query(concat!(
        "select l.* from letters l where l.organisation_id = $1 and l.follows_id = $3 and l.follows_id <> '' and ",
        sight!(),
        " order by l.created_at, l.id limit 10"
    ))
    .bind(organisation)
    .bind(staff.id.as_str())
    .bind(before.as_str())
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(letter)
    .collect()
}

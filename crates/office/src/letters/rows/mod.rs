//! The SQL of one letter. Every finder asks who is asking.

mod came_back;
mod former;
mod freeing;
mod reading;
mod save;
mod waiting;

pub(crate) use came_back::come_back;
pub(super) use came_back::{back, forget_back};
pub use came_back::{find_back, see_back};
pub(super) use former::{
    find_former, find_reopened, forget_former, is_reopened, keep_former, mark_decision_seen, restore_hand, undo_former,
};
pub(super) use freeing::{free_hands, free_reviews};
pub(crate) use reading::letter;
pub(crate) use save::save;
pub use waiting::{find_follower, followers_for_desk};
pub(super) use waiting::{follow, note_warning};

use pishkhan_persian::text::search_key_without_spaces;
use pishkhan_store::{Result, Row, Tx, query};

use super::letter::{Above, Letter, Stale, Version};
use super::representative::in_hands;
use super::sight::sight;
use super::states::State;
use crate::actor::{Officer, Signer, Staff};
use crate::ids::{LetterId, SenderId, UnitId};

/// One of the sender's own letters, in any state; none of which they wrote for somebody whom they may represent no more.
pub async fn find_own(tx: &mut Tx, sender: &SenderId, id: &LetterId) -> Result<Option<Letter>> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query(concat!(
        "select * from letters l where l.organisation_id = $1 and l.id = $2 and l.sender_id = $3 and ",
        in_hands!("$4")
    ))
    .bind(organisation)
    .bind(id.as_str())
    .bind(sender.as_str())
    .bind(now)
    .fetch_optional(tx.connection())
    .await?
    .map(|row| letter(&row))
    .transpose()
}

/// One of the sender's own drafts.
pub async fn find_draft(tx: &mut Tx, sender: &SenderId, id: &LetterId) -> Result<Option<Letter>> {
    let letter = find_own(tx, sender, id).await?;
    Ok(letter.filter(|letter| matches!(letter.state, State::Draft)))
}

/// A letter that this person may see at the desk; `sight!` says which those are.
pub async fn find_for_desk(tx: &mut Tx, staff: &Staff, id: &LetterId) -> Result<Option<Letter>> {
    let organisation = tx.organisation().0.clone();
    query(concat!("select l.* from letters l where l.organisation_id = $1 and l.id = $3 and ", sight!()))
        .bind(organisation)
        .bind(staff.id.as_str())
        .bind(id.as_str())
        .fetch_optional(tx.connection())
        .await?
        .map(|row| letter(&row))
        .transpose()
}

/// A letter on which this officer may act, one that their unit holds, as they saw it. Stale is also a letter that they see and that has gone to another unit meanwhile.
pub(super) async fn find_held(
    tx: &mut Tx,
    officer: &Officer,
    id: &LetterId,
    seen: Version,
) -> Result<Option<std::result::Result<Letter, Stale>>> {
    Ok(held(find_for_desk(tx, officer, id).await?, seen, |unit| officer.is_officer_of(unit)))
}

/// The same for whoever is an officer or a signer of the unit that holds it.
pub(super) async fn find_of_unit(
    tx: &mut Tx,
    staff: &Staff,
    id: &LetterId,
    seen: Version,
) -> Result<Option<std::result::Result<Letter, Stale>>> {
    let is_theirs = |unit: &UnitId| staff.is_officer_of(unit) || staff.is_signer_of(unit);
    Ok(held(find_for_desk(tx, staff, id).await?, seen, is_theirs))
}

fn held(
    letter: Option<Letter>,
    seen: Version,
    is_theirs: impl Fn(&UnitId) -> bool,
) -> Option<std::result::Result<Letter, Stale>> {
    let letter = letter?;
    let is_held = letter.holder.as_ref().is_some_and(is_theirs);
    match letter.is_version(seen) {
        Err(stale) => Some(Err(stale)),
        Ok(()) => is_held.then_some(Ok(letter)),
    }
}

/// A letter whose answer this signer signs: one that their unit holds.
pub(super) async fn find_for_signer(tx: &mut Tx, signer: &Signer, id: &LetterId) -> Result<Option<Letter>> {
    let letter = find_for_desk(tx, signer, id).await?;
    Ok(letter.filter(|letter| letter.holder.as_ref().is_some_and(|unit| signer.is_signer_of(unit))))
}

/// A letter that was raised to this signer.
pub(super) async fn find_raised_to(tx: &mut Tx, signer: &Signer, id: &LetterId) -> Result<Option<Letter>> {
    let letter = find_for_desk(tx, signer, id).await?;
    Ok(letter.filter(|letter| letter.raised_to.as_ref().is_some_and(|above| signer.is_signer_above(above))))
}

/// Notes that the sender looks at the answer now; false when they did before, or there is none.
pub(super) async fn mark_answer_opened(tx: &mut Tx, sender: &SenderId, id: &LetterId) -> Result<bool> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    let opened = query(
        "update letters set answer_opened_at = $4
         where organisation_id = $1 and id = $2 and sender_id = $3 and answered_at is not null and answer_opened_at is null",
    )
    .bind(organisation)
    .bind(id.as_str())
    .bind(sender.as_str())
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(opened.rows_affected() == 1)
}

/// Notes there that the letter is late; false when somebody noted so, or did something to it, since it was read. Its version stays: whoever
/// decides it just now need not look again.
pub(super) async fn escalate(tx: &mut Tx, letter: &Letter, above: &Above) -> Result<bool> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    let before = letter.escalation.as_ref();
    let done = query(
        "update letters set escalated_at = $4, escalated_to_unit_id = $5
         where organisation_id = $1 and id = $2 and version = $3
           and coalesce(escalated_at, 0) = $6 and coalesce(escalated_to_unit_id, '') = $7",
    )
    .bind(organisation)
    .bind(letter.id.as_str())
    .bind(letter.version)
    .bind(now)
    .bind(above.as_str())
    .bind(before.map_or(0, |escalation| escalation.at.0))
    .bind(before.map_or("", |escalation| escalation.to.as_str()))
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Keeps the sender's name folded, where nobody has done so; false when somebody wrote the letter meanwhile, and with it the name.
pub(super) async fn fold_sender(tx: &mut Tx, id: &LetterId, folded: &str) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    let done =
        query("update letters set sender_folded = $3 where organisation_id = $1 and id = $2 and sender_folded is null")
            .bind(organisation)
            .bind(id.as_str())
            .bind(folded)
            .execute(tx.connection())
            .await?;
    Ok(done.rows_affected() == 1)
}

/// The letter that this sender's form made before.
pub(super) async fn find_by_token(tx: &mut Tx, sender: &SenderId, token: &str) -> Result<Option<Letter>> {
    let organisation = tx.organisation().0.clone();
    query("select * from letters where organisation_id = $1 and sender_id = $2 and token = $3")
        .bind(organisation)
        .bind(sender.as_str())
        .bind(token)
        .fetch_optional(tx.connection())
        .await?
        .map(|row| letter(&row))
        .transpose()
}

pub(super) async fn count_drafts(tx: &mut Tx, sender: &SenderId) -> Result<i64> {
    let organisation = tx.organisation().0.clone();
    let row = query("select count(*) from letters where organisation_id = $1 and sender_id = $2 and state = 'draft'")
        .bind(organisation)
        .bind(sender.as_str())
        .fetch_one(tx.connection())
        .await?;
    Ok(row.try_get(0)?)
}

/// Inserts a draft; false when the form of this token has made one meanwhile.
pub(super) async fn insert(tx: &mut Tx, letter: &Letter, token: &str) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    let inserted = query(
        "insert into letters (organisation_id, id, sender_id, state, version, unit_id, sender_name, sender_kind, subject,
                              body, token, created_at, changed_at, sender_folded)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
         on conflict (organisation_id, sender_id, token) do nothing",
    )
    .bind(organisation)
    .bind(letter.id.as_str())
    .bind(letter.sender.as_str())
    .bind(letter.state.as_str())
    .bind(letter.version)
    .bind(letter.unit().map_or("", UnitId::as_str))
    .bind(&letter.content.sender_name)
    .bind(letter.content.sender_kind.as_str())
    .bind(&letter.content.subject)
    .bind(&letter.content.body)
    .bind(token)
    .bind(letter.created_at.0)
    .bind(letter.changed_at.0)
    .bind(search_key_without_spaces(&letter.content.sender_name))
    .execute(tx.connection())
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// Deletes a draft; false when there is none (any more).
pub(super) async fn delete_draft(tx: &mut Tx, sender: &SenderId, id: &LetterId) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    let deleted =
        query("delete from letters where organisation_id = $1 and id = $2 and sender_id = $3 and state = 'draft'")
            .bind(organisation)
            .bind(id.as_str())
            .bind(sender.as_str())
            .execute(tx.connection())
            .await?;
    Ok(deleted.rows_affected() == 1)
}

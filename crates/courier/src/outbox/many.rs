//! What is done to several messages at once.

use std::time::Duration;

use pishkhan_store::{Moment, Result, Row, Tx, query};

use super::line::{call_up, fronts};
use crate::MessageId;

/// Marks all that waits in the organisation as sent at this moment, by nobody: for what is made up.
pub async fn settle(tx: &mut Tx) -> Result<()> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query(
        "update outbox set sent_at = $1, changed_at = $1
         where organisation_id = $2 and sent_at is null and parked_at is null",
    )
    .bind(now)
    .bind(organisation)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Empties the organisation's texts that have expired: a code is nobody's business once it is over.
pub async fn forget_expired(tx: &mut Tx) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    let now = tx.now().0;
    query("update outbox set text = '', places = '' where organisation_id = $1 and expires_at < $2 and text <> ''")
        .bind(organisation)
        .bind(now)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// How long what nobody needs any more is kept: the figures of its day are counted long before.
const ENDED_KEPT: Duration = Duration::from_hours(30 * 24);

/// Removes what the organisation gave up long ago and nobody can send any more: codes, and what is about nothing. What is about a letter is told
/// beside it for good.
pub async fn forget_ended(tx: &mut Tx) -> Result<()> {
    let (organisation, before) = (tx.organisation().0.clone(), tx.now().minus(ENDED_KEPT).0);
    query(
        "delete from outbox
         where organisation_id = $1 and parked_at is not null and parked_at < $2 and sent_at is null and text = ''
           and (urgency = 0 or about = '')",
    )
    .bind(organisation)
    .bind(before)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Withdraws what was not sent yet about something: whoever it is for must not get it any more. What was tried is kept without its text.
pub async fn withdraw(tx: &mut Tx, about: &str, why: &str) -> Result<()> {
    withdraw_those(tx, about, &Those::default(), why).await
}

/// Withdraws what waits about something for one recipient, whose it is no more; what is put aside for them is never sent either.
pub async fn withdraw_from(tx: &mut Tx, about: &str, recipient: &str, why: &str) -> Result<()> {
    withdraw_those(tx, about, &Those { recipient: Some(recipient), ..Those::default() }, why).await
}

/// Withdraws what was not sent yet of one kind about something: it is old news by now. What was tried is kept without its text.
pub async fn withdraw_kind(tx: &mut Tx, about: &str, template: &str, why: &str) -> Result<()> {
    withdraw_those(tx, about, &Those { template: Some(template), ..Those::default() }, why).await
}

/// Which messages about something are meant: those to one recipient or of one kind, where one is named.
#[derive(Default)]
struct Those<'a> {
    recipient: Option<&'a str>,
    template: Option<&'a str>,
}

async fn withdraw_those(tx: &mut Tx, about: &str, those: &Those<'_>, why: &str) -> Result<()> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    let before = fronts(tx, about).await?;
    query(
        "delete from outbox
         where organisation_id = $1 and about = $2 and about <> '' and recipient = coalesce($3, recipient)
           and template = coalesce($4, template) and tries = 0 and sent_at is null and parked_at is null",
    )
    .bind(organisation.clone())
    .bind(about.to_owned())
    .bind(those.recipient.map(str::to_owned))
    .bind(those.template.map(str::to_owned))
    .execute(tx.connection())
    .await?;
    query(
        "update outbox set parked_at = coalesce(parked_at, $1), changed_at = $1, text = '', places = '', last_error = $2
         where organisation_id = $3 and about = $4 and about <> '' and recipient = coalesce($5, recipient)
           and template = coalesce($6, template) and sent_at is null",
    )
    .bind(now)
    .bind(why.to_owned())
    .bind(organisation)
    .bind(about.to_owned())
    .bind(those.recipient.map(str::to_owned))
    .bind(those.template.map(str::to_owned))
    .execute(tx.connection())
    .await?;
    if before.is_empty() {
        return Ok(());
    }
    let after = fronts(tx, about).await?;
    for front in before.iter().filter(|front| !after.contains(front)) {
        call_up(tx, front).await?;
    }
    Ok(())
}

/// Sends what was not sent yet about something to another number: whoever it is for has that one now. What a worker has in hand goes to the
/// number that it was claimed with. What a gateway may have for that one is put aside as unsure, and goes to the new one under an id of its own, by
/// any way: the gateway would take the old id for a repeat, and drop it.
pub async fn readdress(tx: &mut Tx, about: &str, from: &str, to: &str) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    let gone = fronts(tx, about).await?;
    for id in perhaps_at(tx, about, from).await? {
        copy_to(tx, &id, to).await?;
        leave(tx, &id).await?;
    }
    query(
        "update outbox set recipient = $1
         where organisation_id = $2 and about = $3 and about <> '' and recipient = $4 and sent_at is null
           and (route_id = '' or text <> '')",
    )
    .bind(to.to_owned())
    .bind(organisation)
    .bind(about.to_owned())
    .bind(from.to_owned())
    .execute(tx.connection())
    .await?;
    for front in gone.iter().filter(|front| front.recipient == from) {
        call_up(tx, front).await?;
    }
    Ok(())
}

/// What about something a gateway may have for this number, and can still be sent.
async fn perhaps_at(tx: &mut Tx, about: &str, recipient: &str) -> Result<Vec<MessageId>> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    let rows = query(
        "select id from outbox
         where organisation_id = $1 and about = $2 and about <> '' and recipient = $3 and sent_at is null
           and route_id <> '' and text <> '' and urgency > 0 and (expires_at is null or expires_at > $4)
         order by created_at, id",
    )
    .bind(organisation)
    .bind(about.to_owned())
    .bind(recipient.to_owned())
    .bind(now)
    .fetch_all(tx.connection())
    .await?;
    rows.iter().map(|row| Ok(MessageId(row.try_get(0)?))).collect()
}

/// Posts the same message to another number, in its place of the line.
async fn copy_to(tx: &mut Tx, id: &MessageId, to: &str) -> Result<()> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query(
        "insert into outbox (organisation_id, id, recipient, template, text, created_at, due_at, tries, expires_at,
                             about, places, urgency, language)
         select organisation_id, $1, $2, template, text, created_at, $3, 0, expires_at, about, places, urgency, language
         from outbox where organisation_id = $4 and id = $5",
    )
    .bind(MessageId::random().0)
    .bind(to.to_owned())
    .bind(now)
    .bind(organisation)
    .bind(id.0.clone())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Puts a message aside for good that a gateway may have.
async fn leave(tx: &mut Tx, id: &MessageId) -> Result<()> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query(
        "update outbox set parked_at = coalesce(parked_at, $1), changed_at = $1, text = '', places = '',
                           last_error = 'unsure of an earlier try; since then: its recipient has another number'
         where organisation_id = $2 and id = $3 and sent_at is null",
    )
    .bind(now)
    .bind(organisation)
    .bind(id.0.clone())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// What was not sent yet about something is good until then, whatever was said of it before; None is for ever. What a worker has in hand goes
/// by what it was claimed with, and what has expired so long ago that its text is gone stays so.
pub async fn keep_until(tx: &mut Tx, about: &str, until: Option<Moment>) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query(
        "update outbox set expires_at = $1
         where organisation_id = $2 and about = $3 and about <> '' and sent_at is null and text <> ''",
    )
    .bind(until.map(|moment| moment.0))
    .bind(organisation)
    .bind(about.to_owned())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Puts a parked message of the organisation on its way again, unless it has expired. Answers whether there was one.
pub async fn unpark(tx: &mut Tx, id: &MessageId) -> Result<bool> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    let again = query(
        "update outbox set parked_at = null, changed_at = $1, due_at = $1, tries = 0, route_id = '', handed_at = null
         where organisation_id = $2 and id = $3 and parked_at is not null and sent_at is null and text <> ''
           and (expires_at is null or expires_at > $1)",
    )
    .bind(now)
    .bind(organisation)
    .bind(id.0.clone())
    .execute(tx.connection())
    .await?;
    Ok(again.rows_affected() > 0)
}

/// Takes back the messages of that kind about something, posted since then, that are still held; nobody has seen them. Answers how many there
/// were. What else is about it goes its way, however long it waits.
pub async fn recall(tx: &mut Tx, about: &str, template: &str, since: Moment) -> Result<u64> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    let recalled = query(
        "delete from outbox
         where organisation_id = $1 and about = $2 and about <> '' and template = $3 and created_at >= $4
           and tries = 0 and due_at > $5 and sent_at is null and parked_at is null",
    )
    .bind(organisation)
    .bind(about.to_owned())
    .bind(template.to_owned())
    .bind(since.0)
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(recalled.rows_affected())
}

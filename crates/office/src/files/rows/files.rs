//! The SQL of files. Every finder asks whose the file is.

use pishkhan_store::{Moment, Result, Row, StoreError, Tx, query};
use sqlx::any::AnyRow;

use super::{blobs, drafts};
use crate::actor::Staff;
use crate::files::{Arrival, File, Flag, Kind, Part, Preview, Scan};
use crate::ids::{FileId, LetterId, MessageId, SenderId};
use crate::letters::{self, in_hands, sight};

/// A file of one of the sender's own letters; of an answer only what was given, and of nothing that the house wrote and took back.
pub async fn find_for_sender(tx: &mut Tx, sender: &SenderId, id: &FileId) -> Result<Option<File>> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query(concat!(
        "select f.*, b.flags, b.scan, b.preview, b.pages_made, b.pages_in_all
         from files f
         join blobs b on b.organisation_id = f.organisation_id and b.sha256 = f.sha256
         join letters l on l.organisation_id = f.organisation_id and l.id = f.letter_id
         where f.organisation_id = $1 and f.id = $2 and f.removed_at is null and l.sender_id = $3
           and f.part in ('letter', 'thread', 'answer', 'former')
           and not exists (select 1 from messages m where m.organisation_id = f.organisation_id and m.id = f.message_id
                             and m.kind in ('unasked', 'untold')) and ",
        in_hands!("$4")
    ))
    .bind(organisation)
    .bind(id.as_str())
    .bind(sender.as_str())
    .bind(now)
    .fetch_optional(tx.connection())
    .await?
    .map(|row| file(&row))
    .transpose()
}

/// A file of a letter that this person may see at the desk; one of a draft of its answer only for whoever reads that draft.
pub async fn find_for_desk(tx: &mut Tx, staff: &Staff, id: &FileId) -> Result<Option<File>> {
    let organisation = tx.organisation().0.clone();
    let found = query(concat!(
        "select f.*, b.flags, b.scan, b.preview, b.pages_made, b.pages_in_all
         from files f
         join blobs b on b.organisation_id = f.organisation_id and b.sha256 = f.sha256
         join letters l on l.organisation_id = f.organisation_id and l.id = f.letter_id
         where f.organisation_id = $1 and f.id = $3 and f.removed_at is null and ",
        sight!()
    ))
    .bind(organisation)
    .bind(staff.id.as_str())
    .bind(id.as_str())
    .fetch_optional(tx.connection())
    .await?
    .map(|row| file(&row))
    .transpose()?;
    let Some(found) = found else { return Ok(None) };
    if found.part != Part::Proposal {
        return Ok(Some(found));
    }
    let letter = letters::find_for_desk(tx, staff, &found.letter).await?;
    Ok(letter.is_some_and(|letter| letters::reads_draft(staff, &letter)).then_some(found))
}

/// All files of a letter, in the order in which they were added. The caller has found the letter as its actor may see it.
pub async fn of_letter(tx: &mut Tx, letter: &LetterId) -> Result<Vec<File>> {
    let organisation = tx.organisation().0.clone();
    query(
        "select f.*, b.flags, b.scan, b.preview, b.pages_made, b.pages_in_all
         from files f
         join blobs b on b.organisation_id = f.organisation_id and b.sha256 = f.sha256
         where f.organisation_id = $1 and f.letter_id = $2 and f.removed_at is null order by f.position, f.id",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(file)
    .collect()
}

pub(crate) async fn of_letter_part(tx: &mut Tx, letter: &LetterId, part: Part) -> Result<Vec<File>> {
    let mut files = of_letter(tx, letter).await?;
    files.retain(|file| file.part == part);
    Ok(files)
}

/// How many files somebody has brought for that part of the letter; what we bound ourselves does not count.
pub async fn count_of_letter(tx: &mut Tx, letter: &LetterId, part: Part) -> Result<usize> {
    Ok(of_letter_part(tx, letter, part).await?.into_iter().filter(|file| !file.is_bound).count())
}

/// Gives a letter a file whose bytes have come in, by the name its sender gave it.
pub(crate) async fn attach(
    tx: &mut Tx,
    letter: &LetterId,
    part: Part,
    name: &str,
    arrival: &Arrival,
) -> Result<FileId> {
    blobs::name(tx, &arrival.sha256).await?;
    let id = FileId::random();
    let organisation = tx.organisation().0.clone();
    let now = tx.now().0;
    query(
        "insert into files (organisation_id, id, letter_id, part, position, name, kind, size, sha256, stored_at)
         values ($1, $2, $3, $4,
                 (select coalesce(max(position), 0) + 1 from files where organisation_id = $1 and letter_id = $3),
                 $5, $6, $7, $8, $9)",
    )
    .bind(organisation)
    .bind(id.as_str())
    .bind(letter.as_str())
    .bind(part.as_str())
    .bind(name)
    .bind(arrival.kind.as_str())
    .bind(i64::try_from(arrival.size).unwrap_or(i64::MAX))
    .bind(&arrival.sha256)
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(id)
}

/// Gives a message of the thread its files, in their order.
pub(crate) async fn attach_to_message(
    tx: &mut Tx,
    letter: &LetterId,
    message: &MessageId,
    arrivals: &[(String, Arrival)],
) -> Result<()> {
    for (name, arrival) in arrivals {
        let id = attach(tx, letter, Part::Thread, name, arrival).await?;
        let organisation = tx.organisation().0.clone();
        query("update files set message_id = $3 where organisation_id = $1 and id = $2")
            .bind(organisation)
            .bind(id.as_str())
            .bind(message.as_str())
            .execute(tx.connection())
            .await?;
    }
    Ok(())
}

/// Takes a file out of a draft of this sender, and what we bound from it is out of date. Returns whether it was there.
pub async fn remove_from_draft(tx: &mut Tx, sender: &SenderId, letter: &LetterId, id: &FileId) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    let now = tx.now().0;
    let removed = query(
        "update files set removed_at = $4
         where organisation_id = $1 and id = $2 and letter_id = $3 and removed_at is null
           and exists (select 1 from letters l where l.organisation_id = $1 and l.id = $3
                         and l.sender_id = $5 and l.state = 'draft')",
    )
    .bind(organisation)
    .bind(id.as_str())
    .bind(letter.as_str())
    .bind(now)
    .bind(sender.as_str())
    .execute(tx.connection())
    .await?;
    if removed.rows_affected() == 0 {
        return Ok(false);
    }
    drafts::outdate_bound(tx, letter).await?;
    Ok(true)
}

/// Takes all files of a part out, as when a draft is discarded.
pub(crate) async fn clear_part(tx: &mut Tx, letter: &LetterId, part: Part) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    let now = tx.now().0;
    query(
        "update files set removed_at = $4
         where organisation_id = $1 and letter_id = $2 and part = $3 and removed_at is null",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .bind(part.as_str())
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Forgets the files that were taken out of drafts before then. Their bytes go when nobody else names them.
pub async fn forget_removed(tx: &mut Tx, before: Moment) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query("delete from files where organisation_id = $1 and removed_at < $2")
        .bind(organisation)
        .bind(before.0)
        .execute(tx.connection())
        .await?;
    Ok(())
}

fn file(row: &AnyRow) -> Result<File> {
    let text = |column: &str| -> Result<String> { Ok(row.try_get(column)?) };
    let count = |column: &str| -> Result<u32> { Ok(u32::try_from(row.try_get::<i64, _>(column)?).unwrap_or(u32::MAX)) };
    let flag = |word: &str| Flag::parse(word).ok_or(StoreError::Unreadable("flag"));
    let message = text("message_id")?;
    let preview = Preview::parse(&text("preview")?, count("pages_made")?, count("pages_in_all")?);
    Ok(File {
        id: FileId::stored(&text("id")?),
        letter: LetterId::stored(&text("letter_id")?),
        part: Part::parse(&text("part")?).ok_or(StoreError::Unreadable("part"))?,
        message: (!message.is_empty()).then(|| MessageId::stored(&message)),
        name: text("name")?,
        kind: Kind::parse(&text("kind")?).ok_or(StoreError::Unreadable("kind"))?,
        size: u64::try_from(row.try_get::<i64, _>("size")?).map_err(|_| StoreError::Unreadable("size"))?,
        sha256: text("sha256")?,
        stored_at: Moment(row.try_get("stored_at")?),
        flags: text("flags")?.split_whitespace().map(flag).collect::<Result<_>>()?,
        scan: Scan::parse(&text("scan")?).ok_or(StoreError::Unreadable("scan"))?,
        preview: preview.ok_or(StoreError::Unreadable("preview"))?,
        is_bound: row.try_get::<Option<i64>, _>("bound_at")?.is_some(),
    })
}

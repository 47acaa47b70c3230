//! The SQL of uploads and their pieces.

use pishkhan_store::{Moment, Result, Row, StoreError, Tx, query};
use sqlx::any::AnyRow;

use super::{Metadata, Piece, ReceiveError, Upload};
use crate::ids::{FileId, LetterId, PieceId, SenderId, UploadId};

/// Why an upload awaits no bytes there.
pub(super) enum NotAwaited {
    Gone,
    WrongOffset,
}

impl NotAwaited {
    pub fn into_error(self) -> ReceiveError {
        match self {
            NotAwaited::Gone => ReceiveError::Gone,
            NotAwaited::WrongOffset => ReceiveError::WrongOffset,
        }
    }
}

/// An upload of this sender's for this letter of theirs, also one whose time is over and that was not swept out yet.
pub async fn find(tx: &mut Tx, sender: &SenderId, letter: &LetterId, id: &UploadId) -> Result<Option<Upload>> {
    let organisation = tx.organisation().0.clone();
    query("select * from uploads where organisation_id = $1 and id = $2 and sender_id = $3 and letter_id = $4")
        .bind(organisation)
        .bind(id.as_str())
        .bind(sender.as_str())
        .bind(letter.as_str())
        .fetch_optional(tx.connection())
        .await?
        .map(|row| upload(&row))
        .transpose()
}

/// The uploads for a letter that can go on, the oldest first. The caller has found the letter as its actor may see it.
pub async fn unfinished(tx: &mut Tx, letter: &LetterId) -> Result<Vec<Upload>> {
    let organisation = tx.organisation().0.clone();
    let now = tx.now().0;
    query(
        "select * from uploads
         where organisation_id = $1 and letter_id = $2 and finished_at is null and expires_at > $3
         order by created_at, id",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .bind(now)
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(upload)
    .collect()
}

pub(super) async fn find_by_token(
    tx: &mut Tx,
    sender: &SenderId,
    letter: &LetterId,
    token: &str,
) -> Result<Option<Upload>> {
    let organisation = tx.organisation().0.clone();
    query("select * from uploads where organisation_id = $1 and letter_id = $2 and token = $3 and sender_id = $4")
        .bind(organisation)
        .bind(letter.as_str())
        .bind(token)
        .bind(sender.as_str())
        .fetch_optional(tx.connection())
        .await?
        .map(|row| upload(&row))
        .transpose()
}

/// Holds the letter until the commit, so that of two uploads for its last place one is told.
pub(super) async fn hold_letter(tx: &mut Tx, letter: &LetterId) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query("update letters set version = version where organisation_id = $1 and id = $2")
        .bind(organisation)
        .bind(letter.as_str())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Notes a new upload. False: there is one with this token.
pub(super) async fn insert(tx: &mut Tx, upload: &Upload, sender: &SenderId, token: &str) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    let now = tx.now().0;
    let inserted = query(
        "insert into uploads (organisation_id, id, sender_id, letter_id, token, name, metadata, size, arrived,
                              created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10)
         on conflict (organisation_id, letter_id, token) do nothing",
    )
    .bind(organisation)
    .bind(upload.id.as_str())
    .bind(sender.as_str())
    .bind(upload.letter.as_str())
    .bind(token)
    .bind(&upload.name)
    .bind(upload.metadata.as_str())
    .bind(stored(upload.size))
    .bind(now)
    .bind(upload.expires_at.0)
    .execute(tx.connection())
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// Whether the upload awaits bytes at that place.
pub(super) async fn still_awaits(tx: &mut Tx, id: &UploadId, at: u64) -> Result<std::result::Result<(), NotAwaited>> {
    let organisation = tx.organisation().0.clone();
    let now = tx.now().0;
    let row = query(
        "select arrived from uploads
         where organisation_id = $1 and id = $2 and (finished_at is not null or expires_at > $3)",
    )
    .bind(organisation)
    .bind(id.as_str())
    .bind(now)
    .fetch_optional(tx.connection())
    .await?;
    Ok(match row {
        None => Err(NotAwaited::Gone),
        Some(row) if row.try_get::<i64, _>(0)? == stored(at) => Ok(()),
        Some(_) => Err(NotAwaited::WrongOffset),
    })
}

/// Counts the bytes between two places, if nobody has counted any there.
pub(super) async fn advance(tx: &mut Tx, id: &UploadId, from: u64, to: u64) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    let now = tx.now().0;
    let advanced = query(
        "update uploads set arrived = $4
         where organisation_id = $1 and id = $2 and arrived = $3 and finished_at is null and expires_at > $5",
    )
    .bind(organisation)
    .bind(id.as_str())
    .bind(stored(from))
    .bind(stored(to))
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(advanced.rows_affected() == 1)
}

/// Notes that the letter has the file.
pub(super) async fn finish(tx: &mut Tx, id: &UploadId, file: Option<&FileId>) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    let now = tx.now().0;
    query("update uploads set finished_at = $3, file_id = $4 where organisation_id = $1 and id = $2")
        .bind(organisation)
        .bind(id.as_str())
        .bind(now)
        .bind(file.map(FileId::as_str))
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Forgets an upload, and answers as what; its pieces are left to be removed.
pub(super) async fn delete(tx: &mut Tx, id: &UploadId) -> Result<Option<Upload>> {
    let organisation = tx.organisation().0.clone();
    query("delete from uploads where organisation_id = $1 and id = $2 returning *")
        .bind(organisation)
        .bind(id.as_str())
        .fetch_optional(tx.connection())
        .await?
        .map(|row| upload(&row))
        .transpose()
}

/// Forgets the uploads whose time is over, finished ones as well: nobody asks for them any more.
pub(super) async fn forget_expired(tx: &mut Tx) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    let now = tx.now().0;
    query("delete from uploads where organisation_id = $1 and expires_at <= $2")
        .bind(organisation)
        .bind(now)
        .execute(tx.connection())
        .await?;
    Ok(())
}

pub(super) async fn insert_piece(tx: &mut Tx, piece: &Piece) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    let now = tx.now().0;
    query(
        "insert into upload_pieces (organisation_id, id, upload_id, begins_at, size, written_at)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(organisation)
    .bind(piece.id.as_str())
    .bind(piece.upload.as_str())
    .bind(stored(piece.begins_at))
    .bind(stored(piece.size))
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(())
}

pub(super) async fn count_piece(tx: &mut Tx, id: &PieceId) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    let now = tx.now().0;
    query("update upload_pieces set counted_at = $3 where organisation_id = $1 and id = $2")
        .bind(organisation)
        .bind(id.as_str())
        .bind(now)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// The pieces that count, in the order of the file.
pub(super) async fn pieces(tx: &mut Tx, upload: &UploadId) -> Result<Vec<Piece>> {
    let organisation = tx.organisation().0.clone();
    query(
        "select * from upload_pieces
         where organisation_id = $1 and upload_id = $2 and counted_at is not null order by begins_at",
    )
    .bind(organisation)
    .bind(upload.as_str())
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(piece)
    .collect()
}

/// Pieces written before then that never counted, or whose upload is finished or gone.
pub(super) async fn unneeded_pieces(tx: &mut Tx, before: Moment) -> Result<Vec<Piece>> {
    let organisation = tx.organisation().0.clone();
    query(
        "select p.* from upload_pieces p
         where p.organisation_id = $1 and p.written_at < $2
           and (p.counted_at is null
                or not exists (select 1 from uploads u
                               where u.organisation_id = p.organisation_id and u.id = p.upload_id
                                 and u.finished_at is null))",
    )
    .bind(organisation)
    .bind(before.0)
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(piece)
    .collect()
}

pub(super) async fn delete_piece(tx: &mut Tx, id: &PieceId) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query("delete from upload_pieces where organisation_id = $1 and id = $2")
        .bind(organisation)
        .bind(id.as_str())
        .execute(tx.connection())
        .await?;
    Ok(())
}

fn upload(row: &AnyRow) -> Result<Upload> {
    let text = |column: &str| -> Result<String> { Ok(row.try_get(column)?) };
    Ok(Upload {
        id: UploadId::stored(&text("id")?),
        letter: LetterId::stored(&text("letter_id")?),
        name: text("name")?,
        metadata: Metadata::stored(&text("metadata")?),
        size: count(row, "size")?,
        arrived: count(row, "arrived")?,
        expires_at: Moment(row.try_get("expires_at")?),
        finished_at: row.try_get::<Option<i64>, _>("finished_at")?.map(Moment),
        file: row.try_get::<Option<String>, _>("file_id")?.map(|id| FileId::stored(&id)),
    })
}

fn piece(row: &AnyRow) -> Result<Piece> {
    let text = |column: &str| -> Result<String> { Ok(row.try_get(column)?) };
    Ok(Piece {
        id: PieceId::stored(&text("id")?),
        upload: UploadId::stored(&text("upload_id")?),
        begins_at: count(row, "begins_at")?,
        size: count(row, "size")?,
    })
}

fn count(row: &AnyRow, column: &str) -> Result<u64> {
    u64::try_from(row.try_get::<i64, _>(column)?).map_err(|_| StoreError::Unreadable("size of an upload"))
}

fn stored(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

//! The SQL of senders.

use pishkhan_persian::{Language, Mobile};
use pishkhan_store::{Result, Row, StoreError, Tx, query};
use sqlx::any::AnyRow;

use super::{Sender, SenderKind};
use crate::ids::SenderId;

/// Two devices may come with the same new number at once: one row comes of it.
pub(super) async fn insert_if_new(tx: &mut Tx, id: &SenderId, mobile: &Mobile, language: Language) -> Result<()> {
    query(
        "insert into senders (organisation_id, id, mobile, name, kind, language, created_at)
         values ($1, $2, $3, '', $4, $5, $6)
         on conflict (organisation_id, mobile) do nothing",
    )
    .bind(tx.organisation().as_str())
    .bind(id.as_str())
    .bind(mobile.as_str())
    .bind(SenderKind::default().as_str())
    .bind(language.code())
    .bind(tx.now().0)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Stands in the place of a number, and is none: whoever has no mobile has their id there, so that each row is another's.
const NO_MOBILE: char = '-';

pub(super) async fn insert_without_mobile(tx: &mut Tx, sender: &Sender) -> Result<()> {
    query(
        "insert into senders (organisation_id, id, mobile, name, kind, language, created_at)
         values ($1, $2, $3, '', $4, $5, $6)",
    )
    .bind(tx.organisation().as_str())
    .bind(sender.id.as_str())
    .bind(format!("{NO_MOBILE}{}", sender.id))
    .bind(sender.kind.as_str())
    .bind(sender.language.code())
    .bind(tx.now().0)
    .execute(tx.connection())
    .await?;
    Ok(())
}

pub(super) async fn delete_without_mobile(tx: &mut Tx, id: &SenderId) -> Result<()> {
    query("delete from senders where organisation_id = $1 and id = $2 and mobile like '-%'")
        .bind(tx.organisation().as_str())
        .bind(id.as_str())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// The number in a row; None where there is none.
pub(crate) fn mobile_of(stored: &str) -> Result<Option<Mobile>> {
    if stored.starts_with(NO_MOBILE) {
        return Ok(None);
    }
    Mobile::parse(stored).map(Some).map_err(|_| StoreError::Unreadable("mobile number"))
}

pub(super) async fn find_by_mobile(tx: &mut Tx, mobile: &Mobile) -> Result<Sender> {
    let row = query("select id, mobile, name, kind, language from senders where organisation_id = $1 and mobile = $2")
        .bind(tx.organisation().as_str())
        .bind(mobile.as_str())
        .fetch_one(tx.connection())
        .await?;
    sender(&row)
}

pub(super) async fn find(tx: &mut Tx, id: &SenderId) -> Result<Option<Sender>> {
    query("select id, mobile, name, kind, language from senders where organisation_id = $1 and id = $2")
        .bind(tx.organisation().as_str())
        .bind(id.as_str())
        .fetch_optional(tx.connection())
        .await?
        .map(|row| sender(&row))
        .transpose()
}

pub(super) async fn update_name(tx: &mut Tx, id: &SenderId, name: &str, kind: SenderKind) -> Result<()> {
    query("update senders set name = $3, kind = $4 where organisation_id = $1 and id = $2")
        .bind(tx.organisation().as_str())
        .bind(id.as_str())
        .bind(name)
        .bind(kind.as_str())
        .execute(tx.connection())
        .await?;
    Ok(())
}

pub(super) async fn update_language(tx: &mut Tx, id: &SenderId, language: Language) -> Result<()> {
    query("update senders set language = $3 where organisation_id = $1 and id = $2")
        .bind(tx.organisation().as_str())
        .bind(id.as_str())
        .bind(language.code())
        .execute(tx.connection())
        .await?;
    Ok(())
}

fn sender(row: &AnyRow) -> Result<Sender> {
    Ok(Sender {
        id: SenderId::stored(row.try_get("id")?),
        mobile: mobile_of(row.try_get("mobile")?)?,
        name: row.try_get("name")?,
        kind: SenderKind::parse(row.try_get("kind")?).ok_or(StoreError::Unreadable("kind of sender"))?,
        language: Language::parse(row.try_get("language")?).ok_or(StoreError::Unreadable("language"))?,
    })
}

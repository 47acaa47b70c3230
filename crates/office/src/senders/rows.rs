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
        mobile: Mobile::parse(row.try_get("mobile")?).map_err(|_| StoreError::Unreadable("mobile number"))?,
        name: row.try_get("name")?,
        kind: SenderKind::parse(row.try_get("kind")?).ok_or(StoreError::Unreadable("kind of sender"))?,
        language: Language::parse(row.try_get("language")?).ok_or(StoreError::Unreadable("language"))?,
    })
}

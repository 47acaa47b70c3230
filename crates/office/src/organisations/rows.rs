//! The SQL of organisations and their hosts.

use pishkhan_store::{OrganisationId, Result, Row, StoreError, Tx, query};
use sqlx::any::AnyRow;

use super::Organisation;

/// The organisation that answers under exactly this host (lower case, without port).
pub async fn find_by_host(tx: &mut Tx, host: &str) -> Result<Option<Organisation>> {
    query(
        "select o.organisation_id, o.name, o.name_english, o.base_url
         from hosts h join organisations o on o.organisation_id = h.organisation_id
         where h.host = $1",
    )
    .bind(host)
    .fetch_optional(tx.connection())
    .await?
    .map(|row| organisation(&row))
    .transpose()
}

/// The transaction's organisation, if it exists.
pub async fn find(tx: &mut Tx) -> Result<Option<Organisation>> {
    let id = tx.organisation().0.clone();
    query("select organisation_id, name, name_english, base_url from organisations where organisation_id = $1")
        .bind(id)
        .fetch_optional(tx.connection())
        .await?
        .map(|row| organisation(&row))
        .transpose()
}

/// The transaction's organisation, which must exist.
pub async fn this(tx: &mut Tx) -> Result<Organisation> {
    find(tx).await?.ok_or(StoreError::Unreadable("organisation"))
}

/// All organisations of this server, by their short names; for the operator and the demo.
pub async fn list(tx: &mut Tx) -> Result<Vec<Organisation>> {
    query("select organisation_id, name, name_english, base_url from organisations order by organisation_id")
        .fetch_all(tx.connection())
        .await?
        .iter()
        .map(organisation)
        .collect()
}

/// All hosts that the transaction's organisation answers under, its base URL's among them, by name.
pub async fn hosts(tx: &mut Tx) -> Result<Vec<String>> {
    let id = tx.organisation().0.clone();
    let rows = query("select host from hosts where organisation_id = $1 order by host")
        .bind(id)
        .fetch_all(tx.connection())
        .await?;
    rows.iter().map(|row| Ok(row.try_get("host")?)).collect()
}

pub(super) async fn insert(tx: &mut Tx, organisation: &Organisation) -> Result<()> {
    let now = tx.now().0;
    query(
        "insert into organisations (organisation_id, name, name_english, base_url, created_at)
         values ($1, $2, $3, $4, $5)",
    )
    .bind(organisation.id.as_str())
    .bind(&organisation.name)
    .bind(&organisation.name_english)
    .bind(&organisation.base_url)
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(())
}

pub(super) async fn update(tx: &mut Tx, organisation: &Organisation) -> Result<()> {
    query("update organisations set name = $2, name_english = $3, base_url = $4 where organisation_id = $1")
        .bind(organisation.id.as_str())
        .bind(&organisation.name)
        .bind(&organisation.name_english)
        .bind(&organisation.base_url)
        .execute(tx.connection())
        .await?;
    Ok(())
}

pub(super) async fn owner_of_host(tx: &mut Tx, host: &str) -> Result<Option<OrganisationId>> {
    let row =
        query("select organisation_id from hosts where host = $1").bind(host).fetch_optional(tx.connection()).await?;
    Ok(row.map(|row| row.try_get(0).map(OrganisationId)).transpose()?)
}

pub(super) async fn insert_host(tx: &mut Tx, host: &str) -> Result<()> {
    let id = tx.organisation().0.clone();
    query("insert into hosts (organisation_id, host) values ($1, $2)")
        .bind(id)
        .bind(host)
        .execute(tx.connection())
        .await?;
    Ok(())
}

pub(super) async fn remove_hosts(tx: &mut Tx) -> Result<()> {
    let id = tx.organisation().0.clone();
    query("delete from hosts where organisation_id = $1").bind(id).execute(tx.connection()).await?;
    Ok(())
}

fn organisation(row: &AnyRow) -> Result<Organisation> {
    Ok(Organisation {
        id: OrganisationId(row.try_get("organisation_id")?),
        name: row.try_get("name")?,
        name_english: row.try_get("name_english")?,
        base_url: row.try_get("base_url")?,
    })
}

/// How many letters a reviewer is given at most by turn; None: they are given by hand.
pub async fn turns(tx: &mut Tx) -> Result<Option<u32>> {
    let organisation = tx.organisation().0.clone();
    let row = query("select turn_load from organisations where organisation_id = $1")
        .bind(organisation)
        .fetch_optional(tx.connection())
        .await?;
    let load = row.map(|row| row.try_get::<Option<i64>, _>(0)).transpose()?.flatten();
    Ok(load.and_then(|load| u32::try_from(load).ok()))
}

/// Gives letters to reviewers by turn, so many at most to each, or by hand.
pub async fn set_turns(tx: &mut Tx, load: Option<u32>) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query("update organisations set turn_load = $2 where organisation_id = $1")
        .bind(organisation)
        .bind(load.map(i64::from))
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// How many days old a letter must be to be withheld on a device that came lately; None: none is.
pub async fn withhold_after(tx: &mut Tx) -> Result<Option<u32>> {
    let organisation = tx.organisation().0.clone();
    let row = query("select withhold_after_days from organisations where organisation_id = $1")
        .bind(organisation)
        .fetch_optional(tx.connection())
        .await?;
    let days = row.map(|row| row.try_get::<Option<i64>, _>(0)).transpose()?.flatten();
    Ok(days.and_then(|days| u32::try_from(days).ok()))
}

/// Withholds letters of so many days and more on devices that came lately, or none.
pub async fn set_withhold_after(tx: &mut Tx, days: Option<u32>) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query("update organisations set withhold_after_days = $2 where organisation_id = $1")
        .bind(organisation)
        .bind(days.map(i64::from))
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// How many messages and how many codes it may send in a day, where that is said of it alone.
pub(super) async fn own_shares(tx: &mut Tx) -> Result<(Option<u32>, Option<u32>)> {
    let organisation = tx.organisation().0.clone();
    let row = query("select messages_per_day, codes_per_day from organisations where organisation_id = $1")
        .bind(organisation)
        .fetch_optional(tx.connection())
        .await?;
    let Some(row) = row else { return Ok((None, None)) };
    let number = |column: &str| -> Result<Option<u32>> {
        Ok(row.try_get::<Option<i64>, _>(column)?.and_then(|number| u32::try_from(number).ok()))
    };
    Ok((number("messages_per_day")?, number("codes_per_day")?))
}

/// Lets it send so many messages other than codes in a day; None: as many as the settings say.
pub async fn set_messages_per_day(tx: &mut Tx, most: Option<u32>) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query("update organisations set messages_per_day = $2 where organisation_id = $1")
        .bind(organisation)
        .bind(most.map(i64::from))
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Lets it send so many codes in a day; None: as many as the settings say.
pub async fn set_codes_per_day(tx: &mut Tx, most: Option<u32>) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query("update organisations set codes_per_day = $2 where organisation_id = $1")
        .bind(organisation)
        .bind(most.map(i64::from))
        .execute(tx.connection())
        .await?;
    Ok(())
}

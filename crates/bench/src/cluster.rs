//! Databases that a run makes for itself beside one of PostgreSQL.

use sqlx::{AssertSqlSafe, Connection, PgConnection};

use crate::Outcome;

/// Makes an empty database beside that of this URL, and answers with its own.
pub async fn make(beside: &str, name: &str) -> Outcome<String> {
    administer(beside, format!("create database {name}")).await?;
    let (address, options) = beside.split_once('?').unwrap_or((beside, ""));
    let (server, _) = address.rsplit_once('/').ok_or("the URL names no database")?;
    Ok(format!("{server}/{name}?{options}"))
}

/// Removes it again, whoever is still connected.
pub async fn remove(beside: &str, name: &str) -> Outcome<()> {
    administer(beside, format!("drop database {name} with (force)")).await
}

async fn administer(url: &str, statement: String) -> Outcome<()> {
    let mut connection = PgConnection::connect(url).await?;
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await?;
    Ok(connection.close().await?)
}

//! The SQL of the raw commits.

use sqlx::{SqliteConnection, query};

use crate::Outcome;
use crate::house::ORGANISATION;

pub async fn create(connection: &mut SqliteConnection) -> Outcome<()> {
    query("create table if not exists raw (organisation_id text not null, id integer primary key, body text not null)")
        .execute(connection)
        .await?;
    Ok(())
}

/// One row, and with it one commit.
pub async fn insert(connection: &mut SqliteConnection, body: &str) -> Outcome<()> {
    query("insert into raw (organisation_id, body) values ($1, $2)")
        .bind(ORGANISATION)
        .bind(body)
        .execute(connection)
        .await?;
    Ok(())
}

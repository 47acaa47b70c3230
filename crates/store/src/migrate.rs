//! One tree of migrations for both databases, run at start; they only ever add.

use sqlx::any::AnyQueryResult;
use sqlx::{AnyConnection, Connection, Executor, Row};

use crate::{Result, StoreError};

/// A migration: its number, and its text from the `migrations` folder.
type Migration = (i64, &'static str);

const MIGRATIONS: &[Migration] = &[
    (1, include_str!("../../../migrations/0001_organisations.sql")),
    (2, include_str!("../../../migrations/0002_accounts.sql")),
    (3, include_str!("../../../migrations/0003_letters.sql")),
    (4, include_str!("../../../migrations/0004_outbox.sql")),
    (5, include_str!("../../../migrations/0005_intake.sql")),
    (6, include_str!("../../../migrations/0006_desk.sql")),
    (7, include_str!("../../../migrations/0007_calendar.sql")),
    (8, include_str!("../../../migrations/0008_search.sqlite.sql")),
    (10, include_str!("../../../migrations/0010_reports.sql")),
    (14, include_str!("../../../migrations/0014_tray.sql")),
    (21, include_str!("../../../migrations/0021_work.sql")),
    (22, include_str!("../../../migrations/0022_answers.sql")),
    (23, include_str!("../../../migrations/0023_live.sql")),
    (24, include_str!("../../../migrations/0024_lists.sql")),
    (25, include_str!("../../../migrations/0025_filings.sql")),
    (26, include_str!("../../../migrations/0026_representatives.sql")),
    (27, include_str!("../../../migrations/0027_gateways.sql")),
    (30, include_str!("../../../migrations/0030_ratings.sql")),
    (31, include_str!("../../../migrations/0031_lists.sql")),
    (32, include_str!("../../../migrations/0032_routes.sql")),
    (33, include_str!("../../../migrations/0033_recycled.sql")),
    (34, include_str!("../../../migrations/0034_notices.sql")),
    (35, include_str!("../../../migrations/0035_reading.sql")),
    (36, include_str!("../../../migrations/0036_incoming.sql")),
    (37, include_str!("../../../migrations/0037_email.sql")),
    (38, include_str!("../../../migrations/0038_unanswered.sql")),
    (39, include_str!("../../../migrations/0039_line.sql")),
    (40, include_str!("../../../migrations/0040_devices.sql")),
    (41, include_str!("../../../migrations/0041_search.sqlite.sql")),
    (42, include_str!("../../../migrations/0042_priority.sql")),
    (43, include_str!("../../../migrations/0043_folded.sql")),
    (44, include_str!("../../../migrations/0044_withheld.sql")),
    (45, include_str!("../../../migrations/0045_lists.sql")),
    (46, include_str!("../../../migrations/0046_sharing.sql")),
    (47, include_str!("../../../migrations/0047_cleared_figures.sql")),
    (48, include_str!("../../../migrations/0048_language.sql")),
    (49, include_str!("../../../migrations/0049_recalls.sql")),
    (50, include_str!("../../../migrations/0050_undoing.sql")),
    (51, include_str!("../../../migrations/0051_untaken_views.sql")),
    (52, include_str!("../../../migrations/0052_turns.sql")),
    (53, include_str!("../../../migrations/0053_taking_back.sql")),
    (54, include_str!("../../../migrations/0054_told.sql")),
    (55, include_str!("../../../migrations/0055_heard_texts.sql")),
    (56, include_str!("../../../migrations/0056_referred.sql")),
    (57, include_str!("../../../migrations/0057_shares.sql")),
    (58, include_str!("../../../migrations/0058_put_aside.sql")),
    (59, include_str!("../../../migrations/0059_health.sql")),
    (60, include_str!("../../../migrations/0060_handed.sql")),
    (61, include_str!("../../../migrations/0061_awaited.sql")),
    (62, include_str!("../../../migrations/0062_came_back.sql")),
    (63, include_str!("../../../migrations/0063_rated_answers.sql")),
    (66, include_str!("../../../migrations/0066_bound.sql")),
    (69, include_str!("../../../migrations/0069_first_reason.sql")),
    (71, include_str!("../../../migrations/0071_closed.sql")),
    (72, include_str!("../../../migrations/0072_outward.sql")),
    (73, include_str!("../../../migrations/0073_clerks.sql")),
    (75, include_str!("../../../migrations/0075_confirmed.sql")),
    (76, include_str!("../../../migrations/0076_search_ends.sqlite.sql")),
    (77, include_str!("../../../migrations/0077_ground.sql")),
    (78, include_str!("../../../migrations/0078_decided_late.sql")),
];

/// The texts that `PostgreSQL` has of its own, since no statement makes an index of words on both; with an empty one there is nothing to
/// do there.
const ON_POSTGRES: &[Migration] =
    &[(8, include_str!("../../../migrations/0008_search.postgres.sql")), (41, ""), (76, "")];

/// Brings the tables up to date; each migration is done whole or not at all.
pub(crate) async fn run(connection: &mut AnyConnection, is_postgres: bool) -> Result<()> {
    connection
        .execute("create table if not exists migrations (version bigint not null primary key)")
        .await
        .or_else(|error| if is_made_meanwhile(&error) { Ok(AnyQueryResult::default()) } else { Err(error) })?;
    let found = newest(connection).await?;
    let known = MIGRATIONS.last().map_or(0, |(version, _)| *version);
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    for &(version, text) in MIGRATIONS {
        let own = ON_POSTGRES.iter().find(|(own, _)| is_postgres && *own == version);
        let text = own.map_or(text, |(_, text)| text);
        run_one(connection, is_postgres, version, text).await?;
    }
    Ok(())
}

/// Two nodes that start together on an empty `PostgreSQL` both try to make the table; one is told that its type exists.
fn is_made_meanwhile(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation)
}

async fn run_one(connection: &mut AnyConnection, is_postgres: bool, version: i64, text: &'static str) -> Result<()> {
    let failed = |source| StoreError::Migration { version, source };
    let begin = if is_postgres { "begin" } else { "begin immediate" };
    let mut transaction = connection.begin_with(begin).await.map_err(failed)?;
    if is_postgres {
        // One node migrates, the others wait for it.
        transaction.execute("lock table migrations in exclusive mode").await.map_err(failed)?;
    }
    let done: i64 = sqlx::query("select count(*) from migrations where version = $1")
        .bind(version)
        .fetch_one(&mut *transaction)
        .await
        .map_err(failed)?
        .get(0);
    if done == 0 {
        if !text.is_empty() {
            sqlx::raw_sql(text).execute(&mut *transaction).await.map_err(failed)?;
        }
        sqlx::query("insert into migrations (version) values ($1)")
            .bind(version)
            .execute(&mut *transaction)
            .await
            .map_err(failed)?;
    }
    transaction.commit().await.map_err(failed)
}

async fn newest(connection: &mut AnyConnection) -> Result<i64> {
    let row = sqlx::query("select coalesce(max(version), 0) from migrations").fetch_one(connection).await?;
    Ok(row.try_get(0)?)
}

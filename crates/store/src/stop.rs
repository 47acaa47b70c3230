//! The stop: once the disk has failed under the writer, nothing is acknowledged any more until a restart.
//!
//! A failed write or flush can't be retried: the kernel has dropped the pages, and a second one would "succeed".

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sqlx::any::{AnyQueryResult, AnyRow, AnyStatement, AnyTypeInfo};
use sqlx::{Any, AnyConnection, Either, Execute, Executor, SqlStr};

use futures_util::future::BoxFuture;
use futures_util::stream::BoxStream;
use futures_util::{FutureExt, StreamExt, TryFutureExt, TryStreamExt};

use crate::error::is_disk_failure;

/// Whether the store has stopped. Clones are one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stop(Arc<AtomicBool>);

impl Stop {
    pub(crate) fn has_stopped(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    /// Stops the store; the first reason is told.
    pub(crate) fn stop(&self, why: &dyn std::error::Error) {
        if !self.0.swap(true, Ordering::AcqRel) {
            tracing::error!(error = %why, "the store stops: nothing is acknowledged any more until a restart");
        }
    }

    /// Stops the store when this error says that the disk has failed.
    pub(crate) fn note(&self, error: &sqlx::Error) {
        if is_disk_failure(error) {
            self.stop(error);
        }
    }
}

/// A connection, for statements. On the writer of `SQLite`, one that the disk refuses stops the store, whatever its caller makes
/// of the error.
#[derive(Debug)]
pub struct Statements<'c> {
    connection: &'c mut AnyConnection,
    /// None where a failure is nobody's but the reader's.
    stop: Option<Stop>,
}

impl<'c> Statements<'c> {
    pub(crate) fn on(connection: &'c mut AnyConnection, stop: Option<Stop>) -> Statements<'c> {
        Statements { connection, stop }
    }
}

/// Notes the errors that pass.
fn noting(stop: Option<Stop>) -> impl Fn(&sqlx::Error) {
    move |error| {
        if let Some(stop) = &stop {
            stop.note(error);
        }
    }
}

impl<'c> Executor<'c> for Statements<'c> {
    type Database = Any;

    fn fetch_many<'e, 'q: 'e, E>(self, query: E) -> BoxStream<'e, Result<Either<AnyQueryResult, AnyRow>, sqlx::Error>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Any>,
    {
        self.connection.fetch_many(query).inspect_err(noting(self.stop)).boxed()
    }

    fn fetch_optional<'e, 'q: 'e, E>(self, query: E) -> BoxFuture<'e, Result<Option<AnyRow>, sqlx::Error>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Any>,
    {
        self.connection.fetch_optional(query).inspect_err(noting(self.stop)).boxed()
    }

    fn prepare_with<'e>(
        self,
        sql: SqlStr,
        parameters: &'e [AnyTypeInfo],
    ) -> BoxFuture<'e, Result<AnyStatement, sqlx::Error>>
    where
        'c: 'e,
    {
        self.connection.prepare_with(sql, parameters).inspect_err(noting(self.stop)).boxed()
    }
}

//! The readers of `SQLite`: a few connections, opened at the start and lent to whoever reads.
//!
//! sqlx's own pool asks each connection that comes back whether it is alive, which costs every page a walk through the thread
//! of that connection. A file on the own disk doesn't hang up, so nothing is asked here: whoever is given up in the middle of a
//! statement has only stopped listening, and the thread ends that statement before it takes the next one.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sqlx::{AnyConnection, Connection, Executor};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use crate::Result;

/// How many read at the same time; more would only share the processors with these.
const READERS: usize = 4;

/// Sixteen megabytes for each to keep pages in: a list of letters touches more than the usual two hold, and the more the larger the archive.
const SETUP: &str = "pragma busy_timeout = 10000; pragma query_only = on; pragma cache_size = -16000";

/// How long somebody waits for a reader before they are told that there is none.
const PATIENCE: Duration = Duration::from_secs(30);

/// The readers that are there.
pub(crate) struct Readers(Arc<Shelf>);

/// One of them, lent until it is dropped.
pub(crate) struct Reader {
    /// Taken out by drop only.
    connection: Option<AnyConnection>,
    shelf: Arc<Shelf>,
    /// Given back after the connection, so that a permit always means that one lies there.
    _permit: OwnedSemaphorePermit,
}

struct Shelf {
    idle: Mutex<Vec<AnyConnection>>,
    free: Arc<Semaphore>,
}

impl Readers {
    /// Opens all readers of the database at this URL.
    pub(crate) async fn open(url: &str) -> Result<Readers> {
        let mut idle = Vec::with_capacity(READERS);
        for _ in 0..READERS {
            let mut connection = AnyConnection::connect(url).await?;
            connection.execute(SETUP).await?;
            idle.push(connection);
        }
        Ok(Readers(Arc::new(Shelf { idle: Mutex::new(idle), free: Arc::new(Semaphore::new(READERS)) })))
    }

    /// Waits for a reader.
    pub(crate) async fn take(&self) -> Result<Reader> {
        let permit = timeout(PATIENCE, self.0.free.clone().acquire_owned())
            .await
            .map_err(|_| sqlx::Error::PoolTimedOut)?
            .map_err(|_| sqlx::Error::PoolClosed)?;
        let connection = self.0.idle().pop().ok_or(sqlx::Error::PoolClosed)?;
        Ok(Reader { connection: Some(connection), shelf: self.0.clone(), _permit: permit })
    }

    /// Lends nothing any more, and closes the readers that are back; the others are closed when they come back.
    pub(crate) async fn close(&self) {
        self.0.free.close();
        let idle = std::mem::take(&mut *self.0.idle());
        for connection in idle {
            if let Err(error) = connection.close().await {
                tracing::warn!(%error, "a reader could not be closed");
            }
        }
    }
}

impl Reader {
    pub(crate) fn connection(&mut self) -> &mut AnyConnection {
        self.connection.as_mut().expect("only drop takes the connection")
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let mut idle = self.shelf.idle();
        // Asked under the lock, so that `close` either finds this one on the shelf or has been seen here.
        if !self.shelf.free.is_closed() {
            idle.extend(self.connection.take());
        }
    }
}

impl Shelf {
    fn idle(&self) -> MutexGuard<'_, Vec<AnyConnection>> {
        // Nothing panics while it holds the lock, and a list of connections is whole at any time.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use futures_util::future::join_all;
    use sqlx::{Row, query};

    use super::*;
    use crate::StoreError;

    async fn four() -> Readers {
        sqlx::any::install_default_drivers();
        Readers::open("sqlite::memory:").await.expect("memory opens")
    }

    /// Counts row by row, so that there is a middle in which it can be given up.
    async fn count_to(readers: &Readers, most: i64) -> usize {
        let mut reader = readers.take().await.expect("a reader comes free");
        query("with recursive n(x) as (select 1 union all select x + 1 from n where x < $1) select x from n")
            .bind(most)
            .fetch_all(reader.connection())
            .await
            .expect("it counts")
            .len()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn reads_that_are_given_up_midway_leave_every_reader_whole() {
        let readers = four().await;
        for pause in 0..60 {
            let _ = timeout(Duration::from_micros(pause * 40), count_to(&readers, 1_000_000)).await;
        }
        let counts = join_all((1..=40).map(|most| count_to(&readers, most))).await;
        assert_eq!(counts, (1..=40).collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn the_fifth_waits_for_one_to_come_back() {
        let readers = four().await;
        let mut lent = join_all((0..READERS).map(|_| readers.take())).await;
        assert!(timeout(Duration::from_millis(50), readers.take()).await.is_err());
        lent.pop();
        assert!(timeout(Duration::from_secs(5), readers.take()).await.is_ok());
    }

    #[tokio::test]
    async fn nothing_is_written_and_after_the_close_nothing_is_lent() {
        let readers = four().await;
        let mut reader = readers.take().await.expect("one is free");
        assert!(query("create table t (x bigint)").execute(reader.connection()).await.is_err());
        readers.close().await;
        let row = query("select 1").fetch_one(reader.connection()).await.expect("who reads may finish");
        assert_eq!(row.get::<i64, _>(0), 1);
        drop(reader);
        let refused = readers.take().await.err();
        assert!(matches!(refused, Some(StoreError::Database(sqlx::Error::PoolClosed))));
        assert!(readers.0.idle().is_empty());
    }
}

//! One unit of work: an organisation, a moment, and a connection on which the work is all done or not at all.

use std::collections::BTreeSet;

use sqlx::pool::PoolConnection;
use sqlx::{Any, Transaction};

use crate::bells::Bells;
use crate::commit::Act;
use crate::readers::Reader;
use crate::stop::Statements;
use crate::{Moment, Result, StoreError};

/// Which organisation a row belongs to; the first column of every key.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OrganisationId(pub String);

impl OrganisationId {
    /// The house as a whole, for what is counted over all organisations together.
    pub fn house() -> OrganisationId {
        OrganisationId(String::new())
    }

    /// Whether it is the house itself, which is no organisation's.
    pub fn is_house(&self) -> bool {
        self.0.is_empty()
    }

    /// The id as the tables hold it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One unit of work for one organisation at one moment.
///
/// What is not committed is undone when it is dropped.
pub struct Tx {
    organisation: OrganisationId,
    now: Moment,
    link: Link,
    bells: Bells,
    /// What rings after the commit.
    rings: BTreeSet<&'static str>,
}

pub(crate) enum Link {
    /// `SQLite`: the writer, between a savepoint and its release.
    Writer(Act),
    /// `SQLite`, reading only: each statement sees what was committed before it.
    Reader(Reader),
    /// `PostgreSQL`, reading only: likewise.
    PostgresReader(PoolConnection<Any>),
    Postgres(Transaction<'static, Any>),
}

impl Tx {
    pub(crate) fn new(organisation: OrganisationId, now: Moment, link: Link, bells: Bells) -> Tx {
        Tx { organisation, now, link, bells, rings: BTreeSet::new() }
    }

    /// The organisation whose rows this work may see.
    pub fn organisation(&self) -> &OrganisationId {
        &self.organisation
    }

    /// The moment of this work; every time it writes is this one.
    pub fn now(&self) -> Moment {
        self.now
    }

    /// The same work at a later moment, as after waiting for the writer's turn.
    #[must_use]
    pub fn at(self, now: Moment) -> Tx {
        Tx { now, ..self }
    }

    /// Whether this is `PostgreSQL`; only the search asks, whose index has two texts, and who works through many letters, since there
    /// others write meanwhile.
    pub fn is_postgres(&self) -> bool {
        matches!(self.link, Link::Postgres(_) | Link::PostgresReader(_))
    }

    /// The connection, for statements.
    pub fn connection(&mut self) -> Statements<'_> {
        match &mut self.link {
            Link::Writer(act) => act.connection(),
            Link::Reader(reader) => Statements::on(reader.connection(), None),
            Link::PostgresReader(connection) => Statements::on(connection, None),
            Link::Postgres(transaction) => Statements::on(transaction, None),
        }
    }

    /// Has this bell of the organisation ring once the work is committed, for those who [hear](crate::Db::hear) it.
    pub fn ring(&mut self, topic: &'static str) {
        self.rings.insert(topic);
    }

    /// Makes the work durable: when this returns, it survives a power cut.
    ///
    /// The commit goes on when the caller goes away, so that a closed browser leaves nothing half-known.
    pub async fn commit(self) -> Result<()> {
        let Tx { organisation, link, bells, rings, .. } = self;
        let committing = async move {
            match link {
                Link::Writer(act) => act.commit().await?,
                Link::Reader(_) | Link::PostgresReader(_) => {}
                Link::Postgres(transaction) => {
                    transaction.commit().await.map_err(|e| StoreError::Commit(e.to_string()))?;
                }
            }
            bells.ring(&organisation, &rings);
            Ok(())
        };
        tokio::spawn(committing).await.map_err(|e| StoreError::Commit(e.to_string()))?
    }
}

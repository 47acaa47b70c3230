//! The only crate that knows which database there is.
//!
//! [`Db`] opens `SQLite` (one folder, one writer, group commit) or `PostgreSQL` from the same SQL text, runs the migrations, and
//! hands out [`Tx`]: one unit of work for one organisation at one moment. It has no tables of its own opinion.
#![warn(missing_docs)]

mod bells;
mod clock;
mod commit;
mod db;
mod error;
mod migrate;
mod readers;
mod secret;
mod stop;
mod tx;

pub use bells::Bell;
pub use clock::{Clock, Moment};
pub use db::{Db, Place};
pub use error::StoreError;
pub use secret::Secret;
pub use sqlx::{Row, query, query_as, query_scalar};
pub use stop::Statements;
pub use tx::{OrganisationId, Tx};

/// The result of everything that talks to the database.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

//! The rules of the trade, by noun, with their SQL. It knows no HTTP.
//!
//! A room is a folder: `mod.rs` says what the room is for, the noun is pure, each verb is an act in a file of its own, and
//! `rows.rs` holds the SQL. An act takes a [`Tx`], reads as far as its actor may see, applies the rule, saves with the version,
//! records one event, and posts the messages it owes; the caller commits.

pub mod accounts;
pub mod actor;
pub mod answers;
pub mod completion;
pub mod deadlines;
pub mod dispatch;
pub mod files;
pub mod filings;
pub mod ids;
pub mod incoming;
pub mod kinds;
pub mod ledger;
pub mod letters;
pub mod messages;
pub mod news;
pub mod notes;
pub mod notices;
pub mod organisations;
pub mod paper;
pub mod papers;
pub mod presence;
pub mod previews;
pub mod reasons;
pub mod receipts;
pub mod referrals;
pub mod registry;
pub mod relations;
pub mod reports;
pub mod rules;
pub mod search;
pub mod senders;
pub mod texts;
pub mod units;
pub mod uploads;
pub mod views;
pub mod words;

pub use pishkhan_courier as courier;
pub use pishkhan_persian as persian;
pub use pishkhan_store::{Bell, Clock, Db, Moment, OrganisationId, Secret, StoreError, Tx};

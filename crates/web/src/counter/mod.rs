//! The counter: what visitors and senders see.

pub mod account;
pub mod code;
pub mod draft;
pub mod file;
pub mod help;
pub mod history;
pub mod image;
pub mod letter;
pub mod preferences;
pub mod receipt;
pub mod sign_in;
pub mod submission;
pub mod tracking;
pub mod wait;

mod asked;
mod challenge;
mod device;
mod draft_form;
mod status;
mod timeline;

pub use status::Status;

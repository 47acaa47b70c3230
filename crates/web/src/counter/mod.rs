//! The counter: what visitors and senders see.

pub mod account;
pub mod addition;
pub mod certificate;
pub mod code;
pub mod completion;
pub mod draft;
pub mod earlier;
pub mod file;
pub mod help;
pub mod history;
pub mod image;
pub mod letter;
pub mod message;
pub mod objection;
pub mod picture;
pub mod preferences;
pub mod rating;
pub mod receipt;
pub mod reply;
pub mod rewriting;
pub mod sign_in;
pub mod submission;
pub mod tracking;
pub mod uploads;
pub mod wait;
pub mod withdrawal;

pub mod asked;
mod binding;
mod challenge;
mod device;
mod draft_form;
mod order;
mod outcome;
mod paper;
mod promise;
mod status;
mod thread;
mod timeline;

pub use completion::{brought, typed as typed_to_items};
pub use draft_form::{draft_token, file_faults, gap_faults, typed};
pub use file::danger;
pub use order::asked as arrangement;
pub use paper::{Paper, Picture};
pub use status::Status;

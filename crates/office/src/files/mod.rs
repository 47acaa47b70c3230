//! Files: streamed to disk, durable before the commit that names them, of a type that their content decides.

mod file;
mod kind;
mod rows;
mod sweep;
mod vault;

pub use file::{File, Part};
pub use kind::Kind;
pub(crate) use rows::{attach, clear_part, of_letter_part};
pub use rows::{count_of_letter, find_for_desk, find_for_sender, of_letter, remove_from_draft};
pub use sweep::{sweep_orphans, sweep_removed};
pub use vault::{Arrival, ArrivalError, Vault};

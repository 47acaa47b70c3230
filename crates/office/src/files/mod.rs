//! Files: streamed to disk, inspected, scanned, and durable before the commit that names them. Their bytes lie under their hash.

pub mod antivirus;
mod blob;
mod file;
mod intake;
mod quarantine;
mod rows;
pub mod shelf;
mod sweep;
mod vault;

pub use blob::{Preview, Scan};
pub use file::{File, Part};
pub use intake::{Arrival, ArrivalError, Bringer, take_in};
pub(crate) use intake::{give_back, open_new};
pub use pishkhan_inspect::{Finding, Flag, Kind, Refusal};
pub use quarantine::{Quarantine, Wait, scan_waiting, wait};
pub(crate) use rows::copies::copy;
pub(crate) use rows::drafts::{mark_bound, place, remove_bound};
pub(crate) use rows::files::{attach, attach_to_message, clear_part, of_letter_part};
pub use rows::files::{count_of_letter, find_for_desk, find_for_sender, of_letter, remove_from_draft};
pub use rows::proposals::ids_of_answer;
pub(crate) use rows::proposals::{
    give_proposal, hold_answer_again, remove_from_proposal, retire_answer, take_answer_back,
};
pub use rows::quarantine::in_quarantine;
pub use sweep::sweep;
pub(crate) use vault::Passage;
pub use vault::{Vault, VaultRules};

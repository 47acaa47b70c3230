//! Organisations, the tenants: each has its own hosts and its own base URL, and nothing of one is reachable under another's.

mod change;
mod organisation;
mod rows;
mod shares;

pub use change::{OrganisationError, Particulars, add, change};
pub use organisation::Organisation;
pub use rows::{
    find, find_by_host, hosts, list, set_codes_per_day, set_messages_per_day, set_turns, set_withhold_after, this,
    turns, withhold_after,
};
pub use shares::{Shares, shares};

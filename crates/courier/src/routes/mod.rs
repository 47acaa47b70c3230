//! Routes: which gateways an organisation's messages may take, for what, and in which order.
//!
//! An organisation's own come first; whoever has none for a purpose uses those of the house, and where there are none either, messages
//! take the gateway of the settings. A route that fails, refuses, is slow or doesn't bring what it took stands back behind the others for a while
//! ([`health`]); one whose template isn't taken does so for that kind of message.

mod board;
mod calls;
mod definition;
mod health;
mod lines;
mod lists;
mod opening;
#[cfg(test)]
mod plans;
mod probes;
mod renewal;
mod route;
mod rows;
#[cfg(test)]
mod tongues;
mod trial;

pub(crate) use board::{Board, Carrier};
pub use calls::{Call, called};
pub use definition::{DefinitionError, RouteDefinition};
pub(crate) use health::{Lately, Seen, Verdict, window};
pub use health::{Why, pause};
pub use lines::Lines;
#[cfg(test)]
pub(crate) use lists::LAST_PUT_ASIDE;
pub use lists::{Figures, Parked, Tally, ended, figures, is_any_put_aside, put_aside, sent_by_settings};
pub(crate) use lists::{last_of, seen_lately, sent_lately};
pub use opening::{Condition, Unfit};
pub use renewal::{Renewed, renew_secret};
pub use route::{Route, RouteId};
pub use rows::{KindBack, add, anyones, carrying, change, everyones, find, list, move_to, remove, usable};
pub(crate) use rows::{
    demote, keep_condition, keep_credit, note_failure, note_silence, note_success, note_unanswered, put_kind_back,
    set_secret, take_kind_back,
};
pub use trial::{Did, Step, Told, try_out, try_out_settings};

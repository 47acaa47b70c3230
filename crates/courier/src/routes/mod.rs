//! Routes: which gateways an organisation's messages may take, for what, and in which order.
//!
//! An organisation's own come first; whoever has none for a purpose uses those of the house, and where there are none either, messages
//! take the gateway of the settings. A route that fails, is slow or gives up what it took stands back behind the others for a while ([`health`]).

mod board;
mod calls;
mod definition;
mod health;
mod lines;
mod lists;
mod opening;
mod probes;
mod route;
mod rows;
#[cfg(test)]
mod tongues;
mod trial;

pub(crate) use board::{Board, Carrier};
pub use calls::called;
pub use definition::{DefinitionError, RouteDefinition};
pub(crate) use health::{GivenUp, Verdict, window};
pub use health::{Why, pause};
pub use lines::Lines;
#[cfg(test)]
pub(crate) use lists::LAST_PUT_ASIDE;
pub use lists::{Figures, Parked, Tally, ended, figures, is_any_put_aside, put_aside, sent_by_settings};
pub(crate) use lists::{given_up_lately, last_of, sent_lately};
pub use opening::{Condition, Unfit};
pub use route::{Route, RouteId};
pub use rows::{add, anyones, carrying, change, everyones, find, list, move_to, remove, usable};
pub(crate) use rows::{demote, keep_condition, keep_credit, note_failure, note_success, note_unanswered};
pub use trial::{Did, Step, Told, try_out, try_out_settings};

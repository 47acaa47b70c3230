//! The addresses of messages: the ways that they take, and what is said in them.

use pishkhan_office::Moment;
use pishkhan_office::courier::MessageId;
use pishkhan_office::courier::routes::RouteId;

use super::{Link, fixed};

pub fn desk_routes() -> Link {
    fixed("/desk/routes")
}

/// The page with the messages that were put aside before that one.
pub fn desk_routes_behind(at: Moment, id: &MessageId) -> Link {
    Link(format!("/desk/routes?behind={}-{id}", at.0)).at("parked")
}

pub fn desk_route_retry() -> Link {
    fixed("/desk/routes/retry")
}

pub fn desk_route_trial(route: &RouteId) -> Link {
    Link(format!("/desk/routes/{route}/trial"))
}

/// The page again, with whether there was something to send.
pub fn desk_routes_after_retry(was_any: bool) -> Link {
    fixed(if was_any { "/desk/routes?again=yes" } else { "/desk/routes?again=no" })
}

pub fn desk_notices() -> Link {
    fixed("/desk/notices")
}

/// Where a kind of message is changed.
pub fn desk_notice(kind: &str) -> Link {
    Link(format!("/desk/notices/{kind}"))
}

/// The page again, with which kind was changed.
pub fn desk_notices_after_change(kind: &str) -> Link {
    Link(format!("/desk/notices?kept={kind}"))
}

//! The addresses of numbers that changed hands.

use pishkhan_office::ids::LetterId;

use super::{Link, fixed};

/// Where a sender proves a letter that was sent by their number before.
pub fn earlier() -> Link {
    fixed("/account/earlier")
}

/// Where the sender of a letter gets their account back at the counter.
pub fn desk_awakening(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/awakening"))
}

/// Where an administrator says that a number is somebody else's now.
pub fn desk_numbers() -> Link {
    fixed("/desk/numbers")
}

pub fn desk_numbers_closed() -> Link {
    fixed("/desk/numbers?done=closed")
}

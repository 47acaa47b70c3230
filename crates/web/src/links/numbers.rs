//! The addresses of numbers that changed hands, and of what is withheld from whoever may have only borrowed one.

use pishkhan_office::ids::LetterId;

use super::{Link, escaped, fixed};

/// Where a sender proves a letter that was sent by their number before.
pub fn earlier() -> Link {
    fixed("/account/earlier")
}

/// Where a sender opens letters of long ago on a device that came lately.
pub fn withheld() -> Link {
    fixed("/account/withheld")
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

/// Where a sender changes their number.
pub fn account_number() -> Link {
    fixed("/account/number")
}

pub fn account_number_with(challenge: &str) -> Link {
    Link(format!("/account/number?challenge={challenge}"))
}

pub fn account_number_after_wait(token: &str) -> Link {
    Link(format!("/account/number?wait={}", escaped(token)))
}

/// Where the codes of both numbers are typed.
pub fn account_number_codes() -> Link {
    fixed("/account/number/codes")
}

pub fn account_number_codes_again() -> Link {
    fixed("/account/number/codes?sent=again")
}

pub fn account_after_number() -> Link {
    fixed("/account?done=number")
}

/// Where a reviewer changes the number of a letter's sender, who stands at the counter.
pub fn desk_number(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/number"))
}

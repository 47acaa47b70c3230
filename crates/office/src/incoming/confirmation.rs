//! The code by which a withdrawal is confirmed: six digits for one letter as it is now, one number and half an hour or so.
//!
//! Nothing is kept of it. It is sealed with the letter's version, so that whatever happens to the letter makes it worthless, and with the
//! time, so that it runs out.

use std::time::Duration;

use pishkhan_persian::Mobile;
use pishkhan_store::{Moment, Secret, Tx};

use crate::accounts::seal::{is_same, seal};
use crate::letters::Letter;

/// A code is good in the window in which it was made and in the next one: half an hour at least, an hour at most.
const WINDOW: Duration = Duration::from_mins(30);

/// The code for now.
pub(super) fn code(tx: &Tx, secret: &Secret, letter: &Letter, mobile: &Mobile) -> String {
    code_in(tx, secret, letter, mobile, window(tx.now()))
}

/// Whether this is the code, and still good.
pub(super) fn is_right(tx: &Tx, secret: &Secret, letter: &Letter, mobile: &Mobile, typed: &str) -> bool {
    let now = window(tx.now());
    [now, now - 1].into_iter().any(|window| is_same(&code_in(tx, secret, letter, mobile, window), typed))
}

fn code_in(tx: &Tx, secret: &Secret, letter: &Letter, mobile: &Mobile, window: i64) -> String {
    let (version, window) = (letter.version.to_string(), window.to_string());
    let parts = [tx.organisation().as_str(), letter.id.as_str(), &version, mobile.as_str(), &window];
    let seal = seal(secret, "withdrawal by text", &parts);
    let number = u32::from_be_bytes(*seal.first_chunk().expect("a seal has more than four octets"));
    format!("{:06}", number % 1_000_000)
}

fn window(at: Moment) -> i64 {
    at.0.div_euclid(i64::try_from(WINDOW.as_millis()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_half_an_hour() {
        let minutes = |minutes: u64| window(Moment(0).plus(Duration::from_mins(minutes)));
        assert_eq!([0, 29, 30, 59, 60].map(minutes), [0, 0, 1, 1, 2]);
    }
}

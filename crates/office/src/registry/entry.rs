//! The entry: what registration gives a letter, and the outgoing register its answer.

use pishkhan_persian::TrackingCode;
use pishkhan_store::Moment;

use crate::registry::Direction;

/// A row of the indicator book, with the code by which the sender follows the letter.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The date of registration: in the order of the numbers, also when two clocks are read in another.
    pub at: Moment,
    pub year: i64,
    pub number: i64,
    /// As the register's template prints it, in ASCII digits.
    pub printed: String,
    pub direction: Direction,
    pub tracking: TrackingCode,
}

/// What the outgoing register gives an answer.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// The date of the answer, in the order of the numbers as an entry's is.
    pub at: Moment,
    /// As the register's template prints it, in ASCII digits.
    pub printed: String,
    pub direction: Direction,
}

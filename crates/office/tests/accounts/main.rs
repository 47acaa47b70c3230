//! Accounts from outside, on both databases: what may be tried how often, what serves once, and who sees what.

mod challenges;
mod house;
mod limits;
mod sessions;
mod sign_in;
mod staff;

//! The SQL of accounts, a file for each table or two.

pub(super) mod email_codes;
pub(super) mod hits;
pub(super) mod holding;
pub(super) mod invitations;
pub(super) mod known_devices;
pub(super) mod second_factors;
pub(super) mod sessions;
pub(super) mod sign_ins;
pub(super) mod spent;
pub(super) mod staff;
pub(super) mod sweeping;

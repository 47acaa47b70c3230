//! What Persian needs and a general library doesn't give: digits, mobile numbers, text as it is stored and as it is
//! searched, Jalali dates in Tehran time, the words for dates and sizes, codes with check digits, identifiers.
//!
//! Pure functions: no file, no clock, no setting of the machine. The time is always given by the caller, in
//! milliseconds since 1970. Calendar, names and number forms come from ICU, the time zone from data inside the binary,
//! so that a host with stale files still tells the right hour. No input makes a function of this crate panic.

#![warn(missing_docs)]

pub mod calendar;
pub mod code;
pub mod digits;
pub mod display;
pub mod identifier;
pub mod mobile;
pub mod text;

mod signs;

pub use calendar::{GregorianDate, JalaliDate, TehranDay, TehranTime, Weekday};
pub use code::{ReceiptCode, ReceiptCodeError, TrackingCode, TrackingCodeError};
pub use display::Language;
pub use identifier::IdentifierError;
pub use mobile::{Mobile, MobileError};

//! The Jalali calendar and the hours of Tehran. A letter belongs to the day and the year that Tehran has when it is
//! written into the register, wherever the server stands.

mod day;
mod jalali;
mod tehran;

pub use day::TehranDay;
pub use jalali::{GregorianDate, JalaliDate, Weekday};
pub(crate) use tehran::{Day, clock_in_tehran};
pub use tehran::{TehranTime, in_tehran, iso, jalali_year, start_of_jalali_day, start_of_tehran_day};

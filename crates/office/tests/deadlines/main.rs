//! The working calendar: what is counted in it, and the lists that are read into it.

mod counting;
mod lists;
mod properties;

use pishkhan_office::Moment;
use pishkhan_office::deadlines::{Closure, Extent, ValidWeek, Week};
use pishkhan_office::persian::JalaliDate;
use pishkhan_office::persian::calendar::in_tehran;

/// A Jalali date.
fn date(year: i32, month: u8, day: u8) -> JalaliDate {
    JalaliDate::new(year, month, day).expect("a date of the calendar")
}

/// What Tehran's clock shows at this minute of that day.
fn at(year: i32, month: u8, day: u8, hour: u16, minute: u16) -> Moment {
    let day = date(year, month, day).day_in_tehran().expect("a date of the calendar");
    Moment(day.at(hour * 60 + minute))
}

/// The organisation is closed on that day.
fn closed(date: JalaliDate) -> Closure {
    Closure { unit: None, date, left: Extent::Off, reason: "تعطیل".into() }
}

/// The organisation works in that week from a day on.
fn works(from: JalaliDate, week: Week) -> ValidWeek {
    ValidWeek { unit: None, from, until: None, week }
}

/// A moment as people read it, to the minute.
fn read(moment: Moment) -> String {
    let tehran = in_tehran(moment.0);
    format!("{} {:02}:{:02}", tehran.date.slashed(), tehran.hour, tehran.minute)
}

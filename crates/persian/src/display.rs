//! Dates, times, numbers and sizes as a reader of Persian or English expects them; names and number forms are ICU's.
//!
//! The few words which join them (today, yesterday, o'clock, the units of size) live here and not among the sentences
//! of the pages, because they are grammar of the calendar and of numbers.

mod dates;
mod numbers;

pub use crate::calendar::iso;
pub use dates::{clock_time, date_and_time_words, date_short, date_words, jalali_month, month};
pub use numbers::{bytes, digits, number, tenths};

/// A language of the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Persian, with the Jalali calendar and Persian digits.
    #[default]
    Persian,
    /// English, with the Gregorian calendar.
    English,
}

impl Language {
    /// The code in addresses and in the `lang` attribute.
    pub fn code(self) -> &'static str {
        match self {
            Language::Persian => "fa",
            Language::English => "en",
        }
    }

    /// The direction of writing, for the `dir` attribute.
    pub fn dir(self) -> &'static str {
        match self {
            Language::Persian => "rtl",
            Language::English => "ltr",
        }
    }

    /// The language of a tag such as `fa`, `fa-IR` or `EN_gb`; none when we don't speak it.
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        [Language::Persian, Language::English]
            .into_iter()
            .find(|language| primary.eq_ignore_ascii_case(language.code()))
    }
}

//! Dates and times in words, always Tehran's.

use icu::calendar::Gregorian;
use icu::calendar::cal::Persian;
use icu::datetime::FixedCalendarDateTimeFormatter;
use icu::datetime::fieldsets::{MDE, YMDE};
use icu::locale::locale;

use super::{Language, digits};
use crate::calendar::{TehranTime, gregorian_date, in_tehran, start_of_tehran_day};

/// The day in words: «یکشنبه ۱ آذر» and `Sunday 22 November`, with the year when it isn't the reader's this year.
pub fn date_words(language: Language, millis: i64, now_millis: i64) -> String {
    let (date, today) = (in_tehran(millis), in_tehran(now_millis));
    let day = gregorian_date(millis);
    FORMATTERS.with(|formatters| match language {
        Language::Persian => {
            let day = day.to_calendar(Persian);
            if date.date.year == today.date.year {
                formatters.persian.format(&day).to_string()
            } else {
                formatters.persian_with_year.format(&day).to_string()
            }
        }
        Language::English if date.gregorian.year == today.gregorian.year => formatters.english.format(&day).to_string(),
        // ICU would put a comma after the weekday as soon as there is a year.
        Language::English => format!("{} {}", formatters.english.format(&day), date.gregorian.year),
    })
}

/// The moment in words: «امروز، ساعت ۹:۴۲», «دیروز، شنبه ۳۰ آبان، ساعت ۱۳:۰۵», «یکشنبه ۱ آذر، ساعت ۹:۴۲»; `Today, 9:42`,
/// `Yesterday, Saturday 21 November, 13:05`, `Sunday 22 November, 9:42`.
pub fn date_and_time_words(language: Language, millis: i64, now_millis: i64) -> String {
    let clock = clock_time(language, millis);
    let day = date_words(language, millis, now_millis);
    match (language, nearness(millis, now_millis)) {
        (Language::Persian, Nearness::Today) => format!("امروز، ساعت {clock}"),
        (Language::Persian, Nearness::Yesterday) => format!("دیروز، {day}، ساعت {clock}"),
        (Language::Persian, Nearness::Other) => format!("{day}، ساعت {clock}"),
        (Language::English, Nearness::Today) => format!("Today, {clock}"),
        (Language::English, Nearness::Yesterday) => format!("Yesterday, {day}, {clock}"),
        (Language::English, Nearness::Other) => format!("{day}, {clock}"),
    }
}

/// The day in figures: `۱۴۰۵/۰۹/۰۱`, and in English `2026/11/22 (1405/09/01)`, since the number of a letter goes by its
/// Jalali date.
pub fn date_short(language: Language, millis: i64) -> String {
    let TehranTime { date, gregorian, .. } = in_tehran(millis);
    match language {
        Language::Persian => digits(language, &date.slashed()),
        Language::English => format!("{} ({})", gregorian.slashed(), date.slashed()),
    }
}

/// The time of day, of 24 hours: `۱۳:۴۵`, `9:42`.
pub fn clock_time(language: Language, millis: i64) -> String {
    let TehranTime { hour, minute, .. } = in_tehran(millis);
    digits(language, &format!("{hour}:{minute:02}"))
}

enum Nearness {
    Today,
    Yesterday,
    Other,
}

fn nearness(millis: i64, now_millis: i64) -> Nearness {
    let day = in_tehran(millis).date;
    let just_before_today = start_of_tehran_day(now_millis).saturating_sub(1);
    if day == in_tehran(now_millis).date {
        Nearness::Today
    } else if day == in_tehran(just_before_today).date {
        Nearness::Yesterday
    } else {
        Nearness::Other
    }
}

struct Formatters {
    persian: FixedCalendarDateTimeFormatter<Persian, MDE>,
    persian_with_year: FixedCalendarDateTimeFormatter<Persian, YMDE>,
    english: FixedCalendarDateTimeFormatter<Gregorian, MDE>,
}

// One set per thread: ICU's formatters are not shared between threads without a feature that makes them slower.
thread_local! {
    static FORMATTERS: Formatters = Formatters::new();
}

impl Formatters {
    fn new() -> Self {
        const COMPILED_IN: &str = "the names of fa and en are compiled in";
        // British English puts the day before the month, as the design does.
        let (persian, english) = (locale!("fa"), locale!("en-GB"));
        Formatters {
            persian: FixedCalendarDateTimeFormatter::try_new((&persian).into(), MDE::long()).expect(COMPILED_IN),
            persian_with_year: FixedCalendarDateTimeFormatter::try_new((&persian).into(), YMDE::long())
                .expect(COMPILED_IN),
            english: FixedCalendarDateTimeFormatter::try_new((&english).into(), MDE::long()).expect(COMPILED_IN),
        }
    }
}

//! Dates and times in words, always Tehran's.

use icu::calendar::Gregorian;
use icu::calendar::cal::Persian;
use icu::datetime::FixedCalendarDateTimeFormatter;
use icu::datetime::fieldsets::{M, MDE, YMDE};
use icu::locale::locale;
use jiff::civil::DateTime;

use super::{Language, digits};
use crate::calendar::{Day, TehranTime, clock_in_tehran, in_tehran};

/// The day in words: «یکشنبه ۱ آذر» and `Sunday 22 November`, with the year when it isn't the reader's this year.
pub fn date_words(language: Language, millis: i64, now_millis: i64) -> String {
    day_in_words(language, clock_in_tehran(millis), clock_in_tehran(now_millis))
}

/// The moment in words: «امروز، ساعت ۹:۴۲», «دیروز، شنبه ۳۰ آبان، ساعت ۱۳:۰۵», «یکشنبه ۱ آذر، ساعت ۹:۴۲»; `Today, 9:42`,
/// `Yesterday, Saturday 21 November, 13:05`, `Sunday 22 November, 9:42`.
pub fn date_and_time_words(language: Language, millis: i64, now_millis: i64) -> String {
    let (clock, now) = (clock_in_tehran(millis), clock_in_tehran(now_millis));
    let time = time_in_figures(language, clock);
    let day = || day_in_words(language, clock, now);
    match (language, nearness(clock, now)) {
        (Language::Persian, Nearness::Today) => format!("امروز، ساعت {time}"),
        (Language::Persian, Nearness::Yesterday) => format!("دیروز، {}، ساعت {time}", day()),
        (Language::Persian, Nearness::Other) => format!("{}، ساعت {time}", day()),
        (Language::English, Nearness::Today) => format!("Today, {time}"),
        (Language::English, Nearness::Yesterday) => format!("Yesterday, {}, {time}", day()),
        (Language::English, Nearness::Other) => format!("{}, {time}", day()),
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

/// The name of the month: of the Jalali one in Persian, of the Gregorian one in English.
pub fn month(language: Language, millis: i64) -> String {
    let day = Day::of(clock_in_tehran(millis));
    FORMATTERS.with(|formatters| match language {
        Language::Persian => formatters.persian_month.format(&day.persian).to_string(),
        Language::English => formatters.english_month.format(&day.gregorian).to_string(),
    })
}

/// The name of the Jalali month in either language.
pub fn jalali_month(language: Language, millis: i64) -> String {
    let day = Day::of(clock_in_tehran(millis));
    FORMATTERS.with(|formatters| match language {
        Language::Persian => formatters.persian_month.format(&day.persian).to_string(),
        Language::English => formatters.jalali_month_in_english.format(&day.persian).to_string(),
    })
}

/// The time of day, of 24 hours: `۱۳:۴۵`, `9:42`.
pub fn clock_time(language: Language, millis: i64) -> String {
    time_in_figures(language, clock_in_tehran(millis))
}

fn time_in_figures(language: Language, clock: DateTime) -> String {
    digits(language, &format!("{}:{:02}", clock.hour(), clock.minute()))
}

fn day_in_words(language: Language, clock: DateTime, now: DateTime) -> String {
    let day = Day::of(clock);
    FORMATTERS.with(|formatters| match language {
        Language::Persian if day.persian.year() == Day::of(now).persian.year() => {
            formatters.persian.format(&day.persian).to_string()
        }
        Language::Persian => formatters.persian_with_year.format(&day.persian).to_string(),
        Language::English if clock.year() == now.year() => formatters.english.format(&day.gregorian).to_string(),
        // ICU would put a comma after the weekday as soon as there is a year.
        Language::English => format!("{} {}", formatters.english.format(&day.gregorian), clock.year()),
    })
}

enum Nearness {
    Today,
    Yesterday,
    Other,
}

fn nearness(clock: DateTime, now: DateTime) -> Nearness {
    let today = now.date();
    if clock.date() == today {
        Nearness::Today
    } else if today.yesterday().is_ok_and(|yesterday| clock.date() == yesterday) {
        Nearness::Yesterday
    } else {
        Nearness::Other
    }
}

struct Formatters {
    persian: FixedCalendarDateTimeFormatter<Persian, MDE>,
    persian_with_year: FixedCalendarDateTimeFormatter<Persian, YMDE>,
    english: FixedCalendarDateTimeFormatter<Gregorian, MDE>,
    persian_month: FixedCalendarDateTimeFormatter<Persian, M>,
    english_month: FixedCalendarDateTimeFormatter<Gregorian, M>,
    jalali_month_in_english: FixedCalendarDateTimeFormatter<Persian, M>,
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
            persian_month: FixedCalendarDateTimeFormatter::try_new((&persian).into(), M::long()).expect(COMPILED_IN),
            english_month: FixedCalendarDateTimeFormatter::try_new((&english).into(), M::long()).expect(COMPILED_IN),
            jalali_month_in_english: FixedCalendarDateTimeFormatter::try_new((&english).into(), M::long())
                .expect(COMPILED_IN),
        }
    }
}

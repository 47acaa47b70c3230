//! Dates and times in words and figures.

use pishkhan_persian::Language::{self, English, Persian};
use pishkhan_persian::display::{clock_time, date_and_time_words, date_short, date_words, iso, jalali_month, month};

use crate::tehran::SUNDAY_MORNING as NOW;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
/// 9:42 is 582 minutes after midnight.
const MIDNIGHT: i64 = NOW - 582 * MINUTE;

#[test]
fn a_day_of_this_year_has_no_year() {
    assert_eq!(date_words(Persian, NOW, NOW), "یکشنبه ۱ آذر");
    assert_eq!(date_words(English, NOW, NOW), "Sunday 22 November");
}

#[test]
fn a_day_of_another_year_has_its_year() {
    let next_spring = NOW + 150 * DAY;
    assert_eq!(date_words(Persian, NOW, next_spring), "یکشنبه ۱ آذر ۱۴۰۵");
    assert_eq!(date_words(English, NOW, next_spring), "Sunday 22 November 2026");
}

#[test]
fn this_year_is_that_of_the_reader_s_calendar() {
    // 21 January 2027 is still 1405.
    let january = NOW + 60 * DAY;
    assert_eq!(date_words(Persian, january, NOW), "پنجشنبه ۱ بهمن");
    assert_eq!(date_words(English, january, NOW), "Thursday 21 January 2027");
}

#[test]
fn weekdays_and_months_have_their_persian_names() {
    let week: Vec<String> = (0..7).map(|day| date_words(Persian, NOW + day * DAY, NOW)).collect();
    assert_eq!(
        week[1..],
        ["دوشنبه ۲ آذر", "سه‌شنبه ۳ آذر", "چهارشنبه ۴ آذر", "پنجشنبه ۵ آذر", "جمعه ۶ آذر", "شنبه ۷ آذر"]
    );
    let year: Vec<String> = (0..12)
        .map(|month| date_words(Persian, NOW - 240 * DAY + month * 305 * DAY / 10, NOW))
        .filter_map(|words| words.split(' ').next_back().map(str::to_owned))
        .collect();
    let names = ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"];
    assert_eq!(year, names);
}

#[test]
fn today_is_said_in_a_word() {
    assert_eq!(date_and_time_words(Persian, NOW, NOW + MINUTE), "امروز، ساعت ۹:۴۲");
    assert_eq!(date_and_time_words(English, NOW, NOW + MINUTE), "Today, 9:42");
    assert_eq!(date_and_time_words(Persian, MIDNIGHT, NOW), "امروز، ساعت ۰:۰۰");
}

#[test]
fn yesterday_keeps_its_date() {
    let yesterday = MIDNIGHT - 655 * MINUTE;
    assert_eq!(date_and_time_words(Persian, yesterday, NOW), "دیروز، شنبه ۳۰ آبان، ساعت ۱۳:۰۵");
    assert_eq!(date_and_time_words(English, yesterday, NOW), "Yesterday, Saturday 21 November, 13:05");
    assert!(date_and_time_words(Persian, MIDNIGHT - 1, NOW).starts_with("دیروز"));
    assert!(date_and_time_words(Persian, MIDNIGHT - DAY, NOW).starts_with("دیروز"));
}

#[test]
fn other_days_and_the_future_have_date_and_hour() {
    assert_eq!(date_and_time_words(Persian, NOW, NOW + 5 * DAY), "یکشنبه ۱ آذر، ساعت ۹:۴۲");
    assert_eq!(date_and_time_words(English, NOW, NOW + 5 * DAY), "Sunday 22 November, 9:42");
    assert_eq!(date_and_time_words(Persian, NOW, MIDNIGHT - 1), "یکشنبه ۱ آذر، ساعت ۹:۴۲");
    assert_eq!(date_and_time_words(Persian, MIDNIGHT - DAY - 1, NOW), "جمعه ۲۹ آبان، ساعت ۲۳:۵۹");
}

#[test]
fn figures_are_padded_and_english_has_both_calendars() {
    assert_eq!(date_short(Persian, NOW), "۱۴۰۵/۰۹/۰۱");
    assert_eq!(date_short(English, NOW), "2026/11/22 (1405/09/01)");
}

#[test]
fn hours_are_those_of_tehran() {
    assert_eq!(clock_time(Persian, NOW + 243 * MINUTE), "۱۳:۴۵");
    assert_eq!(clock_time(English, MIDNIGHT), "0:00");
    assert_eq!(iso(NOW), "2026-11-22T09:42:00+03:30");
}

#[test]
fn absurd_moments_have_words_too() {
    for language in [Persian, English] {
        for moment in [i64::MIN, i64::MIN + DAY, -1, 0, i64::MAX - DAY, i64::MAX] {
            for now in [i64::MIN, NOW, i64::MAX] {
                assert!(!date_and_time_words(language, moment, now).is_empty());
            }
            assert!(!date_short(language, moment).is_empty());
        }
    }
}

#[test]
fn a_language_is_known_by_its_tag() {
    for tag in ["fa", "FA", "fa-IR", "fa_IR.UTF-8", " fa "] {
        assert_eq!(Language::parse(tag), Some(Persian), "{tag}");
    }
    assert_eq!(Language::parse("en-GB"), Some(English));
    for tag in ["", "-", "f", "fas", "de", "english", "فا"] {
        assert_eq!(Language::parse(tag), None, "{tag}");
    }
    assert_eq!((Persian.code(), Persian.dir()), ("fa", "rtl"));
    assert_eq!((English.code(), English.dir()), ("en", "ltr"));
}

#[test]
fn months_are_those_of_the_readers_calendar() {
    assert_eq!([month(Persian, NOW), month(English, NOW)], ["آذر", "November"]);
    assert_eq!([jalali_month(Persian, NOW), jalali_month(English, NOW)], ["آذر", "Azar"]);
}

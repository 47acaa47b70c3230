//! Numbers and sizes in words.

use icu::decimal::DecimalFormatter;
use icu::decimal::input::Decimal;
use icu::locale::{Locale, locale};

use super::Language;

/// A count, with its thousands apart: `۱٬۲۰۰` and `1,200`.
pub fn number(language: Language, n: u64) -> String {
    decimal(language, &Decimal::from(n))
}

/// Tenths, with one decimal place where it isn't zero: 52 is `۵٫۲` and `5.2`, 50 is `۵`.
pub fn tenths(language: Language, n: u64) -> String {
    let mut number = Decimal::from(n);
    number.multiply_pow10(-1);
    number.trim_end();
    decimal(language, &number)
}

/// The size of a file: `۲۱۰ کیلوبایت`, `4.2 MB`. A kilobyte is 1,024 bytes, as the desktops of offices count. One
/// decimal place below ten, none above.
pub fn bytes(language: Language, n: u64) -> String {
    let mut unit = Unit::Byte;
    let mut tenths = u128::from(n) * 10;
    // In tenths and compared after rounding, so that nothing is ever "1,024 KB".
    while let Some(larger) = unit.larger()
        && rounded(tenths) >= 10_240
    {
        tenths = (tenths + 512) / 1024;
        unit = larger;
    }
    let tenths = rounded(tenths);
    let mut size = Decimal::from(tenths);
    size.multiply_pow10(-1);
    size.trim_end();
    let name = if n == 1 && language == Language::English { "byte" } else { unit.name(language) };
    format!("{} {name}", decimal(language, &size))
}

/// The text with the digits that this language reads: Persian ones in Persian, unchanged in English.
pub fn digits(language: Language, text: &str) -> String {
    match language {
        Language::Persian => crate::digits::to_persian(text),
        Language::English => text.to_owned(),
    }
}

#[derive(Clone, Copy)]
enum Unit {
    Byte,
    Kilobyte,
    Megabyte,
    Gigabyte,
    Terabyte,
}

impl Unit {
    fn larger(self) -> Option<Self> {
        match self {
            Unit::Byte => Some(Unit::Kilobyte),
            Unit::Kilobyte => Some(Unit::Megabyte),
            Unit::Megabyte => Some(Unit::Gigabyte),
            Unit::Gigabyte => Some(Unit::Terabyte),
            Unit::Terabyte => None,
        }
    }

    fn name(self, language: Language) -> &'static str {
        match (language, self) {
            (Language::Persian, Unit::Byte) => "بایت",
            (Language::Persian, Unit::Kilobyte) => "کیلوبایت",
            (Language::Persian, Unit::Megabyte) => "مگابایت",
            (Language::Persian, Unit::Gigabyte) => "گیگابایت",
            (Language::Persian, Unit::Terabyte) => "ترابایت",
            (Language::English, Unit::Byte) => "bytes",
            (Language::English, Unit::Kilobyte) => "KB",
            (Language::English, Unit::Megabyte) => "MB",
            (Language::English, Unit::Gigabyte) => "GB",
            (Language::English, Unit::Terabyte) => "TB",
        }
    }
}

/// Tenths, to the whole from ten on.
fn rounded(tenths: u128) -> u128 {
    if tenths < 100 { tenths } else { (tenths + 5) / 10 * 10 }
}

fn decimal(language: Language, n: &Decimal) -> String {
    FORMATTERS.with(|formatters| match language {
        Language::Persian => formatters.persian.format_to_string(n),
        Language::English => formatters.english.format_to_string(n),
    })
}

struct Formatters {
    persian: DecimalFormatter,
    english: DecimalFormatter,
}

// One set per thread: ICU's formatters are not shared between threads without a feature that makes them slower.
thread_local! {
    static FORMATTERS: Formatters = Formatters { persian: formatter(locale!("fa")), english: formatter(locale!("en")) };
}

fn formatter(locale: Locale) -> DecimalFormatter {
    DecimalFormatter::try_new(locale.into(), icu::decimal::options::DecimalFormatterOptions::default())
        .expect("the number forms of fa and en are compiled in")
}

//! How the reports say a duration and a share.

use std::time::Duration;

use pishkhan_office::persian::display;

use crate::layout::Page;
use crate::links::Link;

/// A number of the page, and the way to its letters.
pub struct Count {
    pub text: String,
    pub url: Option<Link>,
}

impl Count {
    pub fn of(page: &Page, n: u64, url: Option<Link>) -> Count {
        Count::made_of(page.number(n), n, url)
    }

    /// What is told of so many letters, with the way to them.
    pub fn made_of(text: impl Into<String>, n: u64, url: Option<Link>) -> Count {
        Count { text: text.into(), url: url.filter(|_| n > 0) }
    }
}

/// A duration in its number and its unit: minutes below an hour and a half, days from two on.
pub fn took(page: &Page, took: Duration) -> (String, &'static str) {
    let minutes = (took.as_secs() + 30) / 60;
    let (tenths, unit) = match minutes {
        0..90 => return (page.number(minutes.max(1)), page.t("reports-minutes")),
        90..2_880 => ((minutes + 3) / 6, page.t("reports-hours")),
        _ => ((minutes + 72) / 144, page.t("reports-days")),
    };
    // From ten on, tenths would pretend to an exactness that there isn't.
    let tenths = if tenths < 100 { tenths } else { (tenths + 5) / 10 * 10 };
    (display::tenths(page.words.language, tenths), unit)
}

/// The same in one piece, with a dash for nothing.
pub fn took_words(page: &Page, duration: Option<Duration>) -> String {
    match duration {
        None => page.t("reports-none").to_owned(),
        Some(duration) => {
            let (number, unit) = took(page, duration);
            format!("{number} {unit}")
        }
    }
}

/// So many per cent.
pub fn per_cent(page: &Page, share: u64) -> String {
    page.words.a("reports-per-cent", "number", page.number(share))
}

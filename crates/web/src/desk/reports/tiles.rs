//! The four numbers on top.

use std::time::Duration;

use pishkhan_office::reports::{By, Fate, Open, Told, Where};

use super::numbers::{per_cent, took, took_words};
use super::{Reading, delivery};
use crate::layout::Page;
use crate::links::Link;

/// A number with what it is of and how it stands.
pub struct Tile {
    pub title: &'static str,
    pub number: String,
    pub unit: &'static str,
    pub url: Option<Link>,
    pub note: Note,
}

/// The line below a number.
pub struct Note {
    pub text: String,
    pub class: &'static str,
    pub url: Option<Link>,
}

impl Note {
    fn plain(text: impl Into<String>) -> Note {
        Note { text: text.into(), class: "", url: None }
    }
}

pub fn tiles(reading: &Reading) -> Vec<Tile> {
    let last = if reading.sight.sees_messages() { told(reading) } else { answering(reading) };
    vec![waiting(reading), deciding(reading), in_time(reading), last]
}

fn waiting(reading: &Reading) -> Tile {
    let (page, open) = (&reading.page, &reading.report.open);
    let waiting: u64 = open.iter().map(|open| open.review).sum();
    let late: u64 = open.iter().map(|open| open.late_review).sum();
    let asked = Where { by: By::Due, unit: reading.unit.clone(), open: Some(Open::Review), ..Where::default() };
    let note = match late {
        0 => Note::plain(page.t("reports-none-late")),
        late => Note {
            text: page.words.n("reports-late", late),
            class: "dn",
            url: reading.way(&Where { is_late: true, ..asked.clone() }),
        },
    };
    let url = reading.way(&asked).filter(|_| waiting > 0);
    Tile { title: page.t("reports-waiting-now"), number: page.number(waiting), unit: "", url, note }
}

fn deciding(reading: &Reading) -> Tile {
    let (page, report) = (&reading.page, &reading.report);
    let median = report.total.decided.percentile(50);
    let note =
        compared(page, median, report.before.decided.percentile(50), reading.way(&reading.before_where(By::Decided)));
    let url = reading.way(&reading.range_where(By::Decided));
    duration_tile(page, "reports-median-decision", median, url, note)
}

fn answering(reading: &Reading) -> Tile {
    let (page, report) = (&reading.page, &reading.report);
    let median = report.total.answered.percentile(50);
    let note =
        compared(page, median, report.before.answered.percentile(50), reading.way(&reading.before_where(By::Answered)));
    let url = reading.way(&reading.range_where(By::Answered));
    duration_tile(page, "reports-median-answer", median, url, note)
}

fn duration_tile(page: &Page, title: &'static str, median: Option<Duration>, url: Option<Link>, note: Note) -> Tile {
    let (number, unit) = median.map_or((page.t("reports-none").to_owned(), ""), |median| took(page, median));
    Tile { title: page.t(title), number, unit, url: url.filter(|_| median.is_some()), note }
}

/// How it stands beside the time before, with the way to the letters of then. A tenth more or less is no difference: the medians are no
/// more exact than that.
fn compared(page: &Page, now: Option<Duration>, before: Option<Duration>, url: Option<Link>) -> Note {
    let (Some(now), Some(before)) = (now, before) else { return Note::plain(page.t("reports-no-comparison")) };
    let by = took_words(page, Some(now.abs_diff(before)));
    if now.abs_diff(before) * 10 <= before {
        Note::plain(page.t("reports-as-before"))
    } else if now < before {
        Note { text: page.words.a("reports-faster", "by", by), class: "up", url }
    } else {
        Note { text: page.words.a("reports-slower", "by", by), class: "dn", url }
    }
}

fn in_time(reading: &Reading) -> Tile {
    let (page, total) = (&reading.page, &reading.report.total);
    let share = total.in_time_per_cent();
    let asked = reading.range_where(By::Answered);
    let answered = total.answered.count();
    let late = answered - u64::try_from(total.answered_in_time).unwrap_or(0).min(answered);
    let note = match (answered, late) {
        (0, _) => Note::plain(page.t("reports-no-answers")),
        (_, 0) => Note { text: page.words.n("reports-answers-in-time", answered), class: "", url: reading.way(&asked) },
        (_, late) => Note {
            text: page.words.n("reports-answers-late", late),
            class: "dn",
            url: reading.way(&Where { is_late: true, ..asked.clone() }),
        },
    };
    Tile {
        title: page.t("reports-in-time"),
        number: share.map_or(page.t("reports-none").to_owned(), |share| page.number(share)),
        unit: if share.is_some() { page.t("reports-per-cent-word") } else { "" },
        url: reading.way(&asked).filter(|_| answered > 0),
        note,
    }
}

fn told(reading: &Reading) -> Tile {
    let (page, total) = (&reading.page, &reading.report.total);
    let asked = reading.range_where(By::Message);
    let (all, lost, arrived) = (total.messages_in_all(), total.messages_lost(), total.messages_as(Fate::Delivered));
    let note = match (delivery::share(arrived, all), lost, arrived) {
        (None, ..) => Note::plain(page.t("reports-no-messages")),
        (Some(_), 0, 0) => Note::plain(page.t("reports-all-sent")),
        (Some(share), 0, _) => Note {
            text: page.words.a("reports-delivered-share", "share", per_cent(page, share)),
            class: "",
            url: reading.way(&delivery::of_fate(&asked, Fate::Delivered)),
        },
        (Some(_), lost, _) => Note {
            text: page.words.n("reports-messages-lost", lost),
            class: "dn",
            url: reading.way(&Where { told: Some(Told::Lost), ..asked.clone() }),
        },
    };
    let url = reading.way(&asked).filter(|_| all > 0);
    Tile { title: page.t("reports-messages"), number: page.number(all), unit: "", url, note }
}

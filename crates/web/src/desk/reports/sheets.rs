//! The tables of a report for spreadsheets.

use pishkhan_office::reports::{Column, Histogram};

use super::Reading;
use super::ratings::steps;
use super::tables::{OUTCOMES, sorted_reasons};
use crate::counter::rating::step_word;
use crate::csv::{Cell, Sheet};

pub fn arrivals(reading: &Reading) -> Sheet {
    let page = &reading.page;
    let mut sheet = Sheet::new();
    let words = OUTCOMES.map(|(_, _, word)| page.t(word));
    let head = [page.t("letters-from"), page.t("letters-to")].into_iter().chain(words).chain([page.t("reports-all")]);
    sheet.row(head.map(Cell::text));
    for Column { span, figures } in &reading.report.columns {
        let counts = OUTCOMES.map(|(outcome, ..)| figures.arrived_as(outcome));
        let days = [span.from.slashed(), span.to.slashed()].map(Cell::text);
        sheet.row(days.into_iter().chain(counts.map(Cell::count)).chain([Cell::count(figures.arrivals())]));
    }
    sheet
}

pub fn open(reading: &Reading) -> Sheet {
    let page = &reading.page;
    let mut sheet = Sheet::new();
    let head =
        ["letters-unit", "reports-open-review", "reports-open-answer", "reports-open-ruling", "reports-open-late"];
    sheet.row(head.map(|key| Cell::text(page.t(key))));
    for open in &reading.report.open {
        let name = Cell::text(open.unit.name_in(page.words.language));
        let counts = [open.review, open.answer, open.ruling, open.late].map(Cell::count);
        sheet.row([name].into_iter().chain(counts));
    }
    sheet
}

pub fn reasons(reading: &Reading) -> Sheet {
    let page = &reading.page;
    let mut sheet = Sheet::new();
    sheet.row(["reports-reason", "reports-times-rejected"].map(|key| Cell::text(page.t(key))));
    for (_, text, n) in sorted_reasons(reading) {
        sheet.row([Cell::text(text), Cell::count(n)]);
    }
    sheet
}

/// Each unit in each time of the range in which somebody rated it.
pub fn ratings(reading: &Reading) -> Sheet {
    let page = &reading.page;
    let mut sheet = Sheet::new();
    let head = ["letters-unit", "letters-from", "letters-to"].map(|key| page.t(key)).into_iter();
    let head = head.chain(steps().map(|step| step_word(page, step)));
    sheet.row(head.chain([page.t("reports-all"), page.t("reports-average")]).map(Cell::text));
    for rated in &reading.report.rated {
        for (column, ratings) in reading.report.columns.iter().zip(&rated.columns) {
            let Some(tenths) = ratings.average_in_tenths() else { continue };
            let name = rated.unit.name_in(page.words.language).to_owned();
            let head = [name, column.span.from.slashed(), column.span.to.slashed()].map(Cell::text);
            let counts = steps().map(|step| ratings.of(step)).chain([ratings.count()]).map(Cell::count);
            sheet.row(head.into_iter().chain(counts).chain([Cell::Tenths(tenths)]));
        }
    }
    sheet
}

/// Durations in minutes, as a spreadsheet goes on counting with them.
pub fn times(reading: &Reading) -> Sheet {
    let (page, total) = (&reading.page, &reading.report.total);
    let mut sheet = Sheet::new();
    let head = ["reports-step", "reports-count", "reports-median-minutes", "reports-ninety-minutes", "reports-in-time"];
    sheet.row(head.map(|key| Cell::text(page.t(key))));
    let minutes = |took: &Histogram, per_cent| match took.percentile(per_cent) {
        Some(duration) => Cell::count(duration.as_secs() / 60),
        None => Cell::text(""),
    };
    let row = |what, took: &Histogram, in_time: Option<u64>| {
        let share = in_time.map_or(Cell::text(""), Cell::count);
        [Cell::text(page.t(what)), Cell::count(took.count()), minutes(took, 50), minutes(took, 90), share]
    };
    sheet.row(row("reports-to-decision", &total.decided, None));
    sheet.row(row("reports-to-answer", &total.answered, total.in_time_per_cent()));
    sheet
}

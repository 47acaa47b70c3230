//! The messages about letters in a range: what became of them, as bars, and of each time in a table. Each number leads to the letters, once for
//! each of its messages.

use pishkhan_office::reports::{By, Column, Fate, Told, Where};

use super::Reading;
use super::numbers::{Count, per_cent};
use super::tables::{csv_link, span_words};
use crate::csv::{Cell, Sheet};
use crate::delivery::fate_word;
use crate::desk::chart::{self, Bar};
use crate::links::Link;

/// What became of messages, for who sees their figures.
pub struct Delivery {
    pub fates: Vec<FateRow>,
    /// The words of those that the table has.
    pub words: Vec<&'static str>,
    /// The times that had any messages.
    pub rows: Vec<DeliveryRow>,
    pub csv: Link,
}

pub struct FateRow {
    pub word: &'static str,
    pub bar: Bar,
    pub count: Count,
}

pub struct DeliveryRow {
    pub label: String,
    /// As many as there are words, and all together.
    pub counts: Vec<Count>,
    /// Those that arrived, of all.
    pub share: Count,
}

pub fn delivery(reading: &Reading) -> Option<Delivery> {
    if !reading.sight.sees_messages() {
        return None;
    }
    let (page, total) = (&reading.page, &reading.report.total);
    let (shown, whole) = (shown_fates(reading), reading.range_where(By::Message));
    let most = shown.iter().map(|&fate| total.messages_as(fate)).max().unwrap_or(0);
    let fate_row = |&fate: &Fate| FateRow {
        word: fate_word(page, fate),
        bar: chart::bar(page, &[(colour(fate), total.messages_as(fate))], most),
        count: Count::of(page, total.messages_as(fate), reading.way(&of_fate(&whole, fate))),
    };
    let columns = reading.report.columns.iter().filter(|column| column.figures.messages_in_all() > 0);
    Some(Delivery {
        fates: shown.iter().map(fate_row).collect(),
        words: shown.iter().map(|&fate| fate_word(page, fate)).collect(),
        rows: columns.map(|column| row(reading, &shown, &whole, column)).collect(),
        csv: csv_link(reading, "messages"),
    })
}

/// The fates that every report has, and of the others those that some message has.
fn shown_fates(reading: &Reading) -> Vec<Fate> {
    let is_always = |fate| !matches!(fate, Fate::Unsure | Fate::Parked);
    Fate::ALL.into_iter().filter(|&fate| is_always(fate) || reading.report.total.messages_as(fate) > 0).collect()
}

fn row(reading: &Reading, shown: &[Fate], whole: &Where, column: &Column) -> DeliveryRow {
    let (page, figures) = (&reading.page, &column.figures);
    let all = Where { span: Some(column.span), ..whole.clone() };
    let of = |fate| Count::of(page, figures.messages_as(fate), reading.way(&of_fate(&all, fate)));
    let mut counts: Vec<Count> = shown.iter().map(|&fate| of(fate)).collect();
    counts.push(Count::of(page, figures.messages_in_all(), reading.way(&all)));
    let arrived = figures.messages_as(Fate::Delivered);
    let share = share(arrived, figures.messages_in_all()).map(|share| per_cent(page, share));
    DeliveryRow {
        label: span_words(page, column.span),
        counts,
        share: Count::made_of(
            share.unwrap_or_else(|| page.t("reports-none").to_owned()),
            arrived,
            reading.way(&of_fate(&all, Fate::Delivered)),
        ),
    }
}

pub(super) fn of_fate(all: &Where, fate: Fate) -> Where {
    Where { told: Some(Told::As(fate)), ..all.clone() }
}

/// How many per cent these are of all; None of nothing.
pub(super) fn share(these: u64, all: u64) -> Option<u64> {
    (these * 100).checked_div(all)
}

fn colour(fate: Fate) -> &'static str {
    match fate {
        Fate::Delivered => "ok",
        Fate::Underway => "review",
        Fate::Undelivered | Fate::Failed | Fate::Blocked => "no",
        Fate::Unsure => "ask",
        Fate::Parked => "over",
    }
}

/// The same for a spreadsheet, with every fate; None for who does not see them.
pub fn sheet(reading: &Reading) -> Option<Sheet> {
    if !reading.sight.sees_messages() {
        return None;
    }
    let page = &reading.page;
    let mut sheet = Sheet::new();
    let words = Fate::ALL.map(|fate| fate_word(page, fate));
    let head = [page.t("letters-from"), page.t("letters-to")].into_iter().chain(words).chain([page.t("reports-all")]);
    sheet.row(head.map(Cell::text));
    for Column { span, figures } in &reading.report.columns {
        let counts = Fate::ALL.map(|fate| figures.messages_as(fate));
        let days = [span.from.slashed(), span.to.slashed()].map(Cell::text);
        sheet.row(days.into_iter().chain(counts.map(Cell::count)).chain([Cell::count(figures.messages_in_all())]));
    }
    Some(sheet)
}

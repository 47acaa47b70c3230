//! The tables of a report on its page: arrivals, what is open, reasons and durations.

use pishkhan_office::Moment;
use pishkhan_office::persian::calendar::in_tehran;
use pishkhan_office::persian::{Language, display};
use pishkhan_office::reports::{By, Column, Histogram, Open, OpenInUnit, Outcome, Range, Reason, Span, Where};

use super::Reading;
use super::numbers::{Count, per_cent, took_words};
use crate::desk::chart::{self, Bar, Stacks};
use crate::layout::Page;
use crate::links::{self, Link};

/// The outcomes in the order of a stack, each with its colour and its word.
pub(super) const OUTCOMES: [(Outcome, &str, &str); 5] = [
    (Outcome::Accepted, "ok", "reports-accepted"),
    (Outcome::Rejected, "no", "reports-rejected"),
    (Outcome::Ended, "over", "reports-ended"),
    (Outcome::Returned, "ask", "reports-returned"),
    (Outcome::Waiting, "review", "reports-waiting"),
];

/// What came, as a chart and as a table.
pub struct Arrivals {
    pub chart: Stacks,
    pub legend: Vec<(&'static str, &'static str)>,
    pub rows: Vec<ArrivalRow>,
    pub csv: Link,
}

pub struct ArrivalRow {
    pub label: String,
    /// As many as there are outcomes, and all together.
    pub counts: Vec<Count>,
}

pub fn arrivals(reading: &Reading) -> Arrivals {
    let page = &reading.page;
    let columns = &reading.report.columns;
    let shown = shown_outcomes(reading);
    let mut last_month = None;
    let drawn = columns.iter().map(|column| {
        let month = month(page, reading.report.range, column.span);
        let is_new = last_month.as_ref() != Some(&month);
        last_month = Some(month.clone());
        let parts = OUTCOMES.map(|(outcome, class, _)| (class, column.figures.arrived_as(outcome))).to_vec();
        match reading.report.range {
            Range::Year => chart::Column { label: month, below: None, parts },
            _ => chart::Column { label: day(page, column.span), below: is_new.then_some(month), parts },
        }
    });
    let drawn = drawn.collect();
    Arrivals {
        chart: chart::stacks(page, drawn, in_words(reading)),
        rows: columns.iter().map(|column| arrival_row(reading, &shown, column)).collect(),
        legend: shown.into_iter().map(|(_, class, word)| (class, page.t(word))).collect(),
        csv: csv_link(reading, "arrivals"),
    }
}

/// The outcomes that every report has, and of the others those that some letter has.
fn shown_outcomes(reading: &Reading) -> Vec<(Outcome, &'static str, &'static str)> {
    let is_always = |outcome| matches!(outcome, Outcome::Accepted | Outcome::Rejected | Outcome::Waiting);
    let total = &reading.report.total;
    OUTCOMES.into_iter().filter(|&(outcome, ..)| is_always(outcome) || total.arrived_as(outcome) > 0).collect()
}

fn arrival_row(reading: &Reading, shown: &[(Outcome, &str, &str)], column: &Column) -> ArrivalRow {
    let page = &reading.page;
    let all = Where { by: By::Arrived, span: Some(column.span), unit: reading.unit.clone(), ..Where::default() };
    let of = |outcome: Outcome| {
        let url = reading.way(&Where { outcome: Some(outcome), ..all.clone() });
        Count::of(page, column.figures.arrived_as(outcome), url)
    };
    let mut counts: Vec<Count> = shown.iter().map(|&(outcome, ..)| of(outcome)).collect();
    counts.push(Count::of(page, column.figures.arrivals(), reading.way(&all)));
    ArrivalRow { label: span_words(page, column.span), counts }
}

/// The chart in a sentence, for who hears the page.
fn in_words(reading: &Reading) -> String {
    let (page, report) = (&reading.page, &reading.report);
    let all = page.number(report.total.arrivals());
    let most = report.columns.iter().max_by_key(|column| column.figures.arrivals());
    match most.filter(|most| most.figures.arrivals() > 0) {
        None => page.t("reports-chart-nothing").to_owned(),
        Some(most) => {
            let (when, n) = (span_words(page, most.span), page.number(most.figures.arrivals()));
            page.words.fill("reports-chart", &[("all", &all), ("when", &when), ("most", &n)])
        }
    }
}

/// What units wait with, each with its word.
const OPEN: [(Open, &str); 3] = [
    (Open::Review, "reports-open-review"),
    (Open::Answer, "reports-open-answer"),
    (Open::Ruling, "reports-open-ruling"),
];

/// What is open in each unit.
pub struct OpenLetters {
    pub words: Vec<&'static str>,
    pub rows: Vec<OpenRow>,
    pub csv: Link,
}

pub struct OpenRow {
    pub unit: String,
    pub bar: Bar,
    pub all: Count,
    /// As many as there are words, the last of them those that are late.
    pub counts: Vec<Count>,
}

pub fn open(reading: &Reading) -> OpenLetters {
    let open = &reading.report.open;
    let most = open.iter().map(OpenInUnit::all).max().unwrap_or(0);
    let has_rulings = open.iter().any(|open| open.ruling > 0);
    let shown: Vec<(Open, &str)> = OPEN.into_iter().filter(|(open, _)| *open != Open::Ruling || has_rulings).collect();
    let words = shown.iter().map(|(_, word)| reading.page.t(word)).chain([reading.page.t("reports-open-late")]);
    OpenLetters {
        words: words.collect(),
        rows: open.iter().map(|open| open_row(reading, &shown, open, most)).collect(),
        csv: csv_link(reading, "open"),
    }
}

fn open_row(reading: &Reading, shown: &[(Open, &str)], of_unit: &OpenInUnit, most: u64) -> OpenRow {
    let page = &reading.page;
    let asked = Where { by: By::Due, unit: Some(of_unit.unit.id.clone()), ..Where::default() };
    let waiting = |open: Open| {
        let n = match open {
            Open::Review => of_unit.review,
            Open::Answer => of_unit.answer,
            Open::Ruling => of_unit.ruling,
        };
        Count::of(page, n, reading.way(&Where { open: Some(open), ..asked.clone() }))
    };
    let mut counts: Vec<Count> = shown.iter().map(|&(open, _)| waiting(open)).collect();
    counts.push(Count::of(page, of_unit.late, reading.way(&Where { is_late: true, ..asked.clone() })));
    let (all, late) = (of_unit.all(), of_unit.late);
    OpenRow {
        unit: of_unit.unit.name_in(page.words.language).to_owned(),
        bar: chart::bar(page, &[("brand", all.saturating_sub(late)), ("no", late)], most),
        all: Count::of(page, all, reading.way(&asked)),
        counts,
    }
}

/// Why letters were rejected.
pub struct Reasons {
    pub rows: Vec<ReasonRow>,
    /// What follows from it, in plain language.
    pub remark: Count,
    pub csv: Link,
}

pub struct ReasonRow {
    pub reason: String,
    pub bar: Bar,
    pub count: Count,
}

pub fn reasons(reading: &Reading) -> Reasons {
    let page = &reading.page;
    let sorted = sorted_reasons(reading);
    let most = sorted.first().map_or(0, |(_, _, n)| *n);
    let row = |(reason, text, n): &(Reason, String, u64)| ReasonRow {
        reason: text.clone(),
        bar: chart::bar(page, &[("edge", *n)], most),
        count: Count::of(page, *n, reading.way(&rejected_for(reading, reason))),
    };
    Reasons {
        rows: sorted.iter().map(row).collect(),
        remark: remark(reading, &sorted),
        csv: csv_link(reading, "reasons"),
    }
}

fn remark(reading: &Reading, sorted: &[(Reason, String, u64)]) -> Count {
    let page = &reading.page;
    let all: u64 = sorted.iter().map(|(_, _, n)| n).sum();
    let told = |key| Count { text: page.t(key).to_owned(), url: None };
    match sorted.first() {
        None => told("reports-no-rejections"),
        Some((reason @ Reason::Listed(_), text, n)) if all >= 4 && n * 5 >= all * 2 => {
            let share = per_cent(page, n * 100 / all);
            let text = page.words.fill("reports-one-reason", &[("reason", text), ("share", &share)]);
            Count::made_of(text, *n, reading.way(&rejected_for(reading, reason)))
        }
        Some((Reason::Other, _, n)) if all >= 4 && n * 5 >= all * 2 => told("reports-other-reasons"),
        Some(_) => told("reports-many-reasons"),
    }
}

fn rejected_for(reading: &Reading, reason: &Reason) -> Where {
    Where { outcome: Some(Outcome::Rejected), reason: Some(reason.clone()), ..reading.range_where(By::Decided) }
}

/// The reasons with how often each was one, the most frequent first.
pub(super) fn sorted_reasons(reading: &Reading) -> Vec<(Reason, String, u64)> {
    let named = |(id, &n): (&String, &i64)| {
        let n = u64::try_from(n).unwrap_or(0);
        match reading.reasons.iter().find(|reason| reason.id.as_str() == id) {
            Some(reason) => {
                (Reason::Listed(reason.id.clone()), reason.short_in(reading.page.words.language).to_owned(), n)
            }
            None => (Reason::Other, reading.page.t("reports-other-reason").to_owned(), n),
        }
    };
    let mut sorted: Vec<_> = reading.report.total.reasons.iter().map(named).collect();
    sorted.sort_by_key(|(_, _, n)| std::cmp::Reverse(*n));
    sorted
}

/// How long it took.
pub struct Times {
    pub rows: Vec<TimeRow>,
    pub in_time: Count,
    pub csv: Link,
}

pub struct TimeRow {
    pub what: &'static str,
    pub count: Count,
    pub median: Count,
    pub ninety: Count,
}

pub fn times(reading: &Reading) -> Times {
    let (page, total) = (&reading.page, &reading.report.total);
    let row = |what, took: &Histogram, by: By| {
        let way = || reading.way(&reading.range_where(by));
        let at = |per_cent| Count::made_of(took_words(page, took.percentile(per_cent)), took.count(), way());
        TimeRow { what: page.t(what), count: Count::of(page, took.count(), way()), median: at(50), ninety: at(90) }
    };
    Times {
        rows: vec![
            row("reports-to-decision", &total.decided, By::Decided),
            row("reports-to-answer", &total.answered, By::Answered),
        ],
        in_time: match total.in_time_per_cent() {
            Some(share) => Count::made_of(
                page.words.a("reports-in-time-words", "share", per_cent(page, share)),
                total.answered.count(),
                reading.way(&reading.range_where(By::Answered)),
            ),
            None => Count { text: page.t("reports-no-answers").to_owned(), url: None },
        },
        csv: csv_link(reading, "times"),
    }
}

pub(super) fn csv_link(reading: &Reading, table: &str) -> Link {
    links::desk_report_csv(table, reading.report.range, reading.unit.as_ref())
}

fn begin(span: Span) -> Moment {
    span.moments().map_or(Moment(0), |(from, _)| from)
}

fn last_day(span: Span) -> Moment {
    begin(Span { from: span.to, to: span.to })
}

/// The day in the reader's calendar, alone.
fn day(page: &Page, span: Span) -> String {
    let at = in_tehran(begin(span).0);
    match page.words.language {
        Language::Persian => page.digits(at.date.day.to_string()),
        Language::English => at.gregorian.day.to_string(),
    }
}

fn month(page: &Page, range: Range, span: Span) -> String {
    match range {
        Range::Year => display::jalali_month(page.words.language, begin(span).0),
        Range::Week | Range::Month | Range::Quarter => display::month(page.words.language, begin(span).0),
    }
}

/// A day, a month or some days in words.
pub(super) fn span_words(page: &Page, span: Span) -> String {
    if span.from == span.to {
        return page.day(&begin(span));
    }
    let (from, to) = (page.day(&begin(span)), page.day(&last_day(span)));
    page.words.fill("reports-span", &[("from", &from), ("to", &to)])
}

//! The report: the figures of a range and of what is open now, as far as somebody may see them.

use std::time::Duration;

use pishkhan_store::{Moment, Result, Tx};

use super::figures::count;
use super::rows;
use super::{Figures, Hour, Open, Range, Ratings, Sight, Span};
use crate::ids::UnitId;
use crate::letters::Classification;
use crate::units::{self, Unit};

/// A change should be counted within this time; else the page says until when it counts.
const PROMPT: Duration = Duration::from_mins(2);

#[derive(Clone, Debug)]
pub struct Report {
    pub range: Range,
    /// Whether any letter was ever counted.
    pub has_letters: bool,
    /// The range in columns, oldest first.
    pub columns: Vec<Column>,
    /// All columns together.
    pub total: Figures,
    /// As long a time before.
    pub before: Figures,
    pub open: Vec<OpenInUnit>,
    /// The units whose letters were rated in the range, by their names.
    pub rated: Vec<RatedUnit>,
    /// The first change that is not counted, when that should have been done by now.
    pub counts_until: Option<Moment>,
}

#[derive(Clone, Debug)]
pub struct Column {
    pub span: Span,
    pub figures: Figures,
}

/// What senders thought of a unit.
#[derive(Clone, Debug)]
pub struct RatedUnit {
    pub unit: Unit,
    /// As many as the report has columns.
    pub columns: Vec<Ratings>,
}

impl RatedUnit {
    pub fn total(&self) -> Ratings {
        let mut sum = Ratings::default();
        for ratings in &self.columns {
            sum.add(ratings);
        }
        sum
    }
}

/// What is open in a unit now.
#[derive(Clone, Debug)]
pub struct OpenInUnit {
    pub unit: Unit,
    pub review: u64,
    pub answer: u64,
    /// Objections that wait for a decision.
    pub ruling: u64,
    /// How many of the three are late.
    pub late: u64,
    /// How many of those that wait for review are late.
    pub late_review: u64,
}

impl OpenInUnit {
    pub fn all(&self) -> u64 {
        self.review + self.answer + self.ruling
    }
}

/// The report of all that somebody with this sight and clearance may see, or of one unit of it.
pub async fn report(
    tx: &mut Tx,
    sight: &Sight,
    clearance: Classification,
    unit: Option<&UnitId>,
    range: Range,
) -> Result<Report> {
    let now = tx.now();
    let seen = match (unit, sight) {
        (Some(unit), _) => vec![unit.as_str()],
        (None, Sight::Whole { .. }) => vec![""],
        (None, Sight::Units(units)) => units.iter().map(UnitId::as_str).collect(),
    };
    let columns = columns(tx, clearance, &seen, range, range.columns(now)).await?;
    let before = columns_together(&self::columns(tx, clearance, &seen, range, range.before(now)).await?);
    Ok(Report {
        range,
        has_letters: rows::has_figures(tx).await?,
        total: columns_together(&columns),
        rated: rated(tx, (sight, clearance), unit, range, &columns).await?,
        columns,
        before,
        open: open(tx, (sight, clearance), unit).await?,
        counts_until: rows::oldest_uncounted(tx, now.minus(PROMPT)).await?,
    })
}

async fn columns(
    tx: &mut Tx,
    clearance: Classification,
    seen: &[&str],
    range: Range,
    spans: Vec<Span>,
) -> Result<Vec<Column>> {
    let (Some(first), Some(last)) = (spans.first(), spans.last()) else { return Ok(Vec::new()) };
    let whole = Span { from: first.from, to: last.to }.periods(range.is_of_months());
    let mut figures = Vec::new();
    for unit in seen {
        figures.extend(rows::figures(tx, clearance, unit, whole.0, whole.1).await?);
    }
    let column = |span: Span| {
        let (from, to) = span.periods(range.is_of_months());
        let mut sum = Figures::default();
        for (_, figures) in figures.iter().filter(|(period, _)| (from..=to).contains(period)) {
            sum.add(figures);
        }
        Column { span, figures: sum }
    };
    Ok(spans.into_iter().map(column).collect())
}

async fn rated(
    tx: &mut Tx,
    (sight, clearance): (&Sight, Classification),
    chosen: Option<&UnitId>,
    range: Range,
    columns: &[Column],
) -> Result<Vec<RatedUnit>> {
    let (Some(first), Some(last)) = (columns.first(), columns.last()) else { return Ok(Vec::new()) };
    let whole = Span { from: first.span.from, to: last.span.to }.periods(range.is_of_months());
    let figures = rows::rated_figures(tx, clearance, whole.0, whole.1).await?;
    let of_unit = |unit: Unit| {
        let column = |column: &Column| {
            let (from, to) = column.span.periods(range.is_of_months());
            let mut sum = Ratings::default();
            for (_, _, figures) in figures.iter().filter(|(id, at, _)| *id == unit.id && (from..=to).contains(at)) {
                sum.add(&figures.ratings);
            }
            sum
        };
        RatedUnit { columns: columns.iter().map(column).collect(), unit }
    };
    let is_asked = |unit: &Unit| sight.has(&unit.id) && chosen.is_none_or(|chosen| *chosen == unit.id);
    let all = units::list(tx).await?.into_iter().filter(is_asked).map(of_unit);
    Ok(all.filter(|rated| rated.columns.iter().any(|ratings| !ratings.is_empty())).collect())
}

fn columns_together(columns: &[Column]) -> Figures {
    let mut sum = Figures::default();
    for column in columns {
        sum.add(&column.figures);
    }
    sum
}

/// What is open in each unit that has something open, the most first.
async fn open(
    tx: &mut Tx,
    (sight, clearance): (&Sight, Classification),
    chosen: Option<&UnitId>,
) -> Result<Vec<OpenInUnit>> {
    let now = tx.now();
    let hour = Hour::of(now);
    let figures = rows::open_figures(tx, clearance).await?;
    let late_now = rows::due_between(tx, clearance, hour.begin(), now).await?;
    let all = units::list(tx).await?;
    let of_unit = |unit: Unit| {
        let mut sum = Figures::default();
        for (_, figures) in figures.iter().filter(|(id, _)| *id == unit.id) {
            sum.add(figures);
        }
        let figures = sum;
        let late = |open: Open| {
            let now = late_now.iter().filter(|(id, of, _)| *id == unit.id && *of == open);
            figures.open_since_before(open, hour) + count(now.map(|(_, _, n)| n).sum())
        };
        Some(OpenInUnit {
            review: figures.open(Open::Review),
            answer: figures.open(Open::Answer),
            ruling: figures.open(Open::Ruling),
            late: Open::ALL.into_iter().map(late).sum(),
            late_review: late(Open::Review),
            unit,
        })
    };
    let is_asked = |unit: &Unit| sight.has(&unit.id) && chosen.is_none_or(|chosen| *chosen == unit.id);
    let mut open: Vec<OpenInUnit> = all.into_iter().filter(is_asked).filter_map(of_unit).collect();
    open.retain(|open| open.all() > 0);
    open.sort_by_key(|open| std::cmp::Reverse(open.all()));
    Ok(open)
}

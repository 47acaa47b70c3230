//! The ratings of a report on its page: the steps as bars, and the average and the steps of each time and of each unit.

use pishkhan_office::ids::UnitId;
use pishkhan_office::letters::RATING_STEPS;
use pishkhan_office::persian::display;
use pishkhan_office::reports::{By, Ratings, Span, Where};

use super::Reading;
use super::numbers::Count;
use super::tables::{csv_link, span_words};
use crate::counter::rating::step_word;
use crate::desk::chart::{self, Bar};
use crate::layout::Page;
use crate::links::Link;

/// What senders thought.
pub struct Rated {
    /// The steps, the best first.
    pub steps: Vec<Step>,
    /// The average in words.
    pub average: Count,
    pub by_time: Vec<Row>,
    pub by_unit: Vec<Row>,
    pub csv: Link,
}

pub struct Step {
    pub word: &'static str,
    pub bar: Bar,
    pub count: Count,
}

pub struct Row {
    pub label: String,
    /// As many as there are steps, and all together.
    pub counts: Vec<Count>,
    pub average: Count,
}

/// The steps from the best down, as every table of ratings has them.
pub(super) fn steps() -> impl Iterator<Item = u8> {
    (1..=RATING_STEPS).rev()
}

pub fn ratings(reading: &Reading) -> Rated {
    let (page, report) = (&reading.page, &reading.report);
    let (total, whole) = (&report.total.ratings, reading.range_where(By::Rated));
    let most = steps().map(|step| total.of(step)).max().unwrap_or(0);
    let step = |step| Step {
        word: step_word(page, step),
        bar: chart::bar(page, &[("brand", total.of(step))], most),
        count: Count::of(page, total.of(step), reading.way(&Where { rating: Some(step), ..whole.clone() })),
    };
    let of_time = |span: Span, ratings: &Ratings| {
        row(reading, span_words(page, span), &Where { span: Some(span), ..whole.clone() }, ratings)
    };
    let times = report.columns.iter().filter(|column| !column.figures.ratings.is_empty());
    let of_unit = |unit: &UnitId, name: &str, ratings: &Ratings| {
        row(reading, name.to_owned(), &Where { unit: Some(unit.clone()), ..whole.clone() }, ratings)
    };
    let language = page.words.language;
    let units = report.rated.iter().map(|rated| of_unit(&rated.unit.id, rated.unit.name_in(language), &rated.total()));
    Rated {
        steps: steps().map(step).collect(),
        average: if total.average_in_tenths().is_some() {
            let places = [("average", average(page, total)), ("count", page.number(total.count()))];
            let text =
                page.words.fill("reports-rated", &places.each_ref().map(|(name, value)| (*name, value.as_str())));
            Count::made_of(text, total.count(), reading.way(&whole))
        } else {
            Count { text: page.t("reports-no-ratings").to_owned(), url: None }
        },
        by_time: times.map(|column| of_time(column.span, &column.figures.ratings)).collect(),
        by_unit: units.collect(),
        csv: csv_link(reading, "ratings"),
    }
}

fn row(reading: &Reading, label: String, asked: &Where, ratings: &Ratings) -> Row {
    let page = &reading.page;
    let of = |step| Count::of(page, ratings.of(step), reading.way(&Where { rating: Some(step), ..asked.clone() }));
    let mut counts: Vec<Count> = steps().map(of).collect();
    counts.push(Count::of(page, ratings.count(), reading.way(asked)));
    let average = Count::made_of(average(page, ratings), ratings.count(), reading.way(asked));
    Row { label, counts, average }
}

/// With one place behind the point: more would pretend to an exactness that a handful of opinions hasn't.
fn average(page: &Page, ratings: &Ratings) -> String {
    let tenths = ratings.average_in_tenths();
    tenths.map_or(page.t("reports-none").to_owned(), |tenths| display::tenths(page.words.language, tenths))
}

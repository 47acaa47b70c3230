//! What the search found as a table, for those who may take lists of letters along: the newest ten thousand, read while they are sent.

use axum::response::Response;
use futures_util::stream;
use pishkhan_office::actor;
use pishkhan_office::persian::calendar::in_tehran;
use pishkhan_office::search::{self, Asked, Findings, Hit};
use pishkhan_office::units::{self, Unit};

use super::letters;
use super::search::{kinds_for, why};
use super::search_form::Typed;
use super::status;
use crate::counter::asked::Asked as InAddress;
use crate::csv::{self, Cell, Sheet};
use crate::layout::Page;
use crate::problem::Problem;
use crate::visit::Visit;
use crate::who::Confirmed;

/// So many letters a table has at most; whoever needs more wants a report, or all letters.
const MOST: usize = 10_000;
/// How many are read at once.
const PART: u32 = 200;

/// All that was found, as far as this person may see it. Wherever its address says that a page begins, a table begins with the newest.
pub async fn csv(Confirmed(staff): Confirmed, InAddress(mut typed): InAddress<Typed>) -> Result<Response, Problem> {
    letters::readers_sight(&staff.actor)?;
    let page = staff.page("search");
    let mut tx = staff.read().await?;
    kinds_for(&mut tx, &mut typed).await?;
    let units = units::list(&mut tx).await?;
    drop(tx);
    let asked = typed.read(&page).ok().filter(|asked| !typed.q.trim().is_empty() || !asked.filter.is_empty());
    // The page says what can be asked, and what is wrong with a date.
    let Some(asked) = asked else { return Ok(typed.for_text(&typed.q).see_other()) };
    let name = page.t("search-found");
    let asked = Asked { after: None, ..asked };
    let head = head(&page);
    let begin = Reading { visit: staff.visit, actor: staff.actor, page, units, asked, left: MOST, head: Some(head) };
    Ok(csv::answer_in_parts(name, stream::try_unfold(Some(begin), Reading::go_on)))
}

/// A table on its way out.
struct Reading {
    visit: Visit,
    actor: actor::Staff,
    page: Page,
    units: Vec<Unit>,
    asked: Asked,
    /// For so many letters there is room.
    left: usize,
    head: Option<Vec<Cell>>,
}

impl Reading {
    /// The next part; each is read in a turn of its own, so that a slow line holds no connection to the database.
    async fn go_on(reading: Option<Reading>) -> Result<Option<(Sheet, Option<Reading>)>, std::io::Error> {
        let Some(mut reading) = reading else { return Ok(None) };
        let findings = reading.part().await.map_err(|problem| {
            tracing::warn!(?problem, "a search could not be read to its end");
            std::io::Error::other("the search could not be read to its end")
        })?;
        let mut sheet = Sheet::more();
        if let Some(head) = reading.head.take() {
            sheet.row(head);
        }
        let (shown, is_cut) = fitting(reading.left, findings.hits.len(), findings.next.is_some());
        for hit in &findings.hits[..shown] {
            sheet.row(cells(&reading.page, &reading.units, hit));
        }
        if is_cut {
            let most = reading.page.number(MOST as u64);
            sheet.row([Cell::text(reading.page.words.plain("search-csv-cut", &[("most", &most)]))]);
            return Ok(Some((sheet, None)));
        }
        let Some(place) = findings.next else { return Ok(Some((sheet, None))) };
        reading.left -= shown;
        reading.asked.by = Some(findings.by);
        reading.asked.after = Some(place);
        Ok(Some((sheet, Some(reading))))
    }

    async fn part(&self) -> Result<Findings, Problem> {
        let mut tx = self.visit.read().await?;
        Ok(search::stretch(&mut tx, &self.actor, &self.asked, PART).await?)
    }
}

/// How many of the letters that were found there is room for, and whether the table ends with them although there are more.
fn fitting(left: usize, found: usize, has_more: bool) -> (usize, bool) {
    let shown = found.min(left);
    (shown, found > left || (has_more && shown == left))
}

/// The table's first row.
fn head(page: &Page) -> Vec<Cell> {
    [
        "letters-subject",
        "letters-sender",
        "letters-unit",
        "letters-arrived",
        "letters-number",
        "letters-state",
        "search-csv-why",
    ]
    .map(|key| Cell::text(page.t(key)))
    .to_vec()
}

/// The letter as a row of the table; dates are Jalali and in ASCII digits. A sender's mobile number stands in no table.
fn cells(page: &Page, units: &[Unit], hit: &Hit) -> Vec<Cell> {
    let letter = &hit.letter;
    let at = letter.state.submission().map_or(letter.created_at, |submission| submission.at);
    let unit = units.iter().find(|unit| letter.unit() == Some(&unit.id));
    let number = letter.state.registration().map_or("", |registration| registration.number.as_str());
    vec![
        Cell::text(&letter.content.subject),
        Cell::text(&letter.content.sender_name),
        Cell::text(unit.map_or("", |unit| page.name_of(&unit.name, &unit.name_english))),
        Cell::text(in_tehran(at.0).date.slashed()),
        Cell::text(number),
        Cell::text(status::status(page, &letter.state).text),
        Cell::text(why(page, &hit.fields)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_that_is_full_says_so_only_when_there_is_more() {
        assert_eq!(fitting(300, 200, true), (200, false));
        assert_eq!(fitting(200, 200, true), (200, true));
        assert_eq!(fitting(200, 200, false), (200, false));
        assert_eq!(fitting(150, 200, false), (150, true));
        assert_eq!(fitting(150, 100, false), (100, false));
    }
}

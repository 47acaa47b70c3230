//! The list of letters that stands beside everything on the desk: the parts of the tray, and the rows of one of them.

use pishkhan_office::Tx;
use pishkhan_office::actor::{Role, Staff};
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, Card, Letter, Place, State, Tray, TrayCounts};
use pishkhan_office::persian::calendar::start_of_tehran_day;

use super::status::{self, Due, Status};
use crate::layout::Page;
use crate::links::{self, Link};
use crate::problem::Problem;

/// A part of the tray as this person may see it, with the way to the others.
pub struct List {
    pub views: Vec<View>,
    pub rows: Vec<Row>,
    /// How many letters wait for this person, in words, for the rail; none are not worth a sign.
    pub waiting: u64,
    pub label: &'static str,
    pub empty: &'static str,
    pub total: u64,
    pub newer: Option<Link>,
    pub older: Option<Link>,
}

/// The way to a part of the tray.
pub struct View {
    pub url: Link,
    pub label: &'static str,
    pub count: Option<u64>,
    pub is_current: bool,
}

/// A letter as the list shows it.
pub struct Row {
    pub id: LetterId,
    pub url: Link,
    pub is_current: bool,
    pub who: String,
    pub time: String,
    pub iso: String,
    pub subject: String,
    pub unit: String,
    pub files: u64,
    pub due: Option<Due>,
    pub status: Option<Status>,
}

/// The parts of the tray that this person's posts open; none for those whose work is not with letters.
pub fn trays(staff: &Staff) -> Vec<Tray> {
    let (reviewer, officer, auditor) = (staff.has(Role::Reviewer), staff.has(Role::Officer), staff.has(Role::Auditor));
    let all = [
        (Tray::Review, reviewer || auditor),
        (Tray::Unit, officer || auditor),
        (Tray::Mine, officer),
        (Tray::Done, reviewer || officer || auditor),
    ];
    all.into_iter().filter(|(_, is_open)| *is_open).map(|(tray, _)| tray).collect()
}

/// The part of the tray in which this person finds the letter.
pub fn tray_of(staff: &Staff, letter: &Letter) -> Tray {
    let is_of_unit = letter.holder.as_ref().is_some_and(|unit| staff.is_officer_of(unit));
    let officer = letter.state.work().and_then(|work| work.officer.as_ref());
    match &letter.state {
        State::Draft | State::Submitted(_) => Tray::Review,
        State::InProgress(..) | State::AnswerReview(..) if officer == Some(&staff.id) => Tray::Mine,
        State::Registered(..) if is_of_unit || staff.has(Role::Auditor) => Tray::Unit,
        State::InProgress(..) if officer.is_none() && is_of_unit => Tray::Unit,
        State::Returned(..)
        | State::Registered(..)
        | State::InProgress(..)
        | State::AwaitingSender(..)
        | State::AnswerReview(..)
        | State::Answered(..)
        | State::Objected(..)
        | State::Rejected(..)
        | State::Withdrawn(..)
        | State::Lapsed(..)
        | State::Closed(..) => Tray::Done,
    }
}

pub fn tray_name(tray: Tray) -> &'static str {
    match tray {
        Tray::Review => "review",
        Tray::Unit => "unit",
        Tray::Mine => "mine",
        Tray::Done => "done",
    }
}

/// A page of that part of the tray; the row of `current` is marked.
pub async fn list(
    tx: &mut Tx,
    page: &Page,
    staff: &Staff,
    tray: Tray,
    after: Option<&Place>,
    current: Option<&LetterId>,
) -> Result<List, Problem> {
    let counts = letters::tray_counts(tx, staff).await?;
    let (cards, next) = letters::tray(tx, staff, tray, after).await?;
    let rows: Vec<Row> = cards.into_iter().map(|card| row(page, tray, card, current)).collect();
    let (label, empty) = match tray {
        Tray::Review => ("desk-list-review", "desk-empty-review"),
        Tray::Unit => ("desk-list-unit", "desk-empty-unit"),
        Tray::Mine => ("desk-list-mine", "desk-empty-mine"),
        Tray::Done => ("desk-list-done", "desk-empty-done"),
    };
    Ok(List {
        views: trays(staff).into_iter().map(|open| view(page, staff, open, tray, counts)).collect(),
        waiting: waiting(staff, counts),
        label: page.t(label),
        empty: page.t(empty),
        total: count_of(tray, counts).unwrap_or(0),
        newer: after.map(|_| links::desk_tray(tray_name(tray), None)),
        older: next.map(|place| links::desk_tray(tray_name(tray), Some(&place))),
        rows,
    })
}

fn view(page: &Page, staff: &Staff, tray: Tray, current: Tray, counts: TrayCounts) -> View {
    let label = match tray {
        Tray::Review => "desk-view-review",
        Tray::Unit if staff.has(Role::Auditor) => "desk-view-units",
        Tray::Unit => "desk-view-unit",
        Tray::Mine => "desk-view-mine",
        Tray::Done => "desk-view-done",
    };
    View {
        url: links::desk_tray(tray_name(tray), None),
        label: page.t(label),
        count: count_of(tray, counts),
        is_current: tray == current,
    }
}

fn count_of(tray: Tray, counts: TrayCounts) -> Option<u64> {
    match tray {
        Tray::Review => Some(counts.review),
        Tray::Unit => Some(counts.unit),
        Tray::Mine => Some(counts.mine),
        Tray::Done => None,
    }
}

/// What waits for somebody who can do something about it: auditors only look.
fn waiting(staff: &Staff, counts: TrayCounts) -> u64 {
    let review = if staff.has(Role::Reviewer) { counts.review } else { 0 };
    let unit = if staff.has(Role::Officer) { counts.unit } else { 0 };
    review + unit + counts.mine
}

fn row(page: &Page, tray: Tray, card: Card, current: Option<&LetterId>) -> Row {
    let Card { letter, unit_name, unit_name_english, files } = card;
    let at = letter.state.submission().map_or(letter.created_at, |submission| submission.at);
    let is_done = tray == Tray::Done;
    Row {
        url: links::desk_letter(&letter.id),
        is_current: current == Some(&letter.id),
        time: short_time(page, at),
        iso: page.iso(&at),
        unit: page.name_of(&unit_name, &unit_name_english).to_owned(),
        files,
        due: letter.state.due().filter(|_| !is_done).map(|due| status::due(page, due)),
        status: is_done.then(|| status::status(page, &letter.state)),
        who: letter.content.sender_name,
        subject: letter.content.subject,
        id: letter.id,
    }
}

/// Today the hour is enough, yesterday the word, else the day.
pub fn short_time(page: &Page, at: pishkhan_office::Moment) -> String {
    let today = start_of_tehran_day(page.now.0);
    if at.0 >= today {
        page.clock(&at)
    } else if at.0 >= start_of_tehran_day(today - 1) {
        page.t("desk-yesterday").to_owned()
    } else {
        page.day(&at)
    }
}

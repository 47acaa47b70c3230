//! The list of letters that stands beside everything on the desk: the parts of the tray, and the rows of one of them.

use pishkhan_office::actor::{Role, Staff};
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, Across, Act, Card, Letter, State, Tray, TrayPage, Version};
use pishkhan_office::persian::calendar::start_of_tehran_day;
use pishkhan_office::{Moment, Tx, deadlines};

use super::beside;
use super::status::{self, Due, Status};
use super::trays::{self, View};
use super::within::Wanted;
use crate::layout::Page;
use crate::links::{self, Link};
use crate::problem::Problem;

/// A part of the tray as this person may see it, with the way to the others.
pub struct List {
    /// What was asked for, as fields of a form that carries it on.
    pub carried: Vec<(String, String)>,
    pub views: Vec<View>,
    pub rows: Vec<Row>,
    /// How many letters wait for this person, in words, for the rail; none are not worth a sign.
    pub waiting: u64,
    pub label: &'static str,
    pub empty: &'static str,
    /// How many letters it has; of a part that was asked for, how many are on this page.
    pub total: u64,
    /// This page of it.
    pub here: Link,
    /// The first page, where this is a later one; and the page before, where that isn't the first.
    pub newer: Option<Link>,
    pub previous: Option<Link>,
    pub older: Option<Link>,
    /// How many letters a sieve went through for this page, where others are left for the next.
    pub gone_through: Option<String>,
    /// What stands across the page's borders: the last letter of the page before, and the first of the next.
    pub across: [Option<Lead>; 2],
    /// What can be done with several letters of it at once.
    pub together: Option<Together>,
    /// Where news of it come from.
    pub events: Link,
    /// This part of the tray anew; None on a later page of it, where what is new doesn't stand.
    pub anew: Option<Link>,
}

/// The way to the letter before or after one, or to the page on which the list goes on.
#[derive(Clone)]
pub struct Lead {
    pub url: Link,
    pub label: &'static str,
}

/// What is done with several letters at once; sharing is handing them over, or referring them; giving is the former alone.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Together {
    Review,
    Referral,
    Sharing,
    Giving,
}

/// A letter as the list shows it.
pub struct Row {
    pub id: LetterId,
    pub version: Version,
    /// Whether it can be selected with others.
    pub can_select: bool,
    pub url: Link,
    pub is_current: bool,
    pub who: String,
    pub time: String,
    pub iso: String,
    pub subject: String,
    pub unit: String,
    pub files: u64,
    /// Messages that nobody of the unit has read yet.
    pub unseen: u64,
    /// What came back with it that this person has not opened, in a word.
    pub back: Option<&'static str>,
    /// In whose hand it is, in words, where colleagues' letters stand together.
    pub hand: Option<String>,
    /// The word of a priority that is above the normal one.
    pub pressing: Option<&'static str>,
    pub due: Option<Due>,
    pub status: Option<Status>,
}

impl Together {
    /// What this person may do with several of these letters of a view: what they decide comes before what they pass on. What isn't theirs
    /// can't be selected.
    fn of(staff: &Staff, tray: Tray, cards: &[Card]) -> Option<Together> {
        let ways: &[(Together, Role)] = match tray {
            Tray::Review => &[(Together::Review, Role::Reviewer)],
            Tray::Near => &[
                (Together::Review, Role::Reviewer),
                (Together::Sharing, Role::Signer),
                (Together::Referral, Role::Officer),
            ],
            Tray::Untaken | Tray::Unit => &[(Together::Sharing, Role::Signer), (Together::Referral, Role::Officer)],
            Tray::Mine => &[(Together::Referral, Role::Officer)],
            Tray::Late => &[(Together::Giving, Role::Signer)],
            _ => &[],
        };
        let mut open = ways.iter().filter(|(_, role)| staff.has(*role)).map(|(together, _)| *together);
        open.find(|together| cards.iter().any(|card| together.takes(staff, &card.letter)))
    }

    /// Whether this letter can be among them.
    fn takes(self, staff: &Staff, letter: &Letter) -> bool {
        let acts: &[Act] = match self {
            Together::Review => &[Act::Register],
            Together::Referral => &[Act::Refer],
            Together::Sharing => &[Act::HandOver, Act::Refer],
            Together::Giving => &[Act::HandOver],
        };
        letters::open_acts(staff, letter, false).iter().any(|act| acts.contains(act))
    }
}

/// A page of that part of the tray: the one that is wanted, or the one around `current`, whose row is marked.
pub async fn list(
    tx: &mut Tx,
    page: &Page,
    staff: &Staff,
    wanted: &Wanted,
    current: Option<&Letter>,
) -> Result<List, Problem> {
    let (tray, sieve, query) = (wanted.tray, &wanted.sieve, &wanted.query);
    let open = trays::of(staff);
    let counts = letters::tray_counts(tx, staff, &open).await?;
    let part = match current {
        Some(letter) => letters::tray_beside(tx, staff, tray, sieve, wanted.after.as_ref(), letter).await?,
        None => letters::tray(tx, staff, tray, sieve, wanted.after.as_ref()).await?,
    };
    let before = letters::page_before(tx, staff, tray, sieve, &part).await?;
    let TrayPage { cards, after, next, .. } = part;
    let wanted = wanted.page(after);
    let current = current.map(|letter| &letter.id);
    let near = deadlines::near(tx, page.now).await?;
    let together = Together::of(staff, tray, &cards);
    let row = |card: Card| {
        let can_select = together.is_some_and(|together| together.takes(staff, &card.letter));
        let url = wanted.letter(staff, &card.letter);
        Row { can_select, url, ..row(page, near, tray, card, current) }
    };
    let rows: Vec<Row> = cards.into_iter().map(row).collect();
    let (label, empty) = trays::words_of(tray);
    let page_at = |across: &Across| wanted.page(across.after.clone()).link();
    let lead = |across: Option<&Across>, letter, page_of_it| {
        let word = |across: &Across| page.t(if across.letter.is_some() { letter } else { page_of_it });
        across.map(|across| Lead { url: wanted.across(across), label: word(across) })
    };
    let is_cut_short = next.as_ref().is_some_and(|next| next.letter.is_none());
    Ok(List {
        carried: wanted.fields(),
        views: open.into_iter().map(|open| trays::view(page, staff, open, tray, &counts)).collect(),
        waiting: trays::waiting(staff, &counts),
        label: page.t(label),
        empty: match (sieve.is_open(), is_cut_short) {
            (true, _) => page.t(empty),
            (false, true) => page.t("tray-nothing-so-far"),
            (false, false) => page.t("tray-nothing-found"),
        },
        total: if query.is_empty() { counts.of(tray).unwrap_or(0) } else { rows.len() as u64 },
        here: wanted.link(),
        newer: wanted.after.as_ref().map(|_| wanted.page(None).link()),
        previous: before.as_ref().filter(|before| before.after.is_some()).map(page_at),
        gone_through: is_cut_short
            .then(|| page.words.a("tray-gone-through", "count", page.number(u64::from(letters::MOST_SIEVED)))),
        older: next.as_ref().map(page_at),
        across: [
            lead(before.as_ref(), "desk-previous-letter", "desk-previous-page"),
            lead(next.as_ref(), "desk-next-letter", "desk-next-page"),
        ],
        together,
        rows,
        events: links::desk_events(trays::name(tray), query, current),
        anew: wanted.after.is_none().then(|| wanted.link()),
    })
}

fn row(page: &Page, near: Moment, tray: Tray, card: Card, current: Option<&LetterId>) -> Row {
    let Card { letter, unit_name, unit_name_english, files, unseen, came_back, hand, own_due } = card;
    let at = letter.state.submission().map_or(letter.created_at, |submission| submission.at);
    Row {
        version: letter.version,
        can_select: false,
        url: links::desk_letter(&letter.id),
        is_current: current == Some(&letter.id),
        time: short_time(page, at),
        iso: page.iso(&at),
        unit: page.name_of(&unit_name, &unit_name_english).to_owned(),
        files,
        unseen,
        back: came_back.map(|back| page.t(status::word_of_back(back))),
        // An objection waits for whoever decides it, and for no hand.
        hand: (tray == Tray::Unit && !matches!(letter.state, State::Objected(..))).then(|| in_hand(page, hand)),
        pressing: beside::pressing(page, letter.priority),
        due: match own_due {
            Some(due) => Some(status::due(page, due, near)),
            None => status::clock(page, &letter.state, near).filter(|_| tray != Tray::Done),
        },
        status: (tray != Tray::Review).then(|| status::status(page, &letter.state)),
        who: letter.content.sender_name,
        subject: letter.content.subject,
        id: letter.id,
    }
}

/// Whose letter it is among those of a unit, so that what nobody has taken is seen at once.
fn in_hand(page: &Page, name: Option<String>) -> String {
    match name {
        Some(name) => page.words.a("tray-hand", "name", name),
        None => page.t("tray-no-hand").to_owned(),
    }
}

/// Today the hour is enough, yesterday the word, else the day.
pub fn short_time(page: &Page, at: Moment) -> String {
    let today = start_of_tehran_day(page.now.0);
    if at.0 >= today {
        page.clock(&at)
    } else if at.0 >= start_of_tehran_day(today - 1) {
        page.t("desk-yesterday").to_owned()
    } else {
        page.day(&at)
    }
}

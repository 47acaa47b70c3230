//! An archive: forty units with their people and as many letters as one wants, in all states, over ten years. They are written row by
//! row, then indexed for the search and counted for the reports by the rooms themselves.

mod course;
mod rows;

use std::collections::BTreeMap;
use std::time::Duration;

use pishkhan_office::accounts::sessions::Holder;
use pishkhan_office::accounts::staff::{self, NewPost};
use pishkhan_office::actor::Role;
use pishkhan_office::ids::{LetterId, RegisterId, SenderId, StaffId, UnitId};
use pishkhan_office::organisations::{self, Particulars};
use pishkhan_office::persian::calendar::jalali_year;
use pishkhan_office::persian::{Language, TrackingCode};
use pishkhan_office::registry::{self, Direction, RegisterParticulars};
use pishkhan_office::units::{self, UnitParticulars};
use pishkhan_office::words::Words;
use pishkhan_office::{Tx, receipts, reports, search};

use crate::Outcome;
use crate::house::{HOST, House, organisation};
use crate::paper;
use crate::people::Browser;
use course::Course;
use rows::Written;

const UNITS: usize = 40;
/// How many letters are written in one transaction.
const STEP: u64 = 5_000;
/// How many letters a sender has.
const EACH: u64 = 20;

/// Who reads the archive.
pub struct Readers {
    pub reviewer: Browser,
    /// Of one unit of the forty.
    pub officer: Browser,
    /// A word that stands in every letter, one that stands in few, and the number of one letter.
    pub sought: [(&'static str, String); 3],
}

struct Organisation {
    units: Vec<UnitId>,
    register: RegisterId,
    reviewer: StaffId,
    /// Officer and signer of the first unit.
    officer: StaffId,
}

/// Fills a house in which nothing is.
pub async fn fill(house: &House, letters: u64) -> Outcome<Readers> {
    let mut tx = house.begin().await?;
    let there = found(&mut tx).await?;
    tx.commit().await?;
    let numbers = write_letters(house, &there, letters).await?;
    search::catch_up(&house.db, &house.clock, &organisation()).await?;
    reports::round(&house.db, &house.clock).await?;
    let mut tx = house.begin().await?;
    let reviewer = Browser::of(&mut tx, house, &Holder::Staff(there.reviewer)).await?;
    let officer = Browser::of(&mut tx, house, &Holder::Staff(there.officer)).await?;
    tx.commit().await?;
    let (subject, _) = paper::subject_and_text();
    let common = subject.split_whitespace().next().unwrap_or_default().to_owned();
    let number = numbers.into_iter().last().ok_or("no letter has a number")?;
    Ok(Readers {
        reviewer,
        officer,
        sought: [("a common word", common), ("a rare word", rare(7)), ("a number", number)],
    })
}

async fn found(tx: &mut Tx) -> Outcome<Organisation> {
    let words = Words::of(Language::Persian);
    let particulars = Particulars {
        name: words.t("history-letters").to_owned(),
        name_english: "Bench".to_owned(),
        base_url: format!("http://{HOST}"),
        other_hosts: Some(Vec::new()),
    };
    organisations::add(tx, &particulars).await?;
    let book = RegisterParticulars {
        name: "bench".to_owned(),
        template: "{prefix}/{n}".to_owned(),
        prefix: "B".to_owned(),
        direction: Direction::LeftToRight,
    };
    let register = registry::add(tx, &book).await?.id;
    let mut found = Vec::new();
    for number in 0..UNITS {
        let unit = UnitParticulars {
            name: format!("{} {number}", words.t("draft-company")),
            name_english: format!("Unit {number}"),
            code: number.to_string(),
            register: register.clone(),
            parent: None,
            needs_signature: false,
            outgoing_register: None,
        };
        found.push(units::add(tx, &unit).await?.id);
    }
    let post = |role, unit| NewPost { unit, title: "bench".to_owned(), role };
    let (reviewer, _) =
        staff::invite(tx, "reviewer@example.org", words.t("draft-person"), &[post(Role::Reviewer, None)]).await?;
    let first = found.first().cloned();
    let posts = [post(Role::Officer, first.clone()), post(Role::Signer, first)];
    let (officer, _) = staff::invite(tx, "officer@example.org", words.t("draft-person"), &posts).await?;
    Ok(Organisation { units: found, register, reviewer, officer })
}

/// Writes all letters, with what belongs to them; answers the last numbers of the books.
async fn write_letters(house: &House, there: &Organisation, letters: u64) -> Outcome<Vec<String>> {
    let (subject, body) = paper::subject_and_text();
    let now = house.clock.now().minus(Duration::from_mins(1));
    let mut books: BTreeMap<i64, i64> = BTreeMap::new();
    let mut sender = SenderId::random();
    let mut tx = house.begin().await?;
    for index in 0..letters {
        if index > 0 && index.is_multiple_of(STEP) {
            tx.commit().await?;
            tx = house.begin().await?;
        }
        if index.is_multiple_of(EACH) {
            sender = SenderId::random();
            let mobile = format!("+98912{:07}", index / EACH);
            rows::insert_sender(&mut tx, sender.as_str(), &mobile, subject).await?;
        }
        let course = Course::of(index, letters, now);
        let year = i64::from(jalali_year(course.submitted.0));
        let number = if course.is_registered() {
            let last = books.entry(year).or_default();
            *last += 1;
            *last
        } else {
            0
        };
        let id = LetterId::random();
        let letter = Written {
            id: &id,
            sender: sender.as_str(),
            unit: &there.units[course.one_of(UNITS)],
            name: subject,
            subject: &format!("{subject} {}", rare(index)),
            body: &body,
            staff: if course.one_of(UNITS) == 0 { there.officer.as_str() } else { there.reviewer.as_str() },
            number: format!("B/{year}-{number}"),
            receipt: receipts::new_code(),
            tracking: TrackingCode::from_random(index),
        };
        rows::insert_letter(&mut tx, &course, &letter).await?;
        rows::insert_file(&mut tx, &course, &id).await?;
        if course.is_registered() {
            rows::insert_entry(&mut tx, &course, &letter, &there.register, (year, number)).await?;
        }
        if course.is_referred() {
            let to = &there.units[(course.one_of(UNITS) + 1) % UNITS];
            rows::insert_referral(&mut tx, &course, &id, to).await?;
        }
    }
    for (year, last) in &books {
        rows::insert_counter(&mut tx, &there.register, *year, *last).await?;
    }
    tx.commit().await?;
    Ok(books.into_iter().map(|(year, last)| format!("B/{year}-{last}")).collect())
}

/// A word that some dozens of letters have, however many there are.
fn rare(index: u64) -> String {
    format!("bench{}", index / 30)
}

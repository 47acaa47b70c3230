//! An archive: forty units with their people and as many letters as one wants, in all states, over ten years. They are written row by
//! row, then indexed for the search and counted for the reports by the rooms themselves.

mod course;
mod founding;
mod rows;

use std::collections::BTreeMap;
use std::time::Duration;

use pishkhan_office::accounts::sessions::Holder;
use pishkhan_office::accounts::staff;
use pishkhan_office::ids::{LetterId, SenderId};
use pishkhan_office::persian::TrackingCode;
use pishkhan_office::persian::calendar::jalali_year;
use pishkhan_office::{receipts, registry, reports, search};

use self::course::Course;
use self::founding::Organisation;
use self::rows::Written;
pub use self::rows::look_at_all;
use crate::Outcome;
use crate::house::House;
use crate::paper;
use crate::people::Browser;

/// How many letters are written in one transaction.
const STEP: usize = 20_000;
/// How many are indexed in one, the newest first: as a server does it after an update, so that the index has the shape of theirs.
const INDEXED: usize = 50;
/// How many letters a sender has.
const EACH: u64 = 20;
/// How many letters have the same rare word, wherever there are that many.
const RARE: u64 = 30;

/// Who reads the archive, and what they look for.
pub struct Readers {
    pub reviewer: Browser,
    /// Officer and signer of one unit of the forty.
    pub officer: Browser,
    /// What it is, and how it is typed.
    pub sought: Vec<(&'static str, String)>,
}

/// Fills a house in which nothing is.
pub async fn fill(house: &House, letters: u64) -> Outcome<()> {
    let mut tx = house.begin().await?;
    let there = founding::found(&mut tx).await?;
    rows::take_room(&mut tx).await?;
    let indexes = rows::take_indexes(&mut tx).await?;
    tx.commit().await?;
    let written = write_letters(house, &there, letters).await?;
    let mut tx = house.begin().await?;
    rows::insert_files_and_events(&mut tx).await?;
    rows::give_indexes(&mut tx, indexes).await?;
    tx.commit().await?;
    for step in written.rchunks(INDEXED) {
        let mut tx = house.begin().await?;
        for letter in step.iter().rev() {
            search::index(&mut tx, letter).await?;
        }
        tx.commit().await?;
    }
    // Acts bring one letter at a time, and leave an index of many small pieces.
    for letter in written.iter().rev().take(usize::try_from(course::open_of(letters))?) {
        let mut tx = house.begin().await?;
        search::index(&mut tx, letter).await?;
        tx.commit().await?;
    }
    reports::round(&house.db, &house.clock).await?;
    let mut tx = house.begin().await?;
    look_at_all(&mut tx).await?;
    Ok(tx.commit().await?)
}

/// How many letters it has.
pub async fn size(house: &House) -> Outcome<i64> {
    rows::count_letters(&mut house.begin().await?).await
}

/// Signs in whoever reads an archive that was filled.
pub async fn readers(house: &House) -> Outcome<Readers> {
    let mut tx = house.begin().await?;
    let year = i64::from(jalali_year(house.clock.now().0));
    let register = registry::list(&mut tx).await?.into_iter().next().ok_or("there is no register")?;
    let last = registry::last_number(&mut tx, &register.id, year).await?;
    let mut browsers = Vec::new();
    for email in [founding::REVIEWER, founding::OFFICER] {
        let member = staff::find_by_email(&mut tx, email).await?.ok_or("nobody reads here")?;
        browsers.push(Browser::of(&mut tx, house, &Holder::Staff(member.staff.id)).await?);
    }
    tx.commit().await?;
    let common = paper::subject().split_whitespace().next().unwrap_or_default();
    let sought = vec![
        ("a common word", common.to_owned()),
        ("a common and a rare word", format!("{common} {}", rare(RARE))),
        ("a rare word", rare(RARE)),
        ("two that never meet", SEVENTH.join(" ")),
        ("a number", number(year, last / 2 + 1)),
    ];
    let officer = browsers.pop().ok_or("nobody answers")?;
    let reviewer = browsers.pop().ok_or("nobody reviews")?;
    Ok(Readers { reviewer, officer, sought })
}

/// Writes all letters, each with its entry, its referral, and now and then a sender; answers them in their order.
async fn write_letters(house: &House, there: &Organisation, letters: u64) -> Outcome<Vec<LetterId>> {
    // A short text: what a page costs is not told by it, and a long one makes the archive larger than a disk may be.
    let (subject, body) = (paper::subject(), paper::sentences());
    let now = house.clock.now().minus(Duration::from_mins(1));
    let mut books: BTreeMap<i64, i64> = BTreeMap::new();
    let mut written = Vec::new();
    let mut sender = SenderId::random();
    let mut tx = house.begin().await?;
    for index in 0..letters {
        if !written.is_empty() && written.len().is_multiple_of(STEP) {
            tx.commit().await?;
            tx = house.begin().await?;
        }
        if index.is_multiple_of(EACH) {
            sender = SenderId::random();
            let mobile = format!("+98912{:07}", index / EACH);
            rows::insert_sender(&mut tx, sender.as_str(), &mobile, subject).await?;
        }
        let course = Course::of(index, letters, now);
        let unit = course.unit(there.units.len());
        let year = i64::from(jalali_year(course.submitted.0));
        let place = course.is_registered().then(|| {
            let last = books.entry(year).or_default();
            *last += 1;
            *last
        });
        let id = LetterId::random();
        let letter = Written {
            id: &id,
            sender: sender.as_str(),
            unit: &there.units[unit],
            name: subject,
            subject: &format!("{subject} {}{}", rare(index), seventh(index)),
            body: &body,
            staff: if unit == 0 { there.officer.as_str() } else { there.reviewer.as_str() },
            number: place.map(|place| number(year, place)),
            receipt: receipts::new_code(),
            tracking: TrackingCode::from_random(index),
        };
        rows::insert_letter(&mut tx, &course, &letter).await?;
        if let Some(place) = place {
            rows::insert_entry(&mut tx, &course, &letter, &there.register, (year, place)).await?;
        }
        if course.is_referred() {
            let to = &there.units[(unit + 1) % there.units.len()];
            rows::insert_referral(&mut tx, &course, &id, to).await?;
        }
        written.push(id);
    }
    for (year, last) in &books {
        rows::insert_counter(&mut tx, &there.register, *year, *last).await?;
    }
    tx.commit().await?;
    Ok(written)
}

fn number(year: i64, place: i64) -> String {
    format!("B/{year}-{place}")
}

/// A word that some dozens of letters have, however many there are.
fn rare(index: u64) -> String {
    format!("rare{}", index / RARE)
}

/// Words of which one letter in seven has one, and none has both.
const SEVENTH: [&str; 2] = ["third", "fifth"];

fn seventh(index: u64) -> String {
    let of = match index % 7 {
        3 => SEVENTH.first(),
        5 => SEVENTH.last(),
        _ => None,
    };
    of.map(|word| format!(" {word}")).unwrap_or_default()
}

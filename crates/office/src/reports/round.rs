//! Keeping the figures up with the letters: what has changed since the last round is taken back as it was counted, and counted
//! as it is now.
//!
//! The acts write nothing for it: a row of sums that every act writes to would make them wait for each other.

use std::time::Duration;

use pishkhan_courier::outbox;
use pishkhan_persian::calendar::start_of_tehran_day;
use pishkhan_store::{Clock, Db, Moment, OrganisationId, Result, Tx};

use super::Period;
use super::facts::Sums;
use super::rows::{self, Changed, Messages, messages};
use crate::organisations;

/// How long before the last counted change a round looks again: an act that began earlier may have been committed later, and the
/// clocks of two nodes differ. What it finds counted it passes over.
const OVERLAP: Duration = Duration::from_mins(10);
/// How many letters are counted in one transaction.
const BATCH: u32 = 200;
const DAY: Duration = Duration::from_hours(24);

/// Counts what has changed, in every organisation.
pub async fn round(db: &Db, clock: &Clock) -> Result<()> {
    let house = OrganisationId::house();
    let all = organisations::list(&mut db.read(&house, clock.now()).await?).await?;
    for organisation in all {
        count_letters(db, clock, &organisation.id).await?;
        count_messages(db, clock, &organisation.id).await?;
    }
    Ok(())
}

async fn count_letters(db: &Db, clock: &Clock, organisation: &OrganisationId) -> Result<()> {
    let counted_until = rows::counted_until(&mut db.read(organisation, clock.now()).await?).await?;
    let mut after = (counted_until.map_or(i64::MIN, |at| at.minus(OVERLAP).0), String::new());
    loop {
        let changed = rows::changed(&mut db.read(organisation, clock.now()).await?, place(&after), BATCH).await?;
        let Some(last) = changed.last() else { return Ok(()) };
        let next = (last.at, last.id.to_string());
        if changed.iter().any(Changed::is_news) {
            let mut tx = db.begin(organisation, clock.now()).await?;
            count_batch(&mut tx, &after, last.at).await?;
            tx.commit().await?;
        }
        if changed.len() < BATCH as usize {
            return Ok(());
        }
        after = next;
    }
}

fn place(after: &(i64, String)) -> (i64, &str) {
    (after.0, &after.1)
}

/// Counts a batch. It is read again behind the lock, since another node may have counted it meanwhile.
async fn count_batch(tx: &mut Tx, after: &(i64, String), last: i64) -> Result<()> {
    rows::note_counted_until(tx, last).await?;
    let changed = rows::changed(tx, place(after), BATCH).await?;
    let mut sums = Sums::new();
    for letter in changed.iter().filter(|letter| letter.is_news()) {
        if let Some(counted) = &letter.counted {
            counted.add_to(&mut sums, -1);
        }
        letter.facts.add_to(&mut sums, 1);
        rows::note_counted(tx, &letter.id, &letter.facts).await?;
    }
    for (cell, change) in &sums {
        let mut figures = rows::kept_figures(tx, cell).await?;
        figures.add(change);
        rows::keep_figures(tx, cell, &figures).await?;
    }
    match changed.last() {
        Some(last) => rows::note_counted_until(tx, last.at).await,
        None => Ok(()),
    }
}

/// For so many days a phone's network may still tell that a message has arrived.
const DELIVERY_DAYS: u32 = 3;

/// Counts the messages of the last days again, and those of days that nobody has counted.
async fn count_messages(db: &Db, clock: &Clock, organisation: &OrganisationId) -> Result<()> {
    let now = clock.now();
    let mut tx = db.read(organisation, now).await?;
    let lately = Moment(start_of_tehran_day(now.0)).plus(DAY / 2).minus(DAY * DELIVERY_DAYS);
    let begin = match messages::last_day(&mut tx).await? {
        Some(last) if last >= Period::day(lately) => Some(lately),
        // The server stood still for days, or counts for the first time.
        Some(last) => Some(day_after(now, last)),
        None => outbox::first_sending(&mut tx).await?,
    };
    drop(tx);
    let Some(begin) = begin else { return Ok(()) };
    let mut day = start_of_tehran_day(begin.0);
    while day <= now.0 {
        let next = start_of_tehran_day(Moment(day).plus(DAY + DAY / 2).0);
        count_messages_of(db, clock, organisation, (Moment(day), Moment(next))).await?;
        day = next;
    }
    Ok(())
}

/// A moment of the first day that may have to be counted again, going back from now.
fn day_after(now: Moment, last: Period) -> Moment {
    let mut noon = Moment(start_of_tehran_day(now.0)).plus(DAY / 2);
    while Period::day(noon) > last {
        noon = noon.minus(DAY);
    }
    noon
}

async fn count_messages_of(
    db: &Db,
    clock: &Clock,
    organisation: &OrganisationId,
    (from, until): (Moment, Moment),
) -> Result<()> {
    let mut tx = db.read(organisation, clock.now()).await?;
    let day = Period::day(from);
    let ends = outbox::ended_between(&mut tx, from, until).await?;
    let messages = Messages { sent: ends.sent, delivered: ends.delivered, parked: ends.parked };
    let is_kept =
        messages::by_day(&mut tx, day, day).await?.pop().map(|(_, kept)| kept).unwrap_or_default() == messages;
    drop(tx);
    if is_kept {
        return Ok(());
    }
    let mut tx = db.begin(organisation, clock.now()).await?;
    messages::keep(&mut tx, day, messages).await?;
    tx.commit().await
}

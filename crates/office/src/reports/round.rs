//! Keeping the figures up with the letters: what has changed since the last round is taken back as it was counted, and counted
//! as it is now.
//!
//! The acts write nothing for it: a row of sums that every act writes to would make them wait for each other.

use std::time::Duration;

use pishkhan_store::{Clock, Db, Moment, OrganisationId, Result, Tx};

use super::facts::Sums;
use super::rows::messages::{self, ChangedMessage};
use super::rows::{self, Changed};
use crate::organisations;

/// How long before the last counted change a round looks again: an act that began earlier may have been committed later, and the
/// clocks of two nodes differ. What it finds counted it passes over.
const OVERLAP: Duration = Duration::from_mins(10);
/// How many letters are counted in one transaction.
const BATCH: u32 = 200;

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
        if is_elsewhere(letter) {
            let about = messages::of_letter(tx, &letter.id).await?;
            add_messages(tx, &about, &mut sums).await?;
        }
    }
    keep(tx, &sums).await?;
    match changed.last() {
        Some(last) => rows::note_counted_until(tx, last.at).await,
        None => Ok(()),
    }
}

/// Whether its messages belong elsewhere now, or are counted for the first time.
fn is_elsewhere(letter: &Changed) -> bool {
    let now = &letter.facts;
    letter.counted.as_ref().is_none_or(|was| was.acting != now.acting || was.classification != now.classification)
}

/// Counts the messages whose fate has changed, of letters that are counted; those of the others are counted with their letter.
async fn count_messages(db: &Db, clock: &Clock, organisation: &OrganisationId) -> Result<()> {
    let counted_until = messages::counted_until(&mut db.read(organisation, clock.now()).await?).await?;
    let counted_until = counted_until.map_or(0, |at| at.0);
    // What has only ever waited changed at 0, and is passed over.
    let mut after = (Moment(counted_until).minus(OVERLAP).0.max(1), String::new());
    loop {
        let changed = messages::changed(&mut db.read(organisation, clock.now()).await?, place(&after), BATCH).await?;
        let Some(last) = changed.last() else { return Ok(()) };
        let next = (last.at, last.id.clone());
        if last.at > counted_until || changed.iter().any(ChangedMessage::is_news) {
            let mut tx = db.begin(organisation, clock.now()).await?;
            count_message_batch(&mut tx, &after, last.at).await?;
            tx.commit().await?;
        }
        if changed.len() < BATCH as usize {
            return Ok(());
        }
        after = next;
    }
}

/// Counts a batch of messages, read again behind the lock.
async fn count_message_batch(tx: &mut Tx, after: &(i64, String), last: i64) -> Result<()> {
    messages::note_counted_until(tx, last).await?;
    let changed = messages::changed(tx, place(after), BATCH).await?;
    let mut sums = Sums::new();
    add_messages(tx, &changed, &mut sums).await?;
    keep(tx, &sums).await
}

/// Adds to the sums what is new of these messages, and notes that it is counted.
async fn add_messages(tx: &mut Tx, changed: &[ChangedMessage], sums: &mut Sums) -> Result<()> {
    for message in changed.iter().filter(|message| message.is_news()) {
        if let Some(counted) = &message.counted {
            counted.add_to(sums, -1);
        }
        if let Some(facts) = &message.facts {
            facts.add_to(sums, 1);
        }
        messages::note_counted(tx, message).await?;
    }
    Ok(())
}

async fn keep(tx: &mut Tx, sums: &Sums) -> Result<()> {
    for (cell, change) in sums {
        let mut figures = rows::kept_figures(tx, cell).await?;
        figures.add(change);
        rows::keep_figures(tx, cell, &figures).await?;
    }
    Ok(())
}

//! Sleep: an account whose number may be somebody else's by now. Nobody signs in to it, and no message goes out about its letters,
//! until it is woken: then everything that it has comes into the account of whoever proved that it is theirs (TH08).

use pishkhan_courier::outbox;
use pishkhan_persian::Mobile;
use pishkhan_store::{Result, Tx};

use super::{Here, Sender, rows};
use crate::accounts::email;
use crate::accounts::sessions::{self, Holder};
use crate::dispatch;
use crate::ids::SenderId;
use crate::ledger::{self, Event, Who};
use crate::rules::Rules;
use crate::search;

/// The account of this number that should sleep: nobody was here for too long, and there is something in it.
pub(super) async fn idle(tx: &mut Tx, rules: &Rules, mobile: &Mobile) -> Result<Option<SenderId>> {
    let least = Here::at_least(rules, tx.now());
    rows::find_idle(tx, mobile, least).await
}

/// Puts the account of this number to sleep if it should.
pub(super) async fn if_idle(tx: &mut Tx, rules: &Rules, mobile: &Mobile) -> Result<()> {
    match idle(tx, rules, mobile).await? {
        Some(idle) => fall_asleep(tx, &idle, &Who::Time, "").await,
        None => Ok(()),
    }
}

/// From now on nobody is signed in to this account; its letters tell since when, and why. An empty reason: it was idle.
pub(super) async fn fall_asleep(tx: &mut Tx, id: &SenderId, who: &Who, reason: &str) -> Result<()> {
    // Before the account, as whoever types such a code takes them.
    email::forget_email_code(tx, id).await?;
    let closed_at = (*who != Who::Time).then_some(tx.now());
    if !rows::put_to_sleep(tx, id, closed_at).await? {
        return Ok(());
    }
    sessions::end_all(tx, &Holder::Sender(id.clone())).await?;
    dispatch::withdraw_device_news(tx, id, "the account of its recipient sleeps").await?;
    let event = Event::SenderAsleep { reason: reason.to_owned() };
    for letter in rows::submitted_letters(tx, id).await? {
        // First of all, since this holds the letter: who posts about it has done so, or waits and finds that the account sleeps.
        ledger::record_beside(tx, &letter, who, &event).await?;
        // A tracking code that still waits would open the letters to whoever has the number now.
        outbox::withdraw(tx, letter.as_str(), "the account of its recipient sleeps").await?;
    }
    Ok(())
}

/// What sleeps of this number since nobody was here is closed, too, and its letters tell by whom and why. Answers whether there was anything.
pub(super) async fn close_asleep(tx: &mut Tx, mobile: &Mobile, who: &Who, reason: &str) -> Result<bool> {
    let closed = rows::close_asleep(tx, mobile).await?;
    let event = Event::SenderAsleep { reason: reason.to_owned() };
    for id in &closed {
        for letter in rows::submitted_letters(tx, id).await? {
            ledger::record_beside(tx, &letter, who, &event).await?;
        }
    }
    Ok(!closed.is_empty())
}

/// Gives everything of an account that sleeps to one that is awake. The one that slept is gone then; events keep its id. Answers false when
/// somebody else was quicker, and then nothing is changed.
pub(super) async fn wake_into(tx: &mut Tx, asleep: &Sender, awake: &Sender, who: &Who) -> Result<bool> {
    // First of all, since two wakers wait for each other here.
    if !rows::delete_asleep(tx, &asleep.id).await? {
        return Ok(false);
    }
    let letters = rows::submitted_letters(tx, &asleep.id).await?;
    for letter in &letters {
        // Whoever reads one must know why its sender hears of it again.
        ledger::record_beside(tx, letter, who, &Event::SenderWoken).await?;
    }
    rows::give_letters(tx, &asleep.id, &awake.id).await?;
    for letter in &letters {
        // It is found by the number of now.
        search::index(tx, letter).await?;
    }
    rows::give_uploads(tx, &asleep.id, &awake.id).await?;
    if awake.name.is_empty() {
        rows::update_name(tx, &awake.id, &asleep.name, asleep.kind).await?;
    }
    Ok(true)
}

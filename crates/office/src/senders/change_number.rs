//! Changing a number: the account, its letters and its devices stay, and everything goes to another number from now on. The sender proves
//! both numbers; or, where the old one is lost, a reviewer sees who it is and the new one is proved at the counter.

use pishkhan_courier::outbox;
use pishkhan_persian::Mobile;
use pishkhan_store::{Result, StoreError, Tx};

use super::{Sender, rows, sleep};
use crate::accounts::devices;
use crate::accounts::email;
use crate::accounts::sessions::{self, Holder, Session};
use crate::accounts::sign_in;
use crate::actor::Reviewer;
use crate::dispatch;
use crate::ids::LetterId;
use crate::ledger::{self, Event, Who};
use crate::letters::{self, SaidError, said};
use crate::rules::Rules;
use crate::search;

#[derive(Debug, thiserror::Error)]
pub enum ChangeNumberError {
    /// Not both numbers are proved, or no longer; or the account has another number by now.
    #[error("the numbers are not proved")]
    Unproved,
    /// This reviewer sees no such letter, or its sender has no number to change.
    #[error("no such sender at this desk")]
    NotHere,
    /// Another account of this organisation has the new number, and there is something in it.
    #[error("the number has an account")]
    Taken,
    /// The account has known this device for too short a time.
    #[error("the device came lately")]
    Unsettled,
    /// What is wrong with the words on the paper that was seen.
    #[error(transparent)]
    Said(#[from] SaidError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Gives the account the number that was proved, on a device that didn't come lately. This device stays signed in, the others don't.
pub async fn change_number(
    tx: &mut Tx,
    rules: &Rules,
    sender: &Sender,
    session: &Session,
) -> Result<(), ChangeNumberError> {
    if devices::unsettled(tx, rules, session).await?.is_some() {
        return Err(ChangeNumberError::Unsettled);
    }
    let proved = sign_in::proved_number_change(tx, &sender.id).await?.ok_or(ChangeNumberError::Unproved)?;
    if sender.mobile.as_ref() != Some(&proved.old) {
        return Err(ChangeNumberError::Unproved);
    }
    renumber(tx, rules, sender, &proved.new, &Who::Sender(sender.id.clone()), "").await?;
    sessions::end_others(tx, session).await?;
    Ok(())
}

/// Gives the account of the sender of this letter the number that was proved at the counter; `paper` says what was seen and told there.
/// All devices are signed out: the old phone may be in anybody's hand.
pub async fn change_number_at_counter(
    tx: &mut Tx,
    rules: &Rules,
    clerk: &Reviewer,
    letter: &LetterId,
    proved: &Mobile,
    paper: &str,
) -> Result<(), ChangeNumberError> {
    let letter = letters::find_for_desk(tx, clerk, letter).await?.ok_or(ChangeNumberError::NotHere)?;
    let sender = rows::find(tx, &letter.sender).await?.filter(|sender| sender.mobile.is_some());
    let sender = sender.ok_or(ChangeNumberError::NotHere)?;
    let paper = said(paper)?;
    // Before the account, as whoever types such a code takes them.
    email::forget_email_code(tx, &sender.id).await?;
    renumber(tx, rules, &sender, proved, &Who::Staff(clerk.id.clone()), &paper).await?;
    // Whoever had the old phone may have put their own address there: the owner proves one anew.
    super::remove_email(tx, &sender).await?;
    dispatch::withdraw_device_news(tx, &sender.id, "the number and the address of its recipient may be another's")
        .await?;
    sessions::end_all(tx, &Holder::Sender(sender.id)).await?;
    Ok(())
}

async fn renumber(
    tx: &mut Tx,
    rules: &Rules,
    sender: &Sender,
    to: &Mobile,
    who: &Who,
    paper: &str,
) -> Result<(), ChangeNumberError> {
    let from = sender.mobile.as_ref().ok_or(ChangeNumberError::Unproved)?;
    if !make_room(tx, rules, to).await? {
        return Err(ChangeNumberError::Taken);
    }
    match rows::update_mobile(tx, &sender.id, from, to).await {
        Ok(true) => {}
        Ok(false) => return Err(ChangeNumberError::Unproved),
        // Somebody signed in by the new number at the same moment.
        Err(error) if error.is_taken() => return Err(ChangeNumberError::Taken),
        Err(error) => return Err(error.into()),
    }
    sign_in::forget_number_change(tx, &sender.id).await?;
    sign_in::forget_mailed(tx, from).await?;
    let event = Event::SenderNumberChanged { from: from.masked(), to: to.masked(), paper: paper.to_owned() };
    for letter in rows::submitted_letters(tx, &sender.id).await? {
        // This holds the letter: who posts about it has done so, or waits and finds the new number.
        ledger::record_beside(tx, &letter, who, &event).await?;
        // News that waits is for the person, and not for whoever has the old phone.
        outbox::readdress(tx, letter.as_str(), from.as_str(), to.as_str()).await?;
        search::index(tx, &letter).await?;
    }
    dispatch::number_changed(tx, sender, from).await?;
    Ok(())
}

/// Whether nobody has the number, or nobody any more: an account that was idle for too long falls asleep, as it would if somebody signed in
/// by the number, and one with nothing in it goes.
async fn make_room(tx: &mut Tx, rules: &Rules, mobile: &Mobile) -> Result<bool> {
    sleep::if_idle(tx, rules, mobile).await?;
    let Some(holder) = rows::find_awake(tx, mobile).await? else { return Ok(true) };
    if !rows::delete_if_empty(tx, &holder.id).await? {
        return Ok(false);
    }
    sessions::end_all(tx, &Holder::Sender(holder.id)).await?;
    Ok(true)
}

//! What a text asks for, by the ordinary acts, with its writer as their actor.

use pishkhan_persian::{Mobile, TrackingCode};
use pishkhan_store::{Result, Secret, Tx};

use super::confirmation;
use super::reply::Reply;
use super::wish::Wish;
use crate::accounts::limits::{self, DAY, Over, Taken};
use crate::ids::LetterId;
use crate::letters::{self, RateError, WithdrawError};
use crate::rules::Rules;
use crate::senders::Sender;

/// Whose number a text came from.
pub(super) struct Writer {
    pub(super) mobile: Mobile,
    /// None: the number has no account here, or one that sleeps.
    pub(super) sender: Option<Sender>,
}

/// Does what is asked, and says what is answered; None is silence.
pub(super) async fn answer(
    tx: &mut Tx,
    secret: &Secret,
    rules: &Rules,
    writer: &Writer,
    wish: &Wish,
) -> Result<Option<Reply>> {
    match wish {
        Wish::Status(code) => status(tx, code).await.map(Some),
        Wish::Mistyped => Ok(Some(Reply::Unknown)),
        Wish::Withdraw(code, None) => ask_for_confirmation(tx, secret, writer, code).await.map(Some),
        Wish::Withdraw(code, Some(typed)) => withdraw(tx, secret, rules, writer, code, typed).await,
        Wish::Rate(Some(code), steps) => match own(tx, writer, code).await? {
            Some((sender, id)) => rate(tx, sender, &id, *steps).await.map(Some),
            None => Ok(Some(Reply::NotYours)),
        },
        Wish::Rate(None, steps) => rate_the_only_one(tx, secret, writer, *steps).await,
        Wish::Nothing => Ok(None),
        Wish::Unclear => help(tx, secret, writer).await,
    }
}

async fn status(tx: &mut Tx, code: &TrackingCode) -> Result<Reply> {
    let trail = letters::public_trail(tx, code).await?;
    Ok(trail.map_or(Reply::Unknown, |trail| Reply::Status(Box::new(trail.letter))))
}

/// The writer as a sender, and their letter of this code.
async fn own<'a>(tx: &mut Tx, writer: &'a Writer, code: &TrackingCode) -> Result<Option<(&'a Sender, LetterId)>> {
    let Some(sender) = &writer.sender else { return Ok(None) };
    let id = letters::tracked(tx, &sender.id, code).await?;
    Ok(id.map(|id| (sender, id)))
}

async fn ask_for_confirmation(tx: &mut Tx, secret: &Secret, writer: &Writer, code: &TrackingCode) -> Result<Reply> {
    let Some((sender, id)) = own(tx, writer, code).await? else { return Ok(Reply::NotYours) };
    let Some(letter) = letters::find_own(tx, &sender.id, &id).await? else { return Ok(Reply::NotYours) };
    if !letters::can_withdraw(&letter) {
        return Ok(Reply::CannotWithdraw);
    }
    Ok(Reply::Confirm(code.clone(), confirmation::code(tx, secret, &letter, &writer.mobile)))
}

/// Withdraws a letter if what was typed confirms it. A wrong code counts; after too many there is silence.
async fn withdraw(
    tx: &mut Tx,
    secret: &Secret,
    rules: &Rules,
    writer: &Writer,
    code: &TrackingCode,
    typed: &str,
) -> Result<Option<Reply>> {
    let Some((sender, id)) = own(tx, writer, code).await? else { return Ok(Some(Reply::NotYours)) };
    let Some(letter) = letters::find_own(tx, &sender.id, &id).await? else { return Ok(Some(Reply::NotYours)) };
    if !letters::can_withdraw(&letter) {
        return Ok(Some(Reply::CannotWithdraw));
    }
    let subject = limits::subject(secret, "codes of withdrawals", writer.mobile.as_str());
    let ceiling = rules.limits.withdrawal_codes_per_number_per_day;
    if limits::take(tx, Over::Organisation, &subject, ceiling, DAY).await? != Taken::Within {
        return Ok(None);
    }
    if !confirmation::is_right(tx, secret, &letter, &writer.mobile, typed) {
        return Ok(Some(Reply::WrongCode(code.clone())));
    }
    limits::give_back(tx, Over::Organisation, &subject).await?;
    match letters::withdraw(tx, sender, &id, letter.version, "").await {
        Ok(_) => Ok(Some(Reply::Withdrawn(code.clone()))),
        // Changed between the look and the act, for which this code is no good any more.
        Err(WithdrawError::Stale(_)) => Ok(Some(Reply::WrongCode(code.clone()))),
        Err(WithdrawError::NoLetter) => Ok(Some(Reply::NotYours)),
        Err(WithdrawError::NotOpen(_) | WithdrawError::Long) => Ok(Some(Reply::CannotWithdraw)),
        Err(WithdrawError::Store(error)) => Err(error),
    }
}

async fn rate(tx: &mut Tx, sender: &Sender, id: &LetterId, steps: u8) -> Result<Reply> {
    match letters::rate(tx, sender, id, Some(steps), "").await {
        Ok(_) => Ok(Reply::Rated),
        Err(RateError::Twice) => Ok(Reply::RatedBefore),
        Err(RateError::NoLetter) => Ok(Reply::NotYours),
        Err(RateError::NotEnded(_) | RateError::NoStep | RateError::Long | RateError::Stale(_)) => {
            Ok(Reply::CannotRate)
        }
        Err(RateError::Store(error)) => Err(error),
    }
}

/// A digit alone rates the only letter that it can be about.
async fn rate_the_only_one(tx: &mut Tx, secret: &Secret, writer: &Writer, steps: u8) -> Result<Option<Reply>> {
    let Some(sender) = &writer.sender else { return help(tx, secret, writer).await };
    match letters::unrated(tx, &sender.id).await?.as_slice() {
        [] => help(tx, secret, writer).await,
        [only] => rate(tx, sender, only, steps).await.map(Some),
        [_, ..] => Ok(Some(Reply::Which)),
    }
}

/// What can be sent, once a day to each number, so that two machines never talk to each other.
async fn help(tx: &mut Tx, secret: &Secret, writer: &Writer) -> Result<Option<Reply>> {
    let subject = limits::subject(secret, "help by text", writer.mobile.as_str());
    let taken = limits::take(tx, Over::Organisation, &subject, 1, DAY).await?;
    Ok((taken == Taken::Within).then_some(Reply::Help))
}

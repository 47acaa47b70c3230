//! Proving an e-mail address: a code comes to it, and is typed by the sender who gave it, in their own session. Until then nothing else goes
//! there. A link would be opened by scanners of mail, and by whoever was sent one by mistake.

use std::time::Duration;

use pishkhan_courier::{Message, outbox};
use pishkhan_persian::Language;
use pishkhan_store::{Moment, OrganisationId, Result, Secret, Tx};

use super::limits::{self, DAY, MINUTE, Over, Taken};
use super::rows::email_codes;
use super::seal::{is_same, sealed};
use super::sign_in::random_code;
use super::typed;
use crate::dispatch;
use crate::ids::SenderId;
use crate::rules::Rules;
use crate::senders::{self, EmailAddress, Sender};
use crate::words::Words;

/// How long a code is good: mail servers let unknown senders wait for half an hour.
const LIFE: Duration = Duration::from_hours(1);
/// How long before another one may be asked for to the same address.
const PAUSE: Duration = MINUTE;
/// The kind of message that brings one.
const KIND: &str = "email_code";

/// An address that waits for its code.
#[derive(Clone, Debug)]
pub struct PendingEmail {
    pub address: EmailAddress,
    /// When another code may be asked for.
    pub resend_at: Moment,
    /// When the code runs out; a moment in the past says that a new one is needed.
    pub expires_at: Moment,
}

/// What came of giving an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// A code is on its way to it.
    Sent,
    /// It is the address that they have proved already.
    Known,
    /// One is on its way already.
    TooEarly { until: Moment },
    /// Nothing is sent. The caller drops the transaction, so that a refused request counts nowhere.
    TooMany { until: Moment },
    /// No route carries e-mail.
    NoWay,
}

/// What a code was worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailConfirmed {
    /// Messages go to the address from now on.
    Right,
    Wrong {
        tries_left: u32,
    },
    /// No tries are left: a new code is needed.
    Dead,
    /// The code ran out: a new one is needed.
    Expired,
    /// No code was sent, or it was used.
    Unknown,
}

/// Whether an address can be given here at all.
pub async fn can_give_email(tx: &mut Tx, language: Language) -> Result<bool> {
    dispatch::has_mail(tx, KIND, language).await
}

/// Sends a code to an address. The one that they have proved goes on to get messages until the new one is proved.
pub async fn give_email(
    tx: &mut Tx,
    secret: &Secret,
    rules: &Rules,
    language: Language,
    sender: &Sender,
    address: &EmailAddress,
) -> Result<Given> {
    if !can_give_email(tx, language).await? {
        return Ok(Given::NoWay);
    }
    if sender.email.as_ref() == Some(address) {
        email_codes::forget(tx, &sender.id).await?;
        return Ok(Given::Known);
    }
    if let Some(open) = email_codes::find(tx, &sender.id).await?.filter(|open| open.address == *address) {
        let until = open.sent_at.plus(PAUSE);
        if tx.now() < until {
            return Ok(Given::TooEarly { until });
        }
    }
    let ours = limits::subject(secret, "e-mail codes of a sender", sender.id.as_str());
    let theirs = limits::subject(secret, "e-mail codes to an address", &address.as_str().to_lowercase());
    for (over, subject, ceiling) in [
        (Over::Organisation, ours, rules.limits.email_codes_per_sender_per_day),
        (Over::House, theirs, rules.limits.email_codes_per_recipient_per_day),
    ] {
        if let Taken::Over { until } = limits::take(tx, over, &subject, ceiling, DAY).await? {
            return Ok(Given::TooMany { until });
        }
    }
    let digits = random_code();
    let expires_at = tx.now().plus(LIFE);
    let hash = hash(secret, tx.organisation(), &sender.id, address, &digits);
    email_codes::put(tx, &sender.id, address, &hash, expires_at).await?;
    let words = Words::of(language);
    let said = words.plain("mail-code", &[("code", &digits)]);
    let text = dispatch::framed(tx, words, &said).await?;
    outbox::withdraw(tx, &about(&sender.id), "another code was asked for").await?;
    let message = Message {
        to: address.as_str().to_owned(),
        template: KIND,
        text,
        language,
        values: vec![("code", digits)],
        expires_at: Some(expires_at),
        about: about(&sender.id),
        hold: Duration::ZERO,
    };
    outbox::post(tx, message).await?;
    Ok(Given::Sent)
}

/// The address that waits for its code, if one does.
pub async fn pending_email(tx: &mut Tx, sender: &SenderId) -> Result<Option<PendingEmail>> {
    let found = email_codes::find(tx, sender).await?;
    Ok(found.map(|open| PendingEmail {
        address: open.address,
        resend_at: open.sent_at.plus(PAUSE),
        expires_at: open.expires_at,
    }))
}

/// Checks a code; the caller commits whatever the answer, or wrong tries would not count.
pub async fn confirm_email(
    tx: &mut Tx,
    secret: &Secret,
    rules: &Rules,
    sender: &Sender,
    code: &str,
) -> Result<EmailConfirmed> {
    let most = rules.sign_in.code_tries;
    let Some(taken) = email_codes::take_try(tx, &sender.id, most).await? else {
        return why_no_try(tx, &sender.id).await;
    };
    let typed = hash(secret, tx.organisation(), &sender.id, &taken.address, &typed::digits(code));
    if is_same(&taken.hash, &typed) && email_codes::consume(tx, &sender.id, &taken.hash).await? {
        senders::keep_email(tx, sender, &taken.address).await?;
        dispatch::email_changed(tx, sender).await?;
        return Ok(EmailConfirmed::Right);
    }
    Ok(match most.saturating_sub(u32::try_from(taken.tries).unwrap_or(u32::MAX)) {
        0 => EmailConfirmed::Dead,
        tries_left => EmailConfirmed::Wrong { tries_left },
    })
}

/// Lets the address go, proved or not: nothing goes there any more.
pub async fn remove_email(tx: &mut Tx, sender: &Sender) -> Result<()> {
    forget_email_code(tx, &sender.id).await?;
    senders::remove_email(tx, sender).await
}

/// A code that waits is worth nothing any more.
pub(crate) async fn forget_email_code(tx: &mut Tx, sender: &SenderId) -> Result<()> {
    outbox::withdraw(tx, &about(sender), "the address is not theirs to prove any more").await?;
    email_codes::forget(tx, sender).await
}

async fn why_no_try(tx: &mut Tx, sender: &SenderId) -> Result<EmailConfirmed> {
    let now = tx.now();
    Ok(match email_codes::find(tx, sender).await? {
        None => EmailConfirmed::Unknown,
        Some(open) if open.expires_at <= now => EmailConfirmed::Expired,
        Some(_) => EmailConfirmed::Dead,
    })
}

fn hash(
    secret: &Secret,
    organisation: &OrganisationId,
    sender: &SenderId,
    address: &EmailAddress,
    code: &str,
) -> String {
    sealed(secret, "e-mail code", &[organisation.as_str(), sender.as_str(), address.as_str(), code])
}

fn about(sender: &SenderId) -> String {
    format!("email:{sender}")
}

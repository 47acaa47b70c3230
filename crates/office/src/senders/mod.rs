//! Senders: the people and companies who hand in letters, each known to an organisation by a mobile number.
//!
//! A sender is made when a number is proved for the first time, not when a code is asked for, so that nothing tells known numbers
//! from unknown ones.

mod awaken;
mod change_number;
mod close_epoch;
mod email_address;
mod prove_earlier;
mod rows;
mod sender;
mod signed_in;
mod sleep;
mod withheld;

pub use awaken::{AwakenError, awaken};
pub use change_number::{ChangeNumberError, change_number, change_number_at_counter};
pub use close_epoch::{CloseEpochError, close_epoch};
pub use email_address::EmailAddress;
pub use prove_earlier::{Proof, has_earlier, prove_earlier};
pub(crate) use rows::mobile_of;
pub use sender::{Asleep, Here, Sender, SenderKind};
pub(crate) use signed_in::note_signed_in;
pub use signed_in::{SignedIn, last_sign_in};
pub use withheld::{Withheld, count_withheld, is_withheld, open_withheld, prove_withheld, withheld};

use std::time::Duration;

use pishkhan_courier::outbox;
use pishkhan_persian::text::stored_name;
use pishkhan_persian::{Language, Mobile};
use pishkhan_store::{Result, StoreError, Tx};

use crate::ids::SenderId;
use crate::rules::Rules;

/// The sender of this number, who is made on the first visit; the language counts then only. If nobody was here by this number for
/// long, the number may be somebody else's: its account goes to sleep, and a new one is made.
pub async fn find_or_make(tx: &mut Tx, rules: &Rules, mobile: &Mobile, language: Language) -> Result<Sender> {
    sleep::if_idle(tx, rules, mobile).await?;
    // Twice, since the account that has the number may get another one at this very moment.
    for _ in 0..2 {
        rows::insert_if_new(tx, &SenderId::random(), mobile, language).await?;
        let Some(sender) = rows::find_awake(tx, mobile).await? else { continue };
        if rows::note_proved(tx, &sender.id, mobile).await? {
            return Ok(Sender { here: Here::now(tx.now()), ..sender });
        }
    }
    Err(StoreError::Unreadable("sender"))
}

/// The sender of this number, if its account is awake and not due to fall asleep. Nobody is made and nothing is noted: a text proves little,
/// since anybody's number can be forged as its origin.
pub async fn known(tx: &mut Tx, rules: &Rules, mobile: &Mobile) -> Result<Option<Sender>> {
    if sleep::idle(tx, rules, mobile).await?.is_some() {
        return Ok(None);
    }
    rows::find_awake(tx, mobile).await
}

/// How long an address is there before codes for signing in go to it: whoever put theirs into a session that was left open is found out
/// first, since the number is told.
const CODES_AFTER: Duration = Duration::from_hours(3 * 24);

/// The sender of this number to whose address codes for signing in may go. Nobody is made: a code that came by e-mail proves who it is,
/// and not that the number is theirs; so it serves as long only as the number was proved lately.
pub async fn find_by_email_of(tx: &mut Tx, rules: &Rules, mobile: &Mobile) -> Result<Option<Sender>> {
    let now = tx.now();
    rows::find_by_email_of(tx, mobile, now.minus(CODES_AFTER), now.minus(rules.sign_in.sleep_after)).await
}

/// Keeps an address that was proved, in the place of the one before.
pub(crate) async fn keep_email(tx: &mut Tx, sender: &Sender, address: &EmailAddress) -> Result<()> {
    withdraw_copies(tx, sender).await?;
    rows::update_email(tx, &sender.id, address).await
}

/// Lets the address go, and what waits for it.
pub(crate) async fn remove_email(tx: &mut Tx, sender: &Sender) -> Result<()> {
    withdraw_copies(tx, sender).await?;
    rows::delete_email(tx, &sender.id).await
}

/// What waits for the address that was the sender's until now never goes there.
async fn withdraw_copies(tx: &mut Tx, sender: &Sender) -> Result<()> {
    let Some(email) = &sender.email else { return Ok(()) };
    for letter in rows::submitted_letters(tx, &sender.id).await? {
        outbox::withdraw_from(tx, letter.as_str(), email.as_str(), "the address is not the sender's any more").await?;
    }
    Ok(())
}

/// Notes that the sender is here, so that their number stays theirs.
pub(crate) async fn note_seen(tx: &mut Tx, id: &SenderId) -> Result<()> {
    rows::note_seen(tx, id).await
}

/// A sender without a mobile, for somebody who came to the counter; nobody can sign in as them.
pub async fn make_without_mobile(tx: &mut Tx, language: Language) -> Result<Sender> {
    let sender = Sender {
        id: SenderId::random(),
        mobile: None,
        asleep: None,
        name: String::new(),
        kind: SenderKind::default(),
        language,
        email: None,
        here: Here::now(tx.now()),
    };
    rows::insert_without_mobile(tx, &sender).await?;
    Ok(sender)
}

/// Lets a sender without a mobile go; the caller has given all their letters away.
pub(crate) async fn remove_without_mobile(tx: &mut Tx, id: &SenderId) -> Result<()> {
    rows::delete_without_mobile(tx, id).await
}

/// The sender of this id, if the transaction's organisation has one.
pub async fn find(tx: &mut Tx, id: &SenderId) -> Result<Option<Sender>> {
    rows::find(tx, id).await
}

/// Notes how the sender signs letters; the name is stored without what can't be seen.
pub async fn rename(tx: &mut Tx, id: &SenderId, name: &str, kind: SenderKind) -> Result<()> {
    rows::update_name(tx, id, &stored_name(name), kind).await
}

/// Notes in which language the sender reads pages and messages.
pub async fn speak(tx: &mut Tx, id: &SenderId, language: Language) -> Result<()> {
    rows::update_language(tx, id, language).await
}

//! Senders: the people and companies who hand in letters, each known to an organisation by a mobile number.
//!
//! A sender is made when a number is proved for the first time, not when a code is asked for, so that nothing tells known numbers
//! from unknown ones.

mod rows;
mod sender;

pub(crate) use rows::mobile_of;
pub use sender::{Sender, SenderKind};

use pishkhan_persian::text::stored_name;
use pishkhan_persian::{Language, Mobile};
use pishkhan_store::{Result, Tx};

use crate::ids::SenderId;

/// The sender of this number, who is made on the first visit; the language counts then only.
pub async fn find_or_make(tx: &mut Tx, mobile: &Mobile, language: Language) -> Result<Sender> {
    rows::insert_if_new(tx, &SenderId::random(), mobile, language).await?;
    rows::find_by_mobile(tx, mobile).await
}

/// A sender without a mobile, for somebody who came to the counter; nobody can sign in as them.
pub async fn make_without_mobile(tx: &mut Tx, language: Language) -> Result<Sender> {
    let sender =
        Sender { id: SenderId::random(), mobile: None, name: String::new(), kind: SenderKind::default(), language };
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

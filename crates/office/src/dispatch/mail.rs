//! E-mail, the second channel: to whoever has proved an address goes what goes to their number, in the same words and no others. It is only
//! there where a route carries it.

use pishkhan_courier::gateways::Channel;
use pishkhan_courier::{Message, outbox, routes};
use pishkhan_persian::Language;
use pishkhan_store::{Result, Tx};

use crate::organisations;
use crate::senders::Sender;
use crate::words::Words;

/// Whether a route of the organisation, or of the house, carries this kind of message by e-mail to whoever reads that language.
pub async fn has_mail(tx: &mut Tx, template: &str, language: Language) -> Result<bool> {
    Ok(routes::carrying(tx).await?.iter().any(|route| route.definition.carries(template, language, Channel::Mail)))
}

/// Posts a message to the sender's number once more, to their address; nothing where they have none, or no route carries it. Answers
/// whether it did.
pub(super) async fn copy(tx: &mut Tx, sender: &Sender, message: Message) -> Result<bool> {
    let Some(email) = &sender.email else { return Ok(false) };
    if !has_mail(tx, message.template, message.language).await? {
        return Ok(false);
    }
    let text = framed(tx, Words::of(sender.language), &message.text).await?;
    outbox::post(tx, Message { to: email.as_str().to_owned(), text, ..message }).await?;
    Ok(true)
}

/// The text of an e-mail: what a message says, whose first line becomes the subject, and who sent it.
pub(crate) async fn framed(tx: &mut Tx, words: Words, text: &str) -> Result<String> {
    let organisation = organisations::this(tx).await?;
    let name = organisation.name_in(words.language);
    Ok(words.plain("mail-frame", &[("text", text), ("organisation", name)]))
}

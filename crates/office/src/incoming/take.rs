//! Taking a text: who wrote it, whether it was told before, whether there is room for it, and then what it asks for.

use std::time::Duration;

use data_encoding::BASE64_NOPAD;
use pishkhan_courier::gateways::IncomingText;
use pishkhan_courier::routes::Route;
use pishkhan_persian::{Language, Mobile};
use pishkhan_store::{Db, Moment, OrganisationId, Result, Secret, Tx};

use super::answer::{Writer, answer};
use super::rows;
use super::wish::Wish;
use crate::accounts::limits::{self, DAY, HOUR, Over, Taken};
use crate::accounts::seal::{seal, sealed};
use crate::rules::{Limits, Rules};
use crate::words::Words;
use crate::{dispatch, organisations, senders};

/// How long it is known by its gateway's id alone that a text was told before; with its words it is known for good.
const KEPT: Duration = Duration::from_hours(30 * 24);
/// Where gateways have no ids: the same words from the same number are told twice within so long, and said twice after it.
const REPEATED: Duration = Duration::from_mins(5);

/// So much of a seal tells texts apart; all of it would take half as much room again, for good.
const HALF: usize = 16;

/// Takes a text that came by a route, does what it asks, and posts the answer. One that was taken before does nothing, however long ago it was.
pub async fn take(
    db: &Db,
    now: Moment,
    secret: &Secret,
    rules: &Rules,
    route: &Route,
    text: &IncomingText,
) -> Result<()> {
    let Some(mobile) = writer_of(text) else { return keep_signed(db, now, secret, route, text).await };
    // What a part says alone, nobody has said: the end of a long text may be a digit.
    let wish = if text.is_part { Wish::Unclear } else { Wish::read(&text.text) };
    let addressee = addressee(db, now, route, &mobile, &wish).await?;
    let mut tx = db.begin(addressee.as_ref().unwrap_or(&route.organisation), now).await?;
    if let Some(seal) = seal_for_good(secret, route, &mobile, text)
        && !rows::keep(&mut tx, route, &seal).await?
    {
        return Ok(());
    }
    let mark = mark(secret, &mobile, text);
    let since = if text.id.is_some() { now.minus(KEPT) } else { now.minus(REPEATED) };
    if !rows::note(&mut tx, route, &mark, since).await? {
        // A second call of the same text that was signed anew must not come again after the id is forgotten.
        return if text.signature.is_some() { tx.commit().await } else { Ok(()) };
    }
    let outcome = match addressee {
        Some(_) => hear(&mut tx, secret, rules, mobile, &wish).await?,
        // Noted all the same: told again once somebody knows the number, it would be answered.
        None => "nobody",
    };
    rows::note_outcome(&mut tx, route, &mark, outcome).await?;
    tx.commit().await
}

/// Forgets the texts of the transaction's organisation, or of the house, that nobody tells again in other words. Their seals stay.
pub async fn sweep(tx: &mut Tx) -> Result<()> {
    let before = tx.now().minus(KEPT);
    rows::forget(tx, before).await
}

/// The mobile number of whoever wrote: machines with short numbers or names are never answered, nor is our own line.
fn writer_of(text: &IncomingText) -> Option<Mobile> {
    let mobile = Mobile::parse(&text.from).ok()?;
    (Mobile::parse(&text.to).ok().as_ref() != Some(&mobile)).then_some(mobile)
}

/// To which organisation it was written. By a line of the house, that is the one with the letter, or else the only one that knows the number;
/// otherwise nobody could say who should answer.
async fn addressee(
    db: &Db,
    now: Moment,
    route: &Route,
    mobile: &Mobile,
    wish: &Wish,
) -> Result<Option<OrganisationId>> {
    if !route.organisation.is_house() {
        return Ok(Some(route.organisation.clone()));
    }
    let mut look = db.read(&OrganisationId::house(), now).await?;
    if let Some(code) = wish.code()
        && let Some(owner) = rows::owner_of_code(&mut look, code).await?
    {
        return Ok(Some(owner));
    }
    rows::owner_of_number(&mut look, mobile).await
}

/// By what a text is known again: its gateway's id, or else who wrote what.
fn mark(secret: &Secret, mobile: &Mobile, text: &IncomingText) -> String {
    match &text.id {
        Some(id) => format!("id {}", id.0),
        None => format!("text {}", sealed(secret, "incoming text", &[mobile.as_str(), &text.text])),
    }
}

/// Keeps the seal of a signed text that nobody is answered to, too: its writer may have put fields into their words, by which the same call,
/// cut otherwise, would be somebody else's text.
async fn keep_signed(db: &Db, now: Moment, secret: &Secret, route: &Route, text: &IncomingText) -> Result<()> {
    let Some(signature) = &text.signature else { return Ok(()) };
    let mut tx = db.begin(&route.organisation, now).await?;
    rows::keep(&mut tx, route, &seal_of_signed(secret, route, signature)).await?;
    tx.commit().await
}

/// By what a text is known again for good: by what its call was signed with, or else by all that its gateway tells of it, since gateways that
/// count may come to the same id after years, with other words. None where there is neither: people write the same words again.
fn seal_for_good(secret: &Secret, route: &Route, mobile: &Mobile, text: &IncomingText) -> Option<String> {
    if let Some(signature) = &text.signature {
        return Some(seal_of_signed(secret, route, signature));
    }
    let parts = [route.id.0.as_str(), text.id.as_ref()?.0.as_str(), mobile.as_str(), text.text.as_str()];
    Some(half(&seal(secret, "heard text", &parts)))
}

fn seal_of_signed(secret: &Secret, route: &Route, signature: &str) -> String {
    half(&seal(secret, "signed text", &[route.id.0.as_str(), signature]))
}

fn half(seal: &[u8; 32]) -> String {
    BASE64_NOPAD.encode(&seal[..HALF])
}

/// Does what is asked and posts the answer; the outcome's word. Beyond a limit, and where no answer is due, there is silence.
async fn hear(tx: &mut Tx, secret: &Secret, rules: &Rules, mobile: Mobile, wish: &Wish) -> Result<&'static str> {
    if !has_room(tx, secret, &rules.limits, &mobile).await? {
        return Ok("over");
    }
    let sender = senders::known(tx, rules, &mobile).await?;
    let writer = Writer { mobile, sender };
    let Some(reply) = answer(tx, secret, rules, &writer, wish).await? else { return Ok("silence") };
    let language = writer.sender.as_ref().map_or(Language::Persian, |sender| sender.language);
    let organisation = organisations::this(tx).await?;
    let text = reply.text(Words::of(language), organisation.host());
    dispatch::text_answered(tx, &writer.mobile, language, text).await?;
    Ok(reply.as_str())
}

/// In a day as many texts are answered as in so many hours.
const HOURS_A_DAY: u32 = 4;

/// From the narrow to the wide, as all limits are taken. A number is counted over all organisations.
async fn has_room(tx: &mut Tx, secret: &Secret, limits: &Limits, mobile: &Mobile) -> Result<bool> {
    let subject = limits::subject(secret, "texts in an hour", mobile.as_str());
    let ceiling = limits.texts_per_number_per_hour;
    let of_number = limits::take(tx, Over::House, &subject, ceiling, HOUR).await?;
    if of_number != Taken::Within {
        return Ok(false);
    }
    // Whoever forges a number has its owner written to.
    let subject = limits::subject(secret, "texts in a day", mobile.as_str());
    let of_number = limits::take(tx, Over::House, &subject, ceiling.saturating_mul(HOURS_A_DAY), DAY).await?;
    if of_number != Taken::Within {
        return Ok(false);
    }
    let ceiling = limits.texts_per_organisation_per_hour;
    let of_all = limits::take(tx, Over::Organisation, "texts in an hour", ceiling, HOUR).await?;
    if of_all != Taken::Within {
        return Ok(false);
    }
    // A day has a budget for all messages, which strangers must not spend.
    let of_day =
        limits::take(tx, Over::Organisation, "texts in a day", ceiling.saturating_mul(HOURS_A_DAY), DAY).await?;
    Ok(of_day == Taken::Within)
}

#[cfg(test)]
mod tests {
    use pishkhan_courier::gateways::GatewayId;

    use super::*;

    fn text(id: Option<&str>, from: &str, to: &str, text: &str) -> IncomingText {
        let id = id.map(|id| GatewayId(id.into()));
        IncomingText { id, from: from.into(), to: to.into(), text: text.into(), is_part: false, signature: None }
    }

    #[test]
    fn only_people_are_answered() {
        let is_person = |from: &str, to: &str| writer_of(&text(None, from, to, "5")).is_some();
        for from in ["09121234567", "989121234567", "+989121234567", "00989121234567", "۰۹۱۲۱۲۳۴۵۶۷"] {
            assert!(is_person(from, "3000"), "{from}");
        }
        for from in ["", "3000", "10008663", "HAMRAHAVAL", "02188776655", "982188776655", "+4917612345678", "0912,0913"]
        {
            assert!(!is_person(from, "3000"), "{from}");
        }
        assert!(!is_person("+989000123456", "9000123456"), "our own line");
    }

    #[test]
    fn a_text_is_known_again_and_names_nobody() {
        let (secret, mobile) = (Secret::random(), Mobile::parse("09121234567").expect("a number"));
        let mark = |id, said: &str| mark(&secret, &mobile, &text(id, "09121234567", "3000", said));
        assert_eq!(mark(None, "5"), mark(None, "5"));
        assert_ne!(mark(None, "5"), mark(None, "4"));
        assert_eq!(mark(Some("SM1"), "5"), mark(Some("SM1"), "4"));
        assert_ne!(mark(Some("SM1"), "5"), mark(Some("SM2"), "5"));
        assert!(!mark(None, "5").contains("9121234567"));
    }
}

//! The codes by which a sender's number changes: one to the number that the account has, and one to the number that it is to have; or,
//! at the counter, one to the new number only, since a clerk has seen who it is.
//!
//! Each is [named] by what it is for, and typed on its own: a right one holds as long as it would have been good, so that a slip in the
//! other costs no message.

use pishkhan_persian::{Language, Mobile};
use pishkhan_store::{Moment, Result, Secret, Tx};

use super::code::naming;
use super::confirm::{Confirmed, confirm_id};
use super::named::{self, Wanted};
use super::sends::Origin;
use super::{GRACE, Manner, Pending, Resent, code, pending_of};
use crate::accounts::Visitor;
use crate::accounts::rows::sign_ins;
use crate::ids::{LetterId, SenderId, StaffId};
use crate::rules::Rules;
use crate::senders::Sender;
use crate::words::Words;

/// Which of the two numbers a code proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// The one that the account has.
    Old,
    /// The one that it is to have.
    New,
}

/// How far one of the two codes came.
#[derive(Clone, Debug)]
pub enum CodeState {
    /// None was sent, or what was sent or typed is over.
    Unsent,
    /// It may be typed, or a new one asked for.
    Pending(Pending),
    /// It was right, and holds until then.
    Proved { until: Moment },
}

/// A change of number on its way.
#[derive(Clone, Debug)]
pub struct NumberChange {
    /// The number that the account is to have.
    pub mobile: Mobile,
    pub old: CodeState,
    pub new: CodeState,
}

/// The two numbers of a change that is proved.
#[derive(Clone, Debug)]
pub struct Proved {
    pub old: Mobile,
    pub new: Mobile,
}

impl NumberChange {
    pub fn state(&self, which: Holds) -> &CodeState {
        match which {
            Holds::Old => &self.old,
            Holds::New => &self.new,
        }
    }
}

/// Sends a code to the new number, unless that is proved already. What the old number was sent for another one is worth nothing any
/// more: it said for which number it was.
pub async fn send_new_number_code(
    tx: &mut Tx,
    secret: &Secret,
    rules: &Rules,
    manner: Manner,
    visitor: &Visitor,
    sender: &SenderId,
    mobile: &Mobile,
) -> Result<Resent> {
    let id = id_of(sender, Holds::New);
    let before = sign_ins::find(tx, &id).await?.filter(|before| before.mobile == *mobile);
    if before.is_none() {
        // In the order in which the other one holds them.
        code::forget(tx, &id).await?;
        code::forget(tx, &id_of(sender, Holds::Old)).await?;
    } else if is_proved(tx, &id).await? {
        return Ok(Resent::Sent);
    }
    let origin = Origin::Visitor(visitor);
    let wanted = Wanted { kind: "new_number_code", values: Vec::new(), origin, id: &id, mobile, manner };
    named::send(tx, secret, rules, wanted, new_text).await
}

/// Sends a code to the number that the account has, which says how the new one ends; unless it is proved already.
pub async fn send_old_number_code(
    tx: &mut Tx,
    secret: &Secret,
    rules: &Rules,
    manner: Manner,
    visitor: &Visitor,
    sender: &Sender,
) -> Result<Resent> {
    let id = id_of(&sender.id, Holds::Old);
    let Some(old) = &sender.mobile else { return Ok(Resent::Unknown) };
    // Held, so that it is the new number that this code names and no other that is typed at the same moment.
    sign_ins::hold(tx, &id_of(&sender.id, Holds::New)).await?;
    let Some(new) = sign_ins::find(tx, &id_of(&sender.id, Holds::New)).await? else { return Ok(Resent::Unknown) };
    if is_proved(tx, &id).await? {
        return Ok(Resent::Sent);
    }
    let (origin, ending) = (Origin::Visitor(visitor), ending(&new.mobile));
    let values = vec![("ending", ending.clone())];
    let wanted = Wanted { kind: "old_number_code", values, origin, id: &id, mobile: old, manner };
    let text = |language: Language, name: &str, code: &str| old_text(language, name, code, &ending);
    named::send(tx, secret, rules, wanted, text).await
}

/// The change that this sender has begun, if it may go on.
pub async fn number_change(tx: &mut Tx, rules: &Rules, sender: &SenderId) -> Result<Option<NumberChange>> {
    let (id, now) = (id_of(sender, Holds::New), tx.now());
    let begun = sign_ins::find(tx, &id).await?.filter(|begun| begun.expires_at.plus(GRACE) > now);
    let Some(begun) = begun else { return Ok(None) };
    let old = state_of(tx, rules, &id_of(sender, Holds::Old)).await?;
    let new = state_of(tx, rules, &id).await?;
    Ok(Some(NumberChange { mobile: begun.mobile, old, new }))
}

/// Checks one of the two codes; the caller commits whatever the answer, before the other one is checked: a wrong try counts, a right one
/// holds, and no two counters of numbers are held at once.
pub async fn confirm_number_code(
    tx: &mut Tx,
    secret: &Secret,
    rules: &Rules,
    visitor: &Visitor,
    sender: &SenderId,
    which: Holds,
    code: &str,
) -> Result<Confirmed> {
    confirm_id(tx, secret, rules, visitor, &id_of(sender, which), code).await
}

/// The numbers of the change, if both are proved and that still holds.
pub async fn proved_number_change(tx: &mut Tx, sender: &SenderId) -> Result<Option<Proved>> {
    let old = proved(tx, &id_of(sender, Holds::Old)).await?;
    let new = proved(tx, &id_of(sender, Holds::New)).await?;
    Ok(old.zip(new).map(|(old, new)| Proved { old, new }))
}

/// Codes that wait at the number that was the account's until now, and went by e-mail, open nothing of whoever has it next.
pub(crate) async fn forget_mailed(tx: &mut Tx, before: &Mobile) -> Result<()> {
    sign_ins::forget_mailed(tx, before).await
}

/// What was sent and typed for a change is worth nothing any more.
pub async fn forget_number_change(tx: &mut Tx, sender: &SenderId) -> Result<()> {
    code::forget(tx, &id_of(sender, Holds::New)).await?;
    code::forget(tx, &id_of(sender, Holds::Old)).await
}

/// Sends a code to the number that the sender of this letter, who stands at the counter, has now.
pub async fn send_counter_number_code(
    tx: &mut Tx,
    secret: &Secret,
    rules: &Rules,
    manner: Manner,
    clerk: &StaffId,
    letter: &LetterId,
    mobile: &Mobile,
) -> Result<Resent> {
    let (id, origin) = (id_at_counter(letter), Origin::Clerk(clerk));
    let wanted = Wanted { kind: "new_number_code", values: Vec::new(), origin, id: &id, mobile, manner };
    named::send(tx, secret, rules, wanted, counter_text).await
}

/// The code that was sent for the sender of this letter, if it may still be typed or sent again.
pub async fn pending_counter_number(tx: &mut Tx, rules: &Rules, letter: &LetterId) -> Result<Option<Pending>> {
    pending_of(tx, rules, &id_at_counter(letter)).await
}

/// Checks it; the caller commits a wrong one, too, or it would not count.
pub async fn confirm_counter_number(
    tx: &mut Tx,
    secret: &Secret,
    rules: &Rules,
    visitor: &Visitor,
    letter: &LetterId,
    code: &str,
) -> Result<Confirmed> {
    confirm_id(tx, secret, rules, visitor, &id_at_counter(letter), code).await
}

async fn state_of(tx: &mut Tx, rules: &Rules, id: &str) -> Result<CodeState> {
    let now = tx.now();
    let Some(sign_in) = sign_ins::find(tx, id).await? else { return Ok(CodeState::Unsent) };
    if !sign_in.is_used {
        return Ok(pending_of(tx, rules, id).await?.map_or(CodeState::Unsent, CodeState::Pending));
    }
    let until = sign_in.expires_at;
    Ok(if until > now { CodeState::Proved { until } } else { CodeState::Unsent })
}

/// The number whose code was right, as long as that holds.
async fn proved(tx: &mut Tx, id: &str) -> Result<Option<Mobile>> {
    let now = tx.now();
    let found = sign_ins::find(tx, id).await?;
    Ok(found.filter(|sign_in| sign_in.is_used && sign_in.expires_at > now).map(|sign_in| sign_in.mobile))
}

async fn is_proved(tx: &mut Tx, id: &str) -> Result<bool> {
    Ok(proved(tx, id).await?.is_some())
}

fn new_text(language: Language, organisation: &str, code: &str) -> String {
    let words = Words::of(language);
    let with = |name: &str| words.plain("sms-new-number-code-named", &[("code", code), ("organisation", name)]);
    naming(organisation, with, || words.plain("sms-new-number-code", &[("code", code)]))
}

fn old_text(language: Language, organisation: &str, code: &str, ending: &str) -> String {
    let words = Words::of(language);
    let with = |name: &str| {
        let places = [("code", code), ("organisation", name), ("ending", ending)];
        words.plain("sms-old-number-code-named", &places)
    };
    naming(organisation, with, || words.plain("sms-old-number-code", &[("code", code), ("ending", ending)]))
}

fn counter_text(language: Language, organisation: &str, code: &str) -> String {
    let words = Words::of(language);
    let with = |name: &str| words.plain("sms-counter-number-code-named", &[("code", code), ("organisation", name)]);
    naming(organisation, with, || words.plain("sms-counter-number-code", &[("code", code)]))
}

/// How the number ends: enough for its owner to know it by.
fn ending(mobile: &Mobile) -> String {
    let number = mobile.as_str();
    number[number.len() - 4..].to_owned()
}

fn id_of(sender: &SenderId, which: Holds) -> String {
    match which {
        Holds::Old => format!("old-number:{sender}"),
        Holds::New => format!("new-number:{sender}"),
    }
}

fn id_at_counter(letter: &LetterId) -> String {
    format!("counter-number:{letter}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::sms_parts;

    #[test]
    fn each_message_is_one_part_begins_with_the_code_and_says_whose_it_is() {
        let endless = "ن".repeat(80);
        for language in [Language::Persian, Language::English] {
            let texts = |name: &str| {
                [
                    old_text(language, name, "012345", "2233"),
                    new_text(language, name, "012345"),
                    counter_text(language, name, "012345"),
                ]
            };
            for (name, named) in [
                ("شهرداری نمونه", "شهرداری نمونه"),
                ("سازمان مدیریت و برنامه‌ریزی و هماهنگی امور شهرستان‌های استان نمونه", "سازمان مدیریت"),
                (endless.as_str(), ""),
            ] {
                for text in texts(name) {
                    assert_eq!(sms_parts(&text), 1, "{text}");
                    assert!(text.starts_with("012345") && text.contains(named), "{text}");
                }
                assert!(texts(name)[0].contains("2233"), "it says for which number it is");
            }
        }
    }

    #[test]
    fn a_number_is_known_by_its_end() {
        assert_eq!(ending(&Mobile::parse("0935 111 2233").expect("a mobile number")), "2233");
    }
}

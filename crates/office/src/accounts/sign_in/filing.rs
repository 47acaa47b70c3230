//! The code by which somebody at the counter confirms what a clerk wrote down for them.
//!
//! It is [named] by the letter: a code for a filing opens no account, and a code for signing in confirms no letter.

use pishkhan_persian::{Language, Mobile};
use pishkhan_store::{Result, Secret, Tx};

use super::code::Said;
use super::confirm::{Confirmed, confirm_id};
use super::sends::Origin;
use super::{Pending, Resent, code, named, pending_of};
use crate::accounts::Visitor;
use crate::ids::{LetterId, StaffId};
use crate::rules::Rules;
use crate::words::Words;

/// Sends a code for this letter, or a new one in the place of the old.
pub async fn send_filing_code(
    tx: &mut Tx,
    secret: &Secret,
    rules: &Rules,
    language: Language,
    clerk: &StaffId,
    letter: &LetterId,
    mobile: &Mobile,
) -> Result<Resent> {
    let say = |code: String| {
        let text = Words::of(language).plain("sms-filing-code", &[("code", &code)]);
        Said { template: "filing_code", text, language, values: vec![("code", code)] }
    };
    named::send(tx, secret, rules, Origin::Clerk(clerk), &id_of(letter), mobile, say).await
}

/// The code that was sent for this letter, if it may still be typed or sent again.
pub async fn pending_filing(tx: &mut Tx, rules: &Rules, letter: &LetterId) -> Result<Option<Pending>> {
    pending_of(tx, rules, &id_of(letter)).await
}

/// Checks a code; the caller commits whatever the answer, or wrong tries would not count.
pub async fn confirm_filing(
    tx: &mut Tx,
    secret: &Secret,
    rules: &Rules,
    visitor: &Visitor,
    letter: &LetterId,
    code: &str,
) -> Result<Confirmed> {
    confirm_id(tx, secret, rules, visitor, &id_of(letter), code).await
}

/// What was sent for this letter is worth nothing any more.
pub async fn forget_filing_code(tx: &mut Tx, letter: &LetterId) -> Result<()> {
    code::forget(tx, &id_of(letter)).await
}

fn id_of(letter: &LetterId) -> String {
    format!("filing:{letter}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::sms_parts;

    #[test]
    fn the_message_is_one_part() {
        for language in [Language::Persian, Language::English] {
            assert_eq!(sms_parts(&Words::of(language).plain("sms-filing-code", &[("code", "012345")])), 1);
        }
    }
}

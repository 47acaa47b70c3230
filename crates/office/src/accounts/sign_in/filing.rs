//! The code by which somebody at the counter confirms what a clerk wrote down for them.
//!
//! It is [named] by the letter: a code for a filing opens no account, and a code for signing in confirms no letter.

use pishkhan_persian::{Language, Mobile};
use pishkhan_store::{Result, Secret, Tx};

use super::code::naming;
use super::confirm::{Confirmed, confirm_id};
use super::named::{self, Wanted};
use super::sends::Origin;
use super::{Manner, Pending, Resent, code, pending_of};
use crate::accounts::Visitor;
use crate::ids::{LetterId, StaffId};
use crate::rules::Rules;
use crate::words::Words;

/// Sends a code for this letter, or a new one in the place of the old.
pub async fn send_filing_code(
    tx: &mut Tx,
    secret: &Secret,
    rules: &Rules,
    manner: Manner,
    clerk: &StaffId,
    letter: &LetterId,
    mobile: &Mobile,
) -> Result<Resent> {
    let (id, origin) = (id_of(letter), Origin::Clerk(clerk));
    let wanted = Wanted { kind: "filing_code", values: Vec::new(), origin, id: &id, mobile, manner };
    named::send(tx, secret, rules, wanted, text).await
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

fn text(language: Language, organisation: &str, code: &str) -> String {
    let words = Words::of(language);
    let with = |name: &str| words.plain("sms-filing-code-named", &[("code", code), ("organisation", name)]);
    naming(organisation, with, || words.plain("sms-filing-code", &[("code", code)]))
}

fn id_of(letter: &LetterId) -> String {
    format!("filing:{letter}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::sms_parts;

    #[test]
    fn the_message_is_one_part_and_says_whose_it_is() {
        let long = "سازمان مدیریت و برنامه‌ریزی و هماهنگی امور شهرستان‌های استان نمونه";
        let endless = "ن".repeat(80);
        for language in [Language::Persian, Language::English] {
            for name in ["شهرداری نمونه", long, endless.as_str()] {
                let said = text(language, name, "012345");
                assert_eq!(sms_parts(&said), 1, "{said}");
                assert!(said.starts_with("012345"), "{said}");
            }
            assert!(text(language, "شهرداری نمونه", "012345").contains("شهرداری نمونه"));
            assert!(text(language, long, "012345").contains("سازمان مدیریت"));
        }
    }
}

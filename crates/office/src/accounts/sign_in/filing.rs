//! The code by which somebody at the counter confirms what a clerk wrote down for them.
//!
//! It is a sign-in on its way of another kind: its id is the letter's, which no browser's token hashes to, and its hash is sealed
//! with that id. So a code for a filing opens no account, and a code for signing in confirms no letter; the limits of sending to a
//! number and of wrong codes are the same, and count together.

use pishkhan_persian::{Language, Mobile};
use pishkhan_store::{Result, Secret, Tx};

use super::code::Said;
use super::confirm::{Confirmed, confirm_id};
use super::sends::{self, Origin};
use super::{Pending, Resent, code, find_open, pending_of, resend_at};
use crate::accounts::Visitor;
use crate::accounts::rows::sign_ins::{self, SentCode};
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
    let id = id_of(letter);
    let open = find_open(tx, &id).await?.filter(|open| open.mobile == *mobile);
    if let Some(open) = &open {
        let until = resend_at(open, &rules.sign_in);
        if tx.now() < until {
            return Ok(Resent::TooEarly { until });
        }
    }
    let digits = code::random();
    let hash = code::hash(secret, tx.organisation(), &id, &digits);
    let expires_at = tx.now().plus(rules.sign_in.code_life);
    let sent = SentCode { id: &id, hash: &hash, expires_at };
    match open {
        Some(open) if !sign_ins::replace_code(tx, &sent, open.sends).await? => {
            // A double click: the other request has just sent one.
            return Ok(Resent::TooEarly { until: tx.now() });
        }
        Some(_) => {}
        None => {
            sign_ins::forget(tx, &id).await?;
            sign_ins::insert(tx, mobile, &sent).await?;
        }
    }
    if let Some(reached) = sends::take(tx, secret, &rules.limits, Origin::Clerk(clerk), mobile).await? {
        return Ok(Resent::TooMany { until: reached.until, why: reached.why });
    }
    let text = Words::of(language).plain("sms-filing-code", &[("code", &digits)]);
    let said = Said { template: "filing_code", text, values: vec![("code", digits)] };
    code::post(tx, mobile, &id, said, expires_at).await?;
    Ok(Resent::Sent)
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
    sign_ins::forget(tx, &id_of(letter)).await
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

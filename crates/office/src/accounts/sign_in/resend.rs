//! Asking for another code in the same sign-in.

use pishkhan_store::{Moment, Result, Secret, Tx};

use super::code::Said;
use super::sends::{self, Origin};
use super::{SignInWords, TooManyWhy, code, find_open, other_ways, resend_at};
use crate::accounts::Visitor;
use crate::accounts::rows::sign_ins::{self, SentCode};
use crate::accounts::token::SignInToken;
use crate::rules::Rules;
use crate::senders;
use crate::words::Words;

/// What came of asking for another code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resent {
    /// A new code is on its way, and the old one is dead.
    Sent,
    TooEarly {
        until: Moment,
    },
    /// Nothing is sent. The caller drops the transaction, so that a refused request counts nowhere.
    TooMany {
        until: Moment,
        why: TooManyWhy,
    },
    /// There is no such sign-in, or it was used, or it is long over.
    Unknown,
}

/// How a code comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// By SMS.
    Text,
    /// Read out over the phone, where a route can do so.
    Call,
    /// By e-mail, where a route carries it: to the address that the sender of this number has proved. Where there is none nobody gets the
    /// code, and nobody is told so (TH09).
    Mail,
}

/// Sends a new code in place of the old one. All limits of sending count again, but the pause of this sign-in binds it in place of the
/// number's minute; failures of the number stay counted.
pub async fn resend(
    tx: &mut Tx,
    secret: &Secret,
    rules: &Rules,
    words: &SignInWords<'_>,
    visitor: &Visitor,
    token: &SignInToken,
    way: Way,
) -> Result<Resent> {
    let id = token.hash();
    let Some(sign_in) = find_open(tx, &id).await? else { return Ok(Resent::Unknown) };
    if way != Way::Text && !other_ways(tx, words.language).await?.contains(&way) {
        return Ok(Resent::Unknown);
    }
    let until = resend_at(&sign_in, &rules.sign_in);
    if tx.now() < until {
        return Ok(Resent::TooEarly { until });
    }
    let digits = code::random();
    let hash = code::hash(secret, tx.organisation(), &id, &digits);
    let expires_at = tx.now().plus(rules.sign_in.code_life);
    if !sign_ins::replace_code(tx, &SentCode { id: &id, hash: &hash, expires_at }, sign_in.sends).await? {
        // A double click: the other request has just sent one.
        return Ok(Resent::TooEarly { until: tx.now() });
    }
    sign_ins::note_way(tx, &id, way == Way::Mail).await?;
    if let Some(reached) = sends::take(tx, secret, &rules.limits, Origin::Again(visitor), &sign_in.mobile).await? {
        return Ok(Resent::TooMany { until: reached.until, why: reached.why });
    }
    code::withdraw_last(tx, &id).await?;
    let (text, language) = (code::text(&rules.sign_in, words, &digits), words.language);
    match way {
        Way::Text => {
            let said = Said { template: "sign_in_code", text, language, values: code::values(words, &digits) };
            code::post(tx, &sign_in.mobile, &id, said, expires_at).await?;
        }
        Way::Call => {
            // A web service of one's own may read out the text as it is.
            let text = code::named(words, &digits);
            let said = Said { template: "sign_in_call", text, language, values: vec![("code", digits)] };
            code::post(tx, &sign_in.mobile, &id, said, expires_at).await?;
        }
        Way::Mail => {
            if let Some(sender) = senders::find_by_email_of(tx, rules, &sign_in.mobile).await? {
                // Without the line for browsers, which read it in messages only.
                let text = Words::of(language).plain("sms-code", &[("code", &digits)]);
                let said = Said { template: "sign_in_code", text, language, values: code::values(words, &digits) };
                code::post_by_mail(tx, &sender, &id, said, expires_at).await?;
            }
        }
    }
    Ok(Resent::Sent)
}

//! Asking for another code in the same sign-in.

use pishkhan_persian::Language;
use pishkhan_store::{Moment, Result, Secret, Tx};

use super::sends::{self, Origin};
use super::{SignInWords, TooManyWhy, code, find_open, resend_at};
use crate::accounts::Visitor;
use crate::accounts::rows::sign_ins::{self, SentCode};
use crate::accounts::token::SignInToken;
use crate::rules::Rules;

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

/// Sends a new code in place of the old one. All limits of sending count again; failures of the number stay counted.
pub async fn resend(
    tx: &mut Tx,
    secret: &Secret,
    rules: &Rules,
    words: &SignInWords<'_>,
    language: Language,
    visitor: &Visitor,
    token: &SignInToken,
) -> Result<Resent> {
    let id = token.hash();
    let Some(sign_in) = find_open(tx, &id).await? else { return Ok(Resent::Unknown) };
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
    if let Some(reached) = sends::take(tx, secret, &rules.limits, Origin::Visitor(visitor), &sign_in.mobile).await? {
        return Ok(Resent::TooMany { until: reached.until, why: reached.why });
    }
    let text = code::text(&rules.sign_in, words, language, &digits);
    code::post(tx, &sign_in.mobile, "sign_in_code", text, code::values(words, &digits), expires_at).await?;
    Ok(Resent::Sent)
}

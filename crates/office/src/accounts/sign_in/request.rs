//! Asking for a code.

use pishkhan_persian::Mobile;
use pishkhan_store::{Moment, Result, Secret, Tx};

use super::code::Said;
use super::sends::{self, Origin};
use super::{SignInWords, TooManyWhy, code, pending};
use crate::accounts::Visitor;
use crate::accounts::rows::sign_ins::{self, SentCode};
use crate::accounts::token::SignInToken;
use crate::rules::Rules;

/// What came of asking for a code.
#[derive(Clone, Debug)]
pub enum Requested {
    /// A code is on its way; the browser keeps the token.
    Sent(SignInToken),
    /// Nothing is sent, since a code has just gone to this number, and this browser waits for one that it can still type. The caller drops the
    /// transaction.
    Waiting,
    /// Nothing is sent. The caller drops the transaction, so that a refused request counts nowhere.
    TooMany { until: Moment, why: TooManyWhy },
}

/// Sends a code to this number; `before` is what the browser keeps of a sign-in before. The work is the same for known and unknown numbers: no
/// sender is looked for.
pub async fn request_code(
    tx: &mut Tx,
    secret: &Secret,
    rules: &Rules,
    words: &SignInWords<'_>,
    visitor: &Visitor,
    mobile: &Mobile,
    before: Option<&SignInToken>,
) -> Result<Requested> {
    if let Some(reached) = sends::take(tx, secret, &rules.limits, Origin::Stranger(visitor), mobile).await? {
        if reached.why == TooManyWhy::Minute && is_waited_for(tx, rules, before, mobile).await? {
            return Ok(Requested::Waiting);
        }
        return Ok(Requested::TooMany { until: reached.until, why: reached.why });
    }
    let token = SignInToken::random();
    let (id, digits) = (token.hash(), code::random());
    let hash = code::hash(secret, tx.organisation(), &id, &digits);
    let expires_at = tx.now().plus(rules.sign_in.code_life);
    sign_ins::insert(tx, mobile, &SentCode { id: &id, hash: &hash, expires_at }).await?;
    let text = code::text(&rules.sign_in, words, &digits);
    let said = Said { template: "sign_in_code", text, language: words.language, values: code::values(words, &digits) };
    code::post(tx, mobile, &id, said, expires_at).await?;
    Ok(Requested::Sent(token))
}

/// Whether the browser has a code to this number to type. It learns nothing that it doesn't know.
async fn is_waited_for(tx: &mut Tx, rules: &Rules, before: Option<&SignInToken>, mobile: &Mobile) -> Result<bool> {
    let Some(token) = before else { return Ok(false) };
    let now = tx.now();
    let pending = pending(tx, rules, token).await?;
    Ok(pending.is_some_and(|it| it.mobile == *mobile && it.expires_at > now && it.tries_left > 0))
}

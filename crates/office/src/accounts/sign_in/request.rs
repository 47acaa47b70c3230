//! Asking for a code.

use pishkhan_persian::Mobile;
use pishkhan_store::{Moment, Result, Secret, Tx};

use super::code::Said;
use super::sends::{self, Origin};
use super::{SignInWords, TooManyWhy, code};
use crate::accounts::Visitor;
use crate::accounts::rows::sign_ins::{self, SentCode};
use crate::accounts::token::SignInToken;
use crate::rules::Rules;

/// What came of asking for a code.
#[derive(Clone, Debug)]
pub enum Requested {
    /// A code is on its way; the browser keeps the token.
    Sent(SignInToken),
    /// Nothing is sent. The caller drops the transaction, so that a refused request counts nowhere.
    TooMany { until: Moment, why: TooManyWhy },
}

/// Sends a code to this number. The work is the same for known and unknown numbers: no sender is looked for.
pub async fn request_code(
    tx: &mut Tx,
    secret: &Secret,
    rules: &Rules,
    words: &SignInWords<'_>,
    visitor: &Visitor,
    mobile: &Mobile,
) -> Result<Requested> {
    if let Some(reached) = sends::take(tx, secret, &rules.limits, Origin::Visitor(visitor), mobile).await? {
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

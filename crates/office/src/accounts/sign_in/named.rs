//! Codes that belong to no browser: what each confirms is named by its id, to which no browser's token hashes, and its hash is sealed with
//! that id. So a code for one thing is worth nothing for another, while the limits of sending to a number and of wrong codes are the
//! same for all, and count together.

use pishkhan_persian::Mobile;
use pishkhan_store::{Result, Secret, Tx};

use super::code::Said;
use super::sends::{self, Origin};
use super::{Resent, code, find_open, resend_at};
use crate::accounts::rows::sign_ins::{self, SentCode};
use crate::rules::Rules;

/// Sends a code under this id, or a new one in the place of the old; `say` words its six digits.
pub(super) async fn send(
    tx: &mut Tx,
    secret: &Secret,
    rules: &Rules,
    origin: Origin<'_>,
    id: &str,
    mobile: &Mobile,
    say: impl FnOnce(String) -> Said,
) -> Result<Resent> {
    let open = find_open(tx, id).await?.filter(|open| open.mobile == *mobile);
    if let Some(open) = &open {
        let until = resend_at(open, &rules.sign_in);
        if tx.now() < until {
            return Ok(Resent::TooEarly { until });
        }
    }
    let digits = code::random();
    let hash = code::hash(secret, tx.organisation(), id, &digits);
    let expires_at = tx.now().plus(rules.sign_in.code_life);
    let sent = SentCode { id, hash: &hash, expires_at };
    match open {
        Some(open) if !sign_ins::replace_code(tx, &sent, open.sends).await? => {
            // A double click: the other request has just sent one.
            return Ok(Resent::TooEarly { until: tx.now() });
        }
        Some(_) => {}
        None => {
            sign_ins::forget(tx, id).await?;
            if !sign_ins::insert(tx, mobile, &sent).await? {
                return Ok(Resent::TooEarly { until: tx.now() });
            }
        }
    }
    if let Some(reached) = sends::take(tx, secret, &rules.limits, origin, mobile).await? {
        return Ok(Resent::TooMany { until: reached.until, why: reached.why });
    }
    code::withdraw_last(tx, id).await?;
    code::post(tx, mobile, id, say(digits), expires_at).await?;
    Ok(Resent::Sent)
}

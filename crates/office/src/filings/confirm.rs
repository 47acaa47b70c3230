//! The person at the counter confirms: a code goes to their mobile, and they tell it to the clerk.

use pishkhan_store::{Result, Secret, Tx};

use super::rows;
use crate::accounts::Visitor;
use crate::accounts::sign_in::{self, Confirmed, Manner, Pending, Resent};
use crate::actor::Reviewer;
use crate::ids::LetterId;
use crate::rules::Rules;

/// Sends a code for what this clerk has written, or another one in its place. `Unknown`: there is no such filing, its person
/// has no mobile, or no route brings one in that way.
pub async fn send_code(
    tx: &mut Tx,
    secret: &Secret,
    rules: &Rules,
    manner: Manner,
    clerk: &Reviewer,
    id: &LetterId,
) -> Result<Resent> {
    let filing = rows::find(tx, &clerk.id, id).await?;
    let Some(mobile) = filing.as_ref().and_then(|filing| filing.assent.mobile()) else { return Ok(Resent::Unknown) };
    sign_in::send_filing_code(tx, secret, rules, manner, &clerk.id, id, mobile).await
}

/// The code that was sent for it, for the page where it is typed.
pub async fn pending(tx: &mut Tx, rules: &Rules, id: &LetterId) -> Result<Option<Pending>> {
    sign_in::pending_filing(tx, rules, id).await
}

/// Checks the code; the caller commits whatever the answer, or wrong tries would not count.
pub async fn confirm(
    tx: &mut Tx,
    secret: &Secret,
    rules: &Rules,
    visitor: &Visitor,
    clerk: &Reviewer,
    id: &LetterId,
    code: &str,
) -> Result<Confirmed> {
    if rows::find(tx, &clerk.id, id).await?.is_none() {
        return Ok(Confirmed::Unknown);
    }
    sign_in::confirm_filing(tx, secret, rules, visitor, id, code).await
}

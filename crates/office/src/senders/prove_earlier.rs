//! Proving an earlier letter: whoever signed in with a number that was idle for long types the code of a letter that was sent by it,
//! and has all of them back.

use pishkhan_persian::{Mobile, ReceiptCode, TrackingCode};
use pishkhan_store::{Moment, Result, Secret, Tx};

use super::{Sender, rows, sleep};
use crate::accounts::limits::{self, DAY, Over, Taken};
use crate::ledger::Who;
use crate::rules::Rules;

/// What the code was worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The earlier letters are theirs again.
    Right,
    /// No earlier letter of this number has it. The try counts.
    Wrong,
    /// It is neither a receipt code nor a tracking code. It was looked for nowhere and doesn't count.
    Malformed,
    /// Too many wrong ones. The caller drops the transaction.
    TooMany { until: Moment },
    /// There are no earlier letters of this number.
    Nothing,
}

/// Whether letters were sent by this sender's number before it was theirs, as far as we know.
pub async fn has_earlier(tx: &mut Tx, sender: &Sender) -> Result<bool> {
    match &sender.mobile {
        Some(mobile) => Ok(rows::count_asleep_letters(tx, mobile).await? > 0),
        None => Ok(false),
    }
}

/// Wakes the account that the letter of this code is in, if it had the same number. The caller commits a wrong try, too, or it would
/// not count.
pub async fn prove_earlier(tx: &mut Tx, secret: &Secret, rules: &Rules, sender: &Sender, typed: &str) -> Result<Proof> {
    let Some(mobile) = &sender.mobile else { return Ok(Proof::Nothing) };
    if rows::count_asleep_letters(tx, mobile).await? == 0 {
        return Ok(Proof::Nothing);
    }
    let Some((receipt, tracking)) = codes(typed) else { return Ok(Proof::Malformed) };
    let subject = subject(secret, mobile);
    let ceiling = rules.limits.wakings_per_number_per_day;
    if let Taken::Over { until } = limits::take(tx, Over::Organisation, &subject, ceiling, DAY).await? {
        return Ok(Proof::TooMany { until });
    }
    let Some(asleep) = rows::find_asleep(tx, mobile, &receipt, &tracking).await? else { return Ok(Proof::Wrong) };
    limits::give_back(tx, Over::Organisation, &subject).await?;
    let is_woken = sleep::wake_into(tx, &asleep, sender, &Who::Sender(sender.id.clone())).await?;
    Ok(if is_woken { Proof::Right } else { Proof::Nothing })
}

/// What was typed as a receipt code and as a tracking code, of which one may be empty; None: it is neither.
pub(super) fn codes(typed: &str) -> Option<(String, String)> {
    let receipt = ReceiptCode::parse(typed).map(ReceiptCode::full).unwrap_or_default();
    let tracking = TrackingCode::parse(typed).map(|code| code.as_str().to_owned()).unwrap_or_default();
    let is_code = !receipt.is_empty() || !tracking.is_empty();
    is_code.then_some((receipt, tracking))
}

/// Under which a number's wrong codes are counted.
pub(super) fn subject(secret: &Secret, mobile: &Mobile) -> String {
    limits::subject(secret, "codes of earlier letters", mobile.as_str())
}

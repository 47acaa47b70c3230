//! Typing the code.

use std::time::Duration;

use pishkhan_persian::Mobile;
use pishkhan_store::{Moment, Result, Secret, Tx};

use super::{code, tries_left};
use crate::accounts::limits::{self, DAY, HOUR, Over, Taken};
use crate::accounts::rows::hits::Hits;
use crate::accounts::rows::sign_ins;
use crate::accounts::seal::is_same;
use crate::accounts::token::SignInToken;
use crate::accounts::{Visitor, typed};
use crate::rules::{Limits, Rules};

/// What the code was worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Confirmed {
    /// The number is proved; the code is used up.
    Right {
        mobile: Mobile,
    },
    /// The code went by e-mail and was right: it is the sender of this number, who has not proved that it is still theirs.
    RightByMail {
        mobile: Mobile,
    },
    Wrong {
        tries_left: u32,
    },
    /// No tries are left: a new code is needed.
    Dead,
    /// The code ran out: a new one is needed.
    Expired,
    /// There is no such sign-in, or it was used.
    Unknown,
    /// Too many wrong codes, for this number or from this address or network. This try was not looked at and doesn't count.
    TooMany {
        until: Moment,
    },
}

/// The counters of failures that one try may move.
struct Failures {
    number: String,
    address: String,
    network: String,
}

const HOUSE: &str = "failures of the house";

/// Checks a code; the caller commits whatever the answer, or wrong tries would not count.
///
/// The order of locks is number, address, network, sign-in, house, so that tries never wait for each other in a circle.
pub async fn confirm(
    tx: &mut Tx,
    secret: &Secret,
    rules: &Rules,
    visitor: &Visitor,
    token: &SignInToken,
    code: &str,
) -> Result<Confirmed> {
    confirm_id(tx, secret, rules, visitor, &token.hash(), code).await
}

/// The same for the sign-in, or the filing, of this id.
pub(super) async fn confirm_id(
    tx: &mut Tx,
    secret: &Secret,
    rules: &Rules,
    visitor: &Visitor,
    id: &str,
    code: &str,
) -> Result<Confirmed> {
    let Some(sign_in) = sign_ins::find(tx, id).await? else { return Ok(Confirmed::Unknown) };
    let failures = Failures {
        number: limits::subject(secret, "failures of a number", sign_in.mobile.as_str()),
        address: limits::address(secret, "failures of an address", visitor),
        network: limits::subject(secret, "failures of a network", &visitor.network()),
    };
    if let Some(until) = failures.closed_until(tx, &rules.limits).await? {
        return Ok(Confirmed::TooMany { until });
    }
    let Some((hash, tries)) = sign_ins::take_try(tx, id, rules.sign_in.code_tries).await? else {
        return why_no_try(tx, id).await;
    };
    let typed_hash = code::hash(secret, tx.organisation(), id, &typed::digits(code));
    if is_same(&hash, &typed_hash) && sign_ins::consume(tx, id, &hash).await? {
        let mobile = sign_in.mobile;
        return Ok(if sign_in.is_mailed { Confirmed::RightByMail { mobile } } else { Confirmed::Right { mobile } });
    }
    failures.count(tx, &rules.limits).await?;
    Ok(match tries_left(&rules.sign_in, tries) {
        0 => Confirmed::Dead,
        tries_left => Confirmed::Wrong { tries_left },
    })
}

async fn why_no_try(tx: &mut Tx, id: &str) -> Result<Confirmed> {
    let now = tx.now();
    Ok(match sign_ins::find(tx, id).await? {
        None => Confirmed::Unknown,
        Some(sign_in) if sign_in.is_used => Confirmed::Unknown,
        Some(sign_in) if sign_in.expires_at <= now => Confirmed::Expired,
        Some(_) => Confirmed::Dead,
    })
}

impl Failures {
    /// Until when no try is looked at. It holds the counters until the commit, so that tries at once pass one by one.
    async fn closed_until(&self, tx: &mut Tx, limits: &Limits) -> Result<Option<Moment>> {
        let now = tx.now();
        if limits.failures_per_number_per_day > 0 {
            let hits = limits::count(tx, Over::House, &self.number, 0, DAY).await?;
            let delay = delay(&hits, limits.failures_per_number_per_day);
            let until = hits.last_at.plus(delay);
            if !delay.is_zero() && until > now {
                return Ok(Some(until));
            }
        }
        for (subject, ceiling) in self.places(limits) {
            let hits = limits::count(tx, Over::House, subject, 0, HOUR).await?;
            let one_more = Hits { count: hits.count + 1, ..hits };
            if let Taken::Over { until } = one_more.against(ceiling, HOUR) {
                return Ok(Some(until));
            }
        }
        Ok(None)
    }

    /// The counters of where a try comes from, the narrow one first, with their ceilings; those that are switched off are left out (TH04).
    fn places(&self, limits: &Limits) -> impl Iterator<Item = (&str, u32)> {
        let address = (self.address.as_str(), limits.failures_per_address_per_hour);
        let network = (self.network.as_str(), limits.failures_per_network_per_hour);
        [address, network].into_iter().filter(|(_, ceiling)| *ceiling > 0)
    }

    async fn count(&self, tx: &mut Tx, limits: &Limits) -> Result<()> {
        if limits.failures_per_number_per_day > 0 {
            limits::count(tx, Over::House, &self.number, 1, DAY).await?;
        }
        for (subject, _) in self.places(limits) {
            limits::count(tx, Over::House, subject, 1, HOUR).await?;
        }
        if limits.failures_per_day > 0 {
            let hits = limits::count(tx, Over::House, HOUSE, 1, DAY).await?;
            // An alarm and no refusal: else whoever guesses badly enough could shut the door for everybody (TH04, TH05).
            if limits::is_alarming(&hits, limits.failures_per_day) {
                tracing::error!(
                    count = hits.count,
                    ceiling = limits.failures_per_day,
                    "unusually many wrong sign-in codes today: somebody may be guessing on many numbers"
                );
            }
        }
        Ok(())
    }
}

/// How long after its last failure a number rests: not at all below the ceiling, then 30 seconds, doubled each time, up to an
/// hour. A delay and no refusal, so that nobody can lock the owner out (TH05).
fn delay(hits: &Hits, ceiling: u32) -> Duration {
    match u32::try_from(hits.count - i64::from(ceiling)) {
        Ok(beyond) => HOUR.min(Duration::from_secs(30 << beyond.min(7))),
        Err(_) => Duration::ZERO,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delay_begins_at_the_ceiling_and_doubles_up_to_an_hour() {
        let seconds = |count| {
            let hits = Hits { count, window_began_at: Moment(0), last_at: Moment(0) };
            delay(&hits, 20).as_secs()
        };
        assert_eq!([0, 19, 20, 21, 22, 26, 27, 500].map(seconds), [0, 0, 30, 60, 120, 1_920, 3_600, 3_600]);
    }
}

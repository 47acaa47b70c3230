//! The limits of sending: what an SMS costs, whom it may annoy, and how much a day of fraud can cost (TH01, TH02).

use std::time::Duration;

use pishkhan_persian::Mobile;
use pishkhan_store::{Moment, Result, Secret, Tx};

use super::TooManyWhy;
use crate::accounts::Visitor;
use crate::accounts::limits::{self, DAY, HOUR, MINUTE, Over, Taken};
use crate::ids::StaffId;
use crate::organisations;
use crate::rules::Limits;

/// The counters of a day's codes.
pub(super) const OF_THE_ORGANISATION: &str = "sends of the organisation";
pub(super) const OF_THE_HOUSE: &str = "sends of the house";

/// A limit of sending that is reached.
pub(super) struct Reached {
    pub until: Moment,
    pub why: TooManyWhy,
}

/// Who has a message sent.
#[derive(Clone, Copy)]
pub(super) enum Origin<'a> {
    /// Somebody who signs in, or says so: anybody, with any number.
    Stranger(&'a Visitor),
    /// The same, for another code in place of one, after its own pause.
    Again(&'a Visitor),
    /// A sender who is in.
    Visitor(&'a Visitor),
    /// Somebody of the staff, for whoever stands before their desk. All desks of a house have one address, so it isn't counted;
    /// each clerk may send as many as a network.
    Clerk(&'a StaffId),
}

/// One limit of sending.
struct Limit {
    over: Over,
    subject: String,
    ceiling: u32,
    window: Duration,
    why: TooManyWhy,
}

/// Takes one place under every limit of sending, or answers the first that is reached; then the caller drops the transaction,
/// so that a refused message counts nowhere.
///
/// Numbers are counted over all organisations. The order is from the narrow to the wide: two requests never wait for each
/// other, and the counter that all share is held last and shortest.
pub(super) async fn take(
    tx: &mut Tx,
    secret: &Secret,
    limits: &Limits,
    origin: Origin<'_>,
    mobile: &Mobile,
) -> Result<Option<Reached>> {
    let mut alarms = Vec::new();
    let per_organisation = organisations::shares(tx, limits).await?.codes;
    for limit in in_order(secret, limits, per_organisation, origin, mobile) {
        let Limit { over, subject, ceiling, window, why } = limit;
        if ceiling == 0 || why == TooManyWhy::Block && !is_first(tx, secret, mobile).await? {
            continue;
        }
        let hits = limits::count(tx, over, &subject, 1, window).await?;
        if let Taken::Over { until } = hits.against(ceiling, window) {
            return Ok(Some(Reached { until, why }));
        }
        if matches!(why, TooManyWhy::Organisation | TooManyWhy::House) && limits::is_alarming(&hits, ceiling) {
            alarms.push((hits.count, ceiling, subject));
        }
    }
    // What a wider limit refuses is sent by nobody, and must not ring anew with each try.
    for (count, ceiling, counted_over) in alarms {
        tracing::error!(
            organisation = tx.organisation().as_str(),
            count,
            ceiling,
            counted_over,
            "unusually many sign-in messages today; no more are sent at the ceiling"
        );
    }
    Ok(None)
}

/// Whether nothing was sent to this number for an hour: one number is not many, however often it is typed.
async fn is_first(tx: &mut Tx, secret: &Secret, mobile: &Mobile) -> Result<bool> {
    let subject = limits::subject(secret, "sends in an hour", mobile.as_str());
    Ok(limits::count(tx, Over::House, &subject, 1, HOUR).await?.count == 1)
}

fn in_order(
    secret: &Secret,
    limits: &Limits,
    per_organisation: u32,
    origin: Origin<'_>,
    mobile: &Mobile,
) -> [Limit; 8] {
    let limit = |over, subject, ceiling, window, why| Limit { over, subject, ceiling, window, why };
    let number = |kind| limits::subject(secret, kind, mobile.as_str());
    let (address, network, per_address) = match origin {
        Origin::Stranger(visitor) | Origin::Again(visitor) | Origin::Visitor(visitor) => (
            limits::address(secret, "sends from an address", visitor),
            limits::subject(secret, "sends from a network", &visitor.network()),
            limits.sends_per_address_per_hour,
        ),
        Origin::Clerk(clerk) => (String::new(), format!("sends of a clerk {clerk}"), 0),
    };
    let per_minute = match origin {
        Origin::Stranger(_) => limits.sends_per_number_per_minute,
        // Whoever waits was told when to ask again, perhaps sooner. It counts for whoever begins anew.
        Origin::Again(_) if limits.sends_per_number_per_minute > 0 => u32::MAX,
        // The other codes follow each other, and the code of a sign-in: each has its own pause, and nobody has them sent who isn't in.
        Origin::Again(_) | Origin::Visitor(_) | Origin::Clerk(_) => 0,
    };
    let quarter = 15 * MINUTE;
    [
        limit(Over::House, number("sign-ins in a minute"), per_minute, MINUTE, TooManyWhy::Minute),
        limit(
            Over::House,
            number("sends in 15 minutes"),
            limits.sends_per_number_per_15_minutes,
            quarter,
            TooManyWhy::Number,
        ),
        limit(Over::House, number("sends in a day"), limits.sends_per_number_per_day, DAY, TooManyWhy::Number),
        // Whoever pumps messages types one number after the other; people's numbers lie apart.
        limit(
            Over::House,
            limits::subject(secret, "sends to a hundred numbers side by side", block(mobile)),
            limits.sends_per_hundred_numbers_per_hour,
            HOUR,
            TooManyWhy::Block,
        ),
        limit(Over::House, address, per_address, HOUR, TooManyWhy::Address),
        limit(Over::House, network, limits.sends_per_network_per_hour, HOUR, TooManyWhy::Address),
        limit(Over::Organisation, OF_THE_ORGANISATION.to_owned(), per_organisation, DAY, TooManyWhy::Organisation),
        limit(Over::House, OF_THE_HOUSE.to_owned(), limits.sends_per_day, DAY, TooManyWhy::House),
    ]
}

/// The number without its last two digits: a hundred numbers side by side.
fn block(mobile: &Mobile) -> &str {
    let number = mobile.as_str();
    &number[..number.len() - 2]
}

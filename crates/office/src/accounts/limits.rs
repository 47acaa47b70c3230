//! How often something may happen: counters in windows, each moved by one statement, so that no two visitors pass on one place.
//!
//! A limit of 0 is switched off. Acts take their limits in one fixed order, so that two of them never wait for each other.

use std::time::Duration;

use pishkhan_store::{Moment, OrganisationId, Result, Secret, Tx};

use super::rows::hits::{self, Hits};
use super::seal::sealed;
use super::visitor::Visitor;

pub(super) const MINUTE: Duration = Duration::from_mins(1);
pub(crate) const HOUR: Duration = Duration::from_hours(1);
pub(crate) const DAY: Duration = Duration::from_hours(24);

/// Over whom something is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// The transaction's organisation.
    Organisation,
    /// All organisations of the house together.
    House,
}

/// Whether there was still a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    Within,
    /// No place; the counter is open again at `until`.
    Over {
        until: Moment,
    },
}

/// Takes one of `ceiling` places in the running window, which begins with the first.
///
/// It counts beyond the ceiling too: a caller who then drops the transaction leaves nothing counted.
/// A subject that names a person goes through [`subject`] or [`address`] first.
pub async fn take(tx: &mut Tx, over: Over, subject: &str, ceiling: u32, window: Duration) -> Result<Taken> {
    if ceiling == 0 {
        return Ok(Taken::Within);
    }
    let hits = count(tx, over, subject, 1, window).await?;
    Ok(hits.against(ceiling, window))
}

/// Gives one place back, for what turned out not to count.
pub async fn give_back(tx: &mut Tx, over: Over, subject: &str) -> Result<()> {
    let organisation = over.organisation(tx);
    hits::give_back(tx, &organisation, subject).await
}

/// Forgets what was counted.
pub async fn forget(tx: &mut Tx, over: Over, subject: &str) -> Result<()> {
    let organisation = over.organisation(tx);
    hits::delete(tx, &organisation, subject).await
}

/// The name of a counter for a phone, an e-mail address or a person, from which nobody learns whose it is.
pub fn subject(secret: &Secret, kind: &str, personal: &str) -> String {
    format!("{kind} {}", sealed(secret, "subject of a limit", &[kind, personal]))
}

/// The name of a counter for a visitor's address; of IPv6 the /64 counts.
pub fn address(secret: &Secret, kind: &str, visitor: &Visitor) -> String {
    subject(secret, kind, &visitor.subject())
}

/// How a counter stands, without taking; None when its window is over, or has not begun.
pub(super) async fn look(tx: &mut Tx, over: Over, subject: &str, window: Duration) -> Result<Option<Hits>> {
    let (organisation, now) = (over.organisation(tx), tx.now());
    let hits = hits::find(tx, &organisation, subject).await?;
    Ok(hits.filter(|hits| hits.window_began_at.plus(window) > now))
}

/// Whether the next [`take`] would be over, without taking.
pub(super) async fn peek(tx: &mut Tx, over: Over, subject: &str, ceiling: u32, window: Duration) -> Result<Taken> {
    let hits = look(tx, over, subject, window).await?;
    let taken = hits.map_or(Taken::Within, |hits| hits.with_one_more().against(ceiling, window));
    Ok(if ceiling == 0 { Taken::Within } else { taken })
}

/// Adds `by` to a counter and answers how it stands; with 0 it only locks the counter until the commit.
pub(super) async fn count(tx: &mut Tx, over: Over, subject: &str, by: u32, window: Duration) -> Result<Hits> {
    let organisation = over.organisation(tx);
    hits::add(tx, &organisation, subject, by, window).await
}

/// Whether this hit is the one at half of the ceiling or at the ceiling itself, when somebody should be woken.
pub(super) fn is_alarming(hits: &Hits, ceiling: u32) -> bool {
    let ceiling = i64::from(ceiling);
    ceiling > 0 && (hits.count == ceiling || hits.count == (ceiling + 1) / 2)
}

impl Over {
    fn organisation(self, tx: &Tx) -> OrganisationId {
        match self {
            Over::Organisation => tx.organisation().clone(),
            Over::House => OrganisationId::house(),
        }
    }
}

impl Hits {
    /// How this stands against a ceiling, which must not be 0.
    pub(super) fn against(&self, ceiling: u32, window: Duration) -> Taken {
        if self.count <= i64::from(ceiling) {
            Taken::Within
        } else {
            Taken::Over { until: self.window_began_at.plus(window) }
        }
    }

    fn with_one_more(mut self) -> Hits {
        self.count += 1;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(count: i64) -> Hits {
        Hits { count, window_began_at: Moment(1_000), last_at: Moment(2_000) }
    }

    #[test]
    fn the_last_place_is_within() {
        assert_eq!(hits(3).against(3, MINUTE), Taken::Within);
        assert_eq!(hits(4).against(3, MINUTE), Taken::Over { until: Moment(61_000) });
    }

    #[test]
    fn the_alarm_rings_once_at_half_and_once_at_the_ceiling() {
        let rung: Vec<i64> = (1..=12).filter(|n| is_alarming(&hits(*n), 9)).collect();
        assert_eq!(rung, [5, 9]);
        assert!(!is_alarming(&hits(1), 0));
    }

    #[test]
    fn a_subject_names_nobody() {
        let secret = Secret::random();
        let name = subject(&secret, "sends", "+989121234567");
        assert!(!name.contains("9121234567"));
        assert_ne!(name, subject(&secret, "failures", "+989121234567"));
    }
}

//! The way without any test: a signed wait, for those whose browser can't compute and whose eyes can't read the image.

use std::time::Duration;

use pishkhan_store::{Moment, OrganisationId, Secret};

use super::{LIFE, Spendable, ticket};

const PURPOSE: &str = "wait";

/// What was made of an answer.
pub(super) enum Read {
    Waited(Spendable),
    TooEarly { until: Moment },
    NotOurs,
}

pub(super) fn issue(secret: &Secret, organisation: &OrganisationId, now: Moment) -> String {
    ticket::issue(secret, PURPOSE, organisation, now)
}

pub(super) fn read(secret: &Secret, organisation: &OrganisationId, now: Moment, wait: Duration, token: &str) -> Read {
    let Some(ticket) = ticket::open(secret, PURPOSE, organisation, token) else { return Read::NotOurs };
    let until = ticket.at.plus(wait);
    let expires_at = until.plus(LIFE);
    if now < until {
        Read::TooEarly { until }
    } else if now < expires_at {
        Read::Waited(Spendable { id: ticket.id, expires_at })
    } else {
        Read::NotOurs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_good_after_its_time_and_for_ten_minutes() {
        let (secret, here) = (Secret::random(), OrganisationId("here".into()));
        let began = Moment(1_000_000);
        let token = issue(&secret, &here, began);
        let wait = Duration::from_mins(1);
        let read_at = |now| read(&secret, &here, now, wait, &token);
        assert!(matches!(read_at(began), Read::TooEarly { until } if until == began.plus(wait)));
        assert!(matches!(read_at(began.plus(wait)), Read::Waited(_)));
        assert!(matches!(read_at(began.plus(wait).plus(LIFE)), Read::NotOurs));
        assert!(matches!(read(&secret, &here, began, wait, "nonsense"), Read::NotOurs));
    }
}

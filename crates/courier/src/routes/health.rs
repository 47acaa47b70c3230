//! When a route stands back, and for how long. Pure.
//!
//! A route that fails three times in a row stands back, at once when somebody must mend it; one of whose messages at least 15 of a hundred
//! took longer than five minutes, of those sent in a quarter of an hour, does too, and so does one of which half are given up once it has
//! them. After a pause it is tried again, and the pause is twice as long when it fails once more.

use std::time::Duration;

use pishkhan_store::Moment;

use crate::gateways::SendError;

/// So many failures one after the other.
const FAILURES: i64 = 3;
/// The first pause; each further one is twice as long, up to [`LONGEST`].
const PAUSE: Duration = Duration::from_mins(2);
const LONGEST: Duration = Duration::from_hours(1);
/// What is looked at.
pub(crate) const WINDOW: Duration = Duration::from_mins(15);
/// When a message is late.
pub(crate) const LATE: Duration = Duration::from_mins(5);
/// So many of a hundred may be late.
const LATE_SHARE: i64 = 15;
/// So many of a hundred may be given up. Wrong and dead numbers never are half of all that one writes to, and a route that brings more than
/// half is still better than one that is only tried because it is next.
const GIVEN_UP_SHARE: i64 = 50;
/// Fewer messages say nothing.
const SAMPLE: i64 = 10;

/// Why a route stands back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It takes nothing.
    Failing,
    /// What it takes arrives late.
    Slow,
    /// What it takes it gives up.
    Losing,
}

impl Why {
    /// The word for the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Why::Failing => "failing",
            Why::Slow => "slow",
            Why::Losing => "losing",
        }
    }

    /// The reason of this word.
    pub fn parse(word: &str) -> Option<Why> {
        [Why::Failing, Why::Slow, Why::Losing].into_iter().find(|why| why.as_str() == word)
    }
}

/// What a failure says of the route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Nothing: it was about this message.
    Well,
    /// One more failure.
    Failed,
    /// It takes nothing until somebody mends it.
    Broken,
}

impl Verdict {
    pub(crate) fn of(error: &SendError) -> Verdict {
        if error.is_final() {
            Verdict::Well
        } else if error.is_alarm() {
            Verdict::Broken
        } else {
            Verdict::Failed
        }
    }

    /// Whether a route that has failed so often now stands back.
    pub(crate) fn stands_back(self, failures: i64) -> bool {
        match self {
            Verdict::Well => false,
            Verdict::Failed => failures >= FAILURES,
            Verdict::Broken => true,
        }
    }
}

/// How long a route stands back that did so `before` times already without being well in between.
pub fn pause(before: i64) -> Duration {
    let doublings = u32::try_from(before.clamp(0, 10)).unwrap_or_default();
    LONGEST.min(PAUSE * 2_u32.pow(doublings))
}

/// What was sent by a route in the window, long enough ago to judge it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lately {
    pub sent: i64,
    pub late: i64,
}

impl Lately {
    pub(crate) fn is_slow(self) -> bool {
        self.sent >= SAMPLE && self.late * 100 >= self.sent * LATE_SHARE
    }

    pub(crate) fn is_well(self) -> bool {
        self.sent >= SAMPLE && !self.is_slow()
    }
}

/// To how many people messages were sent by a route in the window until now, and to how many of them some were given up.
///
/// Of all that were sent, not of those of which the last word is known: a failure is often told at once, while an arrival takes its time, and
/// some gateways tell of failures only. So nobody need wait for those that still have time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct GivenUp {
    pub sent: i64,
    pub failed: i64,
}

impl GivenUp {
    pub(crate) fn is_losing(self) -> bool {
        self.sent >= SAMPLE && self.failed * 100 >= self.sent * GIVEN_UP_SHARE
    }
}

/// From when until when messages are judged: not before the route came back or its gateway answered questions again, and not those that
/// still have time.
pub(crate) fn window(now: Moment, not_before: Option<Moment>) -> (Moment, Moment) {
    let from = now.minus(WINDOW);
    (not_before.map_or(from, |moment| moment.max(from)), now.minus(LATE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_an_hour() {
        let minutes: Vec<u64> = (0..8).map(|before| pause(before).as_secs() / 60).collect();
        assert_eq!(minutes, [2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!(pause(i64::MAX), LONGEST);
        assert_eq!(pause(-1), PAUSE);
    }

    #[test]
    fn three_failures_or_one_that_somebody_must_mend() {
        let failed = Verdict::of(&SendError::Failed("no".into()));
        assert!(!failed.stands_back(2) && failed.stands_back(3));
        assert!(Verdict::of(&SendError::NoCredit("no".into())).stands_back(1));
        assert!(Verdict::of(&SendError::Setup("no".into())).stands_back(1));
        assert!(!Verdict::of(&SendError::Blocked("no".into())).stands_back(100), "it was about this number");
    }

    #[test]
    fn fifteen_of_a_hundred_late_is_slow() {
        assert!(Lately { sent: 100, late: 15 }.is_slow());
        assert!(Lately { sent: 100, late: 14 }.is_well());
        let few = Lately { sent: 9, late: 9 };
        assert!(!few.is_slow() && !few.is_well(), "nine say nothing");
    }

    #[test]
    fn half_of_all_given_up_is_losing() {
        assert!(GivenUp { sent: 100, failed: 50 }.is_losing() && !GivenUp { sent: 100, failed: 49 }.is_losing());
        assert!(GivenUp { sent: 10, failed: 5 }.is_losing() && !GivenUp { sent: 9, failed: 9 }.is_losing());
        for why in [Why::Failing, Why::Slow, Why::Losing] {
            assert_eq!(Why::parse(why.as_str()), Some(why));
        }
    }

    #[test]
    fn what_was_sent_before_it_came_back_is_not_held_against_it() {
        let now = Moment(100 * 60_000);
        assert_eq!(window(now, None), (Moment(85 * 60_000), Moment(95 * 60_000)));
        assert_eq!(window(now, Some(Moment(90 * 60_000))), (Moment(90 * 60_000), Moment(95 * 60_000)));
    }
}

//! When a route stands back, and for how long. Pure.
//!
//! A route that fails three times in a row stands back, at once when somebody must mend it; one of whose messages at least 15 of a hundred
//! took longer than five minutes, of those sent in a quarter of an hour, does too, and so does one that refuses half of the people, one of
//! which half are given up once it has them, and one by which hardly anything arrives. After a pause it is tried again, and the pause is twice
//! as long when it fails once more.

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
/// So many of a hundred may be refused: numbers and texts that nobody takes never are half of all either.
const REFUSED_SHARE: i64 = 50;
/// Of so many of a hundred whose outcome is known nothing may have arrived. Phones that are off and people who block such lines are many on
/// some evenings, but never nearly all.
const UNDELIVERED_SHARE: i64 = 80;
/// Fewer messages say nothing.
const SAMPLE: i64 = 10;
/// Nor do fewer people of whom it is known whether anything arrived.
const KNOWN: i64 = 20;

/// Why a route stands back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It takes nothing.
    Failing,
    /// What it takes arrives late.
    Slow,
    /// What it takes it gives up.
    Losing,
    /// It refuses what it is given, whoever it is for.
    Refusing,
    /// What it takes reaches nobody's phone.
    Undelivered,
}

impl Why {
    const ALL: [Why; 5] = [Why::Failing, Why::Slow, Why::Losing, Why::Refusing, Why::Undelivered];

    /// The word for the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Why::Failing => "failing",
            Why::Slow => "slow",
            Why::Losing => "losing",
            Why::Refusing => "refusing",
            Why::Undelivered => "undelivered",
        }
    }

    /// The reason of this word.
    pub fn parse(word: &str) -> Option<Why> {
        Why::ALL.into_iter().find(|why| why.as_str() == word)
    }
}

/// What a failure says of the route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Nothing: it was about this message, or about its kind.
    Well,
    /// One more failure.
    Failed,
    /// It takes nothing until somebody mends it.
    Broken,
}

impl Verdict {
    pub(crate) fn of(error: &SendError) -> Verdict {
        if error.is_final() || matches!(error, SendError::Template(_)) {
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
    /// Whether any receipt came since the window began.
    pub is_told: bool,
}

impl Lately {
    /// Not while nothing at all is told: then calls don't come through, and nobody knows whether messages do.
    pub(crate) fn is_slow(self) -> bool {
        self.is_told && self.is_late()
    }

    pub(crate) fn is_well(self) -> bool {
        self.sent >= SAMPLE && !self.is_late()
    }

    /// Whether no receipts come any more; None when too little was sent to tell.
    pub(crate) fn is_silent(self) -> Option<bool> {
        if self.is_told { Some(false) } else { (self.sent >= SAMPLE).then_some(true) }
    }

    fn is_late(self) -> bool {
        self.sent >= SAMPLE && self.late * 100 >= self.sent * LATE_SHARE
    }
}

/// The people for whom a route was given messages in the window until now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    /// All of them.
    pub tried: i64,
    /// Those whom it refused one.
    pub refused: i64,
    /// Those of whom it took one that was neither undelivered nor blocked.
    pub sent: i64,
    /// Those of whom it gave one up.
    pub failed: i64,
    /// Those of whom it is known whether one arrived.
    pub known: i64,
    /// Those to whom one arrived.
    pub arrived: i64,
}

impl Seen {
    /// Why it should stand back, if it should.
    pub(crate) fn why(self) -> Option<Why> {
        if self.is_losing() {
            Some(Why::Losing)
        } else if self.is_refusing() {
            Some(Why::Refusing)
        } else if self.is_undelivered() {
            Some(Why::Undelivered)
        } else {
            None
        }
    }

    /// Of all that were sent, not of those of which the last word is known: a failure is often told at once, while an arrival takes its time, and
    /// some gateways tell of failures only. So nobody need wait for those that still have time.
    fn is_losing(self) -> bool {
        self.sent >= SAMPLE && self.failed * 100 >= self.sent * GIVEN_UP_SHARE
    }

    fn is_refusing(self) -> bool {
        self.tried >= SAMPLE && self.refused * 100 >= self.tried * REFUSED_SHARE
    }

    /// Of those that are known; but as above half of all must be among them, or one that tells of failures only would seem to bring nothing.
    fn is_undelivered(self) -> bool {
        let lost = self.known - self.arrived;
        self.known >= KNOWN && lost * 100 >= self.known * UNDELIVERED_SHARE && lost * 100 >= self.tried * GIVEN_UP_SHARE
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
        assert!(!Verdict::of(&SendError::Template("no".into())).stands_back(100), "the rest goes on");
    }

    #[test]
    fn fifteen_of_a_hundred_late_is_slow() {
        let lately = |sent, late| Lately { sent, late, is_told: true };
        assert!(lately(100, 15).is_slow());
        assert!(lately(100, 14).is_well());
        assert!(!lately(9, 9).is_slow() && !lately(9, 9).is_well(), "nine say nothing");
    }

    #[test]
    fn where_no_receipt_comes_nobody_knows_how_quick_it_is() {
        let lately = |sent, is_told| Lately { sent, late: sent, is_told };
        assert!(!lately(100, false).is_slow() && !lately(100, false).is_well());
        let silent = [lately(10, false), lately(9, false), lately(10, true), lately(0, true)].map(Lately::is_silent);
        assert_eq!(silent, [Some(true), None, Some(false), Some(false)]);
    }

    #[test]
    fn half_of_all_given_up_is_losing() {
        let why = |sent, failed| Seen { tried: sent, sent, failed, ..Seen::default() }.why();
        assert_eq!((why(100, 50), why(100, 49)), (Some(Why::Losing), None));
        assert_eq!((why(10, 5), why(9, 9)), (Some(Why::Losing), None));
        for why in Why::ALL {
            assert_eq!(Why::parse(why.as_str()), Some(why));
        }
    }

    #[test]
    fn half_of_all_refused_is_refusing() {
        let why = |tried, refused| Seen { tried, refused, sent: tried - refused, ..Seen::default() }.why();
        assert_eq!((why(100, 50), why(100, 49)), (Some(Why::Refusing), None));
        assert_eq!((why(10, 5), why(9, 9)), (Some(Why::Refusing), None));
    }

    #[test]
    fn four_fifths_that_never_arrive_are_not_delivered() {
        let why = |tried, known, arrived| Seen { tried, known, arrived, ..Seen::default() }.why();
        assert_eq!((why(100, 100, 20), why(100, 100, 21)), (Some(Why::Undelivered), None));
        assert_eq!((why(20, 20, 0), why(19, 19, 0)), (Some(Why::Undelivered), None), "nineteen say nothing");
        assert_eq!((why(40, 20, 0), why(41, 20, 0)), (Some(Why::Undelivered), None), "the others may have arrived");
    }

    #[test]
    fn what_was_sent_before_it_came_back_is_not_held_against_it() {
        let now = Moment(100 * 60_000);
        assert_eq!(window(now, None), (Moment(85 * 60_000), Moment(95 * 60_000)));
        assert_eq!(window(now, Some(Moment(90 * 60_000))), (Moment(90 * 60_000), Moment(95 * 60_000)));
    }
}

//! How the courier works: tries, quiet hours, a day's budget.

use std::ops::Range;

use pishkhan_persian::calendar;
use pishkhan_store::Moment;

use crate::gateways::Urgency;

/// How the courier works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CourierRules {
    /// How often a message is tried before it is given up.
    pub tries: u32,
    /// The hours of the day in Tehran in which no news is sent: from an hour to another, also over midnight; the same twice is none.
    pub quiet: (u8, u8),
    /// How many messages other than codes an organisation may send in a day, unless it is said of it alone; 0 for any number.
    pub messages_per_day: u32,
}

impl Default for CourierRules {
    fn default() -> CourierRules {
        CourierRules { tries: 15, quiet: (0, 0), messages_per_day: 0 }
    }
}

impl CourierRules {
    /// Whether a message of that urgency may go out at this moment.
    pub fn is_awake(&self, urgency: Urgency, at: Moment) -> bool {
        urgency != Urgency::News || !is_within(calendar::in_tehran(at.0).hour, self.quiet)
    }
}

fn is_within(hour: u8, (from, until): (u8, u8)) -> bool {
    let within = |range: Range<u8>| range.contains(&hour);
    if from <= until { within(from..until) } else { !within(until..from) }
}

/// The first moment of this moment's day.
pub(crate) fn day_of(at: Moment) -> Moment {
    Moment(calendar::start_of_tehran_day(at.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_night_goes_over_midnight() {
        let quiet: Vec<u8> = (0..24).filter(|hour| is_within(*hour, (22, 7))).collect();
        assert_eq!(quiet, [0, 1, 2, 3, 4, 5, 6, 22, 23]);
        assert!((0..24).all(|hour| !is_within(hour, (7, 7))));
        assert_eq!((0..24).filter(|hour| is_within(*hour, (1, 3))).count(), 2);
    }

    #[test]
    fn codes_and_answers_never_wait_for_the_morning() {
        let rules = CourierRules { quiet: (22, 7), ..CourierRules::default() };
        // Half past three in the morning of 1405/1/1, in Tehran.
        let night = Moment(1_774_051_200_000);
        assert!(rules.is_awake(Urgency::Awaited, night) && rules.is_awake(Urgency::Answering, night));
        assert!(!rules.is_awake(Urgency::News, night));
        assert!(rules.is_awake(Urgency::News, Moment(night.0 + 4 * 3_600_000)), "half past seven");
    }
}

//! Spans of days. Each letter has a token for its day, its eight days, its 64 and its 512, so that the index itself can be held to some
//! days and leaves off where they end. Pure.

use pishkhan_persian::TehranDay;

/// How many rungs there are: spans of 1, 8, 64 and 512 days.
pub(super) const RUNGS: u32 = 4;
/// So many steps cover a time at most; each is one more list to look into.
const MOST_STEPS: i64 = 6;
const DAY: i64 = 86_400_000;

/// One of the spans into which all time is parted on a rung.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    rung: u32,
    number: i64,
}

/// The tokens of the spans in which a place lies.
pub(super) fn spans_of(place: i64) -> Vec<String> {
    (0..RUNGS).map(|rung| Step::at(rung, place).token()).collect()
}

/// The steps of one rung that hold all places from `first` up to but without `end`, the newest first: those of the narrowest rung on which
/// they are few. None when they would be many on the widest.
pub(super) fn cover(first: i64, end: i64) -> Option<Vec<Step>> {
    let steps = |rung| {
        let (newest, oldest) = (Step::at(rung, end - 1), Step::at(rung, first));
        (newest.number - oldest.number < MOST_STEPS)
            .then(|| (oldest.number..=newest.number).rev().map(|number| Step { rung, number }).collect::<Vec<_>>())
    };
    (0..RUNGS).find_map(steps)
}

/// The first beginning of a day in Tehran that is not before that place.
pub(super) fn next_day(place: i64) -> i64 {
    let day = TehranDay::of(place);
    if day.start() == place { place } else { day.plus(1).start() }
}

impl Step {
    pub(super) fn at(rung: u32, place: i64) -> Step {
        Step { rung, number: place.div_euclid(width(rung)) }
    }

    pub(super) fn before(self) -> Step {
        Step { number: self.number - 1, ..self }
    }

    pub(super) fn first(self) -> i64 {
        self.number * width(self.rung)
    }

    pub(super) fn end(self) -> i64 {
        self.first() + width(self.rung)
    }

    /// The narrowest, which has no parts.
    pub(super) fn is_day(self) -> bool {
        self.rung == 0
    }

    /// Its parts on the rung below, the newest last.
    pub(super) fn parts(self) -> impl Iterator<Item = Step> {
        let (rung, first) = (self.rung - 1, self.number * 8);
        (first..first + 8).map(move |number| Step { rung, number })
    }

    pub(super) fn token(self) -> String {
        format!("_{}{}", self.rung, self.number)
    }
}

fn width(rung: u32) -> i64 {
    DAY << (3 * rung)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_step_are_all_of_it() {
        let step = Step::at(2, 1_920_521_520_000);
        let parts: Vec<Step> = step.parts().collect();
        assert_eq!((parts[0].first(), parts[7].end()), (step.first(), step.end()));
        assert!(parts.windows(2).all(|pair| pair[0].end() == pair[1].first()));
        assert!(step.first() <= 1_920_521_520_000 && 1_920_521_520_000 < step.end());
    }

    #[test]
    fn a_place_lies_in_one_span_of_each_rung() {
        assert_eq!(spans_of(1_920_521_520_000), ["_022228", "_12778", "_2347", "_343"]);
    }

    #[test]
    fn a_time_is_covered_by_few_steps_of_which_each_holds_some_of_it() {
        let end = 1_920_521_520_000;
        for width in [1, DAY / 2, DAY, 5 * DAY, 6 * DAY, 47 * DAY, 49 * DAY, 400 * DAY, 2000 * DAY] {
            let steps = cover(end - width, end).expect("it is covered");
            assert!(steps.len() <= 6, "{width}: {steps:?}");
            let (newest, oldest) = (steps[0], steps[steps.len() - 1]);
            assert!(newest.first() < end && end <= newest.end(), "{width}: {steps:?}");
            assert!(oldest.first() <= end - width && end - width < oldest.end(), "{width}: {steps:?}");
            assert!(steps.windows(2).all(|pair| pair[0].before() == pair[1]), "{width}: {steps:?}");
        }
        assert_eq!(cover(end - 6 * DAY, end).map(|steps| steps.len()), Some(2), "seven days lie in two times eight");
        assert_eq!(cover(end - 4000 * DAY, end), None);
    }

    #[test]
    fn the_next_day_is_the_place_itself_or_begins_within_a_day_of_it() {
        // The days on which summer time began and ended in 1401, too.
        for day in [1_647_894_600_000, 1_663_788_600_000, 1_794_426_538_203] {
            for hours in 0..50 {
                let place = day + hours * 1_799_999;
                let next = next_day(place);
                assert_eq!(TehranDay::of(next).start(), next);
                assert!(place <= next && next - place < DAY + 3_600_000, "{place}: {next}");
                assert!(TehranDay::of(place).start() != place || next == place, "{place}: {next}");
            }
        }
    }
}

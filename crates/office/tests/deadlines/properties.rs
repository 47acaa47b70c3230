//! Whatever the calendar: adding is monotone, what was added is between, and a closure moves nothing earlier.

use pishkhan_office::Moment;
use pishkhan_office::deadlines::{Calendar, Closure, Extent, Hours, Pause, Term, ValidWeek, Week};
use pishkhan_office::persian::TehranDay;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::{at, closed, works};

const HOUR: i64 = 3_600_000;
/// Two years from here, with the last summer time and a leap year among them.
const FIRST: (i32, u8, u8) = (1401, 1, 1);
const DAYS: i64 = 800;

fn day(n: i64) -> TehranDay {
    TehranDay::of(at(FIRST.0, FIRST.1, FIRST.2, 12, 0).0).plus(n)
}

fn moments() -> impl Strategy<Value = Moment> {
    (0..DAYS, 0..24 * 60_u16).prop_map(|(n, minute)| Moment(day(n).at(minute)))
}

fn weeks() -> impl Strategy<Value = Week> {
    let extents = [Extent::Off, Extent::Half, Extent::Whole];
    let days = [0; 7].map(|_| select(extents.to_vec()));
    (days, 0..12_u16, 1..6_u16, 0..6_u16).prop_map(|(days, opens, half, rest)| Week {
        days,
        hours: Hours { opens: opens * 60, half_closes: (opens + half) * 60, closes: (opens + half + rest) * 60 },
    })
}

fn closures() -> impl Strategy<Value = Vec<Closure>> {
    let closure = (0..DAYS + 200, select(vec![Extent::Off, Extent::Half]))
        .prop_map(|(n, left)| Closure { left, ..closed(day(n).date()) });
    vec(closure, 0..60)
}

fn valid_weeks() -> impl Strategy<Value = Vec<ValidWeek>> {
    let valid = (0..DAYS, weeks(), proptest::option::of(0..200_i64)).prop_map(|(n, week, length)| ValidWeek {
        until: length.map(|length| day(n + length).date()),
        ..works(day(n).date(), week)
    });
    vec(valid.prop_filter("a week that somebody may set", |it| it.week.is_sound()), 0..4)
}

fn calendars() -> impl Strategy<Value = Calendar> {
    (valid_weeks(), closures()).prop_map(|(weeks, closures)| Calendar::of(weeks, &closures))
}

fn terms() -> impl Strategy<Value = Term> {
    prop_oneof![(1..60_u32).prop_map(Term::Days), (1..200_u32).prop_map(Term::Hours)]
}

proptest! {
    #[test]
    fn a_later_beginning_never_ends_earlier(
        calendar in calendars(), term in terms(), one in moments(), other in moments(),
    ) {
        let (earlier, later) = (one.min(other), one.max(other));
        prop_assert!(calendar.due(earlier, term) <= calendar.due(later, term));
        prop_assert!(calendar.due(earlier, term) > earlier);
        prop_assert!(calendar.near(earlier) <= calendar.near(later));
    }

    #[test]
    fn a_longer_term_ends_later(calendar in calendars(), from in moments(), amount in 1..60_u32) {
        prop_assert!(calendar.due(from, Term::Days(amount)) < calendar.due(from, Term::Days(amount + 1)));
        prop_assert!(calendar.due(from, Term::Hours(amount)) < calendar.due(from, Term::Hours(amount + 1)));
    }

    #[test]
    fn what_was_added_is_between(calendar in calendars(), from in moments(), amount in 1..60_u32) {
        let days = calendar.due(from, Term::Days(amount));
        prop_assert_eq!(calendar.working_days(TehranDay::of(from.0), TehranDay::of(days.0)), i64::from(amount));
        prop_assert!(calendar.extent(TehranDay::of(days.0)) != Extent::Off, "it ends on a day that is worked");
        let hours = calendar.due(from, Term::Hours(amount));
        prop_assert_eq!(calendar.work_between(from, hours), i64::from(amount) * HOUR);
    }

    #[test]
    fn time_between_adds_up(calendar in calendars(), moments in [moments(), moments(), moments()]) {
        let mut moments = moments;
        moments.sort();
        let [a, b, c] = moments;
        prop_assert_eq!(calendar.work_between(a, b) + calendar.work_between(b, c), calendar.work_between(a, c));
        prop_assert!(calendar.work_between(a, c) <= c.0 - a.0);
        prop_assert_eq!(calendar.work_between(c, a), 0);
    }

    #[test]
    fn one_more_closure_moves_nothing_earlier(
        weeks in valid_weeks(), before in closures(), more in closures(), from in moments(), term in terms(),
    ) {
        let after: Vec<Closure> = before.iter().chain(&more).cloned().collect();
        let (fewer, all) = (Calendar::of(weeks.clone(), &before), Calendar::of(weeks, &after));
        prop_assert!(fewer.due(from, term) <= all.due(from, term));
    }

    #[test]
    fn work_in_a_pause_is_none(
        calendar in calendars(), from in moments(), hours in 1..100_i64, borders in vec(0..60 * 24 * HOUR, 0..8),
    ) {
        let mut borders = borders;
        borders.sort_unstable();
        let pause = |ends: &[i64]| Pause { from: Moment(from.0 + ends[0]), until: Moment(from.0 + ends[1]) };
        let pauses: Vec<Pause> = borders.chunks_exact(2).map(pause).collect();
        let until = calendar.after_work_without(from, hours * HOUR, &pauses);
        prop_assert_eq!(calendar.work_without(from, until, &pauses), hours * HOUR);
        prop_assert!(until >= calendar.after_work(from, hours * HOUR));
        prop_assert_eq!(calendar.after_work_without(from, hours * HOUR, &[]), calendar.after_work(from, hours * HOUR));
        let paused: i64 = pauses.iter().map(|it| calendar.work_between(it.from, it.until.min(until))).sum();
        prop_assert_eq!(calendar.work_between(from, until) - paused, hours * HOUR);
    }

    #[test]
    fn a_pause_takes_nothing_away_and_gives_nothing(
        calendar in calendars(), from in moments(), term in terms(), paused in 0..30 * 24 * HOUR, pause in 0..30 * 24 * HOUR,
    ) {
        let due = calendar.due(from, term);
        let paused_at = Moment(from.0 + paused);
        let now = Moment(paused_at.0 + pause);
        let resumed = calendar.resumed(due, paused_at, now);
        prop_assert!(resumed >= due);
        prop_assert_eq!(calendar.resumed(due, paused_at, paused_at).max(due), calendar.resumed(due, paused_at, paused_at));
        if due <= paused_at {
            prop_assert_eq!(now.0 - resumed.0, paused_at.0 - due.0);
        } else if let Term::Hours(_) = term {
            prop_assert_eq!(calendar.work_between(now, resumed), calendar.work_between(paused_at, due));
        } else if calendar.extent(TehranDay::of(now.0)) != Extent::Off || TehranDay::of(paused_at.0) < TehranDay::of(due.0) {
            let left = |from: Moment, until: Moment| calendar.working_days(TehranDay::of(from.0), TehranDay::of(until.0));
            prop_assert_eq!(left(now, resumed), left(paused_at, due));
        }
    }
}

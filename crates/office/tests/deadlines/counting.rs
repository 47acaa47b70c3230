//! Examples: days and hours as people count them on a calendar on the wall.

use pishkhan_office::Moment;
use pishkhan_office::deadlines::{Calendar, Extent, Hours, Left, Standing, Term, ValidWeek, Week, standing};
use pishkhan_office::ids::UnitId;
use pishkhan_office::persian::Weekday;

use crate::{at, closed, date, read, works};

/// The official days of Nowruz, and the two that follow it.
fn nowruz(year: i32) -> Calendar {
    let mut days: Vec<_> = (1..=4).map(|day| closed(date(year, 1, day))).collect();
    days.extend([closed(date(year, 1, 12)), closed(date(year, 1, 13)), closed(date(year - 1, 12, 29))]);
    Calendar::of(Vec::new(), &days)
}

#[test]
fn a_term_in_days_ends_with_the_last_working_day() {
    let calendar = Calendar::default();
    // Sunday 1 Azar 1405: Monday is the first day, Saturday the sixth, since Thursday is half a day and Friday none.
    let sunday = at(1405, 9, 1, 9, 42);
    for (days, due) in [
        (1, "1405/09/02 23:59"),
        (3, "1405/09/04 23:59"),
        (4, "1405/09/05 23:59"),
        (5, "1405/09/07 23:59"),
        (10, "1405/09/12 23:59"),
    ] {
        assert_eq!(read(calendar.due(sunday, Term::Days(days))), due, "{days}");
    }
    assert_eq!(calendar.due(sunday, Term::Days(1)), Moment(at(1405, 9, 3, 0, 0).0 - 1));
    // The hour makes no difference, nor does a day that isn't worked.
    assert_eq!(calendar.due(at(1405, 9, 1, 23, 59), Term::Days(3)), calendar.due(at(1405, 9, 1, 0, 0), Term::Days(3)));
    assert_eq!(read(calendar.due(at(1405, 9, 6, 10, 0), Term::Days(1))), "1405/09/07 23:59");
}

#[test]
fn a_term_in_hours_ends_when_so_many_hours_have_been_worked() {
    let calendar = Calendar::default();
    for (from, hours, due) in [
        (at(1405, 9, 1, 9, 42), 4, "1405/09/01 13:42"),
        (at(1405, 9, 1, 9, 42), 5, "1405/09/02 07:42"),
        // Before the doors open and after they close.
        (at(1405, 9, 1, 3, 0), 1, "1405/09/01 08:30"),
        (at(1405, 9, 1, 20, 0), 1, "1405/09/02 08:30"),
        // From Wednesday noon: two and a half hours, five on Thursday, the rest on Saturday.
        (at(1405, 9, 4, 12, 0), 8, "1405/09/07 08:00"),
        // Exactly to the end of a day.
        (at(1405, 9, 1, 7, 30), 7, "1405/09/01 14:30"),
        (at(1405, 9, 6, 11, 0), 7, "1405/09/07 14:30"),
    ] {
        assert_eq!(read(calendar.due(from, Term::Hours(hours))), due, "{} and {hours} hours", read(from));
    }
}

#[test]
fn nobody_works_at_nowruz() {
    let calendar = nowruz(1405);
    // 28 Esfand 1404 is a Thursday; 29 is the oil holiday and a Friday; 1 to 4 Farvardin are Saturday to Tuesday.
    assert_eq!(read(calendar.due(at(1404, 12, 28, 10, 0), Term::Days(1))), "1405/01/05 23:59");
    // 12 and 13 Farvardin are a Wednesday and a Thursday, 14 a Friday.
    assert_eq!(read(calendar.due(at(1405, 1, 11, 10, 0), Term::Days(1))), "1405/01/15 23:59");
    assert_eq!(read(calendar.due(at(1404, 12, 28, 12, 0), Term::Hours(1))), "1405/01/05 08:00");
}

#[test]
fn a_leap_year_has_one_day_more() {
    let calendar = nowruz(1404);
    // 30 Esfand 1403 is a Thursday that exists; the next year has none.
    assert_eq!(read(calendar.due(at(1403, 12, 28, 10, 0), Term::Days(1))), "1403/12/30 23:59");
    assert_eq!(read(calendar.due(at(1403, 12, 28, 10, 0), Term::Days(2))), "1404/01/05 23:59");
}

#[test]
fn two_days_of_heat_move_what_is_due() {
    // 1 and 2 August 2023 were closed the evening before: 10 and 11 Mordad 1402, a Tuesday and a Wednesday.
    let monday = at(1402, 5, 9, 10, 0);
    let before = Calendar::default();
    let after = Calendar::of(Vec::new(), &[closed(date(1402, 5, 10)), closed(date(1402, 5, 11))]);
    assert_eq!(read(before.due(monday, Term::Days(2))), "1402/05/11 23:59");
    assert_eq!(read(after.due(monday, Term::Days(2))), "1402/05/14 23:59");
    assert_eq!(read(after.due(monday, Term::Hours(7))), "1402/05/12 10:00");
}

#[test]
fn half_a_closure_leaves_half_a_day_and_two_halves_leave_no_less() {
    let half = |day| pishkhan_office::deadlines::Closure { left: Extent::Half, ..closed(date(1405, 9, day)) };
    let calendar = Calendar::of(Vec::new(), &[half(1), half(5), half(6), half(3), closed(date(1405, 9, 3))]);
    assert_eq!(calendar.extent(date(1405, 9, 1).day_in_tehran().expect("a day")), Extent::Half);
    assert_eq!(read(calendar.due(at(1405, 9, 1, 7, 30), Term::Hours(6))), "1405/09/02 08:30");
    let extents = [5, 6, 3].map(|day| calendar.extent(date(1405, 9, day).day_in_tehran().expect("a day")));
    assert_eq!(extents, [Extent::Half, Extent::Off, Extent::Off], "Thursday, Friday, and a day closed twice");
    assert_eq!(read(calendar.due(at(1405, 9, 2, 10, 0), Term::Days(1))), "1405/09/04 23:59");
}

#[test]
fn the_weekend_changes_on_its_day() {
    let saturday_off = Week::default().with(Weekday::Saturday, Extent::Off).with(Weekday::Thursday, Extent::Whole);
    let calendar = Calendar::of(vec![works(date(1405, 10, 1), saturday_off)], &[]);
    // Thursday 26 Azar: Saturday is still worked. Thursday 3 Dey: it isn't any more.
    assert_eq!(read(calendar.due(at(1405, 9, 26, 10, 0), Term::Days(1))), "1405/09/28 23:59");
    assert_eq!(read(calendar.due(at(1405, 10, 3, 10, 0), Term::Days(1))), "1405/10/06 23:59");
}

#[test]
fn a_month_of_short_days_ends_and_a_unit_keeps_its_own_week() {
    let short = Week { hours: Hours { opens: 9 * 60, closes: 14 * 60, half_closes: 12 * 60 }, ..Week::default() };
    let month = ValidWeek { until: Some(date(1405, 9, 30)), ..works(date(1405, 9, 1), short) };
    let own = Week::default().with(Weekday::Friday, Extent::Whole);
    let of_unit = ValidWeek { unit: Some(UnitId::random()), ..works(date(1400, 1, 1), own) };
    let calendar = Calendar::of(vec![month.clone()], &[]);
    assert_eq!(read(calendar.due(at(1405, 9, 30, 8, 0), Term::Hours(6))), "1405/10/01 08:30");
    let calendar = Calendar::of(vec![month, of_unit], &[]);
    assert_eq!(read(calendar.due(at(1405, 9, 5, 10, 0), Term::Days(1))), "1405/09/06 23:59");
    assert_eq!(read(calendar.due(at(1405, 9, 1, 7, 30), Term::Hours(1))), "1405/09/01 08:30");
}

#[test]
fn what_was_paused_has_as_much_left() {
    let calendar = Calendar::default();
    let sunday = at(1405, 9, 1, 9, 42);
    let due = calendar.due(sunday, Term::Days(5));
    // Three of five days were left on Tuesday; on the Saturday after they are three again.
    assert_eq!(read(calendar.resumed(due, at(1405, 9, 3, 12, 0), at(1405, 9, 14, 18, 0))), "1405/09/17 23:59");
    assert_eq!(calendar.resumed(due, sunday, sunday), due);
    // On its last day none is left but that day itself, or the next one that is worked.
    assert_eq!(read(calendar.resumed(due, at(1405, 9, 7, 9, 0), at(1405, 9, 13, 9, 0))), "1405/09/14 23:59");
    // Four hours of eight.
    let due = calendar.due(at(1405, 9, 1, 8, 0), Term::Hours(8));
    assert_eq!(read(calendar.resumed(due, at(1405, 9, 1, 12, 0), at(1405, 9, 8, 13, 0))), "1405/09/09 10:00");
}

#[test]
fn what_was_overdue_stays_as_overdue_as_it_was() {
    let calendar = Calendar::default();
    let due = calendar.due(at(1405, 9, 1, 9, 42), Term::Days(1));
    let paused_at = at(1405, 9, 5, 10, 0);
    let now = at(1405, 10, 1, 10, 0);
    let resumed = calendar.resumed(due, paused_at, now);
    assert_eq!(standing(resumed, now, now), standing(due, paused_at, paused_at));
    assert_eq!(standing(resumed, now, calendar.near(now)), Standing { left: Left::Overdue(3), is_near: false });
}

#[test]
fn what_was_due_at_an_hour_is_late_by_hours_before_it_is_by_days() {
    let calendar = Calendar::default();
    let left = |due, day, hour, minute| standing(due, at(1405, 9, day, hour, minute), due).left;
    let ten = calendar.due(at(1405, 9, 1, 8, 0), Term::Hours(2));
    assert_eq!(left(ten, 1, 10, 5), Left::OverdueHours(0));
    assert_eq!(left(ten, 1, 13, 0), Left::OverdueHours(3));
    assert_eq!(left(ten, 2, 9, 59), Left::OverdueHours(23));
    assert_eq!([left(ten, 2, 10, 0), left(ten, 2, 10, 1)], [Left::Overdue(1), Left::Overdue(2)]);
    // What is due with its day is late by the days that have begun since.
    let monday = calendar.due(at(1405, 9, 1, 8, 0), Term::Days(1));
    assert_eq!([left(monday, 3, 0, 0), left(monday, 3, 23, 59)], [Left::Overdue(1), Left::Overdue(1)]);
    assert_eq!(left(monday, 4, 0, 0), Left::Overdue(2));
}

#[test]
fn what_is_due_within_the_work_of_a_day_is_near() {
    let calendar = Calendar::default();
    let is_near =
        |now, day| standing(calendar.due(at(1405, 9, day, 9, 0), Term::Days(1)), now, calendar.near(now)).is_near;
    // Due on Tuesday 3 Azar: not near on Monday morning, near from Monday's last hour on.
    assert!(!is_near(at(1405, 9, 2, 8, 0), 2));
    assert!(is_near(at(1405, 9, 2, 14, 30), 2) && is_near(at(1405, 9, 3, 8, 0), 2));
    // Due on Saturday 7 Azar: seen before the weekend, once Thursday's half day is over.
    assert!(!is_near(at(1405, 9, 5, 9, 0), 5));
    assert!(is_near(at(1405, 9, 5, 12, 30), 5) && is_near(at(1405, 9, 6, 9, 0), 5));
}

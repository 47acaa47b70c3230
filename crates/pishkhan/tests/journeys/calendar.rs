//! The working calendar, terms and promises, as acts ask for them, on both databases.

use pishkhan_office::deadlines::{self, Closure, Extent, Pause, SetTerm, Step, Term, ValidWeek, Week};
use pishkhan_office::ids::{KindId, LetterId, UnitId};
use pishkhan_office::persian::{JalaliDate, TehranDay, Weekday};
use pishkhan_office::rules::Rules;
use pishkhan_office::{Db, Moment, Tx, kinds, units};
use pishkhan_store::query;
use pishkhan_testkit::{TestApp, on_both};

const MINUTE: i64 = 60_000;

fn date(year: i32, month: u8, day: u8) -> JalaliDate {
    JalaliDate::new(year, month, day).expect("a date of the calendar")
}

/// Ten o'clock of a day in Aban 1409; the 19th is a Sunday, on which every test begins.
fn ten_of(day: u8) -> Moment {
    Moment(date(1409, 8, day).day_in_tehran().expect("a day").at(10 * 60))
}

/// The last day of a term, as a day of its month.
async fn last_day(tx: &mut Tx, unit: &UnitId, kind: Option<&KindId>, step: Step, from: Moment) -> (u8, u8) {
    let due = deadlines::due(tx, &Rules::default(), unit, kind, step, from).await.expect("it is counted");
    let date = TehranDay::of(due.0).date();
    assert_eq!(TehranDay::of(due.0).end(), due.0);
    (date.month, date.day)
}

#[tokio::test]
async fn the_most_specific_term_counts() {
    on_both(async |app| {
        let mut tx = app.begin().await;
        let (one, other) = (app.unit("شکایات").id.clone(), app.unit("بایگانی").id.clone());
        let kind = kinds::add(&mut tx, "درخواست", "").await.expect("a kind").id;
        let places = [(&one, None), (&one, Some(&kind)), (&other, None)];
        for (unit, of_kind, days, expected) in [
            (None, None, 1, [20, 20, 20]),
            (Some(&one), None, 2, [21, 21, 20]),
            (None, Some(&kind), 4, [21, 23, 20]),
            (Some(&one), Some(&kind), 5, [21, 25, 20]),
        ] {
            let set = SetTerm {
                unit: unit.cloned(),
                kind: of_kind.cloned(),
                step: Step::Review,
                term: Term::Days(days),
                basis: String::new(),
            };
            deadlines::set_term(&mut tx, &set).await.expect("it is set");
            for ((unit, kind), day) in places.into_iter().zip(expected) {
                assert_eq!(last_day(&mut tx, unit, kind, Step::Review, ten_of(19)).await, (8, day), "after {set:?}");
            }
        }
        assert_eq!(last_day(&mut tx, &other, Some(&kind), Step::Review, ten_of(19)).await, (8, 23), "the kind's");
        assert_eq!(last_day(&mut tx, &one, None, Step::Completion, ten_of(19)).await, (8, 27), "another step's");
    })
    .await;
}

#[tokio::test]
async fn a_term_of_nothing_is_over_as_it_begins() {
    on_both(async |app| {
        let mut tx = app.begin().await;
        let term = Term::Days(0);
        let set = SetTerm { unit: None, kind: None, step: Step::Objection, term, basis: String::new() };
        deadlines::set_term(&mut tx, &set).await.expect("it is set");
        let unit = &app.unit("شکایات").id;
        let due = deadlines::due(&mut tx, &Rules::default(), unit, None, Step::Objection, ten_of(19)).await;
        assert_eq!(due.expect("it is counted"), ten_of(19));
    })
    .await;
}

#[tokio::test]
async fn a_unit_has_closures_and_a_week_of_its_own() {
    on_both(async |app| {
        let mut tx = app.begin().await;
        let (one, other) = (app.unit("شکایات").id.clone(), app.unit("بایگانی").id.clone());
        let closed = |unit: Option<&UnitId>, day, left| Closure {
            unit: unit.cloned(),
            date: date(1409, 8, day),
            left,
            reason: "گرما".into(),
        };
        let closures = [
            closed(None, 20, Extent::Off),
            closed(Some(&one), 21, Extent::Off),
            closed(Some(&one), 20, Extent::Half),
            closed(None, 22, Extent::Half),
        ];
        deadlines::close(&mut tx, &closures).await.expect("they are closed");
        assert_eq!(last_day(&mut tx, &one, None, Step::Review, ten_of(19)).await, (8, 25));
        assert_eq!(last_day(&mut tx, &other, None, Step::Review, ten_of(19)).await, (8, 23));

        let week = Week::default().with(Weekday::Thursday, Extent::Off);
        let own = ValidWeek { unit: Some(other.clone()), from: date(1409, 8, 1), until: None, week };
        deadlines::set_week(&mut tx, &own).await.expect("it is set");
        assert_eq!(last_day(&mut tx, &other, None, Step::Review, ten_of(19)).await, (8, 25));
        assert_eq!(last_day(&mut tx, &one, None, Step::Review, ten_of(19)).await, (8, 25));
        deadlines::forget_week(&mut tx, Some(&other), date(1409, 8, 1)).await.expect("it is forgotten");
        deadlines::open(&mut tx, None, date(1409, 8, 1), date(1409, 8, 30)).await.expect("they are opened");
        assert_eq!(last_day(&mut tx, &other, None, Step::Review, ten_of(19)).await, (8, 22));
        tx.commit().await.expect("kept");

        let mut elsewhere = app.elsewhere().begin().await;
        assert_eq!(deadlines::count_closures(&mut elsewhere, 1409).await.expect("counted"), 0);
        let stranger = deadlines::close(&mut elsewhere, &[closed(Some(&one), 20, Extent::Off)]).await;
        assert_eq!(stranger.expect_err("another organisation's unit").to_string(), "there is no such unit");
    })
    .await;
}

#[tokio::test]
async fn a_paused_deadline_goes_on_with_what_was_left() {
    on_both(async |app| {
        let mut tx = app.begin().await;
        let unit = &app.unit("شکایات").id;
        let due = deadlines::due(&mut tx, &Rules::default(), unit, None, Step::Review, ten_of(19)).await;
        let due = due.expect("it is counted");
        // Two of three days were left on Monday; Tuesday of the week after is closed.
        let closure = Closure { unit: None, date: date(1409, 8, 28), left: Extent::Off, reason: "برف".into() };
        deadlines::close(&mut tx, &[closure]).await.expect("closed");
        let resumed = deadlines::resumed(&mut tx, unit, due, ten_of(20), ten_of(27)).await.expect("it goes on");
        assert_eq!(TehranDay::of(resumed.0).date(), date(1409, 8, 30));
        let late = deadlines::resumed(&mut tx, unit, due, ten_of(25), ten_of(29)).await.expect("it goes on");
        assert_eq!(ten_of(29).0 - late.0, ten_of(25).0 - due.0);
    })
    .await;
}

/// A letter of the unit that came then and was decided so many minutes later.
async fn decided(tx: &mut Tx, unit: &UnitId, submitted: Moment, minutes: i64, is_rejected: bool) -> LetterId {
    let at = submitted.0 + minutes * MINUTE;
    let organisation = tx.organisation().0.clone();
    let id = LetterId::random();
    query(
        "insert into letters (organisation_id, id, sender_id, state, version, unit_id, sender_name, sender_kind, subject, body,
                              token, created_at, changed_at, submitted_at, registered_at, rejected_at)
         values ($1, $2, 'x', 'closed', 1, $3, '', 'person', '', '', $2, $4, $4, $4, $5, $6)",
    )
        .bind(organisation)
        .bind(id.to_string())
        .bind(unit.to_string())
        .bind(submitted.0)
        .bind((!is_rejected).then_some(at))
        .bind(is_rejected.then_some(at))
        .execute(tx.connection())
        .await
        .expect("it is written");
    id
}

/// What happened to the letter then, next.
async fn happened(tx: &mut Tx, letter: &LetterId, at: Moment, kind: &str) {
    let organisation = tx.organisation().0.clone();
    query(
        "insert into events (organisation_id, letter_id, sequence, at, actor_kind, actor_id, kind, detail)
         values ($1, $2, (select count(*) + 1 from events where organisation_id = $1 and letter_id = $2), $3, 'time', '',
                 $4, '{}')",
    )
    .bind(organisation)
    .bind(letter.to_string())
    .bind(at.0)
    .bind(kind.to_owned())
    .execute(tx.connection())
    .await
    .expect("it is written");
}

/// By when a review that began then and was never paused is usually done.
async fn promised(tx: &mut Tx, unit: &UnitId, from: Moment) -> Option<Moment> {
    let usual = deadlines::usual(tx, unit, Step::Review).await.expect("asked");
    usual.and_then(|usual| usual.promise(from, &[], tx.now()))
}

#[tokio::test]
async fn a_promise_is_the_median_of_what_the_unit_did_lately() {
    on_both(async |app| {
        let mut tx = app.begin().await;
        let (one, other) = (app.unit("شکایات").id.clone(), app.unit("بایگانی").id.clone());
        // Saturday the 11th at ten: nine letters are too few.
        for minutes in [10, 20, 30, 60, 90, 100, 110, 2 * 24 * 60, 4 * 24 * 60] {
            decided(&mut tx, &one, ten_of(11), minutes, minutes == 60).await;
        }
        let now = tx.now();
        assert_eq!(promised(&mut tx, &one, now).await, None);
        decided(&mut tx, &other, ten_of(11), 5, false).await;
        // Long ago: not of the last ninety days.
        decided(&mut tx, &one, Moment(now.0 - 120 * 24 * 60 * MINUTE), 5, false).await;
        assert_eq!(promised(&mut tx, &one, now).await, None);
        decided(&mut tx, &one, ten_of(11), 95, false).await;
        // Of ten the fifth: 90 minutes of work, from Sunday the 19th at ten, and from Thursday noon on, when half an hour is left.
        assert_eq!(promised(&mut tx, &one, ten_of(19)).await, Some(Moment(ten_of(19).0 + 90 * MINUTE)));
        let noon = Moment(ten_of(23).0 + 2 * 60 * MINUTE);
        let saturday = Moment(date(1409, 8, 25).day_in_tehran().expect("a day").at(8 * 60 + 30));
        assert_eq!(promised(&mut tx, &one, noon).await, Some(saturday));
        // What has passed is no promise.
        assert_eq!(promised(&mut tx, &one, ten_of(18)).await, None);
        assert_eq!(promised(&mut tx, &other, now).await, None);
        // Rejected after five minutes, and registered when the objection had been decided a week later: five minutes count.
        let anew = decided(&mut tx, &one, ten_of(11), 7 * 24 * 60, false).await;
        let after = |minutes: i64| Moment(ten_of(11).0 + minutes * MINUTE);
        for (minutes, kind) in [
            (5, "letter_rejected"),
            (24 * 60, "letter_objected"),
            (6 * 24 * 60, "letter_reconsidered"),
            (7 * 24 * 60, "letter_registered"),
        ] {
            happened(&mut tx, &anew, after(minutes), kind).await;
        }
        assert_eq!(
            promised(&mut tx, &one, ten_of(19)).await,
            Some(Moment(ten_of(19).0 + 90 * MINUTE)),
            "of eleven the sixth"
        );
    })
    .await;
}

#[tokio::test]
async fn what_waited_for_its_sender_counts_for_nothing_in_what_a_unit_needs_nor_in_what_is_promised() {
    on_both(async |app| {
        let mut tx = app.begin().await;
        let unit = app.unit("شکایات").id.clone();
        let after = |minutes: i64| Moment(ten_of(11).0 + minutes * MINUTE);
        let days = 3 * 24 * 60;
        for _ in 0..5 {
            decided(&mut tx, &unit, ten_of(11), 120, false).await;
            // On the desk from ten to half past ten on Saturday, and for an hour on Tuesday; a return that was taken back took a minute.
            let returned = decided(&mut tx, &unit, ten_of(11), days + 91, false).await;
            for (minutes, kind) in [
                (10, "letter_returned"),
                (11, "decision_undone"),
                (30, "letter_returned"),
                (31, "sender_warned"),
                (days + 30, "letter_completed"),
                (days + 91, "letter_registered"),
            ] {
                happened(&mut tx, &returned, after(minutes), kind).await;
            }
        }
        // Of ten the fifth: an hour and a half without the pauses, and more than three days with them.
        assert_eq!(promised(&mut tx, &unit, ten_of(19)).await, Some(Moment(ten_of(19).0 + 90 * MINUTE)));
        let usual = deadlines::usual(&mut tx, &unit, Step::Review).await.expect("asked").expect("ten tell it");
        let pause = |from: i64, until: Moment| Pause { from: Moment(ten_of(19).0 + from * MINUTE), until };
        // Half an hour was worked on Sunday, and an hour is left on Wednesday. What comes after the time has passed moves nothing.
        let pauses = [pause(30, ten_of(22)), pause(5 * 24 * 60, ten_of(27))];
        let wednesday = Moment(ten_of(22).0 + 60 * MINUTE);
        assert_eq!(usual.promise(ten_of(19), &pauses, tx.now()), Some(wednesday));
        assert_eq!(usual.promise(ten_of(19), &pauses, wednesday), None, "that has passed");
        assert_eq!(usual.promise(ten_of(23), &pauses, tx.now()), usual.promise(ten_of(23), &[], tx.now()));
    })
    .await;
}

#[tokio::test]
async fn the_days_of_units_became_terms() {
    on_both(async |app| {
        forget_the_calendar(&app).await;
        app.execute("update units set review_days = 2, answer_days = null where code = 'ش'").await;
        app.execute("update units set review_days = null, answer_days = 40 where code = 'م'").await;
        let db = Db::open(app.store()).await.expect("it opens, and migrates");
        let mut tx = db.begin(&app.organisation().id, app.now()).await.expect("begun");
        let mut terms = deadlines::terms(&mut tx).await.expect("listed");
        terms.sort_by_key(|it| it.step.as_str());
        let code = async |tx: &mut Tx, it: &SetTerm| {
            let unit = it.unit.as_ref().expect("of a unit");
            units::find(tx, unit).await.expect("read").expect("there").code
        };
        let mut told = Vec::new();
        for it in &terms {
            told.push((code(&mut tx, it).await, it.step, it.term, it.kind.is_none()));
        }
        let expected = [("م", Step::Answer, Term::Days(40)), ("ش", Step::Review, Term::Days(2))];
        assert_eq!(told, expected.map(|(code, step, term)| (code.to_owned(), step, term, true)));
    })
    .await;
}

/// Takes the database back to where it was before there was a calendar.
async fn forget_the_calendar(app: &TestApp) {
    for statement in [
        "drop table working_weeks",
        "drop table closures",
        "drop table letter_kinds",
        "drop table terms",
        "drop index letters_decided",
        "drop index letters_escalated",
        "drop index letters_to_answer",
        "drop index letters_to_rule",
        "drop index letters_done",
        "alter table letters drop column escalated_to_unit_id",
        "delete from migrations where version = 7",
    ] {
        app.execute(statement).await;
    }
}

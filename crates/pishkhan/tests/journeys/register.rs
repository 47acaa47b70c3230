//! The register: its dates never go down, though requests may read the clock in another order than they get their numbers.

use std::time::Duration;

use pishkhan_office::Moment;
use pishkhan_office::accounts::{SessionToken, sessions};
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, RegisterError};
use pishkhan_testkit::{Staff, TestApp, on_both};

/// Registers a letter as a request does that read the clock at this moment.
async fn register_at(app: &TestApp, reviewer: &Staff, letter: &LetterId, now: Moment) -> Result<(), RegisterError> {
    let token = reviewer.cookie("desk").and_then(|token| SessionToken::parse(&token)).expect("a session");
    let mut tx = app.begin().await;
    let (_, staff) = sessions::find_staff(&mut tx, &token).await?.expect("they are in");
    let mut tx = tx.at(now);
    let actor = staff.reviewer().expect("a reviewer");
    let seen = letters::find_for_desk(&mut tx, &actor, letter).await?.expect("a letter").version;
    letters::register(&mut tx, &app.parts().rules, &actor, letter, seen).await?;
    tx.commit().await?;
    Ok(())
}

#[tokio::test]
async fn dates_never_go_down_and_a_clock_that_was_set_back_registers_nothing() {
    on_both(async |app| {
        let mut waiting = app.waiting_letters("شکایات", 4).await;
        let reviewer = app.reviewer().await;
        let now = app.now();
        let mut next = || waiting.pop_front().expect("a letter that waits");
        register_at(&app, &reviewer, &next(), now).await.expect("the first");
        register_at(&app, &reviewer, &next(), now.minus(Duration::from_secs(5)))
            .await
            .expect("one that waited its turn");
        let late = next();
        let refused = register_at(&app, &reviewer, &late, now.minus(Duration::from_hours(1))).await;
        assert!(matches!(refused, Err(RegisterError::ClockWentBack)), "{refused:?}");
        register_at(&app, &reviewer, &late, now.plus(Duration::from_secs(1)))
            .await
            .expect("after the clock was mended");
        assert_eq!(app.numbers("select number from entries order by number").await, [1, 2, 3]);
        let dates = app.numbers("select registered_at from entries order by number").await;
        assert_eq!(dates, [now.0, now.0, now.plus(Duration::from_secs(1)).0]);
        let of_letters = "select l.registered_at from letters l join entries e on e.letter_id = l.id order by e.number";
        assert_eq!(app.numbers(of_letters).await, dates);
    })
    .await;
}

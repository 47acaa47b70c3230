//! The store as the whole program sees it: a database from the future, and the events behind each state.

use pishkhan_office::ids::LetterId;
use pishkhan_office::ledger::{self, Event};
use pishkhan_office::{Db, StoreError};
use pishkhan_testkit::{Letter, TestApp, on_both};

#[tokio::test]
async fn a_database_newer_than_the_program_is_refused_with_a_sentence() {
    on_both(async |app| {
        app.execute("insert into migrations (version) values (9999)").await;
        let Err(refused) = Db::open(app.store()).await else { panic!("it opened") };
        assert!(matches!(refused, StoreError::Newer { found: 9999, .. }));
        let sentence = refused.to_string();
        assert!(sentence.contains("9999") && sentence.len() > 40, "{sentence}");
    })
    .await;
}

/// The state in which these events leave a letter.
fn told(events: &[Event]) -> &'static str {
    events.iter().fold("draft", |state, event| match (state, event) {
        ("draft", Event::LetterSubmitted { .. }) | ("submitted", Event::LetterRedirected { .. }) => "submitted",
        ("submitted", Event::LetterRegistered { .. }) => "registered",
        ("submitted", Event::LetterRejected { .. }) => "rejected",
        ("registered", Event::LetterTaken) => "in_progress",
        ("in_progress", Event::LetterAnswered { .. }) => "answered",
        ("answered", Event::LetterClosed) => "closed",
        // To be told of one level up changes nothing of the letter itself.
        (state, Event::LetterEscalated { .. }) => state,
        (state, event) => panic!("{event:?} can't happen to a letter that is {state}"),
    })
}

async fn events_of(app: &TestApp, letter: &LetterId) -> Vec<Event> {
    let happenings = ledger::of_letter(&mut app.begin().await, letter).await.expect("the events are readable");
    happenings.into_iter().map(|happening| happening.event).collect()
}

#[tokio::test]
async fn each_letters_state_can_be_told_from_its_events() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let draft = pishkhan_testkit::draft_of(&sender.writes(&Letter::default()).await);
        let mut letters = vec![draft];
        for _ in 0..6 {
            letters.push(sender.sends(&Letter::default()).await);
        }
        let reviewer = app.reviewer().await;
        reviewer.rejects(&letters[2], "").await;
        for letter in &letters[3..] {
            reviewer.redirects(letter, "امور مالی").await;
            reviewer.redirects(letter, "شکایات").await;
            reviewer.registers(letter).await;
        }
        let officer = app.officer("شکایات").await;
        for letter in &letters[4..] {
            officer.takes(letter).await;
        }
        officer.answers(&letters[6], "پاسخ", &[]).await;
        app.time_comes(30).await;
        officer.answers(&letters[5], "پاسخ", &[]).await;
        let states = ["draft", "submitted", "rejected", "registered", "in_progress", "answered", "closed"];
        let mut tx = app.begin().await;
        for (letter, state) in letters.iter().zip(states) {
            let events = ledger::of_letter(&mut tx, letter).await.expect("the events are readable");
            let events: Vec<Event> = events.into_iter().map(|happening| happening.event).collect();
            assert_eq!(told(&events), state);
        }
        drop(tx);
        for state in states {
            let count = app.texts("select state from letters").await.iter().filter(|found| *found == state).count();
            assert_eq!(count, 1, "one letter is {state}");
        }
        assert_eq!(events_of(&app, &letters[6]).await.len(), 7);
    })
    .await;
}

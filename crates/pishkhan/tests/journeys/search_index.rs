//! The index of the search: it holds every letter as it is, whoever changes it and however many at once; it knows the same sight
//! as the letter's page; and the database asks it rather than read all letters.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use pishkhan_office::accounts::{SessionToken, sessions};
use pishkhan_office::actor;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters;
use pishkhan_office::search::{self, Asked, Query};
use pishkhan_store::{Row, query};
use pishkhan_testkit::{Letter, Staff, TestApp, on_both};

/// Who the person at this browser is, with their posts of now.
async fn actor_of(app: &TestApp, staff: &Staff) -> actor::Staff {
    let token = staff.cookie("desk").and_then(|token| SessionToken::parse(&token)).expect("a session");
    let (_, actor) =
        sessions::find_staff(&mut app.begin().await, &token).await.expect("it is read").expect("they are in");
    actor
}

/// The letters that this person finds when they ask for nothing in particular.
async fn all_found(app: &TestApp, staff: &actor::Staff) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut asked = Asked::default();
    let mut tx = app.begin().await;
    loop {
        let page = search::search(&mut tx, staff, &asked).await.expect("the search answers");
        assert_eq!(page.left_out, 0, "the index shows what the page would not");
        found.extend(page.hits.into_iter().map(|hit| hit.letter.id.to_string()));
        asked.after = page.next;
        if asked.after.is_none() {
            return found;
        }
    }
}

/// The letters whose page this person can open.
async fn all_seen(app: &TestApp, staff: &actor::Staff) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    for id in app.texts("select id from letters").await {
        let letter = letters::find_for_desk(&mut app.begin().await, staff, &LetterId::stored(&id)).await;
        seen.extend(letter.expect("letters are read").map(|letter| letter.id.to_string()));
    }
    seen
}

/// Does something to one letter behind the acts' back, and has it indexed as they would.
async fn change(app: &TestApp, letter: &LetterId, statement: &'static str, value: &str) {
    let mut tx = app.begin().await;
    query(statement).bind(letter.as_str()).bind(value).execute(tx.connection()).await.expect("the statement holds");
    search::index(&mut tx, letter).await.expect("the index takes it");
    tx.commit().await.expect("it is kept");
}

#[tokio::test]
async fn the_index_and_the_letters_page_have_one_sight() {
    on_both(async |app| {
        let reviewer = app.reviewer().await;
        let officer = app.officer("شکایات").await;
        let (archive, finance) = (app.unit("بایگانی").id.to_string(), app.unit("امور مالی").id.to_string());
        let referred =
            "insert into referrals (organisation_id, id, letter_id, parent_id, hop, from_unit_id, from_staff_id,
                                               to_unit_id, to_staff_id, purpose, text, at)
                        values ('nemune', $1, $1, '', 1, '', '', $2, '', 'action', '', 1)";
        let referred_to =
            "insert into referrals (organisation_id, id, letter_id, parent_id, hop, from_unit_id, from_staff_id,
                                                  to_unit_id, to_staff_id, purpose, text, at)
                           values ('nemune', $1, $1, '', 1, '', '', 'x', $2, 'action', '', 1)";
        let person = app.officer("امور مالی").await.account.id.to_string();
        for classification in ["0", "1", "2"] {
            let mut letters = app.waiting_letters("شکایات", 9).await;
            let all: Vec<LetterId> = letters.iter().cloned().collect();
            letters.pop_front();
            for letter in &letters {
                reviewer.registers(letter).await;
            }
            let mut next = || letters.pop_front().expect("nine");
            let closed = next();
            officer.takes(&closed).await;
            officer.answers(&closed, "پاسخ", &[]).await;
            app.time_comes(100).await;
            change(&app, &next(), "update letters set holder_unit_id = $2 where id = $1", &finance).await;
            change(&app, &next(), "update letters set raised_to_unit_id = $2 where id = $1", &archive).await;
            change(&app, &next(), "update letters set raised_to_unit_id = $2 where id = $1", "").await;
            change(&app, &next(), "update letters set escalated_to_unit_id = $2 where id = $1", "").await;
            change(&app, &next(), referred, &archive).await;
            change(&app, &next(), referred_to, &person).await;
            // The first is still under review, the last as it was registered.
            for id in all {
                let statement = "update letters set classification = cast($2 as bigint) where id = $1";
                change(&app, &id, statement, classification).await;
            }
        }
        app.execute("update letters set was_referred = 1 where id in (select r.letter_id from referrals r)").await;
        let mut posts: Vec<Staff> = vec![reviewer, officer];
        for unit in ["امور مالی", "بایگانی"] {
            posts.push(app.officer(unit).await);
        }
        // To whom what is late was told of meanwhile.
        posts.push(app.signer("بایگانی").await);
        for role in actor::Role::ALL {
            posts.push(app.staff(role).await);
        }
        for clearance in [
            "update staff set clearance = 0",
            "update staff set clearance = 1",
            "update staff set clearance = 2",
            "update posts set role = 'signer', unit_id = '' where role = 'officer'",
        ] {
            app.execute(clearance).await;
            let mut some = 0;
            for person in &posts {
                let actor = actor_of(&app, person).await;
                let found = all_found(&app, &actor).await;
                assert_eq!(found, all_seen(&app, &actor).await, "{clearance}: {:?}", actor.posts);
                some += found.len();
            }
            assert!(some > 0);
        }
    })
    .await;
}

#[tokio::test]
async fn letters_from_before_the_index_are_brought_in_and_found_again() {
    on_both(async |app| {
        app.waiting_letters("شکایات", 120).await;
        let there = app.elsewhere();
        there.waiting_letters("شکایات", 3).await;
        app.execute("delete from search_places").await;
        app.execute("delete from search_tokens").await;
        let parts = app.parts();
        let catch_up = async |app: &TestApp| {
            search::catch_up(&parts.db, &parts.clock, &app.organisation().id).await.expect("the index takes them")
        };
        // Two nodes at once.
        let brought = join_all([catch_up(&app), catch_up(&app)]).await;
        assert!(brought.iter().sum::<u64>() >= 120, "{brought:?}");
        assert_eq!(catch_up(&app).await, 0);
        assert_eq!(catch_up(&there).await, 3);
        let reviewer = actor_of(&app, &app.reviewer().await).await;
        assert_eq!(all_found(&app, &reviewer).await.len(), 120);
        // Read as a table is, in longer stretches than a page.
        let stretch = async |after: Option<i64>| {
            let asked = Asked { after, ..Asked::default() };
            search::stretch(&mut app.begin().await, &reviewer, &asked, 70).await.expect("the search answers")
        };
        let first = stretch(None).await;
        let rest = stretch(first.next).await;
        assert_eq!((first.hits.len(), rest.hits.len(), rest.next), (70, 50, None));
        // By other rules: everything once more, and nothing twice.
        app.execute("update search_places set edition = 0").await;
        assert_eq!(catch_up(&app).await, 120);
        assert_eq!(all_found(&app, &reviewer).await.len(), 120);
        assert_eq!(app.count("select count(*) from search_places where organisation_id = 'nemune'").await, 120);
    })
    .await;
}

#[tokio::test]
async fn of_two_acts_at_once_the_index_keeps_both() {
    on_both(async |app| {
        let letter = app.sender("09121234567").signs_in().await.sends(&Letter::default()).await;
        let reviewer = actor_of(&app, &app.reviewer().await).await;
        let finds = async |text: &str| {
            let asked = Asked { query: Query::read(text), ..Asked::default() };
            let page = search::search(&mut app.begin().await, &reviewer, &asked).await.expect("the search answers");
            page.hits.len()
        };
        // Each changes something else, and each reads what it indexes while the other is under way.
        let change = async |statement: &'static str| {
            let mut tx = app.begin().await;
            query(statement).execute(tx.connection()).await.expect("the statement holds");
            search::index(&mut tx, &letter).await.expect("the index takes it");
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            tx.commit().await.expect("it is kept");
        };
        let answered = "insert into answers (organisation_id, id, letter_id, at, staff_id, text)
                        select organisation_id, 'a', id, 1, '', 'زرافه' from letters";
        tokio::join!(
            change("update letters set kind_id = 'kind'"),
            change(answered),
            change("update letters set subject = 'شترمرغ'")
        );
        assert_eq!((finds("زرافه").await, finds("شترمرغ").await, finds("زرافه شترمرغ").await), (1, 1, 1));
    })
    .await;
}

#[tokio::test]
async fn the_database_asks_the_index() {
    on_both(async |app| {
        let postgres = app.begin().await.is_postgres();
        let plan = async |statement: &'static str| {
            let mut tx = app.begin().await;
            let rows = query(statement).fetch_all(tx.connection()).await.expect("the statement is explained");
            let column = if postgres { 0 } else { 3 };
            rows.iter().map(|row| row.get::<String, _>(column)).collect::<Vec<_>>().join("\n")
        };
        if postgres {
            app.execute(
                "insert into search_tokens (organisation_id, place, tokens)
                 select 'nemune', n, array_to_tsvector(array['_a2nemune', 'w' || n % 7, '_022222']) from generate_series(1, 20000) n",
            )
            .await;
            // As a planner that has seen how common the words are would have it.
            app.execute("analyze search_tokens").await;
            let bounded = plan(
                "explain select place from search_tokens where organisation_id = 'nemune'
                   and tokens @@ '''_a2nemune'' & ''w3''' and place >= 0 and place < 30000 limit 1000",
            )
            .await;
            assert!(bounded.contains("Bitmap Index Scan on search_tokens_by_token"), "{bounded}");
        } else {
            let newest = plan(
                "explain query plan select p.place, p.letter_id from search_tokens t cross join search_places p on p.place = -t.rowid
                 where search_tokens match '\"a\"' and t.rowid > -5 and t.rowid <= -0 and p.organisation_id = 'nemune'
                 order by t.rowid limit 21",
            )
            .await;
            assert!(newest.contains("SCAN t VIRTUAL TABLE INDEX") && newest.contains("place=?"), "{newest}");
            assert!(!newest.contains("TEMP B-TREE"), "the newest are not first: {newest}");
        }
    })
    .await;
}

/// Letters of one day among those of ten years: what is rare or long ago is found as surely as what is new.
#[tokio::test]
async fn the_newest_are_found_however_they_lie_in_time() {
    on_both(async |app| {
        const DAY: i64 = 86_400_000;
        let letters: Vec<LetterId> = app.waiting_letters("شکایات", 60).await.into();
        let now = app.now().0;
        app.execute("delete from search_places").await;
        app.execute("delete from search_tokens").await;
        // Ten today, thirty within one day two years ago, twenty over eight years.
        let mut places: Vec<(i64, LetterId)> = Vec::new();
        for (n, id) in (0_i64..).zip(letters) {
            let at = match n {
                0..10 => now - n * 1000,
                10..40 => now - 730 * DAY - n * 1000,
                _ => now - 900 * DAY - (n - 40) * 100 * DAY,
            };
            let mut tx = app.begin().await;
            let statement = "update letters set submitted_at = $2 where id = $1";
            query(statement).bind(id.as_str()).bind(at).execute(tx.connection()).await.expect("the statement holds");
            search::index(&mut tx, &id).await.expect("the index takes it");
            tx.commit().await.expect("it is kept");
            places.push((at, id));
        }
        places.sort_by_key(|(at, _)| -at);
        let reviewer = actor_of(&app, &app.reviewer().await).await;
        let mut asked = Asked { query: Query::read("نامه"), ..Asked::default() };
        let mut found = Vec::new();
        loop {
            let page = search::search(&mut app.begin().await, &reviewer, &asked).await.expect("the search answers");
            found.extend(page.hits.into_iter().map(|hit| hit.letter.id));
            asked.after = page.next;
            if asked.after.is_none() {
                break;
            }
        }
        assert_eq!(found, places.into_iter().map(|(_, id)| id).collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test]
async fn the_senders_own_number_a_crossed_out_one_and_the_unit_in_hand_find_it_too() {
    on_both(async |app| {
        let sender = app.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter { subject: "پل", ..Letter::default() }).await;
        let reviewer = app.reviewer().await;
        let form = reviewer.dialog(&letter, "registration").await;
        form.fill("own_number", "ص/۷۷۷/۱۴۰۸").send().await.is(303);
        for typed in ["ص/777/1408", "۱۴۰۸ ۷۷۷", "777"] {
            let page = reviewer.ask("/desk/search", &[("q", typed)]).await.ok();
            assert_eq!(page.all(".found .sub"), ["پل"], "{typed}");
            assert_eq!(page.one(".why-found"), "در شماره نامه فرستنده", "{typed}");
        }
        let undo = reviewer.letter(&letter).await.form(&format!("/desk/letters/{letter}/undoing"));
        undo.send().await.is(303);
        let page = reviewer.ask("/desk/search", &[("q", "1409/ش/0001")]).await.ok();
        assert_eq!(page.all(".found .sub"), ["پل"]);
        assert_eq!(page.one(".why-found"), "در شماره باطل‌شده");

        reviewer.registers(&letter).await;
        let officer = app.officer("شکایات").await;
        officer.takes(&letter).await;
        officer.referral(&letter, "امور مالی", None, "action").await.send().await.is(303);
        for unit in ["شکایات", "امور مالی"] {
            let id = app.unit(unit).id.to_string();
            let page = reviewer.ask("/desk/search", &[("unit", &id)]).await.ok();
            assert_eq!(page.all(".found .sub"), ["پل"], "{unit}");
        }
        let elsewhere = app.unit("بایگانی").id.to_string();
        assert!(!reviewer.ask("/desk/search", &[("unit", &elsewhere)]).await.ok().has(".found"));
    })
    .await;
}

//! Overdue and nearly due are one rule: the function, and every statement that says it again in SQL, agree about letters at its
//! borders, in every state.

use std::collections::{BTreeMap, BTreeSet};

use pishkhan_office::accounts::staff;
use pishkhan_office::actor::{Role, Staff};
use pishkhan_office::deadlines::{self, Left};
use pishkhan_office::ids::StaffId;
use pishkhan_office::letters::{self, Letter, Sieve, Tray};
use pishkhan_office::persian::TrackingCode;
use pishkhan_office::reports::{self, By, Range, Sight, Where};
use pishkhan_office::{Moment, Tx};
use pishkhan_store::{Row, query};
use pishkhan_testkit::{TestApp, on_both};

/// In which the house owes a step; of an objection, to an answer and to a rejection.
const OWED: [&str; 6] = ["submitted", "registered", "in_progress", "answer_review", "objected", "objected_rejection"];
/// In which its clock stands still, or has stopped; every moment that these letters have is over.
const NOT_OWED: [&str; 7] = ["returned", "awaiting_sender", "answered", "rejected", "closed", "withdrawn", "lapsed"];
/// Around now, and around the moment before which a step is nearly due.
const BORDERS: usize = 6;

const ENTERED: &str = "registered_at = submitted_at, registered_by = '@staff', number_printed = id,
    number_direction = 'ltr', tracking_code = '@code', holder_unit_id = unit_id";
const TAKEN: &str = "taken_at = submitted_at, officer_id = '@staff'";
const ANSWERED: &str =
    "answered_at = submitted_at, answered_by = '@staff', answer_text = 'x', objection_until_at = @due";
const REJECTED: &str = "rejected_at = submitted_at, rejected_by = '@staff', reason_short = 'x', reason_note = '',
    objection_until_at = @due";
const OBJECTED: &str =
    "objected_at = submitted_at, objection_text = 'x', objection_due_at = @due, raised_to_unit_id = '@above'";
const REVIEWED: &str = "review_due_at = submitted_at - 1";
const TO_ANSWER: &str = "answer_due_at = @due";

/// What is true in each state; what is due then is due at `@due`, and whatever else was due is over.
fn truth_of(state: &str) -> Vec<&'static str> {
    match state {
        "submitted" => vec!["review_due_at = @due"],
        "registered" => vec![REVIEWED, ENTERED, TO_ANSWER],
        "in_progress" => vec![REVIEWED, ENTERED, TO_ANSWER, TAKEN],
        "answer_review" => {
            vec![REVIEWED, ENTERED, TO_ANSWER, TAKEN, "proposed_at = submitted_at, proposed_by = '@staff'"]
        }
        "objected" => vec![REVIEWED, ENTERED, "answer_due_at = submitted_at - 1", TAKEN, ANSWERED, OBJECTED],
        "objected_rejection" => vec![REVIEWED, REJECTED, OBJECTED],
        "returned" => {
            vec![REVIEWED, "returned_at = submitted_at, returned_by = '@staff', return_note = '', wait_until_at = @due"]
        }
        "awaiting_sender" => vec![
            REVIEWED,
            ENTERED,
            TO_ANSWER,
            TAKEN,
            "asked_at = submitted_at, asked_by = '@staff', wait_until_at = @due",
        ],
        "answered" => vec![REVIEWED, ENTERED, TO_ANSWER, TAKEN, ANSWERED],
        "rejected" => vec![REVIEWED, REJECTED],
        "closed" => vec![REVIEWED, ENTERED, TO_ANSWER, TAKEN, ANSWERED, "closed_at = submitted_at"],
        "withdrawn" | "lapsed" => vec![REVIEWED, ENTERED, TO_ANSWER, TAKEN, "ended_at = submitted_at"],
        _ => panic!("nobody has said what is true of a letter that is {state}"),
    }
}

/// A letter in each state at each border, as the function judges them.
struct Cases {
    now: Moment,
    letters: BTreeMap<String, Letter>,
    overdue: BTreeSet<String>,
    near: BTreeSet<String>,
}

impl Cases {
    async fn make(app: &TestApp) -> Cases {
        let ids = app.waiting_letters("شکایات", OWED.len() * BORDERS + NOT_OWED.len()).await;
        let now = app.now();
        let near = deadlines::near(&mut read(app, now).await, now).await.expect("the calendar is read");
        let dues = [now.0 - 1, now.0, now.0 + 1, near.0 - 1, near.0, near.0 + 1];
        let owed = OWED.into_iter().flat_map(|state| dues.map(|due| (state, due)));
        let all = owed.chain(NOT_OWED.map(|state| (state, now.0 - 1)));
        let officer = staff_of(app, "officer", "شکایات").await;
        let mut tx = app.begin().await;
        for ((n, id), (state, due)) in (0_u64..).zip(&ids).zip(all) {
            let word = if state == "objected_rejection" { "objected" } else { state };
            let truth = truth_of(state).join(", ").replace("@staff", &officer).replace("@due", &due.to_string());
            let truth = truth.replace("@above", app.unit("بایگانی").id.as_str());
            let truth = truth.replace("@code", TrackingCode::from_random(n).as_str());
            let statement = format!("update letters set state = '{word}', {truth} where id = '{id}'");
            let statement: &'static str = statement.leak();
            query(statement).execute(tx.connection()).await.expect("the statement holds");
        }
        tx.commit().await.expect("the states are kept");
        let mut cases = Cases { now, letters: BTreeMap::new(), overdue: BTreeSet::new(), near: BTreeSet::new() };
        let mut tx = read(app, now).await;
        let auditor = person(&mut tx, app.account(Role::Auditor).id.as_str()).await;
        for id in &ids {
            let letter = letters::find_for_desk(&mut tx, &auditor, id).await.expect("read").expect("auditors see all");
            let standing = letter.state.due().map(|due| deadlines::standing(due, now, near));
            if standing.is_some_and(|standing| matches!(standing.left, Left::Overdue(_) | Left::OverdueHours(_))) {
                cases.overdue.insert(id.to_string());
            }
            if standing.is_some_and(|standing| standing.is_near) {
                cases.near.insert(id.to_string());
            }
            cases.letters.insert(id.to_string(), letter);
        }
        cases
    }

    fn near_or_over(&self) -> BTreeSet<String> {
        self.near.union(&self.overdue).cloned().collect()
    }

    /// Those of them that are overdue and as asked.
    fn overdue_where(&self, is_asked: impl Fn(&Letter) -> bool) -> BTreeSet<String> {
        self.overdue.iter().filter(|id| is_asked(&self.letters[*id])).cloned().collect()
    }
}

async fn read(app: &TestApp, now: Moment) -> Tx {
    app.parts().db.read(&app.organisation().id, now).await.expect("the database is read")
}

async fn staff_of(app: &TestApp, role: &'static str, unit: &str) -> String {
    let mut tx = app.begin().await;
    let statement = "select staff_id from posts where role = $1 and unit_id = $2";
    let asked = query(statement).bind(role).bind(app.unit(unit).id.as_str());
    asked.fetch_one(tx.connection()).await.expect("each unit has its people").get(0)
}

async fn person(tx: &mut Tx, id: &str) -> Staff {
    staff::find(tx, &StaffId::stored(id)).await.expect("the staff is read").expect("the person is there").staff
}

/// All letters of a view, which counts as many.
async fn view(tx: &mut Tx, staff: &Staff, tray: Tray, sieve: &Sieve) -> BTreeSet<String> {
    let (mut found, mut after) = (BTreeSet::new(), None);
    loop {
        let page = letters::tray(tx, staff, tray, sieve, after.as_ref()).await.expect("the view is read");
        found.extend(page.cards.iter().map(|card| card.letter.id.to_string()));
        let Some(next) = page.next else { break };
        after = next.after;
    }
    let counted = letters::tray_count(tx, staff, tray, sieve).await.expect("the view is counted");
    assert_eq!(counted, found.len() as u64, "{tray:?}");
    found
}

#[tokio::test]
async fn the_function_the_lists_the_figures_and_the_escalation_call_the_same_letters_overdue() {
    on_both(async |app| {
        let cases = Cases::make(&app).await;
        assert_eq!(
            (cases.overdue.len(), cases.near.len()),
            (OWED.len(), 3 * OWED.len()),
            "before now; now, then, and before near"
        );
        for (id, letter) in &cases.letters {
            let is_late = !letters::breaches(letter, &[], cases.now).is_empty();
            assert_eq!(is_late, cases.overdue.contains(id), "{}", letter.state.as_str());
        }
        the_tray_agrees(&app, &cases).await;
        what_was_referred_agrees(&app, &cases).await;
        the_reports_agree(&app, &cases).await;
        the_escalation_agrees(&app, &cases).await;
    })
    .await;
}

async fn the_tray_agrees(app: &TestApp, cases: &Cases) {
    let officer = staff_of(app, "officer", "شکایات").await;
    let mut tx = read(app, cases.now).await;
    let auditor = person(&mut tx, app.account(Role::Auditor).id.as_str()).await;
    let (all, late) = (Sieve::default(), Sieve { is_overdue: true, ..Sieve::default() });
    assert_eq!(view(&mut tx, &auditor, Tray::Near, &all).await, cases.near_or_over());
    assert_eq!(view(&mut tx, &auditor, Tray::Near, &late).await, cases.overdue);
    let of_state = |state: &'static str| cases.overdue_where(|letter| letter.state.as_str() == state);
    assert_eq!(view(&mut tx, &auditor, Tray::Review, &late).await, of_state("submitted"));
    let decided = cases.overdue_where(|letter| letter.state.as_str() != "submitted");
    assert_eq!(view(&mut tx, &auditor, Tray::Unit, &late).await, decided);
    assert!(view(&mut tx, &auditor, Tray::Done, &late).await.is_empty(), "what is done is never late");
    assert!(view(&mut tx, &auditor, Tray::Waiting, &late).await.is_empty(), "its clock stands still");
    // Whoever sees some units only has statements of their own.
    let officer = person(&mut tx, &officer).await;
    let entered = |id: &String| cases.letters[id].state.registration().is_some();
    let theirs: BTreeSet<String> = cases.near_or_over().into_iter().filter(entered).collect();
    assert_eq!(view(&mut tx, &officer, Tray::Near, &all).await, theirs);
    assert_eq!(view(&mut tx, &officer, Tray::Mine, &late).await.len(), 2, "in hand, or with the signer");
}

/// To whoever letters were referred to, the day that was said with it counts beside the letter's own: each letter meets each border.
async fn what_was_referred_agrees(app: &TestApp, cases: &Cases) {
    let now = cases.now;
    let near = deadlines::near(&mut read(app, now).await, now).await.expect("the calendar is read");
    let dues = [now.0 - 1, now.0, now.0 + 1, near.0 - 1, near.0, near.0 + 1];
    let asked = staff_of(app, "officer", "امور مالی").await;
    let late = Sieve { is_overdue: true, ..Sieve::default() };
    for shift in 0..BORDERS {
        let (mut is_near, mut is_late, mut is_referred_late) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let mut tx = app.begin().await;
        let referred = cases.letters.iter().filter(|(_, letter)| letter.state.registration().is_some());
        for (place, (id, letter)) in referred.enumerate() {
            let own = Moment(dues[(place + shift) % BORDERS]);
            refer(&mut tx, app.unit("امور مالی").id.as_str(), id, own).await;
            let (standing, is_own_late) = (deadlines::standing(own, now, near), deadlines::is_overdue(own, now));
            let is_over = matches!(letter.state.as_str(), "answered" | "closed" | "withdrawn" | "lapsed");
            let is_in = |is_it: bool, found: &mut BTreeSet<String>| {
                if is_it && !is_over {
                    found.insert(id.clone());
                }
            };
            is_in(is_own_late || standing.is_near || cases.near_or_over().contains(id), &mut is_near);
            is_in(is_own_late || cases.overdue.contains(id), &mut is_late);
            is_in(is_own_late, &mut is_referred_late);
        }
        tx.commit().await.expect("the referrals are kept");
        let mut tx = read(app, now).await;
        let asked = person(&mut tx, &asked).await;
        assert_eq!(view(&mut tx, &asked, Tray::Near, &Sieve::default()).await, is_near);
        assert_eq!(view(&mut tx, &asked, Tray::Near, &late).await, is_late);
        assert_eq!(view(&mut tx, &asked, Tray::Referred, &late).await, is_referred_late);
    }
    // What comes after goes by the letters alone.
    app.execute("delete from referrals").await;
}

/// The unit was asked about the letter until then, and nothing else.
async fn refer(tx: &mut Tx, unit: &str, letter: &str, until: Moment) {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query("delete from referrals where organisation_id = $1 and letter_id = $2")
        .bind(&organisation)
        .bind(letter)
        .execute(tx.connection())
        .await
        .expect("it is forgotten");
    query(
        "insert into referrals (organisation_id, id, letter_id, parent_id, hop, from_unit_id, from_staff_id, to_unit_id,
                                to_staff_id, purpose, text, due_at, at)
         values ($1, $2, $2, '', 1, '', '', $3, '', 'answer', '', $4, $5)",
    )
    .bind(&organisation)
    .bind(letter)
    .bind(unit)
    .bind(until.0)
    .bind(now)
    .execute(tx.connection())
    .await
    .expect("it is referred");
    query("update letters set was_referred = 1 where organisation_id = $1 and id = $2")
        .bind(&organisation)
        .bind(letter)
        .execute(tx.connection())
        .await
        .expect("the letter tells it");
}

async fn the_reports_agree(app: &TestApp, cases: &Cases) {
    reports::round(&app.parts().db, &app.parts().clock).await.expect("the round comes through");
    let mut tx = read(app, cases.now).await;
    let auditor = person(&mut tx, app.account(Role::Auditor).id.as_str()).await;
    for by in [By::Due, By::Arrived] {
        let asked = Where { by, is_late: true, ..Where::default() };
        let (found, _) = reports::letters_where(&mut tx, &auditor, &asked, None, 100).await.expect("a list");
        let found: BTreeSet<String> = found.iter().map(|found| found.id.to_string()).collect();
        assert_eq!(found, cases.overdue, "{by:?}");
    }
    let (found, _) =
        reports::letters_where(&mut tx, &auditor, &Where::default(), None, 100).await.expect("a list of all");
    assert_eq!(found.len(), cases.letters.len());
    for found in found {
        assert_eq!(found.due, cases.letters[found.id.as_str()].state.due(), "{}", found.state);
    }
    let sight = Sight::of(&auditor).expect("auditors read reports");
    let report = reports::report(&mut tx, &sight, auditor.clearance, None, Range::Week).await.expect("a report");
    let late: u64 = report.open.iter().map(|open| open.late).sum();
    let open: u64 = report.open.iter().map(reports::OpenInUnit::all).sum();
    assert_eq!((late, open), (cases.overdue.len() as u64, (OWED.len() * BORDERS) as u64));
}

async fn the_escalation_agrees(app: &TestApp, cases: &Cases) {
    assert_eq!(escalates(app, cases.now).await, cases.overdue.len());
    assert_eq!(escalates(app, cases.now).await, 0, "once for each deadline");
    let signer = staff_of(app, "signer", "بایگانی").await;
    let mut tx = read(app, cases.now).await;
    let signer = person(&mut tx, &signer).await;
    // Their own late objections stand among the objections, so that nothing is counted twice.
    let theirs = Sieve { is_overdue: true, ..Sieve::default() };
    let objections = view(&mut tx, &signer, Tray::Objections, &theirs).await;
    assert_eq!(objections, cases.overdue_where(|letter| letter.state.as_str() == "objected"));
    let others = cases.overdue_where(|letter| letter.state.as_str() != "objected");
    assert_eq!(view(&mut tx, &signer, Tray::Late, &Sieve::default()).await, others);
    drop(tx);
    assert_eq!(escalates(app, Moment(cases.now.0 + 1)).await, OWED.len(), "what was due now is late a moment later");
}

async fn escalates(app: &TestApp, now: Moment) -> usize {
    let mut tx = app.parts().db.begin(&app.organisation().id, now).await.expect("the database lets us begin");
    let escalated = letters::escalate_due(&mut tx, &app.parts().rules, 100).await.expect("what is late is escalated");
    tx.commit().await.expect("the round is kept");
    escalated
}

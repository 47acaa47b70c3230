//! The letters of the walk: one in each state, of one sender and one unit, and how they are put back after an act.

use std::collections::BTreeMap;

use pishkhan_courier::routes;
use pishkhan_office::ids::LetterId;
use pishkhan_office::{Tx, search};
use pishkhan_store::{Row, query};
use pishkhan_testkit::{Letter, Sender, TestApp, draft_of};

/// What acts write, and what is put back after each.
const TABLES: [&str; 16] = [
    "letters",
    "files",
    "events",
    "entries",
    "relations",
    "referrals",
    "messages",
    "notes",
    "missing_items",
    "answer_drafts",
    "former_states",
    "answers",
    "saved_views",
    "filings",
    "senders",
    "search_places",
];

/// Files are to follow all of them.
const PROMISED: &str = "files_promised_at = submitted_at, files_until_at = submitted_at + 172800000";
/// What the entry into the register leaves of a letter.
const ENTERED: &str = "registered_at = submitted_at + 1, registered_by = '@reviewer', number_printed = 'ش/' || id,
    number_direction = 'ltr', tracking_code = '@tracking', answer_due_at = submitted_at + 864000000,
    holder_unit_id = unit_id";
/// The same when the answer is overdue, and was shown above.
const ENTERED_LATE: &str = "registered_at = submitted_at + 1, registered_by = '@reviewer', number_printed = 'ش/' || id,
    number_direction = 'ltr', tracking_code = '@tracking', answer_due_at = submitted_at + 3, holder_unit_id = unit_id,
    escalated_at = submitted_at + 4, escalated_to_unit_id = '@above'";
const TAKEN: &str = "taken_at = submitted_at + 2, officer_id = '@officer'";
const ANSWERED: &str = "answered_at = submitted_at + 3, answered_by = '@officer', answer_text = 'پاسخ',
    objection_until_at = submitted_at + 864000000";
const REJECTED: &str =
    "rejected_at = submitted_at + 1, rejected_by = '@reviewer', reason_short = 'نه', reason_note = '',
    objection_until_at = submitted_at + 864000000";
const OBJECTED: &str =
    "objected_at = submitted_at + 4, objection_text = 'نه', objection_due_at = submitted_at + 864000000,
    raised_to_unit_id = '@above'";
const OVER: &str = "ended_at = submitted_at + 4";

/// The word that a letter has in the database which the table calls so.
fn word_of(state: &str) -> &str {
    match state {
        "escalated" => "submitted",
        "escalated_entered" => "in_progress",
        "objected_rejection" => "objected",
        "withdrawn_entered" => "withdrawn",
        "lapsed_entered" => "lapsed",
        state => state,
    }
}

/// What is true in each state beside its word, as the acts leave it.
fn truth_of(state: &str) -> Vec<&'static str> {
    match state {
        "draft" | "submitted" => Vec::new(),
        "returned" => vec![
            "returned_at = submitted_at + 1, returned_by = '@reviewer', return_note = 'کم است',
             wait_until_at = submitted_at + 864000000",
        ],
        "registered" => vec![ENTERED],
        "in_progress" => vec![ENTERED, TAKEN],
        "awaiting_sender" => vec![
            ENTERED,
            TAKEN,
            "asked_at = submitted_at + 3, asked_by = '@officer', wait_until_at = submitted_at + 864000000",
        ],
        "answer_review" => vec![ENTERED, TAKEN, "proposed_at = submitted_at + 3, proposed_by = '@officer'"],
        "answered" => vec![ENTERED, TAKEN, ANSWERED],
        "objected" => vec![ENTERED, TAKEN, ANSWERED, OBJECTED],
        "rejected" => vec![REJECTED],
        "withdrawn" | "lapsed" => vec![OVER],
        "escalated" => {
            vec!["review_due_at = submitted_at + 1, escalated_at = submitted_at + 2, escalated_to_unit_id = '@above'"]
        }
        "escalated_entered" => vec![ENTERED_LATE, TAKEN],
        "objected_rejection" => vec![REJECTED, OBJECTED],
        "withdrawn_entered" | "lapsed_entered" => vec![ENTERED, TAKEN, OVER],
        "closed" => vec![ENTERED, TAKEN, ANSWERED, "closed_at = submitted_at + 4"],
        _ => panic!("the walk has no letter that is {state}; say in house.rs what is true of one"),
    }
}

pub struct House {
    /// By state.
    pub letters: BTreeMap<String, LetterId>,
    /// The file that came with each.
    pub files: BTreeMap<String, String>,
    /// A letter that everybody at the desk sees who sees entered ones.
    pub other: LetterId,
    /// Another officer of the unit, who has nothing in hand.
    pub colleague: String,
    /// A way that messages may take.
    pub route: String,
}

impl House {
    /// Builds a letter in each state, and keeps all of it to put it back.
    pub async fn build(app: &TestApp, states: &[String], sender: &Sender) -> House {
        let mut house = House {
            letters: BTreeMap::new(),
            files: BTreeMap::new(),
            other: LetterId::random(),
            colleague: String::new(),
            route: route(app).await,
        };
        house.other = sender.sends(&Letter { subject: "نامه دیگر", ..Letter::with_file() }).await;
        come_to(app, &house.other, "registered").await;
        for state in states {
            let check = sender.writes(&Letter { subject: "موضوع این راه", ..Letter::with_file() }).await;
            let id = draft_of(&check);
            house.files.insert(state.clone(), check.attribute("a[href^='/files/']", "href"));
            if state != "draft" {
                sender.submits(&check).await;
                come_to(app, &id, state).await;
            }
            house.letters.insert(state.clone(), id);
        }
        // Only now, so that what is in hand is in the officer's.
        house.colleague = app.another_officer("شکایات", "همکار تازه").await.account.id.to_string();
        let mut tx = app.begin().await;
        for table in TABLES {
            execute(&mut tx, format!("create table {table}_kept as select * from {table}")).await;
        }
        tx.commit().await.expect("the copies are kept");
        house
    }

    /// Puts everything back as it was built.
    pub async fn put_back(&self, app: &TestApp) {
        let mut tx = app.begin().await;
        for table in TABLES {
            execute(&mut tx, format!("delete from {table}")).await;
            execute(&mut tx, format!("insert into {table} select * from {table}_kept")).await;
        }
        tx.commit().await.expect("it is as it was");
    }

    /// All that tells whether something was changed: what the letters are like, and what was told of them.
    pub async fn print(&self, app: &TestApp) -> Vec<String> {
        app.texts(
            "select l.id || ' ' || l.state || ' ' || cast(l.version as text) || ' ' || l.unit_id || ' ' || l.holder_unit_id
                    || ' ' || cast(l.classification as text) || ' ' || cast(l.priority as text) || ' ' || l.subject || ' '
                    || cast((select count(*) from events e
                             where e.organisation_id = l.organisation_id and e.letter_id = l.id) as text) || ' '
                    || cast((select count(*) from files f
                             where f.organisation_id = l.organisation_id and f.letter_id = l.id) as text)
             from letters l where l.organisation_id = 'nemune' order by l.id",
        )
        .await
    }
}

/// The version of a letter in a print of the house.
pub fn version_in<'a>(print: &'a [String], id: &LetterId) -> &'a str {
    let rest = print.iter().find_map(|row| row.strip_prefix(id.as_str()));
    rest.and_then(|rest| rest.split_whitespace().nth(1)).unwrap_or_default()
}

/// A route for notices, to a file that nobody reads; codes go as before.
async fn route(app: &TestApp) -> String {
    let file = app.spool().with_file_name("route.jsonl");
    let definition =
        format!("name = \"r\"\npurposes = [\"notice\"]\n[gateway]\nkind = \"spool\"\nfile = \"{}\"\n", file.display());
    let mut tx = app.begin().await;
    let id = routes::add(&mut tx, &toml::from_str(&definition).expect("a definition")).await.expect("a route is added");
    tx.commit().await.expect("it is kept");
    id.to_string()
}

/// Leads a submitted letter into a state as its acts would, and refers it for information once it has been entered.
async fn come_to(app: &TestApp, id: &LetterId, state: &str) {
    let people = [
        ("@reviewer", app.account(pishkhan_office::actor::Role::Reviewer).id.to_string()),
        ("@officer", officer_of(app, "شکایات").await),
        ("@above", app.unit("بایگانی").id.to_string()),
        ("@tracking", tracking_code(id)),
    ];
    let mut truth = vec![format!("state = '{}'", word_of(state)), PROMISED.to_owned()];
    truth.extend(truth_of(state).into_iter().map(str::to_owned));
    let truth = people.iter().fold(truth.join(", "), |truth, (name, value)| truth.replace(name, value));
    let (unit, referred) = (app.unit("بایگانی").id.to_string(), officer_of(app, "بایگانی").await);
    let mut tx = app.begin().await;
    execute(&mut tx, format!("update letters set {truth} where id = '{id}'")).await;
    if truth.contains("registered_at") {
        let referral = format!(
            "insert into referrals (organisation_id, id, letter_id, parent_id, hop, from_unit_id, from_staff_id, to_unit_id,
                                    to_staff_id, purpose, text, at)
             select organisation_id, id, id, '', 1, unit_id, '', '{unit}', '{referred}', 'information', '', submitted_at
             from letters where id = '{id}'"
        );
        execute(&mut tx, referral).await;
        execute(&mut tx, format!("update letters set was_referred = 1 where id = '{id}'")).await;
    }
    if state == "returned" {
        let missing = format!(
            "insert into missing_items (organisation_id, id, letter_id, position, text, asked_at, reply)
             select organisation_id, id, id, 1, 'کارت ملی', submitted_at + 1, '' from letters where id = '{id}'"
        );
        execute(&mut tx, missing).await;
    }
    if state == "answer_review" {
        let draft = format!(
            "insert into answer_drafts (organisation_id, letter_id, staff_id, text, changed_at, remark, remarked_by)
             select organisation_id, id, officer_id, 'پاسخ', submitted_at + 3, '', '' from letters where id = '{id}'"
        );
        execute(&mut tx, draft).await;
    }
    search::index(&mut tx, id).await.expect("the index takes it");
    tx.commit().await.expect("the state is kept");
}

/// One for each letter, out of its id.
fn tracking_code(id: &LetterId) -> String {
    let random = id.as_str().bytes().fold(7_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)));
    pishkhan_office::persian::TrackingCode::from_random(random).as_str().to_owned()
}

async fn officer_of(app: &TestApp, unit: &str) -> String {
    let unit = &app.unit(unit).id;
    let mut tx = app.begin().await;
    let statement = "select staff_id from posts where role = 'officer' and unit_id = $1";
    let row = query(statement).bind(unit.as_str()).fetch_one(tx.connection()).await.expect("each unit has an officer");
    row.get(0)
}

/// A statement that was put together here, from nothing that anybody typed.
async fn execute(tx: &mut Tx, statement: String) {
    let statement: &'static str = statement.leak();
    query(statement).execute(tx.connection()).await.expect("the statement holds");
}

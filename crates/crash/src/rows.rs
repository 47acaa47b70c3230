//! What the database says about itself, read beside the server. A table's name here is the only thing that this program knows
//! of the house's inside.

use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Row, SqliteConnection, query, query_scalar};

use crate::Outcome;
use crate::house::ORGANISATION;

/// A letter as its row has it.
pub struct LetterRow {
    pub id: String,
    pub state: String,
    pub mobile: String,
    pub number: Option<String>,
    pub files: Vec<FileRow>,
}

pub struct FileRow {
    pub id: String,
    pub sha256: String,
}

/// Opens the database for reading.
pub async fn open(database: &Path) -> Outcome<SqliteConnection> {
    Ok(SqliteConnectOptions::new().filename(database).read_only(true).connect().await?)
}

/// The one unit.
pub async fn unit(database: &Path) -> Outcome<String> {
    let mut connection = open(database).await?;
    let unit = query_scalar("select id from units where organisation_id = $1").bind(ORGANISATION);
    Ok(unit.fetch_one(&mut connection).await?)
}

/// `ok`, or what is damaged.
pub async fn integrity(connection: &mut SqliteConnection) -> Outcome<String> {
    let lines: Vec<String> = query_scalar("pragma integrity_check").fetch_all(connection).await?;
    Ok(lines.join("; "))
}

/// How many rows answer to this question about the organisation.
pub async fn count(connection: &mut SqliteConnection, question: &'static str) -> Outcome<i64> {
    Ok(query_scalar(question).bind(ORGANISATION).fetch_one(connection).await?)
}

/// All letters with their files.
pub async fn letters(connection: &mut SqliteConnection) -> Outcome<Vec<LetterRow>> {
    let mut letters: Vec<LetterRow> = Vec::new();
    let rows = query(
        "select l.id, l.state, s.mobile, l.number_printed, f.id as file, f.sha256 from letters l
         join senders s on s.organisation_id = l.organisation_id and s.id = l.sender_id
         left join files f on f.organisation_id = l.organisation_id and f.letter_id = l.id and f.removed_at is null
         where l.organisation_id = $1 order by l.id, f.position",
    );
    for row in rows.bind(ORGANISATION).fetch_all(connection).await? {
        let id: String = row.try_get("id")?;
        if letters.last().is_none_or(|last| last.id != id) {
            let (state, mobile, number) =
                (row.try_get("state")?, row.try_get("mobile")?, row.try_get("number_printed")?);
            letters.push(LetterRow { id, state, mobile, number, files: Vec::new() });
        }
        if let (Some(id), Some(sha256)) = (row.try_get("file")?, row.try_get("sha256")?)
            && let Some(letter) = letters.last_mut()
        {
            letter.files.push(FileRow { id, sha256 });
        }
    }
    Ok(letters)
}

/// What must not be there, each with the question that counts it.
pub const HALF_DONE: [(&str, &str); 8] = [
    (
        "submitted letters without date, receipt code or digest of the text",
        "select count(*) from letters where organisation_id = $1 and state <> 'draft'
           and (submitted_at is null or receipt_code is null or body_sha256 is null)",
    ),
    (
        "drafts with a date of submission, a receipt code or a number",
        "select count(*) from letters where organisation_id = $1 and state = 'draft'
           and (submitted_at is not null or receipt_code is not null or number_printed is not null)",
    ),
    (
        "registered letters without date, number, tracking code or entry",
        "select count(*) from letters l where l.organisation_id = $1 and l.state = 'registered'
           and (l.registered_at is null or l.tracking_code is null or not exists (
             select 1 from entries e where e.organisation_id = l.organisation_id and e.letter_id = l.id
               and e.printed = l.number_printed))",
    ),
    (
        "entries without a registered letter",
        "select count(*) from entries e where e.organisation_id = $1 and not exists (
           select 1 from letters l where l.organisation_id = e.organisation_id and l.id = e.letter_id
             and l.state = 'registered')",
    ),
    (
        "letters whose events tell another story",
        "select count(*) from letters l where l.organisation_id = $1 and (
           (l.state <> 'draft') <> (select count(*) from events e where e.organisation_id = l.organisation_id
             and e.letter_id = l.id and e.kind = 'letter_submitted')
           or (l.state = 'registered') <> (select count(*) from events e where e.organisation_id = l.organisation_id
             and e.letter_id = l.id and e.kind = 'letter_registered'))",
    ),
    (
        "senders who are owed another number of receipts by SMS than they have submitted letters",
        "select count(*) from senders s where s.organisation_id = $1 and
           (select count(*) from letters l where l.organisation_id = s.organisation_id and l.sender_id = s.id
             and l.state <> 'draft') <>
           (select count(*) from outbox o where o.organisation_id = s.organisation_id and o.recipient = s.mobile
             and o.template = 'letter_submitted')",
    ),
    (
        "senders who are owed another number of letter numbers by SMS than they have registered letters",
        "select count(*) from senders s where s.organisation_id = $1 and
           (select count(*) from letters l where l.organisation_id = s.organisation_id and l.sender_id = s.id
             and l.state = 'registered') <>
           (select count(*) from outbox o where o.organisation_id = s.organisation_id and o.recipient = s.mobile
             and o.template = 'letter_registered')",
    ),
    (
        "registers whose numbers are not 1 to the last, each once",
        "select count(*) from counters c where c.organisation_id = $1 and (
           select count(*) = c.last_number and count(distinct number) = c.last_number and min(number) = 1
             and max(number) = c.last_number from entries e where e.organisation_id = c.organisation_id
             and e.register_id = c.register_id and e.year = c.year) <> 1",
    ),
];

/// Damages, and what the check must say of each. Each takes another letter, the first of those that are whole.
pub const DAMAGES: [(&str, &str); 8] = [
    (
        "delete from outbox where organisation_id = $1 and id = (select min(id) from outbox
           where organisation_id = $1 and template = 'letter_registered')",
        "letter numbers by SMS",
    ),
    (
        "delete from outbox where organisation_id = $1 and id = (select min(id) from outbox
           where organisation_id = $1 and template = 'letter_submitted')",
        "receipts by SMS",
    ),
    (
        "delete from events where organisation_id = $1 and kind = 'letter_registered' and letter_id =
           (select min(id) from letters where organisation_id = $1)",
        "another story",
    ),
    ("update counters set last_number = last_number + 1 where organisation_id = $1", "1 to the last"),
    (
        "update letters set number_printed = '77' where organisation_id = $1 and id =
           (select max(id) from letters where organisation_id = $1)",
        "another number",
    ),
    (
        "update letters set receipt_code = null where organisation_id = $1 and id =
           (select max(id) from letters where organisation_id = $1)",
        "without date, receipt code",
    ),
    (
        "update letters set state = 'draft' where organisation_id = $1 and id =
           (select min(id) from letters where organisation_id = $1)",
        "fell back",
    ),
    (
        "delete from letters where organisation_id = $1 and id =
           (select min(id) from letters where organisation_id = $1)",
        "lost: letter",
    ),
];

/// Opens the database for damaging it.
pub async fn open_to_damage(database: &Path) -> Outcome<SqliteConnection> {
    Ok(SqliteConnectOptions::new().filename(database).connect().await?)
}

pub async fn damage(connection: &mut SqliteConnection, statement: &'static str) -> Outcome<()> {
    let done = query(statement).bind(ORGANISATION).execute(connection).await?;
    if done.rows_affected() == 0 { Err(format!("nothing was there to damage: {statement}").into()) } else { Ok(()) }
}

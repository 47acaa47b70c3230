//! The SQL of the indicator book as it is read: a stretch of numbers, the years that there are, and what a look through the
//! whole book finds.

use pishkhan_store::{Moment, Result, Row, StoreError, Tx, query};
use sqlx::any::AnyRow;

use super::book::{self, Book, BookCheck, BookEntry, BookReader, EntryKind, Line, Shown, Voiding};
use super::rows;
use crate::ids::{LetterId, RegisterId};
use crate::letters::{Own, told_state};

/// The book of that register and year; none if there is no such register.
pub async fn find_book(tx: &mut Tx, _: &BookReader, register: &RegisterId, year: i64) -> Result<Option<Book>> {
    let Some(register) = rows::find(tx, register).await? else { return Ok(None) };
    let last_number = rows::last_number(tx, &register.id, year).await?;
    Ok(Some(Book { register, year, last_number }))
}

/// The years in which the register has counted, the newest first.
pub async fn years_of(tx: &mut Tx, register: &RegisterId) -> Result<Vec<i64>> {
    let organisation = tx.organisation().0.clone();
    let rows = query("select year from counters where organisation_id = $1 and register_id = $2 order by year desc")
        .bind(organisation)
        .bind(register.as_str())
        .fetch_all(tx.connection())
        .await?;
    rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

/// So many lines of the book from this number on. What was taken and is missing has its line; beyond the last number there is none
/// unless something stands there.
pub async fn lines(tx: &mut Tx, reader: &BookReader, book: &Book, from: i64, many: i64) -> Result<Vec<Line>> {
    let organisation = tx.organisation().0.clone();
    let from = from.max(1);
    let to = from.saturating_add(many - 1);
    let entries = query(concat!(
        "select e.number, e.printed, e.kind, e.registered_at, e.letter_id, e.voided_at, e.void_reason,
                coalesce(s.name, '') as by_name, coalesce(v.name, '') as voided_by_name,
                coalesce(l.sender_name, '') as sender_name, coalesce(l.subject, '') as subject,
                coalesce(l.own_number, '') as own_number, coalesce(l.own_date, '') as own_date,
                coalesce(",
        told_state!(),
        ", '') as state, coalesce(l.classification, 0) as classification,
                coalesce(u.name, '') as unit_name, coalesce(u.name_english, '') as unit_name_english
         from entries e
         left join letters l on l.organisation_id = e.organisation_id and l.id = e.letter_id
         left join units u on u.organisation_id = l.organisation_id and u.id = l.unit_id
         left join staff s on s.organisation_id = e.organisation_id and s.id = e.registered_by
         left join staff v on v.organisation_id = e.organisation_id and v.id = e.voided_by
         where e.organisation_id = $1 and e.register_id = $2 and e.year = $3 and e.number >= $4 and e.number <= $5
         order by e.number"
    ))
    .bind(organisation)
    .bind(book.register.id.as_str())
    .bind(book.year)
    .bind(from)
    .bind(to)
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(|row| entry(row, reader))
    .collect::<Result<Vec<_>>>()?;
    Ok(book::with_missing(entries, from, to.min(book.last_number)))
}

/// Goes through every book of the organisation. The count of the entries is held against the counter in one statement, so that
/// nobody registers in between.
pub(super) async fn counts(tx: &mut Tx) -> Result<Vec<BookCheck>> {
    let organisation = tx.organisation().0.clone();
    let at = tx.now();
    query(
        "select c.register_id, c.year,
                c.last_number - (select count(*) from entries e
                                 where e.organisation_id = c.organisation_id and e.register_id = c.register_id
                                   and e.year = c.year and e.number >= 1 and e.number <= c.last_number) as missing
         from counters c where c.organisation_id = $1 order by c.register_id, c.year",
    )
    .bind(organisation)
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(|row| {
        let register = RegisterId::stored(row.try_get("register_id")?);
        let (year, missing) = (row.try_get("year")?, row.try_get("missing")?);
        Ok(BookCheck { register, year, at, missing, first_missing: None })
    })
    .collect()
}

/// The first number that is missing, in a book of which one is.
pub(super) async fn first_missing(tx: &mut Tx, register: &RegisterId, year: i64) -> Result<Option<i64>> {
    let organisation = tx.organisation().0.clone();
    let row = query(
        "select case when min(e.number) is null or min(e.number) > 1 then 1 else
                (select min(a.number) + 1 from entries a
                 where a.organisation_id = $1 and a.register_id = $2 and a.year = $3
                   and not exists (select 1 from entries b where b.organisation_id = $1 and b.register_id = $2
                                     and b.year = $3 and b.number = a.number + 1)) end
         from entries e where e.organisation_id = $1 and e.register_id = $2 and e.year = $3",
    )
    .bind(organisation)
    .bind(register.as_str())
    .bind(year)
    .fetch_one(tx.connection())
    .await?;
    Ok(row.try_get(0)?)
}

/// What the last look through this book found.
pub async fn last_check(tx: &mut Tx, book: &Book) -> Result<Option<BookCheck>> {
    let organisation = tx.organisation().0.clone();
    let row = query(
        "select checked_at, missing, first_missing from book_checks
         where organisation_id = $1 and register_id = $2 and year = $3",
    )
    .bind(organisation)
    .bind(book.register.id.as_str())
    .bind(book.year)
    .fetch_optional(tx.connection())
    .await?;
    row.map(|row| {
        Ok(BookCheck {
            register: book.register.id.clone(),
            year: book.year,
            at: Moment(row.try_get(0)?),
            missing: row.try_get(1)?,
            first_missing: row.try_get(2)?,
        })
    })
    .transpose()
}

/// When a book of the organisation was looked through last.
pub(super) async fn checked_at(tx: &mut Tx) -> Result<Option<Moment>> {
    let organisation = tx.organisation().0.clone();
    let row = query("select max(checked_at) from book_checks where organisation_id = $1")
        .bind(organisation)
        .fetch_one(tx.connection())
        .await?;
    Ok(row.try_get::<Option<i64>, _>(0)?.map(Moment))
}

pub(super) async fn keep_check(tx: &mut Tx, check: &BookCheck) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query(
        "insert into book_checks (organisation_id, register_id, year, checked_at, missing, first_missing)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (organisation_id, register_id, year) do update
         set checked_at = excluded.checked_at, missing = excluded.missing, first_missing = excluded.first_missing",
    )
    .bind(organisation)
    .bind(check.register.as_str())
    .bind(check.year)
    .bind(check.at.0)
    .bind(check.missing)
    .bind(check.first_missing)
    .execute(tx.connection())
    .await?;
    Ok(())
}

fn entry(row: &AnyRow, reader: &BookReader) -> Result<BookEntry> {
    let kind: String = row.try_get("kind")?;
    let voided_at: Option<i64> = row.try_get("voided_at")?;
    let voided = match voided_at {
        Some(at) => {
            let reason: Option<String> = row.try_get("void_reason")?;
            Some(Voiding { at: Moment(at), by: row.try_get("voided_by_name")?, reason: reason.unwrap_or_default() })
        }
        None => None,
    };
    Ok(BookEntry {
        number: row.try_get("number")?,
        printed: row.try_get("printed")?,
        kind: EntryKind::parse(&kind).ok_or(StoreError::Unreadable("kind of entry"))?,
        at: Moment(row.try_get("registered_at")?),
        by: row.try_get("by_name")?,
        letter: LetterId::stored(row.try_get("letter_id")?),
        shown: if reader.sees(row.try_get("classification")?) {
            Some(Shown {
                sender_name: row.try_get("sender_name")?,
                subject: row.try_get("subject")?,
                own: Own { number: row.try_get("own_number")?, date: row.try_get("own_date")? },
            })
        } else {
            None
        },
        unit_name: row.try_get("unit_name")?,
        unit_name_english: row.try_get("unit_name_english")?,
        state: row.try_get("state")?,
        voided,
    })
}

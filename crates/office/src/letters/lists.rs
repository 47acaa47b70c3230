//! The lists that people read: a sender's history, the desk's tray, and what a tracking code tells. Paged by key, never by offset.

use pishkhan_persian::TrackingCode;
use pishkhan_store::{Moment, Result, Row, StoreError, Tx, query};
use sqlx::any::AnyRow;

use super::letter::Letter;
use super::rows;
use crate::actor::Staff;
use crate::ids::{LetterId, SenderId};

/// How many letters a page of each list has.
const HISTORY_PAGE: u32 = 20;
const TRAY_PAGE: u32 = 50;

/// A letter as a list shows it.
#[derive(Clone, Debug)]
pub struct Card {
    pub letter: Letter,
    /// Empty in drafts without a unit.
    pub unit_name: String,
    pub unit_name_english: String,
    pub files: u64,
}

/// Which of a sender's letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    All,
    Drafts,
    Review,
    Accepted,
    Rejected,
}

/// How many of each.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    pub drafts: u64,
    pub review: u64,
    pub accepted: u64,
    pub rejected: u64,
}

/// Which of the desk's letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tray {
    /// Waiting for review, oldest due first.
    Review,
    /// Registered, waiting for an officer of my units.
    Unit,
    /// In my hand.
    Mine,
    /// Decided or answered, newest first.
    Done,
}

#[derive(Clone, Copy, Debug, Default)]
pub struct TrayCounts {
    pub review: u64,
    pub unit: u64,
    pub mine: u64,
}

/// Where a page of a list ends, and the next one goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub at: i64,
    pub id: String,
}

/// What a tracking code tells anybody: status, number and dates.
#[derive(Clone, Debug)]
pub struct Trail {
    pub letter: Letter,
}

impl Place {
    /// As it stands in an address.
    pub fn text(&self) -> String {
        format!("{}-{}", self.at, self.id)
    }

    /// From an address; anything else is no place.
    pub fn parse(text: &str) -> Option<Place> {
        let (at, id) = text.split_once('-')?;
        Some(Place { at: at.parse().ok()?, id: LetterId::parse(id)?.to_string() })
    }
}

/// A sender's letters, newest first, 20 a page; and where the next page begins.
pub async fn history(
    tx: &mut Tx,
    sender: &SenderId,
    filter: Filter,
    after: Option<&Place>,
) -> Result<(Vec<Card>, Option<Place>)> {
    let organisation = tx.organisation().0.clone();
    let group = match filter {
        Filter::All => "all",
        Filter::Drafts => "drafts",
        Filter::Review => "review",
        Filter::Accepted => "accepted",
        Filter::Rejected => "rejected",
    };
    let cards = query(
        "select l.*, coalesce(u.name, '') as unit_name, coalesce(u.name_english, '') as unit_name_english,
                (select count(*) from files f where f.organisation_id = l.organisation_id and f.letter_id = l.id
                   and f.part = 'letter' and f.removed_at is null) as files
         from letters l left join units u on u.organisation_id = l.organisation_id and u.id = l.unit_id
         where l.organisation_id = $1 and l.sender_id = $2
           and (l.created_at < $4 or (l.created_at = $4 and l.id < $5))
           and ($3 = 'all'
                or ($3 = 'drafts' and l.state = 'draft')
                or ($3 = 'review' and l.state = 'submitted')
                or ($3 = 'accepted' and l.registered_at is not null)
                or ($3 = 'rejected' and l.state = 'rejected'))
         order by l.created_at desc, l.id desc limit $6",
    )
    .bind(organisation)
    .bind(sender.as_str())
    .bind(group)
    .bind(after.map_or(i64::MAX, |place| place.at))
    .bind(after.map_or("", |place| place.id.as_str()))
    .bind(i64::from(HISTORY_PAGE + 1))
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(card)
    .collect::<Result<Vec<_>>>()?;
    Ok(paged(cards, HISTORY_PAGE, |letter| Some(letter.created_at)))
}

/// How many letters a sender has of each kind.
pub async fn history_counts(tx: &mut Tx, sender: &SenderId) -> Result<Counts> {
    let organisation = tx.organisation().0.clone();
    let rows =
        query("select state, count(*) from letters where organisation_id = $1 and sender_id = $2 group by state")
            .bind(organisation)
            .bind(sender.as_str())
            .fetch_all(tx.connection())
            .await?;
    let mut counts = Counts::default();
    for row in rows {
        let n = count(&row, 1)?;
        match row.try_get::<String, _>(0)?.as_str() {
            "draft" => counts.drafts += n,
            "submitted" => counts.review += n,
            "rejected" => counts.rejected += n,
            _ => counts.accepted += n,
        }
    }
    Ok(counts)
}

/// A page of the tray, and where the next one begins. Oldest due first, so that what is late stands on top.
pub async fn tray(tx: &mut Tx, staff: &Staff, tray: Tray, after: Option<&Place>) -> Result<(Vec<Card>, Option<Place>)> {
    let organisation = tx.organisation().0.clone();
    let (text, start) = match tray {
        Tray::Review => (
            "select l.*, u.name as unit_name, u.name_english as unit_name_english,
                    (select count(*) from files f where f.organisation_id = l.organisation_id and f.letter_id = l.id
                       and f.part = 'letter' and f.removed_at is null) as files
             from letters l join units u on u.organisation_id = l.organisation_id and u.id = l.unit_id
             where l.organisation_id = $1 and l.state = 'submitted' and (l.review_due_at, l.id) > ($3, $4)
               and exists (select 1 from posts p where p.organisation_id = $1 and p.staff_id = $2 and p.ended_at is null
                             and p.role in ('reviewer', 'auditor'))
             order by l.review_due_at, l.id limit $5",
            i64::MIN,
        ),
        Tray::Unit => (
            "select l.*, u.name as unit_name, u.name_english as unit_name_english,
                    (select count(*) from files f where f.organisation_id = l.organisation_id and f.letter_id = l.id
                       and f.part = 'letter' and f.removed_at is null) as files
             from letters l join units u on u.organisation_id = l.organisation_id and u.id = l.unit_id
             where l.organisation_id = $1 and l.state = 'registered' and (l.answer_due_at, l.id) > ($3, $4)
               and exists (select 1 from posts p where p.organisation_id = $1 and p.staff_id = $2 and p.ended_at is null
                             and ((p.role = 'officer' and p.unit_id = l.unit_id) or p.role = 'auditor'))
             order by l.answer_due_at, l.id limit $5",
            i64::MIN,
        ),
        Tray::Mine => (
            "select l.*, u.name as unit_name, u.name_english as unit_name_english,
                    (select count(*) from files f where f.organisation_id = l.organisation_id and f.letter_id = l.id
                       and f.part = 'letter' and f.removed_at is null) as files
             from letters l join units u on u.organisation_id = l.organisation_id and u.id = l.unit_id
             where l.organisation_id = $1 and l.state = 'in_progress' and l.officer_id = $2
               and (l.answer_due_at, l.id) > ($3, $4)
             order by l.answer_due_at, l.id limit $5",
            i64::MIN,
        ),
        Tray::Done => (
            "select l.*, u.name as unit_name, u.name_english as unit_name_english,
                    (select count(*) from files f where f.organisation_id = l.organisation_id and f.letter_id = l.id
                       and f.part = 'letter' and f.removed_at is null) as files
             from letters l join units u on u.organisation_id = l.organisation_id and u.id = l.unit_id
             where l.organisation_id = $1 and l.state in ('registered', 'in_progress', 'answered', 'rejected', 'closed')
               and (l.changed_at < $3 or (l.changed_at = $3 and l.id < $4))
               and exists (select 1 from posts p where p.organisation_id = $1 and p.staff_id = $2 and p.ended_at is null
                             and (p.role in ('reviewer', 'auditor')
                                  or (p.role = 'officer' and p.unit_id = l.unit_id
                                      and l.state in ('answered', 'closed'))))
             order by l.changed_at desc, l.id desc limit $5",
            i64::MAX,
        ),
    };
    let cards = query(text)
        .bind(organisation)
        .bind(staff.id.as_str())
        .bind(after.map_or(start, |place| place.at))
        .bind(after.map_or("", |place| place.id.as_str()))
        .bind(i64::from(TRAY_PAGE + 1))
        .fetch_all(tx.connection())
        .await?
        .iter()
        .map(card)
        .collect::<Result<Vec<_>>>()?;
    Ok(paged(cards, TRAY_PAGE, |letter| match tray {
        Tray::Done => Some(letter.changed_at),
        Tray::Review | Tray::Unit | Tray::Mine => letter.state.due(),
    }))
}

/// How many letters wait in each tray.
pub async fn tray_counts(tx: &mut Tx, staff: &Staff) -> Result<TrayCounts> {
    let organisation = tx.organisation().0.clone();
    let row = query(
        "select
           (select count(*) from letters l where l.organisation_id = $1 and l.state = 'submitted'
              and exists (select 1 from posts p where p.organisation_id = $1 and p.staff_id = $2 and p.ended_at is null
                            and p.role in ('reviewer', 'auditor'))),
           (select count(*) from letters l where l.organisation_id = $1 and l.state = 'registered'
              and exists (select 1 from posts p where p.organisation_id = $1 and p.staff_id = $2 and p.ended_at is null
                            and ((p.role = 'officer' and p.unit_id = l.unit_id) or p.role = 'auditor'))),
           (select count(*) from letters l where l.organisation_id = $1 and l.state = 'in_progress' and l.officer_id = $2)",
    )
    .bind(organisation)
    .bind(staff.id.as_str())
    .fetch_one(tx.connection())
    .await?;
    Ok(TrayCounts { review: count(&row, 0)?, unit: count(&row, 1)?, mine: count(&row, 2)? })
}

/// The sender's own letter of that tracking code.
pub async fn tracked(tx: &mut Tx, sender: &SenderId, code: &TrackingCode) -> Result<Option<LetterId>> {
    let organisation = tx.organisation().0.clone();
    let row = query("select id from letters where organisation_id = $1 and tracking_code = $2 and sender_id = $3")
        .bind(organisation)
        .bind(code.as_str())
        .bind(sender.as_str())
        .fetch_optional(tx.connection())
        .await?;
    Ok(row.map(|row| row.try_get::<String, _>(0)).transpose()?.map(|id| LetterId::stored(&id)))
}

/// What the code tells a visitor.
pub async fn public_trail(tx: &mut Tx, code: &TrackingCode) -> Result<Option<Trail>> {
    let organisation = tx.organisation().0.clone();
    query("select * from letters where organisation_id = $1 and tracking_code = $2")
        .bind(organisation)
        .bind(code.as_str())
        .fetch_optional(tx.connection())
        .await?
        .map(|row| Ok(Trail { letter: rows::letter(&row)? }))
        .transpose()
}

fn paged(mut cards: Vec<Card>, page: u32, key: impl Fn(&Letter) -> Option<Moment>) -> (Vec<Card>, Option<Place>) {
    let page = page as usize;
    let has_more = cards.len() > page;
    cards.truncate(page);
    let last = cards.last().filter(|_| has_more);
    let next = last.and_then(|card| key(&card.letter).map(|at| Place { at: at.0, id: card.letter.id.to_string() }));
    (cards, next)
}

fn card(row: &AnyRow) -> Result<Card> {
    let files: i64 = row.try_get("files")?;
    Ok(Card {
        letter: rows::letter(row)?,
        unit_name: row.try_get("unit_name")?,
        unit_name_english: row.try_get("unit_name_english")?,
        files: u64::try_from(files).unwrap_or(0),
    })
}

fn count(row: &AnyRow, column: usize) -> Result<u64> {
    u64::try_from(row.try_get::<i64, _>(column)?).map_err(|_| StoreError::Unreadable("count"))
}

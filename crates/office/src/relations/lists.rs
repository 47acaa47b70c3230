//! What a letter stands in relation to, and what looks like it.

use pishkhan_persian::text::search_key_without_spaces;
use pishkhan_store::{Result, Row, StoreError, Tx, query};

use super::{Kind, Relation};
use crate::actor::Staff;
use crate::ids::LetterId;
use crate::letters::{self, Letter, sight};

/// How many letters that look alike are shown; with more of them the first tell enough.
const MOST: i64 = 5;

/// A letter that looks like another, and by what.
#[derive(Clone, Debug)]
pub struct Alike {
    pub letter: Letter,
    pub has_same_file: bool,
    pub has_same_text: bool,
    /// The same sender wrote both, under the same subject.
    pub has_same_subject: bool,
}

/// The letters that this one was related to, as far as this person may see them.
pub async fn of_letter(tx: &mut Tx, staff: &Staff, id: &LetterId) -> Result<Vec<Relation>> {
    let organisation = tx.organisation().0.clone();
    // Two parts, each along an index of its own.
    let rows = query(concat!(
        "select l.*, e.relation, e.of_other
         from (select r.kind as relation, r.other_id as id, r.at, 0 as of_other
               from relations r where r.organisation_id = $1 and r.letter_id = $3
               union all
               select r.kind, r.letter_id, r.at, 1 from relations r where r.organisation_id = $1 and r.other_id = $3) e
         join letters l on l.organisation_id = $1 and l.id = e.id
         where ",
        sight!(),
        " order by e.at, l.id limit 50"
    ))
    .bind(organisation)
    .bind(staff.id.as_str())
    .bind(id.as_str())
    .fetch_all(tx.connection())
    .await?;
    rows.iter()
        .map(|row| {
            let kind: String = row.try_get("relation")?;
            Ok(Relation {
                kind: Kind::parse(&kind).ok_or(StoreError::Unreadable("relation"))?,
                other: letters::of_row(row)?,
                is_of_other: i64::from(row.try_get::<i32, _>("of_other")?) == 1,
            })
        })
        .collect()
}

/// The letters that look like this one, the newest first: the same file, the same text, or the same subject among those that its sender
/// wrote besides: lately ([`of_same_sender`]), or among what is `under` it.
pub async fn alike(
    tx: &mut Tx,
    staff: &Staff,
    letter: &Letter,
    own: &[Letter],
    under: &[Letter],
) -> Result<Vec<Alike>> {
    let mut found: Vec<Alike> = Vec::new();
    for other in with_same_file(tx, staff, &letter.id).await? {
        found.push(Alike { letter: other, has_same_file: true, has_same_text: false, has_same_subject: false });
    }
    let texts = match letter.state.submission() {
        Some(submission) if !letter.content.body.is_empty() => {
            with_same_text(tx, staff, &letter.id, &submission.text_sha256).await?
        }
        _ => Vec::new(),
    };
    for other in texts {
        match found.iter_mut().find(|alike| alike.letter.id == other.id) {
            Some(alike) => alike.has_same_text = true,
            None => {
                found.push(Alike { letter: other, has_same_file: false, has_same_text: true, has_same_subject: false });
            }
        }
    }
    let subject = search_key_without_spaces(&letter.content.subject);
    let earlier = under.iter().filter(|other| other.sender == letter.sender && own.iter().all(|it| it.id != other.id));
    for other in own.iter().chain(earlier) {
        if search_key_without_spaces(&other.content.subject) != subject {
            continue;
        }
        if let Some(alike) = found.iter_mut().find(|alike| alike.letter.id == other.id) {
            alike.has_same_subject = true;
        } else {
            let letter = other.clone();
            found.push(Alike { letter, has_same_file: false, has_same_text: false, has_same_subject: true });
        }
    }
    found.sort_by_key(|alike| std::cmp::Reverse(alike.letter.created_at));
    found.truncate(usize::try_from(MOST).unwrap_or(usize::MAX));
    Ok(found)
}

async fn with_same_file(tx: &mut Tx, staff: &Staff, id: &LetterId) -> Result<Vec<Letter>> {
    let organisation = tx.organisation().0.clone();
    query(concat!(
        "select l.* from letters l
         where l.organisation_id = $1 and l.id <> $3
           and l.id in (select g.letter_id from files f join files g
                          on g.organisation_id = f.organisation_id and g.sha256 = f.sha256 and g.part = 'letter'
                             and g.removed_at is null
                        where f.organisation_id = $1 and f.letter_id = $3 and f.part = 'letter' and f.removed_at is null)
           and ",
        sight!(),
        " order by l.created_at desc, l.id limit $4"
    ))
    .bind(organisation)
    .bind(staff.id.as_str())
    .bind(id.as_str())
    .bind(MOST)
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(letters::of_row)
    .collect()
}

async fn with_same_text(tx: &mut Tx, staff: &Staff, id: &LetterId, sha256: &str) -> Result<Vec<Letter>> {
    let organisation = tx.organisation().0.clone();
    query(concat!(
        "select l.* from letters l
         where l.organisation_id = $1 and l.id <> $3 and l.body_sha256 = $5 and l.body <> '' and ",
        sight!(),
        " order by l.created_at desc, l.id limit $4"
    ))
    .bind(organisation)
    .bind(staff.id.as_str())
    .bind(id.as_str())
    .bind(MOST)
    .bind(sha256)
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(letters::of_row)
    .collect()
}

/// What else the sender wrote lately, as far as this person may see it; the subjects are compared as people read them, which no database does for us.
pub async fn of_same_sender(tx: &mut Tx, staff: &Staff, letter: &Letter) -> Result<Vec<Letter>> {
    let organisation = tx.organisation().0.clone();
    query(concat!(
        "select l.* from letters l
         where l.organisation_id = $1 and l.sender_id = $4 and l.id <> $3 and ",
        sight!(),
        " order by l.created_at desc, l.id limit 20"
    ))
    .bind(organisation)
    .bind(staff.id.as_str())
    .bind(letter.id.as_str())
    .bind(letter.sender.as_str())
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(letters::of_row)
    .collect()
}

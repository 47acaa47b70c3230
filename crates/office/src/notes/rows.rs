//! The SQL of notes.

use pishkhan_store::{Moment, Result, Row, Tx, query};
use sqlx::any::AnyRow;

use super::Note;
use crate::actor::Staff;
use crate::ids::{LetterId, NoteId, StaffId};

/// The notes on a letter, oldest first. The caller has found the letter as this member of staff may see it.
pub async fn of_letter(tx: &mut Tx, _reader: &Staff, letter: &LetterId) -> Result<Vec<Note>> {
    let organisation = tx.organisation().0.clone();
    query(
        "select n.id, n.at, n.staff_id, n.text, coalesce(s.name, '') as name
         from notes n left join staff s on s.organisation_id = n.organisation_id and s.id = n.staff_id
         where n.organisation_id = $1 and n.letter_id = $2 order by n.at, n.id",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(note)
    .collect()
}

pub(super) async fn insert(tx: &mut Tx, staff: &Staff, letter: &LetterId, id: &NoteId, text: &str) -> Result<()> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query("insert into notes (organisation_id, id, letter_id, at, staff_id, text) values ($1, $2, $3, $4, $5, $6)")
        .bind(organisation)
        .bind(id.as_str())
        .bind(letter.as_str())
        .bind(now)
        .bind(staff.id.as_str())
        .bind(text)
        .execute(tx.connection())
        .await?;
    Ok(())
}

fn note(row: &AnyRow) -> Result<Note> {
    Ok(Note {
        id: NoteId::stored(row.try_get("id")?),
        at: Moment(row.try_get("at")?),
        by: StaffId::stored(row.try_get("staff_id")?),
        name: row.try_get("name")?,
        text: row.try_get("text")?,
    })
}

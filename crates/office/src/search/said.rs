//! What was said about a letter after it had come, and the names of its files: its thread, words to what it lacked, objections. It is found
//! by them, too. What the house took back before its sender saw it, and what the house says among itself, is not among them.

use pishkhan_store::{Result, Row, StoreError, Tx, query};
use sqlx::any::AnyRow;

use super::lists::{PAGE, Seen};
use crate::ids::LetterId;
use crate::ledger::Event;

/// So much of one letter's is found, in characters: names of files, then the newest first.
const FOUND_CHARACTERS: usize = 50_000;

/// The places of a page's letters in a statement.
macro_rules! of_page {
    () => {
        "($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)"
    };
}

#[derive(Clone, Debug)]
pub(super) struct Said {
    pub letter: LetterId,
    pub place: Place,
    pub text: String,
}

/// Where it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// By either side.
    Thread,
    /// The sender's word to something that was missing.
    Completion,
    Objection,
    /// The name of a file.
    File,
}

/// Notes what was said about each of at most [`PAGE`] letters.
pub(super) async fn hear(tx: &mut Tx, page: &mut [Seen]) -> Result<()> {
    let letters: Vec<LetterId> = page.iter().map(|seen| seen.letter.id.clone()).collect();
    for one in said(tx, &letters).await? {
        if let Some(seen) = page.iter_mut().find(|seen| seen.letter.id == one.letter) {
            seen.said.push(one);
        }
    }
    Ok(())
}

/// What was said about at most [`PAGE`] letters: names of files, then the newest first.
pub(super) async fn said(tx: &mut Tx, letters: &[LetterId]) -> Result<Vec<Said>> {
    let organisation = tx.organisation().0.clone();
    let mut asked = query(concat!(
        "select m.letter_id as letter_id, 'thread' as place, m.text as said, m.at as said_at from messages m
         where m.organisation_id = $1 and m.text <> '' and m.kind in ('question', 'interim', 'reply', 'message')
           and m.letter_id in ",
        of_page!(),
        " union all
         select i.letter_id, 'completion', i.reply, coalesce(i.done_at, i.asked_at) from missing_items i
         where i.organisation_id = $1 and i.reply <> '' and i.letter_id in ",
        of_page!(),
        " union all
         select e.letter_id, 'objection', e.detail, e.at from events e
         where e.organisation_id = $1 and e.kind = 'letter_objected' and e.letter_id in ",
        of_page!(),
        " union all
         select f.letter_id, 'file', f.name, f.stored_at from files f
         where f.organisation_id = $1 and f.removed_at is null and f.part in ('letter', 'thread', 'answer', 'former')
           and not exists (select 1 from messages t where t.organisation_id = f.organisation_id and t.id = f.message_id
                             and t.kind in ('unasked', 'untold'))
           and f.letter_id in ",
        of_page!(),
        " order by said_at desc, said"
    ))
    .bind(organisation);
    for place in 0..PAGE as usize {
        // No letter's id is empty.
        asked = asked.bind(letters.get(place).map_or("", LetterId::as_str));
    }
    let rows = asked.fetch_all(tx.connection()).await?;
    let mut all = rows.iter().map(read).collect::<Result<Vec<Said>>>()?;
    all.sort_by_key(|said| said.place != Place::File);
    Ok(all)
}

/// As much of what was said about one letter as is found.
pub(super) fn found(said: &[Said]) -> impl Iterator<Item = &str> {
    let mut room = FOUND_CHARACTERS;
    said.iter().map_while(move |said| {
        room = room.checked_sub(said.text.chars().count())?;
        Some(said.text.as_str())
    })
}

fn read(row: &AnyRow) -> Result<Said> {
    let said: String = row.try_get("said")?;
    let (place, text) = match row.try_get::<String, _>("place")?.as_str() {
        "thread" => (Place::Thread, said),
        "completion" => (Place::Completion, said),
        "objection" => (Place::Objection, objection(&said)?),
        "file" => (Place::File, said),
        _ => return Err(StoreError::Unreadable("place")),
    };
    Ok(Said { letter: LetterId::stored(row.try_get("letter_id")?), place, text })
}

/// The words of an objection, as its event tells them for good.
fn objection(detail: &str) -> Result<String> {
    match serde_json::from_str(detail) {
        Ok(Event::LetterObjected { text, .. }) => Ok(text),
        _ => Err(StoreError::Unreadable("objection")),
    }
}

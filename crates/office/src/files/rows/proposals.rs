//! The SQL of an answer's files: of its draft, of the answer that was given, and of one that holds no more.

use pishkhan_store::{Result, Row, Tx, query};

use crate::ids::{AnswerId, FileId, LetterId};

/// Takes a file out of the draft of an answer. Returns whether it was there.
pub async fn remove_from_proposal(tx: &mut Tx, letter: &LetterId, id: &FileId) -> Result<bool> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    let removed = query(
        "update files set removed_at = $4
         where organisation_id = $1 and letter_id = $2 and id = $3 and part = 'proposal' and removed_at is null",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .bind(id.as_str())
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(removed.rows_affected() == 1)
}

/// The draft's files are the answer's now.
pub async fn give_proposal(tx: &mut Tx, letter: &LetterId, answer: &AnswerId) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query(
        "update files set part = 'answer', message_id = $3
         where organisation_id = $1 and letter_id = $2 and part = 'proposal' and removed_at is null",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .bind(answer.as_str())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The answer was taken back: its files are the draft's again.
pub async fn take_answer_back(tx: &mut Tx, letter: &LetterId, answer: &AnswerId) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query(
        "update files set part = 'proposal', message_id = ''
         where organisation_id = $1 and letter_id = $2 and message_id = $3 and message_id <> '' and part = 'answer'",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .bind(answer.as_str())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The answer that held no more holds again, with its files.
pub async fn hold_answer_again(tx: &mut Tx, letter: &LetterId, answer: &AnswerId) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query(
        "update files set part = 'answer'
         where organisation_id = $1 and letter_id = $2 and message_id = $3 and message_id <> '' and part = 'former'",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .bind(answer.as_str())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The answer holds no more; its files stay beside it.
pub async fn retire_answer(tx: &mut Tx, letter: &LetterId) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query("update files set part = 'former' where organisation_id = $1 and letter_id = $2 and part = 'answer'")
        .bind(organisation)
        .bind(letter.as_str())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// The files that were given with an answer, in their order.
pub async fn ids_of_answer(tx: &mut Tx, answer: &AnswerId) -> Result<Vec<FileId>> {
    let organisation = tx.organisation().0.clone();
    let rows = query(
        "select id from files
         where organisation_id = $1 and message_id = $2 and message_id <> ''
           and part in ('answer', 'former') and removed_at is null
         order by position, id",
    )
    .bind(organisation)
    .bind(answer.as_str())
    .fetch_all(tx.connection())
    .await?;
    rows.iter().map(|row| Ok(FileId::stored(row.try_get(0)?))).collect()
}

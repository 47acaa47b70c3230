//! Letters to measure with: their files and texts, and stacks of them made ready for an act.

use std::convert::Infallible;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream;
use pishkhan_office::courier::{outbox, waiting};
use pishkhan_office::files::{self, Arrival, Bringer};
use pishkhan_office::ids::{FileId, UnitId};
use pishkhan_office::letters::{self, Content, Letter};
use pishkhan_office::persian::Language;
use pishkhan_office::senders::{Sender, SenderKind};
use pishkhan_office::words::Words;
use pishkhan_office::{OrganisationId, Tx};

use crate::Outcome;
use crate::house::{House, organisation};
use crate::seed::Stage;

/// A scanned letter.
pub const PDF_BYTES: usize = 200 * 1024;

/// A PDF of exactly so many bytes, most of which can't be compressed.
pub fn pdf(size: usize) -> Vec<u8> {
    let mut state: u32 = 1;
    let noise = std::iter::from_fn(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Some(state.to_le_bytes()[3])
    });
    let catalogue = "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n";
    let end = format!("\nendstream\nendobj\ntrailer\n<< /Root 1 0 R /Size 3 >>\nstartxref\n{:010}\n%%EOF\n", 0);
    let head = |length: usize| format!("{catalogue}2 0 obj\n<< /Length {length:010} >>\nstream\n");
    let room = size.saturating_sub(head(0).len() + end.len());
    head(room).into_bytes().into_iter().chain(noise.take(room)).chain(end.into_bytes()).collect()
}

/// A letter's text, as long as they mostly are.
pub fn text() -> String {
    sentences().repeat(6)
}

/// A few sentences of one.
pub fn sentences() -> String {
    let words = Words::of(Language::Persian);
    [words.t("history-empty-text"), words.t("draft-unit-hint")].join(" ")
}

/// What a letter is about.
pub fn subject() -> &'static str {
    Words::of(Language::Persian).t("history-empty")
}

/// A file in the vault.
pub async fn arrival(house: &House) -> Outcome<Arrival> {
    let pieces = stream::iter([Ok::<_, Infallible>(Bytes::from(pdf(PDF_BYTES)))]);
    let organisation = organisation();
    let bringer = Bringer { organisation: &organisation, counted: None };
    let limit = house.rules.letters.file_bytes;
    Ok(files::take_in(&house.vault, &house.db, &house.clock, bringer, pieces, limit).await?)
}

/// A draft that lacks nothing.
pub async fn draft(
    tx: &mut Tx,
    house: &House,
    sender: &Sender,
    unit: &UnitId,
    file: (String, Arrival),
) -> Outcome<Letter> {
    let subject = subject();
    let token = FileId::random();
    let draft = letters::write(tx, &house.rules, sender, token.as_str()).await?;
    let content = Content {
        sender_name: subject.to_owned(),
        sender_kind: SenderKind::Person,
        unit: Some(unit.clone()),
        kind: None,
        representative: None,
        subject: subject.to_owned(),
        body: text(),
        has_files_following: false,
    };
    Ok(letters::change(tx, &house.rules, sender, &draft.id, content, &[file]).await?.letter)
}

/// So many drafts of the writer, ready to be submitted. They share the bytes of one file.
pub async fn drafts(stage: &Stage, count: usize) -> Outcome<Vec<Letter>> {
    let file = arrival(&stage.house).await?;
    let mut tx = stage.house.begin().await?;
    let mut drafts = Vec::with_capacity(count);
    for _ in 0..count {
        let file = ("letter.pdf".to_owned(), file.clone());
        drafts.push(draft(&mut tx, &stage.house, &stage.writer, &stage.unit, file).await?);
    }
    tx.commit().await?;
    Ok(drafts)
}

/// So many letters of the writer that wait for review.
pub async fn submitted(stage: &Stage, count: usize) -> Outcome<Vec<Letter>> {
    let drafts = drafts(stage, count).await?;
    let mut tx = stage.house.begin().await?;
    let mut letters = Vec::with_capacity(count);
    for draft in drafts {
        let letter = letters::submit(&mut tx, &stage.house.rules, &stage.writer, &draft.id, draft.version).await?;
        post_nothing(&mut tx).await?;
        letters.push(letter);
    }
    tx.commit().await?;
    Ok(letters)
}

/// Marks what the acts of this transaction owe as sent: making ready must leave the courier nothing to do.
pub async fn post_nothing(tx: &mut Tx) -> Outcome<()> {
    Ok(outbox::settle(tx).await?)
}

/// Waits until the courier has nothing left to send, so that what one round owes isn't paid in the next.
pub async fn until_sent(stage: &Stage) -> Outcome<()> {
    let house = &stage.house;
    loop {
        let mut tx = house.db.read(&OrganisationId::house(), house.clock.now()).await?;
        if waiting(&mut tx).await?.due == 0 {
            return Ok(());
        }
        drop(tx);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

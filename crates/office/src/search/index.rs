//! Bringing letters into the index: one after an act that changed what is found of it, or all, in steps, after a new version of
//! ours reads them by other rules.

use pishkhan_persian::ReceiptCode;
use pishkhan_store::{Clock, Db, OrganisationId, Result, StoreError, Tx};

use super::rows::{self, Findable};
use super::sight::Sighted;
use super::tokens::{self, Tokens};
use super::{editions, ladder};
use crate::ids::LetterId;

/// So many letters are brought up to date at once; acts wait no longer than that.
const STEP: u32 = 100;

/// Brings the letter into the index as it is now. Acts call it last, within their own work: what they wrote is found when they
/// are done, and of two at once the later one sees what the earlier one wrote, since it waits for the letter's place first.
pub async fn index(tx: &mut Tx, id: &LetterId) -> Result<()> {
    let Some(submitted) = rows::submitted_at(tx, id).await? else { return Ok(()) };
    let mut next = submitted.0;
    let place = loop {
        if let Some(place) = rows::hold_place(tx, id).await? {
            break place;
        }
        if rows::take_place(tx, id, next).await? {
            break next;
        }
        next += 1;
    };
    let letter = rows::findable(tx, id).await?;
    let mut tokens = tokens_of(tx.organisation(), &letter)?;
    if tx.is_postgres() {
        ladder::spans_of(place).into_iter().for_each(|span| tokens.add(span));
    }
    rows::write_tokens(tx, id, &tokens.text()).await
}

/// Brings letters into the index that are not there by today's rules, as those from before there was one. Each step is work of
/// its own. Answers how many it brought; several nodes may do it at once.
pub async fn catch_up(db: &Db, clock: &Clock, organisation: &OrganisationId) -> Result<u64> {
    let mut brought = 0;
    loop {
        let mut tx = db.begin(organisation, clock.now()).await?;
        let Some(reached) = editions::reached(&mut tx).await? else { return Ok(brought) };
        let ids = editions::letters_after(&mut tx, &reached, STEP).await?;
        for id in &ids {
            index(&mut tx, id).await?;
        }
        match ids.last() {
            Some(last) => editions::note(&mut tx, last.as_str(), false).await?,
            None => editions::note(&mut tx, &reached, true).await?,
        }
        tx.commit().await?;
        brought += ids.len() as u64;
    }
}

fn tokens_of(organisation: &OrganisationId, letter: &Findable) -> Result<Tokens> {
    let mut found = Tokens::default();
    let sighted = Sighted { organisation, unit: &letter.unit, is_registered: letter.is_registered };
    sighted.tokens().into_iter().for_each(|token| found.add(token));
    found.add(tokens::unit_token(&letter.unit));
    found.add(tokens::state_token(&letter.state));
    found.add(tokens::kind_token(&letter.sender_kind));
    if letter.has_file {
        found.add(tokens::file_token());
    }
    let receipt = ReceiptCode::parse(&letter.receipt).map_err(|_| StoreError::Unreadable("receipt code"))?;
    found.add(tokens::receipt_token(&receipt.full()));
    found.add(tokens::short_receipt_token(&receipt.short().replace('-', "")));
    if let Some(number) = &letter.number {
        found.add_number(number);
    }
    if let Some(code) = &letter.tracking {
        found.add(tokens::tracking_token(code));
    }
    found.add_mobile(&letter.mobile);
    found.add_text(&letter.sender_name);
    found.add_text(&letter.subject);
    found.add_text(&letter.body);
    if let Some(answer) = &letter.answer {
        found.add_text(answer);
    }
    Ok(found)
}

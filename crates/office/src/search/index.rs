//! Bringing letters into the index: one after an act that changed what is found of it, or all, in steps, after a new version of
//! ours reads them by other rules.

use std::slice;

use pishkhan_persian::ReceiptCode;
use pishkhan_store::{Clock, Db, OrganisationId, Result, StoreError, Tx};

use super::rows::{self, Arrival, Findable};
use super::said::{self, Said};
use super::sight::Sighted;
use super::spans;
use super::tokens::{self, Tokens};
use crate::ids::LetterId;

/// So many letters are brought up to date at once on SQLite; acts wait no longer than that.
const STEP: u32 = 50;

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
    let said = said::said(tx, slice::from_ref(id)).await?;
    let mut tokens = tokens_of(tx.organisation(), &letter, &said)?;
    for span in spans::spans_of(place) {
        tokens.add(span);
    }
    rows::write_tokens(tx, id, &tokens.text()).await?;
    rows::note_version(tx, id, letter.version).await
}

/// Brings letters into the index that it does not have as they are, by today's rules: those from before there was one, from a
/// version of ours with other rules, or that a program changed which knows of none. The newest come first, since they are looked for
/// most, and since SQLite's index takes many at once only in its own order. Answers how many it brought; several nodes may do it at once.
pub async fn catch_up(db: &Db, clock: &Clock, organisation: &OrganisationId) -> Result<u64> {
    let mut brought = 0;
    let mut reached = Arrival::after_all();
    loop {
        let behind = rows::behind(&mut db.read(organisation, clock.now()).await?, &reached, STEP).await?;
        let Some(last) = behind.last() else { return Ok(brought) };
        reached = last.clone();
        let mut tx = db.begin(organisation, clock.now()).await?;
        for arrival in &behind {
            index(&mut tx, &arrival.letter).await?;
            if tx.is_postgres() {
                // Acts go on meanwhile, and one that holds two letters must not wait for us while we wait for it.
                tx.commit().await?;
                tx = db.begin(organisation, clock.now()).await?;
            }
        }
        tx.commit().await?;
        brought += behind.len() as u64;
    }
}

fn tokens_of(organisation: &OrganisationId, letter: &Findable, said: &[Said]) -> Result<Tokens> {
    let mut found = Tokens::default();
    let sighted = Sighted {
        organisation,
        classification: letter.classification,
        is_closed: letter.state == "closed",
        is_registered: letter.is_registered,
        unit: &letter.unit,
        holder: &letter.holder,
        raised_to: letter.raised_to.as_deref(),
        escalated_to: letter.escalated_to.as_deref(),
        referrals: &letter.referrals,
    };
    sighted.tokens().into_iter().for_each(|token| found.add(token));
    // A unit's letters are those that are for it and those that it has in hand.
    for unit in [&letter.unit, &letter.holder].into_iter().filter(|unit| !unit.is_empty()) {
        found.add(tokens::unit_token(unit));
    }
    found.add(tokens::state_token(&letter.state));
    found.add(tokens::sender_kind_token(&letter.sender_kind));
    if !letter.kind.is_empty() {
        found.add(tokens::kind_token(&letter.kind));
    }
    if let Some(token) = tokens::subject_token(&letter.subject) {
        found.add(token);
    }
    if letter.has_file {
        found.add(tokens::file_token());
    }
    let receipt = ReceiptCode::parse(&letter.receipt).map_err(|_| StoreError::Unreadable("receipt code"))?;
    found.add(tokens::receipt_token(&receipt.full()));
    found.add(tokens::short_receipt_token(&receipt.short().replace('-', "")));
    for number in letter.number.iter().chain(&letter.voided) {
        found.add_number(number);
    }
    if !letter.own_number.is_empty() {
        found.add_number(&letter.own_number);
    }
    if let Some(code) = &letter.tracking {
        found.add(tokens::tracking_token(code));
    }
    if let Some(mobile) = &letter.mobile {
        found.add_mobile(mobile);
    }
    found.add_text(&letter.sender_name);
    found.add_text(&letter.representative_name);
    found.add_text(&letter.subject);
    found.add_text(&letter.body);
    for number in letter.answers.iter().filter_map(|(number, _)| number.as_ref()) {
        found.add_number(number);
    }
    for text in letter.answers.iter().map(|(_, text)| text).chain(&letter.authorities) {
        found.add_text(text);
    }
    said::found(said).for_each(|text| found.add_text(text));
    Ok(found)
}

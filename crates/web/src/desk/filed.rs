//! How a letter came to us: by its sender alone, or written down at the counter; the receipt that is printed there, and what a clerk
//! records for a sender who can only come by.

use pishkhan_office::accounts::staff;
use pishkhan_office::actor::{Role, Sender, Staff};
use pishkhan_office::letters::{self, Letter, State};
use pishkhan_office::{StoreError, Tx, filings, ledger};

use crate::layout::Page;
use crate::links::{self, Link};

pub struct Filed {
    /// Who wrote it down at the counter.
    pub clerk: Option<String>,
    /// Whether this person prints receipts at the counter.
    pub can_print: bool,
    /// What they may record now for a sender without a mobile, what they have recorded, and what they print for them.
    pub records: Vec<Record>,
    /// Where they write the letter down again for such a sender, if it ended so and nobody has yet.
    pub rewriting: Option<Link>,
}

/// Something to record, or to print again, as a link.
pub struct Record {
    pub url: Link,
    pub icon: &'static str,
    pub word: &'static str,
}

impl Filed {
    pub async fn of(
        tx: &mut Tx,
        page: &Page,
        person: &Staff,
        letter: &Letter,
        sender: &Sender,
    ) -> Result<Filed, StoreError> {
        let clerk = match &letter.filed_by {
            Some(clerk) => staff::name_of(tx, clerk).await?,
            None => None,
        };
        let can_print = person.has(Role::Reviewer);
        let records = if can_print { records(tx, page, letter, sender).await? } else { Vec::new() };
        let could_again = can_print && filings::could_begin_again(letter, sender, page.now);
        let is_first = could_again && letters::followers_for_desk(tx, person, &letter.id).await?.is_empty();
        let rewriting = is_first.then(|| links::desk_rewriting(&letter.id));
        Ok(Filed { clerk, can_print, records, rewriting })
    }
}

async fn records(tx: &mut Tx, page: &Page, letter: &Letter, sender: &Sender) -> Result<Vec<Record>, StoreError> {
    let id = &letter.id;
    let mut records = Vec::new();
    let mut add = |url, icon, key| records.push(Record { url, icon, word: page.t(key) });
    if filings::waits_for_visit(letter, sender, page.now) || filings::takes_message(letter, sender, page.now) {
        add(links::desk_visit(id), "clip", "visit-open");
    }
    if !filings::could_be_said(letter, sender, page.now) {
        return Ok(records);
    }
    if filings::could_hand_answer(letter, sender, page.now) {
        add(links::desk_service(id), "print", "service-open");
    }
    if letters::can_withdraw(letter) {
        add(links::desk_withdrawal(id), "cross", "spoken-withdrawal-open");
    }
    let happenings = ledger::of_letter(tx, id).await?;
    if letters::objection_window(letter, &happenings, page.now).is_ok() {
        add(links::desk_objection(id), "warn", "spoken-objection-open");
    }
    if matches!(letter.state, State::Withdrawn(..) | State::Objected(..)) {
        add(links::desk_slip(id), "print", "slip-open");
    }
    if !letters::breaches(letter, &happenings, page.now).is_empty() {
        add(links::desk_certificate(id), "print", "breach-certificate");
    }
    Ok(records)
}

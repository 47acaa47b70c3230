//! Referring: to whom, what for, with which words, until when, and who is told of it besides.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, Act, ReferError, Referring};
use pishkhan_office::persian::digits;
use pishkhan_office::referrals::{COPIES, Purpose, REFERRAL_CHARACTERS};
use pishkhan_office::texts::TextKind;

use super::asked::{self, Asked, Named};
use super::conflict;
use super::panes::Panes;
use super::ready::{self, Ready};
use super::referral_form::{self, Choosable, Group};
use crate::form::{Fields, Posted};
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::who::Officer;

#[derive(Template)]
#[template(path = "desk/referral.html")]
struct ReferralPage {
    page: Page,
    panes: Panes,
    groups: Vec<Group>,
    copies: Vec<Choosable>,
    has_copies: bool,
    purposes: Vec<Choice>,
    text: String,
    ready: Vec<Ready>,
    days: String,
    faults: Vec<Fault>,
}

/// A purpose beside its button.
struct Choice {
    value: &'static str,
    text: &'static str,
    hint: &'static str,
    is_chosen: bool,
    key: char,
}

impl ReferralPage {
    fn fault(&self, field: &str) -> Option<&str> {
        self.faults.iter().find(|fault| fault.field == field).map(|fault| fault.text.as_str())
    }
}

pub async fn show(officer: Officer, Named(id): Named, asked: Asked) -> Result<Response, Problem> {
    dialog(&officer, &id, &Fields::default(), Vec::new(), &asked.text).await
}

pub async fn create(officer: Officer, Named(id): Named, Posted(fields): Posted) -> Result<Response, Problem> {
    let seen = asked::seen(&fields)?;
    let page = officer.page("tray");
    let what = match read(&page, &fields)? {
        Ok(what) => what,
        Err(faults) => return dialog(&officer, &id, &fields, faults, "").await,
    };
    let mut tx = officer.begin().await?;
    let fault = match letters::refer(&mut tx, &officer.app.rules, &officer.actor, &id, seen, &what).await {
        Ok(_) => {
            tx.commit().await?;
            return there(&officer, &id).await;
        }
        Err(ReferError::NotOnDesk) => return Err(Problem::NotFound),
        Err(ReferError::Stale(_) | ReferError::NotInHand(_) | ReferError::NotYours) => {
            drop(tx);
            return conflict::page(&officer, page, &officer.actor, &id, &what.text).await;
        }
        Err(ReferError::Nobody) => ("to", page.t("work-refer-nobody").to_owned()),
        Err(ReferError::Own) => ("to", page.t("work-refer-own").to_owned()),
        Err(ReferError::NotAnOfficer) => ("to", page.t("work-refer-not-an-officer").to_owned()),
        Err(ReferError::BadCopy) => ("copies", page.words.a("work-refer-bad-copy", "most", page.number(COPIES as u64))),
        Err(ReferError::TooFar(most)) => {
            ("to", page.words.a("work-refer-too-far", "most", page.number(u64::from(most))))
        }
        Err(ReferError::NoText) => ("text", page.t("work-refer-no-text").to_owned()),
        Err(ReferError::Long) => {
            ("text", page.words.a("work-refer-long", "most", page.number(REFERRAL_CHARACTERS as u64)))
        }
        Err(ReferError::BadDays) => ("days", page.t("work-refer-bad-days").to_owned()),
        Err(ReferError::Store(error)) => return Err(error.into()),
    };
    drop(tx);
    let (field, text) = fault;
    dialog(&officer, &id, &fields, vec![Fault { field, text }], "").await
}

/// What the form says, or what is to be mended in it.
fn read(page: &Page, fields: &Fields) -> Result<Result<Referring, Vec<Fault>>, Problem> {
    let mut faults = Vec::new();
    let to = match fields.get("to") {
        "" => {
            faults.push(Fault { field: "to", text: page.t("work-refer-no-one").to_owned() });
            None
        }
        value => Some(referral_form::chosen(value).ok_or(Problem::BadRequest)?),
    };
    let purpose = match fields.get("purpose") {
        "" => Purpose::Action,
        value => Purpose::parse(value).ok_or(Problem::BadRequest)?,
    };
    let days = match digits::to_ascii(fields.get("days").trim()).as_str() {
        "" => None,
        days => {
            let days = days.parse().ok();
            if days.is_none() {
                faults.push(Fault { field: "days", text: page.t("work-refer-bad-days").to_owned() });
            }
            days
        }
    };
    let copies = referral_form::copies(fields).ok_or(Problem::BadRequest)?;
    Ok(match (to, faults.is_empty()) {
        (Some(to), true) => Ok(Referring { to, purpose, text: fields.get("text").to_owned(), days, copies }),
        _ => Err(faults),
    })
}

/// The letter's page, or the tray when the letter is out of this person's sight now.
async fn there(officer: &Officer, id: &LetterId) -> Result<Response, Problem> {
    let found = letters::find_for_desk(&mut officer.read().await?, &officer.actor, id).await?;
    let there = if found.is_some() { links::desk_letter(id).telling(id) } else { links::desk() };
    Ok(there.see_other())
}

async fn dialog(
    officer: &Officer,
    id: &LetterId,
    typed: &Fields,
    faults: Vec<Fault>,
    asked: &str,
) -> Result<Response, Problem> {
    let page = officer.page("tray");
    let mut tx = officer.read().await?;
    let Some(panes) = Panes::behind(&mut tx, &page, &officer.actor, id, Act::Refer).await? else {
        drop(tx);
        return conflict::page(officer, page, &officer.actor, id, typed.get("text")).await;
    };
    let (groups, copies) = referral_form::choices(&mut tx, &page, &officer.actor, typed).await?;
    let ready = ready::texts(&mut tx, TextKind::Referral, &links::desk_referrals(id), Purpose::ALL.len()).await?;
    let text = if faults.is_empty() { ready::asked(&ready, asked) } else { typed.get("text") };
    let dialog = ReferralPage {
        has_copies: copies.iter().any(|copy| copy.is_chosen) || faults.iter().any(|fault| fault.field == "copies"),
        purposes: purposes(&page, typed.get("purpose")),
        text: text.to_owned(),
        ready,
        days: typed.get("days").to_owned(),
        groups,
        copies,
        panes,
        page,
        faults,
    };
    let status = if dialog.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(show_as(status, &dialog))
}

fn purposes(page: &Page, chosen: &str) -> Vec<Choice> {
    let words = |purpose| match purpose {
        Purpose::Action => ("work-purpose-action", "work-purpose-action-hint"),
        Purpose::Answer => ("work-purpose-answer", "work-purpose-answer-hint"),
        Purpose::Information => ("work-purpose-information", "work-purpose-information-hint"),
    };
    let choice = |(purpose, key): (Purpose, char)| {
        let (text, hint) = words(purpose);
        let is_chosen = purpose.as_str() == chosen || (chosen.is_empty() && purpose == Purpose::Action);
        Choice { value: purpose.as_str(), text: page.t(text), hint: page.t(hint), is_chosen, key }
    };
    Purpose::ALL.into_iter().zip('1'..).map(choice).collect()
}

//! Registering: the dialog shows the number and the message that will come of it, and takes what may be said of the letter; the act
//! makes them true.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::files::Wait;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{
    self, Act, Classification, Letter, MarkFault, Marks, OWN_NUMBER_CHARACTERS, Own, Priority, RegisterError,
};
use pishkhan_office::{StoreError, Tx, registry};

use super::asked::{self, Named};
use super::panes::{self, Panes};
use super::sms::{self, Sms};
use super::status::Number;
use super::unrecorded::Unrecorded;
use super::{beside, conflict, next};
use crate::form::{Fields, Posted};
use crate::layout::{Fault, Page, show_as};
use crate::problem::Problem;
use crate::who::Reviewer;

#[derive(Template)]
#[template(path = "desk/registration.html")]
struct RegistrationPage {
    page: Page,
    panes: Panes,
    number: Number,
    date: String,
    sms: Sms,
    said: Said,
    /// What is to be known of files that nobody has scanned yet.
    unscanned: Option<&'static str>,
    /// Why it could not be done; nothing of it was.
    problem: Option<&'static str>,
    faults: Vec<Fault>,
}

/// What is said of the letter, as it stands in the form.
struct Said {
    classification: Classification,
    priority: Priority,
    own: Own,
}

/// Why the dialog comes back.
enum Refused {
    Problem(&'static str),
    Unscanned,
    Marks(Vec<MarkFault>),
}

pub async fn show(reviewer: Reviewer, Named(id): Named) -> Result<Response, Problem> {
    dialog(&reviewer, &id, &Marks::default(), None).await
}

pub async fn create(reviewer: Reviewer, Named(id): Named, Posted(fields): Posted) -> Result<Response, Problem> {
    let seen = asked::seen(&fields)?;
    let marks = marks(&fields)?;
    let mut tx = reviewer.begin().await?;
    let (rules, actor) = (&reviewer.app.rules, &reviewer.actor);
    let letter = match letters::register_marked(&mut tx, rules, actor, &id, seen, &marks).await {
        Ok(letter) => letter,
        Err(RegisterError::NotOnDesk) => return Err(Problem::NotFound),
        Err(RegisterError::Stale(_) | RegisterError::NotUnderReview(_)) => {
            drop(tx);
            let page = reviewer.page("tray");
            let unrecorded = unrecorded(&page, &marks);
            return conflict::page(&reviewer, page, &reviewer.actor, &id, unrecorded).await;
        }
        Err(RegisterError::ClockWentBack) => {
            drop(tx);
            return dialog(&reviewer, &id, &marks, Some(Refused::Problem("desk-registration-clock"))).await;
        }
        Err(RegisterError::Unscanned) => {
            drop(tx);
            return dialog(&reviewer, &id, &marks, Some(Refused::Unscanned)).await;
        }
        Err(RegisterError::Marks(faults)) => {
            drop(tx);
            return dialog(&reviewer, &id, &marks, Some(Refused::Marks(faults))).await;
        }
        Err(RegisterError::Store(error)) => return Err(error.into()),
    };
    tx.commit().await?;
    let there =
        next::after_review(&mut reviewer.read().await?, &reviewer.page("tray"), &reviewer.actor, &letter).await?;
    Ok(there.see_other())
}

/// What the form says of the letter; of what it doesn't name, nothing.
fn marks(fields: &Fields) -> Result<Marks, Problem> {
    let chosen = |name: &str| Some(fields.get(name)).filter(|text| !text.is_empty());
    let is_own = fields.has("own_number") || fields.has("own_date");
    Ok(Marks {
        classification: match chosen("classification") {
            Some(text) => Some(Classification::parse(text).ok_or(Problem::BadRequest)?),
            None => None,
        },
        priority: match chosen("priority") {
            Some(text) => Some(Priority::parse(text).ok_or(Problem::BadRequest)?),
            None => None,
        },
        own: is_own
            .then(|| Own { number: fields.get("own_number").to_owned(), date: fields.get("own_date").to_owned() }),
    })
}

/// What was typed and chosen, for whoever must look at the letter anew.
fn unrecorded(page: &Page, marks: &Marks) -> Unrecorded {
    let own = marks.own.clone().unwrap_or_default();
    let classification = marks.classification.map_or("", |it| page.t(beside::word_of(it)));
    let priority = marks.priority.map_or("", |it| page.t(beside::word_of_priority(it)));
    Unrecorded::default()
        .choosing(page.t("own-number"), own.number)
        .choosing(page.t("own-date"), own.date)
        .choosing(page.t("classification-title"), classification)
        .choosing(page.t("priority-title"), priority)
}

async fn dialog(
    reviewer: &Reviewer,
    id: &LetterId,
    marks: &Marks,
    refused: Option<Refused>,
) -> Result<Response, Problem> {
    let page = reviewer.page("tray");
    let mut tx = reviewer.read().await?;
    let Some(panes) = Panes::behind(&mut tx, &page, &reviewer.actor, id, Act::Register).await? else {
        drop(tx);
        let unrecorded = unrecorded(&page, marks);
        return conflict::page(reviewer, page, &reviewer.actor, id, unrecorded).await;
    };
    let (printed, number) = number(&mut tx, &page, &panes).await?;
    let sms = sms::registered(&mut tx, &page, panes.sender_language(), &printed).await?;
    let said = Said::of(&panes.letter, marks);
    let (status, problem, faults) = match refused {
        None => (StatusCode::OK, None, Vec::new()),
        Some(Refused::Unscanned) => (StatusCode::LOCKED, None, Vec::new()),
        Some(Refused::Problem(key)) => (StatusCode::SERVICE_UNAVAILABLE, Some(page.t(key)), Vec::new()),
        Some(Refused::Marks(faults)) => {
            let faults = faults.into_iter().map(|it| fault(&page, it)).collect();
            (StatusCode::UNPROCESSABLE_ENTITY, None, faults)
        }
    };
    let unscanned = panes::unscanned(&page, panes.wait);
    let date = page.date(&page.now);
    let dialog = RegistrationPage { page, panes, number, date, sms, said, unscanned, problem, faults };
    Ok(show_as(status, &dialog))
}

fn fault(page: &Page, it: MarkFault) -> Fault {
    let said = |field, key| Fault { field, text: page.t(key).to_owned() };
    match it {
        MarkFault::LongOwnNumber => said("own_number", "own-number-long"),
        MarkFault::NoOwnDay => said("own_date", "own-date-none"),
        MarkFault::OwnDayAhead => said("own_date", "own-date-ahead"),
        MarkFault::AboveClearance => said("classification", "classification-above"),
        MarkFault::NobodyCleared => said("classification", "classification-nobody-cleared"),
        MarkFault::NotCleared(name) => {
            Fault { field: "classification", text: page.words.a("classification-not-cleared", "name", name) }
        }
    }
}

/// The number that a registration now would print: as the message has it, and as the page shows it.
async fn number(tx: &mut Tx, page: &Page, panes: &Panes) -> Result<(String, Number), Problem> {
    let printed = registry::preview(tx, &panes.unit).await?;
    let register = registry::find(tx, &panes.unit.register).await?.ok_or(StoreError::Unreadable("register"))?;
    let number = Number::of(page, &printed, register.direction);
    Ok((printed, number))
}

impl Said {
    /// What was typed, and the letter's own where nothing was.
    fn of(letter: &Letter, marks: &Marks) -> Said {
        Said {
            classification: marks.classification.unwrap_or(letter.classification),
            priority: marks.priority.unwrap_or(letter.priority),
            own: marks.own.clone().unwrap_or_else(|| letter.own.clone()),
        }
    }
}

impl RegistrationPage {
    fn classifications(&self) -> Vec<(&'static str, &'static str, bool)> {
        beside::classifications(&self.page, self.said.classification)
    }

    fn priorities(&self) -> Vec<(&'static str, &'static str, bool)> {
        beside::priorities(&self.page, Some(self.said.priority))
    }

    fn fault(&self, field: &str) -> Option<&str> {
        self.faults.iter().find(|fault| fault.field == field).map(|fault| fault.text.as_str())
    }

    /// Whether it can't be done yet.
    fn is_closed(&self) -> bool {
        self.panes.wait == Wait::Scanner
    }

    /// Whether something other than the defaults stands there, or is to be looked at: a paper of the counter often has a number.
    fn is_open(&self) -> bool {
        let Said { classification, priority, own } = &self.said;
        let is_plain = *classification == Classification::Normal && *priority == Priority::Normal;
        !is_plain || *own != Own::default() || !self.faults.is_empty() || self.panes.letter.filed_by.is_some()
    }
}

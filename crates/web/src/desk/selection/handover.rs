//! Handing several letters over at once: one officer of the unit gets them, each by itself, with one word. Whoever was faster on one of
//! them stops that one only.

use askama::Template;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::ids::{LetterId, StaffId};
use pishkhan_office::letters::{self, Act, HANDOVER_CHARACTERS, HandOverError, Letter, Version};

use super::done::Done;
use super::selected::{Chosen, Failed, Selected, selected};
use crate::desk::handover::Choosable;
use crate::desk::within::{self, Wanted};
use crate::form::{Fields, Posted};
use crate::layout::{Fault, Page, show_as};
use crate::links::{self, Link};
use crate::problem::Problem;
use crate::who::Signer;

#[derive(Template)]
#[template(path = "desk/selection_handover.html")]
struct SelectionPage {
    page: Page,
    letters: Vec<Selected>,
    people: Vec<Choosable>,
    text: String,
    /// What could not be handed over, and why.
    failed: Vec<Failed>,
    /// What was done before this page.
    done: Option<Done>,
    faults: Vec<Fault>,
    /// Where the form goes, within the view that they were selected in.
    there: Link,
    tray: Link,
}

/// What became of the letters.
#[derive(Default)]
struct Outcome {
    done: Vec<LetterId>,
    failed: Vec<(LetterId, String)>,
    /// Those for which the form can be mended.
    again: Vec<(LetterId, Version)>,
    faults: Vec<Fault>,
}

/// Why one letter was not handed over.
enum Refused {
    /// It is out of this person's reach, or somebody was faster.
    Changed,
    /// Something is to be mended in the form.
    Fault(Fault),
}

pub async fn show(signer: Signer, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let fields = Fields::of_query(query.as_deref().unwrap_or_default());
    let again = selected(&fields);
    let faults = none_selected(&signer, &again);
    page(&signer, &Fields::default(), Outcome { again, faults, ..Outcome::default() }).await
}

pub async fn create(signer: Signer, Posted(fields): Posted) -> Result<Response, Problem> {
    let frame = signer.page("tray");
    let chosen = selected(&fields);
    let mut faults = none_selected(&signer, &chosen);
    let to = match fields.get("staff") {
        "" => None,
        text => Some(StaffId::parse(text).ok_or(Problem::BadRequest)?),
    };
    if to.is_none() {
        faults.push(Fault { field: "staff-0", text: frame.t("handover-no-hand").to_owned() });
    }
    if !faults.is_empty() {
        return page(&signer, &fields, Outcome { again: chosen, faults, ..Outcome::default() }).await;
    }
    let mut outcome = Outcome::default();
    for (id, seen) in chosen {
        match hand_over(&signer, &frame, &id, seen, to.as_ref(), fields.get("text")).await? {
            Ok(()) => outcome.done.push(id),
            Err(Refused::Fault(fault)) => {
                outcome.failed.push((id.clone(), fault.text.clone()));
                outcome.again.push((id, seen));
                if !outcome.faults.iter().any(|known| known.text == fault.text) {
                    outcome.faults.push(fault);
                }
            }
            Err(Refused::Changed) => outcome.failed.push((id, frame.t("selection-changed").to_owned())),
        }
    }
    if outcome.failed.is_empty() {
        let wanted = Wanted::carried_or_first(&frame, &signer.actor);
        let there = wanted.rest(&mut signer.read().await?, &signer.actor).await?;
        return Ok(there.telling_all(&outcome.done).see_other());
    }
    page(&signer, &fields, outcome).await
}

/// Hands one letter over.
async fn hand_over(
    signer: &Signer,
    frame: &Page,
    id: &LetterId,
    seen: Version,
    to: Option<&StaffId>,
    word: &str,
) -> Result<Result<(), Refused>, Problem> {
    let mut tx = signer.begin().await?;
    let (field, text) = match letters::hand_over(&mut tx, &signer.actor, id, seen, to, word).await {
        Ok(_) => {
            tx.commit().await?;
            return Ok(Ok(()));
        }
        Err(HandOverError::NotOnDesk | HandOverError::Stale(_) | HandOverError::NotInHand(_)) => {
            return Ok(Err(Refused::Changed));
        }
        Err(HandOverError::NoHand) => ("staff-0", frame.t("handover-no-hand").to_owned()),
        Err(HandOverError::Nobody) => ("staff-0", frame.t("handover-nobody").to_owned()),
        Err(HandOverError::NotCleared(name)) => ("staff-0", frame.words.a("work-refer-not-cleared", "name", name)),
        Err(HandOverError::Long) => {
            ("text", frame.words.a("work-refer-long", "most", frame.number(HANDOVER_CHARACTERS as u64)))
        }
        Err(HandOverError::Store(error)) => return Err(error.into()),
    };
    Ok(Err(Refused::Fault(Fault { field, text })))
}

fn none_selected(signer: &Signer, chosen: &[(LetterId, Version)]) -> Vec<Fault> {
    let text = signer.page("tray").t("selection-none").to_owned();
    chosen.is_empty().then_some(Fault { field: "selection", text }).into_iter().collect()
}

/// The page with what was typed.
async fn page(signer: &Signer, typed: &Fields, outcome: Outcome) -> Result<Response, Problem> {
    let Outcome { done, failed, again, faults } = outcome;
    let page = signer.page("tray");
    let wanted = Wanted::carried_or_first(&page, &signer.actor);
    let mut tx = signer.read().await?;
    let done = Done::of(&mut tx, &page, &signer.actor, &signer.app.rules, &wanted, &done).await?;
    let Chosen { open: letters, left_out } = Chosen::of(&mut tx, &signer.actor, Act::HandOver, again).await?;
    let left_out = left_out.into_iter().map(|id| (id, page.t("selection-not-to-give").to_owned()));
    let failed: Vec<(LetterId, String)> = failed.into_iter().chain(left_out).collect();
    // Offered are those who may get all of them.
    let all: Vec<&Letter> = letters.iter().map(|(letter, _)| letter).collect();
    let people = if all.is_empty() { Vec::new() } else { letters::other_hands(&mut tx, &signer.actor, &all).await? };
    let people = Choosable::all(&mut tx, &page, people, typed.get("staff")).await?;
    let mut named = Vec::new();
    for (id, why) in failed {
        named.push(Failed::of(&mut tx, &signer.actor, &id, why).await?);
    }
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let selection = SelectionPage {
        people,
        letters: letters.into_iter().map(Selected::of).collect(),
        text: typed.get("text").to_owned(),
        failed: named,
        done,
        faults,
        there: within::keeping(&page, &signer.actor, links::desk_selection_handover()),
        tray: wanted.link(),
        page,
    };
    Ok(show_as(status, &selection))
}

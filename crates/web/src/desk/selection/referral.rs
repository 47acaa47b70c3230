//! Referring several letters at once: the fields of one referral, and each letter referred by itself. What can be mended is asked
//! again for those letters; whoever was faster on one of them stops that one only.

use askama::Template;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, Act, Referring, Version};

use super::done::Done;
use super::selected::{Chosen, Failed, Selected, selected};
use crate::desk::ready;
use crate::desk::referral_form::{self, ReferralForm, Refused};
use crate::desk::within::{self, Wanted};
use crate::form::{Fields, Posted};
use crate::layout::{Fault, Page, show_as};
use crate::links::{self, Link};
use crate::problem::Problem;
use crate::who::Staff;

#[derive(Template)]
#[template(path = "desk/selection_referral.html")]
struct SelectionPage {
    page: Page,
    letters: Vec<Selected>,
    form: ReferralForm,
    /// What could not be referred, and why.
    failed: Vec<Failed>,
    /// What was done before this page.
    done: Option<Done>,
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

pub async fn show(staff: Staff, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    if !staff.actor.refers() {
        return Err(Problem::NotFound);
    }
    let fields = Fields::of_query(query.as_deref().unwrap_or_default());
    let again = selected(&fields);
    let faults = none_selected(&staff, &again);
    let outcome = Outcome { again, faults, ..Outcome::default() };
    page(&staff, &Fields::default(), outcome).await
}

pub async fn create(staff: Staff, Posted(fields): Posted) -> Result<Response, Problem> {
    if !staff.actor.refers() {
        return Err(Problem::NotFound);
    }
    let frame = staff.page("tray");
    let chosen = selected(&fields);
    let mut faults = none_selected(&staff, &chosen);
    if !ready::chosen(&fields).is_empty() {
        let outcome = Outcome { again: chosen, faults, ..Outcome::default() };
        return page(&staff, &fields, outcome).await;
    }
    let what = match referral_form::read(&frame, &fields)? {
        Ok(what) if faults.is_empty() => what,
        read => {
            faults.extend(read.err().unwrap_or_default());
            let outcome = Outcome { again: chosen, faults, ..Outcome::default() };
            return page(&staff, &fields, outcome).await;
        }
    };
    let mut outcome = Outcome::default();
    for (id, seen) in chosen {
        match refer(&staff, &frame, &id, seen, &what).await? {
            Ok(()) => outcome.done.push(id),
            Err(Refused::Fault(fault)) => {
                outcome.failed.push((id.clone(), fault.text.clone()));
                outcome.again.push((id, seen));
                if !outcome.faults.iter().any(|known| known.text == fault.text) {
                    outcome.faults.push(fault);
                }
            }
            Err(Refused::NotThere | Refused::Changed) => {
                outcome.failed.push((id, frame.t("selection-changed").to_owned()));
            }
            Err(Refused::Store(error)) => return Err(error.into()),
        }
    }
    if outcome.failed.is_empty() {
        let there = Wanted::carried_or_first(&frame, &staff.actor).rest(&mut staff.read().await?, &staff.actor).await?;
        return Ok(there.telling_all(&outcome.done).see_other());
    }
    page(&staff, &fields, outcome).await
}

/// Refers one letter.
async fn refer(
    staff: &Staff,
    frame: &Page,
    id: &LetterId,
    seen: Version,
    what: &Referring,
) -> Result<Result<(), Refused>, Problem> {
    let mut tx = staff.begin().await?;
    match letters::refer(&mut tx, &staff.app.rules, &staff.actor, id, seen, what).await {
        Ok(_) => {
            tx.commit().await?;
            Ok(Ok(()))
        }
        Err(error) => Ok(Err(referral_form::refused(frame, error))),
    }
}

fn none_selected(staff: &Staff, chosen: &[(LetterId, Version)]) -> Vec<Fault> {
    let text = staff.page("tray").t("selection-none").to_owned();
    chosen.is_empty().then_some(Fault { field: "selection", text }).into_iter().collect()
}

/// The page with what was typed.
async fn page(staff: &Staff, typed: &Fields, outcome: Outcome) -> Result<Response, Problem> {
    let Outcome { done, failed, again, faults } = outcome;
    let page = staff.page("tray");
    let wanted = Wanted::carried_or_first(&page, &staff.actor);
    let there = within::keeping(&page, &staff.actor, links::desk_selection_referrals());
    let mut tx = staff.read().await?;
    let done = Done::of(&mut tx, &page, &staff.actor, &staff.app.rules, &wanted, &done).await?;
    let field = there.at("text");
    let Chosen { open: letters, left_out } = Chosen::of(&mut tx, &staff.actor, Act::Refer, again).await?;
    let left_out = left_out.into_iter().map(|id| (id, page.t("selection-not-to-refer").to_owned()));
    // Offered are those who may see all of them.
    let classification = letters.iter().map(|(letter, _)| letter.classification).max().unwrap_or_default();
    let form = ReferralForm::of(&mut tx, &page, &staff.actor, classification, typed, faults, &field).await?;
    let mut named = Vec::new();
    for (id, why) in failed.into_iter().chain(left_out) {
        named.push(Failed::of(&mut tx, &staff.actor, &id, why).await?);
    }
    let selection = SelectionPage {
        letters: letters.into_iter().map(Selected::of).collect(),
        form,
        failed: named,
        done,
        there,
        tray: wanted.link(),
        page,
    };
    let status = if selection.form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(show_as(status, &selection))
}

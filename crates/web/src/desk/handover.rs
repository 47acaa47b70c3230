//! Handing over: who of the unit gets a letter that is new there, or that somebody has in hand, and with which word.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::accounts::staff;
use pishkhan_office::ids::{LetterId, StaffId};
use pishkhan_office::letters::{self, HANDOVER_CHARACTERS, HandOverError, Tray};
use pishkhan_office::referrals::Person;
use pishkhan_office::{StoreError, Tx};

use super::asked::{self, Named};
use super::conflict;
use super::onward::Onward;
use super::panes::Panes;
use super::unrecorded::Unrecorded;
use super::within;
use crate::form::{Fields, Posted};
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::who::Staff;

#[derive(Template)]
#[template(path = "desk/handover.html")]
struct HandoverPage {
    page: Page,
    panes: Panes,
    lead: String,
    /// Whether it may go back to the unit as well.
    has_unit: bool,
    is_of_unit: bool,
    people: Vec<Choosable>,
    text: String,
    faults: Vec<Fault>,
}

/// Somebody who may get it.
pub struct Choosable {
    pub value: String,
    pub name: String,
    /// How many letters of the unit they have in hand.
    pub load: String,
    pub is_chosen: bool,
}

impl Choosable {
    /// Those people, of one unit.
    pub async fn all(
        tx: &mut Tx,
        page: &Page,
        people: Vec<Person>,
        chosen: &str,
    ) -> Result<Vec<Choosable>, StoreError> {
        let loads = match people.first() {
            Some(person) => letters::loads(tx, &person.unit).await?,
            None => Vec::new(),
        };
        let choosable = |person: Person| {
            let load = loads.iter().find(|(id, _)| *id == person.id).map_or(0, |(_, load)| *load);
            let is_chosen = person.id.as_str() == chosen;
            let load = page.words.n("handover-load", load);
            Choosable { value: person.id.to_string(), name: person.name, load, is_chosen }
        };
        Ok(people.into_iter().map(choosable).collect())
    }
}

impl HandoverPage {
    fn fault(&self, field: &str) -> Option<&str> {
        Fault::of(&self.faults, field)
    }
}

pub async fn show(staff: Staff, Named(id): Named) -> Result<Response, Problem> {
    dialog(&staff, &id, &Fields::default(), None).await
}

pub async fn create(staff: Staff, Named(id): Named, Posted(fields): Posted) -> Result<Response, Problem> {
    let seen = asked::seen(&fields)?;
    let to = match fields.get("staff") {
        "" => None,
        text => Some(StaffId::parse(text).ok_or(Problem::BadRequest)?),
    };
    let page = staff.page("tray");
    let mut tx = staff.begin().await?;
    let onward = Onward::of(&mut tx, &page, &staff.actor, &id).await?;
    let fault = match letters::hand_over(&mut tx, &staff.actor, &id, seen, to.as_ref(), fields.get("text")).await {
        Ok(_) => {
            tx.commit().await?;
            // Whoever shares out what is new has done with it; of what was in somebody's hand, one looks who has it now.
            if onward.is_in(Tray::Untaken) {
                return Ok(onward.go_on(&mut staff.read().await?, &staff.actor).await?.see_other());
            }
            return Ok(within::keeping(&page, &staff.actor, links::desk_letter(&id)).see_other());
        }
        Err(HandOverError::NotOnDesk) => return Err(Problem::NotFound),
        Err(HandOverError::Stale(_) | HandOverError::NotInHand(_)) => {
            drop(tx);
            let name = match &to {
                Some(to) => staff::name_of(&mut staff.read().await?, to).await?.unwrap_or_default(),
                None => page.t("handover-unit").to_owned(),
            };
            let unrecorded = Unrecorded::words(fields.get("text")).choosing(page.t("handover-choose"), name);
            return conflict::page(&staff, page, &staff.actor, &id, unrecorded).await;
        }
        Err(HandOverError::NoHand) => Fault { field: "staff-0", text: page.t("handover-no-hand").to_owned() },
        Err(HandOverError::Nobody) => Fault { field: "staff-0", text: page.t("handover-nobody").to_owned() },
        Err(HandOverError::NotCleared(name)) => {
            Fault { field: "staff-0", text: page.words.a("work-refer-not-cleared", "name", name) }
        }
        Err(HandOverError::Long) => {
            let most = page.number(HANDOVER_CHARACTERS as u64);
            Fault { field: "text", text: page.words.a("work-refer-long", "most", most) }
        }
        Err(HandOverError::Store(error)) => return Err(error.into()),
    };
    drop(tx);
    dialog(&staff, &id, &fields, Some(fault)).await
}

async fn dialog(staff: &Staff, id: &LetterId, typed: &Fields, fault: Option<Fault>) -> Result<Response, Problem> {
    let page = staff.page("tray");
    let mut tx = staff.read().await?;
    let panes = Panes::find(&mut tx, &page, &staff.actor, id).await?;
    if !letters::could_hand_over(&staff.actor, &panes.letter) {
        // Whoever says who gets it may have come from a page on which somebody still had it in hand, or on which it still was late.
        let (actor, letter) = (&staff.actor, &panes.letter);
        if letters::could_choose_hand(actor, letter) || letters::was_late_below(actor, letter) {
            drop(tx);
            return conflict::page(staff, page, &staff.actor, id, typed.get("text")).await;
        }
        return Err(Problem::NotFound);
    }
    let officer = panes.letter.state.work().and_then(|work| work.officer.clone());
    let has_unit = officer.is_some() && letters::could_choose_hand(&staff.actor, &panes.letter);
    let lead = match &officer {
        Some(officer) => {
            let name = staff::name_of(&mut tx, officer).await?.unwrap_or_default();
            page.words.a("handover-lead", "name", name)
        }
        None => page.t("handover-lead-new").to_owned(),
    };
    let chosen = typed.get("staff");
    let others = letters::other_hands(&mut tx, &staff.actor, &[&panes.letter]).await?;
    let is_only = !has_unit && others.len() == 1;
    let people = Choosable::all(&mut tx, &page, others, chosen).await?.into_iter();
    let people = people.map(|it| Choosable { is_chosen: is_only || it.is_chosen, ..it });
    let status = if fault.is_none() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let dialog = HandoverPage {
        lead,
        has_unit,
        is_of_unit: chosen.is_empty(),
        people: people.collect(),
        text: typed.get("text").to_owned(),
        faults: fault.into_iter().collect(),
        panes: Panes { is_covered: true, ..panes },
        page,
    };
    Ok(show_as(status, &dialog))
}

//! The choices of a referral's fields: the units as a tree with their people, those of lately on top, and who gets a copy.

use pishkhan_office::accounts::staff;
use pishkhan_office::actor::Staff;
use pishkhan_office::ids::{StaffId, UnitId};
use pishkhan_office::letters::Classification;
use pishkhan_office::referrals::{self, Person, To};
use pishkhan_office::units::{self, Unit};
use pishkhan_office::{StoreError, Tx};

use super::unrecorded::unit_name;
use crate::form::Fields;
use crate::layout::Page;

/// Between the unit and the person in a value.
const JOINT: char = '.';
/// What a level of the tree is set in by.
const INDENT: &str = "\u{2003}";

/// Some of the choices under one label.
pub struct Group {
    pub label: &'static str,
    pub choices: Vec<Choosable>,
}

/// A unit, or a person in it.
pub struct Choosable {
    pub value: String,
    pub label: String,
    pub is_chosen: bool,
    pub is_person: bool,
}

/// Whom somebody chose; None when it is nobody.
pub fn chosen(value: &str) -> Option<To> {
    match value.split_once(JOINT) {
        None => Some(To { unit: UnitId::parse(value)?, staff: None }),
        Some((unit, staff)) => Some(To { unit: UnitId::parse(unit)?, staff: Some(StaffId::parse(staff)?) }),
    }
}

/// Those whose boxes are ticked.
pub fn copies(fields: &Fields) -> Option<Vec<To>> {
    fields.beginning("copy-").map(|(value, _)| chosen(value)).collect()
}

/// The name of whom a value stands for; empty for nobody's.
pub async fn name_of(tx: &mut Tx, page: &Page, value: &str) -> Result<String, StoreError> {
    let Some(to) = chosen(value) else { return Ok(String::new()) };
    let unit = unit_name(tx, page, &to.unit).await?;
    let Some(person) = &to.staff else { return Ok(unit) };
    let name = staff::name_of(tx, person).await?.unwrap_or_default();
    Ok(page.words.fill("work-person-of-unit", &[("name", &name), ("unit", &unit)]))
}

/// The choices for the one who gets it, and for copies: units, and whoever of them may see letters of this classification.
pub async fn choices(
    tx: &mut Tx,
    page: &Page,
    staff: &Staff,
    classification: Classification,
    fields: &Fields,
) -> Result<(Vec<Group>, Vec<Choosable>), StoreError> {
    let units = units::list_open(tx).await?;
    let mut people = referrals::people(tx).await?;
    people.retain(|person| person.clearance >= classification);
    let recent = referrals::recent_units(tx, staff).await?;
    let to = fields.get("to");
    let is_me = |value: &str| value.ends_with(staff.id.as_str());
    let all: Vec<Choosable> =
        listed(page, &units, &people, to).into_iter().filter(|choice| !is_me(&choice.value)).collect();
    let lately: Vec<Choosable> = recent
        .iter()
        .filter_map(|id| units.iter().find(|unit| unit.id == *id))
        .map(|unit| unit_choice(page, unit, 0, ""))
        .collect();
    let copies = listed(page, &units, &people, "")
        .into_iter()
        .map(|choice| Choosable { is_chosen: fields.has(&format!("copy-{}", choice.value)), ..choice });
    let copies = copies.filter(|choice| !is_me(&choice.value)).collect();
    let mut groups = vec![Group { label: page.t("work-all-units"), choices: all }];
    if !lately.is_empty() {
        groups.insert(0, Group { label: page.t("work-recent-units"), choices: lately });
    }
    Ok((groups, copies))
}

/// The units as a tree, each followed by its people and then by the units below it.
fn listed(page: &Page, units: &[Unit], people: &[Person], chosen: &str) -> Vec<Choosable> {
    let mut choices = Vec::new();
    let is_known = |id: &UnitId| units.iter().any(|unit| unit.id == *id);
    for root in units.iter().filter(|unit| unit.parent.as_ref().is_none_or(|parent| !is_known(parent))) {
        add(page, units, people, root, 0, chosen, &mut choices);
    }
    choices
}

fn add(
    page: &Page,
    units: &[Unit],
    people: &[Person],
    unit: &Unit,
    depth: usize,
    chosen: &str,
    choices: &mut Vec<Choosable>,
) {
    choices.push(unit_choice(page, unit, depth, chosen));
    for person in people.iter().filter(|person| person.unit == unit.id) {
        let value = format!("{}{JOINT}{}", unit.id, person.id);
        let label = page.words.fill("work-person-of-post", &[("name", &person.name), ("title", &person.title)]);
        choices.push(Choosable {
            is_chosen: value == chosen,
            label: format!("{}{label}", INDENT.repeat(depth + 1)),
            value,
            is_person: true,
        });
    }
    for below in units.iter().filter(|below| below.parent.as_ref() == Some(&unit.id)) {
        add(page, units, people, below, depth + 1, chosen, choices);
    }
}

fn unit_choice(page: &Page, unit: &Unit, depth: usize, chosen: &str) -> Choosable {
    Choosable {
        value: unit.id.to_string(),
        label: format!("{}{}", INDENT.repeat(depth), unit.name_in(page.words.language)),
        is_chosen: unit.id.as_str() == chosen,
        is_person: false,
    }
}

//! Who has a letter now, while the house works on it: the unit that holds it and, once somebody of it has taken it, their name.

use pishkhan_office::accounts::staff;
use pishkhan_office::letters::{Letter, State};
use pishkhan_office::units::Unit;
use pishkhan_office::{StoreError, Tx};

use crate::layout::Page;

/// In words; None where nobody has it, or nobody yet of the unit that it is to, which the page names anyway.
pub async fn told(
    tx: &mut Tx,
    page: &Page,
    letter: &Letter,
    holder: Option<&Unit>,
) -> Result<Option<String>, StoreError> {
    let Some(unit) = holder else { return Ok(None) };
    let unit_name = unit.name_in(page.words.language);
    let officer = letter.state.work().and_then(|work| work.officer.as_ref());
    if let Some(officer) = officer {
        let name = staff::name_of(tx, officer).await?.unwrap_or_default();
        return Ok(Some(page.words.fill("work-person-of-unit", &[("name", &name), ("unit", unit_name)])));
    }
    let is_worked_on = matches!(letter.state, State::Registered(..)) || letter.state.work().is_some();
    let is_elsewhere = letter.unit() != Some(&unit.id);
    Ok((is_worked_on && is_elsewhere).then(|| unit_name.to_owned()))
}

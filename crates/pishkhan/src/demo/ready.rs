//! What the demo's operator laid ready: the papers that units ask for, and texts to use.

use std::collections::BTreeMap;

use pishkhan_office::ids::UnitId;
use pishkhan_office::texts::{self, TextKind};
use pishkhan_office::{Tx, papers};

use super::letters::refused;
use super::seed;
use crate::failure::Failure;

pub async fn lay(tx: &mut Tx, seed: &seed::Organisation, units: &BTreeMap<String, UnitId>) -> Result<(), Failure> {
    for it in &seed.papers {
        let unit = units.get(&it.unit).ok_or_else(|| refused("a paper of an unknown unit"))?;
        papers::add(tx, unit, &it.name, &it.name_english).await?;
    }
    for it in &seed.texts {
        let kind = TextKind::parse(&it.kind).ok_or_else(|| refused("an unknown kind of text"))?;
        texts::add(tx, kind, &it.title, &it.body).await?;
    }
    Ok(())
}

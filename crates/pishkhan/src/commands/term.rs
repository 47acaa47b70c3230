//! `pishkhan term`: how long each step may take.

use pishkhan_office::Tx;
use pishkhan_office::deadlines::{self, SetTerm, Step, Term};
use pishkhan_office::ids::{KindId, UnitId};
use pishkhan_office::{kinds, units};

use super::{begin, kind, table, unit};
use crate::cli::{TermCommand, TermPlace};
use crate::counting;
use crate::failure::Failure;
use crate::settings::Settings;

pub async fn run(settings: &Settings, command: TermCommand) -> Result<String, Failure> {
    match command {
        TermCommand::Set { of, place, days, hours, basis } => {
            let (mut tx, _) = begin(settings, &of.organisation).await?;
            let (unit, kind) = place_of(&mut tx, &place).await?;
            let term = TermCommand::length(days, hours);
            deadlines::set_term(&mut tx, &SetTerm { unit, kind, step: place.step, term, basis }).await?;
            tx.commit().await?;
            Ok(format!("Set the term of {} to {}.\n", place.step.as_str(), told(term)))
        }
        TermCommand::Unset { of, place } => {
            let (mut tx, _) = begin(settings, &of.organisation).await?;
            let (unit, kind) = place_of(&mut tx, &place).await?;
            if !deadlines::unset_term(&mut tx, unit.as_ref(), kind.as_ref(), place.step).await? {
                return Err(Failure::Input("there is no such term; see pishkhan term list".into()));
            }
            tx.commit().await?;
            Ok(format!("Took the term of {} back.\n", place.step.as_str()))
        }
        TermCommand::List { of } => list(settings, &of.organisation).await,
    }
}

async fn place_of(tx: &mut Tx, place: &TermPlace) -> Result<(Option<UnitId>, Option<KindId>), Failure> {
    let unit = match &place.unit {
        Some(code) => Some(unit::find(tx, code).await?.id),
        None => None,
    };
    let kind = match &place.kind {
        Some(typed) => Some(kind::find(tx, typed).await?.id),
        None => None,
    };
    Ok((unit, kind))
}

/// The settings' terms first, which hold where nothing below says otherwise.
async fn list(settings: &Settings, organisation: &str) -> Result<String, Failure> {
    let (mut tx, _) = begin(settings, organisation).await?;
    let rules = counting::rules(settings);
    let units = units::list(&mut tx).await?;
    let mut rows: Vec<[String; 5]> = Step::ALL
        .map(|step| [step.as_str().into(), "all".into(), "all".into(), told(step.usual(&rules)), "the settings".into()])
        .into();
    for it in deadlines::terms(&mut tx).await? {
        let unit = units.iter().find(|unit| Some(&unit.id) == it.unit.as_ref());
        let kind = match &it.kind {
            Some(id) => kinds::find(&mut tx, id).await?.map(|kind| kind.name),
            None => None,
        };
        let all = || "all".to_owned();
        let unit = unit.map_or_else(all, |unit| unit.code.clone());
        rows.push([it.step.as_str().into(), unit, kind.unwrap_or_else(all), told(it.term), it.basis]);
    }
    Ok(table(["step", "unit", "kind", "term", "basis"], rows))
}

fn told(term: Term) -> String {
    match term {
        Term::Days(1) => "1 working day".into(),
        Term::Days(days) => format!("{days} working days"),
        Term::Hours(1) => "1 working hour".into(),
        Term::Hours(hours) => format!("{hours} working hours"),
    }
}

//! The routes of messages: how each is, as the workers found, and what its account holds.

use pishkhan_courier::routes::{self, Route};
use pishkhan_office::{Db, Moment, OrganisationId, StoreError};

use super::Findings;
use crate::commands::route::{credit, one_line, state};

pub async fn look(findings: &mut Findings, db: &Db, now: Moment) -> Result<(), StoreError> {
    let routes = routes::everyones(&mut db.read(&OrganisationId::house(), now).await?).await?;
    for route in &routes {
        let told = told(route, now);
        if route.is_closed() {
            findings.failed(told);
        } else if route.is_troubled(now) {
            findings.warning(told);
        } else {
            findings.ok(told);
        }
    }
    Ok(())
}

fn told(route: &Route, now: Moment) -> String {
    let whose = if route.organisation.is_house() { "all organisations" } else { route.organisation.as_str() };
    let mut told = format!("route {} of {whose}: {}", one_line(&route.definition.name), state(route, now));
    if route.credit.is_some() {
        told = format!("{told}; credit {}", credit(route, now));
    }
    if route.is_short() {
        told.push_str(", less than its credit_alarm");
    }
    if route.is_credit_stale(now) {
        told.push_str(
            "; its gateway hasn't told its credit for an hour: is its key still good, and serve or work running?",
        );
    }
    told
}

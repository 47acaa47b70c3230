//! Looking through the books: once a day each number that was taken is looked for, so that a page which nobody opens can't hide
//! that one is missing.

use pishkhan_persian::calendar::start_of_tehran_day;
use pishkhan_store::{Clock, Db, OrganisationId, Result};

use super::lists;
use crate::organisations;

/// Looks through the books of the organisations that have not been looked through today.
pub async fn check_books(db: &Db, clock: &Clock) -> Result<()> {
    let house = OrganisationId::house();
    let all = organisations::list(&mut db.read(&house, clock.now()).await?).await?;
    for organisation in all {
        check(db, clock, &organisation.id).await?;
    }
    Ok(())
}

async fn check(db: &Db, clock: &Clock, organisation: &OrganisationId) -> Result<()> {
    let mut tx = db.read(organisation, clock.now()).await?;
    let today = start_of_tehran_day(tx.now().0);
    if lists::checked_at(&mut tx).await?.is_some_and(|at| at.0 >= today) {
        return Ok(());
    }
    let mut checks = lists::counts(&mut tx).await?;
    for check in checks.iter_mut().filter(|check| check.missing != 0) {
        check.first_missing = lists::first_missing(&mut tx, &check.register, check.year).await?;
        tracing::error!(
            organisation = organisation.as_str(),
            register = %check.register,
            year = check.year,
            missing = check.missing,
            first = check.first_missing,
            "ALARM: numbers that were given to letters are missing in the register; somebody has changed the database"
        );
    }
    drop(tx);
    if checks.is_empty() {
        return Ok(());
    }
    let mut tx = db.begin(organisation, clock.now()).await?;
    for check in &checks {
        lists::keep_check(&mut tx, check).await?;
    }
    tx.commit().await
}

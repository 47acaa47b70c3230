//! How a letter came to us: by its sender alone, or written down at the counter; and the receipt that is printed there.

use pishkhan_office::accounts::staff;
use pishkhan_office::actor::{Role, Staff};
use pishkhan_office::letters::Letter;
use pishkhan_office::{StoreError, Tx};

pub struct Filed {
    /// Who wrote it down at the counter.
    pub clerk: Option<String>,
    /// Whether this person prints receipts at the counter.
    pub can_print: bool,
}

impl Filed {
    pub async fn of(tx: &mut Tx, person: &Staff, letter: &Letter) -> Result<Filed, StoreError> {
        let clerk = match &letter.filed_by {
            Some(clerk) => staff::name_of(tx, clerk).await?,
            None => None,
        };
        Ok(Filed { clerk, can_print: person.has(Role::Reviewer) })
    }
}

//! How a letter came to us: by its sender alone, or written down at the counter; and the receipt that is printed there.

use pishkhan_office::accounts::staff;
use pishkhan_office::actor::{Role, Sender, Staff};
use pishkhan_office::filings;
use pishkhan_office::letters::Letter;
use pishkhan_office::{StoreError, Tx};

pub struct Filed {
    /// Who wrote it down at the counter.
    pub clerk: Option<String>,
    /// Whether this person prints receipts at the counter.
    pub can_print: bool,
    /// Whether they may record what the sender, who has no mobile, brings to the counter.
    pub can_take_in: bool,
}

impl Filed {
    pub async fn of(tx: &mut Tx, person: &Staff, letter: &Letter, sender: &Sender) -> Result<Filed, StoreError> {
        let clerk = match &letter.filed_by {
            Some(clerk) => staff::name_of(tx, clerk).await?,
            None => None,
        };
        let is_clerk = person.has(Role::Reviewer);
        let can_take_in = is_clerk && filings::waits_for_visit(letter, sender);
        Ok(Filed { clerk, can_print: is_clerk, can_take_in })
    }
}

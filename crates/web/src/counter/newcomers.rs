//! Devices that were added to an account: told on the pages of those that were there before, until somebody calls them theirs.

use pishkhan_office::Tx;
use pishkhan_office::accounts::browser;
use pishkhan_office::accounts::devices::{self, NewDevice};

use crate::problem::Problem;
use crate::who::Sender;

/// What is told of them.
pub struct Newcomers {
    /// The last one first, each by a name of ours; an empty one is unknown.
    pub devices: Vec<NewDevice>,
}

impl Newcomers {
    /// None when there is nothing to tell.
    pub async fn of(tx: &mut Tx, sender: &Sender) -> Result<Option<Newcomers>, Problem> {
        let mut found = devices::newcomers(tx, &sender.session).await?;
        for one in &mut found {
            one.device = name(&one.device);
        }
        Ok((!found.is_empty()).then_some(Newcomers { devices: found }))
    }
}

/// What we call a browser that calls itself so: nothing of its own words, since somebody else may have chosen them.
pub fn name(user_agent: &str) -> String {
    browser::known(user_agent, " · ").unwrap_or_default()
}

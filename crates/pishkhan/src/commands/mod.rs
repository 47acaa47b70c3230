//! The commands, one file each. A command that administers does one act of the office, and answers with the text to print.

pub mod calendar;
pub mod doctor;
pub mod kind;
pub mod org;
pub mod paper;
pub mod reason;
pub mod register;
pub mod route;
pub mod serve;
pub mod staff;
pub mod term;
pub mod text;
pub mod unit;

use pishkhan_office::organisations::{self, Organisation};
use pishkhan_office::{Clock, OrganisationId, Tx};

use crate::failure::Failure;
use crate::settings::Settings;
use crate::wiring;

/// Begins work on one organisation, which must exist.
async fn begin(settings: &Settings, id: &str) -> Result<(Tx, Organisation), Failure> {
    let db = wiring::open_db(settings).await?;
    let mut tx = db.begin(&OrganisationId(id.to_owned()), Clock::system().now()).await?;
    let organisation = organisations::find(&mut tx).await?;
    let organisation =
        organisation.ok_or_else(|| Failure::Input(format!("there is no organisation {id}; see pishkhan org list")))?;
    Ok((tx, organisation))
}

/// Lines of a list: columns with tabs between, for people and for `cut` alike; the first line names them.
fn table<const N: usize>(header: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let mut text = header.join("\t") + "\n";
    for row in rows {
        text += &(row.join("\t") + "\n");
    }
    text
}

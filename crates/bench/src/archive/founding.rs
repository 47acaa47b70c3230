//! The organisation of an archive: its book, its units, and who reads.

use pishkhan_office::Tx;
use pishkhan_office::accounts::staff::{self, NewPost};
use pishkhan_office::actor::Role;
use pishkhan_office::ids::{RegisterId, StaffId, UnitId};
use pishkhan_office::organisations::{self, Particulars};
use pishkhan_office::persian::Language;
use pishkhan_office::registry::{self, Direction, RegisterParticulars};
use pishkhan_office::units::{self, UnitParticulars};
use pishkhan_office::words::Words;

use crate::Outcome;
use crate::house::HOST;

const UNITS: usize = 40;
pub const REVIEWER: &str = "reviewer@example.org";
pub const OFFICER: &str = "officer@example.org";

pub struct Organisation {
    pub units: Vec<UnitId>,
    pub register: RegisterId,
    pub reviewer: StaffId,
    /// Officer and signer of the first unit.
    pub officer: StaffId,
}

pub async fn found(tx: &mut Tx) -> Outcome<Organisation> {
    let words = Words::of(Language::Persian);
    let particulars = Particulars {
        name: words.t("history-letters").to_owned(),
        name_english: "Bench".to_owned(),
        base_url: format!("http://{HOST}"),
        other_hosts: Some(Vec::new()),
    };
    organisations::add(tx, &particulars).await?;
    let book = RegisterParticulars {
        name: "bench".to_owned(),
        template: "{prefix}/{n}".to_owned(),
        prefix: "B".to_owned(),
        direction: Direction::LeftToRight,
    };
    let register = registry::add(tx, &book).await?.id;
    let mut all = Vec::new();
    for number in 0..UNITS {
        let unit = UnitParticulars {
            name: format!("{} {number}", words.t("draft-company")),
            name_english: format!("Unit {number}"),
            code: number.to_string(),
            register: register.clone(),
            parent: None,
            needs_signature: false,
            outgoing_register: None,
        };
        all.push(units::add(tx, &unit).await?.id);
    }
    let post = |role, unit| NewPost { unit, title: "bench".to_owned(), role };
    let name = words.t("draft-person");
    let (reviewer, _) = staff::invite(tx, REVIEWER, name, &[post(Role::Reviewer, None)]).await?;
    let first = all.first().cloned();
    let posts = [post(Role::Officer, first.clone()), post(Role::Signer, first)];
    let (officer, _) = staff::invite(tx, OFFICER, name, &posts).await?;
    Ok(Organisation { units: all, register, reviewer, officer })
}

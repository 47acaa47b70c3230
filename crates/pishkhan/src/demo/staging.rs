//! Setting the demo up: organisations with registers, units, reasons and people, then their letters.

use std::collections::BTreeMap;
use std::time::Duration;

use futures_util::future::try_join_all;
use pishkhan_office::accounts::password::{self, NewPassword, PasswordHash};
use pishkhan_office::accounts::second_factor;
use pishkhan_office::accounts::staff::{self, NewPost};
use pishkhan_office::actor::Role;
use pishkhan_office::deadlines::{self, Closure, Extent, SetTerm, Step, Term};
use pishkhan_office::ids::{RegisterId, UnitId};
use pishkhan_office::organisations::{self, Organisation, Particulars};
use pishkhan_office::persian::JalaliDate;
use pishkhan_office::persian::calendar::jalali_year;
use pishkhan_office::registry::{self, Direction, RegisterParticulars};
use pishkhan_office::units::{self, UnitParticulars};
use pishkhan_office::{Moment, OrganisationId, Tx, reasons};

use super::accounts::{Account, Accounts, new_password};
use super::letters::{self, Cast, refused};
use super::ready;
use super::seed::{self, Seed};
use crate::failure::Failure;
use crate::wiring::House;

/// How long ago the organisations were set up: before the first letter.
const AGE: Duration = Duration::from_hours(60 * 24);

/// A demo that can be shown.
pub struct Stage {
    pub organisations: Vec<Organisation>,
    pub accounts: Accounts,
}

/// Makes a new demo in an empty database.
pub async fn new(house: &House, port: u16) -> Result<Stage, Failure> {
    let now = house.clock.now();
    let mut tx = house.db.read(&OrganisationId::house(), now).await?;
    if !organisations::list(&mut tx).await?.is_empty() {
        return Err(Failure::Input("the database has organisations already; a demo begins with an empty one".into()));
    }
    drop(tx);
    let mut stage = Stage { organisations: Vec::new(), accounts: Accounts { staff: Vec::new() } };
    let all = Seed::embedded();
    for seed in &all.organisations {
        let hired = try_join_all(seed.staff.iter().map(|person| hire(seed, person))).await?;
        let mut tx = house.db.begin(&OrganisationId(seed.id.clone()), now.minus(AGE)).await?;
        stage.organisations.push(organisations::add(&mut tx, &particulars(seed, port)).await?);
        let holidays = holidays(&all.holidays, now);
        deadlines::close(&mut tx, &holidays).await.map_err(refused)?;
        let cast = cast(&mut tx, seed, &hired).await?;
        tx.commit().await?;
        letters::play(house, seed, &cast, now).await?;
        stage.accounts.staff.extend(hired.into_iter().map(|(account, _)| account));
    }
    Ok(stage)
}

/// Goes on with a demo; only its addresses may have changed, with the port.
pub async fn continued(house: &House, port: u16, accounts: Accounts) -> Result<Stage, Failure> {
    let mut stage = Stage { organisations: Vec::new(), accounts };
    for seed in &Seed::embedded().organisations {
        let mut tx = house.db.begin(&OrganisationId(seed.id.clone()), house.clock.now()).await?;
        let organisation = organisations::find(&mut tx)
            .await?
            .ok_or_else(|| Failure::Input("this folder's demo is in another database; look at database.url".into()))?;
        let moved =
            Particulars { name: organisation.name, name_english: organisation.name_english, ..particulars(seed, port) };
        stage.organisations.push(organisations::change(&mut tx, &moved).await?);
        tx.commit().await?;
    }
    Ok(stage)
}

/// The fixed holidays of this year, and of the years from which and into which its deadlines reach.
fn holidays(fixed: &[seed::Holiday], now: Moment) -> Vec<Closure> {
    let this = jalali_year(now.0);
    let of_year =
        |year| fixed.iter().filter_map(move |it| JalaliDate::new(year, it.month, it.day).zip(Some(&it.reason)));
    let days = (this - 1..=this + 1).flat_map(of_year);
    days.map(|(date, reason)| Closure { unit: None, date, left: Extent::Off, reason: reason.clone() }).collect()
}

fn particulars(seed: &seed::Organisation, port: u16) -> Particulars {
    // Browsers leave the usual port out of an origin, so we do.
    let port = if port == 80 { String::new() } else { format!(":{port}") };
    Particulars {
        name: seed.name.clone(),
        name_english: seed.name_english.clone(),
        base_url: format!("http://{}{port}", seed.host),
        other_hosts: Some(Vec::new()),
    }
}

/// A new account, and its hash: made here, since it takes a while and no work may be open meanwhile.
async fn hire(seed: &seed::Organisation, person: &seed::Person) -> Result<(Account, PasswordHash), Failure> {
    let account = Account {
        organisation: seed.id.clone(),
        name: person.name.clone(),
        email: person.email.clone(),
        password: new_password(),
        totp_secret: second_factor::new_secret(),
        roles: vec![person.role.clone()],
        unit: seed.units.iter().find(|unit| Some(&unit.code) == person.unit.as_ref()).map(|unit| unit.name.clone()),
    };
    let password = NewPassword::parse(&account.password, &[&person.email]).map_err(refused)?;
    let hash = password::hash(password).await;
    Ok((account, hash))
}

async fn cast(tx: &mut Tx, seed: &seed::Organisation, hired: &[(Account, PasswordHash)]) -> Result<Cast, Failure> {
    let registers = registers(tx, seed).await?;
    let units = units(tx, seed, &registers).await?;
    ready::lay(tx, seed, &units).await?;
    let mut by_short = BTreeMap::new();
    for it in &seed.reasons {
        let reason = reasons::add(tx, &it.short, &it.short_english, &it.help).await?;
        by_short.insert(it.short.clone(), reason.id);
    }
    let mut reviewers = Vec::new();
    let mut officers = Vec::new();
    for (person, (account, hash)) in seed.staff.iter().zip(hired) {
        let role = Role::parse(&person.role).ok_or_else(|| refused("an unknown role"))?;
        let unit = person.unit.as_ref().and_then(|code| units.get(code)).cloned();
        let posts = [NewPost { unit, title: person.title.clone(), role }];
        let id = staff::make(tx, &person.email, &person.name, &posts, hash, &account.totp_secret).await?;
        let member = staff::find(tx, &id).await?.ok_or_else(|| refused("nobody came"))?;
        reviewers.extend(member.staff.reviewer());
        officers.extend(member.staff.officer());
    }
    let reviewer = reviewers.into_iter().next().ok_or_else(|| refused("nobody reviews"))?;
    Ok(Cast { units, reasons: by_short, reviewer, officers })
}

async fn registers(tx: &mut Tx, seed: &seed::Organisation) -> Result<BTreeMap<String, RegisterId>, Failure> {
    let mut by_name = BTreeMap::new();
    for it in &seed.registers {
        let particulars = RegisterParticulars {
            name: it.name.clone(),
            template: it.template.clone(),
            prefix: it.prefix.clone(),
            direction: Direction::parse(&it.direction).ok_or_else(|| refused("an unknown direction"))?,
        };
        by_name.insert(it.name.clone(), registry::add(tx, &particulars).await?.id);
    }
    Ok(by_name)
}

async fn units(
    tx: &mut Tx,
    seed: &seed::Organisation,
    registers: &BTreeMap<String, RegisterId>,
) -> Result<BTreeMap<String, UnitId>, Failure> {
    let mut by_code = BTreeMap::new();
    let register = |name: &String| registers.get(name).cloned().ok_or_else(|| refused("an unknown register"));
    for it in &seed.units {
        let particulars = UnitParticulars {
            name: it.name.clone(),
            name_english: it.name_english.clone(),
            code: it.code.clone(),
            register: register(&it.register)?,
            parent: None,
            needs_signature: it.is_signed,
            outgoing_register: it.outgoing_register.as_ref().map(register).transpose()?,
        };
        let id = units::add(tx, &particulars).await?.id;
        for (step, days) in [(Step::Review, it.review_days), (Step::Answer, it.answer_days)] {
            if let Some(term) = days.map(Term::Days) {
                let set = SetTerm { unit: Some(id.clone()), kind: None, step, term, basis: String::new() };
                deadlines::set_term(tx, &set).await.map_err(refused)?;
            }
        }
        by_code.insert(it.code.clone(), id);
    }
    Ok(by_code)
}

//! The database: whether it is there, who is set up in it, and what waits in it.

use pishkhan_courier::gateways::Urgency;
use pishkhan_courier::waiting;
use pishkhan_office::accounts::staff::{self, Member};
use pishkhan_office::actor::Role;
use pishkhan_office::organisations::{self, Organisation};
use pishkhan_office::persian::TehranDay;
use pishkhan_office::{Clock, Db, Moment, OrganisationId, StoreError, Tx, deadlines, registry, units};
use pishkhan_store::Place;

use super::{Findings, files, routes, shares};
use crate::settings::Settings;
use crate::wiring;

pub async fn look(findings: &mut Findings, settings: &Settings) {
    let place = wiring::place(settings);
    if let Place::Folder(folder) = &place
        && !wiring::has_sqlite(folder)
    {
        return findings.warning("database: it isn't there yet; serve and org add make it".into());
    }
    let kind = match &place {
        Place::Folder(_) => "SQLite in the data folder",
        Place::Postgres { .. } => "PostgreSQL at database.url",
    };
    let now = Clock::system().now();
    let looked = async {
        let db = Db::open(&place).await?;
        findings.ok(format!(
            "database: {kind} answers, and its tables are those of Pishkhan {}",
            env!("CARGO_PKG_VERSION")
        ));
        set_up(findings, &db, now).await?;
        files::quarantine(findings, &db).await;
        outbox(findings, settings, &db, now).await?;
        routes::look(findings, &db, now).await?;
        shares::look(findings, settings, &db, now).await
    };
    if let Err(error) = looked.await {
        findings.failed(format!("database: {kind}: {}", error.to_string().replace('\n', " ")));
    }
}

async fn set_up(findings: &mut Findings, db: &Db, now: Moment) -> Result<(), StoreError> {
    let organisations = organisations::list(&mut db.read(&OrganisationId::house(), now).await?).await?;
    if organisations.is_empty() {
        findings.warning("organisations: there is none yet; see pishkhan org add --help".into());
    }
    for organisation in organisations {
        let lacks = lacks(db, &organisation, now).await?;
        let id = organisation.id.as_str();
        if lacks.is_empty() {
            findings.ok(format!("organisation {id}: it has registers, units and reviewers"));
        } else {
            findings.warning(format!("organisation {id}: it has no {}", lacks.join(", no ")));
        }
        if !organisation.is_secure() && !is_local(organisation.host()) {
            findings.warning(format!("organisation {id}: {} is not https", organisation.base_url));
        }
        holidays(findings, db, &organisation, now).await?;
        signatures(findings, db, &organisation, now).await?;
    }
    Ok(())
}

/// Whether somebody signs for each unit that wants its answers signed: else none of its answers goes out.
async fn signatures(
    findings: &mut Findings,
    db: &Db,
    organisation: &Organisation,
    now: Moment,
) -> Result<(), StoreError> {
    let mut tx = db.read(&organisation.id, now).await?;
    let members = members(&mut tx).await?;
    for unit in units::list_open(&mut tx).await?.into_iter().filter(|unit| unit.needs_signature) {
        let is_signed = members.iter().any(|it| it.disabled_at.is_none() && it.staff.is_signer_of(&unit.id));
        if !is_signed {
            let (id, code) = (organisation.id.as_str(), &unit.code);
            findings.warning(format!(
                "organisation {id}: unit {code} wants its answers signed, and nobody signs for it, so none goes out; \
                 see pishkhan staff invite --help"
            ));
        }
    }
    Ok(())
}

/// Whether the holidays of this year are known; from Bahman on, when deadlines reach over Nowruz, those of the next one too.
async fn holidays(
    findings: &mut Findings,
    db: &Db,
    organisation: &Organisation,
    now: Moment,
) -> Result<(), StoreError> {
    let today = TehranDay::of(now.0).date();
    let years = if today.month >= 11 { vec![today.year, today.year + 1] } else { vec![today.year] };
    let mut tx = db.read(&organisation.id, now).await?;
    for year in years {
        if deadlines::count_closures(&mut tx, year).await? == 0 {
            let id = organisation.id.as_str();
            findings.warning(format!(
                "organisation {id}: its calendar has no holidays of {year}, so deadlines come too early; \
                 see pishkhan calendar import --help"
            ));
        }
    }
    Ok(())
}

/// What an organisation needs before a letter can come through.
async fn lacks(db: &Db, organisation: &Organisation, now: Moment) -> Result<Vec<&'static str>, StoreError> {
    let mut tx = db.read(&organisation.id, now).await?;
    let mut lacks = Vec::new();
    if registry::list(&mut tx).await?.is_empty() {
        lacks.push("register");
    }
    if units::list_open(&mut tx).await?.is_empty() {
        lacks.push("unit");
    }
    let members = members(&mut tx).await?;
    let is_reviewed =
        members.iter().any(|it| it.has_password && it.disabled_at.is_none() && it.staff.has(Role::Reviewer));
    if !is_reviewed {
        lacks.push("reviewer who can sign in");
    }
    Ok(lacks)
}

async fn members(tx: &mut Tx) -> Result<Vec<Member>, StoreError> {
    staff::list(tx).await.map_err(|error| match error {
        staff::StaffError::Store(error) => error,
        _ => StoreError::Unreadable("list of people"),
    })
}

async fn outbox(findings: &mut Findings, settings: &Settings, db: &Db, now: Moment) -> Result<(), StoreError> {
    let waiting = waiting(&mut db.read(&OrganisationId::house(), now).await?).await?;
    let hours = waiting.oldest.map_or(0, |oldest| now.since(oldest).as_secs() / 3600);
    let told = format!("messages: {} wait to be sent, {} to be tried again", waiting.due, waiting.later);
    if !wiring::courier_rules(settings).is_awake(Urgency::News, now) {
        findings.ok(format!("{told}; news waits for the morning (messages.quiet_until_hour)"));
    } else if hours >= 1 {
        findings.warning(format!("{told}; the oldest has waited for {hours} hours: is serve or work running?"));
    } else {
        findings.ok(told);
    }
    if waiting.parked > 0 {
        findings.warning(format!(
            "messages: {} were given up and can be sent again; the log and /desk/routes say why",
            waiting.parked
        ));
    }
    if waiting.ended > 0 {
        findings.ok(format!("messages: {} were given up in the last day that nobody needs any more", waiting.ended));
    }
    Ok(())
}

fn is_local(host: &str) -> bool {
    host == "localhost" || host.ends_with(".localhost") || host.starts_with("127.")
}

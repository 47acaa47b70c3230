//! `pishkhan org`: adding, changing and listing organisations.

use pishkhan_office::organisations::{self, Particulars};
use pishkhan_office::{Clock, OrganisationId};

use super::{begin, table};
use crate::cli::OrgCommand;
use crate::failure::Failure;
use crate::settings::Settings;
use crate::wiring;

pub async fn run(settings: &Settings, command: OrgCommand) -> Result<String, Failure> {
    match command {
        OrgCommand::Add { id, name, name_english, url, hosts } => {
            add(settings, id, &Particulars { name, name_english, base_url: url, other_hosts: Some(hosts) }).await
        }
        OrgCommand::Change {
            id,
            name,
            name_english,
            url,
            hosts,
            no_other_hosts,
            review_by_turn,
            withhold_after_days,
            messages_per_day,
            codes_per_day,
        } => {
            let (mut tx, before) = begin(settings, &id).await?;
            let particulars = Particulars {
                name: name.unwrap_or(before.name),
                name_english: name_english.unwrap_or(before.name_english),
                base_url: url.unwrap_or(before.base_url),
                other_hosts: (no_other_hosts || !hosts.is_empty()).then_some(hosts),
            };
            let organisation = organisations::change(&mut tx, &particulars).await?;
            if let Some(most) = review_by_turn {
                organisations::set_turns(&mut tx, (most > 0).then_some(most)).await?;
            }
            if let Some(days) = withhold_after_days {
                organisations::set_withhold_after(&mut tx, (days > 0).then_some(days)).await?;
            }
            if let Some(most) = messages_per_day {
                organisations::set_messages_per_day(&mut tx, (most > 0).then_some(most)).await?;
            }
            if let Some(most) = codes_per_day {
                organisations::set_codes_per_day(&mut tx, (most > 0).then_some(most)).await?;
            }
            tx.commit().await?;
            Ok(format!("Changed {id}, at {}.\n", organisation.base_url))
        }
        OrgCommand::List => list(settings).await,
    }
}

async fn add(settings: &Settings, id: String, particulars: &Particulars) -> Result<String, Failure> {
    let db = wiring::open_db(settings).await?;
    let mut tx = db.begin(&OrganisationId(id), Clock::system().now()).await?;
    let organisation = organisations::add(&mut tx, particulars).await?;
    tx.commit().await?;
    let (id, url) = (organisation.id.as_str(), &organisation.base_url);
    Ok(format!(
        "Added {id}, at {url}. It has neither registers nor units nor people yet. Next, for example:\n  \
         pishkhan register add --org {id} --name incoming --template {{yyyy}}/{{n}}\n  \
         pishkhan unit add --org {id} --code 1 --name …\n  \
         pishkhan staff invite --org {id} --email … --name … --role administrator\n  \
         pishkhan doctor\n"
    ))
}

async fn list(settings: &Settings) -> Result<String, Failure> {
    let db = wiring::open_db(settings).await?;
    let mut tx = db.read(&OrganisationId::house(), Clock::system().now()).await?;
    let organisations = organisations::list(&mut tx).await?;
    drop(tx);
    let mut rows = Vec::new();
    for it in organisations {
        let mut tx = db.read(&it.id, Clock::system().now()).await?;
        let mut hosts = organisations::hosts(&mut tx).await?;
        hosts.retain(|host| host != it.host());
        rows.push([it.id.0, it.base_url, it.name, it.name_english, hosts.join(" ")]);
    }
    Ok(table(["id", "url", "name", "name in English", "further hosts"], rows))
}

//! Adding and changing organisations, from the command line.

use pishkhan_store::{OrganisationId, StoreError, Tx};

use super::organisation::{Organisation, host_of};
use super::rows;

/// What the operator says of an organisation.
#[derive(Clone, Debug)]
pub struct Particulars {
    pub name: String,
    pub name_english: String,
    pub base_url: String,
    /// Further hosts it answers under, beside the base URL's. None: those it has, which a new organisation has none of.
    pub other_hosts: Option<Vec<String>>,
}

#[derive(Debug, thiserror::Error)]
pub enum OrganisationError {
    #[error("an organisation's short name is 1 to 40 lower-case letters, digits and hyphens, for example shahrdari")]
    BadId,
    #[error("the name is empty")]
    NoName,
    #[error("the base URL must be http://host or https://host, with a port if need be and nothing after it: {0}")]
    BadUrl(String),
    #[error("{0} is not a host name")]
    BadHost(String),
    #[error("there is an organisation of that short name already")]
    Taken,
    #[error("the host {0} belongs to another organisation")]
    HostTaken(String),
    #[error("there is no organisation of that short name")]
    Unknown,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes an organisation; its id is the short name that the operator chose, which nobody outside ever sees.
pub async fn add(tx: &mut Tx, particulars: &Particulars) -> Result<Organisation, OrganisationError> {
    let id = tx.organisation().clone();
    let is_short = (1..=40).contains(&id.0.len());
    if !is_short || !id.0.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
        return Err(OrganisationError::BadId);
    }
    let organisation = checked(id, particulars)?;
    if rows::find(tx).await?.is_some() {
        return Err(OrganisationError::Taken);
    }
    rows::insert(tx, &organisation).await?;
    set_hosts(tx, &organisation, particulars.other_hosts.as_deref().unwrap_or_default()).await?;
    Ok(organisation)
}

/// Changes names and addresses of the transaction's organisation.
pub async fn change(tx: &mut Tx, particulars: &Particulars) -> Result<Organisation, OrganisationError> {
    let before = rows::find(tx).await?.ok_or(OrganisationError::Unknown)?;
    let organisation = checked(tx.organisation().clone(), particulars)?;
    let others = match &particulars.other_hosts {
        Some(others) => others.clone(),
        None => other_hosts(tx, &before).await?,
    };
    rows::update(tx, &organisation).await?;
    rows::remove_hosts(tx).await?;
    set_hosts(tx, &organisation, &others).await?;
    Ok(organisation)
}

/// The hosts that the organisation answers under beside its base URL's.
async fn other_hosts(tx: &mut Tx, organisation: &Organisation) -> Result<Vec<String>, OrganisationError> {
    let mut hosts = rows::hosts(tx).await?;
    hosts.retain(|host| host != organisation.host());
    Ok(hosts)
}

fn checked(id: OrganisationId, particulars: &Particulars) -> Result<Organisation, OrganisationError> {
    let name = pishkhan_persian::text::stored_line(&particulars.name);
    if name.is_empty() {
        return Err(OrganisationError::NoName);
    }
    let base_url = particulars.base_url.trim_end_matches('/').to_ascii_lowercase();
    let rest = base_url.strip_prefix("https://").or_else(|| base_url.strip_prefix("http://"));
    let (host, port) = match rest {
        Some(rest) => rest.split_once(':').map_or((rest, None), |(host, port)| (host, Some(port))),
        None => return Err(OrganisationError::BadUrl(base_url)),
    };
    if !is_host(host) || port.is_some_and(|port| port.parse::<u16>().is_err()) {
        return Err(OrganisationError::BadUrl(base_url));
    }
    let name_english = pishkhan_persian::text::stored_line(&particulars.name_english);
    Ok(Organisation { id, name, name_english, base_url })
}

async fn set_hosts(tx: &mut Tx, organisation: &Organisation, others: &[String]) -> Result<(), OrganisationError> {
    let mut hosts = vec![host_of(&organisation.base_url).to_owned()];
    for other in others {
        let host = other.to_ascii_lowercase();
        if !is_host(&host) {
            return Err(OrganisationError::BadHost(host));
        }
        if !hosts.contains(&host) {
            hosts.push(host);
        }
    }
    for host in hosts {
        if rows::owner_of_host(tx, &host).await?.is_some() {
            return Err(OrganisationError::HostTaken(host));
        }
        rows::insert_host(tx, &host).await?;
    }
    Ok(())
}

/// A host name as browsers send it: ASCII labels (international names in their `xn--` form), no dot at the end.
fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    host.len() <= 253 && host.split('.').all(is_label)
}

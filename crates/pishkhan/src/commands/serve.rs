//! `pishkhan serve` and `pishkhan work`.

use std::net::SocketAddr;
use std::sync::Arc;

use pishkhan_courier::gateways::Console;
use pishkhan_office::{OrganisationId, organisations};
use pishkhan_web::serve::ServeRules;
use pishkhan_web::serve::tls::Tls;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::net::TcpListener;

use crate::failure::Failure;
use crate::running;
use crate::settings::{Challenge, Settings};
use crate::wiring::{self, House};

/// Serves and works in one process.
pub async fn serve(settings: &Settings) -> Result<String, Failure> {
    let gateway = wiring::gateway(settings, Console::stdout())?;
    let rules = rules(settings)?;
    let house = House::open(settings).await?;
    let (listener, address) = listen(settings.server.listen).await?;
    warn(settings, &house, address).await?;
    warn_of_certificate(&rules, &house);
    tracing::info!(%address, data = %settings.server.data.display(), "serving");
    let courier = house.courier(gateway, settings);
    running::serve(&house, listener, rules, house.app(&courier, false), courier).await?;
    Ok(String::new())
}

/// Works only.
pub async fn work(settings: &Settings) -> Result<String, Failure> {
    let gateway = wiring::gateway(settings, Console::stdout())?;
    let house = House::open(settings).await?;
    tracing::info!("working: messages, the quarantine, and pictures of pages");
    running::work(&house, house.courier(gateway, settings)).await?;
    Ok(String::new())
}

/// Listens there, and says where that is when the port was to be picked.
pub async fn listen(at: SocketAddr) -> Result<(TcpListener, SocketAddr), Failure> {
    let listener = TcpListener::bind(at).await.map_err(|error| Failure::Listen(at, error))?;
    let address = listener.local_addr().map_err(|error| Failure::Listen(at, error))?;
    Ok((listener, address))
}

/// How the server deals with connections. Reads the certificate when there is to be one, and makes room for so many descriptors.
pub fn rules(settings: &Settings) -> Result<ServeRules, Failure> {
    let server = &settings.server;
    let tls = server.tls_files().map(|(certificate, key)| Tls::open(certificate, key)).transpose();
    let tls = tls.map_err(|error| Failure::Input(format!("HTTPS: {error}")))?;
    make_room(server.connections);
    Ok(ServeRules {
        connections: server.connections as usize,
        connections_per_address: server.connections_per_address as usize,
        proxies: wiring::proxies(settings),
        tls: tls.map(Arc::new),
        ..ServeRules::default()
    })
}

/// A process may usually have a thousand descriptors until it asks for more. Each connection takes one, its file another.
fn make_room(connections: u32) {
    let wanted = u64::from(connections) * 2 + 200;
    let limit = getrlimit(Resource::Nofile);
    let (now, most) = (limit.current.unwrap_or(u64::MAX), limit.maximum.unwrap_or(u64::MAX));
    if now < wanted.min(most) {
        let raised = Rlimit { current: Some(wanted.min(most)), ..limit };
        if let Err(error) = setrlimit(Resource::Nofile, raised) {
            tracing::warn!(%error, "the limit on open files can't be raised");
        }
    }
    if most < wanted {
        tracing::warn!(most, wanted, "so few files may be open that server.connections can't be reached");
    }
}

fn warn_of_certificate(rules: &ServeRules, house: &House) {
    let validity = rules.tls.as_ref().and_then(|tls| tls.validity());
    if validity.is_some_and(|(_, until)| until <= house.clock.now()) {
        tracing::warn!("the certificate has expired: browsers warn everybody of this site");
    }
}

/// Tells, once, what an operator may have left as it should not stay.
async fn warn(settings: &Settings, house: &House, address: SocketAddr) -> Result<(), Failure> {
    if settings.sign_in.challenge == Challenge::Off {
        tracing::warn!(
            "sign_in.challenge is off: anybody can make this server send messages; for closed networks only"
        );
    }
    match house.vault.antivirus() {
        None => tracing::warn!("files.antivirus is not set: files are not scanned for viruses"),
        Some(antivirus) => match antivirus.ping().await {
            Ok(version) => tracing::info!(%version, "the scanner answers"),
            Err(error) => tracing::error!(%error, "the scanner does not answer; new files wait in quarantine"),
        },
    }
    let mut tx = house.db.read(&OrganisationId::house(), house.clock.now()).await?;
    let organisations = organisations::list(&mut tx).await?;
    if organisations.is_empty() {
        tracing::warn!("there is no organisation yet, so nobody is answered; see pishkhan org add --help");
    }
    for organisation in organisations.iter().filter(|it| !address.ip().is_loopback() && !it.is_secure()) {
        tracing::warn!(
            organisation = organisation.id.as_str(),
            url = organisation.base_url,
            "the base URL is not https: what people type crosses the network readable"
        );
    }
    Ok(())
}

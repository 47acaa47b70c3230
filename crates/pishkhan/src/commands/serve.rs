//! `pishkhan serve` and `pishkhan work`.

use std::net::SocketAddr;

use pishkhan_courier::gateways::Console;
use pishkhan_office::{OrganisationId, organisations};
use tokio::net::TcpListener;

use crate::failure::Failure;
use crate::running;
use crate::settings::{Challenge, Settings};
use crate::wiring::{self, House};

/// Serves and works in one process.
pub async fn serve(settings: &Settings) -> Result<String, Failure> {
    let gateway = wiring::gateway(settings, Console::stdout())?;
    let house = House::open(settings).await?;
    let (listener, address) = listen(settings.server.listen).await?;
    warn(settings, &house, address).await?;
    tracing::info!(%address, data = %settings.server.data.display(), "serving");
    let courier = house.courier(gateway, settings);
    running::serve(&house, listener, house.app(false), courier).await?;
    Ok(String::new())
}

/// Works only.
pub async fn work(settings: &Settings) -> Result<String, Failure> {
    let gateway = wiring::gateway(settings, Console::stdout())?;
    let house = House::open(settings).await?;
    tracing::info!("sending messages");
    running::work(&house, house.courier(gateway, settings)).await?;
    Ok(String::new())
}

/// Listens there, and says where that is when the port was to be picked.
pub async fn listen(at: SocketAddr) -> Result<(TcpListener, SocketAddr), Failure> {
    let listener = TcpListener::bind(at).await.map_err(|error| Failure::Listen(at, error))?;
    let address = listener.local_addr().map_err(|error| Failure::Listen(at, error))?;
    Ok((listener, address))
}

/// Tells, once, what an operator may have left as it should not stay.
async fn warn(settings: &Settings, house: &House, address: SocketAddr) -> Result<(), Failure> {
    if settings.sign_in.challenge == Challenge::Off {
        tracing::warn!(
            "sign_in.challenge is off: anybody can make this server send messages; for closed networks only"
        );
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

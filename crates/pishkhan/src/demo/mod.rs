//! `pishkhan demo`: two made-up organisations at work, in a folder of its own, to be looked at and played with.

mod accounts;
mod files;
mod letters;
mod ready;
mod seed;
mod shown;
mod staging;
mod timeline;

use std::io;
use std::path::{Path, PathBuf};

use pishkhan_courier::gateways::Console;

use crate::cli::{self, Cli};
use crate::commands::serve::{listen, rules};
use crate::failure::Failure;
use crate::wiring::{self, House};
use crate::{load, logging, running, tell};

/// Where the demo listens unless told otherwise.
const LISTEN: &str = "127.0.0.1:8080";

/// Makes the demo, or goes on with the one in the folder, and serves it.
pub async fn run(cli: &Cli, demo: &cli::Demo) -> Result<(), Failure> {
    let mut decided = Vec::new();
    if cli.listen.is_none() {
        decided.push(format!("server.listen={LISTEN}"));
    }
    // Whoever looks at night wants to see every message.
    decided.extend(["messages.quiet_from_hour=0", "messages.quiet_until_hour=0"].map(str::to_owned));
    // Looked at before the folder is made, so that a mistake in the settings leaves nothing behind.
    load(cli, &decided)?;
    let folder = match &cli.data {
        Some(folder) => folder.clone(),
        None => fresh_folder(),
    };
    decided.push(format!("server.data={}", folder.display()));
    let settings = load(cli, &decided)?;
    logging::start(&settings.log, crate::environment())?;

    let terminal = if demo.json { Console::stderr() } else { Console::stdout() };
    let gateway = wiring::gateway(&settings, terminal)?;
    // First the address, since the organisations' links carry it.
    let (listener, address) = listen(settings.server.listen).await?;
    let rules = rules(&settings)?;
    wiring::make_folder(&folder)?;
    let has_database = wiring::has_sqlite(&folder);
    let house = House::open(&settings).await?;
    let stage = match accounts::read(&folder)? {
        Some(accounts) => staging::continued(&house, address.port(), accounts).await?,
        None if has_database => return Err(occupied(&folder)),
        None => {
            let stage = staging::new(&house, address.port()).await?;
            accounts::write(&folder, &stage.accounts)?;
            stage
        }
    };
    let courier = house.courier(gateway, &settings);
    let app = house.app(&courier, true);
    if demo.json {
        tell(&mut io::stdout(), &shown::json(&stage));
    } else {
        tell(&mut io::stdout(), &shown::text(&stage, &folder, house.clock.now()));
    }
    running::serve(&house, listener, rules, app, courier).await
}

/// A folder that nobody else has, under the system's temporary one.
fn fresh_folder() -> PathBuf {
    std::env::temp_dir().join(format!("pishkhan-demo-{}", accounts::random_signs(10)))
}

/// The folder of a true server must never become a demo, nor one whose demo was cut off before it was whole.
fn occupied(folder: &Path) -> Failure {
    Failure::Input(format!(
        "{}: there is a database in this folder that is no demo; name another by --data",
        folder.display()
    ))
}

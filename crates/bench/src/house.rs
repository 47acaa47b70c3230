//! The parts of a server, as the binary puts them together, in a folder of the run.

use std::path::Path;

use pishkhan_office::courier::gateways::Key;
use pishkhan_office::courier::routes::Lines;
use pishkhan_office::files::shelf::{FolderShelf, Shelf};
use pishkhan_office::files::{Vault, VaultRules};
use pishkhan_office::paper::Press;
use pishkhan_office::rules::Rules;
use pishkhan_office::{Clock, Db, OrganisationId, Secret, Tx};
use pishkhan_store::Place;
use pishkhan_web::app::{App, Parts, Proxies};

use crate::Outcome;

/// The host under which the organisation answers.
pub const HOST: &str = "localhost";
/// The one organisation of a run.
pub const ORGANISATION: &str = "bench";

/// The file that says where else the database is.
const IN_POSTGRES: &str = "postgres";

/// What a server has open.
pub struct House {
    pub db: Db,
    pub clock: Clock,
    pub vault: Vault,
    pub secret: Secret,
    pub rules: Rules,
}

impl House {
    /// Opens the folder, and makes what is missing; the server and whoever measures it may both have it open.
    pub async fn open(folder: &Path) -> Outcome<House> {
        let place = match std::fs::read_to_string(folder.join(IN_POSTGRES)) {
            Ok(url) => Place::Postgres { url, connections: 8 },
            Err(_) => Place::Folder(folder.to_owned()),
        };
        Ok(House {
            db: Db::open(&place).await?,
            clock: Clock::system(),
            vault: Vault::open(
                &folder.join("files"),
                Shelf::Folder(FolderShelf::open_folder(&folder.join("files"))?),
                None,
                VaultRules { free_percent: 0, has_previews: false, has_document_previews: false },
            )?,
            secret: Secret::in_file(&folder.join("secret"))?,
            rules: rules(),
        })
    }

    /// Notes that what would be this folder's database is one of PostgreSQL, which is there and empty.
    pub fn lies_in_postgres(folder: &Path, url: &str) -> Outcome<()> {
        Ok(std::fs::write(folder.join(IN_POSTGRES), url)?)
    }

    pub fn app(&self) -> App {
        App::new(Parts {
            db: self.db.clone(),
            clock: self.clock.clone(),
            vault: self.vault.clone(),
            workshop: None,
            press: Press::new("/nowhere/pishkhan".into()),
            secret: self.secret.clone(),
            rules: self.rules.clone(),
            lines: Lines::default(),
            proxies: Proxies::default(),
            metrics_key: Key::default(),
            is_demo: false,
        })
    }

    /// Begins work of the organisation now.
    pub async fn begin(&self) -> Outcome<Tx> {
        Ok(self.db.begin(&organisation(), self.clock.now()).await?)
    }
}

/// The organisation's id.
pub fn organisation() -> OrganisationId {
    OrganisationId(ORGANISATION.to_owned())
}

/// The default rules without the limits that a run would meet: one sender hands in thousands of letters.
fn rules() -> Rules {
    let mut rules = Rules::default();
    rules.sign_in.has_challenge = false;
    rules.limits.sends_per_number_per_minute = 0;
    rules.limits.drafts_per_sender = 0;
    rules.limits.submissions_per_sender_per_day = 0;
    rules.limits.files_per_sender_per_day = 0;
    rules
}

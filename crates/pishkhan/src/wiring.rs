//! From settings to parts: the house with its database, files and rules, and the gateway of its messages.

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use pishkhan_courier::gateways::{Console, Http, HttpSettings, Key, Spool};
use pishkhan_courier::{Courier, CourierRules, Gateway};
use pishkhan_office::dispatch;
use pishkhan_office::files::antivirus::Antivirus;
use pishkhan_office::files::shelf::{BucketSettings, BucketShelf, FolderShelf, Patience, Shelf};
use pishkhan_office::files::{Vault, VaultRules};
use pishkhan_office::incoming::Listener;
use pishkhan_office::paper::Press;
use pishkhan_office::previews::{PreviewLimits, Workshop};
use pishkhan_office::rules::Rules;
use pishkhan_office::{Clock, Db, Secret};
use pishkhan_store::Place;
use pishkhan_web::app::{App, Parts, Proxies};

use crate::counting;
use crate::failure::Failure;
use crate::settings::{self, Pictures, Settings};

/// How many workers may draw at once.
const WORKERS: usize = 2;

/// All that serving and working need.
pub struct House {
    pub db: Db,
    pub clock: Clock,
    pub vault: Vault,
    pub secret: Secret,
    pub rules: Rules,
    pub proxies: Proxies,
    pub workshop: Option<Workshop>,
    pub press: Press,
    pub metrics_key: Key,
}

impl House {
    /// Opens everything, and makes what is missing.
    pub async fn open(settings: &Settings) -> Result<House, Failure> {
        let db = open_db(settings).await?;
        let secret = settings.server.secret_path();
        Ok(House {
            db,
            clock: Clock::system(),
            vault: vault(settings)?,
            secret: Secret::in_file(&secret).map_err(Failure::of_file(secret))?,
            rules: counting::rules(settings),
            proxies: proxies(settings),
            workshop: workshop(settings)?,
            press: Press::new(program()?),
            metrics_key: Key::new(settings.server.metrics_key.reveal()),
        })
    }

    /// The web's half of the house, which tries routes out by the links of this courier.
    pub fn app(&self, courier: &Courier, is_demo: bool) -> App {
        App::new(Parts {
            db: self.db.clone(),
            clock: self.clock.clone(),
            vault: self.vault.clone(),
            workshop: self.workshop.clone(),
            press: self.press.clone(),
            secret: self.secret.clone(),
            rules: self.rules.clone(),
            lines: courier.lines(),
            proxies: self.proxies.clone(),
            metrics_key: self.metrics_key.clone(),
            is_demo,
        })
    }

    /// The worker that empties the outbox, and tells the office of the texts that come in.
    pub fn courier(&self, gateway: Box<dyn Gateway>, settings: &Settings) -> Courier {
        let listener = Listener {
            db: self.db.clone(),
            clock: self.clock.clone(),
            secret: self.secret.clone(),
            rules: self.rules.clone(),
        };
        Courier::new(self.db.clone(), self.clock.clone(), gateway, &dispatch::KINDS, courier_rules(settings))
            .heard_by(Arc::new(listener))
    }
}

/// Where files come in and lie.
pub fn vault(settings: &Settings) -> Result<Vault, Failure> {
    let folder = settings.server.data.join("files");
    let antivirus = Antivirus::parse(&settings.files.antivirus).map_err(Failure::Input)?;
    let rules = VaultRules {
        free_percent: settings.files.free_percent,
        has_previews: settings.previews.pictures == Pictures::On,
        has_document_previews: settings.previews.office().is_some(),
    };
    make_folder(&folder)?;
    let shelf = match &settings.files.store {
        store if store.is_empty() => {
            Shelf::Folder(FolderShelf::open_folder(&folder).map_err(Failure::of_file(&folder))?)
        }
        store => Shelf::Bucket(bucket(store, &settings.files.s3)?),
    };
    Vault::open(&folder, shelf, antivirus, rules).map_err(Failure::of_file(&folder))
}

/// The bucket that keeps files. Only the settings are looked at; nothing is sent yet.
fn bucket(store: &str, s3: &settings::S3) -> Result<BucketShelf, Failure> {
    let settings = BucketSettings {
        store: store.to_owned(),
        endpoint: (!s3.endpoint.is_empty()).then(|| s3.endpoint.clone()),
        region: s3.region.clone(),
        access_key: s3.access_key.clone(),
        secret_key: s3.secret_key.reveal().to_owned(),
        path_style: s3.path_style,
        allow_http: s3.allow_http,
        patience: Patience::default(),
    };
    BucketShelf::open_bucket(&settings).map_err(|error| Failure::Input(format!("files.store: {error}")))
}

/// Where pictures of pages are drawn; None when they are switched off.
fn workshop(settings: &Settings) -> Result<Option<Workshop>, Failure> {
    let previews = &settings.previews;
    if previews.pictures == Pictures::Off {
        return Ok(None);
    }
    let limits = PreviewLimits {
        memory_bytes: u64::from(previews.memory_megabytes) * 1024 * 1024,
        time: counting::seconds(previews.seconds),
        pages: previews.pages,
    };
    Ok(Some(Workshop::new(program()?, limits, previews.office(), WORKERS)))
}

/// Our own binary, which is also every worker.
fn program() -> Result<PathBuf, Failure> {
    std::env::current_exe().map_err(Failure::of_file("this program"))
}

/// Opens the database only, for commands that touch nothing else.
pub async fn open_db(settings: &Settings) -> Result<Db, Failure> {
    make_folder(&settings.server.data)?;
    Ok(Db::open(&place(settings)).await?)
}

/// Makes a folder for what people entrust to us: its owner's only. One that exists stays as it is.
pub fn make_folder(folder: &Path) -> Result<(), Failure> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(Failure::of_file(folder))
}

/// Where the database is.
pub fn place(settings: &Settings) -> Place {
    let database = &settings.database;
    if database.url.is_empty() {
        Place::Folder(settings.server.data.clone())
    } else {
        Place::Postgres { url: database.url.reveal().to_owned(), connections: database.connections }
    }
}

/// Whether SQLite has been made in this data folder.
pub fn has_sqlite(folder: &Path) -> bool {
    folder.join("pishkhan.sqlite").exists()
}

/// The way out for messages; `terminal` is where the gateway `console` shows them.
pub fn gateway(settings: &Settings, terminal: Console) -> Result<Box<dyn Gateway>, Failure> {
    let messages = &settings.messages;
    Ok(match messages.gateway {
        settings::Gateway::Console => Box::new(terminal),
        settings::Gateway::Spool => Box::new(Spool::new(messages.spool_path(&settings.server))),
        settings::Gateway::Http => Box::new(Http::new(http(&messages.http))?),
    })
}

/// The settings as the courier counts.
pub fn courier_rules(settings: &Settings) -> CourierRules {
    let messages = &settings.messages;
    let hour = |hour: u32| u8::try_from(hour).unwrap_or_default();
    CourierRules {
        tries: messages.tries,
        quiet: (hour(messages.quiet_from_hour), hour(messages.quiet_until_hour)),
        messages_per_day: messages.per_organisation_per_day,
    }
}

fn http(settings: &settings::Http) -> HttpSettings {
    let set = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    HttpSettings {
        url: settings.url.reveal().to_owned(),
        method: settings.method.as_str().to_owned(),
        headers: settings.headers.iter().map(|(name, value)| (name.clone(), value.reveal().to_owned())).collect(),
        body: settings.body.reveal().to_owned(),
        content_type: settings.content_type.as_str().to_owned(),
        message_id: set(&settings.message_id),
        success: set(&settings.success),
        timeout: counting::seconds(settings.timeout_seconds),
        from: settings.from.clone(),
        status: settings.status.asked(),
        // It is no route, so it is given no template, and nobody asks what its account holds.
        ..HttpSettings::default()
    }
}

/// The proxies that are believed.
pub fn proxies(settings: &Settings) -> Proxies {
    Proxies(settings.server.trusted_proxies.clone())
}

//! What is looked after while the server runs: what is over is swept out, quarantined files are scanned, pictures are made,
//! the figures of the reports are kept up, and letters from before an update catch up.

use std::time::Duration;

use pishkhan_courier::outbox;
use pishkhan_office::accounts::sign_in;
use pishkhan_office::files::{self, Vault};
use pishkhan_office::letters;
use pishkhan_office::previews::{self, Workshop};
use pishkhan_office::rules::Rules;
use pishkhan_office::{
    Clock, Db, Moment, OrganisationId, StoreError, accounts, filings, incoming, organisations, registry, reports,
    search,
};
use tokio::sync::watch;

use crate::running::until;
use crate::wiring::House;

const HOUR: Duration = Duration::from_hours(1);
/// How often it is asked whether a file waits for the scanner.
const QUARANTINE: Duration = Duration::from_secs(10);
/// How often it is asked what time has come for; windows end with a day, so a minute is soon enough.
const TIME: Duration = Duration::from_mins(1);
/// How many letters one round moves on for each organisation, so that it never holds the writer for long.
const AT_ONCE: u32 = 100;
/// How often the figures of the reports are kept up.
const FIGURES: Duration = Duration::from_secs(5);
/// How often it is asked whether a file waits for its pictures.
const PICTURES: Duration = Duration::from_secs(1);

/// What the upkeep works on. Cloning is cheap.
#[derive(Clone)]
pub struct Upkeep {
    db: Db,
    clock: Clock,
    vault: Vault,
    rules: Rules,
    workshop: Option<Workshop>,
}

impl Upkeep {
    pub fn of(house: &House) -> Upkeep {
        Upkeep {
            db: house.db.clone(),
            clock: house.clock.clone(),
            vault: house.vault.clone(),
            rules: house.rules.clone(),
            workshop: house.workshop.clone(),
        }
    }

    /// Sweeps at once and then every hour; a sweep that fails is tried again an hour later.
    pub async fn sweep_hourly(self, stopping: watch::Receiver<bool>) {
        loop {
            if let Err(error) = self.sweep().await {
                tracing::warn!(%error, "what is over could not be swept out");
            }
            tokio::select! {
                () = tokio::time::sleep(HOUR) => {}
                () = until(stopping.clone()) => return,
            }
        }
    }

    /// Does once after the start what an update left to be done for letters that were there: their senders' names are folded, and they
    /// are brought into the search by today's rules. Then there is nothing to do.
    pub async fn catch_up_letters(self, stopping: watch::Receiver<bool>) {
        loop {
            let caught_up = tokio::select! {
                caught_up = self.catch_up() => caught_up,
                // The step under way is undone, and done again after the next start.
                () = until(stopping.clone()) => return,
            };
            match caught_up {
                Ok(()) => return until(stopping).await,
                Err(error) => tracing::warn!(%error, "letters could not be folded and brought into the search"),
            }
            tokio::select! {
                () = tokio::time::sleep(TIME) => {}
                () = until(stopping.clone()) => return,
            }
        }
    }

    async fn catch_up(&self) -> Result<(), StoreError> {
        let (db, clock) = (&self.db, &self.clock);
        let house = OrganisationId::house();
        let organisations = organisations::list(&mut db.read(&house, clock.now()).await?).await?;
        // In all organisations before the search, which takes far longer.
        for organisation in &organisations {
            let folded = letters::fold_senders(db, clock, &organisation.id).await?;
            if folded > 0 {
                tracing::info!(letters = folded, "senders' names were folded");
            }
        }
        for organisation in &organisations {
            let brought = search::catch_up(db, clock, &organisation.id).await?;
            if brought > 0 {
                tracing::info!(letters = brought, "letters were brought into the search");
            }
        }
        Ok(())
    }

    /// Scans what waits in quarantine, as soon as the scanner is there again.
    pub async fn watch_quarantine(self, stopping: watch::Receiver<bool>) {
        let mut rung: Option<Moment> = None;
        loop {
            let now = self.clock.now();
            match files::scan_waiting(&self.db, &self.clock, &self.vault).await {
                // Once an hour: who reads the log must not lose it in itself.
                Ok(waiting) if waiting.is_alarming(now) && rung.is_none_or(|rung| now.since(rung) >= HOUR) => {
                    rung = Some(now);
                    tracing::error!(
                        files = waiting.files,
                        "ALARM: files have been waiting for the scanner for more than an hour; nobody can open them"
                    );
                }
                Ok(_) => {}
                Err(error) => tracing::warn!(%error, "the quarantine could not be looked after"),
            }
            tokio::select! {
                () = tokio::time::sleep(QUARANTINE) => {}
                () = until(stopping.clone()) => return,
            }
        }
    }

    /// Does what time has come for: windows and deadlines that are over.
    pub async fn watch_time(self, stopping: watch::Receiver<bool>) {
        loop {
            if let Err(error) = self.tick().await {
                tracing::warn!(%error, "what time has come for could not be done");
            }
            tokio::select! {
                () = tokio::time::sleep(TIME) => {}
                () = until(stopping.clone()) => return,
            }
        }
    }

    /// Counts what has changed for the reports, and looks through the registers once a day.
    pub async fn keep_figures(self, stopping: watch::Receiver<bool>) {
        loop {
            if let Err(error) = reports::round(&self.db, &self.clock).await {
                tracing::warn!(%error, "the figures of the reports could not be kept up");
            }
            if let Err(error) = registry::check_books(&self.db, &self.clock).await {
                tracing::warn!(%error, "the registers could not be looked through");
            }
            tokio::select! {
                () = tokio::time::sleep(FIGURES) => {}
                () = until(stopping.clone()) => return,
            }
        }
    }

    /// Makes the pictures that wait, one file after the other.
    pub async fn make_pictures(self, stopping: watch::Receiver<bool>) {
        let Some(workshop) = &self.workshop else { return until(stopping).await };
        loop {
            let made = tokio::select! {
                made = previews::round(&self.db, &self.clock, &self.vault, workshop) => made,
                // A worker under way is killed; its file is due again when its lease is over.
                () = until(stopping.clone()) => return,
            };
            match made {
                Ok(true) => continue,
                Ok(false) => {}
                Err(error) => tracing::warn!(%error, "pictures of pages could not be made"),
            }
            tokio::select! {
                () = tokio::time::sleep(PICTURES) => {}
                () = until(stopping.clone()) => return,
            }
        }
    }

    async fn tick(&self) -> Result<(), StoreError> {
        let house = OrganisationId::house();
        let organisations = organisations::list(&mut self.db.read(&house, self.clock.now()).await?).await?;
        for organisation in organisations {
            let mut tx = self.db.begin(&organisation.id, self.clock.now()).await?;
            letters::close_due(&mut tx, AT_ONCE).await?;
            letters::escalate_due(&mut tx, &self.rules, AT_ONCE).await?;
            letters::raise_due(&mut tx, AT_ONCE).await?;
            letters::warn_due(&mut tx, &self.rules, AT_ONCE).await?;
            letters::lapse_due(&mut tx, &self.rules, AT_ONCE).await?;
            sign_in::watch_codes(&mut tx).await?;
            tx.commit().await?;
            // In a work of its own: it holds those to whom it gives letters.
            let mut tx = self.db.begin(&organisation.id, self.clock.now()).await?;
            letters::share_due(&mut tx, &self.rules, AT_ONCE).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    async fn sweep(&self) -> Result<(), StoreError> {
        let (db, clock) = (&self.db, &self.clock);
        let house = OrganisationId::house();
        let organisations = organisations::list(&mut db.read(&house, clock.now()).await?).await?;
        for id in organisations.into_iter().map(|organisation| organisation.id).chain([house]) {
            let mut tx = db.begin(&id, clock.now()).await?;
            accounts::sweep(&mut tx).await?;
            outbox::forget_expired(&mut tx).await?;
            outbox::forget_ended(&mut tx).await?;
            outbox::forget_early(&mut tx).await?;
            outbox::forget_refusals(&mut tx).await?;
            incoming::sweep(&mut tx).await?;
            letters::forget_decisions(&mut tx).await?;
            filings::forget_left(&mut tx).await?;
            tx.commit().await?;
            // While nodes are updated one after the other, an older one writes names that it doesn't fold.
            letters::fold_senders(db, clock, &id).await?;
            files::sweep(db, clock, &self.vault, &id).await?;
        }
        Ok(())
    }
}

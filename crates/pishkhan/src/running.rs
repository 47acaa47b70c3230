//! What goes on until somebody stops it: the server, the courier, the hourly sweep, and the watch over the database.

use std::time::Duration;

use pishkhan_courier::{Courier, outbox};
use pishkhan_office::files::{self, Vault};
use pishkhan_office::{Clock, Db, OrganisationId, StoreError, accounts, organisations};
use pishkhan_web::app::App;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::failure::Failure;
use crate::wiring::House;

/// How often it is asked whether the database still takes commits.
const WATCH: Duration = Duration::from_millis(500);
const HOUR: Duration = Duration::from_hours(1);

/// Serves and works until it is told to stop; when this returns, what was under way is finished.
pub async fn serve(house: &House, listener: TcpListener, app: App, courier: Courier) -> Result<(), Failure> {
    let (stop, stopping) = watch::channel(false);
    let mut tasks = JoinSet::new();
    tasks.spawn(pishkhan_web::serve::serve(listener, pishkhan_web::router(app), until(stopping.clone())));
    tasks.spawn(courier.work(until(stopping.clone())));
    tasks.spawn(sweep_hourly(house.db.clone(), house.clock.clone(), house.vault.clone(), stopping));
    go_on(&house.db, tasks, stop).await
}

/// Works only.
pub async fn work(house: &House, courier: Courier) -> Result<(), Failure> {
    let (stop, stopping) = watch::channel(false);
    let mut tasks = JoinSet::new();
    tasks.spawn(courier.work(until(stopping)));
    go_on(&house.db, tasks, stop).await
}

/// Waits for a signal or a fault, then stops the tasks in order. A second signal doesn't wait for them.
async fn go_on(db: &Db, mut tasks: JoinSet<()>, stop: watch::Sender<bool>) -> Result<(), Failure> {
    let mut signals = Signals::new()?;
    let outcome = tokio::select! {
        () = signals.next() => Ok(()),
        () = stopped_store(db) => Err(Failure::Store(StoreError::Stopped)),
        _ = tasks.join_next() => Err(Failure::Ended("a part of the server ended by itself; see the log".into())),
    };
    tracing::info!("stopping");
    stop.send_replace(true);
    tokio::select! {
        () = async { while tasks.join_next().await.is_some() {} } => {}
        () = signals.next() => tracing::warn!("told twice: stopping at once"),
    }
    db.close().await;
    outcome
}

/// Sweeps at once and then every hour; a sweep that fails is tried again an hour later.
async fn sweep_hourly(db: Db, clock: Clock, vault: Vault, stopping: watch::Receiver<bool>) {
    loop {
        if let Err(error) = sweep(&db, &clock, &vault).await {
            tracing::warn!(%error, "what is over could not be swept out");
        }
        tokio::select! {
            () = tokio::time::sleep(HOUR) => {}
            () = until(stopping.clone()) => return,
        }
    }
}

async fn sweep(db: &Db, clock: &Clock, vault: &Vault) -> Result<(), StoreError> {
    let house = OrganisationId::house();
    let organisations = organisations::list(&mut db.read(&house, clock.now()).await?).await?;
    for id in organisations.into_iter().map(|organisation| organisation.id).chain([house]) {
        let mut tx = db.begin(&id, clock.now()).await?;
        accounts::sweep(&mut tx).await?;
        outbox::forget_expired(&mut tx).await?;
        files::sweep_removed(&mut tx, vault).await?;
        tx.commit().await?;
    }
    files::sweep_orphans(&mut db.read(&OrganisationId::house(), clock.now()).await?, vault).await?;
    Ok(())
}

async fn stopped_store(db: &Db) {
    while !db.has_stopped() {
        tokio::time::sleep(WATCH).await;
    }
}

/// Ready when the tasks should stop, also when whoever says so is gone.
async fn until(mut stopping: watch::Receiver<bool>) {
    let _ = stopping.wait_for(|stop| *stop).await;
}

/// The two signals that ask for a stop: of the terminal, and of whoever runs services.
struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    fn new() -> Result<Signals, Failure> {
        let listen = |kind| signal(kind).map_err(|error| Failure::Ended(format!("signals can't be heard: {error}")));
        Ok(Signals { interrupt: listen(SignalKind::interrupt())?, terminate: listen(SignalKind::terminate())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

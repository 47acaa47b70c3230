//! What goes on until somebody stops it: the server, the courier, the upkeep, and the watch over the database.

use std::time::Duration;

use pishkhan_courier::Courier;
use pishkhan_office::StoreError;
use pishkhan_web::app::App;
use pishkhan_web::serve::ServeRules;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::failure::Failure;
use crate::upkeep::Upkeep;
use crate::wiring::House;

/// How often it is asked whether database and files still take anything.
const WATCH: Duration = Duration::from_millis(500);

/// Serves and works until it is told to stop; when this returns, what was under way is finished.
pub async fn serve(
    house: &House,
    listener: TcpListener,
    rules: ServeRules,
    app: App,
    courier: Courier,
) -> Result<(), Failure> {
    let signals = Signals::new()?;
    let (stop, stopping) = watch::channel(false);
    let mut tasks = JoinSet::new();
    tasks.spawn(pishkhan_web::serve::serve(listener, pishkhan_web::router(app), rules, until(stopping.clone())));
    tasks.spawn(courier.work(until(stopping.clone())));
    let upkeep = Upkeep::of(house);
    tasks.spawn(upkeep.clone().watch_quarantine(stopping.clone()));
    tasks.spawn(upkeep.clone().watch_time(stopping.clone()));
    tasks.spawn(upkeep.clone().catch_up_letters(stopping.clone()));
    tasks.spawn(upkeep.clone().make_pictures(stopping.clone()));
    tasks.spawn(upkeep.clone().keep_figures(stopping.clone()));
    tasks.spawn(upkeep.sweep_hourly(stopping));
    go_on(house, signals, tasks, stop).await
}

/// Works only.
pub async fn work(house: &House, courier: Courier) -> Result<(), Failure> {
    let signals = Signals::new()?;
    let (stop, stopping) = watch::channel(false);
    let mut tasks = JoinSet::new();
    tasks.spawn(courier.work(until(stopping.clone())));
    let upkeep = Upkeep::of(house);
    tasks.spawn(upkeep.clone().watch_quarantine(stopping.clone()));
    tasks.spawn(upkeep.clone().watch_time(stopping.clone()));
    tasks.spawn(upkeep.clone().catch_up_letters(stopping.clone()));
    tasks.spawn(upkeep.clone().make_pictures(stopping.clone()));
    tasks.spawn(upkeep.keep_figures(stopping));
    go_on(house, signals, tasks, stop).await
}

/// Waits for a signal or a fault, then stops the tasks in order. A second signal doesn't wait for them.
/// The signals are heard from before anything is answered, so that nobody who saw it work can end it in the middle of something.
async fn go_on(
    house: &House,
    mut signals: Signals,
    mut tasks: JoinSet<()>,
    stop: watch::Sender<bool>,
) -> Result<(), Failure> {
    let outcome = tokio::select! {
        () = signals.next() => Ok(()),
        () = stopped_store(house) => Err(Failure::Store(StoreError::Stopped)),
        _ = tasks.join_next() => Err(Failure::Ended("a part of the server ended by itself; see the log".into())),
    };
    tracing::info!("stopping");
    stop.send_replace(true);
    tokio::select! {
        () = async { while tasks.join_next().await.is_some() {} } => {}
        () = signals.next() => tracing::warn!("told twice: stopping at once"),
    }
    house.db.close().await;
    outcome
}

/// Ready when the database or the disk of the files takes nothing more.
async fn stopped_store(house: &House) {
    while !(house.db.has_stopped() || house.vault.has_stopped()) {
        tokio::time::sleep(WATCH).await;
    }
}

/// Ready when the tasks should stop, also when whoever says so is gone.
pub async fn until(mut stopping: watch::Receiver<bool>) {
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

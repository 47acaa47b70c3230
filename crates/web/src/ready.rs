//! What machines ask: whether the process answers, and whether it could take a letter now.
//!
//! Both are outside the organisations' gate, since a load balancer asks by address. They say nothing that is anybody's.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use pishkhan_office::{OrganisationId, StoreError, organisations};
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};

use crate::app::App;

/// So long is looked at most; a disk or a database that takes longer is not ready.
const PATIENCE: Duration = Duration::from_secs(3);
/// Looking writes to the disk, and anybody may ask; so one look answers all who ask within this time.
const FRESH: Duration = Duration::from_secs(1);

/// What is watched, and the last look at it.
#[derive(Clone)]
pub struct Watch {
    app: App,
    last: Arc<Mutex<Option<Look>>>,
}

/// When it was looked, and what wasn't ready.
struct Look(Instant, Vec<&'static str>);

impl Watch {
    /// One that has not looked yet.
    pub fn of(app: App) -> Watch {
        Watch { app, last: Arc::default() }
    }
}

/// The process answers.
pub async fn health() -> &'static str {
    "ok\n"
}

/// One plain word a line: `ready`, or what isn't.
pub async fn ready(State(watch): State<Watch>) -> (StatusCode, String) {
    let mut last = watch.last.lock().await;
    let unready = match &*last {
        Some(Look(when, unready)) if when.elapsed() < FRESH => unready.clone(),
        _ => {
            let unready = unready(&watch.app).await;
            *last = Some(Look(Instant::now(), unready.clone()));
            unready
        }
    };
    if unready.is_empty() {
        return (StatusCode::OK, "ready\n".to_owned());
    }
    (StatusCode::SERVICE_UNAVAILABLE, unready.join("\n") + "\n")
}

/// What isn't as it must be for a letter to be taken in.
async fn unready(app: &App) -> Vec<&'static str> {
    let database = timeout(PATIENCE, answers(app));
    let files = timeout(PATIENCE, app.vault.check());
    let (database, files) = tokio::join!(database, files);
    let mut unready = Vec::new();
    if !matches!(database, Ok(Ok(()))) {
        unready.push("database");
    }
    if app.db.has_stopped() {
        unready.push("store");
    }
    if app.vault.has_stopped() || !matches!(files, Ok(Ok(()))) {
        unready.push("files");
    }
    unready
}

/// Whether the database answers a question, be it with no.
async fn answers(app: &App) -> Result<(), StoreError> {
    let mut tx = app.db.read(&OrganisationId::house(), app.clock.now()).await?;
    organisations::find_by_host(&mut tx, "").await.map(drop)
}

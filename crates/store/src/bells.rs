//! Bells: whoever watches an organisation hears, after the commit, that there is news; never what it is.
//!
//! On one node a bell is a channel in memory. On `PostgreSQL` the other nodes hear it by `notify`, sent after the commit and by
//! itself, since within a transaction it would make all commits of the database queue up behind one lock. A bell that is lost,
//! because a node died between its commit and its `notify`, is made good by those who look again in any case after a while.

use std::collections::{BTreeSet, HashMap};
use std::future::pending;
use std::mem::take;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use sqlx::postgres::PgListener;
use sqlx::{AnyPool, query};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::sleep;

use crate::OrganisationId;

/// The channel on which nodes tell each other.
const CHANNEL: &str = "pishkhan";
/// What rings within this time is told to other nodes once.
const GATHERING: Duration = Duration::from_millis(50);
/// How long a node waits before it looks for the others again, at first and at most.
const PAUSES: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(30)];

/// All bells of a node.
#[derive(Clone)]
pub(crate) struct Bells(Arc<Belfry>);

/// A bell that somebody hears. What rings while nobody waits is heard once, afterwards.
#[derive(Debug)]
pub struct Bell(watch::Receiver<()>);

struct Belfry {
    /// By the name of the bell; only those that somebody hears.
    heard: Mutex<HashMap<String, watch::Sender<()>>>,
    /// Only with `PostgreSQL` are there other nodes.
    outside: Option<Outside>,
}

/// The other nodes.
struct Outside {
    pool: AnyPool,
    url: String,
    /// What this node calls itself, so that it doesn't hear what it told.
    node: String,
    /// What the others have to be told.
    untold: Mutex<BTreeSet<String>>,
    ear: OnceLock<JoinHandle<()>>,
}

impl Bells {
    /// The bells of the only node.
    pub(crate) fn alone() -> Bells {
        Bells(Arc::new(Belfry { heard: Mutex::default(), outside: None }))
    }

    /// The bells of a node among several, on this database.
    pub(crate) fn among_others(pool: AnyPool, url: String) -> Bells {
        let mut node = [0; 8];
        getrandom::fill(&mut node).expect("the system's generator works on every supported platform");
        let node = format!("{:016x}", u64::from_le_bytes(node));
        let outside = Outside { pool, url, node, untold: Mutex::default(), ear: OnceLock::new() };
        Bells(Arc::new(Belfry { heard: Mutex::default(), outside: Some(outside) }))
    }

    /// A bell of that organisation, heard from now on.
    pub(crate) fn hear(&self, organisation: &OrganisationId, topic: &str) -> Bell {
        if let Some(outside) = &self.0.outside {
            outside.ear.get_or_init(|| tokio::spawn(listen(Arc::downgrade(&self.0), outside.url.clone())));
        }
        let mut heard = locked(&self.0.heard);
        heard.retain(|_, bell| bell.receiver_count() > 0);
        Bell(heard.entry(name_of(organisation, topic)).or_insert_with(|| watch::Sender::new(())).subscribe())
    }

    /// Rings those bells of the organisation, here at once and elsewhere soon.
    pub(crate) fn ring(&self, organisation: &OrganisationId, topics: &BTreeSet<&'static str>) {
        for topic in topics {
            let name = name_of(organisation, topic);
            self.0.ring_here(&name);
            let Some(outside) = &self.0.outside else { continue };
            let mut untold = locked(&outside.untold);
            // Whoever puts in the first one tells all that gather until then.
            if untold.is_empty() {
                tokio::spawn(tell(self.0.clone()));
            }
            untold.insert(name);
        }
    }

    /// Hears no other node any more.
    pub(crate) fn close(&self) {
        if let Some(ear) = self.0.outside.as_ref().and_then(|outside| outside.ear.get()) {
            ear.abort();
        }
    }
}

impl Bell {
    /// Ready when it has rung since it was last asked.
    pub async fn rung(&mut self) {
        if self.0.changed().await.is_err() {
            pending::<()>().await;
        }
    }
}

impl Belfry {
    fn ring_here(&self, name: &str) {
        if let Some(bell) = locked(&self.heard).get(name) {
            bell.send_replace(());
        }
    }

    fn ring_all_here(&self) {
        for bell in locked(&self.heard).values() {
            bell.send_replace(());
        }
    }
}

impl Drop for Belfry {
    fn drop(&mut self) {
        if let Some(ear) = self.outside.as_ref().and_then(|outside| outside.ear.get()) {
            ear.abort();
        }
    }
}

/// Tells the other nodes what has gathered.
async fn tell(belfry: Arc<Belfry>) {
    sleep(GATHERING).await;
    let Some(outside) = &belfry.outside else { return };
    let untold = take(&mut *locked(&outside.untold));
    for name in untold {
        let said = format!("{} {name}", outside.node);
        let told = query("select pg_notify($1, $2)").bind(CHANNEL).bind(said).execute(&outside.pool).await;
        if let Err(error) = told {
            tracing::debug!(%error, "other nodes could not be told");
        }
    }
}

/// Hears the other nodes until the bells are gone. After a gap everything rings, since nobody knows what was missed.
async fn listen(belfry: std::sync::Weak<Belfry>, url: String) {
    let [mut rest, longest] = PAUSES;
    loop {
        let heard = listen_once(&belfry, &url, &mut rest).await;
        if belfry.strong_count() == 0 {
            return;
        }
        if let Err(error) = heard {
            tracing::warn!(%error, "other nodes can't be heard");
        }
        sleep(rest).await;
        rest = (rest * 2).min(longest);
    }
}

async fn listen_once(belfry: &std::sync::Weak<Belfry>, url: &str, rest: &mut Duration) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect(url).await?;
    listener.listen(CHANNEL).await?;
    *rest = PAUSES[0];
    if let Some(belfry) = belfry.upgrade() {
        belfry.ring_all_here();
    }
    // None: the connection was lost.
    while let Some(told) = listener.try_recv().await? {
        let Some(belfry) = belfry.upgrade() else { return Ok(()) };
        match (told.payload().split_once(' '), &belfry.outside) {
            (Some((node, _)), Some(outside)) if node == outside.node => {}
            (Some((_, name)), _) => belfry.ring_here(name),
            (None, _) => {}
        }
    }
    Ok(())
}

fn name_of(organisation: &OrganisationId, topic: &str) -> String {
    format!("{topic} {}", organisation.as_str())
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing panics while it holds the lock.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

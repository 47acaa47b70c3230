//! What a connection is doing: whether a request is under way, since when it has been quiet, and whether an answer stands still.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

/// The doings of one connection. Its requests write it, its watch reads it.
#[derive(Debug)]
pub struct Activity {
    is_used: AtomicBool,
    doings: Mutex<Doings>,
    full: Notify,
    quiet: Notify,
    most: usize,
}

#[derive(Debug)]
struct Doings {
    /// How many requests have ever begun.
    begun: usize,
    /// The requests under way, and since when the other side could have taken more of an answer.
    under_way: HashMap<usize, Option<Instant>>,
    quiet_since: Instant,
}

/// A request under way, until it is dropped.
#[derive(Debug)]
pub struct Ticket {
    activity: Arc<Activity>,
    number: usize,
}

/// How long a connection may be quiet, or stand still.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Before its first request.
    pub first: Duration,
    /// Between requests.
    pub idle: Duration,
    /// How long an answer may lie untaken. None where the socket's own pace says it better: on HTTP/1 there is one answer at a time.
    pub untaken: Option<Duration>,
}

/// What the watch finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Look again then.
    Well(Instant),
    /// Nothing has been asked for too long.
    Idle,
    /// Nobody takes an answer.
    Untaken,
}

impl Activity {
    /// Of a connection that begins now and may bring so many requests.
    pub fn new(most: usize) -> Arc<Activity> {
        let doings = Doings { begun: 0, under_way: HashMap::new(), quiet_since: Instant::now() };
        Arc::new(Activity {
            is_used: AtomicBool::new(false),
            doings: Mutex::new(doings),
            full: Notify::new(),
            quiet: Notify::new(),
            most,
        })
    }

    /// A request begins.
    pub fn begin(self: &Arc<Activity>) -> Ticket {
        self.is_used.store(true, Ordering::Release);
        let mut doings = self.doings();
        doings.begun += 1;
        let number = doings.begun;
        doings.under_way.insert(number, None);
        if doings.begun == self.most {
            self.full.notify_one();
        }
        Ticket { activity: self.clone(), number }
    }

    /// A head begins to come, which is not quiet.
    pub fn stirs(&self) {
        self.doings().quiet_since = Instant::now();
    }

    /// Whether a request has ever begun.
    pub fn is_used(&self) -> bool {
        self.is_used.load(Ordering::Acquire)
    }

    /// Ready once when all requests have begun that may.
    pub async fn is_full(&self) {
        self.full.notified().await;
    }

    /// Ready when the last request under way has ended since this was last asked.
    pub async fn falls_quiet(&self) {
        self.quiet.notified().await;
    }

    /// How it stands now.
    pub fn look(&self, bounds: Bounds) -> Finding {
        let doings = self.doings();
        let now = Instant::now();
        if doings.under_way.is_empty() {
            let bound = if doings.begun == 0 { bounds.first } else { bounds.idle };
            let end = doings.quiet_since + bound;
            return if end <= now { Finding::Idle } else { Finding::Well(end) };
        }
        let Some(untaken) = bounds.untaken else { return Finding::Well(now + bounds.idle) };
        let oldest = doings.under_way.values().flatten().min().copied().unwrap_or(now);
        // Looked at in between, since an answer may be offered any time.
        if oldest + untaken <= now { Finding::Untaken } else { Finding::Well(now + untaken / 4) }
    }

    fn doings(&self) -> MutexGuard<'_, Doings> {
        self.doings.lock().expect("nobody panics while noting what goes on")
    }
}

impl Ticket {
    /// We are at work on the answer.
    pub fn works(&self) {
        self.note(None);
    }

    /// A piece of the answer is offered to the other side.
    pub fn offers(&self) {
        self.note(Some(Instant::now()));
    }

    fn note(&self, offered: Option<Instant>) {
        self.activity.doings().under_way.insert(self.number, offered);
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let mut doings = self.activity.doings();
        doings.under_way.remove(&self.number);
        if doings.under_way.is_empty() {
            doings.quiet_since = Instant::now();
            self.activity.quiet.notify_one();
        }
    }
}

//! Somebody who watches: waits for a bell, looks, and tells what has changed since the last look.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt::Write;
use std::future::pending;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use axum::http::HeaderMap;
use bytes::Bytes;
use pishkhan_office::accounts::{SessionToken, sessions};
use pishkhan_office::actor::Staff;
use pishkhan_office::ids::LetterId;
use pishkhan_office::{Bell, Moment, Tx, letters, news};
use serde::Serialize;
use tokio::time::{Instant, sleep_until};

use super::super::asked::Asked;
use super::super::{presence, sieve, tray, trays};
use super::seats::Seat;
use crate::layout::Page;
use crate::problem::Problem;
use crate::serve::Stopping;
use crate::visit::Visit;

/// However often a bell rings, nobody looks again within this time.
const REST: Duration = Duration::from_secs(1);
/// So often is looked in any case: time alone makes letters late and ends sessions, and a bell may be lost.
const ROUND: Duration = Duration::from_mins(1);
/// So often goes out something, so that a line that is dead is found out.
const PULSE: Duration = Duration::from_secs(15);

/// A stream of news.
pub struct Watcher {
    visit: Visit,
    token: SessionToken,
    asked: Asked,
    letter: Option<LetterId>,
    bells: [Bell; 2],
    stopping: Option<Stopping>,
    told: Told,
    /// Whether a bell has rung since the last look.
    is_rung: bool,
    last_look: Instant,
    next_look: Instant,
    next_pulse: Instant,
    has_ended: bool,
    _seat: Seat,
}

/// The marks of what was told last, so that only what is new is told.
#[derive(Default)]
struct Told {
    counts: u64,
    rows: u64,
    presence: u64,
    opened: Option<Moment>,
}

/// What the page shows as numbers, in the reader's digits and words.
#[derive(Serialize)]
struct Counts {
    views: BTreeMap<String, String>,
    waiting: Option<[String; 2]>,
}

impl Watcher {
    pub fn new(
        mut visit: Visit,
        token: SessionToken,
        asked: Asked,
        letter: Option<LetterId>,
        opened: Option<Moment>,
        seat: Seat,
        stopping: Option<Stopping>,
    ) -> Watcher {
        let hear = |topic| visit.app.db.hear(&visit.organisation.id, topic);
        let bells = [hear(news::LETTERS), hear(news::PRESENCE)];
        let now = Instant::now();
        // What came with the request is not needed again, and many may watch.
        visit.headers = HeaderMap::new();
        Watcher {
            bells,
            visit,
            token,
            asked,
            letter,
            stopping,
            told: Told { opened, ..Told::default() },
            is_rung: true,
            last_look: now.checked_sub(REST).unwrap_or(now),
            next_look: now,
            next_pulse: now + PULSE,
            has_ended: false,
            _seat: seat,
        }
    }

    /// What is to be told next; None when the stream is over.
    pub async fn next(&mut self) -> Option<Result<Bytes, Infallible>> {
        while !self.has_ended {
            let [letters, presence] = &mut self.bells;
            let look = if self.is_rung { self.last_look + REST } else { self.next_look };
            tokio::select! {
                () = stop(self.stopping.as_mut()) => return None,
                () = letters.rung(), if !self.is_rung => self.is_rung = true,
                () = presence.rung(), if !self.is_rung && self.letter.is_some() => self.is_rung = true,
                () = sleep_until(look) => {
                    // In a box, which is gone while nothing happens.
                    let news = Box::pin(self.look()).await;
                    if !news.is_empty() {
                        self.next_pulse = Instant::now() + PULSE;
                        return Some(Ok(Bytes::from(news)));
                    }
                }
                () = sleep_until(self.next_pulse) => {
                    self.next_pulse = Instant::now() + PULSE;
                    return Some(Ok(Bytes::from_static(b":\n\n")));
                }
            }
        }
        None
    }

    /// Looks, and says what has changed. Who can't look any more is told to go.
    async fn look(&mut self) -> String {
        self.is_rung = false;
        self.last_look = Instant::now();
        self.next_look = self.last_look + ROUND;
        let mut news = String::new();
        match self.find(&mut news).await {
            Ok(true) => {}
            Ok(false) => {
                self.has_ended = true;
                tell(&mut news, "end", "");
            }
            // Written down where it became a problem; the browser comes back, after a pause.
            Err(_) => self.has_ended = true,
        }
        news
    }

    /// False when the session has ended, or there is nothing to watch.
    async fn find(&mut self, news: &mut String) -> Result<bool, Problem> {
        let _turn = self.visit.app.seats().turn().await;
        self.visit.now = self.visit.app.clock.now();
        let mut tx = self.visit.read().await?;
        let Some((_, staff)) = sessions::find_staff(&mut tx, &self.token).await? else { return Ok(false) };
        let page = self.visit.page("tray");
        if let Some(opened) = self.told.opened.take() {
            tell(news, "opened", &opened.0.to_string());
        }
        if let Some(letter) = &self.letter {
            let (text, until) = presence::told(&mut tx, &page, &staff, letter).await?;
            if has_changed(&mut self.told.presence, &text) {
                tell(news, "presence", &text);
            }
            if let Some(until) = until {
                let over = Instant::now() + until.since(page.now) + Duration::from_millis(1);
                self.next_look = self.next_look.min(over);
            }
        }
        let Some(tray) = tray::tray_for(&staff, &self.asked.show) else { return Ok(true) };
        let here = sieve::read(&page, tray, &self.asked);
        let counts = counts(&mut tx, &page, &staff, &here).await?;
        if has_changed(&mut self.told.counts, &counts) {
            tell(news, "counts", &counts);
        }
        let cards = letters::tray(&mut tx, &staff, tray, &here.wanted.sieve, None).await?.cards;
        let rows: Vec<&str> = cards.iter().map(|card| card.letter.id.as_str()).collect();
        let rows = rows.join(" ");
        if has_changed(&mut self.told.rows, &rows) {
            tell(news, "rows", &rows);
        }
        Ok(true)
    }
}

async fn counts(tx: &mut Tx, page: &Page, staff: &Staff, here: &sieve::Sieved) -> Result<String, Problem> {
    let open = trays::of(staff);
    let counts = letters::tray_counts(tx, staff, &open).await?;
    let mut views = BTreeMap::new();
    for tray in open {
        if let Some(count) = counts.of(tray) {
            views.insert(trays::name(tray).to_owned(), page.number(count));
        }
    }
    for kept in tray::all_kept(tx, page, staff, here).await? {
        views.insert(kept.id, page.number(kept.view.count.unwrap_or(0)));
    }
    let waiting = trays::waiting(staff, &counts);
    let waiting = (waiting > 0).then(|| [page.number(waiting), page.words.n("desk-waiting", waiting)]);
    serde_json::to_string(&Counts { views, waiting }).map_err(|_| Problem::Internal)
}

async fn stop(stopping: Option<&mut Stopping>) {
    match stopping {
        Some(stopping) => stopping.comes().await,
        None => pending().await,
    }
}

/// One event. What is told has no line breaks of its own: names are one line, the rest is ours.
fn tell(news: &mut String, event: &str, data: &str) {
    let data = data.replace(['\r', '\n'], " ");
    write!(news, "event: {event}\ndata: {data}\n\n").expect("a string takes any text");
}

fn has_changed(mark: &mut u64, text: &str) -> bool {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    // Never 0, which is the mark of what was never told.
    let fresh = hasher.finish() | 1;
    std::mem::replace(mark, fresh) != fresh
}

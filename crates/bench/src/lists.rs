//! Tray, search and reports in archives of different sizes: what a page costs must not grow with them.

use std::path::Path;
use std::time::{Duration, Instant};

use pishkhan_web::links;

use crate::Outcome;
use crate::archive::{self, Readers};
use crate::child::Child;
use crate::client::Client;
use crate::house::House;
use crate::load::median;
use crate::requests::get;

/// How many letters the archives have.
pub const SIZES: [u64; 3] = [10_000, 100_000, 1_000_000];
/// The same for a run that only shows that all of it works.
pub const SMALL: [u64; 2] = [200, 2_000];

/// A page in one archive.
pub struct Cost {
    pub page: String,
    /// Processor time of the server for one page, in microseconds.
    pub work: f64,
    /// How long whoever asked waited, in the middle of all askings, in milliseconds.
    pub wait: f64,
}

/// What pages cost in an archive of that size.
pub struct Costs {
    pub letters: u64,
    /// How many seconds it took to make it.
    pub made: f64,
    pub pages: Vec<Cost>,
}

/// Makes an archive of each size and asks for its pages. The folder of each is gone when the next is made.
pub async fn measure(folder: &Path, sizes: &[u64], postgres: Option<&str>) -> Outcome<Vec<Costs>> {
    let mut all = Vec::new();
    for &letters in sizes {
        let place = folder.join(format!("archive-{letters}"));
        std::fs::create_dir_all(&place)?;
        if let Some(url) = postgres {
            House::lies_in_postgres(&place, &url.replace("{letters}", &letters.to_string()))?;
        }
        let begun = now();
        let readers = archive::fill(&House::open(&place).await?, letters).await?;
        let made = begun.elapsed().as_secs_f64();
        eprintln!("an archive of {letters} letters was made in {made:.0} s");
        all.push(Costs { letters, made, pages: ask(&place, &readers).await? });
        std::fs::remove_dir_all(&place)?;
    }
    Ok(all)
}

async fn ask(place: &Path, readers: &Readers) -> Outcome<Vec<Cost>> {
    let server = Child::start("serve", place)?;
    let reviewer = ["review", "near", "waiting", "done"].map(|view| ("a reviewer", &readers.reviewer, view));
    let officer =
        ["unit", "mine", "near", "referred", "waiting", "done"].map(|view| ("an officer", &readers.officer, view));
    let trays = reviewer.into_iter().chain(officer).map(|(who, browser, view)| {
        (format!("tray of {who}: {view}"), browser, links::desk_query(&format!("show={view}")))
    });
    let sought = |who: &str, browser, (what, word): &(&str, String)| {
        (format!("search of {who}: {what}"), browser, links::desk_search_for(&[("q", word.as_str())]))
    };
    let searches = readers
        .sought
        .iter()
        .flat_map(|word| [sought("a reviewer", &readers.reviewer, word), sought("an officer", &readers.officer, word)]);
    let books = [
        ("register".to_owned(), &readers.reviewer, links::desk_register()),
        ("reports".to_owned(), &readers.reviewer, links::desk_reports()),
    ];
    let mut costs = Vec::new();
    for (page, browser, link) in trays.chain(searches).chain(books) {
        costs.push(cost(&server, page, &get(browser, &link)).await?);
    }
    Ok(costs)
}

/// Asks one after the other, long enough that the kernel's ticks say something.
async fn cost(server: &Child, page: String, request: &[u8]) -> Outcome<Cost> {
    let mut client = Client::connect(server.address).await?;
    for _ in 0..5 {
        client.ask(&[request]).await?.expect(200)?;
    }
    let (before, begun) = (server.worked()?, now());
    let mut waits = Vec::new();
    while begun.elapsed() < Duration::from_secs(2) || waits.len() < 20 {
        let asked = now();
        client.ask(&[request]).await?.expect(200)?;
        waits.push(asked.elapsed().as_secs_f64() * 1e3);
    }
    let asked = u32::try_from(waits.len())?;
    let work = (server.worked()? - before) * 1e6 / f64::from(asked);
    Ok(Cost { page, work, wait: median(waits) })
}

#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn now() -> Instant {
    Instant::now()
}

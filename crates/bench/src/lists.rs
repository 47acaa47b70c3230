//! Tray, search, book and reports in archives of different sizes: what a page costs must not grow with them.

use std::path::{Path, PathBuf};
use std::time::Instant;

use pishkhan_web::links;

use crate::Outcome;
use crate::archive::{self, Readers};
use crate::child::Child;
use crate::client::Client;
use crate::house::House;
use crate::load::{Pace, median};
use crate::people::Browser;
use crate::requests::{get, get_path};

/// How many letters the archives have.
pub const SIZES: [u64; 3] = [10_000, 100_000, 1_000_000];
/// The same for a run that only shows that all of it works.
pub const SMALL: [u64; 2] = [200, 2_000];

/// What such a page is called that somebody asks to look through all, however long.
pub const ALL: &str = ", all older letters";

/// The lists that filters make of the whole archive, without a day: by filters of the tray, behind figures, and the report itself of a year.
const FILTERED: [(&str, &str); 9] = [
    ("tray, done and withdrawn", "/desk?show=done&state=withdrawn"),
    ("tray, done with a name", "/desk?show=done&sender=%D8%B2%D9%87%D8%B1%D8%A7"),
    ("list, arrived and late", "/desk/letters?by=arrived&late=yes"),
    ("list, arrived and rejected", "/desk/letters?by=arrived&outcome=rejected"),
    ("list, arrived and ended", "/desk/letters?by=arrived&outcome=ended"),
    ("list, decided late", "/desk/letters?by=decided&late=yes"),
    ("list, answered late", "/desk/letters?by=answered&late=yes"),
    ("list, due", "/desk/letters?by=due"),
    ("reports of a year", "/desk/reports?range=year"),
];

/// A page, and what it costs in each of the archives, the smallest first.
pub struct Listed {
    pub page: String,
    pub costs: Vec<Cost>,
}

#[derive(Clone, Copy)]
pub struct Cost {
    /// How many letters the archive has.
    pub letters: i64,
    /// How long whoever asked waited, in the middle of all askings, in milliseconds.
    pub wait: f64,
    /// Processor time of the server for one page, in milliseconds; without that of a database which is a process of its own.
    pub work: f64,
}

/// An archive that is being read.
struct Shown {
    letters: i64,
    server: Child,
    readers: Readers,
}

/// Makes an archive of each size, in folders of their own.
pub async fn make(folder: &Path, sizes: &[u64]) -> Outcome<Vec<PathBuf>> {
    let mut all = Vec::new();
    for &letters in sizes {
        let place = folder.join(format!("archive-{letters}"));
        make_one(&place, letters, None).await?;
        all.push(place);
    }
    Ok(all)
}

/// Makes one in a new folder; with a URL its database is that of PostgreSQL, which is there and empty.
pub async fn make_one(folder: &Path, letters: u64, postgres: Option<&str>) -> Outcome<()> {
    std::fs::create_dir(folder)?;
    if let Some(url) = postgres {
        House::lies_in_postgres(folder, url)?;
    }
    let begun = now();
    let house = House::open(folder).await?;
    archive::fill(&house, letters).await?;
    house.db.close().await;
    eprintln!("an archive of {letters} letters was made in {:.0} s", begun.elapsed().as_secs_f64());
    Ok(())
}

/// Asks for the same pages of all these archives, in turns.
pub async fn measure(folders: &[PathBuf], pace: Pace) -> Outcome<Vec<Listed>> {
    let mut archives = Vec::new();
    for folder in folders {
        let house = House::open(folder).await?;
        let (letters, readers) = (archive::size(&house).await?, archive::readers(&house).await?);
        archives.push(Shown { letters, server: Child::start("serve", folder)?, readers });
    }
    let mut asked = Vec::new();
    for archive in &archives {
        asked.push(pages(archive).await?);
    }
    let mut all = Vec::new();
    for (page, _) in asked.first().ok_or("there is no archive")? {
        let same = |pages: &Vec<(String, Vec<u8>)>| pages.iter().position(|(name, _)| name == page);
        let places: Option<Vec<usize>> = asked.iter().map(same).collect();
        // A second page, or what a page left out, is not in each of them.
        let Some(places) = places else { continue };
        let requests: Vec<&[u8]> = asked.iter().zip(places).map(|(pages, place)| pages[place].1.as_slice()).collect();
        all.push(Listed { page: page.clone(), costs: compare(&archives, &requests, pace).await? });
    }
    Ok(all)
}

/// All pages of an archive with what asks for them. Later pages are where the links of the first ones lead.
async fn pages(archive: &Shown) -> Outcome<Vec<(String, Vec<u8>)>> {
    let Shown { server, readers, .. } = archive;
    let mut pages = Vec::new();
    let views: [(&str, &Browser, &[&str]); 2] = [
        ("reviewer", &readers.reviewer, &["review", "near", "waiting", "done"]),
        ("officer", &readers.officer, &["untaken", "unit", "mine", "near", "referred", "messages", "waiting", "done"]),
    ];
    for (who, browser, views) in views {
        for view in views {
            let first = get(browser, &links::desk_tray(view, None));
            let next = linked(server, browser, &first, "rel=\"next\"").await?;
            pages.push((format!("{who}'s tray, {view}"), first));
            pages.extend(next.map(|next| (format!("{who}'s tray, {view}, page 2"), next)));
        }
        let done = get(browser, &links::desk_tray("done", None));
        let letter = linked(server, browser, &done, "data-letter=").await?;
        pages.extend(letter.map(|letter| (format!("{who}'s letter"), letter)));
        for (what, typed) in &readers.sought {
            let first = get(browser, &links::desk_search_for(&[("q", typed)]));
            let next = linked(server, browser, &first, "rel=\"next\"").await?;
            let far = linked(server, browser, &first, "far=yes").await?;
            pages.push((format!("{who}'s search, {what}"), first));
            pages.extend(next.map(|next| (format!("{who}'s search, {what}, page 2"), next)));
            pages.extend(far.map(|far| (format!("{who}'s search, {what}{ALL}"), far)));
        }
    }
    let book = get(&readers.reviewer, &links::desk_register());
    let before = linked(server, &readers.reviewer, &book, "rel=\"prev\"").await?;
    pages.push(("book".to_owned(), book));
    pages.extend(before.map(|before| ("book, page before".to_owned(), before)));
    pages.push(("reports".to_owned(), get(&readers.reviewer, &links::desk_reports())));
    pages.extend(FILTERED.map(|(page, path)| (page.to_owned(), get_path(&readers.reviewer, path))));
    Ok(pages)
}

/// What asks for the page to which a link of this page leads: the first link with this mark behind it.
async fn linked(server: &Child, browser: &Browser, page: &[u8], mark: &str) -> Outcome<Option<Vec<u8>>> {
    let mut client = Client::connect(server.address).await?;
    let answer = client.ask(&[page]).await?.expect(200)?;
    let html = std::str::from_utf8(answer.body)?;
    let tag = html.split('<').find(|tag| tag.starts_with("a ") && tag.contains(mark));
    let path = tag.and_then(|tag| tag.split_once("href=\"")?.1.split_once('"'));
    Ok(path.map(|(path, _)| get_path(browser, &path.replace("&#38;", "&").replace("&amp;", "&"))))
}

/// Asks each archive for the page in turns.
async fn compare(archives: &[Shown], requests: &[&[u8]], pace: Pace) -> Outcome<Vec<Cost>> {
    let mut rounds = vec![Vec::new(); archives.len()];
    for _ in 0..pace.list_rounds {
        for (round, (archive, request)) in rounds.iter_mut().zip(archives.iter().zip(requests)) {
            round.push(cost(archive, request, pace).await?);
        }
    }
    let middle = |(archive, costs): (&Shown, Vec<Cost>)| Cost {
        letters: archive.letters,
        wait: median(costs.iter().map(|cost| cost.wait).collect()),
        work: median(costs.iter().map(|cost| cost.work).collect()),
    };
    Ok(archives.iter().zip(rounds).map(middle).collect())
}

/// Asks one after the other, long enough that the kernel's ticks say something.
async fn cost(archive: &Shown, request: &[u8], pace: Pace) -> Outcome<Cost> {
    let server = &archive.server;
    let mut client = Client::connect(server.address).await?;
    for _ in 0..3 {
        client.ask(&[request]).await?.expect(200)?;
    }
    let (before, begun) = (server.worked()?, now());
    let mut waits = Vec::new();
    while begun.elapsed() < pace.list_round || waits.len() < 5 {
        let asked = now();
        client.ask(&[request]).await?.expect(200)?;
        waits.push(asked.elapsed().as_secs_f64() * 1e3);
    }
    let asked = u32::try_from(waits.len())?;
    let work = (server.worked()? - before) * 1e3 / f64::from(asked);
    Ok(Cost { letters: archive.letters, wait: median(waits), work })
}

#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn now() -> Instant {
    Instant::now()
}

//! What a run says.

use crate::acts::Acts;
use crate::lists::{ALL, Cost, Listed};
use crate::live::WATCHING;
use crate::load::AT_ONCE;
use crate::memory::{FILE_BYTES, Memory, READERS, SENDERS};
use crate::outbox::receipts::{RECORDS, Receipts};
use crate::outbox::{self, LOAD, Wait};
use crate::pages::{Compared, Speed};
use crate::uploads::Uploads;

const MEGABYTE: f64 = 1024.0 * 1024.0;

/// What we want: see `docs/guide/bench.md`.
const HISTORY: f64 = 0.4;
const SUBMISSION: f64 = 0.3;
const IDLE: f64 = 60.0 * MEGABYTE;
const UPLOADING: f64 = 150.0 * MEGABYTE;
const LIVE: f64 = 20.0 * MEGABYTE;
const LARGEST: f64 = 1.3;
const SEARCHED: f64 = 50.0;

pub fn pages(pages: &[Compared]) {
    title("Pages a second");
    for Compared { name, bytes, ours, bare } in pages {
        let per_second = |speeds: &[Speed]| speeds.iter().map(|speed| speed.per_second).collect::<Vec<_>>();
        let work = |speeds: &[Speed]| speeds.iter().map(|speed| speed.work).collect::<Vec<_>>();
        counts(&format!("{name} page, {bytes} bytes"), &per_second(ours));
        counts("  bare page of the same bytes", &per_second(bare));
        ratios("  ratio", &per_second(ours), &per_second(bare));
        counts("  our processor time a page, µs", &work(ours));
        counts("  the bare page's, µs", &work(bare));
    }
}

pub fn acts(acts: &Acts) {
    title("Acts a second");
    counts("raw SQLite commits", &acts.raw_commits);
    counts("raw files of 200 KB", &acts.raw_files);
    counts("submissions with 200 KB over HTTP", &acts.submissions);
    ratios("  to raw commits", &acts.submissions, &acts.raw_commits);
    ratios("  to raw files", &acts.submissions, &acts.raw_files);
    counts("the act of submitting alone", &acts.submissions_alone);
    ratios("  to raw commits", &acts.submissions_alone, &acts.raw_commits);
    counts("registrations over HTTP", &acts.registrations);
    ratios("  to raw commits", &acts.registrations, &acts.raw_commits);
}

pub fn uploads(uploads: &Uploads) {
    title("Uploads of 20 MB, MB a second");
    let megabytes = |speeds: &[f64]| speeds.iter().map(|speed| speed / MEGABYTE).collect::<Vec<_>>();
    counts("over HTTP, inspected and flushed", &megabytes(&uploads.ours));
    counts("plain copies with a flush", &megabytes(&uploads.raw));
    ratios("  ratio", &uploads.ours, &uploads.raw);
}

pub fn previews(pages: f64) {
    println!("\n{:<40}{pages:>12.1}", "Previews, scanned A4 pages a second");
}

pub fn memory(memory: &Memory) {
    println!("\n{:<40}{:>12}{:>12}", "Memory of the server, MB", "resident", "peak");
    let line = |name: &str, memory: crate::child::Memory| {
        println!("{name:<40}{:>12.1}{:>12.1}", memory.now / MEGABYTE, memory.peak / MEGABYTE);
    };
    line("idle", memory.idle);
    line(&format!("after {READERS} connections read pages"), memory.reading);
    let megabytes = FILE_BYTES / (1024 * 1024);
    line(&format!("after {SENDERS} files of {megabytes} MB at once"), memory.uploading);
}

pub fn live(more: f64) {
    println!("{:<40}{:>12.1}", format!("{WATCHING} windows that watch the desk, more"), more / MEGABYTE);
}

pub fn live_aim(more: f64) {
    let text = format!("{WATCHING} live connections below {} MB", LIVE / MEGABYTE);
    aim(&text, more < LIVE, more / MEGABYTE);
}

/// Where the outbox lies that the next lines are about.
pub fn outbox_lies(in_postgres: bool) {
    println!("\nThe outbox on {}", if in_postgres { "PostgreSQL" } else { "SQLite" });
}

/// What twenty receipts take, by how much was sent; the first is the shortest record.
pub fn receipts(receipts: &[Receipts]) {
    for (size, Receipts { called, asked }) in RECORDS.iter().zip(receipts) {
        println!("{:<40}{called:>12.2}", format!("{LOAD} receipts called, {size} sent, ms"));
        println!("{:<40}{asked:>12.2}", format!("{LOAD} receipts asked for, {size} sent, ms"));
    }
    if let [short, .., long] = receipts {
        for (how, ratio) in [("called", long.called / short.called), ("asked for", long.asked / short.asked)] {
            aim(&format!("a receipt {how} at most {LARGEST} times as long"), ratio <= LARGEST, ratio);
        }
    }
}

/// What a claim of twenty messages takes, by what waits; the first is the shortest outbox.
pub fn claims(claims: &[f64]) {
    for (case, took) in outbox::CASES.iter().zip(claims) {
        let what = match case {
            Wait::Due(size) => format!("A claim when {size} messages wait, ms"),
            Wait::Behind(size) => format!("A claim when {size} wait behind one, ms"),
        };
        println!("{what:<40}{took:>12.2}");
    }
    if let Some((short, longer)) = claims.split_first() {
        let worst = longer.iter().map(|long| long / short).fold(0.0, f64::max);
        aim(&format!("a claim at most {LARGEST} times as long"), worst <= LARGEST, worst);
    }
}

/// A row for each page: how long it took in each archive, and the ratio of the largest to the smallest, also in processor time.
pub fn lists(lists: &[Listed]) {
    print!("\n{:<56}", "Milliseconds a page, in archives of so many letters");
    for open in lists.first().into_iter().flat_map(|page| &page.costs) {
        print!("{:>10}", open.letters);
    }
    println!("{:>8}{:>11}", "ratio", "processor");
    for Listed { page, costs } in lists {
        print!("{page:<56}");
        for cost in costs {
            print!("{:>10.2}", cost.wait);
        }
        println!("{:>8.2}{:>11.2}", growth(costs, |cost| cost.wait), growth(costs, |cost| cost.work));
    }
}

/// The aims of lists; a page that looks through all because somebody wants it to grows with what there is, and has only the second one.
pub fn list_aims(lists: &[Listed]) {
    let pages = lists.iter().filter(|page| !page.page.ends_with(ALL));
    let worst = pages.map(|page| growth(&page.costs, |cost| cost.wait)).fold(0.0, f64::max);
    aim(&format!("a page at most {LARGEST} times as long in the largest archive"), worst <= LARGEST, worst);
    let searches = lists.iter().filter(|page| page.page.contains("search")).filter_map(|page| page.costs.last());
    let slowest = searches.map(|cost| cost.wait).fold(0.0, f64::max);
    aim(&format!("a search in it below {SEARCHED} ms"), slowest < SEARCHED, slowest);
}

fn growth(costs: &[Cost], of: impl Fn(&Cost) -> f64) -> f64 {
    costs.first().zip(costs.last()).map_or(f64::NAN, |(first, last)| of(last) / of(first))
}

/// The aims, at most at once.
pub fn aims(pages: &[Compared], acts: &Acts, memory: &Memory) {
    println!();
    let last = AT_ONCE.len() - 1;
    let most = AT_ONCE[last];
    if let Some(history) = pages.first() {
        let ratio = history.ours[last].per_second / history.bare[last].per_second;
        aim(&format!("history at least {HISTORY} of the bare page, {most} at once"), ratio >= HISTORY, ratio);
    }
    let ratio = acts.submissions[last] / acts.raw_commits[last];
    aim(&format!("submission at least {SUBMISSION} of raw commits, {most} at once"), ratio >= SUBMISSION, ratio);
    let idle = memory.idle.now;
    aim(&format!("idle below {} MB", IDLE / MEGABYTE), idle < IDLE, idle / MEGABYTE);
    let peak = memory.uploading.peak;
    let text = format!("{SENDERS} uploads at once below {} MB", UPLOADING / MEGABYTE);
    aim(&text, peak < UPLOADING, peak / MEGABYTE);
}

fn aim(text: &str, is_met: bool, found: f64) {
    println!("aim: {text}: {found:.2}, {}", if is_met { "met" } else { "missed" });
}

fn title(text: &str) {
    print!("\n{text:<40}");
    for at_once in AT_ONCE {
        print!("{:>12}", format!("{at_once} at once"));
    }
    println!();
}

fn counts(name: &str, numbers: &[f64]) {
    print!("{name:<40}");
    for number in numbers {
        print!("{number:>12.0}");
    }
    println!();
}

fn ratios(name: &str, ours: &[f64], theirs: &[f64]) {
    print!("{name:<40}");
    for (ours, theirs) in ours.iter().zip(theirs) {
        print!("{:>12.2}", ours / theirs);
    }
    println!();
}

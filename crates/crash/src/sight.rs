//! The check is shown to see: a house is damaged in one way after another, and each time the check must say so.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Outcome;
use crate::case::Bench;
use crate::check::{Look, check, findings};
use crate::failing_flush::heals;
use crate::house::House;
use crate::journal::Journal;
use crate::people::People;
use crate::rows;
use crate::server::{Flushes, Server};

/// How many letters go their whole way, so that each damage finds one of its own.
const LETTERS: usize = 8;

pub async fn run(bench: &Bench) -> Outcome<String> {
    let folder = bench.folder("sight")?;
    let house = House::make(bench, &folder.join("data"), &folder).await?;
    let journal = Journal::default();
    let server = Server::start(&house, Flushes::Honest).await?;
    let people = People::come_in(&house).await?;
    for _ in 0..LETTERS {
        heals(&house, &people, &journal).await?;
    }
    check(&house, &people, &journal, Look::AtAll).await?;

    let mut connection = rows::open_to_damage(&house.database()).await?;
    for (statement, expected) in rows::DAMAGES {
        rows::damage(&mut connection, statement).await?;
        expect(&house, &people, &journal, expected).await?;
    }
    drop(connection);
    let file = first_file(&house.data.join("files"))?.ok_or("no file is kept")?;
    let mut bytes = fs::read(&file)?;
    *bytes.last_mut().ok_or("the file is empty")? ^= 1;
    fs::write(&file, bytes)?;
    expect(&house, &people, &journal, "file").await?;
    server.kill()?;
    Ok(format!("{} damages, each found", rows::DAMAGES.len() + 1))
}

async fn expect(house: &House, people: &People, journal: &Journal, expected: &str) -> Outcome<()> {
    let found = findings(house, people, journal, Look::AtAll).await?;
    if found.iter().any(|finding| finding.contains(expected)) {
        return Ok(());
    }
    Err(format!("the check did not see \"{expected}\", only {found:?}").into())
}

/// Some file below a folder that holds a letter's bytes, and not one on its way in.
fn first_file(folder: &Path) -> Outcome<Option<PathBuf>> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let found = match entry.file_type()? {
            kind if kind.is_dir() => first_file(&entry.path())?,
            _ if fs::read(entry.path())?.starts_with(b"%PDF") => Some(entry.path()),
            _ => None,
        };
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

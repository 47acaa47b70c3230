//! (d) A disk that is full: nothing is acknowledged any more, people are told so in words, the server ends with a failure, and is
//! well again when there is room and it was started again.

use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::time::Duration;

use tokio::time::sleep;

use crate::Outcome;
use crate::case::Bench;
use crate::disk::Disk;
use crate::failing_flush::{end, expect_refusals, heals};
use crate::house::House;
use crate::journal::Journal;
use crate::load::{Counter, Letters, Load};
use crate::people::People;
use crate::server::{Flushes, Server};

const MEGABYTES: u64 = 64;

pub async fn run(bench: &Bench) -> Outcome<String> {
    let folder = bench.folder("full-disk")?;
    let disk = Disk::in_memory(MEGABYTES, &folder.join("mounted"))?;
    let house = House::make(bench, &disk.folder().join("data"), &folder).await?;
    let journal = Journal::default();
    let mut server = Server::start(&house, Flushes::Honest).await?;
    let people = People::come_in(&house).await?;
    let mut refusals = 0;
    for letters in [Letters::WithFiles, Letters::TextOnly] {
        let load = Load::start(&Counter::of(&house, &journal), &people, letters);
        sleep(Duration::from_millis(500)).await;
        let filler = disk.folder().join("filler");
        fill(&filler)?;
        let ended = end(server).await;
        load.stop().await?;
        ended.map_err(|error| format!("{letters:?}: {error}"))?;
        refusals += expect_refusals(&journal).map_err(|error| format!("{letters:?}: {error}"))?;
        std::fs::remove_file(filler)?;
        server = Server::start(&house, Flushes::Honest).await?;
        let healed = heals(&house, &people, &journal).await;
        healed.map_err(|error| format!("{letters:?}: afterwards {error}"))?;
    }
    server.kill()?;
    disk.scrap()?;
    Ok(format!("full while letters came with and without files; {refusals} refused in words; {}", journal.told()))
}

/// Takes all room that is left.
fn fill(filler: &Path) -> Outcome<()> {
    let mut file = File::create_new(filler)?;
    loop {
        match file.write(&[0; 4096]) {
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::StorageFull => return Ok(()),
            Err(error) => return Err(error.into()),
        }
    }
}

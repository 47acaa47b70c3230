//! (c) Power cuts under load: the server is frozen in the middle, what the disk holds at that moment is copied, and the copy is
//! the disk on which the house goes on. The same without fsync must lose letters, or this check would see nothing.

use std::path::PathBuf;

use tokio::time::sleep;

use crate::case::Bench;
use crate::check::{Look, check, findings};
use crate::disk::Disk;
use crate::house::House;
use crate::journal::Journal;
use crate::load::{Counter, Letters, Load};
use crate::people::People;
use crate::server::{Flushes, Server};
use crate::{Outcome, chance};

/// How large the disk is.
const MEGABYTES: u64 = 1_024;
/// After how many cuts without fsync at least one letter must be lost.
const BLIND_CUTS: usize = 5;

pub async fn run(bench: &Bench) -> Outcome<String> {
    let (mut stage, mut server) = Stage::make(bench, "cuts", Flushes::Honest).await?;
    let cuts = bench.either(50, 4);
    for cut in 1..=cuts {
        stage.cut(server).await?;
        server = Server::start(&stage.house, stage.flushes).await?;
        let look = if cut == cuts { Look::AtAll } else { Look::AtNew };
        let checked = check(&stage.house, &stage.people, &stage.journal, look).await;
        checked.map_err(|error| format!("after cut {cut}: {error}"))?;
    }
    server.kill()?;
    let told = stage.journal.told();
    stage.end()?;
    Ok(format!("{cuts} cuts; {told}"))
}

/// Shows that the check can fail: with fsync switched off, letters get lost.
pub async fn without_fsync(bench: &Bench) -> Outcome<String> {
    let (mut stage, mut server) = Stage::make(bench, "blind", Flushes::Skipped).await?;
    for cut in 1..=BLIND_CUTS {
        stage.cut(server).await?;
        let count = stage.journal.open().letters.len();
        let lost = match Server::start(&stage.house, stage.flushes).await {
            Ok(started) => {
                server = started;
                match findings(&stage.house, &stage.people, &stage.journal, Look::AtNew).await {
                    Ok(found) => found,
                    Err(error) => vec![format!("the database can't be read: {error}")],
                }
            }
            Err(error) => {
                return stage.end().map(|()| format!("the check is not blind: {error}"));
            }
        };
        if let Some(first) = lost.first() {
            let told = format!("lost as they must be, at cut {cut}: {} findings about {count} letters", lost.len());
            println!("    the first: {first}");
            server.kill()?;
            return stage.end().map(|()| told);
        }
    }
    Err(format!("{BLIND_CUTS} power cuts without fsync lost nothing: these power cuts show nothing").into())
}

/// A house on a disk, with its people.
struct Stage {
    house: House,
    people: People,
    journal: Journal,
    folder: PathBuf,
    /// None only while one is changed for another.
    disk: Option<Disk>,
    flushes: Flushes,
    cuts: usize,
}

impl Stage {
    /// The house is set up with honest flushes in any case, so that what gets lost later was lost later.
    async fn make(bench: &Bench, name: &str, flushes: Flushes) -> Outcome<(Stage, Server)> {
        let folder = bench.folder(name)?;
        let disk = Disk::make(&folder.join("disk-0"), MEGABYTES, &folder.join("mounted"))?;
        let house = House::make(bench, &disk.folder().join("data"), &folder).await?;
        let server = Server::start(&house, Flushes::Honest).await?;
        let people = People::come_in(&house).await?;
        server.kill()?;
        let server = Server::start(&house, flushes).await?;
        let stage = Stage { house, people, journal: Journal::default(), folder, disk: Some(disk), flushes, cuts: 0 };
        Ok((stage, server))
    }

    /// Cuts the power under load. Afterwards the disk is what it was at the moment of the cut, and nothing runs.
    async fn cut(&mut self, server: Server) -> Outcome<()> {
        let load = Load::start(&Counter::of(&self.house, &self.journal), &self.people, Letters::WithFiles);
        sleep(chance::pause(300, 1_500)?).await;
        self.cuts += 1;
        let image = self.folder.join(format!("disk-{}", self.cuts));
        let disk = self.disk.take().ok_or("there is no disk")?;
        // Whatever the journal has or still gets was acknowledged before this.
        server.freeze().await?;
        disk.copy(&image).await?;
        server.kill()?;
        load.stop().await?;
        disk.scrap()?;
        self.disk = Some(Disk::mount(&image, &self.folder.join("mounted"))?);
        Ok(())
    }

    fn end(mut self) -> Outcome<()> {
        self.disk.take().map_or(Ok(()), Disk::scrap)
    }
}

//! (a) kill -9 at random moments, while sixteen hand in letters and four register.

use tokio::time::sleep;

use crate::case::Bench;
use crate::check::{Look, check};
use crate::house::House;
use crate::journal::Journal;
use crate::load::{Counter, Letters, Load};
use crate::people::People;
use crate::server::{Flushes, Server};
use crate::{Outcome, chance};

pub async fn run(bench: &Bench) -> Outcome<String> {
    let folder = bench.folder("kills")?;
    let house = House::make(bench, &folder.join("data"), &folder).await?;
    let journal = Journal::default();
    let mut server = Server::start(&house, Flushes::Honest).await?;
    let people = People::come_in(&house).await?;
    let kills = bench.either(100, 5);
    for kill in 1..=kills {
        let load = Load::start(&Counter::of(&house, &journal), &people, Letters::WithFiles);
        sleep(chance::pause(100, 1_500)?).await;
        server.kill()?;
        load.stop().await?;
        server = Server::start(&house, Flushes::Honest).await?;
        let look = if kill == kills { Look::AtAll } else { Look::AtNew };
        check(&house, &people, &journal, look).await.map_err(|error| format!("after kill {kill}: {error}"))?;
    }
    Ok(format!("{kills} kills; {}", journal.told()))
}

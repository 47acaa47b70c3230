//! Memory: of a server that has nothing to do, that shows pages, and that takes in the largest files from many at once.

use futures_util::future::try_join_all;
use pishkhan_web::links;
use std::time::Duration;

use crate::Outcome;
use crate::child::{self, Child};
use crate::client::Client;
use crate::load::Pace;
use crate::requests::{get, upload};
use crate::seed::Stage;
use crate::{pages, paper};

/// How many connections read pages.
pub const READERS: usize = 16;
/// How many people send a file at the same time.
pub const SENDERS: usize = 200;
/// As much as a file may have by default.
pub const FILE_BYTES: u32 = 20 * 1024 * 1024;
/// Until a server that just started has nothing to do.
const SETTLING: Duration = Duration::from_secs(2);

pub struct Memory {
    pub idle: child::Memory,
    pub reading: child::Memory,
    pub uploading: child::Memory,
}

pub async fn measure(stage: &Stage, pace: Pace) -> Outcome<Memory> {
    let server = Child::start("serve", &stage.folder)?;
    tokio::time::sleep(SETTLING).await;
    let idle = server.memory()?;
    pages::read(&server, &get(&stage.reader, &links::letters()), READERS, pace.page_round).await?;
    let reading = server.memory()?;
    drop(server);
    // Another one, since a peak is never forgotten.
    let server = Child::start("serve", &stage.folder)?;
    send_at_once(stage, &server).await?;
    Ok(Memory { idle, reading, uploading: server.memory()? })
}

async fn send_at_once(stage: &Stage, server: &Child) -> Outcome<()> {
    let file = paper::pdf(FILE_BYTES as usize);
    let form = upload(&stage.writer_browser, &links::drafts(), &[], FILE_BYTES as usize);
    let sending = (0..SENDERS).map(async |_| {
        let mut client = Client::connect(server.address).await?;
        // The form lacks a unit and a subject, so it comes back; the file is kept with the draft.
        client.ask(&[&form.before, &file, &form.after]).await?.expect(422)?;
        Outcome::Ok(())
    });
    try_join_all(sending).await?;
    Ok(())
}

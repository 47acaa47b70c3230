//! Uploads: large files through the front door, against a plain copy of the same bytes with a flush to the same disk.

use pishkhan_web::links;

use crate::Outcome;
use crate::child::Child;
use crate::client::Client;
use crate::load::{AT_ONCE, Pace, median, rate};
use crate::memory::FILE_BYTES;
use crate::paper;
use crate::raw;
use crate::requests::upload;
use crate::seed::Stage;

/// Bytes a second; each has one number for each of [`AT_ONCE`].
#[derive(Default)]
pub struct Uploads {
    /// Hashed, inspected, flushed and named by a draft.
    pub ours: Vec<f64>,
    /// Written and flushed with their folder.
    pub raw: Vec<f64>,
}

pub async fn measure(stage: &Stage, pace: Pace) -> Outcome<Uploads> {
    let server = Child::start("serve", &stage.folder)?;
    let mut uploads = Uploads::default();
    for at_once in AT_ONCE {
        let mut rounds = Uploads::default();
        for _ in 0..pace.rounds {
            rounds.raw.push(raw::files(&stage.folder, FILE_BYTES as usize, at_once, pace.act_round).await?);
            rounds.ours.push(sent(stage, &server, at_once, pace).await?);
        }
        let bytes = |files: Vec<f64>| files.into_iter().map(|files| files * f64::from(FILE_BYTES)).collect();
        uploads.ours.push(median(bytes(rounds.ours)));
        uploads.raw.push(median(bytes(rounds.raw)));
    }
    Ok(uploads)
}

/// Files a second. The form lacks a unit and a subject, so it comes back; the file is kept with the draft.
async fn sent(stage: &Stage, server: &Child, at_once: usize, pace: Pace) -> Outcome<f64> {
    let file = paper::pdf(FILE_BYTES as usize);
    let form = upload(&stage.writer_browser, &links::drafts(), &[], FILE_BYTES as usize);
    let sending = rate(at_once, pace.act_round, async |round| {
        let mut client = Client::connect(server.address).await?;
        while round.goes_on() {
            client.ask(&[&form.before, &file, &form.after]).await?.expect(422)?;
            round.count();
        }
        Ok(())
    });
    sending.await
}

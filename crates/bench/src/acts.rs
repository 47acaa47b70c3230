//! Acts: submission and registration through the front door, and the act of submitting alone, against raw commits and raw files.

use std::cell::RefCell;

use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, Letter, SenderKind};
use pishkhan_web::links;

use crate::Outcome;
use crate::child::Child;
use crate::client::Client;
use crate::load::{AT_ONCE, Pace, median, rate};
use crate::paper::{self, PDF_BYTES};
use crate::raw;
use crate::requests::{post, upload};
use crate::seed::Stage;

/// The version of a draft that was saved once after it was made; its check page has it in its form.
const SAVED: &str = "2";

/// How many a second; each has one number for each of [`AT_ONCE`].
#[derive(Default)]
pub struct Acts {
    /// A draft with a PDF of 200 KB, and its submission, as a browser sends them.
    pub submissions: Vec<f64>,
    /// The act of submitting alone, without HTTP and without the file.
    pub submissions_alone: Vec<f64>,
    /// Registrations as a reviewer's browser sends them.
    pub registrations: Vec<f64>,
    pub raw_commits: Vec<f64>,
    /// Files of 200 KB, written and flushed.
    pub raw_files: Vec<f64>,
}

pub async fn measure(stage: &Stage, pace: Pace) -> Outcome<Acts> {
    let server = Child::start("serve", &stage.folder)?;
    let mut acts = Acts::default();
    for at_once in AT_ONCE {
        let mut rounds = Acts::default();
        for _ in 0..pace.rounds {
            rounds.raw_commits.push(raw::commits(&stage.folder, at_once, pace.act_round).await?);
            rounds.submissions.push(submissions(stage, &server, at_once, pace).await?);
            rounds.raw_files.push(raw::files(&stage.folder, PDF_BYTES, at_once, pace.act_round).await?);
            rounds.submissions_alone.push(submissions_alone(stage, at_once, pace).await?);
            rounds.registrations.push(registrations(stage, &server, at_once, pace).await?);
        }
        acts.submissions.push(median(rounds.submissions));
        acts.submissions_alone.push(median(rounds.submissions_alone));
        acts.registrations.push(median(rounds.registrations));
        acts.raw_commits.push(median(rounds.raw_commits));
        acts.raw_files.push(median(rounds.raw_files));
    }
    Ok(acts)
}

async fn submissions(stage: &Stage, server: &Child, at_once: usize, pace: Pace) -> Outcome<f64> {
    let browser = &stage.writer_browser;
    let (subject, body) = (paper::subject(), paper::text());
    let fields = [
        ("sender_name", subject),
        ("sender_kind", SenderKind::Person.as_str()),
        ("unit", stage.unit.as_str()),
        ("subject", subject),
        ("body", &body),
    ];
    let form = upload(browser, &links::drafts(), &fields, PDF_BYTES);
    let pdf = paper::pdf(PDF_BYTES);
    let handing_in = rate(at_once, pace.act_round, async |round| {
        let mut client = Client::connect(server.address).await?;
        while round.goes_on() {
            let saved = client.ask(&[&form.before, &pdf, &form.after]).await?.expect(303)?;
            let draft = id_at_the_end(saved.header("location").unwrap_or(""))?;
            let sent =
                client.ask(&[&post(browser, &links::submission(&draft), "version", SAVED)]).await?.expect(303)?;
            if sent.header("location") != Some(links::receipt(&draft).as_str()) {
                return Err("a submission led to no receipt".into());
            }
            round.count();
        }
        Ok(())
    });
    let rate = handing_in.await?;
    paper::until_sent(stage).await?;
    Ok(rate)
}

async fn submissions_alone(stage: &Stage, at_once: usize, pace: Pace) -> Outcome<f64> {
    let drafts = RefCell::new(paper::drafts(stage, pace.letters).await?);
    let house = &stage.house;
    let submitting = rate(at_once, pace.act_round, async |round| {
        while round.goes_on() {
            let Some(draft) = drafts.borrow_mut().pop() else { break };
            let mut tx = house.begin().await?;
            letters::submit(&mut tx, &house.rules, &stage.writer, &draft.id, draft.version).await?;
            tx.commit().await?;
            round.count();
        }
        Ok(())
    });
    let rate = submitting.await?;
    paper::until_sent(stage).await?;
    Ok(rate)
}

async fn registrations(stage: &Stage, server: &Child, at_once: usize, pace: Pace) -> Outcome<f64> {
    let waiting: RefCell<Vec<Letter>> = RefCell::new(paper::submitted(stage, pace.letters).await?);
    let browser = &stage.reviewer_browser;
    let registering = rate(at_once, pace.act_round, async |round| {
        let mut client = Client::connect(server.address).await?;
        while round.goes_on() {
            let Some(letter) = waiting.borrow_mut().pop() else { break };
            let (link, seen) = (links::desk_registration(&letter.id), letter.version.to_string());
            client.ask(&[&post(browser, &link, "version", &seen)]).await?.expect(303)?;
            round.count();
        }
        Ok(())
    });
    let rate = registering.await?;
    paper::until_sent(stage).await?;
    Ok(rate)
}

/// The letter that an address ends with.
fn id_at_the_end(address: &str) -> Outcome<LetterId> {
    let id = address.rsplit('/').next().and_then(LetterId::parse);
    id.ok_or_else(|| format!("a draft led to \"{address}\"").into())
}

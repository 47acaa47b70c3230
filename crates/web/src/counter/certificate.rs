//! The certificate of non-response: while the house is late with what it owes, the sender may have that in writing.

use askama::Template;
use axum::response::Response;
use pishkhan_office::deadlines::{Step, Term};
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, Breach, Letter, Registration, Submission};
use pishkhan_office::units::{self, Unit};
use pishkhan_office::{Moment, ledger};

use super::asked::Named;
use crate::layout::{Page, show as show_page};
use crate::problem::Problem;
use crate::who::Sender;

#[derive(Template)]
#[template(path = "counter/certificate.html")]
struct CertificatePage {
    page: Page,
    letter: Letter,
    submission: Submission,
    unit: Option<Unit>,
    breach: Breach,
    base_url: String,
    mobile: String,
}

/// There is none while there is time left, and none for what was answered.
pub async fn show(sender: Sender, Named(letter): Named) -> Result<Response, Problem> {
    let id = LetterId::parse(&letter).ok_or(Problem::NotFound)?;
    let mut tx = sender.read().await?;
    let letter = letters::find_own(&mut tx, &sender.actor.id, &id).await?.ok_or(Problem::NotFound)?;
    let submission = letter.state.submission().cloned().ok_or(Problem::NotFound)?;
    let page = sender.page("letters");
    let happenings = ledger::of_letter(&mut tx, &id).await?;
    let breach = letters::breach(&letter, &happenings, page.now).ok_or(Problem::NotFound)?;
    let unit = match letter.unit() {
        Some(unit) => units::find(&mut tx, unit).await?,
        None => None,
    };
    let (base_url, mobile) = (sender.organisation.base_url.clone(), sender.actor.grouped_mobile());
    Ok(show_page(&CertificatePage { page, letter, submission, unit, breach, base_url, mobile }))
}

impl CertificatePage {
    fn registration(&self) -> Option<&Registration> {
        self.letter.state.registration()
    }

    /// What is certified, in a sentence.
    fn certified(&self) -> String {
        let key = match self.breach.step {
            Step::Review => "certificate-not-reviewed",
            Step::Ruling => "certificate-not-ruled",
            Step::Answer | Step::Completion | Step::Reply | Step::Objection => "certificate-not-answered",
        };
        let page = &self.page;
        let (due, now) = (page.day(&self.breach.due), self.moment(&page.now));
        let places = [("organisation", page.organisation_name.as_str()), ("due", &due), ("now", &now)];
        page.words.fill(key, &places)
    }

    /// The term, such as «۳ روز کاری».
    fn term(&self) -> Option<String> {
        let words = self.page.words;
        self.breach.term.map(|term| match term {
            Term::Days(days) => words.n("term-days", days),
            Term::Hours(hours) => words.n("term-hours", hours),
        })
    }

    /// A date and an hour that are as true on paper, tomorrow.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand over references")]
    fn moment(&self, at: &Moment) -> String {
        let (date, time) = (self.page.date(at), self.page.clock(at));
        self.page.words.fill("certificate-moment", &[("date", &date), ("time", &time)])
    }
}

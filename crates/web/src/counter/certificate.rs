//! The certificate of non-response: what the house was late with, or is, the sender may have in writing, with what came of it since.

use askama::Template;
use axum::response::Response;
use pishkhan_office::deadlines::{self, Calendar, Step, Term};
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, Breach, Letter, Registration, Submission, Turn, TurnKind};
use pishkhan_office::units::{self, Unit};
use pishkhan_office::{Moment, ledger};

use super::asked::Named;
use super::letter;
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
    /// The last one first: it is what the sender comes for.
    breaches: Vec<Breach>,
    /// That of the unit, in which the days after a deadline are counted.
    calendar: Calendar,
    base_url: String,
    mobile: String,
}

/// There is none while there is time left, and none for what was done in time.
pub async fn show(sender: Sender, Named(named): Named) -> Result<Response, Problem> {
    let id = LetterId::parse(&named).ok_or(Problem::NotFound)?;
    letter::see(&sender, &id).await?;
    let mut tx = sender.read().await?;
    let letter = letters::find_own(&mut tx, &sender.actor.id, &id).await?.ok_or(Problem::NotFound)?;
    let submission = letter.state.submission().cloned().ok_or(Problem::NotFound)?;
    let page = sender.page("letters");
    let happenings = ledger::of_letter(&mut tx, &id).await?;
    let mut breaches = letters::breaches(&letter, &happenings, page.now);
    let first = breaches.first().map(|breach| breach.due).ok_or(Problem::NotFound)?;
    breaches.reverse();
    let calendar = deadlines::calendar(&mut tx, letter.acting_unit(), first).await?;
    let unit = match letter.unit() {
        Some(unit) => units::find(&mut tx, unit).await?,
        None => None,
    };
    let (base_url, mobile) = (sender.organisation.base_url.clone(), sender.actor.grouped_mobile());
    Ok(show_page(&CertificatePage { page, letter, submission, unit, breaches, calendar, base_url, mobile }))
}

impl CertificatePage {
    fn registration(&self) -> Option<&Registration> {
        self.letter.state.registration()
    }

    /// What is certified, in a sentence: how it stands now, or how it stood when the term ended.
    fn certified(&self, breach: &Breach) -> String {
        let key = match (breach.step, breach.is_owed) {
            (Step::Review, true) => "certificate-not-reviewed",
            (Step::Review, false) => "certificate-late-review",
            (Step::Ruling, true) => "certificate-not-ruled",
            (Step::Ruling, false) => "certificate-late-ruling",
            (_, true) => "certificate-not-answered",
            (_, false) => "certificate-late-answer",
        };
        let page = &self.page;
        let (due, now) = (page.day(&breach.due), self.moment(&page.now));
        let places = [("organisation", page.organisation_name.as_str()), ("due", &due), ("now", &now)];
        page.words.fill(key, &places)
    }

    /// What came of it since, in a sentence.
    fn turned(&self, breach: &Breach, turn: &Turn) -> String {
        let key = match turn.what {
            TurnKind::Returned => "certificate-returned",
            TurnKind::Completed => "certificate-completed",
            TurnKind::Asked => "certificate-asked",
            TurnKind::Replied => "certificate-replied",
            TurnKind::Registered => "certificate-registered",
            TurnKind::Rejected => "certificate-rejected",
            TurnKind::Answered => "certificate-answered",
            TurnKind::Upheld => "certificate-upheld",
            TurnKind::Reconsidered => "certificate-reconsidered",
            TurnKind::Withdrawn => "certificate-withdrawn",
            TurnKind::Lapsed => "certificate-lapsed",
        };
        let words = self.page.words;
        let after = words.n("certificate-days-after", self.calendar.days_between(breach.due, turn.at));
        words.fill(key, &[("at", &self.moment(&turn.at)), ("after", &after)])
    }

    /// What the deadline was for.
    fn due_word(&self, breach: &Breach) -> &'static str {
        self.page.t(match breach.step {
            Step::Review => "certificate-due-review",
            Step::Ruling => "certificate-due-ruling",
            Step::Answer | Step::Completion | Step::Reply | Step::Objection => "certificate-due-answer",
        })
    }

    /// The term, such as «۳ روز کاری».
    fn term(&self, breach: &Breach) -> Option<String> {
        let words = self.page.words;
        breach.term.map(|term| match term {
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

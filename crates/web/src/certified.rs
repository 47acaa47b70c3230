//! What the house was late with, or is: the certificate of non-response, as its sender takes it on their own, and as it is printed at the
//! counter for whoever can't.

use pishkhan_office::deadlines::{self, Calendar, Step, Term};
use pishkhan_office::letters::{self, Breach, Letter, Registration, Submission, Turn, TurnKind};
use pishkhan_office::senders::Sender;
use pishkhan_office::units::{self, Unit};
use pishkhan_office::{Moment, StoreError, Tx, ledger};

use crate::layout::Page;

/// The certificate of a letter.
pub struct Certified {
    pub letter: Letter,
    pub submission: Submission,
    pub unit: Option<Unit>,
    /// The sender's; empty when they have none.
    pub mobile: String,
    /// When the letter came.
    pub submitted: String,
    /// The last one first: it is what the sender comes for.
    pub breaches: Vec<Told>,
    /// When all this was so.
    pub now: String,
}

/// A breach in words.
pub struct Told {
    /// What is certified: how it stands now, or how it stood when the term ended.
    pub sentence: String,
    /// What came of it since.
    pub since: Vec<String>,
    /// What the deadline was for.
    pub due_word: &'static str,
    pub due: String,
    pub due_iso: String,
    /// The term, such as «۳ روز کاری».
    pub term: Option<String>,
    /// The law or rule from which the term comes; may be empty.
    pub basis: String,
}

impl Certified {
    /// That of a letter and its sender. None while there is time left, and for what was done in time.
    pub async fn of(
        tx: &mut Tx,
        page: &Page,
        letter: Letter,
        sender: &Sender,
    ) -> Result<Option<Certified>, StoreError> {
        let happenings = ledger::of_letter(tx, &letter.id).await?;
        let mut breaches = letters::breaches(&letter, &happenings, page.now);
        let Some(first) = breaches.first().map(|breach| breach.due) else { return Ok(None) };
        let submission = letter.state.submission().cloned().ok_or(StoreError::Unreadable("submission"))?;
        breaches.reverse();
        // That of the unit, in which the days after a deadline are counted.
        let calendar = deadlines::calendar(tx, letter.acting_unit(), first).await?;
        let unit = match letter.unit() {
            Some(unit) => units::find(tx, unit).await?,
            None => None,
        };
        Ok(Some(Certified {
            submitted: moment(page, submission.at),
            breaches: breaches.iter().map(|breach| Told::of(page, &calendar, breach)).collect(),
            mobile: sender.grouped_mobile(),
            now: moment(page, page.now),
            letter,
            submission,
            unit,
        }))
    }

    pub fn registration(&self) -> Option<&Registration> {
        self.letter.state.registration()
    }
}

impl Told {
    fn of(page: &Page, calendar: &Calendar, breach: &Breach) -> Told {
        Told {
            sentence: certified(page, breach),
            since: breach.since.iter().map(|turn| turned(page, calendar, breach, turn)).collect(),
            due_word: page.t(match breach.step {
                Step::Review => "certificate-due-review",
                Step::Ruling => "certificate-due-ruling",
                Step::Answer | Step::Completion | Step::Reply | Step::Objection => "certificate-due-answer",
            }),
            due: moment(page, breach.due),
            due_iso: page.iso(&breach.due),
            term: breach.term.map(|term| match term {
                Term::Days(days) => page.words.n("term-days", days),
                Term::Hours(hours) => page.words.n("term-hours", hours),
            }),
            basis: breach.basis.clone(),
        }
    }
}

fn certified(page: &Page, breach: &Breach) -> String {
    let key = match (breach.step, breach.is_owed) {
        (Step::Review, true) => "certificate-not-reviewed",
        (Step::Review, false) => "certificate-late-review",
        (Step::Ruling, true) => "certificate-not-ruled",
        (Step::Ruling, false) => "certificate-late-ruling",
        (_, true) => "certificate-not-answered",
        (_, false) => "certificate-late-answer",
    };
    let (due, now) = (page.day(&breach.due), moment(page, page.now));
    let places = [("organisation", page.organisation_name.as_str()), ("due", &due), ("now", &now)];
    page.words.fill(key, &places)
}

fn turned(page: &Page, calendar: &Calendar, breach: &Breach, turn: &Turn) -> String {
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
    let after = page.words.n("certificate-days-after", calendar.days_between(breach.due, turn.at));
    page.words.fill(key, &[("at", &moment(page, turn.at)), ("after", &after)])
}

/// A date and an hour that are as true on paper, tomorrow.
fn moment(page: &Page, at: Moment) -> String {
    let (date, time) = (page.date(&at), page.clock(&at));
    page.words.fill("certificate-moment", &[("date", &date), ("time", &time)])
}

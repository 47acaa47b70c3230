//! The history of a letter as the desk reads it: each event in words, with who and when.

use pishkhan_office::Tx;
use pishkhan_office::ledger::{self, Event, Happening, Who};
use pishkhan_office::letters::Letter;
use pishkhan_office::units::{self, Unit};

use super::status::Number;
use crate::layout::Page;
use crate::problem::Problem;

/// One thing that happened.
pub struct Step {
    pub kind: &'static str,
    pub icon: &'static str,
    pub text: String,
    pub who: String,
    pub when: String,
    pub iso: String,
}

/// Everything that happened, oldest first. The caller has found the letter as its reader may see it.
pub async fn steps(tx: &mut Tx, page: &Page, letter: &Letter) -> Result<Vec<Step>, Problem> {
    let units = units::list(tx).await?;
    let happenings = ledger::of_letter(tx, &letter.id).await?;
    Ok(happenings.into_iter().map(|happening| step(page, letter, &units, happening)).collect())
}

fn step(page: &Page, letter: &Letter, units: &[Unit], happening: Happening) -> Step {
    let words = page.words;
    let (kind, icon, text) = match &happening.event {
        Event::LetterSubmitted { .. } => ("review", "letter", page.t("desk-event-submitted").to_owned()),
        Event::FilesAdded { files_sha256 } => ("review", "clip", words.n("desk-event-files-added", files_sha256.len())),
        Event::LetterRedirected { to_unit, .. } => {
            let unit = units.iter().find(|unit| unit.id.as_str() == to_unit);
            let name = unit.map_or("", |unit| unit.name_in(words.language));
            ("review", "forward", words.a("desk-event-redirected", "unit", name))
        }
        Event::LetterRegistered { number, .. } => {
            let direction = letter.state.registration().map(|registration| registration.direction);
            let number = match direction {
                Some(direction) => Number::of(page, number, direction).in_sentence(),
                None => page.digits(number),
            };
            ("ok", "stamp", words.a("desk-event-registered", "number", number))
        }
        Event::LetterRejected { reason, .. } => ("no", "cross", words.a("desk-event-rejected", "reason", reason)),
        Event::LetterTaken => ("ok", "user", page.t("desk-event-taken").to_owned()),
        Event::LetterAnswered { .. } => ("ok", "reply", page.t("desk-event-answered").to_owned()),
        Event::LetterClosed => ("ok", "check", page.t("desk-event-closed").to_owned()),
    };
    let who = match happening.who {
        Who::Sender(_) => letter.content.sender_name.clone(),
        Who::Staff(_) => happening.name,
    };
    Step { kind, icon, text, who, when: page.when(&happening.at), iso: page.iso(&happening.at) }
}

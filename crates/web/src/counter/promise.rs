//! What a sender is promised of a letter that a unit has: by when it is usually reviewed, or answered, as far as that can be told.

use pishkhan_office::deadlines::{self, Step, Usual};
use pishkhan_office::ids::UnitId;
use pishkhan_office::letters::{Card, Letter, State};
use pishkhan_office::{Moment, StoreError, Tx};

use crate::layout::Page;

/// What the units of a list usually need for a step, each asked once; None: nobody can tell.
#[derive(Default)]
pub struct Promises(Vec<(UnitId, Step, Option<Usual>)>);

/// The promise for one letter, in words.
pub async fn of_letter(tx: &mut Tx, page: &Page, letter: &Letter) -> Result<Option<String>, StoreError> {
    let mut promises = Promises::default();
    promises.ask(tx, letter).await?;
    Ok(promises.of_letter(page, letter))
}

impl Promises {
    pub async fn of_units(tx: &mut Tx, cards: &[Card]) -> Result<Promises, StoreError> {
        let mut promises = Promises::default();
        for card in cards {
            promises.ask(tx, &card.letter).await?;
        }
        Ok(promises)
    }

    /// The promise for a letter of the list, in words; None for one that waits for no unit, and once its time has passed.
    pub fn of_letter(&self, page: &Page, letter: &Letter) -> Option<String> {
        let (unit, step, from) = awaited(letter)?;
        let (.., usual) = self.0.iter().find(|(asked, of, _)| asked == unit && *of == step)?;
        let day = usual.as_ref()?.promise(from, page.now)?;
        let key = if step == Step::Review { "promise" } else { "promise-answer" };
        Some(page.words.a(key, "day", page.day(&day)))
    }

    async fn ask(&mut self, tx: &mut Tx, letter: &Letter) -> Result<(), StoreError> {
        let Some((unit, step, _)) = awaited(letter) else { return Ok(()) };
        if !self.0.iter().any(|(asked, of, _)| asked == unit && *of == step) {
            self.0.push((unit.clone(), step, deadlines::usual(tx, unit, step).await?));
        }
        Ok(())
    }
}

/// Of which unit the letter waits for which step, and since when.
fn awaited(letter: &Letter) -> Option<(&UnitId, Step, Moment)> {
    match &letter.state {
        State::Submitted(submission) => Some((letter.unit()?, Step::Review, submission.at)),
        State::Registered(_, registration)
        | State::InProgress(_, registration, _)
        | State::AnswerReview(_, registration, ..) => Some((letter.acting_unit()?, Step::Answer, registration.at)),
        _ => None,
    }
}

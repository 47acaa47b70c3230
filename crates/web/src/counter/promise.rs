//! What a sender is promised of a letter under review: by when its unit usually decides, as far as that can be told.

use pishkhan_office::deadlines::{self, Usual};
use pishkhan_office::ids::UnitId;
use pishkhan_office::letters::{Card, Letter, State};
use pishkhan_office::{StoreError, Tx};

use crate::layout::Page;

/// What the units of a list usually need, each asked once; None: nobody can tell.
#[derive(Default)]
pub struct Promises(Vec<(UnitId, Option<Usual>)>);

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

    /// The promise for a letter of the list, in words; None for one that is not under review, and once its time has passed.
    pub fn of_letter(&self, page: &Page, letter: &Letter) -> Option<String> {
        let State::Submitted(submission) = &letter.state else { return None };
        let (_, usual) = self.0.iter().find(|(unit, _)| Some(unit) == letter.unit())?;
        let day = usual.as_ref()?.promise(submission.at, page.now)?;
        Some(page.words.a("promise", "day", page.day(&day)))
    }

    async fn ask(&mut self, tx: &mut Tx, letter: &Letter) -> Result<(), StoreError> {
        let (State::Submitted(_), Some(unit)) = (&letter.state, letter.unit()) else { return Ok(()) };
        if !self.0.iter().any(|(asked, _)| asked == unit) {
            self.0.push((unit.clone(), deadlines::usual(tx, unit).await?));
        }
        Ok(())
    }
}

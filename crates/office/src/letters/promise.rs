//! What a sender is promised of a letter that a unit has: by when it is usually reviewed, or answered, as far as that can be told. Whoever
//! shows it asks here.

use pishkhan_store::{Moment, Result, Tx};

use super::letter::Letter;
use super::lists::Card;
use super::states::State;
use crate::deadlines::{self, Step, Usual};
use crate::ids::{LetterId, UnitId};

/// By when a step is usually done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promise {
    /// A review or an answer.
    pub step: Step,
    pub until: Moment,
}

/// What is promised of the letters of a list.
#[derive(Debug, Default)]
pub struct Promises(Vec<(LetterId, Promise)>);

/// What is promised of a letter. None for one that waits for its sender or for nobody, when nobody can tell, and once that time has
/// passed.
pub async fn promise(tx: &mut Tx, letter: &Letter) -> Result<Option<Promise>> {
    Measures::default().promise(tx, letter).await
}

/// The same of all letters of a list.
pub async fn promises(tx: &mut Tx, cards: &[Card]) -> Result<Promises> {
    let mut measures = Measures::default();
    let mut promises = Promises::default();
    for Card { letter, .. } in cards {
        if let Some(promise) = measures.promise(tx, letter).await? {
            promises.0.push((letter.id.clone(), promise));
        }
    }
    Ok(promises)
}

impl Promises {
    pub fn of(&self, letter: &LetterId) -> Option<Promise> {
        self.0.iter().find(|(of, _)| of == letter).map(|(_, promise)| *promise)
    }
}

/// What units usually need for a step, each asked once; None: nobody can tell.
#[derive(Default)]
struct Measures(Vec<(UnitId, Step, Option<Usual>)>);

impl Measures {
    async fn promise(&mut self, tx: &mut Tx, letter: &Letter) -> Result<Option<Promise>> {
        let Some((unit, step, from)) = awaited(letter) else { return Ok(None) };
        let Some(usual) = self.usual(tx, unit, step).await? else { return Ok(None) };
        let pauses = deadlines::pauses(tx, &letter.id).await?;
        Ok(usual.promise(from, &pauses, tx.now()).map(|until| Promise { step, until }))
    }

    async fn usual(&mut self, tx: &mut Tx, unit: &UnitId, step: Step) -> Result<Option<&Usual>> {
        if !self.0.iter().any(|(asked, of, _)| asked == unit && *of == step) {
            self.0.push((unit.clone(), step, deadlines::usual(tx, unit, step).await?));
        }
        let found = self.0.iter().find(|(asked, of, _)| asked == unit && *of == step);
        Ok(found.and_then(|(.., usual)| usual.as_ref()))
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

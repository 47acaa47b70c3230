//! What came of a letter, on its sender's page: the answers with the proof of their service, the way to object, and the rating.

use pishkhan_office::answers;
use pishkhan_office::files::File;
use pishkhan_office::ledger::Happening;
use pishkhan_office::letters::{self, Letter};
use pishkhan_office::{StoreError, Tx};

use super::paper::Paper;
use super::rating::RatingForm;
use crate::layout::Page;
use crate::served::{Given, Rated};

/// All of it; each part is empty as long as it has not come to that.
pub struct Outcome {
    pub given: Option<Given>,
    pub former: Vec<(Given, Vec<Paper>)>,
    /// Until when its sender may object, in words.
    pub objection_until: Option<String>,
    /// What the sender objected, as long as it is not decided.
    pub objection: Option<String>,
    pub rating_form: Option<RatingForm>,
    pub rating: Option<Rated>,
}

impl Outcome {
    pub async fn of(
        tx: &mut Tx,
        page: &Page,
        letter: &Letter,
        files: &[File],
        happenings: &[Happening],
    ) -> Result<Outcome, StoreError> {
        let (former, given): (Vec<Given>, Vec<Given>) =
            Given::all(page, answers::of_letter(tx, &letter.id).await?).into_iter().partition(|given| given.is_former);
        let with_files = |given: Given| {
            let papers = Paper::all(page, files.iter().filter(|file| given.files.contains(&file.id)));
            (given, papers)
        };
        Ok(Outcome {
            given: given.into_iter().next_back().filter(|_| letter.state.answer().is_some()),
            former: former.into_iter().map(with_files).collect(),
            objection_until: letters::objection_window(letter, happenings, page.now)
                .ok()
                .map(|until| page.when(&until)),
            objection: letter.state.objection().map(|objection| objection.text.clone()),
            rating_form: letters::can_be_rated(letter).then(|| RatingForm::of(page, None, "", &[])),
            rating: letter.rating.as_ref().map(|rating| Rated::of(page, rating)),
        })
    }
}

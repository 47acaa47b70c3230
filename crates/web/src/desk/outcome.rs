//! What came of a letter, on its page at the desk: the answer that waits for its signature, every answer that was issued with the
//! proof of its service, the objection, and the rating.

use pishkhan_office::actor::Staff;
use pishkhan_office::answers::{self, Places};
use pishkhan_office::files::{File, Part};
use pishkhan_office::letters::{self, Ending, Letter, State};
use pishkhan_office::units::Unit;
use pishkhan_office::{StoreError, Tx};

use super::paper::Paper;
use crate::layout::Page;
use crate::served::{Given, Rated};

/// All of it; each part is empty as long as it has not come to that.
pub struct Outcome {
    /// For whoever reads the draft.
    pub proposal: Option<Drafted>,
    pub remark: Option<Said>,
    /// The answer that holds.
    pub given: Option<Given>,
    pub former: Vec<(Given, Vec<Paper>)>,
    pub objection: Option<Said>,
    pub rating: Option<Rated>,
}

/// The draft of an answer, as the signer reads it.
pub struct Drafted {
    pub text: String,
    /// What the sender would read, with what the placeholders stand for.
    pub filled: String,
    pub ending: Ending,
    pub files: Vec<Paper>,
}

/// Something that somebody said about it.
pub struct Said {
    pub text: String,
    pub who: String,
    pub when: String,
}

impl Outcome {
    pub async fn of(
        tx: &mut Tx,
        page: &Page,
        person: &Staff,
        letter: &Letter,
        acting: &Unit,
        files: &[File],
    ) -> Result<Outcome, StoreError> {
        let draft = answers::find_draft(tx, &letter.id).await?;
        let is_proposed = matches!(letter.state, State::AnswerReview(..));
        let is_worked_on = is_proposed || matches!(letter.state, State::InProgress(..));
        let papers = |part: Part| -> Vec<Paper> {
            files.iter().filter(|file| file.part == part).map(|file| Paper::of(page, file)).collect()
        };
        let remark = draft
            .as_ref()
            .and_then(|draft| draft.remark.as_ref())
            .filter(|_| is_worked_on)
            .map(|remark| Said { text: remark.text.clone(), who: remark.by.clone(), when: page.when(&remark.at) });
        let (former, given): (Vec<Given>, Vec<Given>) =
            Given::all(page, answers::of_letter(tx, &letter.id).await?).into_iter().partition(|given| given.is_former);
        let with_files = |given: Given| {
            let of_it = files.iter().filter(|file| given.files.contains(&file.id));
            let papers = of_it.map(|file| Paper::of(page, file)).collect();
            (given, papers)
        };
        let proposal = match draft {
            Some(draft) if is_proposed && letters::reads_draft(person, letter) => {
                let places = Places::of(tx, letter, acting).await?;
                // What can't be filled is told to the signer as they sign; until then they see it as it is.
                let filled = answers::fill(&draft.text, &places).unwrap_or_else(|_| draft.text.clone());
                let files = papers(Part::Proposal);
                Some(Drafted { text: draft.text, filled, ending: draft.ending, files })
            }
            _ => None,
        };
        Ok(Outcome {
            proposal,
            remark,
            given: given.into_iter().next_back(),
            former: former.into_iter().map(with_files).collect(),
            objection: letter.state.objection().map(|objection| Said {
                text: objection.text.clone(),
                who: letter.content.sender_name.clone(),
                when: page.when(&objection.at),
            }),
            rating: letter.rating.as_ref().map(|rating| Rated::of(page, rating)),
        })
    }
}

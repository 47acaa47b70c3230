//! The answer to somebody who came too late: who decided what and when, beside the letter as it is now. Nothing is overwritten,
//! and what they had typed and chosen can be read and copied.

use axum::response::Response;
use pishkhan_office::Moment;
use pishkhan_office::actor::Staff;
use pishkhan_office::ids::LetterId;
use pishkhan_office::ledger::{self, Event, Happening, Who};

use super::letter;
use super::panes::Panes;
use super::unrecorded::Unrecorded;
use crate::layout::Page;
use crate::problem::Problem;
use crate::visit::Visit;

/// What stands on top of the letter's page.
pub struct Conflict {
    pub text: String,
    /// What the late one had typed and chosen; may be nothing.
    pub unrecorded: Unrecorded,
}

/// The page with status 409. A letter that this person can't see (any more) does not exist for them.
pub async fn page(
    visit: &Visit,
    page: Page,
    staff: &Staff,
    id: &LetterId,
    unrecorded: impl Into<Unrecorded>,
) -> Result<Response, Problem> {
    let unrecorded = unrecorded.into();
    // In the writer's turn: what this act saw there may not be committed yet, and no reader would see it.
    let mut tx = visit.begin().await?;
    let panes = Panes::find(&mut tx, &page, staff, id).await?;
    let happenings = ledger::of_letter(&mut tx, id).await?;
    let conflict = Conflict { text: told(&page, happenings.last()), unrecorded };
    Ok(letter::conflicting(page, panes, conflict))
}

/// The same, where what stands in the way is not what somebody did.
pub async fn saying(
    visit: &Visit,
    page: Page,
    staff: &Staff,
    id: &LetterId,
    text: String,
    unrecorded: impl Into<Unrecorded>,
) -> Result<Response, Problem> {
    let unrecorded = unrecorded.into();
    let panes = Panes::find(&mut visit.begin().await?, &page, staff, id).await?;
    Ok(letter::conflicting(page, panes, Conflict { text, unrecorded }))
}

fn told(page: &Page, last: Option<&Happening>) -> String {
    let Some(last) = last else { return page.t("desk-conflict-changed").to_owned() };
    let key = match &last.event {
        Event::LetterSubmitted { .. }
        | Event::SenderRepresented { .. }
        | Event::SenderAsleep { .. }
        | Event::SenderWoken
        | Event::SenderNumberChanged { .. }
        | Event::LetterFreed { .. }
        | Event::ReferralFreed { .. }
        | Event::ObjectionRaised { .. } => return page.t("desk-conflict-changed").to_owned(),
        Event::ReviewAssigned { .. } if last.who == Who::Time => return page.t("desk-conflict-changed").to_owned(),
        Event::FilesAdded { .. } => return page.t("desk-conflict-files-added").to_owned(),
        Event::LetterRedirected { .. } => "desk-conflict-redirected",
        Event::LetterRegistered { .. } => "desk-conflict-registered",
        Event::LetterRejected { .. } => "desk-conflict-rejected",
        Event::LetterTaken => "desk-conflict-taken",
        Event::LetterAnswered { .. } => "desk-conflict-answered",
        Event::ReferralRecalled { .. } => "desk-conflict-recalled",
        Event::LetterHandedOver { .. } if last.who == Who::Time => "desk-conflict-given",
        Event::LetterClosed | Event::LetterLapsed | Event::SenderWarned { .. } | Event::LetterEscalated { .. } => {
            return page.t("desk-conflict-time").to_owned();
        }
        Event::LetterCompleted { .. }
        | Event::LetterWithdrawn { .. }
        | Event::LetterReplied { .. }
        | Event::MessageSent { .. }
        | Event::AnswerOpened
        | Event::LetterObjected { .. }
        | Event::LetterRated { .. } => return page.t("desk-conflict-sender").to_owned(),
        Event::LetterReturned { .. }
        | Event::DecisionUndone { .. }
        | Event::ReviewAssigned { .. }
        | Event::LetterClassified { .. }
        | Event::LetterReferred { .. }
        | Event::LetterHandedOver { .. }
        | Event::ReferralDone { .. }
        | Event::ReferralSentBack { .. }
        | Event::NoteWritten { .. }
        | Event::QuestionAsked { .. }
        | Event::SenderInformed { .. }
        | Event::AnswerProposed { .. }
        | Event::AnswerSentBack { .. }
        | Event::AnswerRetracted
        | Event::ObjectionUpheld { .. }
        | Event::LetterReconsidered { .. }
        | Event::LetterReopened { .. }
        | Event::LettersRelated { .. }
        | Event::LettersUnrelated { .. }
        | Event::MobileShown
        | Event::RepresentationRenewed { .. }
        | Event::RepresentationEnded
        | Event::LetterFiledForSender { .. } => "desk-conflict-acted",
    };
    page.words.fill(key, &[("name", &last.name), ("when", &ago(page, last.at))])
}

/// How long ago, as people say it of what just happened; later the day and the hour.
fn ago(page: &Page, at: Moment) -> String {
    let minutes = page.now.since(at).as_secs() / 60;
    match minutes {
        0 => page.t("desk-just-now").to_owned(),
        1..60 => page.words.n("desk-minutes-ago", minutes),
        60.. => page.words.a("desk-at-time", "time", page.when(&at)),
    }
}

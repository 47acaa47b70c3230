//! Submitting: the draft becomes a letter that we have, with a receipt at once, before anybody reviews.

use std::time::Duration;

use pishkhan_store::{Moment, StoreError, Tx};

use super::letter::{Gap, Letter, Representative, RepresentativeKind, Stale, Version, WrongState};
use super::states::{State, Submission};
use super::{assign, rows};
use crate::accounts::limits::{self, Over, Taken};
use crate::deadlines::{self, Step};
use crate::files::{self, Part};
use crate::ids::LetterId;
use crate::ledger::{self, Event, Who};
use crate::rules::Rules;
use crate::senders::Sender;
use crate::{dispatch, receipts, search, units};

#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
    #[error("there is no such draft")]
    NoDraft,
    /// It lacks these; nothing was done.
    #[error("the draft lacks something")]
    Incomplete(Vec<Gap>),
    #[error(transparent)]
    Stale(#[from] Stale),
    #[error("too many letters today")]
    TooMany { until: Moment },
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<WrongState> for SubmitError {
    fn from(_: WrongState) -> Self {
        SubmitError::NoDraft
    }
}

/// Submits a draft that its sender has checked as it is now. Submitting it again gives the same letter: a browser may repeat
/// what it got no answer to.
pub async fn submit(
    tx: &mut Tx,
    rules: &Rules,
    sender: &Sender,
    id: &LetterId,
    seen: Version,
) -> Result<Letter, SubmitError> {
    submit_as(tx, rules, sender, &Who::Sender(sender.id.clone()), id, seen).await
}

/// The same by whoever did it for the sender.
pub(crate) async fn submit_as(
    tx: &mut Tx,
    rules: &Rules,
    sender: &Sender,
    who: &Who,
    id: &LetterId,
    seen: Version,
) -> Result<Letter, SubmitError> {
    let letter = rows::find_own(tx, &sender.id, id).await?.ok_or(SubmitError::NoDraft)?;
    if !matches!(letter.state, State::Draft) {
        return Ok(letter);
    }
    letter.is_version(seen)?;
    let files = files::of_letter_part(tx, id, Part::Letter).await?;
    let unit = match letter.unit() {
        Some(unit) => units::find(tx, unit).await?.filter(|unit| !unit.is_archived),
        None => None,
    };
    let mut content = letter.content.clone();
    content.unit = unit.as_ref().map(|unit| unit.id.clone());
    let gaps = content.gaps(files.len(), rules.letters.body_characters, tx.now());
    let (Some(unit), true) = (unit, gaps.is_empty()) else { return Err(SubmitError::Incomplete(gaps)) };
    let subject = format!("submissions:{}", sender.id);
    let day = Duration::from_hours(24);
    let taken =
        limits::take(tx, Over::Organisation, &subject, rules.limits.submissions_per_sender_per_day, day).await?;
    if let Taken::Over { until } = taken {
        return Err(SubmitError::TooMany { until });
    }
    let deadline = deadlines::set(tx, rules, &unit.id, content.kind.as_ref(), Step::Review, tx.now()).await?;
    let submission = Submission {
        at: tx.now(),
        receipt: receipts::new_code(),
        text_sha256: receipts::text_digest(&letter.content.body),
        review_due: deadline.moment(),
        files_until: letter.content.has_files_following.then(|| tx.now().plus(rules.letters.files_follow)),
    };
    let event = Event::LetterSubmitted {
        receipt_code: submission.receipt.full(),
        text_sha256: submission.text_sha256.clone(),
        files_sha256: files.into_iter().map(|file| file.sha256).collect(),
        deadline: Some(deadline),
    };
    let mut letter = letter.submitted(submission)?;
    letter.reviewer = assign::whose_turn(tx).await?;
    rows::save(tx, &mut letter).await??;
    ledger::record(tx, id, who, &event).await?;
    if let Some(representative) = &letter.content.representative {
        let Representative { kind, name, paper, until, .. } = representative.clone();
        let as_what = kind.map_or("", RepresentativeKind::as_str).to_owned();
        ledger::record_beside(tx, id, who, &Event::SenderRepresented { as_what, name, paper, until }).await?;
    }
    dispatch::letter_submitted(tx, rules, sender, &letter).await?;
    search::index(tx, id).await?;
    Ok(letter)
}

//! Ruling: the signer one level up decides an objection. The decision stands, or it is made again.

use pishkhan_store::{StoreError, Tx};

use super::came_back::CameBack;
use super::decision::Decided;
use super::letter::{Letter, Stale, Version, WrongState};
use super::send_back::{SaidError, said};
use super::states::{Outcome, State};
use super::{assign, give, rows};
use crate::actor::Signer;
use crate::deadlines::{self, Step};
use crate::ids::LetterId;
use crate::ledger::{self, Event, Who};
use crate::rules::Rules;
use crate::{dispatch, search};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// The decision stands, and nobody objects to it again.
    Uphold,
    /// The sender was right: the unit, or the secretariat, decides again.
    Reconsider,
}

#[derive(Debug, thiserror::Error)]
pub enum RuleError {
    #[error("no such letter was raised to this desk")]
    NotOnDesk,
    #[error(transparent)]
    Stale(#[from] Stale),
    #[error(transparent)]
    NotObjected(#[from] WrongState),
    #[error(transparent)]
    Said(#[from] SaidError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Ruling {
    /// The word in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Ruling::Uphold => "uphold",
            Ruling::Reconsider => "reconsider",
        }
    }

    pub fn parse(text: &str) -> Option<Ruling> {
        [Ruling::Uphold, Ruling::Reconsider].into_iter().find(|ruling| ruling.as_str() == text)
    }
}

/// Decides the objection to what the signer saw in version `seen`; the sender reads the text.
pub async fn rule(
    tx: &mut Tx,
    rules: &Rules,
    signer: &Signer,
    id: &LetterId,
    seen: Version,
    ruling: Ruling,
    text: &str,
) -> Result<Letter, RuleError> {
    let letter = rows::find_raised_to(tx, signer, id).await?.ok_or(RuleError::NotOnDesk)?;
    letter.is_version(seen)?;
    let State::Objected(_, outcome, _) = &letter.state else { return Err(WrongState.into()) };
    let step = if matches!(outcome, Outcome::Rejected(_)) { Step::Review } else { Step::Answer };
    let text = said(text)?;
    let decided = match ruling {
        Ruling::Uphold => Decided::Upheld,
        Ruling::Reconsider => Decided::Reconsidered,
    };
    rows::keep_former(tx, &letter, decided, &signer.id).await??;
    let (mut letter, event) = match ruling {
        Ruling::Uphold => (letter.upheld(tx.now())?, Event::ObjectionUpheld { text }),
        Ruling::Reconsider => {
            let unit = letter.acting_unit().ok_or(StoreError::Unreadable("unit"))?;
            let deadline = deadlines::set(tx, rules, unit, letter.content.kind.as_ref(), step, tx.now()).await?;
            give::take_back(tx, &letter).await?;
            let letter = letter.reconsidered(deadline.moment(), tx.now())?;
            (letter, Event::LetterReconsidered { text, deadline: Some(deadline) })
        }
    };
    let freed = assign::free_review(tx, &mut letter).await?;
    rows::save(tx, &mut letter).await??;
    let who = Who::Staff(signer.id.clone());
    if ruling == Ruling::Reconsider {
        rows::come_back(tx, id, CameBack::Reopened, &who).await?;
    }
    ledger::record(tx, id, &who, &event).await?;
    assign::record_freed(tx, id, freed).await?;
    dispatch::objection_decided(tx, rules, &letter, ruling).await?;
    search::index(tx, id).await?;
    Ok(letter)
}

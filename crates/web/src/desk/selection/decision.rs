//! Deciding about one letter of a selection: what became of it, or what is to be mended in the form of all.

use pishkhan_office::StoreError;
use pishkhan_office::ids::{LetterId, ReasonId, UnitId};
use pishkhan_office::letters::{self, RedirectError, Refusal, RegisterError, RejectError, Version};

use super::deed::Deed;
use crate::form::Fields;
use crate::problem::Problem;
use crate::who::Reviewer;

/// What became of one letter.
pub(super) enum Decided {
    Done,
    Not(&'static str),
    /// The form is asked again, with what was typed.
    ToMend((&'static str, &'static str)),
}

/// Decides about one letter.
pub(super) async fn decide(
    reviewer: &Reviewer,
    deed: Deed,
    fields: &Fields,
    id: &LetterId,
    seen: Version,
) -> Result<Decided, Problem> {
    let (rules, actor) = (&reviewer.app.rules, &reviewer.actor);
    let mut tx = reviewer.begin().await?;
    let failed = match deed {
        Deed::Register => letters::register(&mut tx, rules, actor, id, seen).await.map_err(of_register),
        Deed::Redirect => {
            let unit = UnitId::parse(fields.get("unit"));
            letters::redirect(&mut tx, actor, id, seen, unit.as_ref()).await.map_err(of_redirect)
        }
        Deed::Reject => {
            let (reason, note) = (ReasonId::parse(fields.get("reason")), fields.get("note").to_owned());
            let refusal = Refusal { reason, note, ground: String::new() };
            letters::reject(&mut tx, rules, actor, id, seen, &refusal).await.map_err(of_reject)
        }
    };
    match failed {
        Ok(_) => {
            tx.commit().await?;
            Ok(Decided::Done)
        }
        Err(Failure::Said(why)) => Ok(Decided::Not(why)),
        Err(Failure::ToMend(field, key)) => Ok(Decided::ToMend((field, key))),
        Err(Failure::Store(error)) => Err(error.into()),
    }
}

/// Why one letter was not decided.
enum Failure {
    Said(&'static str),
    /// The same is wrong for all of them: field and sentence.
    ToMend(&'static str, &'static str),
    Store(StoreError),
}

fn of_register(error: RegisterError) -> Failure {
    match error {
        RegisterError::Store(error) => Failure::Store(error),
        RegisterError::Unscanned => Failure::Said("selection-unscanned"),
        RegisterError::ClockWentBack => Failure::Said("desk-registration-clock"),
        // Nothing is said of several letters at once, so nothing is wrong with it.
        RegisterError::NotOnDesk
        | RegisterError::Stale(_)
        | RegisterError::NotUnderReview(_)
        | RegisterError::Marks(_) => CHANGED,
    }
}

fn of_redirect(error: RedirectError) -> Failure {
    match error {
        RedirectError::Store(error) => Failure::Store(error),
        RedirectError::NoUnit => Failure::ToMend("unit-1", "desk-redirection-no-unit"),
        RedirectError::SameUnit => Failure::Said("desk-redirection-same-unit"),
        RedirectError::NotOnDesk | RedirectError::Stale(_) | RedirectError::NotUnderReview(_) => CHANGED,
    }
}

fn of_reject(error: RejectError) -> Failure {
    match error {
        RejectError::Store(error) => Failure::Store(error),
        RejectError::NoReason => Failure::ToMend("reason-1", "desk-rejection-no-reason"),
        RejectError::LongNote => Failure::ToMend("note", "desk-rejection-long-note"),
        RejectError::Ground(_) => Failure::Said(NEEDS_GROUND),
        RejectError::NotOnDesk | RejectError::Stale(_) | RejectError::NotUnderReview(_) => CHANGED,
    }
}

/// Why a letter that asks for information is not rejected together with others.
pub(super) const NEEDS_GROUND: &str = "selection-needs-ground";

const CHANGED: Failure = Failure::Said("selection-changed");

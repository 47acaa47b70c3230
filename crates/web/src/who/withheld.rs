//! Letters that are withheld on a device that came lately. It is asked at the door, where somebody becomes a sender, and not in each handler:
//! so that none is forgotten, nor one that comes later.

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use pishkhan_office::accounts::sessions::Session;
use pishkhan_office::ids::LetterId;
use pishkhan_office::senders;

use crate::problem::Problem;
use crate::visit::Visit;

/// Refuses an address that names such a letter, whatever is asked of it.
pub async fn refuse(parts: &mut Parts, visit: &Visit, session: &Session) -> Result<(), Problem> {
    // Where nothing is named that can be read, the handler says so.
    let Ok(params) = RawPathParams::from_request_parts(parts, &()).await else { return Ok(()) };
    let letter = params.iter().find(|(name, _)| ["letter", "draft"].contains(name));
    match letter.and_then(|(_, id)| LetterId::parse(id)) {
        Some(letter) => refuse_letter(visit, session, &letter).await,
        None => Ok(()),
    }
}

/// Refuses such a letter, where something else than the path names it.
pub async fn refuse_letter(visit: &Visit, session: &Session, letter: &LetterId) -> Result<(), Problem> {
    let mut tx = visit.read().await?;
    if senders::is_withheld(&mut tx, &visit.app.rules, session, letter).await? {
        return Err(Problem::Withheld);
    }
    Ok(())
}

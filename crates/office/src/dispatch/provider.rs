//! Whether a message may go out in the words of a provider's template instead of ours.

use pishkhan_courier::gateways::Channel;
use pishkhan_courier::routes;
use pishkhan_store::{Result, Tx};

use super::Draft;

/// Whether one of the routes that this message may take to a number has a template for it, in the language of who gets it. Those of the house
/// carry what no route of the organisation does.
pub async fn has_template(tx: &mut Tx, draft: &Draft) -> Result<bool> {
    let (kind, language) = (draft.kind, draft.words.language);
    let mut usable = routes::carrying(tx).await?;
    usable.retain(|route| route.definition.carries(kind, language, Channel::Sms));
    let Some(first) = usable.first() else { return Ok(false) };
    let mut beside = usable.iter().filter(|route| route.organisation == first.organisation);
    Ok(beside.any(|route| route.definition.mapping(kind, language).is_some()))
}

//! By which of the routes a message may go to a number: whether it may go out in the words of a provider's template instead of ours, and
//! whether there is another way for a code that didn't come.

use pishkhan_courier::gateways::Channel;
use pishkhan_courier::routes::{self, Route};
use pishkhan_persian::Language;
use pishkhan_store::{Result, Tx};

use super::{Draft, kinds};
use crate::words::{sms_parts, ucs2_parts};

/// By which way another code goes to a number that the last one may not have reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextWay {
    /// By another than the last one.
    Another,
    /// Perhaps by the same, since no other is there, or none that is well.
    Same,
}

/// Whether one of the routes that this message may take to a number has a template for it, in the language of who gets it.
pub async fn has_template(tx: &mut Tx, draft: &Draft) -> Result<bool> {
    let (kind, language) = (draft.kind, draft.words.language);
    let routes = carrying(tx, kind, language).await?;
    Ok(routes.iter().any(|route| route.definition.mapping(kind, language).is_some()))
}

/// How the parts of such a message to a number are counted: a route on which even plain English goes as UCS-2 has shorter ones.
pub async fn parts_of(tx: &mut Tx, kind: &str, language: Language) -> Result<fn(&str) -> usize> {
    let routes = carrying(tx, kind, language).await?;
    let is_short = routes.iter().any(|route| route.definition.gateway.is_ucs2_only());
    let count: fn(&str) -> usize = if is_short { ucs2_parts } else { sms_parts };
    Ok(count)
}

/// By which way another code of this kind would go to whoever reads that language. What stands back comes last, also behind the way of the last
/// one, so one that is well beside it promises nothing.
pub async fn next_way(tx: &mut Tx, kind: &str, language: Language) -> Result<NextWay> {
    let now = tx.now();
    let routes = carrying(tx, kind, language).await?;
    let well = routes.iter().filter(|route| !route.stands_back_for(kind, language, now)).count();
    let choice = if well == 0 { routes.len() } else { well };
    Ok(if choice > 1 { NextWay::Another } else { NextWay::Same })
}

/// The kind of message by which a code of that kind is read out over the phone to whoever reads that language; none where no route does so.
pub async fn call_for(tx: &mut Tx, code: &str, language: Language) -> Result<Option<&'static str>> {
    let Some(call) = kinds::call_of(code) else { return Ok(None) };
    Ok((!carrying(tx, call, language).await?.is_empty()).then_some(call))
}

/// The routes that a message of this kind may take to a number: those of the house carry what no route of the organisation does. None where it
/// takes the gateway of the settings.
async fn carrying(tx: &mut Tx, kind: &str, language: Language) -> Result<Vec<Route>> {
    let mut usable = routes::carrying(tx).await?;
    usable.retain(|route| route.definition.carries(kind, language, Channel::Sms));
    let whose = usable.first().map(|route| route.organisation.clone());
    usable.retain(|route| Some(&route.organisation) == whose.as_ref());
    Ok(usable)
}

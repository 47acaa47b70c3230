//! How far back a page looks. A word that few letters have, or many that have all of what is asked, is a short way in any archive. Words that
//! many letters have and none has together are looked for in all letters of each: so a page passes over so many of the rarest and no more,
//! says until when it looked, and the next one goes on from there, seven times as far as all before it.

use pishkhan_persian::TehranDay;
use pishkhan_store::{Result, Tx};

use super::expression::Expression;
use super::places::{self, Found, Span};

/// What is looked through first, without asking how often anything is.
const NEAR: i64 = 64 * 86_400_000;
/// By the place of that letter of a list it is told how close the letters of the list lie.
const SAMPLE: u32 = 200;
/// So many letters of the rarest list are passed over, about.
const ENOUGH: i64 = 5_000;
/// So many times as far as what was looked through before.
const FURTHER: i64 = 7;

/// What was found of how much.
#[derive(Debug, Default)]
pub(super) struct Looked {
    /// Newest first.
    pub found: Vec<Found>,
    /// There are older places than this one, which were not looked at. It is the beginning of a day, so that the page can name it.
    pub reached: Option<i64>,
}

/// The newest letters with all of it, of which `lists` are those that may be long and never meet. `start` is where the first page begins.
pub(super) async fn newest(
    tx: &mut Tx,
    whole: &Expression,
    lists: &[Expression],
    span: Span,
    start: i64,
    most: u32,
) -> Result<Looked> {
    let Some((oldest, last)) = places::ends(tx).await? else { return Ok(Looked::default()) };
    let span = Span { first: span.first.max(oldest), end: span.end.min(last + 1) };
    if span.end <= span.first {
        return Ok(Looked::default());
    }
    let near = Span { first: of_day(span.end - NEAR, span), ..span };
    let mut found = places::newest(tx, whole, near, most).await?;
    let lacking = most.saturating_sub(u32::try_from(found.len()).unwrap_or(u32::MAX));
    if lacking == 0 || near.first == span.first {
        return Ok(Looked { found, reached: None });
    }
    let before = start.min(last + 1) - span.end;
    let first = depth(tx, lists, span, before).await?.min(near.first);
    let rest = places::newest(tx, whole, Span { first, end: near.first }, lacking).await?;
    let reached = (rest.len() < lacking as usize && first > span.first).then_some(first);
    found.extend(rest);
    Ok(Looked { found, reached })
}

/// Down to which place a page looks, where those before it looked through so much. Letters of a list are taken to lie as close further back
/// as the newest of the span do.
async fn depth(tx: &mut Tx, lists: &[Expression], span: Span, before: i64) -> Result<i64> {
    let mut widest = 0;
    for list in lists {
        match places::nth(tx, list, span, SAMPLE).await? {
            None => return Ok(span.first),
            Some(place) => widest = widest.max(span.end - place),
        }
    }
    let enough = widest.saturating_mul(ENOUGH / i64::from(SAMPLE));
    let width = enough.max(before.saturating_mul(FURTHER));
    Ok(of_day(span.end.saturating_sub(width), span))
}

/// The beginning of the day of that place, within the span.
fn of_day(place: i64, span: Span) -> i64 {
    TehranDay::of(place.max(span.first)).start().max(span.first)
}

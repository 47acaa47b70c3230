//! How far back a page looks. A word that few letters have, or many that have all of what is asked, is a short way in any archive. Words that
//! many letters have and none has together are looked for in all letters of each: so a page passes over so many of the rarest and no more,
//! says until when it looked, and the next one goes on from there, seven times as far as all before it.

use pishkhan_persian::TehranDay;
use pishkhan_store::{Result, Tx};

use super::expression::any_token;
use super::places::{self, Found, Span};
use super::sought::Sought;
use super::spans::{self, Step};

/// By the place of that letter of a list it is told how close the letters of the list lie.
const SAMPLE: u32 = 200;
/// So many letters of the rarest list are passed over, about.
const ENOUGH: i64 = 2_000;
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

/// The newest letters as they are sought. `start` is where the first page begins.
pub(super) async fn newest(tx: &mut Tx, sought: &Sought, span: Span, start: i64, most: u32) -> Result<Looked> {
    let Some((oldest, last)) = places::ends(tx).await? else { return Ok(Looked::default()) };
    let span = Span { first: span.first.max(oldest), end: span.end.min(last + 1) };
    if span.end <= span.first {
        return Ok(Looked::default());
    }
    let before = start.min(last + 1) - span.end;
    let first = depth(tx, sought, span, before).await?;
    // Whoever looks through all needs no days.
    let steps = if first > oldest { spans::cover(first, span.end) } else { None };
    let first = steps.as_deref().and_then(<[Step]>::last).map_or(span.first, |step| spans::next_day(step.first()));
    let within = steps.map(|steps| any_token(steps.into_iter().map(Step::token)));
    let looked_at = Span { first: first.max(span.first), ..span };
    let found = places::newest(tx, &sought.expression(within), looked_at, most).await?;
    let reached = (found.len() < most as usize && first > span.first).then_some(first);
    Ok(Looked { found, reached })
}

/// Down to which place a page looks at least, where those before it looked through so much. Letters of a list are taken to lie as close
/// further back as the newest of the span do.
async fn depth(tx: &mut Tx, sought: &Sought, span: Span, before: i64) -> Result<i64> {
    let mut widest = 0;
    for list in sought.lists() {
        match places::nth(tx, list, span, SAMPLE).await? {
            None => return Ok(span.first),
            Some(place) => widest = widest.max(span.end - place),
        }
    }
    let enough = widest.saturating_mul(ENOUGH / i64::from(SAMPLE));
    let width = enough.max(before.saturating_mul(FURTHER));
    let first = span.end.saturating_sub(width).max(span.first);
    Ok(TehranDay::of(first).start().max(span.first))
}

//! How far back a page looks. A word that few letters have, or many that have all of what is asked, is a short way in any archive. Words that
//! many letters have and none has together are looked for in all letters of each: so a page passes over so many of the rarest and no more, and
//! says until when it looked.

use pishkhan_persian::TehranDay;
use pishkhan_store::{Result, Tx};

use super::expression::any_token;
use super::places::{self, Found, Span};
use super::sought::Sought;
use super::spans::{self, Step};

/// So many letters of the rarest list are passed over.
const ENOUGH: u32 = 300;

/// What was found of how much.
#[derive(Debug, Default)]
pub(super) struct Looked {
    /// Newest first.
    pub found: Vec<Found>,
    /// There are older places than this one, which were not looked at. It is the beginning of a day, so that the page can name it.
    pub reached: Option<i64>,
}

/// The newest letters as they are sought, of as many as a page looks through.
pub(super) async fn newest(tx: &mut Tx, sought: &Sought, span: Span, most: u32) -> Result<Looked> {
    let Some((oldest, last)) = places::ends(tx).await? else { return Ok(Looked::default()) };
    let span = Span { first: span.first.max(oldest), end: span.end.min(last + 1) };
    if span.end <= span.first {
        return Ok(Looked::default());
    }
    let first = depth(tx, sought, span).await?;
    // Whoever looks through all needs no days.
    let is_part = first > oldest || span.end <= last;
    let steps = if is_part { spans::cover(first, span.end) } else { None };
    let oldest_step = steps.as_deref().and_then(<[Step]>::last);
    // Where all is looked at, it begins with the oldest place itself, whatever its hour.
    let first = oldest_step.map_or(span.first, |step| spans::next_day(step.first()).min(first));
    let within = steps.map(|steps| any_token(steps.into_iter().map(Step::token)));
    let looked_at = Span { first: first.max(span.first), ..span };
    let found = places::newest(tx, &sought.expression(within), looked_at, most).await?;
    let reached = (found.len() < most as usize && first > span.first).then_some(first);
    Ok(Looked { found, reached })
}

/// Down to which place a page looks at least: the beginning of the day of the last letter that is passed over.
async fn depth(tx: &mut Tx, sought: &Sought, span: Span) -> Result<i64> {
    let mut first = span.end;
    for list in sought.lists() {
        match places::nth(tx, list, span, ENOUGH).await? {
            None => return Ok(span.first),
            Some(place) => first = first.min(place),
        }
    }
    Ok(TehranDay::of(first).start().max(span.first))
}

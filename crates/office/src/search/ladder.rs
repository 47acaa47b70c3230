//! How PostgreSQL comes to the newest letters. Its index of words knows no order: asked for a common word it finds half a million
//! letters and sorts them. So what is asked for is looked for in the newest days first, then in more; where too much lies, it is parted again.

use pishkhan_store::{Result, Tx};

use super::expression::{Expression, any_token};
use super::places::{self, Found, Span};
use super::spans::{RUNGS, Step};

/// The widest that is tried before all.
const WIDEST_TRIED: u32 = 2;
/// So many findings are put in order; when there are more, a narrower span is taken.
const BOUND: i64 = 1000;

/// The newest letters with these tokens, newest first.
pub(super) async fn newest(tx: &mut Tx, asked: &Expression, span: Span, most: u32) -> Result<Vec<Found>> {
    let Some((_, last)) = places::ends(tx).await? else { return Ok(Vec::new()) };
    let span = Span { end: span.end.min(last + 1), ..span };
    if span.end <= span.first {
        return Ok(Vec::new());
    }
    for rung in 0..=WIDEST_TRIED {
        let newest = Step::at(rung, span.end - 1);
        let steps = [newest, newest.before()];
        let within = Expression::All(vec![asked.clone(), any_token(steps.map(Step::token))]);
        let (found, is_more) = places::bounded(tx, &within, span, BOUND, most).await?;
        if is_more {
            return down(tx, asked, span, most, rung).await;
        }
        if found.len() >= most as usize || steps[1].first() <= span.first {
            return Ok(found);
        }
    }
    let (found, is_more) = places::bounded(tx, asked, span, BOUND, most).await?;
    if is_more { down(tx, asked, span, most, RUNGS - 1).await } else { Ok(found) }
}

/// Walks from the newest span of that rung back, each parted where too much lies in it.
async fn down(tx: &mut Tx, asked: &Expression, span: Span, most: u32, rung: u32) -> Result<Vec<Found>> {
    let mut all = Vec::new();
    let mut next = Step::at(rung, span.end - 1);
    let mut steps = vec![next];
    while all.len() < most as usize {
        let Some(step) = steps.pop() else {
            next = next.before();
            if next.end() <= span.first {
                break;
            }
            steps.push(next);
            continue;
        };
        let within = Expression::All(vec![asked.clone(), Expression::Token(step.token())]);
        // A day is not parted any more: what lies in it is put in order, however much.
        let bound = if step.is_day() { i64::MAX } else { BOUND };
        let (found, is_more) = places::bounded(tx, &within, span, bound, most).await?;
        if is_more {
            steps.extend(step.parts());
        } else {
            all.extend(found);
        }
    }
    all.truncate(most as usize);
    Ok(all)
}

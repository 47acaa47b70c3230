//! How PostgreSQL comes to the newest letters. Its index of words knows no order: asked for a common word it finds half a million
//! letters and sorts them. So every letter has a token for its day, its eight days, and so on, and what is asked for is looked for
//! in the newest days first, then in more; where too much lies, it is parted again.

use pishkhan_store::{Result, Tx};

use super::expression::{Expression, any_token};
use super::places::{self, Found, Span};

/// How many rungs there are: spans of 1, 8, 64 and 512 days.
const RUNGS: u32 = 4;
/// The widest that is tried before all.
const WIDEST_TRIED: u32 = 2;
const DAY: i64 = 86_400_000;
/// So many findings are put in order; when there are more, a narrower span is taken.
const BOUND: i64 = 1000;

/// One of the spans into which all time is parted on a rung.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Step {
    rung: u32,
    number: i64,
}

/// The tokens of the spans in which a place lies.
pub(super) fn spans_of(place: i64) -> Vec<String> {
    (0..RUNGS).map(|rung| Step::at(rung, place).token()).collect()
}

/// The newest letters with these tokens, newest first.
pub(super) async fn newest(tx: &mut Tx, asked: &Expression, span: Span, most: u32) -> Result<Vec<Found>> {
    let Some(last) = places::last(tx).await? else { return Ok(Vec::new()) };
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
        let bound = if step.rung == 0 { i64::MAX } else { BOUND };
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

impl Step {
    fn at(rung: u32, place: i64) -> Step {
        Step { rung, number: place.div_euclid(width(rung)) }
    }

    fn before(self) -> Step {
        Step { number: self.number - 1, ..self }
    }

    fn first(self) -> i64 {
        self.number * width(self.rung)
    }

    fn end(self) -> i64 {
        self.first() + width(self.rung)
    }

    /// Its parts on the rung below, the newest last.
    fn parts(self) -> impl Iterator<Item = Step> {
        let (rung, first) = (self.rung - 1, self.number * 8);
        (first..first + 8).map(move |number| Step { rung, number })
    }

    fn token(self) -> String {
        format!("_{}{}", self.rung, self.number)
    }
}

fn width(rung: u32) -> i64 {
    DAY << (3 * rung)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_step_are_all_of_it() {
        let step = Step::at(2, 1_920_521_520_000);
        let parts: Vec<Step> = step.parts().collect();
        assert_eq!((parts[0].first(), parts[7].end()), (step.first(), step.end()));
        assert!(parts.windows(2).all(|pair| pair[0].end() == pair[1].first()));
        assert!(step.first() <= 1_920_521_520_000 && 1_920_521_520_000 < step.end());
    }

    #[test]
    fn a_place_lies_in_one_span_of_each_rung() {
        assert_eq!(spans_of(1_920_521_520_000), ["_022228", "_12778", "_2347", "_343"]);
    }
}

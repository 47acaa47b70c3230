//! The search: what was asked becomes tokens, the index gives the newest letters that have them, and each is read by the rule of
//! the letter's own page.

use pishkhan_store::{Moment, Result, Tx};

use super::expression::Expression;
use super::hit::{Hit, hit};
use super::lists::{self, PAGE};
use super::places::{self, Span};
use super::query::Query;
use super::reach::{self, Looked};
use super::sought::Sought;
use super::{said, sight, tokens};
use crate::actor::Staff;
use crate::ids::{KindId, UnitId};
use crate::senders::SenderKind;

/// The states that can be asked for: all but drafts, which nobody at the desk sees.
pub const STATES: [&str; 12] = [
    "submitted",
    "returned",
    "registered",
    "in_progress",
    "awaiting_sender",
    "answer_review",
    "answered",
    "objected",
    "rejected",
    "withdrawn",
    "lapsed",
    "closed",
];

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub query: Query,
    pub filter: Filter,
    /// How what was typed is taken; None: as a number or code when there is such a letter, else as words.
    pub by: Option<By>,
    /// Where the page before ended.
    pub after: Option<i64>,
    /// Through all that is older, however long it takes; otherwise as far as a page may look.
    pub is_far: bool,
}

/// Which letters, whatever is in them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub unit: Option<UnitId>,
    /// One of [`STATES`].
    pub state: Option<&'static str>,
    pub kind: Option<KindId>,
    pub sender_kind: Option<SenderKind>,
    pub has_file: bool,
    /// Submitted from then on.
    pub from: Option<Moment>,
    /// Submitted before then.
    pub until: Option<Moment>,
}

/// As what something was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The number or code of a letter, a receipt, a mobile number.
    Code,
    /// Words in names, subjects and texts; nothing typed at all is these, too.
    Words,
}

/// A page of what was found, newest first.
#[derive(Clone, Debug)]
pub struct Findings {
    pub hits: Vec<Hit>,
    pub by: By,
    /// Where the next page goes on.
    pub next: Option<i64>,
    /// The page isn't full, and letters from before then were not looked at.
    pub reached: Option<Moment>,
    /// Letters that went out of sight between the index and their own rows; the page is so much shorter.
    pub left_out: usize,
}

impl Filter {
    pub fn is_empty(&self) -> bool {
        *self == Filter::default()
    }

    pub(super) fn tokens(&self) -> Vec<String> {
        let unit = self.unit.iter().map(|unit| tokens::unit_token(unit.as_str()));
        let state = self.state.iter().map(|state| tokens::state_token(state));
        let kind = self.kind.iter().map(|kind| tokens::kind_token(kind.as_str()));
        let sender = self.sender_kind.iter().map(|sender| tokens::sender_kind_token(sender.as_str()));
        let file = self.has_file.then(tokens::file_token);
        unit.chain(state).chain(kind).chain(sender).chain(file).collect()
    }

    fn span(&self, after: Option<i64>) -> Span {
        let end = self.until.map_or(i64::MAX, |until| until.0).min(after.unwrap_or(i64::MAX));
        Span { first: self.from.map_or(0, |from| from.0), end }
    }
}

/// Whether this person sees any letters at all.
pub fn may_search(tx: &Tx, staff: &Staff) -> bool {
    sight::of(tx.organisation(), staff).is_some()
}

/// A page of the letters that this person may see and that are as asked.
pub async fn search(tx: &mut Tx, staff: &Staff, asked: &Asked) -> Result<Findings> {
    gather(tx, staff, asked, PAGE).await
}

/// The same of another length, for a table that is taken along: the index is asked once for all of them, and all of it.
pub async fn stretch(tx: &mut Tx, staff: &Staff, asked: &Asked, most: u32) -> Result<Findings> {
    gather(tx, staff, &Asked { is_far: true, ..asked.clone() }, most).await
}

async fn gather(tx: &mut Tx, staff: &Staff, asked: &Asked, most: u32) -> Result<Findings> {
    let ways = match asked.by {
        Some(by) => vec![by],
        None => vec![By::Code, By::Words],
    };
    let (mut looked, mut by) = (Looked::default(), By::Words);
    for way in ways {
        (looked, by) = (newest(tx, staff, asked, way, most + 1).await?, way);
        if !looked.found.is_empty() {
            break;
        }
    }
    let Looked { mut found, reached } = looked;
    let has_more = found.len() > most as usize;
    found.truncate(most as usize);
    let next = found.last().filter(|_| has_more).map(|last| last.place);
    let mut hits = Vec::with_capacity(found.len());
    for page in found.chunks(PAGE as usize) {
        let mut seen = lists::seen(tx, staff, page, &asked.query).await?;
        if by == By::Words && !asked.query.is_empty() {
            said::hear(tx, &mut seen).await?;
        }
        hits.extend(seen.into_iter().map(|seen| hit(&asked.query, by, seen)));
    }
    let left_out = found.len() - hits.len();
    Ok(Findings { hits, by, next, reached: reached.map(Moment), left_out })
}

/// Whether this person would find anything, taken in whichever way, as far back as a page looks.
pub(super) async fn finds(tx: &mut Tx, staff: &Staff, asked: &Asked) -> Result<bool> {
    let typed = match (asked.query.as_code(), asked.query.as_words()) {
        (Some(code), Some(words)) => Some(Expression::Any(vec![code, words])),
        (code, words) => code.or(words),
    };
    let is_readable = typed.is_some() || asked.query.text.is_empty();
    Ok(is_readable && !with(tx, staff, asked, typed, 1, asked.is_far).await?.found.is_empty())
}

/// The newest letters as asked; none when nothing that was typed can be taken so.
async fn newest(tx: &mut Tx, staff: &Staff, asked: &Asked, by: By, most: u32) -> Result<Looked> {
    let (typed, is_far) = match by {
        // A number is few letters', or one list of a year: it is looked for everywhere.
        By::Code => (asked.query.as_code(), true),
        By::Words => (asked.query.as_words(), asked.is_far),
    };
    let is_anything = by == By::Words && asked.query.text.is_empty();
    if typed.is_some() || is_anything {
        with(tx, staff, asked, typed, most, is_far).await
    } else {
        Ok(Looked::default())
    }
}

/// The newest letters that this person may see, that the filter lets through, and that have what was typed.
async fn with(
    tx: &mut Tx,
    staff: &Staff,
    asked: &Asked,
    typed: Option<Expression>,
    most: u32,
    is_far: bool,
) -> Result<Looked> {
    let Some(sought) = Sought::by(tx, staff, &asked.filter, typed) else { return Ok(Looked::default()) };
    let span = asked.filter.span(asked.after);
    if sought.may_be_long() && !is_far {
        return reach::newest(tx, &sought, span, most).await;
    }
    let found = places::newest(tx, &sought.expression(None), span, most).await?;
    Ok(Looked { found, reached: None })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::letters;

    #[test]
    fn every_state_of_the_life_can_be_asked_for_but_the_drafts() {
        let lived: BTreeSet<&str> = letters::ARROWS.iter().flat_map(|arrow| [arrow.from, arrow.to]).collect();
        let asked: BTreeSet<&str> = STATES.into_iter().chain(["draft"]).collect();
        assert_eq!(asked, lived);
    }
}

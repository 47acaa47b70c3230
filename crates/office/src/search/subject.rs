//! Letters under the same subject, whoever wrote them, as somebody who reads one of them looks for others.

use pishkhan_store::{Result, Tx};

use super::expression::Expression;
use super::places::{self, Span};
use super::query::Query;
use super::{lists, sight, tokens};
use crate::actor::Staff;
use crate::letters::Letter;

/// So many are looked for; with more of them the newest tell enough.
const MOST: u32 = 6;

/// The newest letters under this subject that this person may see, however it is spelled; none when it has no letter or digit.
pub async fn under_subject(tx: &mut Tx, staff: &Staff, subject: &str) -> Result<Vec<Letter>> {
    let (Some(sight), Some(token)) = (sight::of(tx.organisation(), staff), tokens::subject_token(subject)) else {
        return Ok(Vec::new());
    };
    let asked = Expression::All(vec![sight, Expression::Token(token)]);
    let found = places::newest(tx, &asked, Span { first: 0, end: i64::MAX }, MOST).await?;
    Ok(lists::seen(tx, staff, &found, &Query::default()).await?.into_iter().map(|seen| seen.letter).collect())
}

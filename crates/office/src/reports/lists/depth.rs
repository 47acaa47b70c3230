//! How deep a page of a list behind a figure goes. The archive grows without end, and filters that let hardly anything through would
//! go through all of it for one page.

use pishkhan_store::{Result, Row, Tx, query};

use crate::letters::Place;
use crate::reports::asked::{By, Where};
use crate::reports::{Outcome, Told};

/// How many letters, or messages, are gone through for a page.
pub(super) const MOST: u32 = 10_000;

/// The moment down to which is gone through for a page that begins there; None: there are no more, or few enough in any case.
///
/// Whatever stands at that very moment is gone through, too.
pub(super) async fn floor(tx: &mut Tx, asked: &Where, begins: &Place, most: u32) -> Result<Option<i64>> {
    let Some(statement) = statement(asked) else { return Ok(None) };
    let organisation = tx.organisation().0.clone();
    let query = query(statement).bind(organisation).bind(begins.at).bind(begins.id.clone()).bind(i64::from(most));
    let query = match asked.told {
        Some(Told::As(fate)) if asked.by == By::Message => query.bind(fate.as_str()),
        _ => query,
    };
    let row = query.fetch_optional(tx.connection()).await?;
    row.map(|row| Ok(row.try_get("ordered_at")?)).transpose()
}

/// Where the page begins that goes on below that moment.
pub(super) fn behind(asked: &Where, floor: i64) -> Place {
    // Less than the id of any letter, and of any message.
    let id = if asked.by == By::Message { "0".repeat(32) } else { "2".repeat(26) };
    Place { at: floor, id }
}

/// The order of each list without its filters, along its index; none for what is open, which is few.
fn statement(asked: &Where) -> Option<&'static str> {
    Some(match asked.by {
        By::Due => return None,
        By::Arrived if matches!(asked.outcome, Some(Outcome::Waiting | Outcome::Returned)) => return None,
        By::Arrived => {
            "select submitted_at as ordered_at from letters
             where organisation_id = $1 and submitted_at is not null and (submitted_at, id) < ($2, $3)
             order by submitted_at desc, id desc limit 1 offset $4"
        }
        By::Decided if asked.outcome == Some(Outcome::Rejected) => {
            "select rejected_at as ordered_at from letters
             where organisation_id = $1 and rejected_at is not null and (rejected_at, id) < ($2, $3)
             order by rejected_at desc, id desc limit 1 offset $4"
        }
        By::Decided if asked.is_late => {
            "select coalesce(registered_at, rejected_at) as ordered_at from letters
             where organisation_id = $1 and coalesce(registered_at, rejected_at) > review_due_at
               and (coalesce(registered_at, rejected_at), id) < ($2, $3)
             order by coalesce(registered_at, rejected_at) desc, id desc limit 1 offset $4"
        }
        By::Decided => {
            "select coalesce(registered_at, rejected_at) as ordered_at from letters
             where organisation_id = $1 and (coalesce(registered_at, rejected_at), id) < ($2, $3)
             order by coalesce(registered_at, rejected_at) desc, id desc limit 1 offset $4"
        }
        By::Answered if asked.is_late => {
            "select answered_at as ordered_at from letters
             where organisation_id = $1 and answered_at > answer_due_at and (answered_at, id) < ($2, $3)
             order by answered_at desc, id desc limit 1 offset $4"
        }
        By::Answered => {
            "select answered_at as ordered_at from letters
             where organisation_id = $1 and answered_at is not null and (answered_at, id) < ($2, $3)
             order by answered_at desc, id desc limit 1 offset $4"
        }
        By::Rated => {
            "select rated_at as ordered_at from letters
             where organisation_id = $1 and rated_at is not null and (rated_at, id) < ($2, $3)
             order by rated_at desc, id desc limit 1 offset $4"
        }
        By::Message => match asked.told {
            None => {
                "select at as ordered_at from counted_messages
                 where organisation_id = $1 and (at, message_id) < ($2, $3)
                 order by at desc, message_id desc limit 1 offset $4"
            }
            Some(Told::As(_)) => {
                "select at as ordered_at from counted_messages
                 where organisation_id = $1 and fate = $5 and (at, message_id) < ($2, $3)
                 order by at desc, message_id desc limit 1 offset $4"
            }
            Some(Told::Lost) => {
                "select at as ordered_at from counted_messages
                 where organisation_id = $1 and lost = 1 and (at, message_id) < ($2, $3)
                 order by at desc, message_id desc limit 1 offset $4"
            }
        },
    })
}

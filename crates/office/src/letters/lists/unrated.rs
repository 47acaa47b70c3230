//! Which letters a sender may still rate.

use pishkhan_store::{Result, Row, Tx, query};

use crate::ids::{LetterId, SenderId};
use crate::letters::representative::in_hands;

/// The sender's letters that have come to their end and were not rated, as [`crate::letters::can_be_rated`] has it; two at most, since
/// whoever asks wants to know whether there is just one.
pub async fn unrated(tx: &mut Tx, sender: &SenderId) -> Result<Vec<LetterId>> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    let rows = query(concat!(
        "select l.id from letters l
         where l.organisation_id = $1 and l.sender_id = $2 and l.state in ('answered', 'closed') and l.rating is null and ",
        in_hands!("$3"),
        " order by l.created_at desc, l.id desc limit 2"
    ))
    .bind(organisation)
    .bind(sender.as_str())
    .bind(now)
    .fetch_all(tx.connection())
    .await?;
    rows.iter().map(|row| Ok(LetterId::stored(row.try_get(0)?))).collect()
}

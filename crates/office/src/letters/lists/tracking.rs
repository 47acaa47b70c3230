//! What a tracking code finds: for its sender the letter, for anybody else its trail.

use pishkhan_persian::TrackingCode;
use pishkhan_store::{Result, Row, Tx, query};

use crate::ids::{LetterId, SenderId};
use crate::letters::letter::Letter;
use crate::letters::representative::in_hands;
use crate::letters::rows;

/// What a tracking code tells anybody: status, number and dates.
#[derive(Clone, Debug)]
pub struct Trail {
    pub letter: Letter,
}

/// The sender's own letter of that tracking code.
pub async fn tracked(tx: &mut Tx, sender: &SenderId, code: &TrackingCode) -> Result<Option<LetterId>> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    let row = query(concat!(
        "select l.id from letters l where l.organisation_id = $1 and l.tracking_code = $2 and l.sender_id = $3 and ",
        in_hands!("$4")
    ))
    .bind(organisation)
    .bind(code.as_str())
    .bind(sender.as_str())
    .bind(now)
    .fetch_optional(tx.connection())
    .await?;
    Ok(row.map(|row| row.try_get::<String, _>(0)).transpose()?.map(|id| LetterId::stored(&id)))
}

/// What the code tells a visitor.
pub async fn public_trail(tx: &mut Tx, code: &TrackingCode) -> Result<Option<Trail>> {
    let organisation = tx.organisation().0.clone();
    query("select * from letters where organisation_id = $1 and tracking_code = $2")
        .bind(organisation)
        .bind(code.as_str())
        .fetch_optional(tx.connection())
        .await?
        .map(|row| Ok(Trail { letter: rows::letter(&row)? }))
        .transpose()
}

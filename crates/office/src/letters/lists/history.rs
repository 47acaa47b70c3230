//! «نامه‌های من»: a sender's own letters, newest first, and how many there are of each kind. Of those that are out of their hands, since the
//! paper by which they represented somebody has ended, nothing tells the state.

use pishkhan_store::{Moment, Result, Row, Tx, query};

use super::{Card, Place, card, count, paged};
use crate::ids::SenderId;
use crate::letters::card_columns;
use crate::letters::representative::in_hands;

/// How many letters a page has.
const PAGE: u32 = 20;

/// Which of a sender's letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    All,
    Drafts,
    Review,
    Accepted,
    Rejected,
}

/// How many of each.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    pub drafts: u64,
    pub review: u64,
    pub accepted: u64,
    pub rejected: u64,
    pub other: u64,
}

/// A sender's letters, newest first, 20 a page; and where the next page begins. With a moment, none that was begun before it.
pub async fn history(
    tx: &mut Tx,
    sender: &SenderId,
    filter: Filter,
    after: Option<&Place>,
    since: Option<Moment>,
) -> Result<(Vec<Card>, Option<Place>)> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    let group = match filter {
        Filter::All => "all",
        Filter::Drafts => "drafts",
        Filter::Review => "review",
        Filter::Accepted => "accepted",
        Filter::Rejected => "rejected",
    };
    let cards = query(
        concat!("select ", card_columns!(), "
         from letters l left join units u on u.organisation_id = l.organisation_id and u.id = l.unit_id
         where l.organisation_id = $1 and l.sender_id = $2
           and (l.created_at < $4 or (l.created_at = $4 and l.id < $5)) and l.created_at >= $7
           and ($3 = 'all'
                or ($3 = 'drafts' and l.state = 'draft')
                or ($3 = 'review' and l.state in ('submitted', 'returned'))
                or ($3 = 'accepted' and l.state in ('registered', 'in_progress', 'awaiting_sender', 'answer_review', 'answered', 'closed'))
                or ($3 = 'rejected' and l.state = 'rejected'))
           and ($3 = 'all' or ", in_hands!("$8"), ")
         order by l.created_at desc, l.id desc limit $6"),
    )
    .bind(organisation)
    .bind(sender.as_str())
    .bind(group)
    .bind(after.map_or(i64::MAX, |place| place.at))
    .bind(after.map_or("", |place| place.id.as_str()))
    .bind(i64::from(PAGE + 1))
    .bind(since.map_or(i64::MIN, |since| since.0))
    .bind(now)
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(card)
    .collect::<Result<Vec<_>>>()?;
    Ok(paged(cards, PAGE, |letter| Some(letter.created_at)))
}

/// How many letters a sender has of each kind. With a moment, none that was begun before it.
pub async fn history_counts(tx: &mut Tx, sender: &SenderId, since: Option<Moment>) -> Result<Counts> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    let rows = query(concat!(
        "select s.told, count(*) from (
             select case when ",
        in_hands!("$4"),
        " then l.state else '' end as told
             from letters l where l.organisation_id = $1 and l.sender_id = $2 and l.created_at >= $3
         ) s group by s.told"
    ))
    .bind(organisation)
    .bind(sender.as_str())
    .bind(since.map_or(i64::MIN, |since| since.0))
    .bind(now)
    .fetch_all(tx.connection())
    .await?;
    let mut counts = Counts::default();
    for row in rows {
        let n = count(&row, 1)?;
        match row.try_get::<String, _>(0)?.as_str() {
            "draft" => counts.drafts += n,
            "submitted" | "returned" => counts.review += n,
            "rejected" => counts.rejected += n,
            "registered" | "in_progress" | "awaiting_sender" | "answer_review" | "answered" | "closed" => {
                counts.accepted += n;
            }
            // Objected, withdrawn and lapsed letters may have a number or not: they are found among all, as those out of their hands are.
            _ => counts.other += n,
        }
    }
    Ok(counts)
}

//! Claiming what is due, and how far a worker has looked for it.

use std::time::Duration;

use pishkhan_persian::Language;
use pishkhan_store::{Moment, OrganisationId, Result, Row, Tx, query};
use sqlx::any::AnyRow;

use super::Claimed;
use crate::MessageId;
use crate::gateways::Urgency;
use crate::routes::RouteId;

// Only the first 500 are looked through: thousands of news may wait for the answers before them, and each must be asked for its person.
//
// What waits for none may still stand behind one that is due and was not chosen with it: since that one waits for the one before both, or lies
// outside of these 500 or of the places. So it is asked of the few that were chosen whether all that their person reads before them were, too.
//
// Two statements, in a turn that nobody else has: which ones, and then each by its key. In one, PostgreSQL went for each that was chosen through
// all that waits, as long as it had counted nothing of a table.
pub(super) const CHOOSE: &str = "with free as (
         select o.organisation_id, o.id, o.recipient, o.created_at, o.due_at from (
             select organisation_id, id, recipient, urgency, due_at, created_at from outbox
             where urgency = $3 and due_at <= $1 and (due_at, created_at, organisation_id, id) > ($4, $5, $6, $7)
               and sent_at is null and parked_at is null
             order by due_at, created_at, organisation_id, id limit 500
         ) o
         where $3 = 0 or not exists (
             select 1 from outbox b
             where b.organisation_id = o.organisation_id and b.recipient = o.recipient and b.created_at <= o.created_at
               and b.urgency between 1 and o.urgency and b.sent_at is null and b.parked_at is null
               and (b.urgency < o.urgency or b.due_at > o.due_at and (b.created_at < o.created_at or b.id < o.id)))
         order by o.due_at, o.created_at, o.organisation_id, o.id limit $2
     )
     select f.organisation_id, f.id from free f
     where $3 = 0 or not exists (
         select 1 from outbox b
         where b.organisation_id = f.organisation_id and b.recipient = f.recipient and b.created_at <= f.created_at
           and (b.created_at < f.created_at or b.id < f.id) and b.urgency = $3
           and b.sent_at is null and b.parked_at is null
           and (b.organisation_id, b.id) not in (select organisation_id, id from free))
     order by f.due_at, f.created_at, f.organisation_id, f.id";

// What became something else meanwhile, such as withdrawn, is not claimed.
pub(super) const CLAIM: &str = "update outbox set due_at = $1, tries = tries + 1
     where organisation_id = $3 and id = $4 and due_at <= $2 and sent_at is null and parked_at is null
     returning organisation_id, id, recipient, template, text, created_at, expires_at, tries, places, about, route_id, language,
               handed_at";

// The last of those that a claim looks through.
pub(super) const LAST: &str = "select due_at, created_at, organisation_id, id from outbox
     where urgency = $1 and due_at <= $2 and (due_at, created_at, organisation_id, id) > ($3, $4, $5, $6)
       and sent_at is null and parked_at is null
     order by due_at, created_at, organisation_id, id limit 1 offset 499";

/// How far a worker has looked: of what is due up to there, it could claim nothing.
///
/// Where each worker is is its own business. Nothing is written about it, so that nobody loses their place in the line for having waited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    due_at: i64,
    created_at: i64,
    organisation: String,
    id: String,
    since: Option<Moment>,
}

impl Reached {
    /// Since when something is claimed behind what was looked past; from now on, if nothing was yet.
    pub fn claims_since(&mut self, now: Moment) -> Moment {
        *self.since.get_or_insert(now)
    }
}

/// Claims at most `limit` due messages of all organisations for `lease`, the oldest first; it looks through 500 of them.
///
/// Nothing is claimed of a person while an older message of that urgency is with another worker or waits for its next try, and no news while
/// an older answer to them hasn't left, so that nobody reads of an older state after a newer one. Answers pass news, which may wait for the
/// morning; of codes all are claimed, since only the newest is worth anything.
pub async fn claim(tx: &mut Tx, urgency: Urgency, limit: u32, lease: Duration) -> Result<Vec<Claimed>> {
    claim_behind(tx, urgency, limit, lease, None).await
}

/// The same, of those that lie behind what was looked through already.
pub async fn claim_behind(
    tx: &mut Tx,
    urgency: Urgency,
    limit: u32,
    lease: Duration,
    reached: Option<&Reached>,
) -> Result<Vec<Claimed>> {
    let now = tx.now();
    let until = now.plus(lease);
    take_turn(tx, urgency).await?;
    let (due_at, created_at, organisation, id) = place(reached);
    let chosen = query(CHOOSE)
        .bind(now.0)
        .bind(i64::from(limit))
        .bind(urgency.number())
        .bind(due_at)
        .bind(created_at)
        .bind(organisation)
        .bind(id)
        .fetch_all(tx.connection())
        .await?;
    let mut claimed = Vec::with_capacity(chosen.len());
    for one in &chosen {
        let row = query(CLAIM)
            .bind(until.0)
            .bind(now.0)
            .bind(one.try_get::<String, _>(0)?)
            .bind(one.try_get::<String, _>(1)?)
            .fetch_optional(tx.connection())
            .await?;
        if let Some(row) = row {
            claimed.push(read(&row, now, until)?);
        }
    }
    claimed.sort_by(|a, b| (a.posted_at, &a.id).cmp(&(b.posted_at, &b.id)));
    Ok(claimed)
}

/// Waits for whoever claims at this moment. With what it saw before that one was done, a worker could claim the second of two messages to a
/// person, and be gone with it before the first.
async fn take_turn(tx: &mut Tx, urgency: Urgency) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query(
        "insert into claim_turns (organisation_id, urgency, turn) values ($1, $2, 1)
         on conflict (organisation_id, urgency) do update set turn = claim_turns.turn + 1",
    )
    .bind(organisation)
    .bind(urgency.number())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// How far a worker has looked when it could claim nothing there; None when nothing lies behind, so that it begins again.
pub async fn look_on(tx: &mut Tx, urgency: Urgency, reached: Option<&Reached>) -> Result<Option<Reached>> {
    let now = tx.now();
    let since = reached.and_then(|reached| reached.since);
    let (due_at, created_at, organisation, id) = place(reached);
    let last = query(LAST)
        .bind(urgency.number())
        .bind(now.0)
        .bind(due_at)
        .bind(created_at)
        .bind(organisation)
        .bind(id)
        .fetch_optional(tx.connection())
        .await?;
    let reached = |row: AnyRow| {
        Ok(Reached {
            due_at: row.try_get(0)?,
            created_at: row.try_get(1)?,
            organisation: row.try_get(2)?,
            id: row.try_get(3)?,
            since,
        })
    };
    last.map(reached).transpose()
}

/// The place in the order of claims behind which is looked.
fn place(reached: Option<&Reached>) -> (i64, i64, String, String) {
    match reached {
        Some(it) => (it.due_at, it.created_at, it.organisation.clone(), it.id.clone()),
        None => (i64::MIN, 0, String::new(), String::new()),
    }
}

fn read(row: &AnyRow, now: Moment, until: Moment) -> Result<Claimed> {
    Ok(Claimed {
        organisation: OrganisationId(row.try_get("organisation_id")?),
        id: MessageId(row.try_get("id")?),
        to: row.try_get("recipient")?,
        template: row.try_get("template")?,
        text: row.try_get("text")?,
        language: Language::parse(&row.try_get::<String, _>("language")?).unwrap_or_default(),
        // What was posted before there were values has none.
        values: serde_json::from_str(&row.try_get::<String, _>("places")?).unwrap_or_default(),
        posted_at: Moment(row.try_get("created_at")?),
        expires_at: row.try_get::<Option<i64>, _>("expires_at")?.map(Moment),
        tries: u32::try_from(row.try_get::<i64, _>("tries")?).unwrap_or(u32::MAX),
        about: row.try_get("about")?,
        route: RouteId(row.try_get("route_id")?),
        handed_at: row.try_get::<Option<i64>, _>("handed_at")?.map(Moment),
        at: now,
        until,
    })
}

//! Questions to gateways that must be asked what became of messages: when, and about which.

use std::time::Duration;

use pishkhan_store::{Moment, OrganisationId, Result, Row, Tx, query};

use crate::gateways::{GatewayId, Reports};
use crate::routes::RouteId;

/// After so long each, counted from the sending, a gateway is asked what became of a message, as long as it isn't known.
const PAUSES: [Duration; 10] = [
    Duration::from_secs(15),
    Duration::from_secs(40),
    Duration::from_secs(90),
    Duration::from_secs(150),
    Duration::from_secs(220),
    // Before a message counts as late.
    Duration::from_secs(290),
    Duration::from_mins(15),
    Duration::from_hours(1),
    Duration::from_hours(6),
    Duration::from_hours(24),
];

/// One that calls is asked only when no call came for so long: the answer is there before the message counts as late.
const NO_CALL: Duration = Duration::from_secs(220);

/// Questions that wait so long are behind.
const BEHIND: Duration = Duration::from_mins(1);

/// A message about which its gateway is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Question {
    pub organisation: OrganisationId,
    pub message: String,
    pub id: GatewayId,
    pub sent_at: Moment,
    /// Since when it waits for its answer.
    pub due_at: Moment,
}

impl Question {
    /// Whether it waits longer than it should.
    pub fn is_behind(&self, now: Moment) -> bool {
        self.due_at < now.minus(BEHIND)
    }
}

/// When a gateway that tells so is first asked about a message that it took at this moment; None when it can't be asked.
pub(crate) fn first_question(reports: Reports, sent_at: Moment) -> Option<Moment> {
    match reports {
        Reports::Asked { .. } => Some(sent_at.plus(PAUSES[0])),
        Reports::CalledOrAsked { .. } => Some(sent_at.plus(NO_CALL)),
        Reports::Never | Reports::Called | Reports::Arriving => None,
    }
}

/// When it is asked next, if it still knows then; it is told how long it remembers.
fn next_question(sent_at: Moment, now: Moment, within: Duration) -> Option<Moment> {
    PAUSES.iter().map(|pause| sent_at.plus(*pause)).find(|at| *at > now && at.since(sent_at) <= within)
}

// The gateway of the settings, which is no route, is asked by the same statement.
pub(super) const TO_ASK: &str = "select organisation_id, id, gateway_id, sent_at, ask_at from outbox
     where route_id = $1 and ask_at <= $2 and ask_at is not null and sent_at is not null
     order by ask_at, organisation_id, id limit $3";

/// Whether a gateway should be asked now about any message. A look that takes no lock.
pub(crate) async fn is_any_to_ask(tx: &mut Tx, route: &RouteId) -> Result<bool> {
    let now = tx.now().0;
    let found = query(TO_ASK).bind(route.0.clone()).bind(now).bind(1_i64).fetch_optional(tx.connection()).await?;
    Ok(found.is_some())
}

/// The messages of any organisation about which a route's gateway should be asked now, at most so many, if it still knows. Each is put off, so that
/// nobody else asks.
pub(crate) async fn questions(tx: &mut Tx, route: &RouteId, limit: u32, within: Duration) -> Result<Vec<Question>> {
    let now = tx.now();
    let rows =
        query(TO_ASK).bind(route.0.clone()).bind(now.0).bind(i64::from(limit)).fetch_all(tx.connection()).await?;
    let mut questions = Vec::with_capacity(rows.len());
    for row in rows {
        let question = Question {
            organisation: OrganisationId(row.try_get(0)?),
            message: row.try_get(1)?,
            id: GatewayId(row.try_get::<Option<String>, _>(2)?.unwrap_or_default()),
            sent_at: Moment(row.try_get(3)?),
            due_at: Moment(row.try_get(4)?),
        };
        let next = next_question(question.sent_at, now, within);
        let moved = query(
            "update outbox set ask_at = $1 where organisation_id = $2 and id = $3 and ask_at <= $4 and ask_at is not null",
        )
        .bind(next.map(|moment| moment.0))
        .bind(question.organisation.0.clone())
        .bind(question.message.clone())
        .bind(now.0)
        .execute(tx.connection())
        .await?;
        if moved.rows_affected() > 0 && now.since(question.sent_at) <= within {
            questions.push(question);
        }
    }
    Ok(questions)
}

/// Forgets the questions that nobody asked for so long, since their route is gone or its gateway isn't asked any more.
pub(crate) async fn forget_questions(tx: &mut Tx, within: Duration) -> Result<()> {
    let before = tx.now().minus(within).0;
    query("update outbox set ask_at = null where ask_at < $1 and ask_at is not null returning organisation_id")
        .bind(before)
        .fetch_all(tx.connection())
        .await?;
    Ok(())
}

/// Asks again soon what a gateway left unanswered, unless the answer came by itself meanwhile.
pub(crate) async fn ask_again(tx: &mut Tx, questions: &[Question]) -> Result<()> {
    for question in questions {
        query(
            "update outbox set ask_at = $1 where organisation_id = $2 and id = $3 and ask_at > $1 and ask_at is not null",
        )
        .bind(question.due_at.0)
        .bind(question.organisation.0.clone())
        .bind(question.message.clone())
        .execute(tx.connection())
        .await?;
    }
    Ok(())
}

// By the route's own questions: those of the others may be many, when one of them leaves all unanswered.
pub(super) const ANY_BEHIND: &str = "select organisation_id from outbox
     where route_id = $1 and route_id <> '' and ask_at < $2 and ask_at is not null limit 1";

/// Whether questions about a route's messages wait longer than they should: then nobody knows how quick it is.
pub(crate) async fn are_behind(tx: &mut Tx, route: &RouteId) -> Result<bool> {
    let before = tx.now().minus(BEHIND).0;
    let found = query(ANY_BEHIND).bind(route.0.clone()).bind(before).fetch_optional(tx.connection()).await?;
    Ok(found.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_grow_rarer_and_end_when_the_gateway_forgets() {
        let (sent, two_days) = (Moment(1_000_000), Duration::from_hours(48));
        let (asked, called) =
            (Reports::Asked { at_once: 1, within: two_days }, Reports::CalledOrAsked { at_once: 1, within: two_days });
        assert_eq!(first_question(asked, sent), Some(Moment(1_015_000)));
        assert_eq!(first_question(called, sent), Some(Moment(1_220_000)), "it may still call");
        assert_eq!(first_question(Reports::Called, sent), None);
        assert_eq!(next_question(sent, Moment(1_015_000), two_days), Some(Moment(1_040_000)));
        assert_eq!(
            next_question(sent, sent.plus(Duration::from_hours(2)), two_days),
            Some(sent.plus(Duration::from_hours(6)))
        );
        assert_eq!(next_question(sent, sent.plus(Duration::from_hours(2)), Duration::from_hours(5)), None);
        assert_eq!(next_question(sent, sent.plus(Duration::from_hours(25)), two_days), None);
    }
}

//! How messages fare: what waits, what was given up, and how each way out does. For whoever runs the organisation.

use std::time::Duration;

use pishkhan_courier::gateways::{Channel, Purpose};
use pishkhan_courier::routes::{self, Figures, Parked, Route};
use pishkhan_courier::{MessageId, Waiting, outbox, waiting};
use pishkhan_store::{Moment, Result, Tx};

use super::KINDS;
use crate::accounts::sign_in::{self, CodesLately};

/// What is counted is the last day and night.
const LATELY: Duration = Duration::from_hours(24);
/// How many messages that were put aside a page has.
const PAGE: usize = 50;
/// How many are shown of those that ended.
const ENDED: u32 = 10;

/// How an organisation's messages fare.
#[derive(Clone)]
pub struct Overview {
    /// What is in the outbox.
    pub waiting: Waiting,
    /// How much of the day's budget is spent: messages other than codes that went out today.
    pub today: i64,
    /// The ways that they may take, the first first: the organisation's routes, those of the house, and the gateway of the settings.
    pub ways: Vec<Way>,
    /// The last of those that were given up in that time and that nobody needs any more, the newest first.
    pub ended: Vec<Parked>,
    /// Codes that were sent in the last hour, and how many of them were typed.
    pub codes: CodesLately,
}

/// Messages that were put aside and can be sent again, a page of them, the newest first.
pub struct PutAside {
    /// The messages.
    pub messages: Vec<Parked>,
    /// Behind which place the next page begins; None when this is the last.
    pub next: Option<(Moment, MessageId)>,
}

/// A way out.
#[derive(Clone)]
pub struct Way {
    /// None is the gateway of the settings.
    pub route: Option<Route>,
    /// What it carries for this organisation; nothing is what the gateway of the settings has left where routes carry it all.
    pub purposes: Vec<Purpose>,
    /// What went by it for this organisation in the last day and night.
    pub figures: Figures,
}

/// How the messages of this transaction's organisation fare.
pub async fn overview(tx: &mut Tx) -> Result<Overview> {
    let since = tx.now().minus(LATELY);
    let mut ways = Vec::new();
    for route in routes::usable(tx).await? {
        let figures = routes::figures(tx, &route.id, since).await?;
        ways.push(Way { purposes: route.definition.purposes.clone(), route: Some(route), figures });
    }
    let figures = routes::sent_by_settings(tx, since).await?;
    let purposes = left_over(&ways);
    if !purposes.is_empty() || figures.sent > 0 {
        ways.push(Way { route: None, purposes, figures });
    }
    Ok(Overview {
        waiting: waiting(tx).await?,
        today: outbox::sent_today(tx).await?,
        ways,
        ended: routes::ended(tx, since, ENDED).await?,
        codes: sign_in::codes_lately(tx).await?,
    })
}

/// What was put aside and can be sent again, behind that place, or from the newest on.
pub async fn put_aside(tx: &mut Tx, behind: Option<(Moment, &MessageId)>) -> Result<PutAside> {
    let limit = u32::try_from(PAGE + 1).unwrap_or(u32::MAX);
    let mut messages = routes::put_aside(tx, behind, limit).await?;
    let is_more = messages.len() > PAGE;
    messages.truncate(PAGE);
    let next = messages.last().filter(|_| is_more).map(|last| (last.at, last.id.clone()));
    Ok(PutAside { messages, next })
}

/// How many matters of the organisation's messages need somebody: each route that isn't well is one, and so is what was put aside, and so are
/// codes that few people type. For the menu of every page: what is read is small, and by its index.
pub async fn matters(tx: &mut Tx) -> Result<u64> {
    let now = tx.now();
    let troubled = routes::usable(tx).await?.iter().filter(|route| route.is_troubled(now)).count();
    let is_any_put_aside = routes::is_any_put_aside(tx).await?;
    let codes = sign_in::codes_lately(tx).await?;
    Ok(troubled as u64 + u64::from(is_any_put_aside) + u64::from(codes.is_alarming()))
}

/// What no route carries to numbers, or not all of it, so that the gateway of the settings does.
fn left_over(ways: &[Way]) -> Vec<Purpose> {
    let carries = |route: &Route, purpose: &Purpose| {
        let definition = &route.clone().as_it_carries().definition;
        // Answers to texts are notices that no gateway has a template for.
        let is_whole = definition.gateway.sends_texts()
            || *purpose == Purpose::Code
                && definition.left_out(&KINDS).into_iter().all(|it| Purpose::of(it) != *purpose);
        !route.is_closed() && definition.channel() == Channel::Sms && definition.purposes.contains(purpose) && is_whole
    };
    let is_left = |purpose: &Purpose| !ways.iter().filter_map(|way| way.route.as_ref()).any(|it| carries(it, purpose));
    [Purpose::Code, Purpose::Notice].into_iter().filter(is_left).collect()
}

//! A route as the table has it, and what can be told of it.

use std::fmt;
use std::time::Duration;

use pishkhan_persian::Language;
use pishkhan_store::{Moment, OrganisationId};

use super::health::{Why, pause};
use super::{Condition, KindBack, RouteDefinition};
use crate::gateways::{Credit, Key};

/// Credit that was told longer ago is not what the account holds: it is asked for every quarter of an hour.
const FRESH: Duration = Duration::from_hours(1);

/// A route's id: 128 random bits in hexadecimal. It is part of the address to which its gateway calls.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RouteId(pub String);

impl fmt::Display for RouteId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A way out, and how it is.
#[derive(Clone, Debug)]
pub struct Route {
    /// Whose it is; the house's serve whoever has none.
    pub organisation: OrganisationId,
    /// Its id.
    pub id: RouteId,
    /// What its gateway must know to call us.
    pub secret: Key,
    /// Its place among the organisation's, from 1.
    pub position: i64,
    /// What the administrator said of it.
    pub definition: RouteDefinition,
    /// When that was.
    pub changed_at: Moment,
    /// Failures since the last success.
    pub failures: i64,
    /// How often it stood back without being well in between.
    pub demotions: i64,
    /// Until when it stands, or stood, back, and why.
    pub demoted: Option<(Moment, Why)>,
    /// When its gateway last left questions unanswered for a while: how quick it was before, nobody knows.
    pub unanswered_at: Option<Moment>,
    /// Since when no receipts come any more of what it takes: nobody knows whether that arrives.
    pub silent_since: Option<Moment>,
    /// The kinds of messages for which it stands, or stood, back by itself, since its gateway didn't take the template for them.
    pub kinds_back: Vec<KindBack>,
    /// What its account held, and when it said so.
    pub credit: Option<(Credit, Moment)>,
    /// Whether it can be opened, and with which of its templates.
    pub condition: Condition,
}

impl Route {
    /// Whether it stands back at this moment.
    pub fn stands_back(&self, at: Moment) -> bool {
        self.demoted.is_some_and(|(until, _)| until > at)
    }

    /// Whether it stands back at this moment as far as this kind of message in that language goes.
    pub fn stands_back_for(&self, kind: &str, language: Language, at: Moment) -> bool {
        self.stands_back(at) || self.kind_back(kind, language).is_some_and(|back| back.until > at)
    }

    /// What is known of this kind of message in that language, if its template wasn't taken.
    pub(crate) fn kind_back(&self, kind: &str, language: Language) -> Option<&KindBack> {
        self.kinds_back.iter().find(|back| back.kind == kind && back.language == language)
    }

    /// Whether it refuses whatever it is given, so that its refusal says nothing of a message. So it is until it has taken one.
    pub fn is_refusing(&self) -> bool {
        self.demotions > 0 && self.demoted.is_some_and(|(_, why)| why == Why::Refusing)
    }

    /// Since when it refuses whatever it is given, if it does.
    pub(crate) fn refusing_since(&self) -> Option<Moment> {
        let (until, _) = self.demoted.filter(|_| self.is_refusing())?;
        Some(until.minus(pause(self.demotions - 1)))
    }

    /// Whether its gateway tells what the account holds, and has not said so for an hour: the figure is old, or there is none.
    pub fn is_credit_stale(&self, at: Moment) -> bool {
        let told_at = self.credit.as_ref().map_or(self.changed_at, |(_, told_at)| *told_at);
        self.definition.gateway.tells_credit() && at.since(told_at) > FRESH
    }

    /// Whether somebody must look at it: it takes nothing or stands back, leaves templates out, no receipts come of what it takes, or its account is
    /// short or silent.
    pub fn is_troubled(&self, at: Moment) -> bool {
        let is_whole = self.condition == Condition::default();
        let misses_kinds = self.kinds_back.iter().any(|back| back.until > at);
        let misses_receipts = self.silent_since.is_some();
        let is_poor = self.is_short() || self.is_credit_stale(at);
        !is_whole || misses_kinds || misses_receipts || self.stands_back(at) || is_poor
    }

    /// Whether its account holds less than somebody wanted to be told of.
    pub fn is_short(&self) -> bool {
        let alarm = self.definition.credit_alarm;
        self.credit.as_ref().zip(alarm).is_some_and(|((credit, _), alarm)| credit.amount < alarm)
    }

    /// Whether it can't be opened, so that it takes nothing.
    pub fn is_closed(&self) -> bool {
        !self.condition.closed_for.is_empty()
    }

    /// The same without the templates that are left out: as it carries.
    #[must_use]
    pub fn as_it_carries(self) -> Route {
        Route { definition: self.definition.without(&self.condition.unfit), ..self }
    }
}

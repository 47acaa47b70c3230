//! How routes do: which of them stand back for what becomes of their messages, which are well again, and whose receipts don't come any more.

use pishkhan_store::{Moment, Result};

use crate::gateways::Reports;
use crate::outbox;
use crate::round::Courier;
use crate::routes::{self, Carrier, Lately, Route, Seen, Why};

/// What is seen of a route.
struct Sight {
    /// From when on.
    from: Moment,
    seen: Seen,
    /// None when nobody can know how quick it is.
    lately: Option<Lately>,
}

impl Courier {
    /// Lets routes stand back whose messages come late, are refused or don't arrive, and takes those back that are well again.
    pub async fn judge(&self) -> Result<()> {
        self.board.refresh(&self.db, &self.clock).await?;
        for carrier in self.board.all() {
            let Some(route) = &carrier.route else { continue };
            self.take_up_late(route).await?;
            if route.stands_back(self.clock.now()) {
                continue;
            }
            let sight = self.look_at(&carrier, route).await?;
            let slow = sight.lately.filter(|lately| lately.is_slow()).map(|_| Why::Slow);
            if let Some(why) = sight.seen.why().or(slow) {
                self.put_back(route, why, &sight).await?;
            } else if route.demotions > 0 && sight.lately.is_some_and(Lately::is_well) {
                let mut tx = self.db.begin(&route.organisation, self.clock.now()).await?;
                routes::demote(&mut tx, route, None).await?;
                tx.commit().await?;
            }
            self.listen(route, &sight).await?;
        }
        Ok(())
    }

    async fn look_at(&self, carrier: &Carrier, route: &Route) -> Result<Sight> {
        let now = self.clock.now();
        // What it took before it was changed or came back is not held against it.
        let since = route.demoted.map_or(route.changed_at, |(until, _)| until.max(route.changed_at));
        let (from, _) = routes::window(now, Some(since));
        let mut look = self.db.read(&route.organisation, now).await?;
        let seen = routes::seen_lately(&mut look, &route.id, from).await?;
        let tells = carrier.gateway.abilities().reports != Reports::Never || route.definition.calls.is_some();
        let are_behind = carrier.is_asked() && outbox::are_behind(&mut look, &route.id).await?;
        let lately = if tells && !are_behind {
            let window = routes::window(now, Some(since).max(route.unanswered_at));
            Some(routes::sent_lately(&mut look, &route.id, window).await?)
        } else {
            None
        };
        Ok(Sight { from, seen, lately })
    }

    /// Lets a route stand back. What it refused until now was refused for nothing: the notices among it go on their way again.
    async fn put_back(&self, route: &Route, why: Why, sight: &Sight) -> Result<()> {
        let mut tx = self.db.begin(&route.organisation, self.clock.now()).await?;
        if routes::demote(&mut tx, route, Some(why)).await? {
            let again = if why == Why::Refusing {
                outbox::take_up(&mut tx, &route.id, sight.from, self.rules.tries).await?
            } else {
                0
            };
            told(route, why, sight, again);
        }
        tx.commit().await
    }

    /// What a route that refuses everybody has refused besides: what was on its way to it when that was noticed, and what was too much to be taken up
    /// at once.
    async fn take_up_late(&self, route: &Route) -> Result<()> {
        let Some(since) = route.refusing_since() else { return Ok(()) };
        let mut tx = self.db.begin(&route.organisation, self.clock.now()).await?;
        let (from, _) = routes::window(since, Some(route.changed_at));
        let again = outbox::take_up(&mut tx, &route.id, from, self.rules.tries).await?;
        tx.commit().await?;
        if again > 0 {
            let route = route.definition.name.as_str();
            tracing::warn!(route, again, "what a route refused that refuses everybody goes on its way again");
        }
        Ok(())
    }

    /// Keeps whether receipts come.
    async fn listen(&self, route: &Route, sight: &Sight) -> Result<()> {
        let Some(is_silent) = sight.lately.and_then(Lately::is_silent) else { return Ok(()) };
        if is_silent == route.silent_since.is_some() {
            return Ok(());
        }
        if is_silent {
            let route = route.definition.name.as_str();
            tracing::error!(route, "no receipts come of what a route takes: nobody knows whether it arrives");
        }
        let mut tx = self.db.begin(&route.organisation, self.clock.now()).await?;
        routes::note_silence(&mut tx, &route.id, is_silent).await?;
        tx.commit().await
    }
}

/// Tells the log why a route stands back.
fn told(route: &Route, why: Why, sight: &Sight, again: usize) {
    let route = route.definition.name.as_str();
    let Seen { tried, refused, sent, failed, known, arrived } = sight.seen;
    match why {
        Why::Losing => tracing::error!(route, sent, failed, "a route loses what it takes and stands back"),
        Why::Refusing => {
            tracing::error!(route, tried, refused, again, "a route refuses what it is given and stands back");
        }
        Why::Undelivered => {
            tracing::error!(route, known, arrived, "what a route takes doesn't arrive, and it stands back");
        }
        Why::Slow => {
            let (sent, late) = sight.lately.map_or((0, 0), |lately| (lately.sent, lately.late));
            tracing::error!(route, sent, late, "a route is slow and stands back");
        }
        // It is told where it fails.
        Why::Failing => {}
    }
}

//! The routes as they are now: opened once, looked up for each message, and opened anew when somebody changed them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use pishkhan_persian::Language;
use pishkhan_store::{Clock, Db, Moment, OrganisationId, Result};

use super::probes::Probes;
use super::{Condition, Route, RouteId, everyones, keep_condition};
use crate::gateways::{Accepted, Channel, Gateway, Kind, Outgoing, Purpose, SendError, Work, is_read_out};
use crate::outbox::Claimed;

/// A way out that is open: a route with its gateway, or the gateway of the settings, which is no route.
#[derive(Clone)]
pub(crate) struct Carrier {
    pub route: Option<Arc<Route>>,
    pub gateway: Arc<dyn Gateway>,
}

impl RouteId {
    /// The word that stands for the gateway of the settings, which is no route: no route has such an id.
    pub fn settings() -> RouteId {
        RouteId("settings".into())
    }
}

impl Carrier {
    /// The id that the outbox has of what it took.
    pub fn id(&self) -> RouteId {
        self.route.as_ref().map_or_else(|| RouteId(String::new()), |route| route.id.clone())
    }

    /// Whose it is; the gateway of the settings is everybody's, as the house's routes are.
    pub fn organisation(&self) -> OrganisationId {
        self.route.as_ref().map_or_else(OrganisationId::house, |route| route.organisation.clone())
    }

    /// Its name for the log.
    pub fn name(&self) -> &str {
        self.route.as_ref().map_or(self.gateway.name(), |route| &route.definition.name)
    }

    pub fn send<'a>(&'a self, message: &'a Outgoing) -> Work<'a, Result<Accepted, SendError>> {
        match &self.route {
            Some(route) => route.definition.send(&*self.gateway, message),
            None => self.gateway.send_text(message),
        }
    }

    pub fn drops_repeated(&self, template: &str, language: Language) -> bool {
        match &self.route {
            Some(route) => route.definition.drops_repeated(&*self.gateway, template, language),
            None => self.gateway.abilities().drops_repeated_texts,
        }
    }

    /// Whether its gateway says what became of messages when it is asked.
    pub fn is_asked(&self) -> bool {
        self.gateway.abilities().reports.questions().is_some()
    }

    /// The id by which a message is bound to it, that it may have.
    pub fn pin(&self) -> RouteId {
        self.route.as_ref().map_or_else(RouteId::settings, |route| route.id.clone())
    }

    /// Whether a message that it may have can go to it again: where a second one is dropped, or when it is our own worker that stopped, since news
    /// is promised at least once. Who changes a route may have put another gateway there, which knows nothing of what the one before got.
    pub fn takes_again(&self, message: &Claimed) -> bool {
        let is_the_same = self.route.as_ref().is_none_or(|route| route.changed_at <= message.bound_at());
        let is_promised = message.handed_at.is_some() && Purpose::of(&message.template) == Purpose::Notice;
        is_the_same && (is_promised || self.drops_repeated(&message.template, message.language))
    }
}

/// Wakes somebody for a route that can't be opened, or not with all of its templates.
fn tell(route: &Route) {
    let Condition { closed_for, unfit } = &route.condition;
    if route.is_closed() {
        tracing::error!(route = %route.id, error = closed_for, "a route can't be opened, and is passed over");
    }
    for it in unfit {
        tracing::error!(route = %route.id, template = it.kind, error = it.why, "a route's template doesn't fit, and is left out");
    }
}

/// All ways out.
pub(crate) struct Board {
    default: Carrier,
    kinds: Vec<Kind>,
    /// Which of them are being tried.
    pub probes: Probes,
    open: Mutex<Arc<Open>>,
}

#[derive(Default)]
struct Open {
    carriers: Vec<Carrier>,
    /// Routes that can't be opened, as they were when that was told: it is told once.
    broken: BTreeMap<RouteId, Moment>,
}

impl Board {
    /// A board with the gateway of the settings on it, for whoever has no routes.
    pub fn new(default: Box<dyn Gateway>, kinds: &[Kind]) -> Board {
        let default = Carrier { route: None, gateway: Arc::from(default) };
        Board { default, kinds: kinds.to_vec(), probes: Probes::default(), open: Mutex::default() }
    }

    /// Looks at the table again. A gateway is opened anew only when its route was changed; a link that stays open goes on. What is found at the
    /// opening is kept with the route, where everybody reads it: of several workers one that can't open it has the last word.
    pub async fn refresh(&self, db: &Db, clock: &Clock) -> Result<()> {
        let mut tx = db.read(&OrganisationId::house(), clock.now()).await?;
        let routes = everyones(&mut tx).await?;
        drop(tx);
        let before = self.now_open();
        let (mut open, mut news) = (Open::default(), Vec::new());
        for route in routes {
            let was_open = before.carriers.iter().find(|carrier| {
                carrier.route.as_ref().is_some_and(|it| it.id == route.id && it.changed_at == route.changed_at)
            });
            if let Some(Carrier { route: Some(opened), gateway }) = was_open {
                // It carries what fitted then.
                let (definition, condition) = (opened.definition.clone(), opened.condition.clone());
                let route = Arc::new(Route { definition, condition, ..route });
                open.carriers.push(Carrier { route: Some(route), gateway: Arc::clone(gateway) });
                continue;
            }
            let opened = route.definition.open_gateway();
            let condition = Condition::of(&route, opened.as_deref(), &self.kinds);
            let is_news = condition != route.condition;
            let route = Route { condition, ..route };
            let is_told = route.is_closed() && before.broken.get(&route.id) == Some(&route.changed_at);
            if !is_told {
                tell(&route);
            }
            if is_news {
                news.push(route.clone());
            }
            match opened {
                Ok(gateway) => {
                    let route = Some(Arc::new(route.as_it_carries()));
                    open.carriers.push(Carrier { route, gateway: Arc::from(gateway) });
                }
                Err(_) => {
                    open.broken.insert(route.id, route.changed_at);
                }
            }
        }
        *self.open.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(open);
        for route in &news {
            let mut tx = db.begin(&route.organisation, clock.now()).await?;
            keep_condition(&mut tx, route).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    fn now_open(&self) -> Arc<Open> {
        Arc::clone(&self.open.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The ways that a message may take, the best first: its organisation's own, or else the house's, or else, for a number, that of the
    /// settings; those that stand back come last, and before them the one that `rather_not`, since the last code to the same number went by it.
    /// None where a template would have to fit first: no text takes its place, by whichever gateway.
    pub fn ways(
        &self,
        organisation: &OrganisationId,
        template: &str,
        language: Language,
        channel: Channel,
        now: Moment,
        rather_not: Option<&RouteId>,
    ) -> Vec<Carrier> {
        let open = self.now_open();
        let of = |whose: &OrganisationId| -> Vec<Carrier> {
            let carries = |carrier: &&Carrier| {
                carrier
                    .route
                    .as_ref()
                    .is_some_and(|it| it.organisation == *whose && it.definition.carries(template, language, channel))
            };
            open.carriers.iter().filter(carries).cloned().collect()
        };
        let mut ways = of(organisation);
        if ways.is_empty() {
            ways = of(&OrganisationId::house());
        }
        let house = OrganisationId::house();
        let is_held_up = open.carriers.iter().filter_map(|carrier| carrier.route.as_ref()).any(|it| {
            (it.organisation == *organisation || it.organisation == house)
                && it.definition.is_held_up(template, language, channel)
        });
        if ways.is_empty() && channel == Channel::Sms && !is_read_out(template) && !is_held_up {
            ways.push(self.default.clone());
        }
        ways.sort_by_key(|carrier| {
            let stands_back =
                carrier.route.as_ref().is_some_and(|route| route.stands_back_for(template, language, now));
            (stands_back, rather_not.is_some_and(|id| *id == carrier.id()))
        });
        ways
    }

    /// The way of this id, if it is open.
    pub fn way(&self, id: &RouteId) -> Option<Carrier> {
        if *id == RouteId::settings() {
            return Some(self.default.clone());
        }
        let is_it = |carrier: &&Carrier| carrier.route.as_ref().is_some_and(|route| route.id == *id);
        self.now_open().carriers.iter().find(is_it).cloned()
    }

    /// Whether the route that a message must take can't be opened at this moment, and wasn't changed since it may have it.
    pub fn is_closed_to(&self, message: &Claimed) -> bool {
        self.now_open().broken.get(&message.route).is_some_and(|changed_at| *changed_at <= message.bound_at())
    }

    /// All routes that are open.
    pub fn all(&self) -> Vec<Carrier> {
        self.now_open().carriers.clone()
    }

    /// All routes that are open, and the gateway of the settings.
    pub fn with_default(&self) -> Vec<Carrier> {
        let mut all = self.all();
        all.push(self.default.clone());
        all
    }
}

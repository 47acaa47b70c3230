//! The rows of the page of routes.

use pishkhan_office::courier::gateways::{Channel, Credit, Purpose, Unit};
use pishkhan_office::courier::routes::{Did, KindBack, Parked, Route, RouteId, Step, Told, Unfit, Why};
use pishkhan_office::dispatch::{Overview, Way};
use pishkhan_office::persian::Mobile;

use super::panes::masked;
use crate::delivery;
use crate::layout::Page;
use crate::links::{self, Link};

pub(super) struct Tile {
    pub title: &'static str,
    pub number: String,
    pub unit: String,
    pub note: String,
    /// Whether somebody must look.
    pub is_warning: bool,
    /// Whether it has a line of its own.
    pub is_wide: bool,
}

impl Tile {
    fn plain(page: &Page, title: &'static str, count: i64, note: String) -> Tile {
        Tile {
            title: page.t(title),
            number: page.number(count.unsigned_abs()),
            unit: page.t("routes-messages").into(),
            note,
            is_warning: false,
            is_wide: false,
        }
    }
}

pub(super) struct WayRow {
    pub name: String,
    pub kind: &'static str,
    pub trial: Link,
    pub id: String,
    pub is_ours: bool,
    /// Whether it carries e-mail, and is tried with an address.
    pub is_mail: bool,
    pub purposes: String,
    /// Tag: kind, icon, words.
    pub state: (&'static str, &'static str, String),
    /// Why it can't be opened, in the courier's words; empty when it can.
    pub closed_for: String,
    /// Templates that are left out, and what is wrong with each, in the courier's words.
    pub unfit: Vec<(&'static str, String)>,
    /// What else somebody should know of how it does.
    pub notes: Vec<String>,
    pub sent: String,
    pub delivered: String,
    pub lost: String,
    pub median: String,
    pub credit: String,
    pub is_short: bool,
    /// When the account was told; empty when it never was.
    pub credit_at: String,
    /// What is said where that is too long ago, or never came.
    pub stale: Option<&'static str>,
}

pub(super) struct ParkedRow {
    pub id: String,
    pub what: String,
    pub to: String,
    pub at: String,
    pub why: String,
}

pub(super) struct Trial {
    pub name: String,
    pub steps: Vec<TrialStep>,
}

pub(super) struct TrialStep {
    pub what: &'static str,
    pub took: String,
    pub told: String,
    /// The gateway's own answer.
    pub words: String,
    pub is_fault: bool,
}

/// The numbers on top; `per_day` is how many messages may be sent in a day, 0 for any number.
pub(super) fn tiles(page: &Page, overview: &Overview, per_day: u32) -> Vec<Tile> {
    let waiting = &overview.waiting;
    let oldest = waiting.oldest.map_or_else(String::new, |at| page.words.a("routes-oldest", "time", page.when(&at)));
    let sent: i64 = overview.ways.iter().map(|way| way.figures.sent).sum();
    let delivered: i64 = overview.ways.iter().map(|way| way.figures.delivered).sum();
    let arrived = page.words.a("routes-delivered-note", "count", page.number(delivered.unsigned_abs()));
    let ended = page.words.a("routes-ended-note", "count", page.number(waiting.ended.unsigned_abs()));
    let mut tiles = vec![
        Tile::plain(page, "routes-due", waiting.due, oldest),
        Tile::plain(page, "routes-later", waiting.later, page.t("routes-later-note").into()),
        Tile::plain(page, "routes-sent", sent, arrived),
        Tile::plain(page, "routes-parked", waiting.parked, ended),
    ];
    tiles.extend((per_day > 0).then(|| today(page, overview.today.unsigned_abs(), u64::from(per_day))));
    tiles
}

/// How much of the day's budget is spent; the courier's log tells of it from four fifths on, too.
fn today(page: &Page, spent: u64, most: u64) -> Tile {
    let (note, is_warning) = if spent >= most {
        ("routes-today-spent", true)
    } else if spent * 5 >= most * 4 {
        ("routes-today-near", true)
    } else {
        ("routes-today-note", false)
    };
    Tile {
        title: page.t("routes-today"),
        number: page.number(spent),
        unit: page.words.a("routes-today-of", "count", page.number(most)),
        note: page.t(note).to_owned(),
        is_warning,
        is_wide: true,
    }
}

pub(super) fn way_row(page: &Page, way: &Way) -> WayRow {
    let number = |n: i64| page.number(n.unsigned_abs());
    let figures = &way.figures;
    // Of what is known by asking, all that is known is that it had arrived when it was asked; the gateway of the settings can only be asked.
    let is_asked = way.route.as_ref().is_none_or(|route| route.definition.gateway.is_asked());
    let seconds = if is_asked { "routes-seconds-at-most" } else { "routes-seconds" };
    let median = figures
        .median
        .map_or_else(|| "–".to_owned(), |median| page.words.a(seconds, "count", page.number(median.as_secs())));
    let row = WayRow {
        name: page.t("routes-settings").to_owned(),
        kind: "",
        trial: links::desk_route_trial(&RouteId::settings()),
        id: RouteId::settings().to_string(),
        // Whoever has no route takes it.
        is_ours: false,
        is_mail: false,
        purposes: purposes(page, &way.purposes),
        state: ("ok", "check", page.t("routes-well").to_owned()),
        closed_for: String::new(),
        unfit: Vec::new(),
        notes: Vec::new(),
        sent: number(figures.sent),
        delivered: number(figures.delivered),
        lost: number(figures.lost),
        median,
        credit: "–".to_owned(),
        is_short: false,
        credit_at: String::new(),
        stale: None,
    };
    let Some(route) = &way.route else { return row };
    let definition = &route.definition;
    let unfit = |it: &Unfit| (delivery::kind(page, &it.kind), it.why.clone());
    WayRow {
        name: definition.name.clone(),
        kind: definition.gateway.name(),
        trial: links::desk_route_trial(&route.id),
        id: route.id.to_string(),
        is_ours: !route.organisation.is_house(),
        is_mail: definition.channel() == Channel::Mail,
        state: state(page, route).unwrap_or(row.state),
        closed_for: route.condition.closed_for.clone(),
        unfit: route.condition.unfit.iter().map(unfit).collect(),
        notes: notes(page, route),
        credit: route.credit.as_ref().map_or_else(|| "–".to_owned(), |(credit, _)| amount(page, credit)),
        is_short: route.is_short(),
        credit_at: route.credit.as_ref().map_or_else(String::new, |(_, at)| page.when(at)),
        stale: route.is_credit_stale(page.now).then(|| page.t("routes-credit-stale")),
        ..row
    }
}

/// What is the matter with a route that can't be opened or stands back; None of one that is well.
fn state(page: &Page, route: &Route) -> Option<(&'static str, &'static str, String)> {
    if route.is_closed() {
        return Some(("no", "warn", page.t("routes-closed").to_owned()));
    }
    let (until, why) = route.demoted.filter(|(until, _)| *until > page.now)?;
    let key = match why {
        Why::Failing => "routes-failing",
        Why::Slow => "routes-slow",
        Why::Losing => "routes-losing",
        Why::Refusing => "routes-refusing",
        Why::Undelivered => "routes-undelivered",
    };
    Some(("no", "warn", page.words.a(key, "time", page.clock(&until))))
}

/// That no receipts come, and of which kinds of messages the templates aren't taken.
fn notes(page: &Page, route: &Route) -> Vec<String> {
    let silent = route.silent_since.map(|since| page.words.a("routes-silent", "time", page.when(&since)));
    let mut kinds: Vec<&KindBack> = route.kinds_back.iter().filter(|back| back.until > page.now).collect();
    kinds.dedup_by(|one, other| one.kind == other.kind);
    let kind = |back: &KindBack| {
        let (kind, time) = (delivery::kind(page, &back.kind), page.clock(&back.until));
        page.words.fill("routes-kind-back", &[("kind", kind), ("time", &time)])
    };
    silent.into_iter().chain(kinds.into_iter().map(kind)).collect()
}

fn purposes(page: &Page, purposes: &[Purpose]) -> String {
    let word = |purpose: &Purpose| match purpose {
        Purpose::Code => page.t("routes-for-codes"),
        Purpose::Notice => page.t("routes-for-notices"),
    };
    if purposes.is_empty() {
        return page.t("routes-for-nothing").to_owned();
    }
    purposes.iter().map(word).collect::<Vec<_>>().join(page.t("routes-for-between"))
}

pub(super) fn parked_row(page: &Page, message: &Parked) -> ParkedRow {
    let to = Mobile::parse(&message.to).map_or_else(|_| "•••".to_owned(), |mobile| masked(&mobile));
    ParkedRow {
        id: message.id.to_string(),
        what: delivery::kind(page, &message.template).to_owned(),
        to: page.digits(to),
        at: page.when(&message.at),
        why: message.why.clone(),
    }
}

pub(super) fn told(page: &Page, step: &Step) -> TrialStep {
    let what = match step.what {
        Did::Credit => page.t("routes-step-credit"),
        Did::Send => page.t("routes-step-send"),
        Did::Ask => page.t("routes-step-ask"),
    };
    let millis = u64::try_from(step.took.as_millis()).unwrap_or(u64::MAX);
    let told = match &step.outcome {
        Ok(Told::Nothing) => page.t("routes-says-nothing").to_owned(),
        Ok(Told::Credit(credit)) => amount(page, credit),
        Ok(Told::Taken(id)) if id.is_empty() => page.t("routes-taken").to_owned(),
        Ok(Told::Taken(id)) => page.words.a("routes-taken-as", "id", id.clone()),
        Ok(Told::Delivery(delivery)) => delivery::word(page, *delivery).to_owned(),
        Err(why) => why.clone(),
    };
    TrialStep {
        what,
        took: page.words.a("routes-millis", "count", page.number(millis)),
        told,
        words: step.words.clone(),
        is_fault: step.outcome.is_err(),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an account holds less than 2^53, and not less than nothing"
)]
fn amount(page: &Page, credit: &Credit) -> String {
    let number = page.number(credit.amount.max(0.0).round() as u64);
    match &credit.unit {
        Unit::Rials => page.words.a("routes-rials", "count", number),
        Unit::Messages => format!("{number} {}", page.t("routes-messages")),
        Unit::Currency(code) => format!("{number} {code}"),
    }
}

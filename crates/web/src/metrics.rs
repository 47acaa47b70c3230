//! Numbers for whoever watches the server with a program, in the text format of Prometheus. For holders of the key only; without one
//! in the settings there is no such page.

use std::fmt::Write;
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use pishkhan_office::accounts::sign_in;
use pishkhan_office::courier::gateways::callback::is_secret;
use pishkhan_office::courier::routes::{self, Figures, Route, Tally};
use pishkhan_office::courier::{outbox, waiting};
use pishkhan_office::organisations::{self, Organisation};
use pishkhan_office::{Moment, OrganisationId, StoreError};

use crate::app::App;

/// What routes did is told of the last quarter of an hour.
const LATELY: Duration = Duration::from_mins(15);

/// Codes of all organisations together.
const OF_ALL: &str = r#"{organisation=""}"#;

/// All numbers, one a line.
pub async fn show(State(app): State<App>, headers: HeaderMap) -> Response {
    let key = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let key = key.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
    if !is_secret(&app.metrics_key, key) {
        return StatusCode::NOT_FOUND.into_response();
    }
    match text(&app).await {
        Ok(text) => ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response(),
        Err(error) => {
            tracing::error!(%error, "the numbers could not be told");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

async fn text(app: &App) -> Result<String, StoreError> {
    let now = app.clock.now();
    let mut tx = app.db.read(&OrganisationId::house(), now).await?;
    let waiting = waiting(&mut tx).await?;
    let oldest = waiting.oldest.map_or(0, |oldest| now.since(oldest).as_secs());
    let mut text = String::new();
    gauge(&mut text, "pishkhan_messages_due", "Messages that should go out now.", &[(String::new(), waiting.due)]);
    gauge(
        &mut text,
        "pishkhan_messages_later",
        "Messages on their way or waiting for a try.",
        &[(String::new(), waiting.later)],
    );
    gauge(
        &mut text,
        "pishkhan_messages_parked",
        "Messages that were given up and can be sent again.",
        &[(String::new(), waiting.parked)],
    );
    gauge(
        &mut text,
        "pishkhan_messages_ended",
        "Messages that were given up in the last 24 hours and that nobody needs any more, as a code that ran out.",
        &[(String::new(), waiting.ended)],
    );
    let oldest = [(String::new(), i64::try_from(oldest).unwrap_or(i64::MAX))];
    gauge(&mut text, "pishkhan_messages_oldest_seconds", "Age of the oldest message that waits.", &oldest);
    let since = now.minus(LATELY);
    let mut ways: Vec<(Option<Route>, Figures)> = Vec::new();
    for route in routes::everyones(&mut tx).await? {
        let figures = routes::figures(&mut tx, &route.id, since).await?;
        ways.push((Some(route), figures));
    }
    let organisations = organisations::list(&mut tx).await?;
    drop(tx);
    let mut settings = Tally::default();
    for organisation in &organisations {
        let mut tx = app.db.read(&organisation.id, now).await?;
        settings.add_settings(&mut tx, since).await?;
    }
    text.push_str(&of_organisations(app, &organisations).await?);
    ways.push((None, settings.figures()));
    text.push_str(&of_ways(&ways, now));
    Ok(text)
}

/// What went by each way, and how each is.
fn of_ways(ways: &[(Option<Route>, Figures)], now: Moment) -> String {
    let mut text = String::new();
    let each = |of: &dyn Fn(Option<&Route>, &Figures) -> Option<i64>| -> Vec<(String, i64)> {
        let told =
            |(route, figures): &(Option<Route>, Figures)| Some((labels(route.as_ref()), of(route.as_ref(), figures)?));
        ways.iter().filter_map(told).collect()
    };
    gauge(
        &mut text,
        "pishkhan_route_sent",
        "Messages that a route took in the last 15 minutes.",
        &each(&|_, it| Some(it.sent)),
    );
    gauge(&mut text, "pishkhan_route_delivered", "Those of them that arrived.", &each(&|_, it| Some(it.delivered)));
    gauge(&mut text, "pishkhan_route_lost", "Those of them that never will.", &each(&|_, it| Some(it.lost)));
    let median =
        |_: Option<&Route>, it: &Figures| it.median.map(|it| i64::try_from(it.as_millis()).unwrap_or(i64::MAX));
    gauge(
        &mut text,
        "pishkhan_route_median_milliseconds",
        "Half of those that arrived did so within this time.",
        &each(&median),
    );
    let back =
        |route: Option<&Route>, _: &Figures| route.map(|route| i64::from(route.is_closed() || route.stands_back(now)));
    gauge(&mut text, "pishkhan_route_stands_back", "1 while a route stands back or can't be opened.", &each(&back));
    let reasons: Vec<(String, i64)> = ways.iter().filter_map(|(route, _)| reason(route.as_ref()?, now)).collect();
    gauge(
        &mut text,
        "pishkhan_route_stands_back_for",
        "Why a route stands back: closed (can't be opened), failing (takes nothing), refusing, slow, losing (gives up what it took), or undelivered (it reaches no phone).",
        &reasons,
    );
    let closed: Vec<(String, i64)> = ways.iter().filter_map(|(route, _)| closed(route.as_ref()?)).collect();
    gauge(&mut text, "pishkhan_route_closed", "1 while a route can't be opened, with what is in the way.", &closed);
    let unfit = |route: Option<&Route>, _: &Figures| {
        route.map(|route| i64::try_from(route.condition.unfit.len()).unwrap_or(i64::MAX))
    };
    gauge(&mut text, "pishkhan_route_unfit", "Templates of a route that don't fit and are left out.", &each(&unfit));
    let silent = |route: Option<&Route>, _: &Figures| route.map(|route| i64::from(route.silent_since.is_some()));
    gauge(&mut text, "pishkhan_route_silent", "1 while no receipts come of what a route took.", &each(&silent));
    let kinds = |route: Option<&Route>, _: &Figures| {
        let back = route?.kinds_back.iter().filter(|back| back.until > now).count();
        Some(i64::try_from(back).unwrap_or(i64::MAX))
    };
    gauge(
        &mut text,
        "pishkhan_route_templates_back",
        "For how many templates that its gateway doesn't take a route stands back.",
        &each(&kinds),
    );
    gauge(
        &mut text,
        "pishkhan_route_credit",
        "What its account held, in its own unit.",
        &each(&|route, _| credit(route)),
    );
    gauge(
        &mut text,
        "pishkhan_route_credit_short",
        "1 while that is less than somebody wanted to be told of.",
        &each(&|route, _| short(route)),
    );
    gauge(
        &mut text,
        "pishkhan_route_credit_age_seconds",
        "How long ago it said so.",
        &each(&|route, _| age(route, now)),
    );
    text
}

#[expect(clippy::cast_possible_truncation, reason = "an account holds less than 2^53")]
fn credit(route: Option<&Route>) -> Option<i64> {
    route?.credit.as_ref().map(|(credit, _)| credit.amount.round() as i64)
}

/// None where nobody wanted to be told.
fn short(route: Option<&Route>) -> Option<i64> {
    route.filter(|route| route.definition.credit_alarm.is_some()).map(|route| i64::from(route.is_short()))
}

fn age(route: Option<&Route>, now: Moment) -> Option<i64> {
    route?.credit.as_ref().map(|(_, at)| i64::try_from(now.since(*at).as_secs()).unwrap_or(i64::MAX))
}

/// A line of a route that stands back, with the reason as one more label.
fn reason(route: &Route, now: Moment) -> Option<(String, i64)> {
    let why = match route.demoted.filter(|(until, _)| *until > now) {
        _ if route.is_closed() => "closed",
        Some((_, why)) => why.as_str(),
        None => return None,
    };
    Some((labels_and(route, why), 1))
}

/// A line of a route that can't be opened, with what is in the way as one more label.
fn closed(route: &Route) -> Option<(String, i64)> {
    route.is_closed().then(|| (labels_and(route, &route.condition.closed_for), 1))
}

fn labels_and(route: &Route, why: &str) -> String {
    let labels = labels(Some(route));
    format!(r#"{},why="{}"}}"#, labels.trim_end_matches('}'), escaped(why))
}

/// A label's value; it is written by people, so its quotes and breaks are escaped.
fn escaped(text: &str) -> String {
    text.replace('\\', r"\\").replace('"', r#"\""#).replace('\n', r"\n")
}

/// What a line is of.
fn labels(route: Option<&Route>) -> String {
    let Some(route) = route else { return r#"{route="settings",organisation="",name=""}"#.to_owned() };
    let name = escaped(&route.definition.name);
    format!(r#"{{route="{}",organisation="{}",name="{name}"}}"#, route.id, route.organisation.as_str())
}

/// What each organisation sends: messages of the day, and codes of the hour.
async fn of_organisations(app: &App, organisations: &[Organisation]) -> Result<String, StoreError> {
    let (mut today, mut per_day, mut sent, mut typed) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut codes_today, mut codes_per_day) = (Vec::new(), Vec::new());
    let limits = &app.rules.limits;
    for organisation in organisations {
        let mut tx = app.db.read(&organisation.id, app.clock.now()).await?;
        let codes = sign_in::codes_lately(&mut tx).await?;
        let whose = format!(r#"{{organisation="{}"}}"#, organisation.id.as_str());
        today.push((whose.clone(), outbox::sent_today(&mut tx).await?));
        per_day.push((whose.clone(), i64::from(organisations::shares(&mut tx, limits).await?.messages)));
        let todays = sign_in::codes_today(&mut tx, limits).await?;
        codes_today.push((whose.clone(), todays.sent));
        codes_per_day.push((whose.clone(), i64::from(todays.most)));
        sent.push((whose.clone(), codes.sent));
        typed.push((whose, codes.typed));
    }
    let mut text = String::new();
    gauge(&mut text, "pishkhan_messages_today", "Messages other than codes sent since midnight in Tehran.", &today);
    gauge(&mut text, "pishkhan_messages_per_day", "How many may be sent in a day; 0 for any number.", &per_day);
    let mut tx = app.db.read(&OrganisationId::house(), app.clock.now()).await?;
    let of_all = sign_in::codes_of_the_house_today(&mut tx, limits).await?;
    codes_today.push((OF_ALL.to_owned(), of_all.sent));
    codes_per_day.push((OF_ALL.to_owned(), i64::from(of_all.most)));
    gauge(
        &mut text,
        "pishkhan_codes_today",
        "Codes sent in the running day, which begins with the first.",
        &codes_today,
    );
    gauge(
        &mut text,
        "pishkhan_codes_per_day",
        "How many may be; 0 for any number. Then nobody signs in.",
        &codes_per_day,
    );
    gauge(&mut text, "pishkhan_codes_sent", "Codes that an organisation sent in the last hour.", &sent);
    gauge(&mut text, "pishkhan_codes_typed", "Those of them that were typed.", &typed);
    Ok(text)
}

fn gauge(text: &mut String, name: &str, help: &str, lines: &[(String, i64)]) {
    let written = writeln!(text, "# HELP {name} {help}\n# TYPE {name} gauge");
    written.expect("a text takes what is written to it");
    for (labels, value) in lines {
        writeln!(text, "{name}{labels} {value}").expect("a text takes what is written to it");
    }
}

//! How messages fare: the queue, the ways out, and what was given up. For administrators.

use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::accounts::limits::{self, Over, Taken};
use pishkhan_office::accounts::sign_in::{codes_of_the_house_today, codes_today};
use pishkhan_office::courier::gateways::Channel;
use pishkhan_office::courier::routes::{self, Lines, Route, RouteDefinition, RouteId, try_out, try_out_settings};
use pishkhan_office::courier::{Gateway, MessageId, outbox};
use pishkhan_office::dispatch::{self, KINDS};
use pishkhan_office::organisations::shares;
use pishkhan_office::persian::{Language, Mobile};
use pishkhan_office::senders::EmailAddress;
use pishkhan_office::{Moment, Tx};

use super::shares::codes;
use super::ways::{ParkedRow, Tile, Trial, TrialStep, WayRow, parked_row, tiles, told, way_row};
use crate::counter::asked::Asked;
use crate::form::Posted;
use crate::layout::{Fault, Page, show_as};
use crate::links::{self, Link};
use crate::problem::Problem;
use crate::who::Administrator;

/// A trial costs a message.
const TRIALS_PER_HOUR: u32 = 10;
const HOUR: Duration = Duration::from_hours(1);

#[derive(Template)]
#[template(path = "desk/routes.html")]
struct RoutesPage {
    page: Page,
    tiles: Vec<Tile>,
    ways: Vec<WayRow>,
    has_routes: bool,
    /// What was put aside and can be sent again, a page of it.
    parked: Vec<ParkedRow>,
    /// The first page, on any other.
    newest: Option<Link>,
    older: Option<Link>,
    /// The last of those that nobody needs any more.
    ended: Vec<ParkedRow>,
    /// Of how many codes lately how few were typed, when that is alarming.
    pumping: Option<String>,
    trial: Option<Trial>,
    /// The way that it was, and the number that was typed there.
    tried: String,
    mobile: String,
    faults: Vec<Fault>,
    news: Option<&'static str>,
}

/// What the page says beside how things are.
#[derive(Default)]
struct Said {
    trial: Option<Trial>,
    tried: String,
    mobile: String,
    faults: Vec<Fault>,
    news: Option<&'static str>,
    /// Behind which of the messages that were put aside the list begins.
    behind: Option<(Moment, MessageId)>,
}

/// What is asked for, and what was done before.
#[derive(Default, serde::Deserialize)]
pub struct Wanted {
    #[serde(default)]
    again: String,
    #[serde(default)]
    behind: String,
}

impl Wanted {
    /// The place that is asked for; what is none begins at the newest.
    fn behind(&self) -> Option<(Moment, MessageId)> {
        let (at, id) = self.behind.split_once('-')?;
        let is_id = id.bytes().all(|sign| sign.is_ascii_hexdigit());
        Some((Moment(at.parse().ok()?), MessageId(id.to_owned()))).filter(|_| is_id)
    }
}

pub async fn show(administrator: Administrator, Asked(wanted): Asked<Wanted>) -> Result<Response, Problem> {
    let words = administrator.words;
    let behind = wanted.behind();
    let news = match wanted.again.as_str() {
        "yes" => Some(words.t("routes-retried")),
        "no" => Some(words.t("routes-not-retried")),
        _ => None,
    };
    page(&administrator, StatusCode::OK, Said { news, behind, ..Said::default() }).await
}

/// Puts messages that were given up on their way again: those that the page showed, or one of them.
pub async fn retry(administrator: Administrator, Posted(fields): Posted) -> Result<Response, Problem> {
    let ids: Vec<MessageId> = fields.beginning("message-").map(|(id, _)| MessageId(id.to_owned())).collect();
    if ids.is_empty() {
        return Err(Problem::BadRequest);
    }
    let mut tx = administrator.begin().await?;
    let mut again = false;
    for id in &ids {
        again |= outbox::unpark(&mut tx, id).await?;
    }
    tx.commit().await?;
    Ok(links::desk_routes_after_retry(again).see_other())
}

/// What is tried out.
enum Tried {
    Route(Box<Route>),
    Settings(Arc<dyn Gateway>),
}

impl Tried {
    /// The route of this id; a word in its place stands for the gateway of the settings.
    async fn find(tx: &mut Tx, lines: &Lines, id: &RouteId) -> Result<Tried, Problem> {
        if *id == RouteId::settings() {
            return lines.of_settings().map(Tried::Settings).ok_or(Problem::NotFound);
        }
        let route = routes::find(tx, id).await?.ok_or(Problem::NotFound)?;
        Ok(Tried::Route(Box::new(route.as_it_carries())))
    }

    /// What was said of it; None of the gateway of the settings.
    fn definition(&self) -> Option<&RouteDefinition> {
        match self {
            Tried::Route(route) => Some(&route.definition),
            Tried::Settings(_) => None,
        }
    }
}

/// Tries a route out, and shows what was said at each step.
pub async fn try_one(
    administrator: Administrator,
    Path(id): Path<String>,
    Posted(fields): Posted,
) -> Result<Response, Problem> {
    let typed: String = fields.get("mobile").chars().take(100).collect();
    let (id, app) = (RouteId(id), &administrator.app);
    let mut tx = administrator.begin().await?;
    let tried = Tried::find(&mut tx, &app.lines, &id).await?;
    let fault = |key| Said {
        tried: id.to_string(),
        mobile: typed.clone(),
        faults: vec![Fault { field: "mobile", text: administrator.words.t(key).to_owned() }],
        ..Said::default()
    };
    let (to, key) = match tried.definition().map_or(Channel::Sms, RouteDefinition::channel) {
        Channel::Sms => (Mobile::parse(&typed).ok().map(|it| it.as_str().to_owned()), "sign-in-mobile-malformed"),
        Channel::Mail => (EmailAddress::parse(&typed).map(|it| it.as_str().to_owned()), "email-malformed"),
    };
    let Some(to) = to else {
        drop(tx);
        return page(&administrator, StatusCode::UNPROCESSABLE_ENTITY, fault(key)).await;
    };
    if limits::take(&mut tx, Over::Organisation, "trials of routes", TRIALS_PER_HOUR, HOUR).await? != Taken::Within {
        drop(tx);
        return page(&administrator, StatusCode::TOO_MANY_REQUESTS, fault("routes-trials-over")).await;
    }
    let at = tx.now();
    tx.commit().await?;
    let organisation = &administrator.organisation;
    let whose = (organisation.name_in(Language::Persian), organisation.host());
    let message = dispatch::trial(tried.definition(), &organisation.id, whose, &to, at);
    let outcome = match &tried {
        Tried::Route(route) => try_out(&app.lines, route, &KINDS, &app.clock, &message).await,
        Tried::Settings(gateway) => try_out_settings(Arc::clone(gateway), &app.clock, &message).await,
    };
    let words = administrator.page("routes");
    let steps = match outcome {
        Ok(steps) => steps.iter().map(|step| told(&words, step)).collect(),
        Err(error) => vec![TrialStep {
            what: words.t("routes-step-open"),
            took: String::new(),
            told: error.to_string(),
            words: String::new(),
            is_fault: true,
        }],
    };
    let name = tried.definition().map_or_else(|| words.t("routes-settings").to_owned(), |route| route.name.clone());
    let trial = Some(Trial { name, steps });
    page(&administrator, StatusCode::OK, Said { trial, tried: id.to_string(), mobile: typed, ..Said::default() }).await
}

async fn page(administrator: &Administrator, status: StatusCode, said: Said) -> Result<Response, Problem> {
    // A trial stands at an address that has no page of its own.
    let page = Page { here: links::desk_routes().to_string(), ..administrator.page("routes") };
    let mut tx = administrator.read().await?;
    let overview = dispatch::overview(&mut tx).await?;
    let limits = &administrator.app.rules.limits;
    let per_day = shares(&mut tx, limits).await?.messages;
    let (ours, of_the_house) = (codes_today(&mut tx, limits).await?, codes_of_the_house_today(&mut tx, limits).await?);
    let behind = said.behind.as_ref().map(|(at, id)| (*at, id));
    let put_aside = dispatch::put_aside(&mut tx, behind).await?;
    drop(tx);
    let pumping = overview.codes.is_alarming().then(|| {
        let number = |n: i64| page.number(n.unsigned_abs());
        page.words
            .fill("routes-pumping", &[("sent", &number(overview.codes.sent)), ("typed", &number(overview.codes.typed))])
    });
    let view = RoutesPage {
        tiles: tiles(&page, &overview, per_day).into_iter().chain(codes(&page, ours, of_the_house)).collect(),
        ways: overview.ways.iter().map(|way| way_row(&page, way)).collect(),
        has_routes: overview.ways.iter().any(|way| way.route.is_some()),
        parked: put_aside.messages.iter().map(|message| parked_row(&page, message)).collect(),
        newest: said.behind.map(|_| links::desk_routes().at("parked")),
        older: put_aside.next.map(|(at, id)| links::desk_routes_behind(at, &id)),
        ended: overview.ended.iter().map(|message| parked_row(&page, message)).collect(),
        pumping,
        trial: said.trial,
        tried: said.tried,
        mobile: said.mobile,
        faults: said.faults,
        news: said.news,
        page,
    };
    Ok(show_as(status, &view))
}

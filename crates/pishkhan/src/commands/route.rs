//! `pishkhan route`: the gateways that messages may take.

use std::path::Path;
use std::sync::Arc;

use pishkhan_courier::gateways::{Console, Credit, Purpose, Unit, plain_word};
use pishkhan_courier::routes::{self, Did, Lines, Renewed, Route, RouteDefinition, RouteId, Step, Told};
use pishkhan_office::dispatch::{self, KINDS};
use pishkhan_office::persian::Mobile;
use pishkhan_office::{Clock, Moment, OrganisationId, Tx};

use super::table;
use crate::cli::{RouteCommand, Whose};
use crate::failure::Failure;
use crate::settings::Settings;
use crate::wiring;

/// The largest description that is read.
const LARGEST: u64 = 1024 * 1024;

pub async fn run(settings: &Settings, command: RouteCommand) -> Result<String, Failure> {
    match command {
        RouteCommand::Add { whose, file } => {
            let definition = read(&file)?;
            definition.admit(&KINDS)?;
            let mut tx = begin(settings, &whose).await?;
            let id = routes::add(&mut tx, &definition).await?;
            let added = routes::find(&mut tx, &id).await?;
            tx.commit().await?;
            let address = added.map_or_else(String::new, |it| address(&it));
            Ok(format!("Added the route {}: {id}\n{address}{}", definition.name, left_out(&definition)))
        }
        RouteCommand::Change { whose, route, file } => {
            let definition = read(&file)?;
            definition.admit(&KINDS)?;
            let mut tx = begin(settings, &whose).await?;
            if !routes::change(&mut tx, &RouteId(route.clone()), &definition).await? {
                return Err(unknown(&route));
            }
            tx.commit().await?;
            Ok(format!("Changed the route {}.\n{}", definition.name, left_out(&definition)))
        }
        RouteCommand::Move { whose, route, to } => {
            let mut tx = begin(settings, &whose).await?;
            let route = own(&mut tx, &route).await?;
            routes::move_to(&mut tx, &route.id, to).await?;
            tx.commit().await?;
            Ok(format!("Moved the route {}.\n", route.definition.name))
        }
        RouteCommand::Secret { whose, route } => {
            let mut tx = begin(settings, &whose).await?;
            let route = own(&mut tx, &route).await?;
            let renewed = routes::renew_secret(&mut tx, &route).await?;
            tx.commit().await?;
            Ok(told_anew(route, renewed))
        }
        RouteCommand::Remove { whose, route } => {
            let mut tx = begin(settings, &whose).await?;
            let route = own(&mut tx, &route).await?;
            routes::remove(&mut tx, &route.id).await?;
            tx.commit().await?;
            Ok(format!("Removed the route {}.\n", route.definition.name))
        }
        RouteCommand::List { whose } => {
            let mut tx = begin(settings, &whose).await?;
            let now = tx.now();
            let rows = routes::list(&mut tx).await?.into_iter().map(|route| {
                let purposes: Vec<&str> = route.definition.purposes.iter().map(|purpose| purpose.as_str()).collect();
                let name = route.definition.name.clone();
                let (position, id) = (route.position.to_string(), route.id.to_string());
                [position, id, name, purposes.join(" "), state(&route, now), credit(&route, now)]
            });
            Ok(table(["place", "id", "name", "for", "state", "credit"], rows))
        }
        RouteCommand::Test { whose, route, to } => test(settings, &whose, &route, &to).await,
    }
}

/// Tries a route out; a word in the place of its id stands for the gateway of the settings.
async fn test(settings: &Settings, whose: &Whose, id: &str, to: &str) -> Result<String, Failure> {
    let mut tx = begin(settings, whose).await?;
    let is_settings = RouteId::settings().0 == id;
    let route = if is_settings { None } else { Some(own(&mut tx, id).await?) };
    let (organisation, at) = (tx.organisation().clone(), tx.now());
    drop(tx);
    let is_address = to.contains('@');
    let to = match Mobile::parse(to) {
        Ok(mobile) => mobile.as_str().to_owned(),
        Err(_) if is_address => to.to_owned(),
        Err(_) => return Err(Failure::Input(format!("{to} is neither a mobile number nor an address"))),
    };
    let route = route.map(Route::as_it_carries);
    let definition = route.as_ref().map(|route| &route.definition);
    let message = dispatch::trial(definition, &organisation, ("pishkhan", "pishkhan"), &to, at);
    let clock = Clock::system();
    let steps = if let Some(route) = &route {
        routes::try_out(&Lines::default(), route, &KINDS, &clock, &message).await?
    } else {
        let gateway = wiring::gateway(settings, Console::stdout())?;
        routes::try_out_settings(Arc::from(gateway), &clock, &message).await?
    };
    Ok(steps.iter().map(line).collect())
}

fn line(step: &Step) -> String {
    let what = match step.what {
        Did::Credit => "credit",
        Did::Send => "send",
        Did::Ask => "delivery",
    };
    let told = match &step.outcome {
        Ok(Told::Nothing) => "the gateway doesn't say".to_owned(),
        Ok(Told::Credit(credit)) => amount(credit),
        Ok(Told::Taken(id)) if id.is_empty() => "taken".to_owned(),
        Ok(Told::Taken(id)) => format!("taken as {id}"),
        Ok(Told::Delivery(delivery)) => delivery.as_str().to_owned(),
        Err(why) => format!("failed: {why}"),
    };
    let words = if step.words.is_empty() { String::new() } else { format!("\t{}", step.words) };
    format!("{what}\t{} ms\t{told}{words}\n", step.took.as_millis())
}

/// How a route is, in a few words: whether it is well, or why it stands back; that no receipts come; for which kinds of messages its templates
/// aren't taken; and which of them are left out.
pub(super) fn state(route: &Route, now: Moment) -> String {
    if route.is_closed() {
        return format!("can't be opened: {}", one_line(&route.condition.closed_for));
    }
    let mut words =
        vec![route.demoted.filter(|(until, _)| *until > now).map_or("well", |(_, why)| why.as_str()).to_owned()];
    words.extend(route.silent_since.map(|_| "silent".to_owned()));
    let back = route.kinds_back.iter().filter(|back| back.until > now);
    words.extend(back.map(|back| format!("not {} ({})", back.kind, back.language.code())));
    let unfit = route.condition.unfit.iter();
    let unfit = unfit.map(|it| format!("; without the template of {}: {}", it.kind, one_line(&it.why)));
    std::iter::once(words.join(", ")).chain(unfit).collect()
}

/// What its account held, and how long ago it said so when that is too long.
pub(super) fn credit(route: &Route, now: Moment) -> String {
    match &route.credit {
        None => "unknown".to_owned(),
        Some((credit, at)) if route.is_credit_stale(now) => {
            format!("{}, {} hours ago", amount(credit), now.since(*at).as_secs() / 3600)
        }
        Some((credit, _)) => amount(credit),
    }
}

/// A text that stays within its line and its column.
pub(super) fn one_line(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ")
}

fn amount(credit: &Credit) -> String {
    let unit = match &credit.unit {
        Unit::Rials => "rials",
        Unit::Messages => "messages",
        Unit::Currency(code) => code,
    };
    format!("{:.0} {unit}", credit.amount)
}

/// What it is for and doesn't carry, where it has templates only.
fn left_out(definition: &RouteDefinition) -> String {
    if definition.gateway.sends_texts() {
        return String::new();
    }
    let mut kinds = definition.left_out(&KINDS);
    if definition.purposes.contains(&Purpose::Notice) {
        kinds.push("text_answered");
    }
    if kinds.is_empty() {
        return String::new();
    }
    let why = if definition.gateway.lacks_line() { "Without a line" } else { "With templates_only" };
    format!("{why} it carries only what it has templates for. These go by another route: {}\n", kinds.join(", "))
}

/// The address to which its gateway may call, below any of our hosts.
fn address(route: &Route) -> String {
    format!("Its gateway may call https://YOUR-HOST/gateways/{}/{}\n", route.id, route.secret.reveal())
}

/// Where its gateway calls from now on.
fn told_anew(route: Route, renewed: Renewed) -> String {
    let route = Route { secret: renewed.secret, ..route };
    let in_settings = if renewed.is_in_settings {
        "Its callback names that address now; write it into the route's file, too.\n"
    } else {
        ""
    };
    format!(
        "Gave the route {} another secret. Calls to the address from before are refused.\n{}{in_settings}",
        route.definition.name,
        address(&route)
    )
}

fn read(file: &Path) -> Result<RouteDefinition, Failure> {
    let size = std::fs::metadata(file).map_err(Failure::of_file(file))?.len();
    if size > LARGEST {
        return Err(Failure::Input(format!("{}: this is no description of a route", file.display())));
    }
    let text = std::fs::read_to_string(file).map_err(Failure::of_file(file))?;
    // What is wrong is told without the line it is in, which may hold a key.
    toml::from_str(&text)
        .map_err(|error| Failure::Input(format!("{}: {}", file.display(), without_value(error.message()))))
}

/// What is wrong in a description, without what stands there instead of what should: it may be a key in the wrong place. Of a name that is
/// unknown a plain word is told.
fn without_value(told: &str) -> String {
    let is_repeated = ["invalid type: ", "invalid value: "].iter().any(|kind| told.starts_with(kind));
    if let Some(at) = told.rfind("expected ").filter(|_| is_repeated) {
        return told[at..].to_owned();
    }
    for unknown in ["unknown variant `", "unknown field `"] {
        if let Some((word, expected)) = told.strip_prefix(unknown).and_then(|rest| rest.split_once("`, expected ")) {
            return format!("{unknown}{}`, expected {expected}", plain_word(word));
        }
    }
    told.to_owned()
}

async fn begin(settings: &Settings, whose: &Whose) -> Result<Tx, Failure> {
    if let Some(organisation) = &whose.organisation {
        return Ok(super::begin(settings, organisation).await?.0);
    }
    let db = wiring::open_db(settings).await?;
    Ok(db.begin(&OrganisationId::house(), Clock::system().now()).await?)
}

/// The route of this id, if it is theirs and not the house's.
async fn own(tx: &mut Tx, id: &str) -> Result<Route, Failure> {
    let route = routes::find(tx, &RouteId(id.to_owned())).await?;
    route.filter(|route| route.organisation == *tx.organisation()).ok_or_else(|| unknown(id))
}

fn unknown(id: &str) -> Failure {
    Failure::Input(format!("there is no route {id}; see pishkhan route list"))
}

#[cfg(test)]
mod tests {
    use pishkhan_courier::gateways::Key;
    use pishkhan_courier::routes::{Condition, KindBack, Why};
    use pishkhan_office::persian::Language;

    use super::*;

    #[test]
    fn a_state_says_all_that_somebody_must_look_at() {
        let definition = "name = \"line\"\n[gateway]\nkind = \"spool\"\nfile = \"/tmp/x\"\n";
        let well = Route {
            organisation: OrganisationId::house(),
            id: RouteId("0".into()),
            secret: Key::new("s3cret"),
            position: 1,
            definition: toml::from_str(definition).expect("a definition"),
            changed_at: Moment(0),
            failures: 0,
            demotions: 0,
            demoted: None,
            unanswered_at: None,
            silent_since: None,
            kinds_back: Vec::new(),
            credit: None,
            condition: Condition::default(),
        };
        assert_eq!(state(&well, Moment(5)), "well");
        let kind = "letter_rejected".to_owned();
        let back = KindBack { kind, language: Language::Persian, demotions: 1, until: Moment(10) };
        let ill = Route {
            demoted: Some((Moment(10), Why::Refusing)),
            silent_since: Some(Moment(1)),
            kinds_back: vec![back],
            ..well
        };
        assert_eq!(state(&ill, Moment(5)), "refusing, silent, not letter_rejected (fa)");
        assert_eq!(state(&ill, Moment(10)), "well, silent");
    }
}

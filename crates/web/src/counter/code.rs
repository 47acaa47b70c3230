//! The code that came by SMS: typing it, and asking for another one.

use std::time::Duration;

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::Moment;
use pishkhan_office::accounts::devices::{self, Browser, Entered};
use pishkhan_office::accounts::sessions::Lives;
use pishkhan_office::accounts::sign_in::{
    Confirmed, Pending, Resent, SignInWords, TooManyWhy, Way, confirm, other_ways, pending, resend,
};
use pishkhan_office::accounts::{DeviceToken, SessionToken, SignInToken};
use pishkhan_office::courier::gateways::Delivery;
use pishkhan_office::dispatch::{self, NextWay};
use pishkhan_office::senders::{self, Sender};

use super::asked::Asked;
use crate::cookies::{self, Keep};
use crate::form::{Fields, Posted};
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::visit::Visit;

/// After so long it is told that a code has not come, as far as anybody knows.
const LATE: Duration = Duration::from_secs(45);

#[derive(Template)]
#[template(path = "counter/code.html")]
struct CodePage {
    page: Page,
    mobile: String,
    next: String,
    minutes: u64,
    days: u64,
    /// When another code may be asked for; None when it may be now.
    resend_at: Option<Moment>,
    /// Whole seconds until then.
    seconds: u64,
    is_own_device: bool,
    faults: Vec<Fault>,
    news: Option<&'static str>,
    /// What is known of the message, when it may not have arrived.
    fate: Option<&'static str>,
    can_call: bool,
    can_mail: bool,
}

/// Where to go on to.
#[derive(Default, serde::Deserialize)]
pub struct Next {
    #[serde(default)]
    next: String,
    #[serde(default)]
    sent: String,
}

pub async fn show(visit: Visit, Asked(next): Asked<Next>) -> Result<Response, Problem> {
    let Some(token) = token(&visit) else { return Ok(links::start().see_other()) };
    let news = match next.sent.as_str() {
        "again" => Some(visit.words.t("code-sent-again")),
        "mail" => Some(visit.words.t("code-sent-mail")),
        "before" => Some(visit.words.t("code-sent-before")),
        _ => None,
    };
    page(&visit, &token, &next.next, false, Vec::new(), StatusCode::OK, news).await
}

/// Takes a code, or asks for another one.
pub async fn create(visit: Visit, Posted(fields): Posted) -> Result<Response, Problem> {
    let Some(token) = token(&visit) else { return Ok(links::start().see_other()) };
    if fields.has("again") { send_again(&visit, &token, &fields).await } else { take(&visit, &token, &fields).await }
}

async fn take(visit: &Visit, token: &SignInToken, fields: &Fields) -> Result<Response, Problem> {
    let code = fields.get("code");
    if code.trim().is_empty() {
        return refuse(visit, token, fields, visit.words.t("code-empty").to_owned()).await;
    }
    let mut tx = visit.begin().await?;
    let (secret, rules) = (&visit.app.secret, &visit.app.rules);
    let confirmed = confirm(&mut tx, secret, rules, &visit.visitor, token, code).await?;
    let sender = match &confirmed {
        Confirmed::Right { mobile } => Some(senders::find_or_make(&mut tx, rules, mobile, visit.words.language).await?),
        Confirmed::RightByMail { mobile } => senders::find_by_email_of(&mut tx, rules, mobile).await?,
        _ => None,
    };
    if let Some(sender) = sender {
        let is_own = fields.has("own_device");
        let entered = begin_session(visit, &mut tx, &sender, is_own).await?;
        tx.commit().await?;
        return Ok(signed_in(visit, &entered, is_own, fields.get("next")));
    }
    // A wrong try counts.
    tx.commit().await?;
    let words = visit.words;
    let text = match confirmed {
        Confirmed::Right { .. } | Confirmed::RightByMail { .. } | Confirmed::Unknown => {
            return Ok(links::start().see_other());
        }
        Confirmed::Wrong { tries_left } => words.n("code-wrong", tries_left),
        Confirmed::Dead => words.t("code-dead").to_owned(),
        Confirmed::Expired => words.t("code-expired").to_owned(),
        Confirmed::TooMany { until } => {
            let text = words.a("code-too-many", "time", visit.page("").again_at(&until));
            return answer(visit, token, fields, text, StatusCode::TOO_MANY_REQUESTS).await;
        }
    };
    refuse(visit, token, fields, text).await
}

async fn begin_session(
    visit: &Visit,
    tx: &mut pishkhan_office::Tx,
    sender: &Sender,
    is_own: bool,
) -> Result<Entered, Problem> {
    if sender.language != visit.words.language {
        senders::speak(tx, &sender.id, visit.words.language).await?;
    }
    let rules = &visit.app.rules.sessions;
    let lives = if is_own { Lives::own_device(rules) } else { Lives::sender(rules) };
    let browser = Browser {
        visitor: &visit.visitor,
        user_agent: visit.device(),
        session: visit.cookie(cookies::SESSION).and_then(SessionToken::parse),
        device: visit.cookie(cookies::DEVICE).and_then(DeviceToken::parse),
    };
    Ok(devices::enter(tx, &visit.app.secret, sender, browser, lives).await?)
}

/// In: a new session, and on to where they wanted to go. By its device's token the browser is known the next time.
fn signed_in(visit: &Visit, entered: &Entered, is_own: bool, next: &str) -> Response {
    let to = if next.is_empty() { links::letters() } else { links::local(next) };
    let mut response = to.see_other();
    let keep = if is_own { Keep::Seconds(visit.app.rules.sessions.own_device_life.as_secs()) } else { Keep::Session };
    cookies::set(&mut response, cookies::SESSION, entered.session.as_str(), keep, visit.is_secure());
    let keep = Keep::Seconds(devices::KNOWN_FOR.as_secs());
    cookies::set(&mut response, cookies::DEVICE, entered.device.as_str(), keep, visit.is_secure());
    cookies::set(&mut response, cookies::SIGN_IN, "", Keep::Forget, visit.is_secure());
    response
}

async fn send_again(visit: &Visit, token: &SignInToken, fields: &Fields) -> Result<Response, Problem> {
    let mut tx = visit.begin().await?;
    let words = sign_in_words(visit);
    let (secret, rules) = (&visit.app.secret, &visit.app.rules);
    let way = match fields.get("again") {
        "call" => Way::Call,
        "mail" => Way::Mail,
        _ => Way::Text,
    };
    match resend(&mut tx, secret, rules, &words, &visit.visitor, token, way).await? {
        Resent::Sent => {
            tx.commit().await?;
            let next = fields.get("next");
            let there =
                if way == Way::Mail { links::sign_in_code_mailed(next) } else { links::sign_in_code_again(next) };
            Ok(there.see_other())
        }
        Resent::Unknown => Ok(links::start().see_other()),
        Resent::TooEarly { until } => {
            drop(tx);
            let text = visit.words.a("code-too-early", "time", visit.page("").again_at(&until));
            answer(visit, token, fields, text, StatusCode::TOO_MANY_REQUESTS).await
        }
        Resent::TooMany { until, why } => {
            drop(tx);
            answer(visit, token, fields, too_many(visit, until, why), StatusCode::TOO_MANY_REQUESTS).await
        }
    }
}

/// Why no code is sent, and when one can be asked for. Whether somebody else has asked is not said.
pub(super) fn too_many(visit: &Visit, until: Moment, why: TooManyWhy) -> String {
    let page = visit.page("");
    match why {
        TooManyWhy::Minute => visit.words.a("sign-in-a-minute", "time", page.again_at(&until)),
        TooManyWhy::Number | TooManyWhy::Block | TooManyWhy::Address | TooManyWhy::Organisation | TooManyWhy::House => {
            visit.words.a("sign-in-too-many", "time", page.again_when(&until))
        }
    }
}

/// What the message of a code says beside it.
pub(super) fn sign_in_words(visit: &Visit) -> SignInWords<'_> {
    let language = visit.words.language;
    SignInWords { host: visit.organisation.host(), organisation: visit.organisation.name_in(language), language }
}

async fn refuse(visit: &Visit, token: &SignInToken, fields: &Fields, text: String) -> Result<Response, Problem> {
    answer(visit, token, fields, text, StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn answer(
    visit: &Visit,
    token: &SignInToken,
    fields: &Fields,
    text: String,
    status: StatusCode,
) -> Result<Response, Problem> {
    let faults = vec![Fault { field: "code", text }];
    page(visit, token, fields.get("next"), fields.has("own_device"), faults, status, None).await
}

async fn page(
    visit: &Visit,
    token: &SignInToken,
    next: &str,
    is_own_device: bool,
    faults: Vec<Fault>,
    status: StatusCode,
    news: Option<&'static str>,
) -> Result<Response, Problem> {
    let mut tx = visit.read().await?;
    let Some(pending) = pending(&mut tx, &visit.app.rules, token).await? else {
        return Ok(links::start().see_other());
    };
    let ways = other_ways(&mut tx, visit.words.language).await?;
    let next_way = dispatch::next_way(&mut tx, "sign_in_code", visit.words.language).await?;
    let template = CodePage {
        mobile: pending.mobile.grouped(),
        next: next.to_owned(),
        minutes: visit.app.rules.sign_in.code_life.as_secs() / 60,
        days: visit.app.rules.sessions.own_device_life.as_secs() / (24 * 60 * 60),
        resend_at: (pending.resend_at > visit.now).then_some(pending.resend_at),
        seconds: pending.resend_at.seconds_since(visit.now),
        is_own_device,
        faults,
        news,
        fate: fate(visit, &pending, next_way, &ways),
        can_call: ways.contains(&Way::Call),
        can_mail: ways.contains(&Way::Mail),
        page: visit.page(""),
    };
    Ok(show_as(status, &template))
}

/// Honest words on a code that may not come, and what to do. That another one takes another way is said only where it does; whose operator
/// takes no SMS is told of a call where one can be had.
pub(super) fn fate(visit: &Visit, pending: &Pending, next: NextWay, ways: &[Way]) -> Option<&'static str> {
    let fate = pending.fate?;
    let words = visit.words;
    let by = |another: &'static str, same: &'static str| match next {
        NextWay::Another => another,
        NextWay::Same => same,
    };
    // Another code helps somebody whose operator takes none as little as the first one.
    if fate.parked_at.is_some() && fate.delivery != Some(Delivery::Blocked) {
        let unsure = by("code-fate-unsure", "code-fate-unsure-again");
        // What no way took was tried by each of them.
        return Some(words.t(if fate.is_unsure { unsure } else { "code-fate-failed-again" }));
    }
    match fate.delivery {
        Some(Delivery::Blocked) if ways.contains(&Way::Call) => Some(words.t("code-fate-blocked-call")),
        Some(Delivery::Blocked) => Some(words.t("code-fate-blocked")),
        Some(Delivery::Undelivered) => Some(words.t("code-fate-undelivered")),
        Some(Delivery::Failed) => Some(words.t(by("code-fate-failed", "code-fate-failed-again"))),
        Some(Delivery::Delivered) => None,
        Some(Delivery::Queued | Delivery::Sent | Delivery::Unknown) | None => {
            let is_late = visit.now.since(pending.sent_at) >= LATE;
            let sent = by("code-fate-sent", "code-fate-sent-again");
            is_late.then(|| words.t(if fate.sent_at.is_some() { sent } else { "code-fate-waiting" }))
        }
    }
}

/// What this browser keeps of a sign-in that waits for its code.
pub(super) fn token(visit: &Visit) -> Option<SignInToken> {
    visit.cookie(cookies::SIGN_IN).and_then(SignInToken::parse)
}

//! The sender's own page: number, name, devices; and the way out.

use askama::Template;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use pishkhan_office::accounts::email::can_give_email;
use pishkhan_office::accounts::sessions::{self, Device};
use pishkhan_office::accounts::{SessionToken, browser, devices};
use pishkhan_office::letters::SenderKind;
use pishkhan_office::persian::text::stored_line;
use pishkhan_office::senders::{self, SignedIn};

use super::asked::Asked;
use super::newcomers::{self, Newcomers};
use crate::cookies::{self, Keep};
use crate::form::Posted;
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::visit::{Visit, VisitKey};
use crate::who::Sender;

#[derive(Template)]
#[template(path = "counter/account.html")]
struct AccountPage {
    page: Page,
    mobile: String,
    name: String,
    is_company: bool,
    devices: Vec<Device>,
    /// The last sign-in that did not begin this session.
    last: Option<SignedIn>,
    /// Devices that were added to the account.
    newcomers: Option<Newcomers>,
    faults: Vec<Fault>,
    /// A word about something that is done.
    news: Option<&'static str>,
    /// The address that was proved.
    email: Option<String>,
    /// Whether one can be given, or taken away.
    has_email: bool,
}

/// What was done before.
#[derive(Default, serde::Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

pub async fn show(sender: Sender, Asked(done): Asked<Done>) -> Result<Response, Problem> {
    let (name, is_company) = (sender.actor.name.clone(), sender.actor.kind == SenderKind::Company);
    let news = match done.done.as_str() {
        "number" => Some(sender.words.t("number-changed")),
        "email" => Some(sender.words.t("email-kept")),
        "no-email" => Some(sender.words.t("email-removed")),
        _ => None,
    };
    page(&sender, name, is_company, Vec::new(), news).await
}

/// Changes the name; or ends one session, or all of them; or says of a device that was told of whether it is one's own.
pub async fn change(sender: Sender, Posted(fields): Posted) -> Result<Response, Problem> {
    let mut tx = sender.begin().await?;
    if fields.has("all_devices") {
        sessions::end_everywhere(&mut tx, &sender.session).await?;
        tx.commit().await?;
        return Ok(out(&sender));
    }
    let is_of_devices = if fields.has("device") {
        sessions::end_one(&mut tx, &sender.session, fields.get("device")).await?;
        true
    } else if fields.has("own") {
        devices::accept(&mut tx, &sender.session, fields.get("own")).await?;
        true
    } else if fields.has("not_own") {
        devices::disown(&mut tx, &sender.session, fields.get("not_own")).await?;
        true
    } else {
        false
    };
    if is_of_devices {
        tx.commit().await?;
        return Ok(links::account().at("devices").see_other());
    }
    let kind = SenderKind::parse(fields.get("sender_kind")).unwrap_or_default();
    let name = stored_line(fields.get("sender_name"));
    if name.is_empty() || name.chars().count() > 120 {
        drop(tx);
        let key = if name.is_empty() { "draft-no-name" } else { "draft-long-name" };
        let fault = Fault { field: "sender_name", text: sender.words.t(key).to_owned() };
        let shown = name.chars().take(500).collect();
        return page(&sender, shown, kind == SenderKind::Company, vec![fault], None).await;
    }
    senders::rename(&mut tx, &sender.actor.id, &name, kind).await?;
    tx.commit().await?;
    Ok(links::account().see_other())
}

/// Out: the session ends on the server, and the browser forgets.
pub async fn sign_out(visit: Visit, Posted(_): Posted) -> Result<Response, Problem> {
    if let Some(token) = visit.cookie(cookies::SESSION).and_then(SessionToken::parse) {
        let mut tx = visit.begin().await?;
        sessions::end(&mut tx, &token).await?;
        tx.commit().await?;
    }
    Ok(out(&visit))
}

fn out(visit: &Visit) -> Response {
    let mut response = links::start_with("signed-out").see_other();
    cookies::set(&mut response, cookies::SESSION, "", Keep::Forget, visit.is_secure());
    VisitKey::fresh().keep(&mut response, visit.is_secure());
    response
        .headers_mut()
        .insert(header::HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\""));
    response
}

async fn page(
    sender: &Sender,
    name: String,
    is_company: bool,
    faults: Vec<Fault>,
    news: Option<&'static str>,
) -> Result<Response, Problem> {
    let mut tx = sender.read().await?;
    let email = sender.actor.email.as_ref().map(|email| email.as_str().to_owned());
    let has_email = email.is_some() || can_give_email(&mut tx, sender.words.language).await?;
    let mut devices = sessions::list(&mut tx, &sender.session).await?;
    let last = senders::last_sign_in(&mut tx, &sender.actor.id, sender.session.created_at).await?;
    let last = last.map(|last| SignedIn { device: newcomers::name(&last.device), ..last });
    let newcomers = Newcomers::of(&mut tx, sender).await?;
    drop(tx);
    for device in &mut devices {
        device.device = browser::name(&device.device);
    }
    let status =
        if faults.is_empty() { axum::http::StatusCode::OK } else { axum::http::StatusCode::UNPROCESSABLE_ENTITY };
    let mobile = sender.actor.grouped_mobile();
    let page = sender.page("account");
    let view = AccountPage { page, mobile, name, is_company, devices, last, newcomers, faults, news, email, has_email };
    Ok(show_as(status, &view))
}

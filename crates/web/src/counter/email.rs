//! A sender's e-mail address, the second channel: given, proved by the code that came to it, changed, taken away.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::Moment;
use pishkhan_office::accounts::email::{
    EmailConfirmed, Given, PendingEmail, can_give_email, confirm_email, give_email, pending_email, remove_email,
};
use pishkhan_office::senders::EmailAddress;

use super::asked::Asked;
use crate::form::{Fields, Posted};
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::who::Sender;

#[derive(Template)]
#[template(path = "counter/email.html")]
struct EmailPage {
    page: Page,
    /// The address that was proved.
    email: Option<String>,
    /// The address that waits for its code.
    pending: Option<Waiting>,
    /// Whether another one can be given.
    can_give: bool,
    /// What is typed into the field of the address.
    address: String,
    faults: Vec<Fault>,
    news: Option<&'static str>,
}

struct Waiting {
    address: String,
    /// When another code may be asked for; None when it may be now.
    resend_at: Option<Moment>,
    /// Whole seconds until then.
    seconds: u64,
}

/// What was done before.
#[derive(Default, serde::Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

pub async fn show(sender: Sender, Asked(done): Asked<Done>) -> Result<Response, Problem> {
    let news = (done.done == "sent").then(|| sender.words.t("email-sent"));
    page(&sender, String::new(), Vec::new(), StatusCode::OK, news).await
}

/// Sends a code to the address that was typed; or takes the address away.
pub async fn create(sender: Sender, Posted(fields): Posted) -> Result<Response, Problem> {
    if fields.has("remove") {
        let mut tx = sender.begin().await?;
        remove_email(&mut tx, &sender.actor).await?;
        tx.commit().await?;
        return Ok(links::account_without_email().see_other());
    }
    let typed: String = fields.get("address").chars().take(300).collect();
    if let Some(address) = EmailAddress::parse(&typed) {
        return give(&sender, &address, typed).await;
    }
    let key = if typed.trim().is_empty() { "email-empty" } else { "email-malformed" };
    refuse(&sender, typed, "address", sender.words.t(key).to_owned()).await
}

/// Takes the code, or sends another one.
pub async fn confirm(sender: Sender, Posted(fields): Posted) -> Result<Response, Problem> {
    if fields.has("again") {
        let pending = pending_email(&mut sender.read().await?, &sender.actor.id).await?;
        let Some(PendingEmail { address, .. }) = pending else { return Ok(links::account_email().see_other()) };
        return give(&sender, &address, String::new()).await;
    }
    take(&sender, &fields).await
}

async fn give(sender: &Sender, address: &EmailAddress, typed: String) -> Result<Response, Problem> {
    let (secret, rules, language) = (&sender.app.secret, &sender.app.rules, sender.words.language);
    let mut tx = sender.begin().await?;
    let text = match give_email(&mut tx, secret, rules, language, &sender.actor, address).await? {
        Given::Sent => {
            tx.commit().await?;
            return Ok(links::account_email_sent().see_other());
        }
        Given::Known => {
            tx.commit().await?;
            return Ok(links::account_after_email().see_other());
        }
        Given::NoWay => return Err(Problem::NotFound),
        Given::TooEarly { until } => sender.words.a("code-too-early", "time", sender.page("").again_at(&until)),
        Given::TooMany { until } => sender.words.a("email-too-many", "time", sender.page("").again_when(&until)),
    };
    drop(tx);
    // What went wrong with another code for the same address is told where the code is typed.
    let field = if typed.is_empty() { "code" } else { "address" };
    let faults = vec![Fault { field, text }];
    page(sender, typed, faults, StatusCode::TOO_MANY_REQUESTS, None).await
}

async fn take(sender: &Sender, fields: &Fields) -> Result<Response, Problem> {
    let code = fields.get("code");
    let words = sender.words;
    if code.trim().is_empty() {
        return refuse(sender, String::new(), "code", words.t("email-code-empty").to_owned()).await;
    }
    let (secret, rules) = (&sender.app.secret, &sender.app.rules);
    let mut tx = sender.begin().await?;
    let confirmed = confirm_email(&mut tx, secret, rules, &sender.actor, code).await?;
    // A wrong try counts.
    tx.commit().await?;
    let text = match confirmed {
        EmailConfirmed::Right => return Ok(links::account_after_email().see_other()),
        EmailConfirmed::Unknown => return Ok(links::account_email().see_other()),
        EmailConfirmed::Wrong { tries_left } => words.n("code-wrong", tries_left),
        EmailConfirmed::Dead => words.t("code-dead").to_owned(),
        EmailConfirmed::Expired => words.t("code-expired").to_owned(),
    };
    refuse(sender, String::new(), "code", text).await
}

async fn refuse(sender: &Sender, typed: String, field: &'static str, text: String) -> Result<Response, Problem> {
    page(sender, typed, vec![Fault { field, text }], StatusCode::UNPROCESSABLE_ENTITY, None).await
}

async fn page(
    sender: &Sender,
    address: String,
    faults: Vec<Fault>,
    status: StatusCode,
    news: Option<&'static str>,
) -> Result<Response, Problem> {
    let mut tx = sender.read().await?;
    let can_give = can_give_email(&mut tx, sender.words.language).await?;
    let pending = pending_email(&mut tx, &sender.actor.id).await?.filter(|_| can_give);
    drop(tx);
    let email = sender.actor.email.as_ref().map(|email| email.as_str().to_owned());
    // Where no route carries e-mail, nobody is asked for an address; who has given one can take it away.
    if !can_give && email.is_none() {
        return Err(Problem::NotFound);
    }
    let pending = pending.map(|pending| {
        let resend_at = (pending.resend_at > sender.now).then_some(pending.resend_at);
        Waiting {
            address: pending.address.as_str().to_owned(),
            seconds: resend_at.map_or(0, |at| at.seconds_since(sender.now)),
            resend_at,
        }
    });
    // A code that isn't right stands at an address that has no page of its own.
    let page = Page { here: links::account_email().to_string(), ..sender.page("account") };
    Ok(show_as(status, &EmailPage { page, email, pending, can_give, address, faults, news }))
}

impl EmailPage {
    fn fault(&self, field: &str) -> Option<&Fault> {
        self.faults.iter().find(|fault| fault.field == field)
    }
}

//! Changing one's number: the new one is typed, behind the same challenge as a sign-in, and a code goes to both. On a device that came lately
//! the page says from when on, and where it can be done before.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::accounts::devices::{self, Unsettled};
use pishkhan_office::accounts::sign_in::{Manner, Resent, send_new_number_code, send_old_number_code};
use pishkhan_office::persian::{Mobile, MobileError};

use super::asked::Asked;
use super::challenge::{self, Offer, Way};
use crate::form::Posted;
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::who::Sender;

#[derive(Template)]
#[template(path = "counter/number.html")]
struct NumberPage {
    page: Page,
    offer: Offer,
    /// The number of now.
    before: String,
    mobile: String,
    faults: Vec<Fault>,
}

/// Instead of the form, where the account has not known the device for long enough.
#[derive(Template)]
#[template(path = "counter/number_later.html")]
struct LaterPage {
    page: Page,
    /// The number of now.
    before: String,
    /// Since when the device is known, and from when on the number can be changed on it.
    why: String,
}

pub async fn show(sender: Sender, Asked(way): Asked<Way>) -> Result<Response, Problem> {
    match unsettled(&sender).await? {
        Some(unsettled) => Ok(later(&sender, unsettled, StatusCode::OK)),
        None => Ok(page(&sender, &way, "", Vec::new(), StatusCode::OK)),
    }
}

/// Sends a code to the new number, and one to the number of now.
pub async fn create(sender: Sender, Posted(fields): Posted) -> Result<Response, Problem> {
    // Before anything is sent: a message that can't serve is money lost and a number disturbed.
    if let Some(unsettled) = unsettled(&sender).await? {
        return Ok(later(&sender, unsettled, StatusCode::CONFLICT));
    }
    let typed = fields.get("mobile");
    let refuse = |key| {
        let fault = Fault { field: "mobile", text: sender.words.t(key).to_owned() };
        Ok(page(&sender, &challenge::kept(&fields), typed, vec![fault], StatusCode::UNPROCESSABLE_ENTITY))
    };
    let mobile = match Mobile::parse(typed) {
        Ok(mobile) if sender.actor.mobile.as_ref() == Some(&mobile) => return refuse("number-same"),
        Ok(mobile) => mobile,
        Err(MobileError::Empty) => return refuse("number-empty"),
        Err(MobileError::Malformed) => return refuse("sign-in-mobile-malformed"),
    };
    if let Err((fault, way)) = challenge::check(&sender, &fields).await? {
        return Ok(page(&sender, &way, typed, vec![fault], StatusCode::UNPROCESSABLE_ENTITY));
    }
    let (secret, rules, manner) = (&sender.app.secret, &sender.app.rules, Manner::text(sender.words.language));
    let (visitor, actor) = (&sender.visitor, &sender.actor);
    let mut tx = sender.begin().await?;
    match send_new_number_code(&mut tx, secret, rules, manner, visitor, &actor.id, &mobile).await? {
        Resent::Sent => tx.commit().await?,
        // One is on its way, and the next page has it.
        Resent::TooEarly { .. } | Resent::Unknown => drop(tx),
        Resent::TooMany { until, .. } => {
            drop(tx);
            let text = sender.words.a("sign-in-too-many", "time", sender.page("account").again_when(&until));
            let fault = Fault { field: "mobile", text };
            return Ok(page(&sender, &Way::default(), typed, vec![fault], StatusCode::TOO_MANY_REQUESTS));
        }
    }
    // In a transaction of its own: the counters of two numbers must not wait for each other in a circle. What is not sent now can be asked
    // for on the next page, which then says until when to wait.
    let mut tx = sender.begin().await?;
    if send_old_number_code(&mut tx, secret, rules, manner, visitor, actor).await? == Resent::Sent {
        tx.commit().await?;
    }
    Ok(links::account_number_codes().see_other())
}

/// Whether the number can't be changed on this device yet.
pub(super) async fn unsettled(sender: &Sender) -> Result<Option<Unsettled>, Problem> {
    Ok(devices::unsettled(&mut sender.read().await?, &sender.app.rules, &sender.session).await?)
}

fn later(sender: &Sender, unsettled: Unsettled, status: StatusCode) -> Response {
    let page = sender.page("account");
    let before = page.digits(sender.actor.grouped_mobile());
    let (since, until) = (page.when(&unsettled.since), page.again_when(&unsettled.until));
    let why = page.words.fill("number-later", &[("since", &since), ("until", &until)]);
    show_as(status, &LaterPage { page, before, why })
}

/// Says that the new number, which they have just proved to be theirs, has an account of its own here.
pub(super) fn taken(sender: &Sender, mobile: &Mobile) -> Response {
    let fault = Fault { field: "mobile", text: sender.words.t("number-taken").to_owned() };
    let typed = sender.page("account").digits(mobile.grouped());
    page(sender, &Way::default(), &typed, vec![fault], StatusCode::UNPROCESSABLE_ENTITY)
}

fn page(sender: &Sender, way: &Way, mobile: &str, faults: Vec<Fault>, status: StatusCode) -> Response {
    // A pasted book is not shown back; nobody's number has a hundred signs.
    let mobile = mobile.chars().take(100).collect();
    let page = sender.page("account");
    let before = page.digits(sender.actor.grouped_mobile());
    show_as(status, &NumberPage { offer: Offer::of(sender, way), page, before, mobile, faults })
}

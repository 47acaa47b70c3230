//! The way in: one number, one challenge, one button. The answer is the same for numbers that are known and unknown.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::accounts::sign_in::{Requested, request_code};
use pishkhan_office::persian::{Mobile, MobileError};

use super::asked::Asked;
use super::challenge::{self, Offer, Way};
use super::code::{sign_in_words, token, too_many};
use crate::cookies::{self, Keep};
use crate::form::Posted;
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::visit::Visit;
use crate::who;

#[derive(Template)]
#[template(path = "counter/sign_in.html")]
struct SignInPage {
    page: Page,
    offer: Offer,
    mobile: String,
    next: String,
    faults: Vec<Fault>,
    /// A word about something that is done, as signing out.
    news: Option<&'static str>,
}

/// The organisation's front door; who is in already goes on to their letters.
pub async fn start(visit: Visit, Asked(way): Asked<Way>) -> Result<Response, Problem> {
    if who::sender(&visit).await?.is_some() {
        return Ok(links::letters().see_other());
    }
    let news = (way.challenge == "signed-out").then(|| visit.words.t("sign-in-signed-out"));
    Ok(page(&visit, &way, "", Vec::new(), StatusCode::OK, news))
}

/// Sends a code.
pub async fn create(visit: Visit, Posted(fields): Posted) -> Result<Response, Problem> {
    let typed = fields.get("mobile");
    let way = Way { next: fields.get("next").to_owned(), ..Way::default() };
    let mobile = match Mobile::parse(typed) {
        Ok(mobile) => mobile,
        Err(error) => {
            let key = match error {
                MobileError::Empty => "sign-in-mobile-empty",
                MobileError::Malformed => "sign-in-mobile-malformed",
            };
            let fault = Fault { field: "mobile", text: visit.words.t(key).to_owned() };
            let way = Way { next: way.next, ..challenge::kept(&fields) };
            return Ok(page(&visit, &way, typed, vec![fault], StatusCode::UNPROCESSABLE_ENTITY, None));
        }
    };
    if let Err((fault, next_way)) = challenge::check(&visit, &fields).await? {
        let way = Way { next: way.next, ..next_way };
        return Ok(page(&visit, &way, typed, vec![fault], StatusCode::UNPROCESSABLE_ENTITY, None));
    }
    let mut tx = visit.begin().await?;
    let words = sign_in_words(&visit);
    let (secret, rules) = (&visit.app.secret, &visit.app.rules);
    let before = token(&visit);
    let requested = request_code(&mut tx, secret, rules, &words, &visit.visitor, &mobile, before.as_ref()).await?;
    match requested {
        Requested::Sent(token) => {
            tx.commit().await?;
            let mut response = links::sign_in_code_then(&way.next).see_other();
            let keep = Keep::Seconds(rules.sign_in.code_life.as_secs() + 3600);
            cookies::set(&mut response, cookies::SIGN_IN, token.as_str(), keep, visit.is_secure());
            Ok(response)
        }
        Requested::Waiting => Ok(links::sign_in_code_waiting(&way.next).see_other()),
        Requested::TooMany { until, why } => {
            drop(tx);
            let fault = Fault { field: "mobile", text: too_many(&visit, until, why) };
            Ok(page(&visit, &way, typed, vec![fault], StatusCode::TOO_MANY_REQUESTS, None))
        }
    }
}

fn page(
    visit: &Visit,
    way: &Way,
    mobile: &str,
    faults: Vec<Fault>,
    status: StatusCode,
    news: Option<&'static str>,
) -> Response {
    // A pasted book is not shown back; nobody's number has a hundred signs.
    let mobile = mobile.chars().take(100).collect();
    let offer = Offer::of(visit, way);
    let mut frame = visit.page("");
    if !faults.is_empty() {
        // What is refused stands at an address that has no page of its own.
        frame.here = if way.next.is_empty() { links::start() } else { links::start_then(&way.next) }.to_string();
    }
    show_as(status, &SignInPage { page: frame, offer, mobile, next: way.next.clone(), faults, news })
}

//! What a clerk wrote down, read once more with the person at the counter: they confirm by the code on their phone, or, without
//! one, by signing the receipt on paper.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::accounts::sign_in::{Confirmed, Manner, Pending, Way};
use pishkhan_office::dispatch;
use pishkhan_office::files;
use pishkhan_office::filings::{self, Assent, FileError, Filing};
use pishkhan_office::ids::LetterId;
use pishkhan_office::kinds::{self, Kind};
use pishkhan_office::letters::{self, DiscardError, Letter};
use pishkhan_office::persian::Mobile;
use pishkhan_office::units::{self, Unit};

use super::asked::{self, Named};
use super::identity;
use crate::counter::Paper;
use crate::delivery;
use crate::form::{Fields, Posted};
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::who::Reviewer;

#[derive(Template)]
#[template(path = "desk/filing_check.html")]
struct FilingCheck {
    page: Page,
    letter: Letter,
    unit: Option<Unit>,
    kind: Option<Kind>,
    files: Vec<Paper>,
    /// None: the person has none.
    mobile: Option<String>,
    /// The code that was sent.
    pending: Option<Pending>,
    /// What is known of its message, when it may never come.
    fate: Option<&'static str>,
    /// Whether another code can be read out to them.
    can_call: bool,
    faults: Vec<Fault>,
    /// The letter was changed after it was shown.
    is_stale: bool,
}

pub async fn show(reviewer: Reviewer, Named(id): Named) -> Result<Response, Problem> {
    or_receipt(&reviewer, &id, page(&reviewer, &id, StatusCode::OK, Vec::new()).await).await
}

/// Sends a code, or another one in its place.
pub async fn send_code(reviewer: Reviewer, Named(id): Named, Posted(fields): Posted) -> Result<Response, Problem> {
    let mut tx = reviewer.begin().await?;
    let (secret, rules, language) = (&reviewer.app.secret, &reviewer.app.rules, reviewer.words.language);
    let way = if fields.get("again") == "call" { Way::Call } else { Way::Text };
    let resent = filings::send_code(&mut tx, secret, rules, Manner { language, way }, &reviewer.actor, &id).await?;
    match identity::sent(&reviewer.visit.page(""), tx, resent, "code").await? {
        None => Ok(links::desk_filing(&id).at("code").see_other()),
        Some(fault) => page(&reviewer, &id, StatusCode::TOO_MANY_REQUESTS, vec![fault]).await,
    }
}

/// Files it.
pub async fn create(reviewer: Reviewer, Named(id): Named, Posted(fields): Posted) -> Result<Response, Problem> {
    or_receipt(&reviewer, &id, file(&reviewer, &id, &fields).await).await
}

async fn file(reviewer: &Reviewer, id: &LetterId, fields: &Fields) -> Result<Response, Problem> {
    let seen = asked::seen(fields)?;
    let filing = found(reviewer, id).await?;
    let mut tx = reviewer.begin().await?;
    let mut proved: Option<Mobile> = None;
    if filing.assent.mobile().is_some() {
        let code = fields.get("code");
        if code.trim().is_empty() {
            drop(tx);
            let text = reviewer.words.t("filing-code-empty").to_owned();
            return page(reviewer, id, StatusCode::UNPROCESSABLE_ENTITY, vec![Fault { field: "code", text }]).await;
        }
        let (secret, rules, visitor) = (&reviewer.app.secret, &reviewer.app.rules, &reviewer.visitor);
        match filings::confirm(&mut tx, secret, rules, visitor, &reviewer.actor, id, code).await? {
            Confirmed::Right { mobile } => proved = Some(mobile),
            wrong => {
                // A wrong try counts.
                tx.commit().await?;
                return refuse(reviewer, id, &wrong).await;
            }
        }
    }
    match filings::file(&mut tx, &reviewer.app.rules, &reviewer.actor, id, seen, proved.as_ref()).await {
        Ok(letter) => {
            tx.commit().await?;
            Ok(links::desk_receipt(&letter.id).see_other())
        }
        Err(FileError::NoFiling) => Err(Problem::NotFound),
        Err(FileError::Followed(letter)) => Ok(links::desk_letter(&letter).see_other()),
        Err(FileError::TooMany { until }) => Err(Problem::TooMany { until }),
        Err(FileError::Store(error)) => Err(error.into()),
        // Something is missing since it was shown, as a unit that was closed: the form says what.
        Err(FileError::Incomplete(_)) => Ok(links::desk_filing_form(id).see_other()),
        Err(FileError::Stale(_) | FileError::Unconfirmed) => {
            drop(tx);
            page(reviewer, id, StatusCode::CONFLICT, Vec::new()).await
        }
    }
}

/// What came of it; where it is no filing any more since this clerk has filed it, by the first of two clicks, the receipt.
async fn or_receipt(reviewer: &Reviewer, id: &LetterId, came: Result<Response, Problem>) -> Result<Response, Problem> {
    let Err(Problem::NotFound) = came else { return came };
    // In the writer's turn, and committed with what was done there: the receipt's page reads it.
    let mut tx = reviewer.begin().await?;
    let letter = letters::find_for_desk(&mut tx, &reviewer.actor, id).await?;
    tx.commit().await?;
    let own = letter.filter(|letter| letter.filed_by.as_ref() == Some(&reviewer.actor.id));
    own.map(|letter| links::desk_receipt(&letter.id).see_other()).ok_or(Problem::NotFound)
}

/// Lets it go.
pub async fn dispose(reviewer: Reviewer, Named(id): Named, Posted(_): Posted) -> Result<Response, Problem> {
    let mut tx = reviewer.begin().await?;
    match filings::discard(&mut tx, &reviewer.actor, &id).await {
        Ok(()) => tx.commit().await?,
        Err(DiscardError::NoDraft) => return Err(Problem::NotFound),
        Err(DiscardError::Store(error)) => return Err(error.into()),
    }
    Ok(links::desk_filings().see_other())
}

async fn refuse(reviewer: &Reviewer, id: &LetterId, wrong: &Confirmed) -> Result<Response, Problem> {
    let (status, text) = why(reviewer, wrong);
    page(reviewer, id, status, vec![Fault { field: "code", text }]).await
}

/// What a code was worth that wasn't right.
pub(super) fn why(reviewer: &Reviewer, wrong: &Confirmed) -> (StatusCode, String) {
    let words = reviewer.words;
    match wrong {
        Confirmed::Right { .. } | Confirmed::RightByMail { .. } | Confirmed::Unknown => {
            (StatusCode::UNPROCESSABLE_ENTITY, words.t("filing-code-none").to_owned())
        }
        Confirmed::Wrong { tries_left } => {
            (StatusCode::UNPROCESSABLE_ENTITY, words.n("filing-code-wrong", *tries_left))
        }
        Confirmed::Dead => (StatusCode::UNPROCESSABLE_ENTITY, words.t("filing-code-dead").to_owned()),
        Confirmed::Expired => (StatusCode::UNPROCESSABLE_ENTITY, words.t("filing-code-expired").to_owned()),
        Confirmed::TooMany { until } => {
            let time = reviewer.visit.page("").again_at(until);
            (StatusCode::TOO_MANY_REQUESTS, words.a("code-too-many", "time", time))
        }
    }
}

async fn found(reviewer: &Reviewer, id: &LetterId) -> Result<Filing, Problem> {
    filings::find(&mut reviewer.read().await?, &reviewer.actor, id).await?.ok_or(Problem::NotFound)
}

async fn page(reviewer: &Reviewer, id: &LetterId, status: StatusCode, faults: Vec<Fault>) -> Result<Response, Problem> {
    let mut tx = reviewer.read().await?;
    let filing = filings::find(&mut tx, &reviewer.actor, id).await?.ok_or(Problem::NotFound)?;
    let letter = filing.letter;
    let files = files::of_letter(&mut tx, id).await?;
    let unit = match letter.unit() {
        Some(unit) => units::find(&mut tx, unit).await?.filter(|unit| !unit.is_archived),
        None => None,
    };
    let kind = kinds::chosen(&mut tx, letter.content.kind.as_ref()).await?;
    let has_gaps =
        !letter.content.gaps(files.len(), reviewer.app.rules.letters.body_characters, reviewer.now).is_empty();
    if unit.is_none() || has_gaps || filing.assent == Assent::Unsaid {
        return Ok(links::desk_filing_form(id).see_other());
    }
    let pending = filings::pending(&mut tx, &reviewer.app.rules, id).await?;
    let can_call = dispatch::call_for(&mut tx, "filing_code", reviewer.words.language).await?.is_some();
    // What a code was worth stands at an address that has no page of its own.
    let page = Page { here: links::desk_filing(id).to_string(), ..reviewer.page("filing") };
    let fate = delivery::lost_code(&page, pending.as_ref().and_then(|pending| pending.fate));
    let check = FilingCheck {
        files: Paper::all(&page, &files),
        mobile: filing.assent.mobile().map(|mobile| page.digits(mobile.grouped())),
        is_stale: status == StatusCode::CONFLICT,
        letter,
        unit,
        kind,
        pending,
        fate,
        can_call,
        faults,
        page,
    };
    Ok(show_as(status, &check))
}

impl FilingCheck {
    fn unit_name(&self) -> &str {
        self.unit.as_ref().map_or("", |unit| self.page.name_of(&unit.name, &unit.name_english))
    }

    /// When another code may be asked for; None when it may be now.
    fn resend_at(&self) -> Option<String> {
        let at = self.pending.as_ref().map(|pending| pending.resend_at)?;
        (at > self.page.now).then(|| self.page.again_at(&at))
    }
}

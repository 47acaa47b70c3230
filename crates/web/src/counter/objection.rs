//! Objecting: within its window, the sender asks for an answer or a rejection to be decided again, one level up, with files if they have any.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::ids::LetterId;
use pishkhan_office::ledger;
use pishkhan_office::letters::{self, Letter, NoObjection, OBJECTION_CHARACTERS, ObjectError};

use super::asked::Named;
use super::{draft_form, thread};
use crate::form::Upload;
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::who::Sender;

#[derive(Template)]
#[template(path = "counter/objection.html")]
struct ObjectionPage {
    page: Page,
    letter: Letter,
    /// Until when; None when nobody may object (any more).
    until: Option<String>,
    /// Why the form is as it is: closed, or shown again because the letter has changed.
    told: Option<String>,
    text: String,
    /// How many files may come, of which kinds and sizes.
    limits: String,
    faults: Vec<Fault>,
}

impl ObjectionPage {
    fn faults_of(&self, field: &str) -> Vec<&str> {
        self.faults.iter().filter(|fault| fault.field == field).map(|fault| fault.text.as_str()).collect()
    }
}

pub async fn show(sender: Sender, Named(letter): Named) -> Result<Response, Problem> {
    let id = LetterId::parse(&letter).ok_or(Problem::NotFound)?;
    page(&sender, &id, &Upload::default(), None, Vec::new()).await
}

pub async fn create(sender: Sender, Named(letter): Named, upload: Upload) -> Result<Response, Problem> {
    let id = LetterId::parse(&letter).ok_or(Problem::NotFound)?;
    let words = sender.words;
    let faults = draft_form::file_faults(&sender, &upload);
    if !faults.is_empty() {
        return page(&sender, &id, &upload, None, faults).await;
    }
    let seen = upload.fields.get("version").parse().map_err(|_| Problem::BadRequest)?;
    let said = thread::written(&upload);
    let mut tx = sender.begin().await?;
    let fault = match letters::object(&mut tx, &sender.app.rules, &sender.actor, &id, seen, &said).await {
        Ok(_) => {
            tx.commit().await?;
            return Ok(links::letter(&id).at("status").see_other());
        }
        Err(ObjectError::NoLetter) => return Err(Problem::NotFound),
        Err(ObjectError::Stale(_)) => {
            drop(tx);
            return page(&sender, &id, &upload, Some(words.t("objection-stale")), Vec::new()).await;
        }
        Err(ObjectError::Closed(_) | ObjectError::WrongState(_)) => {
            drop(tx);
            return page(&sender, &id, &upload, None, Vec::new()).await;
        }
        Err(ObjectError::Nothing) => words.t("objection-nothing").to_owned(),
        Err(ObjectError::Long) => words.a("said-long", "most", sender.page("").number(OBJECTION_CHARACTERS as u64)),
        Err(ObjectError::Store(error)) => return Err(error.into()),
    };
    drop(tx);
    page(&sender, &id, &upload, None, vec![Fault { field: "text", text: fault }]).await
}

/// The form as the letter is now, with what was typed and why it was not taken; files that came have to be chosen again.
async fn page(
    sender: &Sender,
    id: &LetterId,
    typed: &Upload,
    stale: Option<&str>,
    mut faults: Vec<Fault>,
) -> Result<Response, Problem> {
    super::letter::see(sender, id).await?;
    let mut tx = sender.read().await?;
    let letter = letters::find_own(&mut tx, &sender.actor.id, id).await?;
    let letter = letter.filter(|letter| letter.state.submission().is_some()).ok_or(Problem::NotFound)?;
    let page = sender.page("letters");
    let window = letters::objection_window(&letter, &ledger::of_letter(&mut tx, id).await?, page.now);
    drop(tx);
    let (until, closed) = match window {
        Ok(until) => (Some(page.when(&until)), None),
        Err(NoObjection::NotDecided) => (None, Some("objection-not-decided")),
        Err(NoObjection::Pending) => (None, Some("objection-pending")),
        Err(NoObjection::Second) => (None, Some("objection-second")),
        Err(NoObjection::TooLate) => (None, Some("objection-too-late")),
    };
    let status = match (closed, stale) {
        (None, None) if faults.is_empty() => StatusCode::OK,
        (None, None) if typed.has_fault_of_ours() => StatusCode::SERVICE_UNAVAILABLE,
        (None, None) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::CONFLICT,
    };
    if closed.is_some() {
        // There is no form any more to which a fault could belong.
        faults.clear();
    } else if !typed.files.is_empty() {
        faults.push(Fault { field: "files", text: page.t("thread-files-again").to_owned() });
    }
    let told = closed.map(|key| page.t(key)).or(stale).map(ToOwned::to_owned);
    let letters = &sender.app.rules.letters;
    let (most, size) = (page.number(u64::from(letters.files)), page.size(letters.file_bytes));
    let limits = page.words.fill("draft-files-hint", &[("most", &most), ("size", &size)]);
    let text = typed.fields.get("text").to_owned();
    Ok(show_as(status, &ObjectionPage { page, letter, until, told, text, limits, faults }))
}

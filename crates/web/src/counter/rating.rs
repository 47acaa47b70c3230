//! Rating: after the end, once for each answer, the sender says what they thought of it.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, Letter, RATING_CHARACTERS, RATING_STEPS, RateError};

use super::asked::Named;
use crate::form::Posted;
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::who::Sender;

#[derive(Template)]
#[template(path = "counter/rating.html")]
struct RatingPage {
    page: Page,
    letter: Letter,
    form: RatingForm,
    faults: Vec<Fault>,
    /// Why it can't be rated, or not again.
    closed: Option<&'static str>,
}

/// The form, on a page of its own or on the letter's.
pub struct RatingForm {
    pub steps: Vec<Step>,
    pub text: String,
    pub step_fault: Option<String>,
    pub text_fault: Option<String>,
}

pub struct Step {
    pub value: u8,
    pub word: &'static str,
    pub is_chosen: bool,
}

impl RatingForm {
    pub fn of(page: &Page, chosen: Option<u8>, text: &str, faults: &[Fault]) -> RatingForm {
        let fault = |field| faults.iter().find(|fault| fault.field == field).map(|fault| fault.text.clone());
        let step = |value| Step { value, word: step_word(page, value), is_chosen: chosen == Some(value) };
        RatingForm {
            steps: (1..=RATING_STEPS).map(step).collect(),
            text: text.to_owned(),
            step_fault: fault("steps-1"),
            text_fault: fault("sentence"),
        }
    }
}

pub async fn show(sender: Sender, Named(letter): Named) -> Result<Response, Problem> {
    let letter = find(&sender, &letter).await?;
    Ok(form(&sender, letter, None, "", Vec::new()))
}

pub async fn create(sender: Sender, Named(letter): Named, Posted(fields): Posted) -> Result<Response, Problem> {
    let letter = find(&sender, &letter).await?;
    let (steps, text) = (fields.get("steps").parse().ok(), fields.get("sentence"));
    let page = sender.page("letters");
    let mut tx = sender.begin().await?;
    let fault = match letters::rate(&mut tx, &sender.actor, &letter.id, steps, text).await {
        Ok(_) => {
            tx.commit().await?;
            return Ok(links::letter(&letter.id).at("rating").see_other());
        }
        Err(RateError::NoLetter) => return Err(Problem::NotFound),
        Err(RateError::NotEnded(_) | RateError::Twice | RateError::Stale(_)) => {
            drop(tx);
            return Ok(form(&sender, find(&sender, letter.id.as_str()).await?, steps, text, Vec::new()));
        }
        Err(RateError::NoStep) => Fault { field: "steps-1", text: page.t("rating-no-step").to_owned() },
        Err(RateError::Long) => {
            let most = page.number(RATING_CHARACTERS as u64);
            Fault { field: "sentence", text: page.words.a("said-long", "most", most) }
        }
        Err(RateError::Store(error)) => return Err(error.into()),
    };
    drop(tx);
    Ok(form(&sender, letter, steps, text, vec![fault]))
}

/// A step as people read it.
pub fn step_word(page: &Page, step: u8) -> &'static str {
    page.t(match step {
        1 => "rating-step-1",
        2 => "rating-step-2",
        3 => "rating-step-3",
        4 => "rating-step-4",
        _ => "rating-step-5",
    })
}

async fn find(sender: &Sender, letter: &str) -> Result<Letter, Problem> {
    let id = LetterId::parse(letter).ok_or(Problem::NotFound)?;
    let letter = letters::find_own(&mut sender.read().await?, &sender.actor.id, &id).await?;
    // A draft is nothing that anybody answers.
    letter.filter(|letter| letter.state.submission().is_some()).ok_or(Problem::NotFound)
}

fn form(sender: &Sender, letter: Letter, steps: Option<u8>, text: &str, faults: Vec<Fault>) -> Response {
    let page = sender.page("letters");
    let closed = if letters::can_be_rated(&letter) {
        None
    } else if letter.state.answer().is_some() && letter.rating.is_some() {
        Some(page.t("rating-twice"))
    } else {
        Some(page.t("rating-not-yet"))
    };
    let status = match (closed, faults.is_empty()) {
        (Some(_), _) => StatusCode::CONFLICT,
        (None, true) => StatusCode::OK,
        (None, false) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let form = RatingForm::of(&page, steps, text, &faults);
    show_as(status, &RatingPage { page, letter, form, faults, closed })
}

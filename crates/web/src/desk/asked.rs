//! What an address and a form name: the letter, the version that was seen, the part of the tray. All of it may be forged.

use axum::extract::{FromRequestParts, Path, Query};
use axum::http::request::Parts;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::Version;
use serde::Deserialize;

use crate::form::Fields;
use crate::problem::Problem;

/// The letter that the address names; what has not the form of an id names none.
pub struct Named(pub LetterId);

/// What may stand behind the question mark. What is there twice, or in pieces, counts as not asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Which part of the tray.
    pub show: String,
    /// Where its page begins.
    pub after: String,
    /// The letter that was decided just now.
    pub done: String,
    /// Those that were decided together just now.
    pub all: String,
    /// The sieve of the tray: unit, state, part of the sender's name, and days of submission in Jalali.
    pub unit: String,
    pub state: String,
    pub sender: String,
    pub from: String,
    pub to: String,
    pub priority: String,
    /// Anything: only letters with files, only what is late.
    pub files: String,
    pub late: String,
    /// The letter that the page shows, for the stream of news.
    pub letter: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Named, Problem> {
        let Ok(Path(text)) = Path::<String>::from_request_parts(parts, state).await else {
            return Err(Problem::NotFound);
        };
        LetterId::parse(&text).map(Named).ok_or(Problem::NotFound)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Asked, Problem> {
        let asked = Query::<Asked>::from_request_parts(parts, state).await;
        Ok(asked.map(|Query(asked)| asked).unwrap_or_default())
    }
}

/// The version of the letter that the form was made for; our forms always carry one.
pub fn seen(fields: &Fields) -> Result<Version, Problem> {
    fields.get("version").parse().map_err(|_| Problem::BadRequest)
}

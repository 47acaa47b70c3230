//! [`Problem`]: the one error that people see. It says what happened and what to do, in their language, and gives nothing away.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use pishkhan_office::paper::PressError;
use pishkhan_office::{Moment, StoreError};

use crate::layout::{Page, show_as};
use crate::links::{self, Link};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Not there, or not for them: the two look the same.
    NotFound,
    /// A sender must sign in first, and then goes on there.
    SignIn {
        next: String,
    },
    /// Staff must sign in first.
    DeskSignIn,
    /// Staff must show the second factor once more, and then go on there.
    Unconfirmed {
        next: String,
    },
    /// It is of a letter of long ago, which is withheld on this device until a code of one is typed.
    Withheld,
    /// The session ended while a form was being filled in.
    SessionEnded,
    /// The request is not one that our pages send.
    BadRequest,
    /// The form is older than the session, or of another site.
    FormExpired,
    TooLarge,
    /// Until then.
    TooMany {
        until: Moment,
    },
    /// What they would take back stands, of a letter that they see no more.
    Stands {
        /// In their language.
        why: String,
    },
    /// The file waits for the scanner.
    Quarantined,
    /// The scanner found something in the file.
    Infected,
    /// The storage of files doesn't answer.
    FilesAway,
    /// The press has too much to do, or can't.
    NotPrinted,
    /// The store has stopped or the disk refuses.
    Unavailable,
    Internal,
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    page: Page,
    title: String,
    text: String,
    actions: Vec<Action>,
}

struct Action {
    url: Link,
    label: &'static str,
}

impl IntoResponse for Problem {
    /// A bare answer that carries the problem; [`crate::tenant::guard`] knows the reader's language and makes it a page.
    fn into_response(self) -> Response {
        match &self {
            Problem::SignIn { next } => links::start_then(next).see_other(),
            Problem::DeskSignIn => links::desk_sign_in().see_other(),
            Problem::Unconfirmed { next } => links::desk_confirmation_of(next).see_other(),
            Problem::Withheld => links::withheld().see_other(),
            _ => {
                let mut response = self.status().into_response();
                response.extensions_mut().insert(self);
                response
            }
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            // Told when it stopped; a line for each request would say no more.
            StoreError::Stopped => Problem::Unavailable,
            error if error.is_outage() => {
                tracing::error!(%error, "the store can't do its work now");
                Problem::Unavailable
            }
            error => {
                tracing::error!(%error, "the store failed");
                Problem::Internal
            }
        }
    }
}

impl From<PressError> for Problem {
    /// The operator was told why.
    fn from(_: PressError) -> Self {
        Problem::NotPrinted
    }
}

impl Problem {
    pub fn status(&self) -> StatusCode {
        match self {
            Problem::NotFound => StatusCode::NOT_FOUND,
            Problem::SignIn { .. } | Problem::DeskSignIn | Problem::Unconfirmed { .. } | Problem::Withheld => {
                StatusCode::SEE_OTHER
            }
            Problem::SessionEnded => StatusCode::UNAUTHORIZED,
            Problem::BadRequest => StatusCode::BAD_REQUEST,
            Problem::FormExpired => StatusCode::FORBIDDEN,
            Problem::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Problem::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Problem::Stands { .. } => StatusCode::CONFLICT,
            Problem::Quarantined => StatusCode::LOCKED,
            Problem::Infected => StatusCode::GONE,
            Problem::FilesAway | Problem::NotPrinted | Problem::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Problem::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The page that a person reads.
    pub fn page(&self, page: Page) -> Response {
        let is_staff = page.is_at_desk;
        let words = page.words;
        let (title, text) = match self {
            Problem::NotFound if is_staff => {
                (words.t("problem-not-found"), words.t("problem-not-found-desk-text").to_owned())
            }
            Problem::NotFound => (words.t("problem-not-found"), words.t("problem-not-found-text").to_owned()),
            Problem::SignIn { .. }
            | Problem::DeskSignIn
            | Problem::Unconfirmed { .. }
            | Problem::Withheld
            | Problem::BadRequest => (words.t("problem-bad-request"), words.t("problem-bad-request-text").to_owned()),
            Problem::SessionEnded => {
                (words.t("problem-session-ended"), words.t("problem-session-ended-text").to_owned())
            }
            Problem::FormExpired => (words.t("problem-form-expired"), words.t("problem-form-expired-text").to_owned()),
            Problem::TooLarge => (words.t("problem-too-large"), words.t("problem-too-large-text").to_owned()),
            Problem::TooMany { until } => {
                (words.t("problem-too-many"), words.a("problem-too-many-text", "time", page.again_when(until)))
            }
            Problem::Stands { why } => (words.t("problem-stands"), why.clone()),
            Problem::Quarantined => (words.t("problem-quarantined"), words.t("problem-quarantined-text").to_owned()),
            Problem::Infected => (words.t("problem-infected"), words.t("problem-infected-text").to_owned()),
            Problem::FilesAway => (words.t("problem-files-away"), words.t("problem-files-away-text").to_owned()),
            Problem::NotPrinted => (words.t("problem-not-printed"), words.t("problem-not-printed-text").to_owned()),
            Problem::Unavailable => (words.t("problem-unavailable"), words.t("problem-unavailable-text").to_owned()),
            Problem::Internal => (words.t("problem-internal"), words.t("problem-internal-text").to_owned()),
        };
        let home = if is_staff {
            Action { url: links::desk(), label: words.t("problem-to-desk") }
        } else {
            Action { url: links::letters(), label: words.t("problem-to-letters") }
        };
        let mut actions = vec![home];
        if !is_staff && *self == Problem::NotFound {
            actions.push(Action { url: links::tracking(), label: words.t("problem-to-tracking") });
        }
        let retry_after = match self {
            Problem::TooMany { until } => Some(until.seconds_since(page.now).max(1)),
            _ => None,
        };
        let mut response = show_as(self.status(), &ProblemPage { page, title: title.to_owned(), text, actions });
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

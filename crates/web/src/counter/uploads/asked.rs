//! What a program asks for: which version of tus, in whose name, on which letter and upload, with which headers.
//!
//! There is no form's token here, since programs have no form. What stands in its place: no other site's page can send the header
//! `Tus-Resumable` without asking us first by `OPTIONS`, which allows nobody; and `tenant::guard` looks at `Origin` besides.

use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use pishkhan_office::accounts::{SessionToken, sessions};
use pishkhan_office::actor::Sender;
use pishkhan_office::ids::{LetterId, UploadId};
use pishkhan_office::uploads::{self, Metadata, Sum, Upload};
use pishkhan_office::{StoreError, Tx};

use super::answer::Refusal;
use crate::cookies;
use crate::problem::Problem;
use crate::visit::Visit;
use crate::who;

/// The version of the protocol that we speak.
pub const VERSION: &str = "1.0.0";
/// What bytes are sent as.
const BYTES: &str = "application/offset+octet-stream";

/// A program that speaks our version of tus, with a sender's session.
#[derive(Clone)]
pub struct Caller {
    pub visit: Visit,
    pub actor: Sender,
    pub session: SessionToken,
}

/// A request on a letter's uploads.
pub struct OnLetter {
    pub caller: Caller,
    pub letter: LetterId,
    headers: HeaderMap,
    pub body: Body,
}

/// A request on one of them.
pub struct OnUpload {
    pub request: OnLetter,
    pub id: UploadId,
}

impl Caller {
    /// Work that may write, if the session is still alive.
    pub async fn begin(&self) -> Result<Tx, Refusal> {
        let mut tx = self.visit.begin().await?;
        let found = sessions::find_sender(&mut tx, &self.session).await?;
        found.filter(|(_, sender)| sender.id == self.actor.id).map(|_| tx).ok_or(Refusal::SignedOut)
    }

    /// The upload as it is now, if it is this sender's and its time is not over.
    pub async fn find(&self, letter: &LetterId, id: &UploadId) -> Result<Upload, Refusal> {
        let found = uploads::find(&mut self.visit.read().await?, &self.actor.id, letter, id).await?;
        let upload = found.ok_or(Refusal::NotFound)?;
        if upload.is_expired(self.visit.now) { Err(Refusal::Expired) } else { Ok(upload) }
    }
}

impl OnLetter {
    pub fn has(&self, name: &str) -> bool {
        self.headers.contains_key(name)
    }

    /// A header, when it is there once and is ASCII.
    pub fn text(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.get_all(name).iter();
        let value = values.next()?.to_str().ok()?;
        values.next().is_none().then_some(value)
    }

    /// A header that must be there and be a number.
    pub fn number(&self, name: &'static str) -> Result<u64, Refusal> {
        let is_number = |text: &&str| text.len() <= 18 && text.bytes().all(|b| b.is_ascii_digit());
        let number = self.text(name).filter(is_number).and_then(|text| text.parse().ok());
        number.ok_or(Refusal::NoNumber(name))
    }

    /// How long the body is said to be.
    pub fn length(&self) -> Option<u64> {
        self.text(header::CONTENT_LENGTH.as_str())?.parse().ok()
    }

    /// Whether the body is bytes of a file.
    pub fn sends_bytes(&self) -> bool {
        self.text(header::CONTENT_TYPE.as_str()).is_some_and(|kind| kind.trim().eq_ignore_ascii_case(BYTES))
    }

    pub fn metadata(&self) -> Result<Metadata, Refusal> {
        if !self.has("upload-metadata") {
            return Ok(Metadata::default());
        }
        let metadata = self.text("upload-metadata").and_then(Metadata::parse);
        metadata.ok_or(Refusal::Malformed("Upload-Metadata is not as tus says, or too long"))
    }

    /// The sum that the body must have, if one is said.
    pub fn sum(&self) -> Result<Option<Sum>, Refusal> {
        if !self.has("upload-checksum") {
            return Ok(None);
        }
        let sum = self.text("upload-checksum").and_then(Sum::parse);
        sum.map(Some).ok_or(Refusal::Malformed("Upload-Checksum is no sum that we know"))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Caller, Refusal> {
        if parts.headers.get("tus-resumable").is_none_or(|version| version != VERSION) {
            return Err(Refusal::OtherVersion);
        }
        let Ok(visit) = Visit::from_request_parts(parts, state).await;
        match who::sender(&visit).await? {
            Some((now, actor)) => {
                match who::withheld::refuse(parts, &visit, &now).await {
                    // As below: nothing leads a program on to a page.
                    Err(Problem::Withheld) => return Err(Refusal::NotFound),
                    asked => asked?,
                }
                let session = visit.cookie(cookies::SESSION).and_then(SessionToken::parse).ok_or(Refusal::SignedOut)?;
                Ok(Caller { visit, actor, session })
            }
            None if who::is_carried_over(&visit, cookies::SESSION).await? => Err(Refusal::NotFound),
            // No redirection to a page: a program would take it for an answer.
            None => Err(Refusal::SignedOut),
        }
    }
}

impl<S: Send + Sync> FromRequest<S> for OnLetter {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<OnLetter, Refusal> {
        let (mut parts, body) = request.into_parts();
        let caller = Caller::from_request_parts(&mut parts, state).await?;
        let letter = Path::<String>::from_request_parts(&mut parts, state).await.map_err(|_| Refusal::NotFound)?;
        let letter = LetterId::parse(&letter).ok_or(Refusal::NotFound)?;
        Ok(OnLetter { caller, letter, headers: parts.headers, body })
    }
}

impl<S: Send + Sync> FromRequest<S> for OnUpload {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<OnUpload, Refusal> {
        let (mut parts, body) = request.into_parts();
        let caller = Caller::from_request_parts(&mut parts, state).await?;
        let named = Path::<(String, String)>::from_request_parts(&mut parts, state).await;
        let Path((letter, id)) = named.map_err(|_| Refusal::NotFound)?;
        let letter = LetterId::parse(&letter).ok_or(Refusal::NotFound)?;
        let id = UploadId::parse(&id).ok_or(Refusal::NotFound)?;
        Ok(OnUpload { request: OnLetter { caller, letter, headers: parts.headers, body }, id })
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Refusal {
        Refusal::Problem(problem)
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Refusal {
        Refusal::Problem(error.into())
    }
}

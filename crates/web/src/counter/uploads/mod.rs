//! Files that come in pieces, as the tus protocol 1.0 has it: <https://tus.io/protocols/resumable-upload>. For our own script on the
//! form of a letter, and for any program that speaks tus. See `docs/reference/uploads.md`.

mod answer;
mod asked;
mod body;
mod unfinished;

use axum::body::Body;
use axum::extract::State;
use axum::http::StatusCode;
use axum::middleware::from_fn;
use axum::response::Response;
use axum::routing::{MethodRouter, options};
use pishkhan_office::OrganisationId;
use pishkhan_office::accounts::SessionToken;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, State as LetterState};
use pishkhan_office::uploads::{self, Receiving, Sum, Upload};

use self::answer::{Refusal, answer, with_expiry};
use self::asked::{Caller, OnLetter, OnUpload};
pub use self::unfinished::{Unfinished, unfinished};
use super::asked::Named;
use crate::app::App;
use crate::links;
use crate::problem::Problem;
use crate::who::Sender;

/// What can be asked of a letter's uploads.
pub fn of_letter() -> MethodRouter<App> {
    options(describe).get(show).post(create).layer(from_fn(answer::in_words))
}

/// What can be asked of one of them.
pub fn of_one() -> MethodRouter<App> {
    options(describe).head(tell).patch(receive).delete(end).post(by_post).layer(from_fn(answer::in_words))
}

/// `OPTIONS`: what we can do. It tells nothing of anybody, so everybody may ask.
async fn describe(State(app): State<App>) -> Response {
    let abilities = [
        ("tus-version", asked::VERSION.to_owned()),
        ("tus-max-size", app.rules.letters.file_bytes.to_string()),
        ("tus-extension", "creation,creation-with-upload,expiration,checksum,termination".to_owned()),
        ("tus-checksum-algorithm", uploads::ALGORITHMS.to_owned()),
    ];
    answer(StatusCode::NO_CONTENT, &abilities)
}

/// `GET` of a letter's uploads: the page that shows them, with its files.
async fn show(sender: Sender, Named(letter): Named) -> Result<Response, Problem> {
    let id = LetterId::parse(&letter).ok_or(Problem::NotFound)?;
    let found = letters::find_own(&mut sender.read().await?, &sender.actor.id, &id).await?.ok_or(Problem::NotFound)?;
    Ok(match found.state {
        LetterState::Draft => links::edit_draft(&id).see_other(),
        _ => links::letter(&id).see_other(),
    })
}

/// `POST` to a letter's uploads: begins one, perhaps with its first bytes.
async fn create(asked: OnLetter) -> Result<Response, Refusal> {
    if asked.has("upload-defer-length") || asked.has("upload-concat") {
        return Err(Refusal::Malformed("neither creation-defer-length nor concatenation is supported"));
    }
    if !asked.sends_bytes() && asked.length().is_some_and(|length| length > 0) {
        return Err(Refusal::WrongKind);
    }
    let (size, metadata, sum) = (asked.number("upload-length")?, asked.metadata()?, asked.sum()?);
    let has_bytes = asked.sends_bytes();
    let OnLetter { caller, letter, body, .. } = asked;
    let (app, actor) = (&caller.visit.app, &caller.actor);
    let mut tx = caller.begin().await?;
    let name = metadata.name();
    let begun = uploads::create(&mut tx, &app.vault, &app.rules, actor, &letter, size, metadata).await;
    let mut upload = begun.map_err(|error| Refusal::of_creation(name, error))?;
    tx.commit().await?;
    if has_bytes && let Err(refusal) = receive_apart(&caller, &upload, upload.arrived, sum, body).await {
        // What did not come now can come later, unless the upload has ended with it.
        caller.find(&letter, &upload.id).await.map_err(|_| refusal)?;
    }
    if has_bytes {
        upload = caller.find(&letter, &upload.id).await?;
    }
    let said =
        [("location", links::upload(&letter, &upload.id).to_string()), ("upload-offset", upload.arrived.to_string())];
    Ok(with_expiry(answer(StatusCode::CREATED, &said), &upload))
}

/// `HEAD`: how much has come.
async fn tell(asked: OnUpload) -> Result<Response, Refusal> {
    let upload = asked.request.caller.find(&asked.request.letter, &asked.id).await?;
    let said = [
        ("cache-control", "no-store".to_owned()),
        ("upload-offset", upload.arrived.to_string()),
        ("upload-length", upload.size.to_string()),
        ("upload-metadata", upload.metadata.as_str().to_owned()),
    ];
    Ok(with_expiry(answer(StatusCode::OK, &said), &upload))
}

/// `PATCH`: more bytes.
async fn receive(asked: OnUpload) -> Result<Response, Refusal> {
    if !asked.request.sends_bytes() {
        return Err(Refusal::WrongKind);
    }
    let (at, sum) = (asked.request.number("upload-offset")?, asked.request.sum()?);
    let upload = asked.request.caller.find(&asked.request.letter, &asked.id).await?;
    let left = upload.size - upload.arrived;
    if at == upload.arrived && asked.request.length().is_some_and(|length| length > left) {
        return Err(Refusal::TooMuch);
    }
    let OnLetter { caller, body, .. } = asked.request;
    let arrived = receive_apart(&caller, &upload, at, sum, body).await?;
    let said = [("upload-offset", arrived.to_string())];
    let finished_at = (arrived == upload.size).then_some(caller.visit.now);
    Ok(with_expiry(answer(StatusCode::NO_CONTENT, &said), &Upload { finished_at, ..upload }))
}

/// `DELETE`: the sender wants it no more.
async fn end(asked: OnUpload) -> Result<Response, Refusal> {
    let upload = asked.request.caller.find(&asked.request.letter, &asked.id).await?;
    let caller = &asked.request.caller;
    let mut tx = caller.begin().await?;
    let pieces = uploads::end(&mut tx, &caller.actor, &upload).await.map_err(Refusal::of_end)?;
    tx.commit().await?;
    receiving(&caller.visit.app, &caller.visit.organisation.id, &caller.actor, &caller.session).remove(&pieces).await;
    Ok(answer(StatusCode::NO_CONTENT, &[]))
}

/// `POST` to an upload, by programs that can send nothing else: tus has them name the method that they mean.
async fn by_post(asked: OnUpload) -> Result<Response, Refusal> {
    match asked.request.text("x-http-method-override") {
        Some("PATCH") => receive(asked).await,
        Some("DELETE") => end(asked).await,
        Some("HEAD") => tell(asked).await,
        Some(_) | None => Err(Refusal::NoMethod),
    }
}

/// Takes bytes in, in a task of its own: what came before a line broke is kept, although nobody waits for the answer any more.
async fn receive_apart(
    caller: &Caller,
    upload: &Upload,
    at: u64,
    sum: Option<Sum>,
    body: Body,
) -> Result<u64, Refusal> {
    let Caller { visit, actor, session } = caller.clone();
    let (name, upload) = (upload.name.clone(), upload.clone());
    let task = tokio::spawn(async move {
        let receiving = receiving(&visit.app, &visit.organisation.id, &actor, &session);
        receiving.receive(&upload, at, sum, body.into_data_stream()).await
    });
    let received = task.await.map_err(|error| {
        tracing::error!(%error, "an upload broke off");
        Refusal::Problem(Problem::Internal)
    })?;
    received.map_err(|error| Refusal::of_receiving(name, error))
}

fn receiving<'a>(
    app: &'a App,
    organisation: &'a OrganisationId,
    sender: &'a pishkhan_office::actor::Sender,
    session: &'a SessionToken,
) -> Receiving<'a> {
    let (db, clock, vault, rules) = (&app.db, &app.clock, &app.vault, &app.rules);
    Receiving { db, clock, vault, rules, organisation, sender, session }
}

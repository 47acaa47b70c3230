//! Who is asking. Whoever holds one of these types holds the right; what somebody may not see does not exist for them.

mod confirmed;
mod upper;
pub mod withheld;

use std::ops::Deref;

use axum::extract::FromRequestParts;
use axum::http::Method;
use axum::http::request::Parts;
use pishkhan_office::accounts::SessionToken;
use pishkhan_office::accounts::sessions::{self, Session};
use pishkhan_office::actor::Role;
use pishkhan_office::{Tx, actor, dispatch};

use crate::cookies;
use crate::layout::{Books, Page};
use crate::problem::Problem;
use crate::visit::Visit;
pub use confirmed::Confirmed;
pub use upper::{Administrator, Signer};

/// A signed-in sender.
pub struct Sender {
    pub visit: Visit,
    pub actor: actor::Sender,
    pub session: Session,
}

/// A signed-in member of staff.
pub struct Staff {
    pub visit: Visit,
    pub actor: actor::Staff,
    pub session: Session,
}

/// Staff who may register, reject and redirect.
pub struct Reviewer {
    pub visit: Visit,
    pub actor: actor::Reviewer,
}

/// Staff who may take, answer and close.
pub struct Officer {
    pub visit: Visit,
    pub actor: actor::Officer,
}

impl Sender {
    /// Work that may write, if the session is still alive: it may have been ended while the request's body was on its way.
    pub async fn begin(&self) -> Result<Tx, Problem> {
        let mut tx = self.visit.begin().await?;
        let token = self.visit.cookie(cookies::SESSION).and_then(SessionToken::parse).ok_or(Problem::SessionEnded)?;
        let found = sessions::find_sender(&mut tx, &token).await?;
        found.filter(|(_, sender)| sender.id == self.actor.id).map(|_| tx).ok_or(Problem::SessionEnded)
    }

    /// The frame of a page for this sender.
    pub fn page(&self, section: &'static str) -> Page {
        Page { sender_name: Some(self.actor.name.clone()), ..self.visit.page(section) }
    }
}

impl Staff {
    /// Work that may write, if this person is still signed in.
    pub async fn begin(&self) -> Result<Tx, Problem> {
        let (tx, staff) = begin_as_staff(&self.visit).await?;
        if staff.id == self.actor.id { Ok(tx) } else { Err(Problem::NotFound) }
    }

    /// The frame of a page for this member of staff.
    pub fn page(&self, section: &'static str) -> Page {
        desk_page(&self.visit, &self.actor, section)
    }
}

impl Reviewer {
    /// Work that may write, if this is still a reviewer who is signed in.
    pub async fn begin(&self) -> Result<Tx, Problem> {
        let (tx, staff) = begin_as_staff(&self.visit).await?;
        staff.reviewer().filter(|now| now.id == self.actor.id).map(|_| tx).ok_or(Problem::NotFound)
    }

    pub fn page(&self, section: &'static str) -> Page {
        desk_page(&self.visit, &self.actor, section)
    }
}

impl Officer {
    /// Work that may write, if this is still an officer who is signed in.
    pub async fn begin(&self) -> Result<Tx, Problem> {
        let (tx, staff) = begin_as_staff(&self.visit).await?;
        staff.officer().filter(|now| now.id == self.actor.id).map(|_| tx).ok_or(Problem::NotFound)
    }

    pub fn page(&self, section: &'static str) -> Page {
        desk_page(&self.visit, &self.actor, section)
    }
}

impl Deref for Sender {
    type Target = Visit;

    fn deref(&self) -> &Visit {
        &self.visit
    }
}

impl Deref for Staff {
    type Target = Visit;

    fn deref(&self) -> &Visit {
        &self.visit
    }
}

impl Deref for Reviewer {
    type Target = Visit;

    fn deref(&self) -> &Visit {
        &self.visit
    }
}

impl Deref for Officer {
    type Target = Visit;

    fn deref(&self) -> &Visit {
        &self.visit
    }
}

impl<S: Sync> FromRequestParts<S> for Sender {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Sender, Problem> {
        let Ok(visit) = Visit::from_request_parts(parts, state).await;
        match sender(&visit).await? {
            Some((session, actor)) => {
                withheld::refuse(parts, &visit, &session).await?;
                // For the form behind it, whose files count against this sender's day.
                parts.extensions.insert(actor.id.clone());
                Ok(Sender { visit, actor, session })
            }
            None if is_carried_over(&visit, cookies::SESSION).await? => Err(Problem::NotFound),
            None => {
                let next = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
                let has_ended = is_form(parts) && visit.cookie(cookies::SESSION).is_some();
                Err(if has_ended { Problem::SessionEnded } else { Problem::SignIn { next } })
            }
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Staff {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Staff, Problem> {
        let Ok(mut visit) = Visit::from_request_parts(parts, state).await;
        match staff(&visit).await? {
            Some((session, actor)) => {
                if actor.has(Role::Administrator) {
                    visit.matters = dispatch::matters(&mut visit.read().await?).await?;
                }
                Ok(Staff { visit, actor, session })
            }
            None if is_carried_over(&visit, cookies::DESK).await? => Err(Problem::NotFound),
            None if is_form(parts) && visit.cookie(cookies::DESK).is_some() => Err(Problem::SessionEnded),
            None => Err(Problem::DeskSignIn),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Reviewer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Reviewer, Problem> {
        let staff = Staff::from_request_parts(parts, state).await?;
        let actor = staff.actor.reviewer().ok_or(Problem::NotFound)?;
        Ok(Reviewer { visit: staff.visit, actor })
    }
}

impl<S: Sync> FromRequestParts<S> for Officer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Officer, Problem> {
        let staff = Staff::from_request_parts(parts, state).await?;
        let actor = staff.actor.officer().ok_or(Problem::NotFound)?;
        Ok(Officer { visit: staff.visit, actor })
    }
}

/// The frame of a page for somebody of the staff.
fn desk_page(visit: &Visit, staff: &actor::Staff, section: &'static str) -> Page {
    let name = Some(staff.name.clone());
    Page { sender_name: name, books: Books::of(staff), has_keys: staff.has_keys, ..visit.page(section) }
}

/// The sender whose session the browser has, if it is alive.
pub async fn sender(visit: &Visit) -> Result<Option<(Session, actor::Sender)>, Problem> {
    let Some(token) = visit.cookie(cookies::SESSION).and_then(SessionToken::parse) else { return Ok(None) };
    let found = sessions::find_sender(&mut visit.read().await?, &token).await?;
    if let Some((session, _)) = &found {
        keep_alive(visit, session).await?;
    }
    Ok(found)
}

/// The member of staff whose session the browser has, if it is alive.
pub async fn staff(visit: &Visit) -> Result<Option<(Session, actor::Staff)>, Problem> {
    let Some(token) = visit.cookie(cookies::DESK).and_then(SessionToken::parse) else { return Ok(None) };
    let found = sessions::find_staff(&mut visit.read().await?, &token).await?;
    if let Some((session, _)) = &found {
        keep_alive(visit, session).await?;
    }
    Ok(found)
}

/// Whether somebody sent a form: sent on to a sign-in, they would lose what they had written.
fn is_form(parts: &Parts) -> bool {
    !matches!(parts.method, Method::GET | Method::HEAD)
}

async fn begin_as_staff(visit: &Visit) -> Result<(Tx, actor::Staff), Problem> {
    let mut tx = visit.begin().await?;
    let token = visit.cookie(cookies::DESK).and_then(SessionToken::parse).ok_or(Problem::SessionEnded)?;
    let (_, staff) = sessions::find_staff(&mut tx, &token).await?.ok_or(Problem::SessionEnded)?;
    Ok((tx, staff))
}

/// Whether the session in that cookie is of another organisation. Browsers keep each host's cookies apart, so this is somebody who
/// tries doors, and for them nothing is here.
pub async fn is_carried_over(visit: &Visit, cookie: &str) -> Result<bool, Problem> {
    match visit.cookie(cookie).and_then(SessionToken::parse) {
        Some(token) => Ok(sessions::is_of_another(&mut visit.read().await?, &token).await?),
        None => Ok(false),
    }
}

/// Once a minute is enough to know who is idle, and spares the writer.
async fn keep_alive(visit: &Visit, session: &Session) -> Result<(), Problem> {
    if session.is_stale(visit.now) {
        let mut tx = visit.begin().await?;
        sessions::touch(&mut tx, session).await?;
        tx.commit().await?;
    }
    Ok(())
}

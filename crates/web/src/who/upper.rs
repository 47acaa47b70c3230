//! Who is asking, of those above the officers: signers and administrators.

use std::ops::Deref;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use pishkhan_office::{Tx, actor};

use super::{Staff, begin_as_staff, desk_page};
use crate::layout::Page;
use crate::problem::Problem;
use crate::visit::Visit;

/// Staff who issue answers, share letters out and decide objections.
pub struct Signer {
    pub visit: Visit,
    pub actor: actor::Signer,
}

/// Staff who set the organisation up, and reopen what is closed.
pub struct Administrator {
    pub visit: Visit,
    pub actor: actor::Administrator,
}

impl Signer {
    /// Work that may write, if this is still a signer who is signed in.
    pub async fn begin(&self) -> Result<Tx, Problem> {
        let (tx, staff) = begin_as_staff(&self.visit).await?;
        staff.signer().filter(|now| now.id == self.actor.id).map(|_| tx).ok_or(Problem::NotFound)
    }

    pub fn page(&self, section: &'static str) -> Page {
        desk_page(&self.visit, &self.actor, section)
    }
}

impl Administrator {
    /// Work that may write, if this is still an administrator who is signed in.
    pub async fn begin(&self) -> Result<Tx, Problem> {
        let (tx, staff) = begin_as_staff(&self.visit).await?;
        staff.administrator().filter(|now| now.id == self.actor.id).map(|_| tx).ok_or(Problem::NotFound)
    }

    pub fn page(&self, section: &'static str) -> Page {
        desk_page(&self.visit, &self.actor, section)
    }
}

impl Deref for Signer {
    type Target = Visit;

    fn deref(&self) -> &Visit {
        &self.visit
    }
}

impl Deref for Administrator {
    type Target = Visit;

    fn deref(&self) -> &Visit {
        &self.visit
    }
}

impl<S: Sync> FromRequestParts<S> for Signer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Signer, Problem> {
        let staff = Staff::from_request_parts(parts, state).await?;
        let actor = staff.actor.signer().ok_or(Problem::NotFound)?;
        Ok(Signer { visit: staff.visit, actor })
    }
}

impl<S: Sync> FromRequestParts<S> for Administrator {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Administrator, Problem> {
        let staff = Staff::from_request_parts(parts, state).await?;
        let actor = staff.actor.administrator().ok_or(Problem::NotFound)?;
        Ok(Administrator { visit: staff.visit, actor })
    }
}

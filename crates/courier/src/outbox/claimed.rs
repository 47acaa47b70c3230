//! A message that a worker has claimed.

use std::fmt;

use pishkhan_persian::Language;
use pishkhan_store::{Moment, OrganisationId};

use crate::MessageId;
use crate::gateways::{Outgoing, Purpose};
use crate::routes::RouteId;

/// A message that this worker may send until [`Claimed::until`].
#[derive(Clone, PartialEq, Eq)]
pub struct Claimed {
    /// Whose message it is.
    pub organisation: OrganisationId,
    /// The same over all tries, so that a gateway can tell a repetition.
    pub id: MessageId,
    /// The mobile number, `+989…`, or an e-mail address.
    pub to: String,
    /// Which kind of message it is.
    pub template: String,
    /// The text, whole.
    pub text: String,
    /// In which language it speaks.
    pub language: Language,
    /// What stands in its places, by name.
    pub values: Vec<(String, String)>,
    /// When the act posted it.
    pub posted_at: Moment,
    /// From when on nobody needs it any more.
    pub expires_at: Option<Moment>,
    /// Which try this is, from 1.
    pub tries: u32,
    /// What it is about, in the words of whoever posted it.
    pub about: String,
    /// The route that it must take, since that one may have it already; empty for any.
    pub route: RouteId,
    /// When it was handed to that route by a worker that stopped before it wrote down what came of it; None when none did.
    pub handed_at: Option<Moment>,
    /// When it was claimed.
    pub at: Moment,
    /// When another worker may claim it.
    pub until: Moment,
}

impl Claimed {
    /// Whether nobody needs it any more at this moment.
    pub fn is_expired(&self, at: Moment) -> bool {
        self.expires_at.is_some_and(|expiry| expiry <= at)
    }

    /// Whether its route may have it already, so that no other may get it.
    pub fn is_bound(&self) -> bool {
        !self.route.0.is_empty()
    }

    /// Since when its route may have it, as far as that is known; if that was changed later, it is another one.
    pub(crate) fn bound_at(&self) -> Moment {
        self.handed_at.unwrap_or(self.posted_at)
    }

    /// The message as a gateway gets it.
    pub fn outgoing(&self) -> Outgoing {
        Outgoing {
            id: self.id.clone(),
            organisation: self.organisation.clone(),
            to: self.to.clone(),
            template: self.template.clone(),
            text: self.text.clone(),
            language: self.language,
            values: self.values.clone(),
            purpose: Purpose::of(&self.template),
            expires_at: self.expires_at,
            at: self.at,
        }
    }
}

impl fmt::Debug for Claimed {
    /// A number or a text must not slip into a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claimed")
            .field("id", &self.id.0)
            .field("template", &self.template)
            .field("tries", &self.tries)
            .finish_non_exhaustive()
    }
}

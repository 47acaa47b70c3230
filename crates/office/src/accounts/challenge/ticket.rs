//! Tickets: a random id and a moment, signed for one purpose and one organisation, of which we keep nothing until they are used.

use pishkhan_store::{Moment, OrganisationId, Secret};

use crate::accounts::seal::{is_same, sealed};
use crate::ids::Id;

/// A ticket whose seal is ours.
pub(super) struct Ticket {
    pub id: String,
    pub at: Moment,
}

/// A new ticket as pages carry it: `id.moment.seal`.
pub(super) fn issue(secret: &Secret, purpose: &str, organisation: &OrganisationId, at: Moment) -> String {
    let id = Id::<Ticket>::random();
    let at = at.0.to_string();
    let seal = sealed(secret, purpose, &[organisation.as_str(), id.as_str(), &at]);
    format!("{id}.{at}.{seal}")
}

/// The ticket that a page sent back, if we issued it for this purpose and this organisation.
pub(super) fn open(secret: &Secret, purpose: &str, organisation: &OrganisationId, text: &str) -> Option<Ticket> {
    let mut parts = text.split('.');
    let (id, at, seal) = (parts.next()?, parts.next()?, parts.next()?);
    let is_ours = parts.next().is_none() && is_same(seal, &sealed(secret, purpose, &[organisation.as_str(), id, at]));
    is_ours.then(|| Some(Ticket { id: id.to_owned(), at: Moment(at.parse().ok()?) })).flatten()
}

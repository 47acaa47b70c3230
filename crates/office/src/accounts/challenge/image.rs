//! The image code: five digits that a picture shows. The token says nothing of them; only the server can draw or check it.

use pishkhan_store::{Moment, OrganisationId, Secret};

use super::{Spendable, ticket};
use crate::accounts::seal::{is_same, seal};

const PURPOSE: &str = "image code";

/// What was made of an answer.
pub(super) enum Read {
    Right(Spendable),
    /// A token of ours with other digits: it must not be tried again.
    Wrong(Spendable),
    NotOurs,
}

pub(super) fn issue(secret: &Secret, organisation: &OrganisationId, expires_at: Moment) -> String {
    ticket::issue(secret, PURPOSE, organisation, expires_at)
}

/// The digits to draw for a token of ours that is still in time. No zero: it looks like a dot in Persian.
pub(super) fn digits(secret: &Secret, organisation: &OrganisationId, now: Moment, token: &str) -> Option<[u8; 5]> {
    let ticket = ticket::open(secret, PURPOSE, organisation, token).filter(|ticket| ticket.at > now)?;
    Some(digits_of(secret, organisation, &ticket.id))
}

pub(super) fn read(
    secret: &Secret,
    organisation: &OrganisationId,
    now: Moment,
    token: &str,
    typed_digits: &str,
) -> Read {
    let Some(ticket) = ticket::open(secret, PURPOSE, organisation, token).filter(|ticket| ticket.at > now) else {
        return Read::NotOurs;
    };
    let shown: String = digits_of(secret, organisation, &ticket.id).iter().map(u8::to_string).collect();
    let spendable = Spendable { id: ticket.id, expires_at: ticket.at };
    if is_same(&shown, typed_digits) { Read::Right(spendable) } else { Read::Wrong(spendable) }
}

fn digits_of(secret: &Secret, organisation: &OrganisationId, id: &str) -> [u8; 5] {
    let seal = seal(secret, "digits of an image", &[organisation.as_str(), id]);
    // One digit of each byte: that 1 to 4 come a little more often (29 of 256 instead of 28) helps nobody guess.
    std::array::from_fn(|place| 1 + seal[place] % 9)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment(1_000);
    const LATER: Moment = Moment(2_000);

    #[test]
    fn the_digits_shown_are_the_digits_read() {
        let (secret, here) = (Secret::random(), OrganisationId("here".into()));
        let token = issue(&secret, &here, LATER);
        let shown = digits(&secret, &here, NOW, &token).expect("a token of ours");
        assert!(shown.iter().all(|digit| (1..=9).contains(digit)));
        let typed: String = shown.iter().map(u8::to_string).collect();
        assert!(matches!(read(&secret, &here, NOW, &token, &typed), Read::Right(_)));
        assert!(matches!(read(&secret, &here, NOW, &token, "00000"), Read::Wrong(_)));
        assert!(matches!(read(&secret, &here, LATER, &token, &typed), Read::NotOurs));
    }

    #[test]
    fn strange_tokens_are_not_ours() {
        let (secret, here) = (Secret::random(), OrganisationId("here".into()));
        let token = issue(&secret, &here, LATER);
        let there = OrganisationId("there".into());
        assert!(digits(&secret, &there, NOW, &token).is_none());
        for text in ["", "..", "a.b.c", &format!("{token}.x"), &token.replace('.', ":"), &token[1..]] {
            assert!(digits(&secret, &here, NOW, text).is_none());
        }
    }
}

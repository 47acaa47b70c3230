//! The challenge that stands before any SMS and before public tracking: a silent proof of work, an image code, or a wait.
//!
//! Nothing is stored when one is issued. Each is signed, good for ten minutes, for one organisation, once. They are a speed bump
//! for programs, not a wall: the limits must hold without them (SECURITY.md, TH11).

mod image;
mod proof;
mod ticket;
mod wait;

use std::time::Duration;

pub use proof::ProofChallenge;

use pishkhan_store::{Moment, OrganisationId, Result, Secret, Tx};

use super::limits::{self, HOUR, Over, Taken};
use super::rows::spent;
use super::typed;
use super::visitor::Visitor;
use crate::rules::Rules;

/// How long a challenge may be answered.
const LIFE: Duration = Duration::from_mins(10);

/// What a page offers; the visitor answers one of them.
#[derive(Clone, Debug)]
pub struct Challenges {
    pub proof: ProofChallenge,
    /// The token of the image, for a hidden field and the image's address.
    pub image: String,
}

/// The fields of a form as they came; an empty one counts as none.
#[derive(Clone, Copy, Debug, Default)]
pub struct ChallengeAnswer<'a> {
    pub proof: Option<&'a str>,
    /// The token of the image.
    pub image: Option<&'a str>,
    /// The digits that were read in it.
    pub image_code: Option<&'a str>,
    /// The token of a wait.
    pub wait: Option<&'a str>,
}

/// What an answer was worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    Passed,
    /// Nothing was answered.
    Missing,
    WrongImage,
    TooEarly {
        until: Moment,
    },
    /// Forged, too late, or used before.
    Failed,
}

/// What came of asking for a wait.
#[derive(Clone, Debug)]
pub enum Waiting {
    /// The token is good from `until` on.
    Begun {
        token: String,
        until: Moment,
    },
    TooMany {
        until: Moment,
    },
}

/// A challenge that may be spent.
struct Spendable {
    id: String,
    expires_at: Moment,
}

/// New challenges for a page; nothing is stored.
pub fn issue(secret: &Secret, rules: &Rules, organisation: &OrganisationId, now: Moment) -> Challenges {
    let expires_at = now.plus(LIFE);
    Challenges {
        proof: proof::issue(secret, rules.sign_in.proof_max_number, organisation, expires_at),
        image: image::issue(secret, organisation, expires_at),
    }
}

/// The five digits, 1 to 9, that the image of this token shows; none for a token that isn't ours or is too old.
pub fn image_digits(secret: &Secret, organisation: &OrganisationId, now: Moment, token: &str) -> Option<[u8; 5]> {
    image::digits(secret, organisation, now, token)
}

/// Until when the wait of this token lasts, which may be over; none for a token that isn't ours or is too old.
pub fn waits_until(
    secret: &Secret,
    rules: &Rules,
    organisation: &OrganisationId,
    now: Moment,
    token: &str,
) -> Option<Moment> {
    match wait::read(secret, organisation, now, rules.sign_in.wait, token) {
        wait::Read::Waited(_) => Some(now),
        wait::Read::TooEarly { until } => Some(until),
        wait::Read::NotOurs => None,
    }
}

/// Begins a wait, of which each address has a few an hour. The caller drops the transaction when there were too many.
pub async fn begin_wait(tx: &mut Tx, secret: &Secret, rules: &Rules, visitor: &Visitor) -> Result<Waiting> {
    let subject = limits::address(secret, "waits", visitor);
    match limits::take(tx, Over::House, &subject, rules.limits.waits_per_address_per_hour, HOUR).await? {
        Taken::Over { until } => Ok(Waiting::TooMany { until }),
        Taken::Within => Ok(Waiting::Begun {
            token: wait::issue(secret, tx.organisation(), tx.now()),
            until: tx.now().plus(rules.sign_in.wait),
        }),
    }
}

/// Checks an answer and uses it up; the caller commits also when it was wrong, since a wrong image must not be tried again.
pub async fn check(tx: &mut Tx, secret: &Secret, rules: &Rules, answer: ChallengeAnswer<'_>) -> Result<Checked> {
    if !rules.sign_in.has_challenge {
        return Ok(Checked::Passed);
    }
    let given = |field: Option<&'_ str>| field.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let proof = given(answer.proof);
    if let Some(proof) = &proof
        && check_proof(tx, secret, proof).await?
    {
        return Ok(Checked::Passed);
    }
    if let Some(code) = given(answer.image_code) {
        return check_image(tx, secret, answer.image.unwrap_or_default(), &code).await;
    }
    if let Some(wait) = given(answer.wait) {
        return check_wait(tx, secret, rules.sign_in.wait, &wait).await;
    }
    Ok(if proof.is_some() { Checked::Failed } else { Checked::Missing })
}

async fn check_proof(tx: &mut Tx, secret: &Secret, answer: &str) -> Result<bool> {
    match proof::solved(secret, tx.organisation(), tx.now(), answer) {
        Some(solved) => spend(tx, &solved).await,
        None => Ok(false),
    }
}

async fn check_image(tx: &mut Tx, secret: &Secret, token: &str, code: &str) -> Result<Checked> {
    let (spendable, answer) = match image::read(secret, tx.organisation(), tx.now(), token, &typed::digits(code)) {
        image::Read::Right(spendable) => (spendable, Checked::Passed),
        image::Read::Wrong(spendable) => (spendable, Checked::WrongImage),
        image::Read::NotOurs => return Ok(Checked::Failed),
    };
    Ok(if spend(tx, &spendable).await? { answer } else { Checked::Failed })
}

async fn check_wait(tx: &mut Tx, secret: &Secret, wait: Duration, token: &str) -> Result<Checked> {
    match wait::read(secret, tx.organisation(), tx.now(), wait, token) {
        wait::Read::Waited(spendable) => {
            Ok(if spend(tx, &spendable).await? { Checked::Passed } else { Checked::Failed })
        }
        wait::Read::TooEarly { until } => Ok(Checked::TooEarly { until }),
        wait::Read::NotOurs => Ok(Checked::Failed),
    }
}

async fn spend(tx: &mut Tx, spendable: &Spendable) -> Result<bool> {
    spent::spend(tx, &spendable.id, spendable.expires_at).await
}

//! The proof of work, in the wire format of ALTCHA v1: find the number whose hash with the salt is the challenge.

use data_encoding::{BASE64, HEXLOWER};
use pishkhan_store::{Moment, OrganisationId, Secret};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Spendable;
use crate::accounts::seal::{is_same, sealed};
use crate::ids::random_bytes;

/// What the page's script gets, as JSON, to work on.
#[derive(Clone, Debug, Serialize)]
pub struct ProofChallenge {
    pub algorithm: &'static str,
    pub challenge: String,
    pub salt: String,
    #[serde(rename = "maxnumber")]
    pub max_number: u32,
    pub signature: String,
}

#[derive(Deserialize)]
struct Answer {
    algorithm: String,
    challenge: String,
    number: u64,
    salt: String,
    signature: String,
}

const ALGORITHM: &str = "SHA-256";
const PURPOSE: &str = "proof of work";
const EXPIRES: &str = "?expires=";
/// No answer of ours comes near it.
const LONGEST_ANSWER: usize = 2_000;

pub(super) fn issue(
    secret: &Secret,
    max_number: u32,
    organisation: &OrganisationId,
    expires_at: Moment,
) -> ProofChallenge {
    // The & ends the moment. Without it, digits could move from the number into the moment under the same hash
    // (CVE-2025-68113).
    let salt = format!("{}{EXPIRES}{}&", HEXLOWER.encode(&random_bytes::<16>()), expires_at.0.div_euclid(1_000));
    // The remainder favours nobody worth the name: 64 bits against at most 24.
    let number = u64::from_be_bytes(random_bytes()) % (u64::from(max_number) + 1);
    let challenge = hash(&salt, number);
    let signature = sealed(secret, PURPOSE, &[organisation.as_str(), &challenge]);
    ProofChallenge { algorithm: ALGORITHM, challenge, salt, max_number, signature }
}

/// The challenge that this answer solves, if it is ours, right and in time.
pub(super) fn solved(secret: &Secret, organisation: &OrganisationId, now: Moment, answer: &str) -> Option<Spendable> {
    let answer = parse(answer)?;
    let expires_at = expiry(&answer.salt)?;
    let is_right = answer.algorithm == ALGORITHM && hash(&answer.salt, answer.number) == answer.challenge;
    let is_ours = is_same(&answer.signature, &sealed(secret, PURPOSE, &[organisation.as_str(), &answer.challenge]));
    (is_right && is_ours && expires_at > now).then_some(Spendable { id: answer.challenge, expires_at })
}

fn parse(answer: &str) -> Option<Answer> {
    if answer.len() > LONGEST_ANSWER {
        return None;
    }
    serde_json::from_slice(&BASE64.decode(answer.as_bytes()).ok()?).ok()
}

fn expiry(salt: &str) -> Option<Moment> {
    let (_, seconds) = salt.strip_suffix('&')?.split_once(EXPIRES)?;
    seconds.parse::<i64>().ok()?.checked_mul(1_000).map(Moment)
}

fn hash(salt: &str, number: u64) -> String {
    HEXLOWER.encode(&Sha256::digest(format!("{salt}{number}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment(1_700_000_000_000);
    const LATER: Moment = Moment(1_700_000_600_000);

    fn here() -> OrganisationId {
        OrganisationId("here".into())
    }

    fn answer(challenge: &ProofChallenge, salt: &str, number: u64) -> String {
        let answer = serde_json::json!({
            "algorithm": challenge.algorithm, "challenge": challenge.challenge, "number": number, "salt": salt,
            "signature": challenge.signature, "took": 12,
        });
        BASE64.encode(answer.to_string().as_bytes())
    }

    fn number(challenge: &ProofChallenge) -> u64 {
        let numbers = 0..=u64::from(challenge.max_number);
        numbers.into_iter().find(|n| hash(&challenge.salt, *n) == challenge.challenge).expect("a number within bounds")
    }

    #[test]
    fn a_right_answer_passes_here_and_in_time_only() {
        let secret = Secret::random();
        let challenge = issue(&secret, 500, &here(), LATER);
        let right = answer(&challenge, &challenge.salt, number(&challenge));
        assert!(solved(&secret, &here(), NOW, &right).is_some());
        assert!(solved(&secret, &here(), LATER, &right).is_none());
        assert!(solved(&secret, &OrganisationId("there".into()), NOW, &right).is_none());
        assert!(solved(&Secret::random(), &here(), NOW, &right).is_none());
    }

    #[test]
    fn digits_do_not_move_from_the_number_into_the_expiry() {
        let secret = Secret::random();
        let challenge = issue(&secret, 500, &here(), LATER);
        let digits = number(&challenge).to_string();
        let moved = format!("{}{}", challenge.salt, &digits[..1]);
        let rest = digits[1..].parse().unwrap_or(0);
        assert!(solved(&secret, &here(), NOW, &answer(&challenge, &moved, rest)).is_none());
    }

    #[test]
    fn nonsense_is_refused() {
        let secret = Secret::random();
        let nonsense = ["x", "e30=", "bnVsbA==", "کد", &"A".repeat(4_000), &BASE64.encode(b"{\"number\":-1}")];
        for text in nonsense {
            assert!(solved(&secret, &here(), NOW, text).is_none());
        }
    }
}

//! What the demo is made of: `seed.toml` as types.

use serde::Deserialize;

use super::timeline::Ago;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seed {
    /// The official holidays that fall on the same Jalali date each year.
    #[serde(rename = "holiday")]
    pub holidays: Vec<Holiday>,
    #[serde(rename = "organisation")]
    pub organisations: Vec<Organisation>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    pub id: String,
    pub host: String,
    pub name: String,
    pub name_english: String,
    #[serde(rename = "register")]
    pub registers: Vec<Register>,
    #[serde(rename = "unit")]
    pub units: Vec<Unit>,
    #[serde(rename = "reason")]
    pub reasons: Vec<Reason>,
    #[serde(rename = "paper", default)]
    pub papers: Vec<Paper>,
    #[serde(rename = "text", default)]
    pub texts: Vec<Text>,
    pub staff: Vec<Person>,
    #[serde(rename = "sender")]
    pub senders: Vec<Sender>,
    #[serde(rename = "letter")]
    pub letters: Vec<Letter>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    pub month: u8,
    pub day: u8,
    pub reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Register {
    pub name: String,
    pub template: String,
    #[serde(default)]
    pub prefix: String,
    pub direction: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    pub code: String,
    pub name: String,
    pub name_english: String,
    /// The register's name.
    pub register: String,
    /// Whether its answers need a signer.
    #[serde(default)]
    pub is_signed: bool,
    /// The name of the register of its answers.
    pub outgoing_register: Option<String>,
    pub review_days: Option<u32>,
    pub answer_days: Option<u32>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    pub short: String,
    pub short_english: String,
    pub help: String,
}

/// A paper that a unit asks for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// The unit's code.
    pub unit: String,
    pub name: String,
    #[serde(default)]
    pub name_english: String,
}

/// A text that staff use often.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    pub kind: String,
    pub title: String,
    pub body: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    pub email: String,
    pub name: String,
    pub role: String,
    pub title: String,
    /// The unit's code.
    pub unit: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sender {
    pub mobile: String,
    pub name: String,
    pub kind: String,
    pub language: String,
}

/// A letter and its life: the moments that are given are the acts that happened, in this order.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Letter {
    /// The sender's number.
    pub sender: String,
    /// The code of the unit it was written to.
    pub unit: Option<String>,
    pub subject: String,
    #[serde(default)]
    pub body: String,
    /// Names of files; their endings say what is made.
    #[serde(default)]
    pub files: Vec<String>,
    pub written: Ago,
    pub submitted: Option<Ago>,
    pub redirected: Option<Redirection>,
    pub rejected: Option<Rejection>,
    pub registered: Option<Ago>,
    /// How pressing it was called then; empty: not at all.
    #[serde(default)]
    pub priority: String,
    /// The number of the sender's own paper.
    #[serde(default)]
    pub own_number: String,
    pub taken: Option<Ago>,
    /// An answer that waits for its signer.
    pub proposed: Option<Answer>,
    pub answered: Option<Answer>,
    pub objected: Option<Objection>,
    pub closed: Option<Ago>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objection {
    pub at: Ago,
    pub text: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redirection {
    pub at: Ago,
    /// The unit's code.
    pub to: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rejection {
    pub at: Ago,
    /// The short text of the organisation's reason; without one the note is the reason.
    pub reason: Option<String>,
    #[serde(default)]
    pub note: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    pub at: Ago,
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub files: Vec<String>,
}

impl Seed {
    /// The seed in the program.
    pub fn embedded() -> Seed {
        toml::from_str(include_str!("seed.toml")).expect("the embedded seed is as these types say, as a test proves")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seed_is_what_the_demo_promises() {
        let seed = Seed::embedded();
        assert_eq!(seed.organisations.len(), 2);
        assert_eq!(seed.holidays.len(), 11);
        for it in &seed.organisations {
            assert!(it.units.len() >= 4 && it.reasons.len() >= 5 && it.letters.len() >= 12, "{}", it.id);
            let count = |role: &str| it.staff.iter().filter(|person| person.role == role).count();
            let roles = ["reviewer", "officer", "signer", "administrator", "auditor"].map(count);
            assert_eq!(roles, [2, 3, 2, 1, 1], "{}", it.id);
            let signed: Vec<&Unit> = it.units.iter().filter(|unit| unit.is_signed).collect();
            assert!(signed.len() == 1 && signed[0].outgoing_register.is_some(), "{}", it.id);
            assert!(it.reasons.iter().all(|reason| !reason.help.is_empty() && !reason.short_english.is_empty()));
            assert!(it.letters.iter().any(|letter| letter.submitted.is_none()), "{} has no draft", it.id);
        }
    }
}

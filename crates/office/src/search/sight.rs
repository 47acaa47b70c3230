//! Who may find what, as tokens: each letter has those by which it is seen, each person those that their posts open. So the index
//! itself leaves out what somebody may not see, however common the word. The letter's page asks again, by its own rule.

use pishkhan_store::OrganisationId;

use super::expression::{Expression, any_token};
use crate::actor::{Role, Staff};

/// What decides about who sees a letter.
pub(super) struct Sighted<'a> {
    pub organisation: &'a OrganisationId,
    pub unit: &'a str,
    pub is_registered: bool,
}

impl Sighted<'_> {
    /// The tokens by which the letter is seen.
    pub(super) fn tokens(&self) -> Vec<String> {
        let mut tokens = vec![everybody(self.organisation)];
        if self.is_registered {
            tokens.push(unit(self.unit));
        }
        tokens
    }
}

/// What this person may see by the posts they hold now; None when they see no letters.
pub(super) fn of(organisation: &OrganisationId, staff: &Staff) -> Option<Expression> {
    if staff.has(Role::Reviewer) || staff.has(Role::Auditor) {
        return Some(any_token([everybody(organisation)]));
    }
    let units = staff.posts.iter().filter(|post| post.role == Role::Officer).filter_map(|post| post.unit.as_ref());
    let tokens: Vec<String> = units.map(|id| unit(id.as_str())).collect();
    (!tokens.is_empty()).then(|| any_token(tokens))
}

/// Reviewers and auditors of the organisation. Its name keeps the letters of two organisations apart.
fn everybody(organisation: &OrganisationId) -> String {
    format!("_a{}", organisation.as_str())
}

/// Officers of the unit.
fn unit(id: &str) -> String {
    format!("_v{id}")
}

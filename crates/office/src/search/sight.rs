//! Who may find what, as tokens: each letter has those by which it is seen, each person those that their posts open now. So the
//! index itself leaves out what somebody may not see, however common the word. It is the rule of `letters/sight.rs` in other
//! words; that one is asked again for each letter that is shown, and a test holds the two together.

use pishkhan_store::OrganisationId;

use super::expression::{Expression, any_token};
use crate::actor::{Role, Staff};
use crate::letters::Classification;

/// What decides about who sees a letter.
pub(super) struct Sighted<'a> {
    pub organisation: &'a OrganisationId,
    pub classification: i64,
    pub is_closed: bool,
    pub is_registered: bool,
    pub unit: &'a str,
    pub holder: &'a str,
    /// None: to nobody; empty: to the organisation as a whole.
    pub raised_to: Option<&'a str>,
    /// Who was told that it is late; likewise.
    pub escalated_to: Option<&'a str>,
    /// To which unit and to whom it was referred; nobody: to whoever of the unit comes first.
    pub referrals: &'a [(String, String)],
}

impl Sighted<'_> {
    /// The tokens by which the letter is seen. They name each clearance that is high enough, so that people are asked for by their own
    /// alone, and not by all that are below it.
    pub(super) fn tokens(&self) -> Vec<String> {
        let levels = Classification::ALL.into_iter().map(Classification::level);
        levels.filter(|level| *level >= self.classification).flat_map(|level| self.tokens_at(level)).collect()
    }

    fn tokens_at(&self, level: i64) -> Vec<String> {
        let mut tokens = vec![all(level, self.organisation)];
        if self.is_closed {
            tokens.push(closed(level, self.organisation));
        }
        if self.is_registered {
            tokens.extend([self.unit, self.holder].into_iter().filter_map(|id| unit(level, id)));
        }
        let above = [self.raised_to, self.escalated_to].into_iter().flatten();
        tokens.extend(above.map(|to| raised(level, self.organisation, to)));
        for (to_unit, to_staff) in self.referrals {
            tokens.extend(if to_staff.is_empty() { unit(level, to_unit) } else { Some(person(level, to_staff)) });
        }
        tokens
    }
}

/// Whether this person sees the letters of all units.
pub(super) fn is_of_all(staff: &Staff) -> bool {
    staff.has(Role::Reviewer) || staff.has(Role::Auditor)
}

/// What this person may see by the posts they hold now; None for those without any.
pub(super) fn of(organisation: &OrganisationId, staff: &Staff) -> Option<Expression> {
    (!staff.posts.is_empty()).then(|| any_token(tokens_of(organisation, staff)))
}

fn tokens_of(organisation: &OrganisationId, staff: &Staff) -> Vec<String> {
    let level = staff.clearance.level();
    if is_of_all(staff) {
        return vec![all(level, organisation)];
    }
    let mut tokens = vec![person(level, staff.id.as_str())];
    for post in &staff.posts {
        let of_unit = post.unit.as_ref().map_or("", |unit| unit.as_str());
        match post.role {
            Role::Officer => tokens.extend(unit(level, of_unit)),
            Role::Signer => {
                tokens.extend(unit(level, of_unit));
                tokens.push(raised(level, organisation, of_unit));
            }
            Role::Administrator => tokens.push(closed(level, organisation)),
            Role::Reviewer | Role::Auditor => {}
        }
    }
    // Who answers and signs for a unit has two posts in it.
    tokens.sort_unstable();
    tokens.dedup();
    tokens
}

/// Reviewers and auditors. The organisation's name keeps the letters of two organisations apart; units and people are one's own.
fn all(level: i64, organisation: &OrganisationId) -> String {
    format!("_a{level}{}", organisation.as_str())
}

/// Administrators, who may reopen it.
fn closed(level: i64, organisation: &OrganisationId) -> String {
    format!("_c{level}{}", organisation.as_str())
}

/// Officers and signers of the unit. Posts of the organisation as a whole are in none, and no letter is held by none.
fn unit(level: i64, id: &str) -> Option<String> {
    (!id.is_empty()).then(|| format!("_v{level}{id}"))
}

/// Signers one level up.
fn raised(level: i64, organisation: &OrganisationId, to: &str) -> String {
    if to.is_empty() { format!("_o{level}{}", organisation.as_str()) } else { format!("_w{level}{to}") }
}

/// To whom it was referred.
fn person(level: i64, id: &str) -> String {
    format!("_p{level}{id}")
}

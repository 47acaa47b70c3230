//! Links that narrow what was found, one click each: the states, units, kinds and years that letters of the page have. The page itself
//! tells them, so they cost no look into the archive, and none leads to nothing.

use std::collections::BTreeSet;

use pishkhan_office::kinds::Kind;
use pishkhan_office::letters::Letter;
use pishkhan_office::persian::calendar::jalali_year;
use pishkhan_office::search::{By, Findings, STATES};
use pishkhan_office::units::Unit;

use super::search_form::Typed;
use super::state_word;
use crate::layout::Page;
use crate::links::Link;

/// One thing by which letters differ.
pub struct Facet {
    pub label: &'static str,
    /// The way off, with its word, when the search is narrowed by it.
    pub off: Option<(&'static str, Link)>,
    pub choices: Vec<Choice>,
}

/// A value that letters of the page have.
pub struct Choice {
    pub label: String,
    pub url: Link,
    pub is_in_force: bool,
}

/// The search from which the links lead on.
struct Narrowing<'a> {
    typed: &'a Typed,
    by: By,
    /// There are more letters than the page has, so that even what all of these share may narrow it.
    has_others: bool,
}

/// A facet as the form has it: its word, the word for all of it, and its fields.
struct Asking {
    label: &'static str,
    any: &'static str,
    fields: &'static [&'static str],
    /// Letters of the page have no value at all.
    has_without: bool,
}

/// The facets of a page of findings; `lists` are the organisation's units and kinds, in whose order they stand.
pub fn facets(page: &Page, typed: &Typed, findings: &Findings, lists: (&[Unit], &[Kind])) -> Vec<Facet> {
    let has_others = findings.next.is_some() || !typed.after.is_empty();
    let narrowing = Narrowing { typed, by: findings.by, has_others };
    let letters: Vec<&Letter> = findings.hits.iter().map(|hit| &hit.letter).collect();
    let states = STATES.into_iter().filter(|state| any_is(&letters, |letter| letter.state.as_str() == *state));
    let states = states.map(|state| (state.to_owned(), page.t(state_word::key_of_all(state)).to_owned()));
    let units = lists.0.iter().filter(|unit| any_is(&letters, |letter| letter.unit() == Some(&unit.id)));
    let units = units.map(|unit| (unit.id.to_string(), page.name_of(&unit.name, &unit.name_english).to_owned()));
    let kinds = lists.1.iter();
    let kinds = kinds.filter(|kind| any_is(&letters, |letter| letter.content.kind.as_ref() == Some(&kind.id)));
    let kinds = kinds.map(|kind| (kind.id.to_string(), page.name_of(&kind.name, &kind.name_english).to_owned()));
    let year = typed.year();
    let years = if year.is_some() { years_of(&letters) } else { Vec::new() };
    let years = years.into_iter().map(|year| (year.to_string(), page.digits(year.to_string())));
    let asking = |label, any, fields: &'static [&'static str]| {
        let (label, any) = (page.t(label), page.t(any));
        Asking { label, any, fields, has_without: false }
    };
    let has_without = any_is(&letters, |letter| letter.content.kind.is_none());
    let of_kind = Asking { has_without, ..asking("desk-letter-kind", "search-any-kind", &["kind"]) };
    let year = year.as_deref().unwrap_or_default();
    let facets = [
        narrowing.facet(&asking("search-state", "search-any-state", &["state"]), &typed.state, states.collect()),
        narrowing.facet(&asking("desk-unit", "search-any-unit", &["unit"]), &typed.unit, units.collect()),
        narrowing.facet(&of_kind, &typed.kind, kinds.collect()),
        narrowing.facet(&asking("search-year", "search-any-year", &["from", "to"]), year, years.collect()),
    ];
    facets.into_iter().flatten().collect()
}

impl Facet {
    pub fn is_in_force(&self) -> bool {
        self.off.is_some()
    }
}

impl Narrowing<'_> {
    /// The facet of these values and their words; None when there is nothing to choose.
    fn facet(&self, asking: &Asking, in_force: &str, values: Vec<(String, String)>) -> Option<Facet> {
        let is_narrowed = values.iter().any(|(value, _)| value == in_force);
        let is_choice = values.len() > 1 || ((self.has_others || asking.has_without) && !values.is_empty());
        if !is_narrowed && !is_choice {
            return None;
        }
        let url = |value: &str| self.typed.with(self.by, asking.fields, value);
        let choice =
            |(value, label): (String, String)| Choice { label, url: url(&value), is_in_force: value == in_force };
        let off = is_narrowed.then(|| (asking.any, url("")));
        Some(Facet { label: asking.label, off, choices: values.into_iter().map(choice).collect() })
    }
}

fn any_is(letters: &[&Letter], is_so: impl Fn(&Letter) -> bool) -> bool {
    letters.iter().any(|letter| is_so(letter))
}

/// The years in which these letters came, the newest first.
fn years_of(letters: &[&Letter]) -> Vec<i32> {
    let submitted = letters.iter().filter_map(|letter| letter.state.submission());
    let years: BTreeSet<i32> = submitted.map(|submission| jalali_year(submission.at.0)).collect();
    years.into_iter().rev().collect()
}

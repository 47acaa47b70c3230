//! Sending by a template of the web service's own: its places, and whether a mapping fits them.

use std::collections::BTreeSet;

use super::super::answer::AnswerRule;
use super::super::mapping::{check_by, filled_by};
use super::super::template::{Each, Places, Template, Values};
use super::super::{Fault, Kind, Mapping, Outgoing, PlaceRule, SendError, TemplateRules};
use super::request::{ODD, ODD_ID, Request, answer_rule};
use super::settings::{HttpSettingsError, HttpTemplate};

/// What is true of any web service's templates; the rest is a matter of settings.
pub(super) const TEMPLATES: TemplateRules =
    TemplateRules { is_numbered: false, places: &[], rule: |_| PlaceRule::default(), can_call: false };

/// The request that sends by a template, or reads out by one.
pub(super) struct ByTemplate {
    pub(super) request: Request,
    pub(super) answer: AnswerRule,
    pub(super) each: Each,
    /// The places that stand in it by name.
    places: BTreeSet<String>,
    /// Whether it takes any place.
    takes_any: bool,
    rule: PlaceRule,
    is_numbered: bool,
    can_call: bool,
}

impl ByTemplate {
    /// Checks the settings, and rehearses them with made-up values.
    pub(super) fn new(settings: &HttpTemplate, from: &str) -> Result<ByTemplate, HttpSettingsError> {
        let request = Request::new(&settings.request, Places::TEMPLATE)?;
        let (each, between) =
            if request.lists_in_json() { (r#""{place}":"{value}""#, ",") } else { ("{place}={value}", "&") };
        let each = settings.each.as_deref().unwrap_or(each);
        if let Some(stranger) = Places::EACH.stranger(each) {
            return Err(HttpSettingsError::Place(stranger.to_owned()));
        }
        let each = Each {
            one: Template::parse(each, Places::EACH),
            between: settings.between.clone().unwrap_or_else(|| between.to_owned()),
        };
        if !each.one.places().any(|place| place == "value") {
            return Err(HttpSettingsError::Lacks("value"));
        }
        let own = request.places().filter_map(|place| place.strip_prefix("value:")).map(str::to_owned);
        let by_template = ByTemplate {
            places: own.collect(),
            takes_any: request.has("values"),
            answer: answer_rule(settings.success.as_deref(), settings.message_id.as_deref())?,
            rule: PlaceRule { longest: settings.longest, spaces: settings.spaces, refused: settings.refused.clone() },
            is_numbered: settings.is_numbered,
            can_call: false,
            request,
            each,
        };
        let others = ["a", "b"].into_iter().filter(|_| by_template.takes_any);
        let places = by_template.places.iter().map(String::as_str).chain(others);
        by_template.rehearse(places, from)?;
        Ok(by_template)
    }

    /// The same for a request by which people are called.
    pub(super) fn calling(settings: &HttpTemplate, from: &str) -> Result<ByTemplate, HttpSettingsError> {
        Ok(ByTemplate { can_call: true, ..ByTemplate::new(settings, from)? })
    }

    /// What is wrong with a mapping.
    pub(super) fn faults(&self, mapping: &Mapping, kind: Option<&Kind>, from: &str) -> Vec<Fault> {
        let rules = TemplateRules { is_numbered: self.is_numbered, can_call: self.can_call, ..TEMPLATES };
        let takes = |place: &str| self.takes_any || self.places.contains(place);
        let mut faults = check_by(&rules, mapping, kind, |place| takes(place).then(|| self.rule.clone()));
        let fills = |place: &String| mapping.parameters.iter().any(|parameter| parameter.name == *place);
        let unfilled = self.places.iter().filter(|place| !fills(place));
        faults.extend(unfilled.map(|place| Fault::Unfilled(place.clone())));
        let places = mapping.parameters.iter().map(|parameter| parameter.name.as_str());
        if let Err(error) = self.rehearse(places, from) {
            faults.push(Fault::Request(error.to_string()));
        }
        faults
    }

    /// A message's values in the places of a mapping.
    pub(super) fn placed(&self, mapping: &Mapping, message: &Outgoing) -> Result<Vec<(String, String)>, SendError> {
        filled_by(mapping, message, |_| self.rule.clone())
    }

    fn rehearse<'a>(&self, names: impl Iterator<Item = &'a str>, from: &str) -> Result<(), HttpSettingsError> {
        let placed: Vec<(String, String)> = names.map(|place| (place.to_owned(), ODD.to_owned())).collect();
        self.request.rehearse(&Values {
            to: "+989000000000",
            text: ODD,
            id: ODD_ID,
            template: "rehearsal",
            from,
            pattern: "rehearsal",
            placed: &placed,
            each: Some(&self.each),
            ..Values::default()
        })
    }
}

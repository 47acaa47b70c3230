//! How a route is opened: by what fits of it. A template that was good when it was saved, and isn't to a newer program, is left out, and the
//! rest goes on.

use serde::{Deserialize, Serialize};

use super::{DefinitionError, Route, RouteDefinition};
use crate::gateways::{Gateway, Kind, Mapping, Secrets, Spoken};

/// Whether a route can be opened, as the worker found that tried it last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Condition {
    /// Why it can't, without a secret; empty when it can.
    pub closed_for: String,
    /// Its templates that are left out.
    pub unfit: Vec<Unfit>,
}

/// A template that is left out. What it was for goes by another route, or waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unfit {
    /// The kind of message that it is for.
    pub kind: String,
    /// The language that it speaks, if it is for one.
    pub language: Option<Spoken>,
    /// What is wrong with it, without a secret.
    pub why: String,
}

impl Condition {
    /// What came of opening the route's gateway.
    pub(super) fn of(route: &Route, opened: Result<&dyn Gateway, &DefinitionError>, kinds: &[Kind]) -> Condition {
        let secrets = Secrets::of(&route.definition.gateway, &route.secret);
        match opened {
            Ok(gateway) => {
                let mut unfit = route.definition.unfit(gateway, kinds);
                for it in &mut unfit {
                    it.why = secrets.hidden(&it.why);
                }
                Condition { closed_for: String::new(), unfit }
            }
            Err(error) => Condition { closed_for: secrets.hidden(&error.to_string()), unfit: Vec::new() },
        }
    }
}

impl RouteDefinition {
    /// Opens its gateway, whatever is said of its templates.
    pub(super) fn open_gateway(&self) -> Result<Box<dyn Gateway>, DefinitionError> {
        if self.name.trim().is_empty() {
            return Err(DefinitionError::Name);
        }
        if self.purposes.is_empty() {
            return Err(DefinitionError::Purposes);
        }
        if !self.gateway.reaches(self.channel()) {
            return Err(DefinitionError::Channel);
        }
        Ok(self.gateway.open()?)
    }

    /// What is wrong with its templates.
    pub(super) fn faults(&self, gateway: &dyn Gateway, kinds: &[Kind]) -> Vec<DefinitionError> {
        let mut faults = Vec::new();
        for (at, mapping) in self.templates.iter().enumerate() {
            let is_it = |before: &Mapping| before.kind == mapping.kind && before.language == mapping.language;
            if self.templates[..at].iter().any(is_it) {
                faults.push(DefinitionError::Twice(mapping.kind.clone()));
                continue;
            }
            let kind = kinds.iter().find(|kind| kind.name == mapping.kind);
            if let Some(fault) = gateway.faults(mapping, kind).into_iter().next() {
                let (kind, language) = (mapping.kind.clone(), mapping.language);
                faults.push(DefinitionError::Template { kind, language, fault });
            }
        }
        faults
    }

    /// Its templates that don't fit. Of two for the same the first counts.
    pub(super) fn unfit(&self, gateway: &dyn Gateway, kinds: &[Kind]) -> Vec<Unfit> {
        let unfit = |error: DefinitionError| {
            let DefinitionError::Template { kind, language, fault } = error else { return None };
            Some(Unfit { kind, language, why: fault.to_string() })
        };
        self.faults(gateway, kinds).into_iter().filter_map(unfit).collect()
    }

    /// The same without those templates; it remembers what they were for.
    pub(super) fn without(mut self, unfit: &[Unfit]) -> RouteDefinition {
        let is_left_out =
            |it: &Mapping| unfit.iter().any(|unfit| unfit.kind == it.kind && unfit.language == it.language);
        let (left_out, kept): (Vec<Mapping>, Vec<Mapping>) = self.templates.into_iter().partition(is_left_out);
        self.templates = kept;
        self.unfit.extend(left_out);
        self
    }
}

#[cfg(test)]
mod tests {
    use pishkhan_persian::Language::{English, Persian};
    use pishkhan_store::{Moment, OrganisationId};

    use super::*;
    use crate::gateways::{Channel, Key, Signs, Value};
    use crate::routes::RouteId;

    fn route(definition: &str) -> Route {
        Route {
            organisation: OrganisationId("shahrdari".into()),
            id: RouteId("1".into()),
            secret: Key::new("secretaddress"),
            position: 1,
            definition: serde_json::from_str(definition).expect("a definition"),
            changed_at: Moment(0),
            failures: 0,
            demotions: 0,
            demoted: None,
            unanswered_at: None,
            silent_since: None,
            kinds_back: Vec::new(),
            credit: None,
            condition: Condition::default(),
        }
    }

    fn found(route: &Route, kinds: &[Kind]) -> Condition {
        let opened = route.definition.open_gateway();
        Condition::of(route, opened.as_deref(), kinds)
    }

    #[test]
    fn a_template_that_fits_no_more_is_left_out_and_the_rest_is_carried() {
        const CODE: &[Value] = &[Value { name: "code", longest: 6, signs: Signs::Digits, is_needed: true }];
        let kinds = ["sign_in_code", "filing_code"].map(|name| Kind { name, values: CODE });
        let by = |kind: &str, value: &str| {
            format!(r#"{{"kind":"{kind}","template":"7","parameters":[{{"name":"CODE","value":"{value}"}}]}}"#)
        };
        let templates = format!("{},{}", by("sign_in_code", "code"), by("filing_code", "ending"));
        let line = route(&format!(
            r#"{{"name":"s","gateway":{{"kind":"sms_ir","key":"longsecretkey"}},"templates":[{templates}]}}"#
        ));
        assert!(line.definition.open(&kinds).is_err(), "it would not be saved today");
        let condition = found(&line, &kinds);
        assert_eq!(condition.closed_for, "");
        let [unfit] = &condition.unfit[..] else { panic!("one is left out: {condition:?}") };
        assert_eq!((unfit.kind.as_str(), unfit.language), ("filing_code", None));
        assert!(unfit.why.contains("no value"), "{}", unfit.why);

        let line = Route { condition, ..line };
        assert!(!line.is_closed());
        let carries = |kind: &str| line.clone().as_it_carries().definition.carries(kind, Persian, Channel::Sms);
        assert!(carries("sign_in_code") && !carries("filing_code"), "without a line it sends templates only");
    }

    #[test]
    fn what_had_a_template_that_fits_no_more_never_goes_as_text() {
        let templates = r#"{"kind":"sign_in_code","language":"fa","template":"7","parameters":[]}"#;
        let line = route(&format!(
            r#"{{"name":"s","gateway":{{"kind":"sms_ir","key":"k","line":30001234}},"templates":[{templates}]}}"#
        ));
        let unfit = [Unfit { kind: "sign_in_code".into(), language: Some(Spoken(Persian)), why: "no place".into() }];
        let carries = |it: &RouteDefinition, language| it.carries("sign_in_code", language, Channel::Sms);
        assert!(carries(&line.definition, Persian) && carries(&line.definition, English));
        let left = line.definition.clone().without(&unfit);
        assert!(!carries(&left, Persian) && left.is_held_up("sign_in_code", Persian, Channel::Sms));
        assert!(carries(&left, English), "there was never one for those who read English: it goes as text");
        assert!(left.carries("filing_code", Persian, Channel::Sms) && left.left_out(&[]).is_empty());

        let mut both = line.definition;
        both.templates.push(Mapping { language: None, ..both.templates[0].clone() });
        let left = both.without(&unfit);
        assert!(carries(&left, Persian) && !left.is_held_up("sign_in_code", Persian, Channel::Sms));
    }

    #[test]
    fn why_a_route_is_closed_gives_no_secret_away() {
        let mail = route(
            r#"{"name":"m","gateway":{"kind":"mail","host":"mail.example.ir","from":"desk@example.ir",
                "certificates":"/nowhere/longsecretkey.pem","password":"longsecretkey"}}"#,
        );
        let condition = found(&mail, &[]);
        assert_eq!(condition.closed_for, "gateway: certificates can't be read");
        assert!(Route { condition, ..mail }.is_closed());
    }
}

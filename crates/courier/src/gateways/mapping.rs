//! Which template of a gateway says what a message says, and whether its values fit there.
//!
//! Gateways' templates have places that are small and picky. That is found out when a mapping is saved ([`check`]), with the
//! longest values that a kind of message can have, and not on the evening when the first long one goes out.

use pishkhan_persian::Language;
use serde::{Deserialize, Serialize};

use super::{Fault, Kind, Outgoing, SendError, Signs, Value};

/// What stands for a value that is empty, as an answer's number may be: no provider takes an empty place, and a promised message must not be
/// lost for it.
const NOTHING: &str = "-";

/// A kind of message, and the gateway's template for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The kind's name.
    pub kind: String,
    /// In which language its words are; for every reader when nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Spoken>,
    /// The template's name, number or code at the gateway.
    pub template: String,
    /// Its places, in its order.
    pub parameters: Vec<Parameter>,
    /// Whether the gateway calls and reads it out, where it can.
    #[serde(default)]
    pub is_call: bool,
}

/// A language, in settings by its code: `fa` or `en`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Spoken(pub Language);

/// A place of a gateway's template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Its name there; gateways that count their places don't look at it.
    pub name: String,
    /// The name of the value that fills it.
    pub value: String,
    /// The most signs that were declared for it there, where a gateway has them declared.
    #[serde(default)]
    pub longest: Option<usize>,
    /// Whether it was declared as a number there.
    #[serde(default)]
    pub is_number: bool,
}

/// What a gateway's templates can take.
#[derive(Clone, Copy, Debug)]
pub struct TemplateRules {
    /// Whether templates have numbers for names.
    pub is_numbered: bool,
    /// The places that there are; empty when each template names its own.
    pub places: &'static [&'static str],
    /// The rule for the value of a place.
    pub rule: fn(place: &str) -> PlaceRule,
    /// Whether it can call.
    pub can_call: bool,
}

/// What a place takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceRule {
    /// The most signs; None when there is no limit.
    pub longest: Option<usize>,
    /// The most spaces; None for any number.
    pub spaces: Option<usize>,
    /// Signs that it refuses.
    pub refused: String,
}

impl TryFrom<String> for Spoken {
    type Error = &'static str;

    fn try_from(code: String) -> Result<Spoken, &'static str> {
        let known = [Language::Persian, Language::English].into_iter().find(|language| language.code() == code);
        known.map(Spoken).ok_or("a language is fa or en")
    }
}

impl From<Spoken> for String {
    fn from(spoken: Spoken) -> String {
        spoken.0.code().to_owned()
    }
}

/// What is wrong with a mapping, before anything is sent by it. `kind` is the kind that it names, if there is one.
pub fn check(rules: Option<&TemplateRules>, mapping: &Mapping, kind: Option<&Kind>) -> Vec<Fault> {
    let Some(rules) = rules else { return vec![Fault::NoTemplates] };
    check_by(rules, mapping, kind, |place| {
        let is_there = rules.places.is_empty() || rules.places.contains(&place);
        is_there.then(|| (rules.rule)(place))
    })
}

/// The same where only the settings say which places there are, and what each takes; None for one that there isn't.
pub(super) fn check_by(
    rules: &TemplateRules,
    mapping: &Mapping,
    kind: Option<&Kind>,
    rule_of: impl Fn(&str) -> Option<PlaceRule>,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    let name = mapping.template.trim();
    if name.is_empty() || rules.is_numbered && name.parse::<u32>().is_err() {
        faults.push(Fault::Template);
    }
    if mapping.is_call && !rules.can_call {
        faults.push(Fault::Call);
    }
    let Some(kind) = kind.filter(|kind| kind.name == mapping.kind) else {
        faults.push(Fault::Kind(mapping.kind.clone()));
        return faults;
    };
    for (at, parameter) in mapping.parameters.iter().enumerate() {
        let place = &parameter.name;
        if mapping.parameters[..at].iter().any(|before| before.name == *place) {
            faults.push(Fault::Twice(place.clone()));
        }
        let Some(rule) = rule_of(place).filter(|_| !place.is_empty()) else {
            faults.push(Fault::Place(place.clone()));
            continue;
        };
        match kind.values.iter().find(|value| value.name == parameter.value) {
            None => faults.push(Fault::Value { place: place.clone(), value: parameter.value.clone() }),
            Some(value) => faults.extend(misfits(parameter, value, &rule)),
        }
    }
    faults
}

/// Where the longest and oddest value of its kind would not fit.
fn misfits(parameter: &Parameter, value: &Value, rule: &PlaceRule) -> Vec<Fault> {
    let place = || parameter.name.clone();
    let mut faults = Vec::new();
    if let Some(limit) = shorter(rule.longest, parameter.longest).filter(|limit| value.longest > *limit) {
        faults.push(Fault::TooLong { place: place(), longest: value.longest, limit });
    }
    if let Some(limit) = rule.spaces.filter(|limit| value.signs == Signs::Text && value.longest > *limit) {
        faults.push(Fault::Spaces { place: place(), limit });
    }
    if value.signs == Signs::Text && !rule.refused.is_empty() {
        faults.push(Fault::Sign { place: place(), refused: rule.refused.clone() });
    }
    if parameter.is_number && value.signs != Signs::Digits {
        faults.push(Fault::Number(place()));
    }
    faults
}

/// The values of a message in a mapping's places. One that doesn't fit after all is refused here, in words for the log.
pub(super) fn filled(
    rules: &TemplateRules,
    mapping: &Mapping,
    message: &Outgoing,
) -> Result<Vec<(String, String)>, SendError> {
    filled_by(mapping, message, rules.rule)
}

/// The same where only the settings say what a place takes.
pub(super) fn filled_by(
    mapping: &Mapping,
    message: &Outgoing,
    rule_of: impl Fn(&str) -> PlaceRule,
) -> Result<Vec<(String, String)>, SendError> {
    let fill = |parameter: &Parameter| {
        let lacks = || SendError::Refused(format!("the message has no {} for its template", parameter.value));
        let value = message.value(&parameter.value).ok_or_else(lacks)?;
        let value = if value.trim().is_empty() { NOTHING } else { value };
        let rule = rule_of(&parameter.name);
        let fits = shorter(rule.longest, parameter.longest).is_none_or(|limit| value.chars().count() <= limit)
            && rule.spaces.is_none_or(|limit| value.chars().filter(|sign| *sign == ' ').count() <= limit)
            && !value.contains(|sign: char| rule.refused.contains(sign))
            && (!parameter.is_number || value.bytes().all(|byte| byte.is_ascii_digit()));
        let misfit = || SendError::Refused(format!("the {} doesn't fit into the template", parameter.value));
        if fits { Ok((parameter.name.clone(), value.to_owned())) } else { Err(misfit()) }
    };
    mapping.parameters.iter().map(fill).collect()
}

fn shorter(one: Option<usize>, other: Option<usize>) -> Option<usize> {
    one.into_iter().chain(other).min()
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    const KIND: Kind = Kind {
        name: "letter_rejected",
        values: &[
            Value { name: "number", longest: 27, signs: Signs::Word, is_needed: true },
            Value { name: "reason", longest: 500, signs: Signs::Text, is_needed: false },
            Value { name: "tracking", longest: 12, signs: Signs::Digits, is_needed: true },
        ],
    };
    const RULES: TemplateRules = TemplateRules {
        is_numbered: true,
        places: &[],
        rule: |_| PlaceRule { longest: Some(25), spaces: Some(0), refused: "_\n".into() },
        can_call: false,
    };

    fn place(name: &str, value: &str) -> Parameter {
        Parameter { name: name.into(), value: value.into(), longest: None, is_number: false }
    }

    fn mapping(parameters: Vec<Parameter>) -> Mapping {
        Mapping { kind: "letter_rejected".into(), language: None, template: "100".into(), parameters, is_call: false }
    }

    fn faults(mapping: &Mapping) -> Vec<String> {
        check(Some(&RULES), mapping, Some(&KIND)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_fits_has_no_fault() {
        assert!(faults(&mapping(vec![place("a", "tracking")])).is_empty());
        assert!(faults(&mapping(Vec::new())).is_empty());
    }

    #[test]
    fn a_value_that_could_be_too_long_is_found_when_it_is_saved() {
        assert_eq!(faults(&mapping(vec![place("a", "number")])), ["a: the value can have 27 signs, and 25 fit"]);
        let declared = Parameter { longest: Some(10), ..place("a", "tracking") };
        assert_eq!(faults(&mapping(vec![declared])), ["a: the value can have 12 signs, and 10 fit"]);
    }

    #[test]
    fn free_text_has_spaces_and_signs() {
        assert_eq!(
            faults(&mapping(vec![place("a", "reason")])),
            [
                "a: the value can have 500 signs, and 25 fit",
                "a: the value can have more than 0 spaces",
                "a: the value can have a sign that is refused: _\n",
            ]
        );
    }

    #[test]
    fn what_isnt_there_is_told() {
        let wrong = Mapping { template: "abc".into(), is_call: true, ..mapping(vec![place("a", "weight")]) };
        assert_eq!(
            faults(&wrong),
            [
                "the template's name is missing, or no number where the gateway wants one",
                "the gateway can't call",
                "a: the message has no value \"weight\"",
            ]
        );
        let twice = mapping(vec![place("a", "tracking"), place("a", "tracking"), place("", "tracking")]);
        assert_eq!(faults(&twice), ["a: the place is there twice", ": the gateway has no such place"]);
        let number = mapping(vec![Parameter { is_number: true, ..place("a", "number") }]);
        assert!(faults(&number).contains(&"a: the value needn't be a number".into()));
        assert_eq!(check(Some(&RULES), &mapping(Vec::new()), None), [Fault::Kind("letter_rejected".into())]);
        assert_eq!(check(None, &mapping(Vec::new()), Some(&KIND)), [Fault::NoTemplates]);
    }

    #[test]
    fn a_value_that_doesnt_fit_after_all_is_refused_without_being_told() {
        let message = Outgoing {
            values: [("number", "1405/101"), ("reason", "مدارک کامل نیست"), ("answer", "")]
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into(),
            ..sample("سلام")
        };
        let fill = |parameters| filled(&RULES, &mapping(parameters), &message);
        assert_eq!(fill(vec![place("a", "number")]), Ok(vec![("a".into(), "1405/101".into())]));
        assert_eq!(fill(vec![place("a", "answer")]), Ok(vec![("a".into(), "-".into())]), "nothing is a dash");
        for value in ["reason", "tracking"] {
            let refused = fill(vec![place("a", value)]).expect_err("it doesn't fit");
            assert!(refused.is_final() && !refused.to_string().contains("مدارک"), "{refused}");
        }
    }
}

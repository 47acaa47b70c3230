//! Messages to try a route out with: of a kind that it carries, by its own template where it has one.

use pishkhan_courier::MessageId;
use pishkhan_courier::gateways::{Kind, Outgoing, Purpose};
use pishkhan_courier::routes::RouteDefinition;
use pishkhan_persian::Language;
use pishkhan_store::{Moment, OrganisationId};

use super::KINDS;
use crate::notices;
use crate::words::Words;

/// A message that says nothing, to try a route out with, or the gateway of the settings when there is none. Its values are made up, but for the
/// name and the host of whoever tries it.
pub fn trial(
    route: Option<&RouteDefinition>,
    organisation: &OrganisationId,
    (name, host): (&str, &str),
    to: &str,
    at: Moment,
) -> Outgoing {
    // That gateway takes all kinds, each as text.
    let (kind, language) = route.map_or((KINDS[0], Language::Persian), tried);
    let words = Words::of(language);
    let values = notices::sample_of(words, name, host, &kind);
    Outgoing {
        id: MessageId::random(),
        organisation: organisation.clone(),
        to: to.to_owned(),
        template: kind.name.to_owned(),
        text: words.t("sms-trial").to_owned(),
        language,
        values: values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        purpose: Purpose::of(kind.name),
        expires_at: None,
        at,
    }
}

/// The kind that tells most of a route: a code where it carries codes, since somebody waits for those, and one with a template of its own
/// before one that goes as text. What is read out rings a phone, so it comes last. It speaks Persian where the route does.
fn tried(route: &RouteDefinition) -> (Kind, Language) {
    const ALL: &[Kind] = &KINDS;
    let spoken = ALL.iter().flat_map(|kind| [Language::Persian, Language::English].map(|language| (*kind, language)));
    let carried = spoken.filter(|(kind, language)| route.carries(kind.name, *language, route.channel()));
    let first = carried.min_by_key(|(kind, language)| {
        let is_news = Purpose::of(kind.name) == Purpose::Notice;
        (kind.name.ends_with("_call"), is_news, route.mapping(kind.name, *language).is_none())
    });
    first.unwrap_or((ALL[0], Language::Persian))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by(purposes: &str, line: &str, templates: &str) -> Outgoing {
        let gateway = format!(r#"{{"kind":"sms_ir","key":"k"{line}}}"#);
        let text = format!(r#"{{"name":"s","purposes":[{purposes}],"gateway":{gateway},"templates":[{templates}]}}"#);
        let route: RouteDefinition = serde_json::from_str(&text).expect("a definition");
        let whose = OrganisationId("shahrdari".into());
        trial(Some(&route), &whose, ("شهرداری", "desk.example.ir"), "+989121234567", Moment(0))
    }

    const REGISTERED: &str =
        r#"{"kind":"letter_registered","template":"8","parameters":[{"name":"N","value":"number"}]}"#;
    const FILING: &str = r#"{"kind":"filing_code","template":"9","parameters":[{"name":"C","value":"code"}]}"#;
    const LINE: &str = r#","line":30001234"#;

    #[test]
    fn a_route_is_tried_with_what_it_carries() {
        let both = format!("{REGISTERED},{FILING}");
        for (purposes, line, templates, kind) in [
            (r#""notice""#, "", REGISTERED, "letter_registered"),
            (r#""notice""#, LINE, REGISTERED, "letter_registered"),
            (r#""notice""#, LINE, "", "letter_submitted"),
            (r#""code""#, LINE, "", "sign_in_code"),
            (r#""code","notice""#, "", both.as_str(), "filing_code"),
            (r#""code","notice""#, LINE, REGISTERED, "sign_in_code"),
        ] {
            let message = by(purposes, line, templates);
            assert_eq!(message.template, kind, "{purposes} {line} {templates}");
            assert_eq!(message.purpose, Purpose::of(kind));
        }
    }

    #[test]
    fn the_gateway_of_the_settings_is_tried_with_a_code() {
        let whose = OrganisationId("shahrdari".into());
        let message = trial(None, &whose, ("شهرداری", "desk.example.ir"), "+989121234567", Moment(0));
        assert_eq!((message.template.as_str(), message.purpose), ("sign_in_code", Purpose::Code));
    }

    #[test]
    fn a_route_that_speaks_english_only_is_tried_in_english() {
        let spoken =
            |language: &str| REGISTERED.replace(r#""template""#, &format!(r#""language":"{language}","template""#));
        assert_eq!(by(r#""notice""#, "", &spoken("en")).language, Language::English);
        assert_eq!(by(r#""notice""#, "", &spoken("fa")).language, Language::Persian);
        assert_eq!(by(r#""notice""#, "", REGISTERED).language, Language::Persian);
    }

    #[test]
    fn a_trial_has_a_value_for_every_place() {
        for kind in KINDS {
            let values = notices::sample_of(Words::of(Language::Persian), "شهرداری", "desk.example.ir", &kind);
            for (value, (name, made_up)) in kind.values.iter().zip(&values) {
                let fits = (1..=value.longest).contains(&made_up.chars().count());
                assert!(fits && value.name == *name, "{}: {name} is {made_up:?}", kind.name);
            }
        }
        let message = by(r#""notice""#, "", REGISTERED);
        assert_eq!(message.value("tracking"), Some("133607133607"));
    }
}

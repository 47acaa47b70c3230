//! Templates in two languages: who gets which, and which two can't stand side by side.

use pishkhan_persian::Language::{self, English, Persian};

use super::RouteDefinition;
use crate::gateways::{Channel, Kind, Mapping};

fn definition(text: &str) -> RouteDefinition {
    serde_json::from_str(text).expect("a definition")
}

#[test]
fn who_reads_english_gets_no_persian_template() {
    const FA: &str = r#","language":"fa""#;
    const EN: &str = r#","language":"en""#;
    let kinds = [Kind { name: "letter_registered", values: &[] }];
    let by = |line: &str, languages: &[&str]| {
        let template = |at: usize, language: &str| {
            format!(r#"{{"kind":"letter_registered"{language},"template":"{at}","parameters":[]}}"#)
        };
        let templates: Vec<String> = languages.iter().enumerate().map(|(at, it)| template(at, it)).collect();
        let gateway = format!(r#""gateway":{{"kind":"sms_ir","key":"k"{line}}}"#);
        let purposes = r#""purposes":["notice"]"#;
        definition(&format!(r#"{{"name":"s",{purposes},{gateway},"templates":[{}]}}"#, templates.join(",")))
    };
    let chosen = |route: &RouteDefinition, language: Language| {
        route.mapping("letter_registered", language).map(|mapping| mapping.template.clone())
    };
    let both = by("", &["", EN]);
    assert!(both.admit(&kinds).is_ok() && both.left_out(&kinds).is_empty());
    assert_eq!(chosen(&both, English).as_deref(), Some("1"), "its own before the one for any");
    assert_eq!(chosen(&both, Persian).as_deref(), Some("0"), "the one for any");

    let persian = by("", &[FA]);
    assert!(persian.carries("letter_registered", Persian, Channel::Sms));
    assert!(!persian.carries("letter_registered", English, Channel::Sms), "another route's");
    assert_eq!(persian.left_out(&kinds), ["letter_registered"]);
    let with_line = by(r#","line":30001234"#, &[FA]);
    assert!(with_line.carries("letter_registered", English, Channel::Sms), "it goes as text");
    assert_eq!(chosen(&with_line, English), None);

    for twice in [[FA, FA], ["", ""]] {
        let told = by("", &twice).admit(&kinds).expect_err("there are two").to_string();
        assert!(told.contains("two templates of letter_registered"), "{told}");
    }
    let text = r#"{"kind":"letter_registered","language":"de","template":"1","parameters":[]}"#;
    let told = serde_json::from_str::<Mapping>(text).expect_err("nobody speaks it here").to_string();
    assert!(told.starts_with("a language is fa or en"), "{told}");
    let stored = serde_json::to_string(&both).expect("a definition is writable");
    assert_eq!(definition(&stored).templates, both.templates);
}

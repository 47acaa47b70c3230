//! Placeholders in an answer's text: `{number}` and its like, by their names in either language. Pure but for what they stand for.

use pishkhan_persian::{Language, display, text::search_key};
use pishkhan_store::{Moment, Result, StoreError, Tx};

use crate::letters::Letter;
use crate::senders;
use crate::units::Unit;
use crate::words::Words;

/// The keys of their names in the locales, in the order in which they are offered.
pub const NAMES: [&str; 7] = [
    "placeholder-name",
    "placeholder-number",
    "placeholder-date",
    "placeholder-subject",
    "placeholder-unit",
    "placeholder-tracking",
    "placeholder-today",
];

/// Longer than that between braces is no placeholder but a text that has braces.
const NAME_CHARACTERS: usize = 30;

/// What the placeholders stand for, in the order of [`NAMES`].
#[derive(Clone, Debug)]
pub struct Places([String; 7]);

/// Names between braces that stand for nothing, as they were written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown placeholders: {}", .0.join(", "))]
pub struct Unknown(pub Vec<String>);

impl Places {
    /// For an answer of that unit to a registered letter, in its sender's language.
    pub async fn of(tx: &mut Tx, letter: &Letter, unit: &Unit) -> Result<Places> {
        let registration = letter.state.registration().ok_or(StoreError::Unreadable("registration"))?;
        let sender = senders::find(tx, &letter.sender).await?.ok_or(StoreError::Unreadable("sender"))?;
        let language = sender.language;
        Ok(Places([
            letter.content.sender_name.clone(),
            display::digits(language, &registration.number),
            date(language, registration.at),
            letter.content.subject.clone(),
            unit.name_in(language).to_owned(),
            display::digits(language, registration.tracking.as_str()),
            date(language, tx.now()),
        ]))
    }

    fn get(&self, name: &str) -> Option<&str> {
        let wanted = search_key(name);
        let is_called = |key: &'static str| {
            [Language::Persian, Language::English].into_iter().any(|it| search_key(Words::of(it).t(key)) == wanted)
        };
        let place = NAMES.into_iter().position(is_called)?;
        Some(&self.0[place])
    }
}

fn date(language: Language, at: Moment) -> String {
    display::date_short(language, at.0)
}

/// The text with what its placeholders stand for.
pub fn fill(text: &str, places: &Places) -> std::result::Result<String, Unknown> {
    let (mut filled, mut unknown) = (String::with_capacity(text.len()), Vec::new());
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        filled.push_str(&rest[..open]);
        let behind = &rest[open + 1..];
        match placeholder(behind) {
            None => {
                filled.push('{');
                rest = behind;
            }
            Some(name) => {
                match places.get(name) {
                    Some(value) => filled.push_str(value),
                    None => unknown.push(name.trim().to_owned()),
                }
                rest = &behind[name.len() + 1..];
            }
        }
    }
    filled.push_str(rest);
    if unknown.is_empty() { Ok(filled) } else { Err(Unknown(unknown)) }
}

/// The name that ends with the next brace, if what stands there can be one.
fn placeholder(behind: &str) -> Option<&str> {
    let name = &behind[..behind.find('}')?];
    let is_name = !name.trim().is_empty() && name.chars().count() <= NAME_CHARACTERS && !name.contains(['{', '\n']);
    is_name.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places() -> Places {
        Places(["Maryam", "1405/7", "1405/09/08", "Water", "Complaints", "123", "1405/09/09"].map(ToOwned::to_owned))
    }

    #[test]
    fn both_languages_name_the_same_places() {
        let persian = Words::of(Language::Persian).t("placeholder-number");
        let text = format!("{{name}}: {{number}} = {{ {persian} }}, {{today}}.");
        assert_eq!(fill(&text, &places()), Ok("Maryam: 1405/7 = 1405/7, 1405/09/09.".to_owned()));
    }

    #[test]
    fn what_is_unknown_is_named_and_braces_alone_stay() {
        assert_eq!(
            fill("{nam} {number} {date of birth}", &places()),
            Err(Unknown(vec!["nam".into(), "date of birth".into()]))
        );
        for text in ["", "a { b", "} {", "{}", "{\n}", "{ a{"] {
            assert_eq!(fill(text, &places()).as_deref(), Ok(text));
        }
        assert_eq!(fill("{{name}}", &places()).as_deref(), Ok("{Maryam}"));
    }

    #[test]
    fn what_a_name_holds_is_not_filled_again() {
        let mut places = places();
        places.0[0] = "{number}".to_owned();
        assert_eq!(fill("{name}", &places).as_deref(), Ok("{number}"));
    }
}

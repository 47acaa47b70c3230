//! `[Content_Types].xml`: what the package's main part is.

use super::element::Element;
use super::markup::Event;
use crate::Refusal;

/// What the main part's type makes of the package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Package {
    Document,
    Refused(Refusal),
}

pub(super) struct ContentTypes {
    /// The main part's name with a slash before it, in small letters.
    main_part: String,
    /// The main part's own type, and that of its ending.
    own: Option<String>,
    of_ending: Option<String>,
    has_macros: bool,
}

impl ContentTypes {
    pub(super) fn new(main_part: &str) -> Self {
        Self {
            main_part: format!("/{}", main_part.to_ascii_lowercase()),
            own: None,
            of_ending: None,
            has_macros: false,
        }
    }

    pub(super) fn event(&mut self, event: Event<'_>) {
        let Event::Start(element) = event else { return };
        let content_type = || element.attribute("ContentType").unwrap_or_default().trim().to_ascii_lowercase();
        match element.name() {
            b"Override" => {
                let content_type = content_type();
                self.has_macros |= is_macro(&content_type);
                if self.own.is_none() && is_named(element, "PartName", &self.main_part) {
                    self.own = Some(content_type);
                }
            }
            b"Default" => {
                let content_type = content_type();
                // A default for .bin may stand there without any such part.
                let ending = self.main_part.rsplit('.').next().unwrap_or_default();
                if self.of_ending.is_none() && is_named(element, "Extension", ending) {
                    self.of_ending = Some(content_type);
                }
            }
            _ => {}
        }
    }

    pub(super) fn package(&self) -> Package {
        let Some(main) = self.own.as_deref().or(self.of_ending.as_deref()) else {
            return Package::Refused(Refusal::Damaged);
        };
        let is_word = main.contains("wordprocessingml") || main.contains("ms-word");
        if is_word && (self.has_macros || main.contains("macroenabled")) {
            return Package::Refused(Refusal::MacroDocument);
        }
        match main {
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml" => Package::Document,
            main if is_word
                || ["spreadsheetml", "presentationml", "ms-excel", "ms-powerpoint", "ms-visio"]
                    .iter()
                    .any(|part| main.contains(part)) =>
            {
                Package::Refused(Refusal::OtherOffice)
            }
            _ => Package::Refused(Refusal::Archive),
        }
    }
}

fn is_named(element: &Element, attribute: &str, name: &str) -> bool {
    element.attribute(attribute).is_some_and(|value| value.trim().eq_ignore_ascii_case(name))
}

fn is_macro(content_type: &str) -> bool {
    content_type.contains("vbaproject") || content_type.contains("vbadata") || content_type.contains("macroenabled")
}

//! [`Words`]: looks sentences up, fills their places, and leaves no bidirectional control where a copy would carry it along.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{LazyLock, RwLock};

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, static_loader};
use pishkhan_persian::Language;

static_loader! {
    static LOCALES = {
        locales: "../../locales",
        fallback_language: "fa",
    };
}

static PERSIAN: LazyLock<LanguageIdentifier> = LazyLock::new(|| "fa".parse().expect("fa is a language tag"));
static ENGLISH: LazyLock<LanguageIdentifier> = LazyLock::new(|| "en".parse().expect("en is a language tag"));

/// The sentences of one language. Copying is free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    pub language: Language,
}

impl Words {
    pub fn of(language: Language) -> Words {
        Words { language }
    }

    /// A sentence without places.
    pub fn t(&self, key: &'static str) -> &'static str {
        static SAID: LazyLock<RwLock<HashMap<(Language, &'static str), &'static str>>> = LazyLock::new(RwLock::default);
        let place = (self.language, key);
        if let Some(said) = SAID.read().expect("nobody panics holding it").get(&place) {
            return said;
        }
        // Each sentence is kept for good: there are some hundreds of them, and a page says a hundred at once.
        let said: &'static str = LOCALES.lookup(self.tag(), key).leak();
        SAID.write().expect("nobody panics holding it").insert(place, said);
        said
    }

    /// A sentence with one place, which stands isolated, so that its direction does not disturb the sentence's.
    pub fn a(&self, key: &'static str, name: &'static str, value: impl AsRef<str>) -> String {
        self.fill(key, &[(name, value.as_ref())])
    }

    /// A sentence with several places.
    pub fn fill(&self, key: &'static str, places: &[(&'static str, &str)]) -> String {
        let values = places.iter().map(|(name, value)| (Cow::Borrowed(*name), FluentValue::from(*value))).collect();
        LOCALES.lookup_with_args(self.tag(), key, &values)
    }

    /// A sentence that counts: `n` chooses its plural, `count` is `n` in the reader's digits.
    pub fn n(&self, key: &'static str, n: impl Count) -> String {
        let n = n.count();
        let count = pishkhan_persian::display::number(self.language, n);
        let values = HashMap::from([
            (Cow::Borrowed("n"), FluentValue::from(n)),
            (Cow::Borrowed("count"), FluentValue::from(count)),
        ]);
        LOCALES.lookup_with_args(self.tag(), key, &values)
    }

    /// As [`Words::fill`], without isolates: for SMS, where characters cost money, and for names of files.
    pub fn plain(&self, key: &'static str, places: &[(&'static str, &str)]) -> String {
        self.fill(key, places).replace(['\u{2068}', '\u{2069}'], "")
    }

    fn tag(self) -> &'static LanguageIdentifier {
        match self.language {
            Language::Persian => &PERSIAN,
            Language::English => &ENGLISH,
        }
    }
}

/// What can be counted in a sentence.
pub trait Count {
    fn count(self) -> u64;
}

impl Count for u64 {
    fn count(self) -> u64 {
        self
    }
}

impl Count for u32 {
    fn count(self) -> u64 {
        u64::from(self)
    }
}

impl Count for usize {
    fn count(self) -> u64 {
        self as u64
    }
}

impl<T: Count + Copy> Count for &T {
    fn count(self) -> u64 {
        (*self).count()
    }
}

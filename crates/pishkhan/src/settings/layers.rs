//! Puts the layers on top of one another and remembers who said what last, so that an error can name the culprit.

use std::{collections::BTreeMap, path::Path};

use toml::{Table, Value};

use super::{
    Settings, SettingsError, checks,
    error::Source,
    reading,
    schema::{Rule, Schema},
};

/// Variables of ours begin with this.
pub const PREFIX: &str = "PISHKHAN_";

/// Names the settings file when no flag does.
pub const FILE: &str = "PISHKHAN_SETTINGS";

/// Variables with our prefix that are no settings: the file, the log's filter, and what `cargo xtask` hands to the tests.
const RESERVED: [&str; 5] = [FILE, "PISHKHAN_LOG", "PISHKHAN_TEST_POSTGRES", "PISHKHAN_BINARY", "PISHKHAN_SCREENSHOTS"];

/// The values so far.
pub struct Layers<'s> {
    schema: &'s Schema,
    values: Table,
    sources: BTreeMap<String, Source>,
}

impl<'s> Layers<'s> {
    /// The defaults.
    pub fn new(schema: &'s Schema) -> Self {
        Self { schema, values: schema.defaults.clone(), sources: BTreeMap::new() }
    }

    /// A settings file, in TOML.
    pub fn add_file(&mut self, path: &Path) -> Result<(), SettingsError> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| SettingsError::Unreadable { path: path.to_owned(), why: error.to_string() })?;
        let table: Table = text.parse().map_err(|error: toml::de::Error| SettingsError::NotToml {
            path: path.to_owned(),
            line: 1 + error
                .span()
                .map_or(0, |span| text.bytes().take(span.start).filter(|byte| *byte == b'\n').count()),
            // Only the message: the quoted piece of the file could be a password.
            why: error.message().lines().collect::<Vec<_>>().join(" "),
        })?;
        self.add_table(&table, &mut Vec::new(), &Source::File(path.to_owned()))
    }

    /// The variables of the environment that begin with [`PREFIX`].
    pub fn add_environment(&mut self, env: &[(String, String)]) -> Result<(), SettingsError> {
        for (name, text) in env {
            let Some(key) = name.strip_prefix(PREFIX).filter(|_| !RESERVED.contains(&name.as_str())) else {
                continue;
            };
            let key = key.to_lowercase().replace("__", ".");
            self.set_text(&key, text, &Source::Environment(name.clone()))?;
        }
        Ok(())
    }

    /// Flags, each `section.setting=value`.
    pub fn add_flags(&mut self, flags: &[String]) -> Result<(), SettingsError> {
        for flag in flags {
            let (key, text) = flag
                .split_once('=')
                .filter(|(key, _)| !key.trim().is_empty())
                .ok_or_else(|| SettingsError::NotAFlag { flag: flag.clone() })?;
            self.set_text(key.trim(), text, &Source::Flag)?;
        }
        Ok(())
    }

    /// The checked settings.
    pub fn finish(self) -> Result<Settings, SettingsError> {
        let sources = self.sources;
        let bad = |key: &str, why: String| {
            let from = sources.get(key).cloned().unwrap_or(Source::Default);
            SettingsError::Bad { key: key.to_owned(), from, why }
        };
        checks::each_alone(&self.values).map_err(|(key, why)| bad(key, why))?;
        let settings: Settings = Value::Table(self.values)
            .try_into()
            .expect("every value keeps to default.toml, and a test holds the types to it too");
        checks::together(&settings).map_err(|(key, why)| bad(key, why))?;
        Ok(settings)
    }

    fn add_table(&mut self, table: &Table, above: &mut Vec<String>, source: &Source) -> Result<(), SettingsError> {
        for (name, value) in table {
            above.push(name.clone());
            let path: Vec<&str> = above.iter().map(String::as_str).collect();
            let is_section =
                self.schema.default_of(&path).is_some_and(Value::is_table) && !self.schema.is_free_table(&path);
            match value {
                Value::Table(inner) if is_section => self.add_table(inner, above, source)?,
                _ => self.set(&above.join("."), value.clone(), source)?,
            }
            above.pop();
        }
        Ok(())
    }

    /// Sets from a text. `messages.http.headers.x` is one entry of a free table.
    fn set_text(&mut self, key: &str, text: &str, source: &Source) -> Result<(), SettingsError> {
        let path: Vec<&str> = key.split('.').collect();
        if let Some((entry, table)) = path.split_last().filter(|(_, table)| self.schema.is_free_table(table)) {
            let mut added = self.at(table).as_table().cloned().unwrap_or_default();
            added.insert((*entry).to_owned(), Value::String(text.to_owned()));
            return self.set(&table.join("."), Value::Table(added), source);
        }
        match self.schema.default_of(&path) {
            Some(default) if self.schema.rules.contains_key(key) => {
                let value = reading::read(text, default).map_err(|why| bad(key, source, why))?;
                self.set(key, value, source)
            }
            _ => Err(self.unknown(key, source)),
        }
    }

    fn set(&mut self, key: &str, value: Value, source: &Source) -> Result<(), SettingsError> {
        let path: Vec<&str> = key.split('.').collect();
        let Some(default) = self.schema.default_of(&path) else {
            return Err(self.unknown(key, source));
        };
        // A section has no rule of its own; given as anything but a table, it fails on its type.
        let rule = self.schema.rules.get(key).cloned().unwrap_or_else(Rule::default);
        reading::keeps_to(&value, default, &rule).map_err(|why| bad(key, source, why))?;
        *self.at(&path) = value;
        self.sources.insert(key.to_owned(), source.clone());
        Ok(())
    }

    fn at(&mut self, path: &[&str]) -> &mut Value {
        let (first, rest) = path.split_first().expect("a key has at least one name");
        let mut value = self.values.get_mut(*first).expect("the path was found in the defaults");
        for name in rest {
            value = value.get_mut(*name).expect("the path was found in the defaults");
        }
        value
    }

    fn unknown(&self, key: &str, source: &Source) -> SettingsError {
        SettingsError::Unknown { key: key.to_owned(), from: source.clone(), nearest: self.schema.nearest(key) }
    }
}

fn bad(key: &str, source: &Source, why: String) -> SettingsError {
    SettingsError::Bad { key: key.to_owned(), from: source.clone(), why }
}

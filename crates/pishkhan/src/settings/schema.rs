//! What `default.toml` demands of each setting: its default value, whose type counts, and the bounds and choices in its comments.

use std::{collections::BTreeMap, ops::RangeInclusive};

use toml::{Table, Value};

/// The default values, and for each setting (`sign_in.challenge`) its rule.
pub struct Schema {
    pub defaults: Table,
    pub rules: BTreeMap<String, Rule>,
}

/// What a value must keep to, besides the type of its default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    pub bounds: Option<RangeInclusive<i64>>,
    pub choices: Vec<String>,
    /// The comment above the setting, line by line.
    pub comment: Vec<String>,
}

impl Schema {
    /// The schema of the embedded file.
    pub fn embedded() -> Self {
        Self {
            defaults: super::DEFAULT.parse().expect("the embedded default.toml is TOML, as a test proves"),
            rules: rules(super::DEFAULT),
        }
    }

    /// The default of a setting or of a whole section.
    pub fn default_of(&self, path: &[&str]) -> Option<&Value> {
        let (first, rest) = path.split_first()?;
        rest.iter().try_fold(self.defaults.get(*first)?, |value, name| value.as_table()?.get(*name))
    }

    /// Whether a setting is a table in which the administrator chooses the names.
    pub fn is_free_table(&self, path: &[&str]) -> bool {
        self.default_of(path).is_some_and(|value| value.as_table().is_some_and(Table::is_empty))
    }

    /// The setting whose name differs least from a mistyped one, if it is near enough to be meant.
    pub fn nearest(&self, key: &str) -> Option<String> {
        let near = self.rules.keys().map(|known| (distance(known, key), known)).min()?;
        (near.0 <= 1 + key.len() / 8).then(|| near.1.clone())
    }
}

/// Reads the comments. The file is ours and keeps one setting per line, so lines are enough; a test holds it to that.
fn rules(text: &str) -> BTreeMap<String, Rule> {
    let mut rules = BTreeMap::new();
    let mut section = String::new();
    let mut rule = Rule::default();
    for line in text.lines() {
        if let Some(comment) = line.strip_prefix('#') {
            rule.comment.push(comment.trim().to_owned());
        } else if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            name.clone_into(&mut section);
            rule = Rule::default();
        } else if let Some((name, _)) = line.split_once(" = ") {
            rule.bounds = rule.comment.iter().find_map(|line| bounds(line));
            rule.choices = rule.comment.iter().find_map(|line| choices(line)).unwrap_or_default();
            rules.insert(format!("{section}.{name}"), std::mem::take(&mut rule));
        } else {
            rule = Rule::default();
        }
    }
    rules
}

/// `Bounds: 1 to 30 minutes. Example: 5` → `1..=30`.
fn bounds(comment: &str) -> Option<RangeInclusive<i64>> {
    let (low, rest) = comment.strip_prefix("Bounds: ")?.split_once(" to ")?;
    Some(low.parse().ok()?..=rest.split_whitespace().next()?.parse().ok()?)
}

/// `Choices: on, off.` → `on`, `off`.
fn choices(comment: &str) -> Option<Vec<String>> {
    let list = comment.strip_prefix("Choices: ")?.trim_end_matches('.');
    Some(list.split(", ").map(str::to_owned).collect())
}

/// How many letters must be put in, taken out or changed to come from one word to the other.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, letter) in from.chars().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], line + 1);
        for (column, other) in to.iter().enumerate() {
            let changed = corner + usize::from(letter != *other);
            corner = row[column + 1];
            row[column + 1] = changed.min(row[column] + 1).min(corner + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every setting in the TOML, free tables counting as one.
    fn keys(table: &Table, section: &str, found: &mut Vec<String>) {
        for (name, value) in table {
            let key = if section.is_empty() { name.clone() } else { format!("{section}.{name}") };
            match value {
                Value::Table(table) if !table.is_empty() => keys(table, &key, found),
                _ => found.push(key),
            }
        }
    }

    #[test]
    fn every_setting_has_a_comment_above_it_that_explains_it() {
        let schema = Schema::embedded();
        let mut found = Vec::new();
        keys(&schema.defaults, "", &mut found);
        found.sort();
        assert_eq!(found, schema.rules.keys().cloned().collect::<Vec<_>>(), "one setting per line, as `name = value`");

        for (key, rule) in &schema.rules {
            assert!(rule.comment.first().is_some_and(|line| line.len() > 20), "{key} has no explanation above it");
            let helps = |line: &String| line.contains("Example: ") || line.starts_with("Choices: ");
            assert!(rule.comment.iter().any(helps), "{key} has neither an example nor choices");
        }
    }

    #[test]
    fn every_number_has_bounds_and_every_default_keeps_to_its_rule() {
        let schema = Schema::embedded();
        for (key, rule) in &schema.rules {
            let value = schema.default_of(&key.split('.').collect::<Vec<_>>()).expect("the key is from the file");
            assert_eq!(super::super::reading::keeps_to(value, value, rule), Ok(()), "{key}");
            let is_number =
                value.is_integer() || value.as_array().is_some_and(|list| list.iter().any(Value::is_integer));
            assert_eq!(is_number, rule.bounds.is_some(), "{key}");
            if is_number {
                assert!(
                    rule.bounds
                        .as_ref()
                        .is_some_and(|bounds| *bounds.start() >= 0 && *bounds.end() <= i64::from(u32::MAX)),
                    "{key}"
                );
            }
        }
    }

    #[test]
    fn a_mistyped_name_finds_its_neighbour_and_a_strange_one_none() {
        let schema = Schema::embedded();
        assert_eq!(schema.nearest("sign_in.chalenge").as_deref(), Some("sign_in.challenge"));
        assert_eq!(schema.nearest("signin.challenge").as_deref(), Some("sign_in.challenge"));
        assert_eq!(schema.nearest("weather.rain"), None);
    }
}

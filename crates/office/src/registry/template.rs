//! The template by which a register prints its numbers: `{prefix}/{n}`, `{yyyy}/{unit}/{n:04}`, in any order, with free signs
//! between, as secretariats print them. Pure.

use std::fmt::{self, Write};

/// The most signs of a unit's code.
pub(crate) const UNIT_SIGNS: usize = 8;
/// The most signs of a number as it is printed: gateways' templates, against which it is checked when a route is set up, take no more.
pub(crate) const PRINTED_SIGNS: usize = 25;
/// A register that counts further in a year is none that people keep.
const DIGITS: usize = 6;

/// A checked template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    text: String,
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Literal(String),
    Prefix,
    /// Four digits of the Jalali year.
    Year,
    /// Its last two digits.
    ShortYear,
    Unit,
    /// The number, filled up with zeros to so many digits.
    Number(usize),
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    #[error("the template must contain {{n}} exactly once")]
    NeedsNumber,
    #[error("unknown place {{{0}}}: there are {{prefix}}, {{yyyy}}, {{yy}}, {{unit}}, {{n}} and {{n:04}}")]
    UnknownPlace(String),
    #[error("a brace is open at the end of the template")]
    OpenBrace,
    #[error("the signs between are letters, digits, hyphens, dots and slashes, 40 characters in all")]
    BadSign,
}

impl Template {
    pub fn parse(text: &str) -> Result<Template, TemplateError> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            push_literal(&mut parts, &rest[..open])?;
            let close = rest[open..].find('}').ok_or(TemplateError::OpenBrace)? + open;
            parts.push(place(&rest[open + 1..close])?);
            rest = &rest[close + 1..];
        }
        push_literal(&mut parts, rest)?;
        if text.chars().count() > 60 {
            return Err(TemplateError::BadSign);
        }
        match parts.iter().filter(|part| matches!(part, Part::Number(_))).count() {
            1 => Ok(Template { text: text.to_owned(), parts }),
            _ => Err(TemplateError::NeedsNumber),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The number as it is printed, in ASCII digits.
    pub fn print(&self, prefix: &str, year: i64, unit: &str, number: i64) -> String {
        let mut printed = String::new();
        for part in &self.parts {
            let written = match part {
                Part::Literal(text) => printed.write_str(text),
                Part::Prefix => printed.write_str(prefix),
                Part::Year => write!(printed, "{year:04}"),
                Part::ShortYear => write!(printed, "{:02}", year.rem_euclid(100)),
                Part::Unit => printed.write_str(unit),
                Part::Number(width) => write!(printed, "{number:0width$}"),
            };
            written.expect("a text takes whatever is written to it");
        }
        printed
    }
}

impl Template {
    /// How many signs its longest number has, with this prefix.
    pub(super) fn longest(&self, prefix: &str) -> usize {
        let signs = |part: &Part| match part {
            Part::Literal(text) => text.chars().count(),
            Part::Prefix => prefix.chars().count(),
            Part::Year => 4,
            Part::ShortYear => 2,
            Part::Unit => UNIT_SIGNS,
            Part::Number(width) => DIGITS.max(*width),
        };
        self.parts.iter().map(signs).sum()
    }
}

/// Whether a printed number may have this sign: one that no gateway's template refuses.
pub(crate) fn is_sign_of_numbers(sign: char) -> bool {
    sign.is_alphanumeric() || "-./".contains(sign)
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn push_literal(parts: &mut Vec<Part>, text: &str) -> Result<(), TemplateError> {
    if !text.chars().all(is_sign_of_numbers) || text.chars().count() > 40 {
        return Err(TemplateError::BadSign);
    }
    if !text.is_empty() {
        parts.push(Part::Literal(text.to_owned()));
    }
    Ok(())
}

fn place(name: &str) -> Result<Part, TemplateError> {
    match name {
        "prefix" => Ok(Part::Prefix),
        "yyyy" => Ok(Part::Year),
        "yy" => Ok(Part::ShortYear),
        "unit" => Ok(Part::Unit),
        "n" => Ok(Part::Number(1)),
        _ => match name.strip_prefix("n:0").and_then(|width| width.parse().ok()) {
            Some(width @ 1..=9) => Ok(Part::Number(width)),
            _ => Err(TemplateError::UnknownPlace(name.to_owned())),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_the_field_are_printed() {
        let print = |template: &str| Template::parse(template).map(|t| t.print("چارگون", 1405, "د", 101));
        assert_eq!(print("{prefix}/{n}").as_deref(), Ok("چارگون/101"));
        assert_eq!(print("{yyyy}/{unit}/{n:04}").as_deref(), Ok("1405/د/0101"));
        assert_eq!(print("ص-{yy}-{n}").as_deref(), Ok("ص-05-101"));
    }

    #[test]
    fn the_longest_number_counts_a_whole_year_and_the_longest_code() {
        let longest = |template: &str, prefix: &str| Template::parse(template).map(|t| t.longest(prefix));
        assert_eq!(longest("{n}", ""), Ok(6));
        assert_eq!(longest("{prefix}/{n:09}", "چارگون"), Ok(16));
        assert_eq!(longest("{yyyy}/{unit}/{n:04}", "چارگون"), Ok(20));
        assert_eq!(longest("ص-{yy}-{n}", ""), Ok(11));
    }

    #[test]
    fn a_template_that_could_repeat_or_break_a_number_is_refused() {
        assert_eq!(Template::parse("{prefix}"), Err(TemplateError::NeedsNumber));
        assert_eq!(Template::parse("{n}{n}"), Err(TemplateError::NeedsNumber));
        assert_eq!(Template::parse("{n"), Err(TemplateError::OpenBrace));
        assert_eq!(Template::parse("{x}{n}"), Err(TemplateError::UnknownPlace("x".into())));
        assert_eq!(Template::parse("{n:12}"), Err(TemplateError::UnknownPlace("n:12".into())));
        assert_eq!(Template::parse("a {n}"), Err(TemplateError::BadSign));
        assert_eq!(Template::parse("\u{202e}{n}"), Err(TemplateError::BadSign));
    }
}

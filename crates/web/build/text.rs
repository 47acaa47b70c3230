//! Makes style sheets, scripts and drawings smaller, and puts the names in that carry the hash.
//! It knows the files in `assets` and their plain manner of writing; it is no general minifier.

use std::{collections::BTreeMap, error::Error};

/// Takes out comments and all white space that CSS doesn't need.
pub fn shrink_style(text: &str) -> String {
    let mut small = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        if rest.starts_with("/*") {
            rest = rest.split_once("*/").map_or("", |(_, after)| after);
            continue;
        }
        if sign == '"' || sign == '\'' {
            let end = rest[1..].find(sign).map_or(rest.len(), |at| at + 2);
            small.push_str(&rest[..end]);
            rest = &rest[end..];
            continue;
        }
        rest = &rest[sign.len_utf8()..];
        if sign.is_whitespace() {
            // A space before a colon can mean "any descendant"; one after it never means anything.
            if !small.ends_with(['{', '}', ';', ',', ':', ' ']) {
                small.push(' ');
            }
        } else {
            if matches!(sign, '{' | '}' | ';' | ',') && small.ends_with(' ') {
                small.pop();
            }
            if sign == '}' && small.ends_with(';') {
                small.pop();
            }
            small.push(sign);
        }
    }
    small.trim().to_owned()
}

/// Takes out indentation, empty lines and lines that are only a comment.
pub fn shrink_script(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Takes out the line breaks between the elements of a drawing.
pub fn shrink_drawing(text: &str) -> String {
    text.lines().map(str::trim).collect()
}

/// Puts the hashed name wherever a file is named as `./name` after a quote or a bracket.
pub fn with_hashed_names(text: &str, names: &BTreeMap<String, String>) -> Result<String, Box<dyn Error>> {
    let mut linked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("./") {
        let (before, after) = rest.split_at(at + 2);
        linked.push_str(before);
        rest = after;
        if !before[..at].ends_with(['"', '\'', '(']) {
            continue;
        }
        let end = rest.find(['"', '\'', ')']).unwrap_or(rest.len());
        let hashed = names.get(&rest[..end]).ok_or_else(|| format!("no earlier asset is called {}", &rest[..end]))?;
        linked.push_str(hashed);
        rest = &rest[end..];
    }
    linked.push_str(rest);
    Ok(linked)
}

//! Word's fields, which both its formats have: small commands in the text.

use crate::Flag;
use crate::addresses::is_elsewhere;

/// One word of an instruction behind its command.
#[derive(Debug, PartialEq, Eq)]
enum Word<'a> {
    /// A backslash and this sign.
    Switch(char),
    /// A text, whole if it is in quotation marks.
    Text(&'a str),
}

/// What a field with this instruction does, if anything of note.
pub(crate) fn flag(instruction: &str) -> Option<Flag> {
    let (command, rest) = split(instruction);
    match command.to_ascii_uppercase().as_str() {
        "DDE" | "DDEAUTO" => Some(Flag::DdeField),
        "LINK" | "EMBED" => Some(Flag::Objects),
        // A link to a place in the same document, as a table of contents has.
        "HYPERLINK"
            if matches!(words(rest)[..], [Word::Switch('l' | 'L')] | [Word::Switch('l' | 'L'), Word::Text(_)]) =>
        {
            None
        }
        "HYPERLINK" => Some(Flag::Links),
        // Where its data is can be said in many ways.
        "DATABASE" => Some(Flag::RemoteContent),
        "INCLUDEPICTURE" | "INCLUDETEXT" | "INCLUDE" | "IMPORT" | "RD" if leads_elsewhere(&words(rest)) => {
            Some(Flag::RemoteContent)
        }
        _ => None,
    }
}

/// What a field does whose command is made by another field: QUOTE can spell any command, so it counts as the worst.
pub(crate) fn flag_of_made_command(instruction: &str) -> Option<Flag> {
    if split(instruction).0.eq_ignore_ascii_case("QUOTE") { Some(Flag::DdeField) } else { flag(instruction) }
}

/// Whether any text is an address elsewhere. If none is there but what a switch may have as its value, another field makes the
/// address, which can't be known.
fn leads_elsewhere(words: &[Word<'_>]) -> bool {
    let is_value = |at: usize| at > 0 && matches!(words[at - 1], Word::Switch(_));
    let texts = || words.iter().enumerate().filter_map(|(at, word)| Some((at, word.text()?)));
    texts().any(|(_, text)| is_elsewhere(text)) || texts().all(|(at, _)| is_value(at))
}

/// The command, and what is behind it. A switch or a quotation mark may follow without a blank.
fn split(instruction: &str) -> (&str, &str) {
    let instruction = instruction.trim_start_matches(|sign: char| sign.is_whitespace() || sign == '"');
    let ends = |sign: char| sign.is_whitespace() || matches!(sign, '"' | '\\');
    instruction.split_at(instruction.find(ends).unwrap_or(instruction.len()))
}

fn words(mut rest: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    loop {
        rest = rest.trim_start();
        let mut signs = rest.chars();
        match (signs.next(), signs.next()) {
            (None, _) => return words,
            (Some('"'), _) => {
                let (text, behind) = rest[1..].split_once('"').unwrap_or((&rest[1..], ""));
                words.push(Word::Text(text));
                rest = behind;
            }
            // Two slashes of either kind begin another machine's name.
            (Some('\\'), Some(sign)) if !sign.is_whitespace() && !matches!(sign, '\\' | '/' | '"') => {
                words.push(Word::Switch(sign));
                rest = signs.as_str();
            }
            (Some(_), _) => {
                let ends = |sign: char| sign.is_whitespace() || sign == '"';
                let (text, behind) = rest.split_at(rest.find(ends).unwrap_or(rest.len()));
                words.push(Word::Text(text));
                rest = behind;
            }
        }
    }
}

impl<'a> Word<'a> {
    fn text(&self) -> Option<&'a str> {
        match self {
            Word::Switch(_) => None,
            Word::Text(text) => Some(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_contents_is_no_link_elsewhere() {
        assert_eq!(flag(" HYPERLINK \\l \"_Toc1\" "), None);
        assert_eq!(flag(" TOC \\o \"1-3\" \\h "), None);
        assert_eq!(flag("hyperlink \"https://a.example\""), Some(Flag::Links));
    }

    #[test]
    fn commands_count_in_any_letters() {
        assert_eq!(flag(" dDeAuTo c:\\\\a"), Some(Flag::DdeField));
        assert_eq!(flag("INCLUDEPICTURE \"c:\\\\a.png\""), None);
        assert_eq!(flag("INCLUDEPICTURE \"http://a.example/b.png\" \\d"), Some(Flag::RemoteContent));
        assert_eq!(flag_of_made_command(" QUOTE 68 68 69"), Some(Flag::DdeField));
        assert_eq!(flag(" QUOTE 68 68 69"), None);
    }

    #[test]
    fn an_address_behind_switches_counts() {
        for remote in [
            " INCLUDEPICTURE \\d \"http://e.example/x.png\" ",
            "INCLUDEPICTURE\\d\"http://e.example/x.png\"",
            "INCLUDEPICTURE \\dhttp://e.example/x.png",
            "INCLUDEPICTURE \"a.png\" \"\\\\\\\\server\\\\x.png\"",
            "INCLUDETEXT \\c \"WordDocument\" \\\\server\\a.doc",
            "IMPORT \\* MERGEFORMAT http://e.example/x.png",
            // The address is made by another field.
            "INCLUDEPICTURE \\* MERGEFORMAT",
            "RD \\f \"http://e.example/a.doc\"",
            "DATABASE \\c \"DSN=a\" \\s \"SELECT * FROM a\"",
        ] {
            assert_eq!(flag(remote), Some(Flag::RemoteContent), "{remote}");
        }
        for here in
            ["INCLUDEPICTURE \"a b.png\" \\d \\* MERGEFORMAT", "RD \"chapter 2.doc\"", "INCLUDETEXT \"c:\\\\a.doc\" b"]
        {
            assert_eq!(flag(here), None, "{here}");
        }
        assert_eq!(flag("LINK Excel.Sheet.8 \"http://e.example/a.xls\""), Some(Flag::Objects));
    }

    #[test]
    fn a_link_is_inside_only_if_nothing_else_is_said() {
        assert_eq!(flag("HYPERLINK \\l \"my place\""), None);
        for link in [
            " HYPERLINK \\l \"x\" \"http://e.example/x\" ",
            "HYPERLINK \\l \"x\" \\o \"tip\"",
            "HYPERLINK \"\\l\" \"http://e.example/x\"",
            "HYPERLINK a.doc \\l \"x\"",
            "HYPERLINK",
        ] {
            assert_eq!(flag(link), Some(Flag::Links), "{link}");
        }
    }
}

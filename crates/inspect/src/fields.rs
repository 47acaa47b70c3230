//! Word's fields, which both its formats have: small commands in the text.

use crate::Flag;
use crate::addresses::is_elsewhere;

/// What a field with this instruction does, if anything of note.
pub(crate) fn flag(instruction: &str) -> Option<Flag> {
    let mut words = instruction.split(|sign: char| sign.is_whitespace() || sign == '"').filter(|word| !word.is_empty());
    let command = words.next()?.to_ascii_uppercase();
    let argument = words.next();
    match command.as_str() {
        "DDE" | "DDEAUTO" => Some(Flag::DdeField),
        "LINK" | "EMBED" => Some(Flag::Objects),
        // A link to a place in the same document, as a table of contents has.
        "HYPERLINK" if argument.is_some_and(|argument| argument.eq_ignore_ascii_case("\\l")) => None,
        "HYPERLINK" => Some(Flag::Links),
        // An argument that another field makes can't be known.
        "INCLUDEPICTURE" | "INCLUDETEXT" | "INCLUDE" | "IMPORT" if argument.is_none_or(is_elsewhere) => {
            Some(Flag::RemoteContent)
        }
        _ => None,
    }
}

/// What a field does whose command is made by another field: QUOTE can spell any command, so it counts as the worst.
pub(crate) fn flag_of_made_command(instruction: &str) -> Option<Flag> {
    let command = instruction.split_whitespace().next()?;
    if command.eq_ignore_ascii_case("QUOTE") { Some(Flag::DdeField) } else { flag(instruction) }
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
}

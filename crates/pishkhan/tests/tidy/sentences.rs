//! Every sentence that a person reads is in `locales/`, so that it can be read, weighed and translated in one place.

use crate::{
    faults::{Exception, Fault, judge},
    lexer::literals_of,
    templates::{Piece, attributes, pieces},
    tree,
};

const PERSIAN_ELSEWHERE: &[Exception] = &[
    Exception { path: "crates/persian/", what: "", why: "the crate about these very letters" },
    Exception { path: "crates/paper/src/plain.rs", what: "", why: "marks by their code points, for any language" },
];

/// Names of things that are the same in every language.
const NAMES: [&str; 12] =
    ["PDF", "SMS", "JPG", "PNG", "TIFF", "DOC", "DOCX", "JSON", "SHA", "nbsp", "middot", "hellip"];

pub fn persian() {
    let mut faults = Vec::new();
    for file in tree::sources() {
        let literals = literals_of(file).into_iter().filter(|literal| literal.text.contains(is_persian));
        faults.extend(literals.map(|literal| Fault::new(&file.path, literal.line, literal.text)));
    }
    for file in ["html", "js", "css"].into_iter().flat_map(tree::files).filter(|file| !file.is_test()) {
        let lines = file.text.lines().enumerate().filter(|(_, line)| !is_comment(line) && line.contains(is_persian));
        faults.extend(lines.map(|(at, line)| Fault::new(&file.path, at + 1, line)));
    }
    judge(&faults, PERSIAN_ELSEWHERE, "Put the sentence into locales/fa and locales/en and say it by its key.");
}

pub fn in_templates() {
    let mut faults = Vec::new();
    for file in tree::files("html").filter(|file| file.is_in("templates")) {
        let texts = pieces(&file.text).into_iter().filter_map(|(line, piece)| match piece {
            Piece::Text(text) => Some((line, text)),
            Piece::Tag(_) | Piece::Expression(_) => None,
        });
        let spoken = attributes(&file.text, &["title", "alt", "placeholder", "aria-label", "aria-description"]);
        for (line, text) in texts.chain(spoken) {
            let skipped = text.len() - text.trim_start().len();
            let line = line + text[..skipped].matches('\n').count();
            if has_words(&text) {
                faults.push(Fault::new(&file.path, line, text));
            }
        }
    }
    judge(&faults, &[], "Put the words into locales/fa and locales/en and say them by their key.");
}

fn has_words(text: &str) -> bool {
    let words = text.split(|sign: char| !sign.is_alphabetic()).filter(|word| !word.is_empty());
    words.into_iter().any(|word| !NAMES.contains(&word))
}

fn is_comment(line: &str) -> bool {
    ["//", "/*", "*", "{#", "<!--"].iter().any(|mark| line.trim_start().starts_with(mark))
}

/// A letter, not a digit or a mark of the script.
fn is_persian(sign: char) -> bool {
    matches!(sign, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
        && sign.is_alphabetic()
}

//! The storage form: what the person wrote, without what can't be seen and with the letters of the Persian keyboard.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::signs::{self, TATWEEL, ZWJ, ZWNJ};

/// Text of one line, as it is stored: composed (NFC), Persian ی and ک, half-spaces only between letters, single spaces,
/// at most three marks on a letter, nothing invisible, nothing that turns the direction of what follows.
pub fn stored_line(typed: &str) -> String {
    let visible: Vec<char> = typed.chars().filter_map(visible_sign).nfc().collect();
    let spaced = with_joiners_between_letters(&persian_letters(&visible));
    let words: Vec<&str> = spaced.split(' ').filter(|word| !word.is_empty()).collect();
    // Last, since a joiner that was removed may have stood between the marks.
    with_few_marks(words.join(" ").nfc())
}

/// Text of many lines, as it is stored: each line as [`stored_line`], at most two empty ones in a row.
pub fn stored_text(typed: &str) -> String {
    let lines = typed.replace("\r\n", "\n");
    let mut stored = String::with_capacity(lines.len());
    let mut empty_lines = 0;
    for line in lines.split(is_line_end).map(stored_line) {
        if line.is_empty() {
            empty_lines += 1;
            continue;
        }
        if !stored.is_empty() {
            (0..=empty_lines.min(MOST_EMPTY_LINES)).for_each(|_| stored.push('\n'));
        }
        empty_lines = 0;
        stored.push_str(&line);
    }
    stored
}

/// A name of a person or a place: as [`stored_line`], without the tatweel that only stretches letters.
pub fn stored_name(typed: &str) -> String {
    stored_line(&typed.replace(TATWEEL, ""))
}

/// The name of a file as it is stored and offered again: without folders, at most 150 signs, its extension kept.
/// It is for people; no file of ours is ever opened by it.
pub fn stored_file_name(typed: &str) -> String {
    let last = typed.rsplit(['/', '\\']).next().unwrap_or_default();
    let line = stored_line(&last.replace(ZWJ, ""));
    // Windows drops dots and spaces at the end, so "a.exe." would be another file than it seems; "." and ".." are none.
    let name = line.trim_end_matches(['.', ' ']);
    if name.is_empty() { "file".to_owned() } else { shortened(name) }
}

const MOST_EMPTY_LINES: usize = 2;
const MOST_MARKS: usize = 3;
const LONGEST_FILE_NAME: usize = 150;
const LONGEST_EXTENSION: usize = 10;

/// The fake half-space of old Windows layouts.
const NOT_SIGN: char = '¬';

fn visible_sign(sign: char) -> Option<char> {
    match sign {
        // The other fake half-space. Soft hyphen and BOM, the third and fourth, don't part letters and just go.
        '\u{200B}' => Some(ZWNJ),
        // The last two choose between the plain and the coloured shape of a sign.
        ZWNJ | ZWJ | '\u{FE0E}' | '\u{FE0F}' => Some(sign),
        _ if sign.is_control() || sign.is_whitespace() => Some(' '),
        _ if signs::is_invisible(sign) => None,
        _ => Some(sign),
    }
}

fn with_few_marks(text: impl Iterator<Item = char>) -> String {
    let mut marks = 0;
    text.filter(|sign| {
        marks = if is_combining_mark(*sign) { marks + 1 } else { 0 };
        marks <= MOST_MARKS
    })
    .collect()
}

fn persian_letters(text: &[char]) -> Vec<char> {
    let mut is_final = true;
    let mut letters: Vec<char> = text
        .iter()
        .rev()
        .map(|sign| {
            let letter = match sign {
                'ي' => 'ی',
                // Inside a word it is a letter of other languages.
                'ى' if is_final => 'ی',
                'ك' | 'ڪ' => 'ک',
                _ => *sign,
            };
            if !is_combining_mark(*sign) {
                is_final = !is_letter(*sign);
            }
            letter
        })
        .collect();
    letters.reverse();
    letters
}

fn with_joiners_between_letters(text: &[char]) -> String {
    let runs: Vec<&[char]> = text.chunk_by(|one, next| is_joiner(*one) == is_joiner(*next)).collect();
    let mut joined = String::with_capacity(text.len() * 2);
    for (place, run) in runs.iter().enumerate() {
        if !run.iter().copied().any(is_joiner) {
            joined.extend(*run);
            continue;
        }
        let before = place.checked_sub(1).and_then(|before| runs[before].last());
        let after = runs.get(place + 1).and_then(|after| after.first());
        match (before, after) {
            (Some(before), Some(after)) if parts_letters(*before, *after) => {
                joined.extend(one_joiner(run, *before, *after));
            }
            _ => joined.extend(run.iter().filter(|sign| **sign == NOT_SIGN)),
        }
    }
    joined
}

fn parts_letters(before: char, after: char) -> bool {
    (is_letter(before) || is_combining_mark(before)) && is_letter(after)
}

fn one_joiner(run: &[char], before: char, after: char) -> Vec<char> {
    if run.contains(&NOT_SIGN) && !(is_arabic(before) && is_arabic(after)) {
        run.iter().copied().filter(|sign| *sign == NOT_SIGN).collect()
    } else if run.iter().all(|sign| *sign == ZWJ) {
        vec![ZWJ]
    } else {
        vec![ZWNJ]
    }
}

fn shortened(name: &str) -> String {
    let length = name.chars().count();
    if length <= LONGEST_FILE_NAME {
        return name.to_owned();
    }
    let (stem, extension) = name
        .rsplit_once('.')
        .filter(|(stem, extension)| !stem.is_empty() && extension.chars().count() <= LONGEST_EXTENSION)
        .map_or((name, String::new()), |(stem, extension)| (stem, format!(".{extension}")));
    let room = LONGEST_FILE_NAME - extension.chars().count();
    let short: String = stem.chars().take(room).collect();
    format!("{}{extension}", short.trim_end_matches([' ', '.', ZWNJ]))
}

fn is_line_end(sign: char) -> bool {
    matches!(sign, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_joiner(sign: char) -> bool {
    matches!(sign, ZWNJ | ZWJ | NOT_SIGN)
}

/// Vowel marks count as alphabetic in Unicode, but they are no letters.
fn is_letter(sign: char) -> bool {
    sign.is_alphabetic() && !is_combining_mark(sign)
}

fn is_arabic(sign: char) -> bool {
    matches!(sign, '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

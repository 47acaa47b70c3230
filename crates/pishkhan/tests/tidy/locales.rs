//! The sentences: the same in both languages, in our words and letters, none missing and none left over.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    faults::{Exception, Fault, judge},
    lexer::{Literal, literals, literals_of},
    templates::{Piece, pieces},
    tree,
};

/// Words we don't use, and what we say instead (the glossary has the reasons).
const FORBIDDEN: &[(&str, &str)] = &[
    ("سامانه", "پیشخوان"),
    ("مکاتبه", "نامه"),
    ("مخاطب محترم", "گیرنده، واحد"),
    ("رمز یکبار مصرف", "کد ورود"),
    ("رمز یک‌بار مصرف", "کد ورود"),
    ("OTP", "کد ورود, sign-in code"),
    ("کد رهگیری", "شماره پیگیری"),
    ("در دست اقدام مقتضی", "در حال بررسی"),
    ("دانلود", "دریافت"),
    ("آپلود", "فرستادن"),
    ("سابمیت", "ارسال"),
    ("ددلاین", "مهلت"),
    ("فوروارد", "ارجاع"),
    ("ي", "ی (U+06CC)"),
    ("ك", "ک (U+06A9)"),
];

/// The one sentence that keeps the old word, so that people feel at home.
const KEPT: &str = "خروج از سامانه";

/// The methods of `Words` that take a key first.
const SAYING: [&str; 5] = ["t", "a", "n", "fill", "plain"];

const UNSAID: &[Exception] = &[];

struct Sentence {
    path: String,
    line: usize,
    text: String,
}

pub fn alike() {
    let mut faults = Vec::new();
    let (persian, english) = (sentences("fa", &mut faults), sentences("en", &mut faults));
    for (ours, theirs, language) in [(&persian, &english, "en"), (&english, &persian, "fa")] {
        for (key, sentence) in ours {
            match theirs.get(key) {
                None => {
                    faults.push(Fault::new(&sentence.path, sentence.line, format!("{key} is missing in {language}")));
                }
                Some(other) if variables(&sentence.text) != variables(&other.text) => {
                    let (here, there) = (variables(&sentence.text), variables(&other.text));
                    faults.push(Fault::new(
                        &sentence.path,
                        sentence.line,
                        format!("{key} has {here:?}, in {language} {there:?}"),
                    ));
                }
                Some(_) => {}
            }
        }
    }
    judge(&faults, &[], "Write each sentence once in each language, with the same places.");
}

pub fn wording() {
    let mut faults = Vec::new();
    for (key, sentence) in ["fa", "en"].into_iter().flat_map(|language| sentences(language, &mut Vec::new())) {
        let text = sentence.text.replace(KEPT, "");
        for (word, instead) in FORBIDDEN.iter().filter(|(word, _)| text.contains(word)) {
            faults.push(Fault::new(&sentence.path, sentence.line, format!("{key}: {word} → {instead}")));
        }
    }
    judge(&faults, &[], "Say it in the words of docs/glossary.md.");
}

pub fn said() {
    let known = sentences("fa", &mut Vec::new());
    let mut mentioned: BTreeSet<String> = known.values().flat_map(|sentence| references(&sentence.text)).collect();
    let mut faults = Vec::new();
    for (path, literal) in mentions() {
        if is_said(&literal) && !known.contains_key(&literal.text) {
            faults.push(Fault::new(&path, literal.line, format!("there is no sentence {}", literal.text)));
        }
        mentioned.insert(literal.text);
    }
    let unsaid = known.iter().filter(|(key, _)| !mentioned.contains(*key));
    faults
        .extend(unsaid.map(|(key, sentence)| Fault::new(&sentence.path, sentence.line, format!("nobody says {key}"))));
    judge(&faults, UNSAID, "Add the sentence to both languages, or remove it from both.");
}

/// Every literal of the program and of the templates' expressions.
fn mentions() -> Vec<(String, Literal)> {
    let mut found = Vec::new();
    for file in tree::sources() {
        found.extend(literals_of(file).into_iter().map(|literal| (file.path.clone(), literal)));
    }
    for file in tree::files("html").filter(|file| file.is_in("templates")) {
        for (line, piece) in pieces(&file.text) {
            let Piece::Expression(expression) = piece else {
                continue;
            };
            let inside = literals(&expression).into_iter();
            found.extend(
                inside.map(|literal| (file.path.clone(), Literal { line: line + literal.line - 1, ..literal })),
            );
        }
    }
    found
}

/// Whether a literal is the first argument of one of the methods that say a sentence.
fn is_said(literal: &Literal) -> bool {
    let is_key = literal.text.starts_with(|sign: char| sign.is_ascii_lowercase())
        && literal.text.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-');
    let call = literal.before.strip_suffix('(').and_then(|code| code.rsplit_once('.')).map(|(_, method)| method);
    is_key && call.is_some_and(|method| SAYING.contains(&method))
}

/// Reads a language's files: `key = text`, going on in indented lines, `#` for comments.
fn sentences(language: &str, faults: &mut Vec<Fault>) -> BTreeMap<String, Sentence> {
    let folder = format!("locales/{language}/");
    let mut found: BTreeMap<String, Sentence> = BTreeMap::new();
    for file in tree::files("ftl").filter(|file| file.path.starts_with(&folder)) {
        let mut current = None;
        for (at, line) in file.text.lines().enumerate() {
            let begins = line.starts_with(|sign: char| sign.is_ascii_alphabetic() || sign == '-');
            if let Some((key, text)) = line.split_once('=').filter(|_| begins) {
                let key = key.trim().to_owned();
                let sentence = Sentence { path: file.path.clone(), line: at + 1, text: text.trim().to_owned() };
                if found.insert(key.clone(), sentence).is_some() {
                    faults.push(Fault::new(&file.path, at + 1, format!("{key} is there twice")));
                }
                current = Some(key);
            } else if let Some(sentence) =
                current.as_ref().filter(|_| !line.starts_with('#')).and_then(|key| found.get_mut(key))
            {
                sentence.text.push('\n');
                sentence.text.push_str(line.trim());
            }
        }
    }
    found
}

/// The places of a sentence. `$n` only chooses a plural, which a language may not need, so it counts as `$count`.
fn variables(text: &str) -> BTreeSet<&str> {
    let names = text.split('$').skip(1).map(|rest| {
        rest.split(|sign: char| !(sign.is_alphanumeric() || sign == '_' || sign == '-')).next().unwrap_or_default()
    });
    names.map(|name| if name == "n" { "count" } else { name }).collect()
}

/// Other sentences that a sentence takes in: `{ name }`, `{ -name }`.
fn references(text: &str) -> Vec<String> {
    let inside = text
        .split('{')
        .skip(1)
        .map(|rest| rest.trim_start().split(|sign: char| !(sign.is_alphanumeric() || sign == '-')).next());
    inside.flatten().filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

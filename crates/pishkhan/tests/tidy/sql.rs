//! SQL stays where it is looked for, and never forgets whose rows it reads.

use crate::{
    faults::{Exception, Fault, judge},
    lexer::{Literal, literals_of},
    tree::{self, File},
};

const ELSEWHERE: &[Exception] = &[];

/// Statements about no organisation or about all of them.
const ACROSS_ORGANISATIONS: &[Exception] = &[];

pub fn places() {
    let sources = tree::sources().filter(|file| !is_room_of_sql(file));
    let faults: Vec<Fault> = sources.flat_map(|file| statements(file).map(|literal| fault(file, &literal))).collect();
    judge(
        &faults,
        ELSEWHERE,
        "Move the statement to the room's rows.rs (one record) or lists.rs (many), as a function of its own.",
    );
}

pub fn organisation() {
    let sources = tree::sources().filter(|file| !file.path.starts_with("crates/store/"));
    let all = sources.flat_map(|file| statements(file).map(move |literal| (file, literal)));
    let forgetful = all.filter(|(_, literal)| !literal.text.contains("organisation_id"));
    let faults: Vec<Fault> = forgetful.map(|(file, literal)| fault(file, &literal)).collect();
    judge(
        &faults,
        ACROSS_ORGANISATIONS,
        "Bind organisation_id, or add an exception with its reason to ACROSS_ORGANISATIONS.",
    );
}

fn is_room_of_sql(file: &File) -> bool {
    let is_named_so = ["rows.rs", "lists.rs"].contains(&file.name())
        || ["rows", "lists", "search"].iter().any(|room| file.is_in(room));
    is_named_so || file.path.starts_with("crates/store/") || file.path.starts_with("crates/courier/src/outbox")
}

fn statements(file: &File) -> impl Iterator<Item = Literal> {
    literals_of(file).into_iter().filter(|literal| is_statement(&literal.text))
}

/// Whether a literal is SQL rather than a sentence that begins with the same word.
fn is_statement(text: &str) -> bool {
    let text = text.to_lowercase();
    let words: Vec<&str> = text.split_whitespace().take(8).collect();
    match words.as_slice() {
        ["select", _, ..] | ["insert", "into" | "or", ..] | ["delete", "from", ..] => true,
        ["update", rest @ ..] => rest.contains(&"set"),
        ["with", rest @ ..] => rest.contains(&"as"),
        _ => false,
    }
}

fn fault(file: &File, literal: &Literal) -> Fault {
    Fault::new(&file.path, literal.line, &literal.text)
}

#[test]
fn statements_are_told_from_sentences() {
    for text in [
        "select id from letters",
        "\n  update letters\n  set x = $1",
        "with due as (select 1) select 2",
        "delete from drafts",
    ] {
        assert!(is_statement(text), "{text}");
    }
    for text in ["select", "update your browser", "with kind regards", "selected", "insert a coin"] {
        assert!(!is_statement(text), "{text}");
    }
}

//! SQL stays where it is looked for, and never forgets whose rows it reads.

use crate::{
    faults::{Exception, Fault, judge},
    lexer::{Literal, literals_of},
    tree::{self, File},
};

const ELSEWHERE: &[Exception] = &[];

/// Statements about no organisation or about all of them.
const ACROSS_ORGANISATIONS: &[Exception] = &[
    Exception {
        path: "crates/office/src/reports/lists/mod.rs",
        what: "select l.id, ",
        why: "columns!, which every statement there joins with of_letters!, and that names it",
    },
    Exception {
        path: "crates/courier/src/routes/lists.rs",
        what: "count(*) filter (where delivered_at is null or delivered_at - sent_at > $1)",
        why: "how quick a route is is told by what it carries for all, and its id is nobody else's",
    },
    Exception {
        path: "crates/office/src/search/places.rs",
        what: "select -t.rowid from search_tokens t",
        why: "how close the letters of a list lie is told by all that stand in SQLite's one index, and no letter is read",
    },
];

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
    let faults: Vec<Fault> = sources.flat_map(forgetful).collect();
    judge(
        &faults,
        ACROSS_ORGANISATIONS,
        "Bind organisation_id, or add an exception with its reason to ACROSS_ORGANISATIONS.",
    );
}

/// The statements of a file that name no organisation, in none of the pieces that a `concat!` makes one of.
fn forgetful(file: &File) -> Vec<Fault> {
    let literals = literals_of(file);
    let names_it = |literal: &Literal| literal.text.contains("organisation_id");
    let is_named = |literal: &Literal| {
        names_it(literal)
            || literal.concat.is_some()
                && literals.iter().any(|other| other.concat == literal.concat && names_it(other))
    };
    let statements = literals.iter().filter(|literal| is_statement(&literal.text));
    statements.filter(|literal| !is_named(literal)).map(|literal| fault(file, literal)).collect()
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

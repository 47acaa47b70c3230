//! An index of the rows where a column is not empty serves only a statement that says so itself: a database does not know that the
//! value that was bound to a parameter is none.

use std::fs;

use crate::{
    faults::{Exception, Fault, judge},
    lexer::{Literal, literals_of},
    tree,
};

const SERVED: &[Exception] = &[
    Exception {
        path: "crates/office/src/completion/rows.rs",
        what: "letter_id = $2 and message_id = $3",
        why: "served by the files of that letter",
    },
    Exception {
        path: "crates/courier/src/outbox/questions.rs",
        what: "where route_id = $1 and ask_at <= $2 and ask_at is not null and sent_at is not null",
        why: "served by what its gateway is to be asked, also that of the settings, which is no route",
    },
];

/// An index of a table where a column is not empty.
#[derive(Debug, PartialEq, Eq)]
struct Partial {
    table: String,
    column: String,
}

pub fn said() {
    let partials: Vec<Partial> = migrations().iter().filter_map(|statement| partial(statement)).collect();
    assert!(!partials.is_empty(), "there are such indexes");
    let faults: Vec<Fault> = tree::sources()
        .flat_map(|file| {
            let silent = |literal: &Literal| partials.iter().any(|partial| is_silent(&literal.text, partial));
            let literals = literals_of(file).into_iter().filter(silent);
            literals.map(|literal| Fault::new(&file.path, literal.line, literal.text)).collect::<Vec<_>>()
        })
        .collect();
    judge(&faults, SERVED, "Add `and column <> ''`, or an exception with its reason to SERVED.");
}

fn migrations() -> Vec<String> {
    let folder = fs::read_dir(tree::root().join("migrations")).expect("there are migrations");
    let texts = folder.map(|entry| fs::read_to_string(entry.expect("it is listed").path()).expect("it is a text"));
    texts.flat_map(|text| text.split(';').map(str::to_owned).collect::<Vec<_>>()).collect()
}

fn partial(statement: &str) -> Option<Partial> {
    let (head, condition) = statement.split_once(" where ")?;
    let (_, on) = head.split_once("index ")?.1.split_once(" on ")?;
    let column = condition.trim().strip_suffix(" <> ''")?;
    Some(Partial { table: on.split([' ', '(']).next()?.to_owned(), column: column.to_owned() })
}

/// Whether a statement looks for a value of the column, and does not say that it is not empty.
fn is_silent(text: &str, Partial { table, column }: &Partial) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_sought = |at: usize| {
        let named = words[at].rsplit('.').next() == Some(column) && words.get(at + 1) == Some(&"=");
        let is_condition = at > 0 && ["and", "where"].contains(&words[at - 1]);
        named && is_condition && words.get(at + 2).is_some_and(|value| value.starts_with('$'))
    };
    let is_said = || text.contains(&format!("{column} <> ''"));
    words.contains(&table.as_str()) && (0..words.len()).any(is_sought) && !is_said()
}

#[test]
fn such_indexes_and_statements_are_known() {
    let found = partial("\ncreate index outbox_about on outbox (organisation_id, about) where about <> ''");
    let about = Partial { table: "outbox".to_owned(), column: "about".to_owned() };
    assert_eq!(found.as_ref(), Some(&about));
    assert_eq!(partial("create index dues on outbox (due_at) where sent_at is null"), None);
    assert!(is_silent("select 1 from outbox o where o.id = $1 and o.about = $2", &about));
    assert!(!is_silent("select 1 from outbox where about = $1 and about <> ''", &about));
    assert!(!is_silent("update outbox set about = $1 where id = $2", &about));
}

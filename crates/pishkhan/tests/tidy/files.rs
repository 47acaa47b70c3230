//! Rules about files as such: their first line, their length, their name.

use crate::{
    faults::{Exception, Fault, judge},
    tree,
};

const LONG_FILES: &[Exception] = &[];

/// Names that say nothing about what is in there.
const EMPTY_NAMES: [&str; 9] = ["utils", "util", "common", "helpers", "types", "services", "models", "core", "manager"];

pub fn documented() {
    let faults: Vec<Fault> = tree::files("rs")
        .filter(|file| !file.text.starts_with("//!"))
        .map(|file| Fault::new(&file.path, 1, file.text.lines().next().unwrap_or("an empty file")))
        .collect();
    judge(&faults, &[], "Begin the file with `//!` and say in a sentence or three what it is for.");
}

pub fn short() {
    let mut faults = Vec::new();
    let rust = tree::files("rs").map(|file| (file, if file.is_test() { 500 } else { 300 }));
    let templates = tree::files("html").map(|file| (file, 200));
    for (file, most) in rust.chain(templates) {
        let lines = file.text.lines().count();
        if lines > most {
            faults.push(Fault::new(&file.path, lines, format!("{lines} lines, {most} at most")));
        }
    }
    judge(
        &faults,
        LONG_FILES,
        "Split the file by nouns or by acts, or add an exception with its reason to LONG_FILES.",
    );
}

pub fn named() {
    let mut faults = Vec::new();
    for file in tree::files("rs") {
        let names = file.path.split('/').map(|name| name.trim_end_matches(".rs"));
        faults.extend(names.filter(|name| EMPTY_NAMES.contains(name)).map(|name| Fault::new(&file.path, 1, name)));
    }
    judge(
        &faults,
        &[],
        "Name the file after its noun or its act; a room for everything else becomes a room for everything.",
    );
}

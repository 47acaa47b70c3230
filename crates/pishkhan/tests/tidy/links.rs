//! Every address of a page is a function in web's `links.rs`, so that it can be changed in one place.

use std::collections::BTreeSet;

use crate::{
    faults::{Exception, Fault, judge},
    lexer::{literals, literals_of},
    templates::attributes,
    tree,
};

const ROUTER: &str = "crates/web/src/lib.rs";

const ELSEWHERE: &[Exception] = &[];

/// A client from outside, which knows addresses as people and proxies do.
const OUTSIDE: &str = "crates/crash/";

/// No literal outside begins with the first part of a route: `/desk…` when the router knows `/desk/letters`.
pub fn in_rust() {
    let roots = route_roots();
    let mut faults = Vec::new();
    for file in tree::sources().filter(|file| !(is_home_of_links(&file.path) || file.path.starts_with(OUTSIDE))) {
        let literals = literals_of(file).into_iter();
        let addresses = literals.filter(|literal| root_of(&literal.text).is_some_and(|root| roots.contains(root)));
        faults.extend(addresses.map(|literal| Fault::new(&file.path, literal.line, literal.text)));
    }
    judge(&faults, ELSEWHERE, "Call the function of links.rs, or write one there.");
}

pub fn in_templates() {
    let mut faults = Vec::new();
    for file in tree::files("html").filter(|file| file.is_in("templates")) {
        let links = attributes(&file.text, &["href", "action", "formaction", "src"]);
        let written = links.into_iter().filter(|(_, value)| value.starts_with('/') && !value.starts_with("/assets/"));
        faults.extend(written.map(|(line, value)| Fault::new(&file.path, line, value)));
    }
    judge(&faults, &[], "Call the function of links.rs in the template.");
}

fn is_home_of_links(path: &str) -> bool {
    path == ROUTER || path == "crates/web/src/links.rs" || path.starts_with("crates/web/src/links/")
}

fn route_roots() -> BTreeSet<String> {
    let router = tree::files("rs").find(|file| file.path == ROUTER).expect("web has a router");
    let paths = literals(&router.text)
        .into_iter()
        .filter(|literal| literal.before.ends_with(".route(") || literal.before.ends_with(".nest("));
    paths.filter_map(|literal| root_of(&literal.text).map(str::to_owned)).collect()
}

/// `/desk/letters/{letter}` → `desk`; the home page has none.
fn root_of(text: &str) -> Option<&str> {
    let root = text.strip_prefix('/')?.split(['/', '?', '#', '{']).next()?;
    (!root.is_empty() && root != "assets").then_some(root)
}

//! The walls between crates, as the manifests draw them.

use toml::Table;

use crate::{
    faults::{Fault, judge},
    tree,
};

/// Which of our crates each crate may know. The arrows point downwards only.
const ARROWS: &[(&str, &[&str])] = &[
    (
        "pishkhan",
        &[
            "pishkhan-web",
            "pishkhan-office",
            "pishkhan-courier",
            "pishkhan-store",
            "pishkhan-persian",
            "pishkhan-preview",
            "pishkhan-paper",
        ],
    ),
    ("pishkhan-web", &["pishkhan-office", "pishkhan-persian"]),
    ("pishkhan-office", &["pishkhan-courier", "pishkhan-store", "pishkhan-persian", "pishkhan-inspect"]),
    ("pishkhan-courier", &["pishkhan-store", "pishkhan-persian"]),
    ("pishkhan-store", &[]),
    ("pishkhan-persian", &[]),
    ("pishkhan-inspect", &[]),
    ("pishkhan-preview", &["pishkhan-inspect"]),
    ("pishkhan-paper", &[]),
    ("pishkhan-corpus", &["pishkhan-inspect"]),
    ("pishkhan-crash", &[]),
    (
        "pishkhan-testkit",
        &[
            "pishkhan-web",
            "pishkhan-office",
            "pishkhan-courier",
            "pishkhan-store",
            "pishkhan-persian",
            "pishkhan-inspect",
            "pishkhan-corpus",
        ],
    ),
    (
        "pishkhan-bench",
        &[
            "pishkhan-web",
            "pishkhan-office",
            "pishkhan-courier",
            "pishkhan-store",
            "pishkhan-persian",
            "pishkhan-preview",
        ],
    ),
    ("xtask", &[]),
];

/// Which crates of others a crate never takes, and why.
const STRANGERS: &[(&str, &[&str], &str)] = &[
    ("pishkhan", &["sqlx"], "the binary wires and holds no rule, so it holds no SQL"),
    ("pishkhan-web", &["sqlx"], "pages hold no SQL: ask an act or a list of the office"),
    ("pishkhan-office", &["axum", "askama", "hyper", "tower"], "the office knows no HTTP: the page belongs to web"),
    ("pishkhan-courier", &["axum", "askama"], "the courier carries messages and shows no page"),
    ("pishkhan-store", &["axum", "askama", "reqwest"], "the store knows the database and nothing else"),
    ("pishkhan-persian", &["sqlx", "tokio", "axum", "askama", "reqwest"], "persian is pure: no I/O"),
    (
        "pishkhan-inspect",
        &["sqlx", "tokio", "axum", "reqwest", "image", "hayro"],
        "the inspection reads structure only: no I/O of its own, no pixel",
    ),
    (
        "pishkhan-preview",
        &["sqlx", "tokio", "axum", "reqwest"],
        "the worker has neither database nor network nor threads",
    ),
    (
        "pishkhan-paper",
        &["sqlx", "tokio", "axum", "reqwest", "fluent-templates"],
        "the press prints what its order says: no I/O, no sentence of its own",
    ),
];

/// `testkit` is in no release.
const TESTKIT: &str = "pishkhan-testkit";

struct Manifest {
    path: String,
    name: String,
    /// Dependencies of the program: name and line.
    dependencies: Vec<(String, usize)>,
}

pub fn arrows() {
    let mut faults = Vec::new();
    for manifest in manifests() {
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == manifest.name) else {
            faults.push(Fault::new(&manifest.path, 1, format!("{} is not in ARROWS", manifest.name)));
            continue;
        };
        for (name, line) in manifest.dependencies.iter().filter(|(name, _)| name.starts_with("pishkhan")) {
            if !allowed.contains(&name.as_str()) {
                let why = if name == TESTKIT { "the test kit is for [dev-dependencies] only" } else { "no such arrow" };
                faults.push(Fault::new(&manifest.path, *line, format!("{} → {name}: {why}", manifest.name)));
            }
        }
    }
    judge(
        &faults,
        &[],
        "See the walls in ARCHITECTURE.md: move what is needed down, or ask through the crate in between.",
    );
}

pub fn strangers() {
    let mut faults = Vec::new();
    for manifest in manifests() {
        for (_, strangers, why) in STRANGERS.iter().filter(|(name, ..)| *name == manifest.name) {
            let met = manifest.dependencies.iter().filter(|(name, _)| strangers.contains(&name.as_str()));
            faults.extend(met.map(|(name, line)| Fault::new(&manifest.path, *line, format!("{name}: {why}"))));
        }
        if manifest.name == "xtask" {
            let any = manifest.dependencies.iter();
            faults.extend(
                any.map(|(name, line)| Fault::new(&manifest.path, *line, format!("{name}: xtask takes std only"))),
            );
        }
    }
    judge(&faults, &[], "Take the dependency out and put the code that wants it on the other side of the wall.");
}

fn manifests() -> Vec<Manifest> {
    let manifest = |file: &tree::File| {
        let table: Table = file.text.parse().unwrap_or_else(|error| panic!("{}: {error}", file.path));
        let package = table.get("package")?.get("name")?.as_str()?;
        let names = ["dependencies", "build-dependencies"].iter().filter_map(|section| table.get(*section)?.as_table());
        let line_of = |name: &str| file.text.lines().position(|line| line.starts_with(name)).map_or(1, |line| line + 1);
        let dependencies = names.flat_map(Table::keys).map(|name| (name.clone(), line_of(name))).collect();
        Some(Manifest { path: file.path.clone(), name: package.to_owned(), dependencies })
    };
    tree::files("toml").filter(|file| file.name() == "Cargo.toml").filter_map(manifest).collect()
}

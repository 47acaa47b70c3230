//! The written table, `docs/reference/rights.md`, and the router's routes, both as they are read.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

const TABLE: &str = include_str!("../../../../../docs/reference/rights.md");
const ROUTER: &str = include_str!("../../../../web/src/lib.rs");

/// Who asks for what, and what the table says they get.
pub struct Line {
    pub method: String,
    pub route: String,
    pub section: Section,
    /// By the column's name.
    pub cells: BTreeMap<String, Cell>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    Everybody,
    Senders,
    Desk,
    Files,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Nothing,
    Yes,
    In(BTreeSet<String>),
}

/// The table whole: its lines, and the routes that another test asks.
pub struct Table {
    pub states: Vec<String>,
    pub lines: Vec<Line>,
    /// By route, for whom it may be there.
    pub elsewhere: BTreeMap<String, BTreeSet<String>>,
}

impl Table {
    pub fn read() -> Table {
        let mut table = Table { states: Vec::new(), lines: Vec::new(), elsewhere: BTreeMap::new() };
        let mut words: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let (mut section, mut columns) = ("", Vec::new());
        for line in TABLE.lines() {
            if let Some(heading) = line.strip_prefix("## ") {
                (section, columns) = (heading, Vec::new());
            }
            let Some(row) = line.strip_prefix("| ").and_then(|row| row.strip_suffix(" |")) else { continue };
            let row: Vec<String> = row.split(" | ").map(|cell| cell.trim().trim_matches('`').to_owned()).collect();
            if columns.is_empty() {
                columns = row;
                continue;
            }
            assert_eq!(row.len(), columns.len(), "docs/reference/rights.md: a cell is missing or too many: {line}");
            match section {
                "States" => {
                    let states: Vec<String> = row[1].split(", ").map(str::to_owned).collect();
                    if row[0] == "all" {
                        table.states.clone_from(&states);
                    }
                    words.insert(row[0].clone(), states.into_iter().collect());
                }
                "Asked elsewhere" => {
                    table.elsewhere.insert(row[0].clone(), row[1].split(", ").map(str::to_owned).collect());
                }
                _ => {
                    let (method, route) = row[0].split_once(' ').expect("a line begins with method and path");
                    let cells = columns.iter().zip(&row).skip(1);
                    table.lines.push(Line {
                        method: method.to_owned(),
                        route: route.to_owned(),
                        section: section_of(section),
                        cells: cells.map(|(column, cell)| (column.clone(), cell_of(cell, &words, &table))).collect(),
                    });
                }
            }
        }
        table
    }

    /// The lines by which a sender comes to something of one letter; those that another test asks have no cells.
    pub fn senders_lines(&self) -> Vec<Line> {
        let asked = self.lines.iter().filter(|line| matches!(line.section, Section::Senders | Section::Files));
        let asked = asked.map(|line| Line { cells: line.cells.clone(), ..line_of(&line.method, &line.route) });
        let elsewhere = self.elsewhere.keys().filter_map(|route| route.split_once(' '));
        let elsewhere =
            elsewhere.filter(|(_, route)| ["/letters", "/drafts", "/files"].iter().any(|of| route.starts_with(of)));
        let all = asked.chain(elsewhere.map(|(method, route)| line_of(method, route)));
        all.filter(|line| ["{letter}", "{draft}", "{file}"].iter().any(|name| line.route.contains(name))).collect()
    }

    /// The lines of the desk that another test asks, each with nothing for everybody of the desk who is not named, and no cell for who is.
    pub fn lines_elsewhere(&self) -> Vec<Line> {
        let desk = self.lines.iter().find(|line| line.section == Section::Desk).expect("the desk has lines");
        let names: BTreeSet<&String> = desk.cells.keys().collect();
        let mut lines = Vec::new();
        for (route, named) in &self.elsewhere {
            let (method, path) = route.split_once(' ').expect("a line begins with method and path");
            let is_known =
                |name: &String| names.contains(name) || ["–", "desk", "sender", "everybody"].contains(&name.as_str());
            assert!(
                named.iter().all(is_known),
                "docs/reference/rights.md: {route} names nobody of the walk: {named:?}"
            );
            if !path.starts_with("/desk/") || named.contains("everybody") {
                continue;
            }
            let others = names.iter().filter(|name| !named.contains(**name) && !named.contains("desk"));
            let cells = others.map(|name| ((*name).clone(), Cell::Nothing)).collect();
            lines.push(Line { cells, section: Section::Desk, ..line_of(method, path) });
        }
        lines
    }

    /// What the router has and the table has not, and the other way round, each with how to mend it.
    pub fn gaps(&self) -> Vec<String> {
        let written: BTreeSet<String> = self
            .lines
            .iter()
            .map(|line| format!("{} {}", line.method, line.route))
            .chain(self.elsewhere.keys().cloned())
            .collect();
        let there = routes();
        let missing = there.difference(&written).map(|route| {
            format!(
                "docs/reference/rights.md has no line for `{route}`. Add one to the table of its audience, with a cell in \
                 each column: –, yes, or the states in which it is there. If its form needs more than a version, add its \
                 fields in tests/journeys/rights/forms.rs."
            )
        });
        let gone =
            written.difference(&there).map(|route| format!("docs/reference/rights.md: no such route: `{route}`"));
        missing.chain(gone).collect()
    }
}

/// Method and path of each route of the router.
fn routes() -> BTreeSet<String> {
    let route = Regex::new(r#"\.route\(\s*"([^"]+)"\s*,"#).expect("a good pattern");
    let found: Vec<regex::Captures<'_>> = route.captures_iter(ROUTER).collect();
    let starts: Vec<(usize, usize, &str)> = found
        .iter()
        .map(|route| route.get(0).map_or((0, 0), |whole| (whole.start(), whole.end())))
        .zip(found.iter().map(|route| route.extract::<1>().1[0]))
        .map(|((start, end), path)| (start, end, path))
        .collect();
    assert!(starts.len() > 50, "the router has more routes than these");
    let mut routes = BTreeSet::new();
    for (place, (_, from, path)) in starts.iter().enumerate() {
        let to = starts.get(place + 1).map_or(ROUTER.len(), |next| next.0);
        let handlers = &ROUTER[*from..to].split(".fallback(").next().unwrap_or_default();
        let before = routes.len();
        for (call, method) in [("get(", "GET"), ("post(", "POST")] {
            if handlers.contains(call) {
                routes.insert(format!("{method} {path}"));
            }
        }
        if routes.len() == before {
            // Handlers of a room of their own, as those of uploads.
            routes.extend(["GET", "POST"].map(|method| format!("{method} {path}")));
        }
    }
    routes
}

fn line_of(method: &str, route: &str) -> Line {
    Line { method: method.to_owned(), route: route.to_owned(), section: Section::Senders, cells: BTreeMap::new() }
}

fn section_of(heading: &str) -> Section {
    match heading {
        "Everybody" => Section::Everybody,
        "Senders" => Section::Senders,
        "Desk" => Section::Desk,
        "Files" => Section::Files,
        _ => panic!("docs/reference/rights.md: the walk knows no section {heading:?}"),
    }
}

fn cell_of(cell: &str, words: &BTreeMap<String, BTreeSet<String>>, table: &Table) -> Cell {
    match cell {
        "–" => Cell::Nothing,
        "yes" => Cell::Yes,
        _ => Cell::In(cell.split(", ").flat_map(|word| states_of(word, words, table)).collect()),
    }
}

/// A word for several states, or a state itself.
fn states_of(word: &str, words: &BTreeMap<String, BTreeSet<String>>, table: &Table) -> BTreeSet<String> {
    if let Some(states) = words.get(word) {
        return states.clone();
    }
    let is_state = table.states.iter().any(|state| state == word);
    assert!(is_state, "docs/reference/rights.md: {word:?} is neither a state nor –, yes or a word");
    BTreeSet::from([word.to_owned()])
}

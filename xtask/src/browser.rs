//! The journeys in a real browser, which are written for Node.js in `e2e/`.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    scratch::Scratch,
    steps::{Failure, run},
    workspace,
};

fn folder() -> PathBuf {
    workspace::root().join("e2e")
}

/// `npm ci`, unless what is installed is what the lock file says.
pub fn install() -> Result<(), Failure> {
    let lock = fs::read_to_string(folder().join("package-lock.json"))
        .map_err(|error| Failure::of("e2e/package-lock.json", &error))?;
    let stamp = folder().join("node_modules/.installed");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        println!("node_modules is as package-lock.json says.");
        return Ok(());
    }
    let mut npm = Command::new("npm");
    npm.arg("ci").current_dir(folder());
    run(npm)?;
    fs::write(&stamp, lock).map_err(|error| Failure::of("e2e/node_modules", &error))
}

/// All `*.test.mjs` files of `e2e/`.
pub fn journeys(filters: &[String], scratch: &Scratch, postgres: &str) -> Result<(), Failure> {
    run(tests(filters, scratch, postgres)?)
}

/// The same, with a picture of each page that is looked at, in `target/screenshots`.
pub fn pictured_journeys(filters: &[String], scratch: &Scratch, postgres: &str) -> Result<(), Failure> {
    let screenshots = workspace::target().join("screenshots");
    let _none_yet = fs::remove_dir_all(&screenshots);
    fs::create_dir_all(&screenshots).map_err(|error| Failure::of("target/screenshots", &error))?;
    let mut command = tests(filters, scratch, postgres)?;
    command.env("PISHKHAN_SCREENSHOTS", screenshots);
    run(command)
}

fn tests(filters: &[String], scratch: &Scratch, postgres: &str) -> Result<Command, Failure> {
    // Three files at once: a browser waits more than it works. Each has a server, a browser and data of its own.
    let mut command = node(&["--test", "--test-reporter=spec", "--test-concurrency=3"]);
    for filter in filters {
        command.arg(format!("--test-name-pattern={filter}"));
    }
    // Each by its name, since versions of Node disagree about which files of a folder are tests.
    let files = test_files(&folder());
    if files.is_empty() {
        return Err(Failure("there is no *.test.mjs in e2e/".to_owned()));
    }
    command.args(files).env(crate::postgres::VARIABLE, postgres);
    scratch.lend(&mut command);
    Ok(command)
}

/// The pictures of the demo, for the README.
pub fn pictures() -> Result<(), Failure> {
    run(node(&["e2e/pictures.mjs"]))
}

fn test_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() && name != "node_modules" {
            files.extend(test_files(&path));
        } else if name.ends_with(".test.mjs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Node in the workspace, which tells the script where the server is.
fn node(arguments: &[&str]) -> Command {
    let mut command = Command::new("node");
    command.current_dir(workspace::root()).args(arguments);
    command.env("PISHKHAN_BINARY", workspace::binary());
    command
}

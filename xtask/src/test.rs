//! `cargo xtask test`: everything that must hold before a change is merged.

use std::{num::NonZero, thread};

use crate::{
    browser, crash, machine, peers,
    postgres::{self, Cluster},
    scratch::Scratch,
    steps::{Failure, Steps, run},
    workspace::{cargo, linting_cargo},
};

/// All steps, the quick ones first. Filters choose among the tests by name, the journeys included.
pub fn all(filters: &[String]) -> Result<(), Failure> {
    let mut steps = Steps::default();
    steps.step("the machine has what is needed", || {
        machine::provide(&machine::FOR_TESTS)?;
        machine::provide(&machine::FOR_CRASH)
    })?;
    steps.step("format", || run(cargo(&["fmt", "--all", "--check"])))?;
    steps.step("lints, and everything built", || run(linting_cargo(&["build", "--workspace", "--all-targets"])))?;
    steps.step("rules that no lint knows", || run(linting_cargo(&["test", "--workspace", "--test", "tidy"])))?;
    // Before the tests, some of which are held against them.
    steps.step("peers from npm and PyPI", peers::install)?;
    // Both live until the end of this function, so they go however the steps end; the cluster before its folder.
    let scratch = Scratch::make()?;
    let cluster = steps.step("a PostgreSQL of our own", || Cluster::start(&scratch))?;
    steps.step("tests on SQLite and PostgreSQL", || tests(filters, &scratch, &cluster.url()))?;
    if filters.is_empty() {
        steps.step("crashes, the short form", crash::short)?;
    }
    steps.step("journeys in a real browser", || browser::journeys(filters, &scratch, &cluster.url()))?;
    steps.summary();
    Ok(())
}

/// Only the journeys in a real browser, with a picture of each page that they look at.
pub fn look(filters: &[String]) -> Result<(), Failure> {
    let mut steps = Steps::default();
    steps.step("the machine has what is needed", || machine::provide(&machine::FOR_TESTS))?;
    steps.step("the server", || run(linting_cargo(&["build", "-p", "pishkhan"])))?;
    steps.step("peers from npm and PyPI", peers::install)?;
    let scratch = Scratch::make()?;
    let cluster = steps.step("a PostgreSQL of our own", || Cluster::start(&scratch))?;
    steps.step("journeys in a real browser", || browser::pictured_journeys(filters, &scratch, &cluster.url()))?;
    steps.summary();
    Ok(())
}

fn tests(filters: &[String], scratch: &Scratch, postgres: &str) -> Result<(), Failure> {
    let mut command = linting_cargo(&["test", "--workspace"]);
    command.env(postgres::VARIABLE, postgres);
    scratch.lend(&mut command);
    // A test waits for the disk as long as it works.
    let threads = 2 * thread::available_parallelism().map_or(1, NonZero::get);
    command.env("RUST_TEST_THREADS", threads.to_string());
    if !filters.is_empty() {
        command.arg("--").args(filters);
    }
    run(command)
}

//! `cargo xtask crash`: what was acknowledged survives kills, power cuts and failing disks. `docs/guide/durability.md` explains it.

use std::process::Command;

use crate::{
    machine,
    steps::{Failure, Steps, run},
    workspace::{self, cargo},
};

/// Everything, or the named cases; ten minutes.
pub fn full(cases: &[String]) -> Result<(), Failure> {
    let mut steps = Steps::default();
    steps.step("the machine has what is needed", || machine::provide(&machine::FOR_CRASH))?;
    steps.step("the binaries", || run(cargo(&["build", "-p", "pishkhan", "-p", "pishkhan-crash"])))?;
    steps.step("crashes", || run(harness("full", cases)))?;
    steps.summary();
    Ok(())
}

/// Some of each, in a minute and a half, with binaries that are there.
pub fn short() -> Result<(), Failure> {
    run(harness("short", &[]))
}

fn harness(extent: &str, cases: &[String]) -> Command {
    let mut harness = Command::new(workspace::target().join("debug/pishkhan-crash"));
    harness.arg(extent).arg(workspace::binary()).args(cases);
    harness
}

//! `cargo xtask fuzz`: each target of `fuzz/` for a while, with the corpus as seeds. A finding ends the chore.
//!
//! On the stable toolchain: libFuzzer needs a few of the compiler's unstable switches, which `RUSTC_BOOTSTRAP` allows, and no
//! sanitizer, since none of our code is unsafe.

use std::{fs, path::PathBuf, process::Command};

use crate::{
    steps::{Failure, Steps, run},
    workspace::{self, cargo},
};

const TARGETS: [&str; 6] = ["jpeg", "png", "tiff", "pdf", "doc", "docx"];
const SECONDS: &str = "60";
/// The longest input. Larger seeds are cut; what is slow or greedy shows itself with less.
const LONGEST_INPUT: &str = "-max_len=262144";

/// Runs all targets for so many seconds each.
pub fn all(seconds: Option<&str>) -> Result<(), Failure> {
    let seconds = seconds.unwrap_or(SECONDS);
    if seconds.parse::<u32>().is_err() {
        return Err(Failure(format!("{seconds} is no number of seconds")));
    }
    let mut steps = Steps::default();
    steps.step("cargo-fuzz", install)?;
    steps.step("seeds", write_seeds)?;
    for target in TARGETS {
        steps.step(target, || fuzz(target, seconds))?;
    }
    steps.summary();
    Ok(())
}

/// Everything of fuzzing but the code.
fn folder() -> PathBuf {
    workspace::target().join("fuzz")
}

fn seeds() -> PathBuf {
    folder().join("seeds")
}

fn tools() -> PathBuf {
    workspace::target().join("tools")
}

fn program() -> PathBuf {
    tools().join("bin/cargo-fuzz")
}

fn install() -> Result<(), Failure> {
    if program().exists() {
        println!("It is in target/tools.");
        return Ok(());
    }
    let mut install = cargo(&["install", "cargo-fuzz", "--locked", "--root"]);
    install.arg(tools());
    run(install)
}

/// Also proves that `fuzz/Cargo.lock` is up to date.
fn write_seeds() -> Result<(), Failure> {
    let mut seeds = cargo(&["run", "--release", "--locked", "--manifest-path", "fuzz/Cargo.toml", "--bin", "seeds"]);
    seeds.arg("--target-dir").arg(folder()).arg("--").arg(self::seeds());
    run(seeds)
}

/// Fuzzes one target. What it learns is kept for the next run; what it finds is kept as a file to run again.
fn fuzz(target: &str, seconds: &str) -> Result<(), Failure> {
    let learned = folder().join("learned").join(target);
    let findings = folder().join("findings").join(target);
    for folder in [&learned, &findings] {
        fs::create_dir_all(folder).map_err(|error| Failure::of("target/fuzz", &error))?;
    }
    let mut fuzz = Command::new(program());
    fuzz.current_dir(workspace::root()).env("RUSTC_BOOTSTRAP", "1");
    fuzz.args(["fuzz", "run", "--sanitizer", "none", "--target-dir"]).arg(folder());
    fuzz.arg(target).arg(learned).arg(seeds().join(target));
    fuzz.args(["--", "-timeout=1", "-print_final_stats=1", LONGEST_INPUT]);
    fuzz.arg(format!("-max_total_time={seconds}")).arg(format!("-artifact_prefix={}/", findings.display()));
    run(fuzz)
}

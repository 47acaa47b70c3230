//! The walls: what a worker can't do, even if a file has taken it over.

use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Output};

use crate::house::BINARY;

/// Linux's numbers.
const SIGABRT: i32 = 6;
const SIGXCPU: i32 = 24;

#[test]
fn every_way_out_is_shut() {
    let output = proof("escape", 768, 10);
    let said = String::from_utf8(output.stdout).expect("text");
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert_eq!(said.lines().count(), 11, "{said}");
    for line in said.lines() {
        assert!(line.ends_with(": shut"), "{said}");
    }
}

#[test]
fn a_memory_hog_dies() {
    let output = proof("hog", 256, 60);
    assert_eq!(output.status.signal(), Some(SIGABRT), "{output:?}");
}

#[test]
fn an_endless_loop_is_ended() {
    let output = proof("loop", 256, 1);
    assert_eq!(output.status.signal(), Some(SIGXCPU), "{output:?}");
}

#[test]
fn a_panic_is_a_damaged_file_and_says_nothing() {
    let output = proof("panic", 256, 10);
    assert_eq!(output.status.code(), Some(10), "{output:?}");
    assert!(output.stdout.is_empty() && output.stderr.is_empty(), "{output:?}");
}

#[test]
fn nonsense_is_a_bad_call() {
    for words in ["", "pages", "pages 1 1 exe 1", "proof 900000000 5 nothing", "pages a b pdf 1"] {
        let output = worker(&words.split_whitespace().collect::<Vec<_>>());
        assert_eq!(output.status.code(), Some(2), "{words}: {output:?}");
    }
}

#[test]
fn the_worker_is_not_in_the_help() {
    let help = Command::new(BINARY).arg("--help").output().expect("the program runs");
    assert!(!String::from_utf8_lossy(&help.stdout).contains("preview"), "{help:?}");
}

fn proof(attempt: &str, megabytes: u64, seconds: u64) -> Output {
    worker(&["proof", &(megabytes * 1024 * 1024).to_string(), &seconds.to_string(), attempt])
}

fn worker(words: &[&str]) -> Output {
    Command::new(BINARY).arg("preview-worker").args(words).output().expect("the program runs")
}

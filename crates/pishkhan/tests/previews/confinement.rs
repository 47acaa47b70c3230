//! The walls: what a worker can't do, even if a file has taken it over.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

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
fn a_worker_dies_with_whoever_started_it() {
    let script = r#""$0" preview-worker $$ proof 268435456 60 loop & echo $!; wait"#;
    let mut starter = Command::new("sh").args(["-c", script, BINARY]).stdout(Stdio::piped()).spawn().expect("sh runs");
    let mut said = BufReader::new(starter.stdout.take().expect("it is piped"));
    let mut worker = String::new();
    said.read_line(&mut worker).expect("sh says something");
    let status = format!("/proc/{}/status", worker.trim());
    // Until it has confined itself.
    while !fs::read_to_string(&status).expect("the worker lives").contains("Seccomp:\t2") {
        thread::yield_now();
    }
    starter.kill().expect("sh waits");
    starter.wait().expect("sh was killed");
    let (tell, told) = mpsc::channel();
    // The worker holds the other end of the pipe as long as it lives.
    thread::spawn(move || tell.send(said.read_to_end(&mut Vec::new())));
    told.recv_timeout(Duration::from_secs(20)).expect("the worker is gone").expect("the pipe can be read");
}

#[test]
fn a_worker_whose_starter_is_gone_does_nothing() {
    let nobody = i32::MAX.to_string();
    let words = ["preview-worker", &nobody, "proof", "268435456", "60", "loop"];
    let output = Command::new(BINARY).args(words).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(12), "{output:?}");
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
    let me = std::process::id().to_string();
    Command::new(BINARY).args(["preview-worker", &me]).args(words).output().expect("the program runs")
}

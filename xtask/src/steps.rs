//! Steps with a name and a duration; the first that fails ends the chore.

use std::{
    process::Command,
    time::{Duration, Instant},
};

/// Why a chore ended. The details were printed by whoever failed.
#[derive(Debug)]
pub struct Failure(pub String);

impl Failure {
    /// For an error of the system: what was being done, and what it said.
    pub fn of(doing: &str, error: &std::io::Error) -> Self {
        Self(format!("{doing}: {error}"))
    }
}

/// The steps so far.
#[derive(Default)]
pub struct Steps {
    done: Vec<(&'static str, Duration)>,
}

impl Steps {
    /// Does one step. When it fails, the summary is printed at once.
    pub fn step<T>(&mut self, name: &'static str, act: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
        println!("\n── {name}");
        let start = Instant::now();
        let outcome = act();
        let duration = start.elapsed();
        match outcome {
            Ok(made) => {
                println!("── {name}: done in {:.1} s", duration.as_secs_f32());
                self.done.push((name, duration));
                Ok(made)
            }
            Err(Failure(why)) => {
                self.summary();
                println!("  {:>7.1} s  FAILED  {name}", duration.as_secs_f32());
                Err(Failure(format!("{name}: {why}")))
            }
        }
    }

    /// Prints what was done and how long it took.
    pub fn summary(&self) {
        println!("\n── summary");
        for (name, duration) in &self.done {
            println!("  {:>7.1} s  ok      {name}", duration.as_secs_f32());
        }
    }
}

/// Runs a program with its output visible.
pub fn run(mut command: Command) -> Result<(), Failure> {
    let shown = shown(&command);
    println!("$ {shown}");
    let status = command.status().map_err(|error| Failure::of(&shown, &error))?;
    if status.success() { Ok(()) } else { Err(Failure(format!("`{shown}` ended with {status}"))) }
}

/// Runs a program for its first line of output; nothing when it is missing, fails or says nothing.
pub fn answer(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let line = text.lines().next()?.trim().to_owned();
    (output.status.success() && !line.is_empty()).then_some(line)
}

fn shown(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

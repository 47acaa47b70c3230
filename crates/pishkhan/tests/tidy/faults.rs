//! What breaks a rule, the exceptions to it, and how both are told.

use std::fmt::Write;

/// One place that breaks a rule.
pub struct Fault {
    pub path: String,
    pub line: usize,
    pub what: String,
}

impl Fault {
    pub fn new(path: &str, line: usize, what: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, what: what.into() }
    }
}

/// Where a rule doesn't hold, and why.
pub struct Exception {
    /// The file, or the folder with a slash at its end.
    pub path: &'static str,
    /// A piece of what is excused; empty for anything there.
    pub what: &'static str,
    pub why: &'static str,
}

impl Exception {
    fn excuses(&self, fault: &Fault) -> bool {
        let is_there = fault.path == self.path || self.path.ends_with('/') && fault.path.starts_with(self.path);
        is_there && fault.what.contains(self.what)
    }
}

/// Fails with all faults that no exception excuses, and with all exceptions that excuse nothing.
pub fn judge(faults: &[Fault], exceptions: &[Exception], mend: &str) {
    let mut told = String::new();
    for fault in faults.iter().filter(|fault| !exceptions.iter().any(|exception| exception.excuses(fault))) {
        let what = fault.what.split_whitespace().collect::<Vec<_>>().join(" ");
        let what: String = what.chars().take(110).collect();
        writeln!(told, "  {}:{}: {what}", fault.path, fault.line).expect("a String takes everything");
    }
    for exception in exceptions.iter().filter(|exception| !faults.iter().any(|fault| exception.excuses(fault))) {
        let Exception { path, what, why } = exception;
        writeln!(told, "  {path}: the exception ({what} {why}) is no longer needed; remove it")
            .expect("a String takes everything");
    }
    assert!(told.is_empty(), "\n{told}{mend}\n");
}

//! A worker as a process: started with nothing but its file, and killed with all that it started.

use std::io;
use std::os::unix::process::ExitStatusExt;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::time::Instant;

use super::{PreviewError, Workshop};

/// How a worker ends, as its exit code; the worker's `Ending` says the same.
const BAD_CALL: i32 = 2;
const TOO_MUCH: i32 = 11;
const NOT_CONFINED: i32 = 12;

/// A worker that runs. Dropped before its end, it is killed.
pub struct Worker {
    child: Child,
    group: Option<Pid>,
    /// From when on a kill can mean that its time is used up.
    nearly_over: Instant,
}

impl Worker {
    /// Starts a worker with these words after its name and its bounds. It gets no environment, and what it says on standard
    /// error comes from a stranger's file: nobody hears it.
    pub fn start(
        workshop: &Workshop,
        what: &str,
        words: impl IntoIterator<Item = impl AsRef<std::ffi::OsStr>>,
        input: Stdio,
        has_output: bool,
    ) -> io::Result<Worker> {
        let limits = &workshop.limits;
        let seconds = limits.time.as_secs().saturating_add(1);
        let child = Command::new(&workshop.program)
            .args([
                "preview-worker",
                &std::process::id().to_string(),
                what,
                &limits.memory_bytes.to_string(),
                &seconds.to_string(),
            ])
            .args(words)
            .env_clear()
            .stdin(input)
            .stdout(if has_output { Stdio::piped() } else { Stdio::null() })
            .stderr(Stdio::null())
            .process_group(0)
            .kill_on_drop(true)
            .spawn()?;
        let group = child.id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?));
        Ok(Worker { child, group, nearly_over: Instant::now() + nearly(limits.time) })
    }

    /// Its standard input, once.
    pub fn input(&mut self) -> io::Result<ChildStdin> {
        self.child.stdin.take().ok_or_else(|| io::Error::other("the worker has no input"))
    }

    /// Its standard output, once.
    pub fn output(&mut self) -> io::Result<ChildStdout> {
        self.child.stdout.take().ok_or_else(|| io::Error::other("the worker has no output"))
    }

    /// Waits for its end, and says what it means.
    pub async fn end(mut self) -> Result<(), PreviewError> {
        if let Some(group) = self.group {
            // While it is dead but not buried, nobody else can have its number; so whoever it left behind is hit, and nobody
            // else.
            let is_dead = move || waitid(WaitId::Pid(group), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT);
            tokio::task::spawn_blocking(is_dead).await.map_err(io::Error::other)?.map_err(io::Error::from)?;
            self.kill();
        }
        let status = self.child.wait().await?;
        meaning(status, Instant::now() >= self.nearly_over)
    }

    /// Failing means that nobody is left.
    fn kill(&mut self) {
        if let Some(group) = self.group.take() {
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The kernel counts otherwise than our clock, so a little less than all of the time counts as all.
fn nearly(time: Duration) -> Duration {
    time.saturating_sub(time / 10)
}

fn meaning(status: ExitStatus, is_time_over: bool) -> Result<(), PreviewError> {
    match status.code() {
        Some(0) => return Ok(()),
        Some(BAD_CALL) => return Err(PreviewError::NotPossible),
        Some(TOO_MUCH) => return Err(PreviewError::TooBig),
        Some(NOT_CONFINED) => return Err(PreviewError::NotConfined),
        Some(_) => return Err(PreviewError::Broken),
        None => {}
    }
    // Rust gives up by SIGABRT when there is no memory; the kernel ends those who computed too long by SIGXCPU, then SIGKILL. It
    // also kills, at any time, when the machine has no memory left: that says nothing about the file.
    let is = |signal: Signal| status.signal() == Some(signal.as_raw());
    if is(Signal::ABORT) {
        Err(PreviewError::TooBig)
    } else if is(Signal::XCPU) || (is(Signal::KILL) && is_time_over) {
        Err(PreviewError::TooSlow)
    } else if is(Signal::KILL) {
        Err(io::Error::other("somebody killed the worker").into())
    } else {
        Err(PreviewError::Broken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_end_has_its_meaning() {
        let code = |code: i32| meaning(ExitStatus::from_raw(code << 8), false);
        let signal = |signal: Signal| meaning(ExitStatus::from_raw(signal.as_raw()), false);
        assert!(code(0).is_ok());
        assert!(matches!(code(10), Err(PreviewError::Broken)) && matches!(code(101), Err(PreviewError::Broken)));
        assert!(matches!(code(11), Err(PreviewError::TooBig)) && matches!(code(12), Err(PreviewError::NotConfined)));
        assert!(matches!(signal(Signal::ABORT), Err(PreviewError::TooBig)));
        assert!(matches!(signal(Signal::XCPU), Err(PreviewError::TooSlow)));
        assert!(matches!(signal(Signal::SEGV), Err(PreviewError::Broken)));
    }

    #[test]
    fn a_kill_is_the_files_fault_only_when_its_time_is_over() {
        let killed = |is_time_over| meaning(ExitStatus::from_raw(Signal::KILL.as_raw()), is_time_over);
        assert!(matches!(killed(true), Err(PreviewError::TooSlow)));
        assert!(matches!(killed(false), Err(PreviewError::Io(_))));
        assert_eq!(nearly(Duration::from_mins(1)), Duration::from_secs(54));
    }
}

//! Kills a process at the n-th call by which it touches the disk or answers somebody, counted over all its threads.
//!
//! strace can do nearly the same (`inject=…:signal=SIGKILL:when=n`), but counts each thread for itself, so that no n means the
//! same moment twice and many moments have no n at all. This one has a single count: the n-th call is not carried out.

use std::collections::HashSet;
use std::fs;

use nix::errno::Errno;
use nix::libc;
use nix::sys::ptrace::{self, Options};
use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::Pid;

use crate::Outcome;

/// What is said when all threads are traced, and work may begin.
pub const READY: &str = "ready";

/// Calls that write, flush or cut a file or a socket: their first argument is a descriptor.
const WRITES: [(i64, &str); 9] = [
    (libc::SYS_write, "write"),
    (libc::SYS_pwrite64, "pwrite"),
    (libc::SYS_writev, "writev"),
    (libc::SYS_pwritev, "pwritev"),
    (libc::SYS_sendto, "send"),
    (libc::SYS_sendmsg, "sendmsg"),
    (libc::SYS_fsync, "fsync"),
    (libc::SYS_fdatasync, "fdatasync"),
    (libc::SYS_ftruncate, "truncate"),
];
/// Calls that change names.
const NAMINGS: [i64; 5] =
    [libc::SYS_renameat, libc::SYS_renameat2, libc::SYS_linkat, libc::SYS_unlinkat, libc::SYS_mkdirat];
#[cfg(target_arch = "x86_64")]
const OLD_NAMINGS: [i64; 4] = [libc::SYS_rename, libc::SYS_link, libc::SYS_unlink, libc::SYS_mkdir];
/// Newer architectures have these as the calls above.
#[cfg(not(target_arch = "x86_64"))]
const OLD_NAMINGS: [i64; 0] = [];

/// Traces the process until it ends. Says [`READY`], and at the end the count and what the n-th call was, if it came.
pub fn run(process: &str, nth: &str) -> Outcome<()> {
    let (process, nth): (Pid, usize) = (Pid::from_raw(process.parse()?), nth.parse()?);
    let mut threads = HashSet::new();
    // Seized, and not seen standing yet.
    let mut running = seize(process, &mut threads)?;
    let (mut is_ready, mut count, mut last) = (false, 0, String::new());
    loop {
        let status = match waitpid(None, Some(WaitPidFlag::__WALL)) {
            Err(Errno::ECHILD) => break,
            status => status?,
        };
        let Some(thread) = status.pid() else { continue };
        let deliver = match status {
            WaitStatus::Exited(..) | WaitStatus::Signaled(..) => continue,
            WaitStatus::Stopped(_, signal) => Some(signal),
            WaitStatus::PtraceSyscall(_) if is_ready && is_entered(thread) => {
                if let Some(call) = counted(process, thread) {
                    count += 1;
                    if count == nth {
                        kill(process, Signal::SIGKILL)?;
                        last = call;
                    }
                }
                None
            }
            _ => None,
        };
        running.remove(&thread);
        if !is_ready && running.is_empty() {
            running = seize(process, &mut threads)?;
            is_ready = running.is_empty();
            if is_ready {
                println!("{READY}");
            }
        }
        match ptrace::syscall(thread, deliver) {
            // It was killed meanwhile.
            Ok(()) | Err(Errno::ESRCH) => {}
            Err(error) => return Err(error.into()),
        }
    }
    println!("{count} {last}");
    Ok(())
}

/// Seizes the threads that are not yet, and asks them to stand; those that they make later are seized by the kernel.
fn seize(process: Pid, threads: &mut HashSet<Pid>) -> Outcome<HashSet<Pid>> {
    let mut seized = HashSet::new();
    for entry in fs::read_dir(format!("/proc/{process}/task"))? {
        let thread = Pid::from_raw(entry?.file_name().to_string_lossy().parse()?);
        if !threads.insert(thread) {
            continue;
        }
        match ptrace::seize(thread, Options::PTRACE_O_TRACESYSGOOD | Options::PTRACE_O_TRACECLONE) {
            Ok(()) => {
                ptrace::interrupt(thread)?;
                seized.insert(thread);
            }
            // The kernel has seized it already, or it has ended.
            Err(Errno::EPERM | Errno::ESRCH) if !seized.is_empty() || threads.len() > 1 => {}
            Err(error) => return Err(format!("thread {thread} can't be traced: {error}").into()),
        }
    }
    Ok(seized)
}

/// Whether the thread stands before a call, not after it.
fn is_entered(thread: Pid) -> bool {
    ptrace::syscall_info(thread).is_ok_and(|info| info.op == libc::PTRACE_SYSCALL_INFO_ENTRY)
}

/// The call before which a thread stands, in words, when it is one of those that count.
fn counted(process: Pid, thread: Pid) -> Option<String> {
    let text = fs::read_to_string(format!("/proc/{process}/task/{thread}/syscall")).ok()?;
    let mut words = text.split_whitespace();
    let number: i64 = words.next()?.parse().ok()?;
    if NAMINGS.contains(&number) || OLD_NAMINGS.contains(&number) {
        return Some(format!("a change of names (call {number})"));
    }
    let (_, verb) = WRITES.into_iter().find(|(call, _)| *call == number)?;
    let descriptor = u32::from_str_radix(words.next()?.trim_start_matches("0x"), 16).ok()?;
    let file = fs::read_link(format!("/proc/{process}/fd/{descriptor}")).ok()?.display().to_string();
    // What the program's threads tell one another leaves nothing behind.
    let is_within = file.starts_with("anon_inode:") || file.starts_with("pipe:") || file.starts_with("/dev/");
    (!is_within).then(|| format!("{verb} {file}"))
}

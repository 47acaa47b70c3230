//! The walls that a worker builds around itself before it reads the first byte of a stranger's file.
//!
//! First limits of the kernel: address space, CPU time, no files, no core dump. Then a list of the few system calls that
//! computing needs; everything else is refused (EPERM), for good and for whatever the worker may turn into. Without this list
//! there is no work: a parser of a stranger's file never runs unconfined.

mod calls;
mod folders;

use std::path::Path;

use rustix::process::{
    DumpableBehavior, Pid, Resource, Rlimit, Signal, getppid, nice, set_dumpable_behavior,
    set_parent_process_death_signal, setrlimit,
};

/// What a worker may use.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Address space.
    pub memory_bytes: u64,
    /// CPU time; a second later the worker is killed.
    pub seconds: u64,
}

/// The kernel does not let us.
#[derive(Debug)]
pub struct NotPossible;

/// Readers of documents recurse; what recurses too deep dies of it.
const STACK_BYTES: u64 = 64 * 1024 * 1024;

/// LibreOffice's libraries alone take most of a gigabyte of addresses.
const OFFICE_TIMES: u64 = 2;
const OFFICE_FILES: u64 = 1024;
const OFFICE_FILE_BYTES: u64 = 256 * 1024 * 1024;

/// Has the kernel kill this process, also as the program that it becomes, when the thread that started it ends, however it ends:
/// nobody else would once it is gone. Fails if the process with the number `starter` isn't our parent: it has gone already.
pub fn end_with(starter: i32) -> Result<(), NotPossible> {
    set_parent_process_death_signal(Some(Signal::KILL)).map_err(|_| NotPossible)?;
    // Asked after, so that there is no moment in between in which it can go unseen.
    if getppid().map(Pid::as_raw_pid) == Some(starter) { Ok(()) } else { Err(NotPossible) }
}

/// Leaves this process nothing but its memory, its open input and its open output. It must have one thread only.
pub fn confine(bounds: &Bounds) -> Result<(), NotPossible> {
    limit(Resource::Stack, STACK_BYTES.min(bounds.memory_bytes / 4))?;
    limit_common(bounds)?;
    limit(Resource::Nofile, 0)?;
    limit(Resource::Fsize, 0)?;
    calls::allow_computing_only()
}

/// Leaves this process, and the LibreOffice that it becomes, one folder to write in, the system's programs and fonts to read,
/// and no socket but to itself. It must have one thread only.
pub fn confine_to(folder: &Path, program: &Path, bounds: &Bounds) -> Result<(), NotPossible> {
    limit_common(&Bounds { memory_bytes: bounds.memory_bytes.saturating_mul(OFFICE_TIMES), ..*bounds })?;
    limit(Resource::Nofile, OFFICE_FILES)?;
    limit(Resource::Fsize, OFFICE_FILE_BYTES)?;
    folders::allow_only(folder, program)?;
    calls::refuse_networks()
}

/// The limits that any worker has: no core dump (it would hold the letter), memory and time.
fn limit_common(bounds: &Bounds) -> Result<(), NotPossible> {
    // Where core dumps go to a program, the limit on their size isn't asked.
    set_dumpable_behavior(DumpableBehavior::NotDumpable).map_err(|_| NotPossible)?;
    // Pages are drawn when nobody waits for anything else. No wall: if it can't be, it is drawn all the same.
    let _ = nice(10);
    limit(Resource::Core, 0)?;
    limit(Resource::As, bounds.memory_bytes)?;
    let seconds = Rlimit { current: Some(bounds.seconds), maximum: Some(bounds.seconds.saturating_add(1)) };
    setrlimit(Resource::Cpu, seconds).map_err(|_| NotPossible)
}

fn limit(resource: Resource, most: u64) -> Result<(), NotPossible> {
    setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) }).map_err(|_| NotPossible)
}

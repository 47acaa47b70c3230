//! Which system calls a worker may make.

use std::collections::BTreeMap;

use libc::{AF_UNIX, EACCES, EPERM, PROT_EXEC};
use rustix::process::getpid;
use seccompiler::SeccompCmpOp::{Eq, MaskedEq, Ne};
use seccompiler::{
    BackendError, BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, TargetArch, apply_filter,
};

use super::NotPossible;

/// Reading and writing what is open, memory that no program is in, waiting, signals to itself, and the end.
const COMPUTING: [i64; 22] = [
    libc::SYS_read,
    libc::SYS_write,
    libc::SYS_writev,
    libc::SYS_close,
    libc::SYS_brk,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_madvise,
    libc::SYS_futex,
    libc::SYS_sched_yield,
    libc::SYS_clock_gettime,
    libc::SYS_getrandom,
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    libc::SYS_restart_syscall,
    libc::SYS_set_robust_list,
    libc::SYS_exit,
    libc::SYS_exit_group,
];

/// What LibreOffice must not do beside opening sockets: look into other processes, change what it sees of the machine, or go
/// around this list (`io_uring` does calls that no list sees).
const NEVER_IN_AN_OFFICE: [i64; 21] = [
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_io_uring_setup,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_userfaultfd,
    libc::SYS_unshare,
    libc::SYS_setns,
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_pivot_root,
    libc::SYS_chroot,
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_keyctl,
    libc::SYS_setpgid,
    libc::SYS_setsid,
    libc::SYS_connect,
];

type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// From here on this process can only compute: no files, no sockets, no other programs.
pub fn allow_computing_only() -> Result<(), NotPossible> {
    let rules = computing().map_err(|_| NotPossible)?;
    apply(rules, SeccompAction::Errno(EPERM as u32), SeccompAction::Allow)
}

/// From here on this process, and what it becomes and starts, opens no socket but to itself.
pub fn refuse_networks() -> Result<(), NotPossible> {
    let rules = networks().map_err(|_| NotPossible)?;
    apply(rules, SeccompAction::Allow, SeccompAction::Errno(EACCES as u32))?;
    // LibreOffice gives up unless it can listen, in /tmp, for further calls of itself. It is told that it does.
    let listening = [libc::SYS_bind, libc::SYS_listen].into_iter().map(|call| (call, Vec::new())).collect();
    apply(listening, SeccompAction::Allow, SeccompAction::Errno(0))
}

fn computing() -> Result<Rules, BackendError> {
    let mut rules: Rules = COMPUTING.into_iter().map(|call| (call, Vec::new())).collect();
    // New memory is for data.
    for call in [libc::SYS_mmap, libc::SYS_mprotect] {
        rules.insert(call, only_if(2, MaskedEq(PROT_EXEC as u64), 0)?);
    }
    // A process that gives up sends itself a signal.
    let me = getpid().as_raw_pid().unsigned_abs();
    rules.insert(libc::SYS_tgkill, only_if(0, Eq, u64::from(me))?);
    Ok(rules)
}

fn networks() -> Result<Rules, BackendError> {
    let mut rules: Rules = NEVER_IN_AN_OFFICE.into_iter().map(|call| (call, Vec::new())).collect();
    for call in [libc::SYS_socket, libc::SYS_socketpair] {
        rules.insert(call, only_if(0, Ne, AF_UNIX as u64)?);
    }
    Ok(rules)
}

/// The rule for a call holds only if this argument is so.
fn only_if(argument: u8, is: SeccompCmpOp, value: u64) -> Result<Vec<SeccompRule>, BackendError> {
    let condition = SeccompCondition::new(argument, SeccompCmpArgLen::Dword, is, value)?;
    Ok(vec![SeccompRule::new(vec![condition])?])
}

fn apply(rules: Rules, others: SeccompAction, these: SeccompAction) -> Result<(), NotPossible> {
    let machine = TargetArch::try_from(std::env::consts::ARCH).map_err(|_| NotPossible)?;
    let filter = SeccompFilter::new(rules, others, these, machine).map_err(|_| NotPossible)?;
    let program = BpfProgram::try_from(filter).map_err(|_| NotPossible)?;
    apply_filter(&program).map_err(|_| NotPossible)
}

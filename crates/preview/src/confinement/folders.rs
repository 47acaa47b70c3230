//! Which folders LibreOffice may see, by the kernel's Landlock (Linux 5.13 and later).

use std::path::{Path, PathBuf};

use landlock::{
    ABI, Access, AccessFs, Ruleset, RulesetAttr, RulesetCreatedAttr, RulesetError, RulesetStatus, Scope,
    path_beneath_rules,
};

use super::NotPossible;

/// Programs and what they need to run.
const PROGRAMS: [&str; 4] = ["/usr", "/bin", "/lib", "/lib64"];
/// Fonts, and settings of the system that hold no secret. Nothing else of /etc: ours may lie there.
const TO_READ: [&str; 10] = [
    "/etc/fonts",
    "/etc/libreoffice",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/nsswitch.conf",
    "/etc/passwd",
    "/var/cache/fontconfig",
    "/var/lib/libreoffice",
    "/var/spool/libreoffice",
    "/proc/self",
];
const TO_USE: [&str; 3] = ["/dev/null", "/dev/urandom", "/dev/zero"];

/// From here on this process, and what it becomes and starts, writes in this folder only, and reads besides only what every
/// machine with LibreOffice has: no letter, no database, no settings of ours.
pub fn allow_only(folder: &Path, program: &Path) -> Result<(), NotPossible> {
    restrict(folder, program).ok().filter(|status| *status != RulesetStatus::NotEnforced).map(|_| ()).ok_or(NotPossible)
}

fn restrict(folder: &Path, program: &Path) -> Result<RulesetStatus, RulesetError> {
    // A kernel that is older than this does what it can; the first version has all that is needed.
    let abi = ABI::V6;
    let reading = AccessFs::from_read(abi);
    // An installation from libreoffice.org is one folder, with its program two levels down.
    let installation = program.canonicalize().ok().and_then(|real| real.ancestors().nth(2).map(PathBuf::from));
    let installation = installation.filter(|folder| folder.parent().is_some());
    let status = Ruleset::default()
        .handle_access(AccessFs::from_all(abi))?
        .scope(Scope::AbstractUnixSocket | Scope::Signal)?
        .create()?
        .add_rules(path_beneath_rules(PROGRAMS.iter().map(PathBuf::from).chain(installation), reading))?
        .add_rules(path_beneath_rules(TO_READ, AccessFs::ReadFile | AccessFs::ReadDir))?
        .add_rules(path_beneath_rules(TO_USE, AccessFs::ReadFile | AccessFs::WriteFile))?
        .add_rules(path_beneath_rules([folder], AccessFs::from_all(abi) & !AccessFs::Execute))?
        .restrict_self()?;
    Ok(status.ruleset)
}

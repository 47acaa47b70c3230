//! Where tests keep what they throw away.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{self, Command},
};

use crate::steps::{Failure, answer};

/// What is made here is in memory: on Linux this is a file system without a disk.
const MEMORY: &str = "/dev/shm";

/// How much of it must be free, in MiB: the tests of a whole run hold less than a quarter of this at any time.
const NEEDED: u64 = 2048;

/// A folder for the temporary files of one run, gone when it is dropped.
///
/// Every test has databases of its own, so a run makes and removes some 200,000 files. A disk's file system keeps books about each:
/// ext4 spent a quarter of the run looking for inodes that weren't removed just now. Where memory is short, the usual folder serves.
pub struct Scratch(PathBuf);

impl Scratch {
    /// A new one, empty. What killed runs left behind is removed first.
    pub fn make() -> Result<Self, Failure> {
        let all = if has_room() { Path::new(MEMORY).to_owned() } else { env::temp_dir() }.join("pishkhan-tests");
        remove_leftovers(&all);
        let folder = all.join(process::id().to_string());
        fs::create_dir_all(&folder).map_err(|error| Failure::of(&folder.display().to_string(), &error))?;
        Ok(Self(folder))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Has a program make its temporary files here.
    pub fn lend(&self, command: &mut Command) {
        command.env("TMPDIR", &self.0);
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What can't be removed is left for the next run.
        let _left = fs::remove_dir_all(&self.0);
    }
}

fn has_room() -> bool {
    let free = answer("sh", &["-c", &format!("df --output=avail --block-size=1M {MEMORY} | tail -n 1")]);
    free.and_then(|free| free.parse::<u64>().ok()).is_some_and(|free| free >= NEEDED)
}

/// A folder is named after the process that made it.
fn remove_leftovers(all: &Path) {
    for entry in fs::read_dir(all).into_iter().flatten().flatten() {
        if !Path::new("/proc").join(entry.file_name()).exists() {
            let _left = fs::remove_dir_all(entry.path());
        }
    }
}

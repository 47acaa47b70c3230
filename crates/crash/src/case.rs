//! The stage of a run: how much of each case there is, the folder in which it happens, and what is told about it.

use std::fmt::Display;
use std::fs;
use std::future::Future;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use tokio::time::Instant;

use crate::Outcome;

/// How thorough a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    Full,
    Short,
}

/// Where a run happens.
pub struct Bench {
    pub extent: Extent,
    /// The program under test.
    pub binary: PathBuf,
    folder: PathBuf,
}

impl Bench {
    /// A folder beside this program: the system's temporary folder is often kept in memory, where a flush costs nothing.
    pub fn make(extent: Extent, binary: &Path) -> Outcome<Bench> {
        let binary = binary.canonicalize().map_err(|error| format!("{}: {error}", binary.display()))?;
        let program = std::env::current_exe()?;
        let beside = program.parent().ok_or("the program lies in no folder")?;
        let folder = beside.join(format!("crash-{}", std::process::id()));
        fs::create_dir(&folder)?;
        Ok(Bench { extent, binary, folder })
    }

    /// One number for the full form, another for the short one.
    pub fn either<T>(&self, full: T, short: T) -> T {
        match self.extent {
            Extent::Full => full,
            Extent::Short => short,
        }
    }

    /// A folder of its own for a case.
    pub fn folder(&self, name: &str) -> Outcome<PathBuf> {
        let folder = self.folder.join(name);
        fs::create_dir(&folder)?;
        Ok(folder)
    }

    /// Carries a case out and tells what came of it.
    pub async fn case(&self, name: &str, case: impl Future<Output = Outcome<String>>) -> Outcome<()> {
        println!("{name}");
        let start = Instant::now();
        let told = case.await.map_err(|error| {
            let place = self.folder.display();
            format!("{name}: {error}\nWhat the servers said and what they left is in {place}")
        })?;
        println!("    {told} [{:.0} s]", start.elapsed().as_secs_f32());
        Ok(())
    }

    /// Whether file systems can be mounted. Only root may, and a full run without it is no full run.
    pub fn may_mount(&self) -> Outcome<bool> {
        let is_root = fs::metadata("/proc/self")?.uid() == 0;
        match (is_root, self.extent) {
            (true, _) => Ok(true),
            (false, Extent::Full) => Err("the power cuts need root, to mount file systems; nothing was shown".into()),
            (false, Extent::Short) => {
                println!("NOT SHOWN, for want of root: power cuts and the full disk. Run this as root.");
                Ok(false)
            }
        }
    }

    /// Removes the run's folder.
    pub fn tidy_up(self) -> Outcome<()> {
        Ok(fs::remove_dir_all(&self.folder)?)
    }
}

/// For `map_err`: what was being done when something went wrong.
pub fn doing<E: Display>(what: &str) -> impl FnOnce(E) -> String {
    move |error| format!("{what}: {error}")
}

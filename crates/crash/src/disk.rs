//! A disk that can lose its power: a file system in a file, mounted through a loop device.
//!
//! What programs have written and nobody has flushed is in the page cache of the mounted file system and not in the file. So the
//! file, at one moment, is what a disk holds when the power goes at that moment.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use tokio::time::sleep;

use crate::Outcome;
use crate::case::doing;

/// How often a copy is tried in whose time something was written.
const TRIES: usize = 200;

/// A mounted file system; dropping it unmounts it.
pub struct Disk {
    image: Option<PathBuf>,
    mounted: PathBuf,
}

/// What the kernel counts of a block device.
#[derive(PartialEq, Eq)]
struct Traffic {
    writes: u64,
    flushes: u64,
    under_way: u64,
}

impl Disk {
    /// A new ext4 of so many megabytes, in this file.
    pub fn make(image: &Path, megabytes: u64, mounted: &Path) -> Outcome<Disk> {
        fs::File::create_new(image)?.set_len(megabytes * 1024 * 1024)?;
        // Tables are written now and not at leisure: the leisure would be ours.
        let whole = ["-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0"];
        obeyed(Command::new("mkfs.ext4").args(whole).arg(image))?;
        Disk::mount(image, mounted)
    }

    /// Mounts the ext4 in this file, which mends it as after a power cut.
    pub fn mount(image: &Path, mounted: &Path) -> Outcome<Disk> {
        fs::create_dir_all(mounted)?;
        obeyed(Command::new("mount").args(["-t", "ext4", "-o", "loop"]).arg(image).arg(mounted))?;
        Ok(Disk { image: Some(image.to_owned()), mounted: mounted.to_owned() })
    }

    /// A file system in memory, of so many megabytes.
    pub fn in_memory(megabytes: u64, mounted: &Path) -> Outcome<Disk> {
        fs::create_dir_all(mounted)?;
        let size = format!("size={megabytes}m");
        obeyed(Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(mounted))?;
        Ok(Disk { image: None, mounted: mounted.to_owned() })
    }

    pub fn folder(&self) -> &Path {
        &self.mounted
    }

    /// Copies what the disk holds at one moment. Those who write must stand still; the kernel may write on for a while, so a copy
    /// counts only when the device has written nothing from its beginning to its end.
    pub async fn copy(&self, to: &Path) -> Outcome<()> {
        let image = self.image.as_ref().ok_or("what is in memory survives no power cut")?;
        for _ in 0..TRIES {
            let before = self.traffic()?;
            if before.under_way == 0 {
                obeyed(Command::new("cp").arg("--sparse=always").arg(image).arg(to))?;
                if self.traffic()? == before {
                    return Ok(());
                }
            }
            sleep(Duration::from_millis(20)).await;
        }
        Err("the disk never stood still".into())
    }

    /// Unmounts it and removes its file.
    pub fn scrap(mut self) -> Outcome<()> {
        obeyed(Command::new("umount").arg(&self.mounted))?;
        if let Some(image) = self.image.take() {
            fs::remove_file(image)?;
        }
        self.mounted = PathBuf::new();
        Ok(())
    }

    fn traffic(&self) -> Outcome<Traffic> {
        let mounts = fs::read_to_string("/proc/mounts")?;
        let mut lines = mounts.lines().map(|line| line.split(' ').collect::<Vec<_>>());
        let line = lines.find(|line| line.get(1).is_some_and(|mounted| Path::new(mounted) == self.mounted));
        let device = line.and_then(|line| line[0].strip_prefix("/dev/")).ok_or("the disk is not mounted")?.to_owned();
        let text = fs::read_to_string(format!("/sys/block/{device}/stat")).map_err(doing("no such device"))?;
        // Documentation/block/stat.rst of Linux: writes are the fifth, what is in flight the ninth, flushes the sixteenth.
        let fields: Vec<u64> = text.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
        let field = |index: usize| fields.get(index).copied().ok_or("the kernel counts no flushes");
        Ok(Traffic { writes: field(4)?, flushes: field(15)?, under_way: field(8)? })
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        if !self.mounted.as_os_str().is_empty() {
            // Something went wrong before; what still uses the disk keeps it until it ends.
            let _ = obeyed(Command::new("umount").arg("--lazy").arg(&self.mounted));
        }
    }
}

fn obeyed(command: &mut Command) -> Outcome<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output().map_err(doing(&format!("{name} can't be run")))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("{name}: {}", String::from_utf8_lossy(&output.stderr).trim()).into())
}

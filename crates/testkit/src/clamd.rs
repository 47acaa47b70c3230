//! A clamd of our own, with two signatures of our own: it looks for the EICAR string and for [`MARKED`], and downloads nothing.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use pishkhan_office::files::antivirus::Antivirus;

/// A text that our clamd takes for a virus wherever it stands in a file.
pub const MARKED: &str = "pishkhan's tests mark this file as infected";

/// Where Debian keeps it; elsewhere it is looked for on the path.
const DEBIANS: &str = "/usr/sbin/clamd";

/// A running clamd; dropping it ends it.
pub struct Clamd {
    folder: PathBuf,
    process: Child,
}

impl Clamd {
    /// The most bytes that it takes of one file.
    pub const STREAM_MAX: u64 = 25 * 1024 * 1024;
    /// The most bytes of a file that it looks at; it says so of what is longer.
    pub const FILE_MAX: u64 = 22 * 1024 * 1024;

    /// Starts one in this folder, which is there already, and waits until it answers.
    pub async fn start(folder: &Path) -> Clamd {
        for name in ["signatures", "scratch"] {
            fs::create_dir_all(folder.join(name)).expect("the folder is writable");
        }
        fs::write(folder.join("signatures/ours.ndb"), signatures()).expect("the folder is writable");
        fs::write(folder.join("clamd.conf"), settings(folder)).expect("the folder is writable");
        let mut clamd = Clamd { process: spawn(folder), folder: folder.to_owned() };
        clamd.wait_until_it_answers().await;
        clamd
    }

    /// What leads to it, as `files.antivirus` has it.
    pub fn setting(&self) -> String {
        format!("clamd:{}", self.folder.join("clamd.sock").display())
    }

    /// Ends it as a crash would: its socket stays behind. [`Clamd::restart`] starts it again.
    pub fn stop(&mut self) {
        self.process.kill().expect("our clamd may be killed");
        self.process.wait().expect("our clamd ends");
    }

    /// Starts it again, on the same socket, and waits until it answers.
    pub async fn restart(&mut self) {
        self.stop();
        self.process = spawn(&self.folder);
        self.wait_until_it_answers().await;
    }

    async fn wait_until_it_answers(&mut self) {
        let antivirus = Antivirus::parse(&self.setting()).expect("a setting").expect("a scanner");
        for _ in 0..1500 {
            if antivirus.ping().await.is_ok() {
                return;
            }
            if self.process.try_wait().expect("our clamd can be looked at").is_some() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        panic!("clamd does not answer. Its log:\n{log}");
    }
}

impl Drop for Clamd {
    fn drop(&mut self) {
        // It may have been stopped already.
        let _gone = self.process.kill();
        let _gone = self.process.wait();
    }
}

/// The file that every scanner takes for a virus, by agreement. In pieces here, or they would take this source for one.
pub fn eicar() -> String {
    [r"X5O!P%@AP[4\PZX54(P^)7CC)7}$", "EICAR-STANDARD", "-ANTIVIRUS", "-TEST-FILE", "!$H+H*"].concat()
}

/// Starts the process. It ends with the thread that starts it, so that no killed test leaves it behind.
fn spawn(folder: &Path) -> Child {
    let log = fs::File::create(folder.join("log")).expect("the folder is writable");
    let errors = log.try_clone().expect("a file can be opened twice");
    let program = if Path::new(DEBIANS).exists() { DEBIANS } else { "clamd" };
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL", "--", program, "--config-file"]).arg(folder.join("clamd.conf"));
    command.stdin(Stdio::null()).stdout(log).stderr(errors);
    command.spawn().expect("setpriv of util-linux starts clamd, which `cargo xtask test` installs")
}

/// As docs/guide/antivirus.md advises it, with limits that a test reaches soon, and no user of its own: it runs as the tests do.
fn settings(folder: &Path) -> String {
    let folder = folder.display();
    let (stream, file) = (Clamd::STREAM_MAX, Clamd::FILE_MAX);
    format!(
        "DatabaseDirectory {folder}/signatures\n\
         TemporaryDirectory {folder}/scratch\n\
         LocalSocket {folder}/clamd.sock\n\
         Foreground yes\n\
         Bytecode no\n\
         StreamMaxLength {stream}\n\
         MaxFileSize {file}\n\
         MaxScanSize {stream}\n\
         AlertExceedsMax yes\n\
         ReadTimeout 5\n\
         CommandReadTimeout 5\n"
    )
}

/// As `*.ndb` files have it: name, any kind of file, anywhere in it, the bytes in hexadecimal.
fn signatures() -> String {
    let hexadecimal = |text: &str| {
        text.bytes().fold(String::new(), |mut all, byte| {
            write!(all, "{byte:02x}").expect("a string takes all that is written");
            all
        })
    };
    let line = |(name, text): (&str, &str)| format!("Pishkhan.Test.{name}:0:*:{}\n", hexadecimal(text));
    [("Eicar", eicar().as_str()), ("Marked", MARKED)].map(line).concat()
}

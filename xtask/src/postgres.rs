//! A PostgreSQL of our own, made anew for each run and thrown away after it.
//!
//! It listens on a free port of 127.0.0.1, trusts everyone there, and doesn't care for power cuts: it is for tests.

use std::{
    env, fs,
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{
    machine::is_root,
    scratch::Scratch,
    steps::{Failure, answer},
};

/// Tells the tests where the cluster is.
pub const VARIABLE: &str = "PISHKHAN_TEST_POSTGRES";

/// PostgreSQL refuses to run as root; Debian's package brings this user.
const USER: &str = "postgres";

/// A running cluster; dropping it stops it.
pub struct Cluster {
    folder: PathBuf,
    port: u16,
    server: Child,
}

impl Cluster {
    /// Makes the cluster, starts it, and waits until it answers.
    pub fn start(scratch: &Scratch) -> Result<Self, Failure> {
        let folder = make_folder(scratch)?;
        initialise(&folder)?;
        let port = free_port()?;
        let server = serve(&folder, port)?;
        let mut cluster = Self { folder, port, server };
        cluster.wait_until_it_answers()?;
        Ok(cluster)
    }

    /// Where to connect to, as the superuser.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// Until the server ends; Ctrl-C in the terminal reaches it as well as us.
    pub fn wait(&mut self) -> Result<(), Failure> {
        self.server.wait().map(drop).map_err(|error| Failure::of("waiting for PostgreSQL", &error))
    }

    fn wait_until_it_answers(&mut self) -> Result<(), Failure> {
        let is_ready = find("pg_isready")?;
        let start = Instant::now();
        while start.elapsed() < Duration::from_mins(1) {
            if !matches!(self.server.try_wait(), Ok(None)) {
                break;
            }
            if answer(&is_ready.to_string_lossy(), &["-h", "127.0.0.1", "-p", &self.port.to_string()]).is_some() {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(50));
        }
        let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        Err(Failure(format!("PostgreSQL does not answer. Its log:\n{log}")))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // SIGINT is PostgreSQL's fast shutdown: it ends its children too, which killing it would not.
        let asked = Command::new("kill").args(["-INT", &self.server.id().to_string()]).status();
        if !asked.is_ok_and(|status| status.success()) {
            let _already_gone = self.server.kill();
        }
        let _already_gone = self.server.wait();
    }
}

/// A program of PostgreSQL: the newest that Debian keeps aside, or whatever is on the path.
pub fn program(name: &str) -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions
        .filter_map(|entry| {
            Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin").join(name)))
        })
        .filter(|(_, path)| path.exists())
        .max();
    let on_path = || env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(name)).find(|path| path.exists());
    newest.map(|(_, path)| path).or_else(on_path)
}

fn find(name: &str) -> Result<PathBuf, Failure> {
    program(name).ok_or_else(|| Failure(format!("PostgreSQL's {name} is not installed")))
}

/// A folder that PostgreSQL's user can enter and write in.
fn make_folder(scratch: &Scratch) -> Result<PathBuf, Failure> {
    let folder = scratch.path().join("postgres");
    fs::create_dir(&folder).map_err(|error| Failure::of(&folder.display().to_string(), &error))?;
    if is_root() {
        let owned = Command::new("chown").arg(USER).arg(&folder).status();
        let entered = as_its_user(Path::new("test")).arg("-w").arg(&folder).status();
        if ![owned, entered].into_iter().all(|run| run.is_ok_and(|status| status.success())) {
            return Err(Failure(format!("the user {USER} can't write in {}", folder.display())));
        }
    }
    Ok(folder)
}

fn initialise(folder: &Path) -> Result<(), Failure> {
    let mut initdb = as_its_user(&find("initdb")?);
    initdb.arg("-D").arg(folder.join("data"));
    initdb.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]);
    let output = initdb.output().map_err(|error| Failure::of("initdb", &error))?;
    if output.status.success() {
        return Ok(());
    }
    Err(Failure(format!("initdb failed:\n{}", String::from_utf8_lossy(&output.stderr))))
}

fn serve(folder: &Path, port: u16) -> Result<Child, Failure> {
    let log = fs::File::create(folder.join("log")).map_err(|error| Failure::of("PostgreSQL's log", &error))?;
    let errors = log.try_clone().map_err(|error| Failure::of("PostgreSQL's log", &error))?;
    let mut server = as_its_user(&find("postgres")?);
    server.arg("-D").arg(folder.join("data")).stdin(Stdio::null()).stdout(log).stderr(errors);
    for setting in [
        &format!("port={port}"),
        "listen_addresses=127.0.0.1",
        // A socket's path may have 107 bytes only, which a workspace deep in the tree exceeds.
        "unix_socket_directories=",
        "max_connections=300",
        "fsync=off",
        "synchronous_commit=off",
        "full_page_writes=off",
    ] {
        server.args(["-c", setting]);
    }
    server.spawn().map_err(|error| Failure::of("starting PostgreSQL", &error))
}

/// Runs a program as PostgreSQL's user when we are root. It gets SIGINT when we die, so no server outlives a killed run.
fn as_its_user(program: &Path) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "INT"]);
    if is_root() {
        command.args(["--reuid", USER, "--regid", USER, "--init-groups"]);
    }
    command.arg("--").arg(program).current_dir("/");
    command
}

fn free_port() -> Result<u16, Failure> {
    let listener =
        TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(|error| Failure::of("looking for a free port", &error))?;
    Ok(listener.local_addr().map_err(|error| Failure::of("looking for a free port", &error))?.port())
}

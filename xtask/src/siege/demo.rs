//! The server under siege: the demo of the debug binary, in a folder of its own.

use std::fs;
use std::io;
use std::net::{Ipv6Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::reader;
use crate::steps::{Failure, run};
use crate::workspace::{binary, target};

/// How long the demo may take to make up its past.
const START: Duration = Duration::from_mins(2);

/// A running demo, stopped and removed when it is dropped.
pub struct Demo {
    pub port: u16,
    process: Child,
    folder: PathBuf,
}

impl Demo {
    /// Starts one with these settings, and waits until it answers. It answers the siege's address as a host of its own.
    pub fn start(set: &[&str]) -> Result<Demo, Failure> {
        let port = free_port().map_err(|error| Failure::of("a port of ::1", &error))?;
        let folder = target().join("tmp").join(format!("siege-{}-{port}", std::process::id()));
        let mut command = Command::new(binary());
        command.args(["demo", "--json", "--listen", &format!("[::]:{port}"), "--data"]).arg(&folder);
        command.args(set.iter().flat_map(|set| ["--set", set]));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let process = command.spawn().map_err(|error| Failure::of("the demo", &error))?;
        let mut demo = Demo { port, process, folder };
        demo.wait_until_ready()?;
        demo.take_host()?;
        Ok(demo)
    }

    /// Where readers find it.
    pub fn address(&self) -> SocketAddr {
        SocketAddr::from((Ipv6Addr::LOCALHOST, self.port))
    }

    /// How much of it is in memory, in kilobytes.
    pub fn memory(process: u32) -> u64 {
        let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
    }

    pub fn process(&self) -> u32 {
        self.process.id()
    }

    fn wait_until_ready(&mut self) -> Result<(), Failure> {
        let start = Instant::now();
        while reader::get(self.address(), "/ready").is_none() {
            let ended = self.process.try_wait().map_err(|error| Failure::of("the demo", &error))?;
            if ended.is_some() || start.elapsed() > START {
                return Err(Failure("the demo did not come up".into()));
            }
            sleep(Duration::from_millis(200));
        }
        Ok(())
    }

    /// slowhttptest names the address that it connects to as the host, so one organisation must answer under it.
    fn take_host(&self) -> Result<(), Failure> {
        let mut command = Command::new(binary());
        command.arg("--data").arg(&self.folder).args(["org", "list"]).stderr(Stdio::inherit());
        let list = command.output().map_err(|error| Failure::of("the demo's organisations", &error))?;
        let list = String::from_utf8_lossy(&list.stdout).into_owned();
        let organisation =
            list.lines().find(|line| line.contains("//localhost")).and_then(|line| line.split('\t').next());
        let organisation = organisation.ok_or_else(|| Failure("the demo has no organisation at localhost".into()))?;
        let mut command = Command::new(binary());
        command.arg("--data").arg(&self.folder).args(["org", "change", organisation, "--host", "127.0.0.1"]);
        command.stdout(Stdio::null());
        run(command)
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Free a moment ago, which is enough here.
fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind((Ipv6Addr::LOCALHOST, 0))?.local_addr()?.port())
}

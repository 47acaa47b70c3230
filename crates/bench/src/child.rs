//! A server in a process of its own: started, asked for its memory and its work, and ended with its parent.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Stdio};

use tokio::sync::oneshot;

use crate::Outcome;

/// How many ticks of a process's clock make a second on Linux.
const TICKS: f64 = 100.0;

/// A running server; dropping it ends it.
pub struct Child {
    process: std::process::Child,
    pub address: SocketAddr,
}

/// Memory in bytes, as the kernel counts it.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// Resident now.
    pub now: f64,
    /// The most that ever was resident.
    pub peak: f64,
}

impl Child {
    /// Starts this program again as a server, and returns when it listens.
    pub fn start(role: &str, argument: &Path) -> Outcome<Child> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg(role).arg(argument).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn()?;
        let stdout = process.stdout.take().ok_or("the server has no standard output")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let address = line.trim().parse().map_err(|_| format!("the server \"{role}\" did not start"))?;
        Ok(Child { process, address })
    }

    /// How much memory it has.
    pub fn memory(&self) -> Outcome<Memory> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let bytes = |name: &str| -> Outcome<f64> {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).ok_or("no such line in its status")?;
            let kilobytes: f64 = line.trim_start_matches(':').trim().trim_end_matches(" kB").parse()?;
            Ok(kilobytes * 1024.0)
        };
        Ok(Memory { now: bytes("VmRSS")?, peak: bytes("VmHWM")? })
    }

    /// How many seconds of processor time it has used.
    pub fn worked(&self) -> Outcome<f64> {
        let text = std::fs::read_to_string(format!("/proc/{}/stat", self.process.id()))?;
        // The program's name comes second, in parentheses, and may hold anything; after it come the state, ten more fields, and
        // then the ticks in the program and in the kernel.
        let (_, rest) = text.rsplit_once(')').ok_or("its stat names no program")?;
        let ticks: Vec<f64> = rest.split_whitespace().skip(11).take(2).map(str::parse).collect::<Result<_, _>>()?;
        Ok(ticks.iter().sum::<f64>() / TICKS)
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        // It may have ended by itself, and then there is nothing to end.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// In the child: tells the parent where it listens.
pub fn tell_address(address: SocketAddr) {
    println!("{address}");
}

/// In the child: ready when the parent is gone, which closes our standard input.
pub async fn until_parent_leaves() {
    let (tell, told) = oneshot::channel::<()>();
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        drop(tell);
    });
    // It is told by being dropped.
    let _ = told.await;
}

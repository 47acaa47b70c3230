//! The server under test: the real binary, started, stopped and killed.

use std::fs::{self, OpenOptions};
use std::net::{Ipv4Addr, TcpStream};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::time::{Instant, sleep};

use crate::Outcome;
use crate::case::doing;
use crate::house::House;

/// How long a start may take.
const START: Duration = Duration::from_secs(30);
const LOOK: Duration = Duration::from_millis(10);

/// Makes fsync and its like do nothing; Debian's package eatmydata.
const NO_FSYNC: &str = "libeatmydata.so";

/// How the server's flushes are treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flushes {
    Honest,
    /// They return at once and flush nothing.
    Skipped,
}

/// A running server; dropping it kills it.
pub struct Server {
    process: Child,
}

impl Server {
    /// Starts it on the house's folder, and returns when it accepts. A server that ends instead is an error that says why.
    pub async fn start(house: &House, flushes: Flushes) -> Outcome<Server> {
        let log = OpenOptions::new().create(true).append(true).open(house.log())?;
        let mut command = Command::new(&house.binary);
        command.arg("serve").args(house.settings()).env_clear();
        if flushes == Flushes::Skipped {
            command.env("LD_PRELOAD", NO_FSYNC);
        }
        let process = command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).spawn()?;
        let mut server = Server { process };
        let start = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, house.port)).is_err() {
            if let Some(status) = server.process.try_wait()? {
                return Err(format!("the server did not start: {status}; {}", house.last_words()).into());
            }
            if start.elapsed() > START {
                return Err("the server did not start in time".into());
            }
            sleep(LOOK).await;
        }
        if flushes == Flushes::Skipped {
            let maps = fs::read_to_string(format!("/proc/{}/maps", server.process.id()))?;
            if !maps.contains("eatmydata") {
                return Err("eatmydata did not get into the server: is Debian's package eatmydata installed?".into());
            }
        }
        Ok(server)
    }

    pub fn pid(&self) -> Pid {
        Pid::from_raw(self.process.id().cast_signed())
    }

    /// Whether it runs.
    pub fn is_running(&mut self) -> Outcome<bool> {
        Ok(self.process.try_wait()?.is_none())
    }

    /// kill -9.
    pub fn kill(mut self) -> Outcome<()> {
        self.process.kill()?;
        self.process.wait()?;
        Ok(())
    }

    /// Stops it in the middle of whatever it does, and returns when all its threads stand still.
    pub async fn freeze(&self) -> Outcome<()> {
        kill(self.pid(), Signal::SIGSTOP)?;
        while !self.is_frozen()? {
            sleep(LOOK).await;
        }
        Ok(())
    }

    /// Waits until it ends by itself.
    pub async fn ends_within(&mut self, patience: Duration) -> Outcome<Option<ExitStatus>> {
        let start = Instant::now();
        loop {
            let ended = self.process.try_wait()?;
            if ended.is_some() || start.elapsed() > patience {
                return Ok(ended);
            }
            sleep(LOOK).await;
        }
    }

    fn is_frozen(&self) -> Outcome<bool> {
        let threads = fs::read_dir(format!("/proc/{}/task", self.process.id())).map_err(doing("the server is gone"))?;
        for thread in threads {
            let status = fs::read_to_string(thread?.path().join("status"))?;
            if !status.contains("State:\tT") {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, and then there is nothing to end.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

//! Tries what the confinement must forbid, and tells what happened: for tests, and for whoever doubts it.

use std::fs::{File, OpenOptions, read_dir};
use std::hint::black_box;
use std::io::{self, Write};
use std::net::{TcpStream, UdpSocket};
use std::os::unix::net::UnixDatagram;
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::thread;

use rustix::process::{Resource, Rlimit, setrlimit, test_kill_current_process_group};

use crate::Ending;

/// What can be tried, each by itself.
pub fn attempt(name: &str) -> Ending {
    match name {
        "escape" => tell(&escapes()),
        "hog" => hog(),
        "loop" => turn(),
        "panic" => panic!("as asked"),
        _ => Ending::BadCall,
    }
}

/// Each way out, and whether it was open.
fn escapes() -> Vec<(&'static str, bool)> {
    let program = std::env::args_os().next().unwrap_or_default();
    vec![
        ("read a file", is_open(File::open("/etc/passwd"))),
        ("list a folder", is_open(read_dir("/"))),
        ("write a file", is_open(OpenOptions::new().append(true).create(true).open("pishkhan-was-here"))),
        ("connect by TCP", is_open(TcpStream::connect("127.0.0.1:9"))),
        ("open a UDP socket", is_open(UdpSocket::bind("127.0.0.1:0"))),
        ("open a socket of the machine", is_open(UnixDatagram::unbound())),
        ("signal other processes", is_open(test_kill_current_process_group())),
        ("raise a limit", is_open(setrlimit(Resource::As, Rlimit { current: None, maximum: None }))),
        ("start a thread", is_open(thread::Builder::new().spawn(|| ()))),
        ("start a program", is_open(Command::new(&program).arg("--version").spawn())),
        ("become a program", is_open::<(), _>(Err(Command::new(&program).arg("--version").exec()))),
    ]
}

/// Only "not permitted" is shut: whoever finds nobody at the other end has got through the wall.
fn is_open<T, E: Into<io::Error>>(tried: Result<T, E>) -> bool {
    !matches!(tried.map_err(Into::into), Err(error) if error.kind() == io::ErrorKind::PermissionDenied)
}

fn tell(tried: &[(&str, bool)]) -> Ending {
    let line = |(name, is_open): &(&str, bool)| format!("{name}: {}\n", if *is_open { "open" } else { "shut" });
    let said: String = tried.iter().map(line).collect();
    match io::stdout().write_all(said.as_bytes()) {
        Ok(()) => Ending::Done,
        Err(_) => Ending::Damaged,
    }
}

/// Takes memory until there is no more.
fn hog() -> Ending {
    let mut held = Vec::new();
    loop {
        held.push(black_box(vec![1_u8; 16 * 1024 * 1024]));
    }
}

/// Computes until it is stopped.
fn turn() -> Ending {
    let mut number = 0_u64;
    loop {
        number = black_box(number.wrapping_add(1));
    }
}

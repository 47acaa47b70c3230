//! The worker that looks into files: page images for previews, several photos bound into one PDF, and, by the press that the
//! binary brings along, sheets of paper. It runs as a process of its own that can be killed, with bounded memory and time, without
//! network and without the file system.
//!
//! Its file comes in at standard input, what it made goes out at standard output, and how it ended is its [exit code](Ending).
//! It confines itself before it reads the first byte. Whoever started it must not believe what it writes: a file may have taken
//! it over.

mod bind;
mod call;
mod confinement;
mod frames;
mod jpeg;
mod office;
mod pages;
mod picture;
mod png;
mod proof;

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::panic;
use std::process::ExitCode;

use call::Call;

/// The first word of the command line with which the binary becomes a worker.
pub const COMMAND: &str = "preview-worker";

/// What prints an order: the press lives in a crate of its own, which the binary brings along. None: it can't be printed.
pub type Press = fn(&[u8]) -> Option<Vec<u8>>;

/// How a worker ends, as its exit code. A worker that is killed, or kills itself for want of memory, ends by a signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Done = 0,
    /// The call makes no sense.
    BadCall = 2,
    /// The file can't be read as what it is said to be.
    Damaged = 10,
    /// More pixels or bytes than we look at.
    TooMuch = 11,
    /// The kernel does not let the worker confine itself; it has read nothing.
    NotConfined = 12,
}

/// Why there are no pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    Damaged,
    TooMuch,
}

/// Does what the words after [`COMMAND`] say: the process id of whoever starts the worker, with which it ends, and what it shall
/// do. No thread may have been started before.
pub fn run(mut arguments: impl Iterator<Item = OsString>, press: Press) -> ExitCode {
    // A panic is an answer, by the exit code; what it would say comes from the file.
    panic::set_hook(Box::new(|_| ()));
    let starter = arguments.next().and_then(|word| word.to_str()?.parse().ok());
    let ending = match (starter, Call::read(arguments)) {
        (Some(starter), Some(call)) if confinement::end_with(starter).is_ok() => {
            panic::catch_unwind(|| perform(call, press)).unwrap_or(Ending::Damaged)
        }
        (Some(_), Some(_)) => Ending::NotConfined,
        _ => Ending::BadCall,
    };
    ExitCode::from(ending as u8)
}

fn perform(call: Call, press: Press) -> Ending {
    match call {
        Call::Pages { kind, most, bounds } => confined(&bounds, |input, output| pages::draw(kind, most, input, output)),
        Call::Bind { bounds } => confined(&bounds, |input, output| bind::bind(&input, output)),
        Call::Print { bounds } => {
            let print =
                |order: Vec<u8>, output: &mut dyn Write| Ok(output.write_all(&press(&order).ok_or(Trouble::Damaged)?)?);
            confined(&bounds, print)
        }
        Call::Office { bounds, program, source, into } => office::become_office(&bounds, &program, &source, &into),
        Call::Proof { attempt, bounds } => match confinement::confine(&bounds) {
            Ok(()) => proof::attempt(&attempt),
            Err(_) => Ending::NotConfined,
        },
    }
}

/// Confines this process, then reads the input and works.
fn confined(bounds: &confinement::Bounds, work: impl FnOnce(Vec<u8>, &mut dyn Write) -> Result<(), Trouble>) -> Ending {
    if confinement::confine(bounds).is_err() {
        return Ending::NotConfined;
    }
    let mut input = Vec::new();
    if io::stdin().lock().read_to_end(&mut input).is_err() {
        return Ending::TooMuch;
    }
    let mut output = io::BufWriter::with_capacity(64 * 1024, io::stdout().lock());
    match work(input, &mut output) {
        Ok(()) => Ending::Done,
        Err(Trouble::Damaged) => Ending::Damaged,
        Err(Trouble::TooMuch) => Ending::TooMuch,
    }
}

impl From<io::Error> for Trouble {
    /// Only reading from memory and writing to whoever waits can fail: the file ends too early, or nobody waits any more.
    fn from(_: io::Error) -> Trouble {
        Trouble::Damaged
    }
}

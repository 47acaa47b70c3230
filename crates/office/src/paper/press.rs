//! The press: prints one order at a time, by a worker that is a process of its own, and that may be killed.

use std::path::PathBuf;
use std::time::Duration;

use crate::paper::Order;
use crate::previews::{PreviewError, PreviewLimits, Workshop};

/// A book of two thousand lines with the longest subjects takes a third of it, and four fifths when nothing is built to be fast.
const MEMORY_BYTES: u64 = 1024 * 1024 * 1024;
/// For one order, on a machine that has other things to do.
const TIME: Duration = Duration::from_secs(40);
/// How long an order waits until those before it are done.
const PATIENCE: Duration = Duration::from_secs(20);

/// Prints orders. Cloning is cheap, and all clones print one order at a time.
#[derive(Clone, Debug)]
pub struct Press {
    workshop: Workshop,
}

/// Why nothing was printed.
#[derive(Debug, thiserror::Error)]
pub enum PressError {
    /// Others print, or it took too long.
    #[error("the press has too much to do")]
    Busy,
    /// The order, the form or the system; it was told to the operator.
    #[error("it can't be printed")]
    Failed,
}

impl Press {
    /// `program` is our own binary.
    pub fn new(program: PathBuf) -> Press {
        Press::patient(program, TIME)
    }

    /// One that gives an order more time: a program that was not built to be fast needs it.
    pub fn patient(program: PathBuf, time: Duration) -> Press {
        let limits = PreviewLimits { memory_bytes: MEMORY_BYTES, time, pages: 0 };
        Press { workshop: Workshop::new(program, limits, None, 1) }
    }

    /// Prints an order, with the picture that its form shows, and answers the PDF.
    pub async fn print(&self, order: &Order, picture: &[u8]) -> Result<Vec<u8>, PressError> {
        let order = framed(order, picture).map_err(|error| failed(&error))?;
        self.workshop.print(&order, PATIENCE).await.map_err(|error| match error {
            PreviewError::TooSlow => PressError::Busy,
            error => failed(&error),
        })
    }
}

/// The order as the worker reads it: the length of its JSON, the JSON, the picture.
fn framed(order: &Order, picture: &[u8]) -> serde_json::Result<Vec<u8>> {
    let json = serde_json::to_vec(order)?;
    Ok([&(json.len() as u64).to_be_bytes(), json.as_slice(), picture].concat())
}

fn failed(error: &dyn std::error::Error) -> PressError {
    tracing::error!(%error, "an order could not be printed");
    PressError::Failed
}

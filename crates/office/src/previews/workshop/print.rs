//! Having an order printed.

use std::io;
use std::process::Stdio;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{ChildStdin, ChildStdout};
use tokio::time::timeout;

use super::worker::Worker;
use super::{PreviewError, Workshop};

/// More than the longest book that is printed in one file, by far.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

pub async fn print(workshop: &Workshop, order: &[u8]) -> Result<Vec<u8>, PreviewError> {
    let mut worker = Worker::start(workshop, "print", [""; 0], Stdio::piped(), true)?;
    let (input, output) = (worker.input()?, worker.output()?);
    let printed = timeout(workshop.limits.time, async {
        match hand_over(order, input).await {
            // A worker that ends while the order is still coming says why by its end.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
            handed => handed?,
        }
        let pdf = take(output).await?;
        worker.end().await?;
        if pdf.starts_with(b"%PDF-") { Ok(pdf) } else { Err(PreviewError::Broken) }
    });
    printed.await.unwrap_or(Err(PreviewError::TooSlow))
}

async fn hand_over(order: &[u8], mut to: ChildStdin) -> io::Result<()> {
    to.write_all(order).await?;
    to.shutdown().await
}

async fn take(output: ChildStdout) -> Result<Vec<u8>, PreviewError> {
    let mut pdf = Vec::new();
    output.take(MOST_BYTES + 1).read_to_end(&mut pdf).await?;
    if pdf.len() as u64 > MOST_BYTES { Err(PreviewError::TooBig) } else { Ok(pdf) }
}

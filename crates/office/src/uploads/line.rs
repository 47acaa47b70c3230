//! The line that bytes come over, read piece by piece into files of our own, so that memory stays flat however large they are.

use std::io;

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use sha2::{Digest, Sha256};
use tokio::io::{AsyncWriteExt, BufWriter};

use super::Sum;
use crate::files::{Passage, Vault, open_new};
use crate::receipts::hex;

/// How much is gathered in memory before it is written.
const BUFFER: usize = 64 * 1024;

/// A body on its way.
pub(super) struct Line<S> {
    body: S,
    /// What came with the last piece and belongs to the next.
    rest: Bytes,
    is_over: bool,
    /// It was not ended but broke.
    pub is_cut: bool,
}

/// Bytes in a file of their own, on the disk of the vault.
pub(super) struct Gathered {
    pub passage: Passage,
    pub size: u64,
    /// In lower-case hexadecimal.
    pub sha256: String,
}

impl<S, E> Line<S>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    pub fn new(body: S) -> Line<S> {
        Line { body, rest: Bytes::new(), is_over: false, is_cut: false }
    }

    /// Waits for bytes; false at the end, and where the line broke.
    pub async fn has_more(&mut self) -> bool {
        while self.rest.is_empty() && !self.is_over {
            match self.body.next().await {
                Some(Ok(bytes)) => self.rest = bytes,
                Some(Err(_)) => (self.is_over, self.is_cut) = (true, true),
                None => self.is_over = true,
            }
        }
        !self.rest.is_empty()
    }

    /// Gathers what comes, at most so many bytes.
    pub async fn gather(&mut self, vault: &Vault, most: u64, mut sum: Option<&mut Sum>) -> io::Result<Gathered> {
        let passage = vault.passage();
        let mut file = BufWriter::with_capacity(BUFFER, open_new(passage.path()).await?);
        let (mut size, mut digest) = (0, Sha256::new());
        while size < most && self.has_more().await {
            let room = usize::try_from(most - size).unwrap_or(usize::MAX);
            let bytes = self.rest.split_to(self.rest.len().min(room));
            digest.update(&bytes);
            if let Some(sum) = &mut sum {
                sum.update(&bytes);
            }
            file.write_all(&bytes).await?;
            size += bytes.len() as u64;
        }
        // The shelf makes it durable.
        file.flush().await?;
        Ok(Gathered { passage, size, sha256: hex(&digest.finalize()) })
    }
}

//! What lies on a shelf, as it is read: piece by piece, and checked against what its key and its size promise.

use std::fmt;
use std::io;

use bytes::Bytes;
use futures_util::stream::{self, BoxStream, StreamExt};
use sha2::{Digest, Sha256};

use super::ShelfError;
use crate::receipts::hex;

/// Bytes on their way from a shelf.
pub struct Stored {
    /// In bytes.
    pub size: u64,
    /// The bytes in order, some hundred KiB at most at a time. The last piece comes only when all are what was put: otherwise
    /// the stream ends with an error, so that whoever copies it on knows that the copy is no good.
    pub pieces: BoxStream<'static, io::Result<Bytes>>,
}

impl Stored {
    /// Bytes that a shelf reads, watched until their end.
    pub(super) fn checked(sha256: Option<&str>, size: u64, pieces: BoxStream<'static, io::Result<Bytes>>) -> Stored {
        let sum = sha256.map(|sha256| (Sha256::new(), sha256.to_owned()));
        let watch = Watch { pieces, left: size, sum, is_over: false };
        Stored { size, pieces: stream::unfold(watch, Watch::next).boxed() }
    }
}

impl fmt::Debug for Stored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stored").field("size", &self.size).finish_non_exhaustive()
    }
}

struct Watch {
    pieces: BoxStream<'static, io::Result<Bytes>>,
    left: u64,
    sum: Option<(Sha256, String)>,
    is_over: bool,
}

impl Watch {
    async fn next(mut self) -> Option<(io::Result<Bytes>, Watch)> {
        if self.is_over {
            return None;
        }
        let piece = match self.pieces.next().await {
            Some(Ok(piece)) => self.take(&piece).map(|()| piece),
            Some(Err(error)) => Err(error),
            None if self.left == 0 && self.is_as_put() => return None,
            None => Err(changed()),
        };
        self.is_over = piece.is_err();
        Some((piece, self))
    }

    fn take(&mut self, piece: &Bytes) -> io::Result<()> {
        self.left = self.left.checked_sub(piece.len() as u64).ok_or_else(changed)?;
        if let Some((digest, _)) = &mut self.sum {
            digest.update(piece);
        }
        if self.left == 0 && !self.is_as_put() { Err(changed()) } else { Ok(()) }
    }

    /// Asked once, at the end: before the last piece is handed on, or for what is empty.
    fn is_as_put(&mut self) -> bool {
        self.sum.take().is_none_or(|(digest, sha256)| hex(&digest.finalize()) == sha256)
    }
}

fn changed() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, ShelfError::Changed)
}

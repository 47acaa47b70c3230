//! A file on its way into a bucket: whole when it is small, else in parts, of which few are in memory at once.

use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use object_store::aws::AmazonS3;
use object_store::path::Path as ObjectPath;
use object_store::{MultipartUpload, ObjectStoreExt, PutPayload};
use sha2::{Digest, Sha256};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

use super::ShelfError;
use super::folder::blocking;
use super::line;
use crate::receipts::hex;

/// The smallest part that S3 takes, in bytes, the last one aside. Small parts keep memory flat and get through on a slow line.
const PART: usize = 5 * 1024 * 1024;

/// How long a failed upload is asked to forget its parts. What can't be told so goes by the bucket's own rule.
const FAREWELL: Duration = Duration::from_secs(5);

pub(super) struct Upload<'a> {
    pub store: &'a AmazonS3,
    /// One permit for each part in memory.
    pub parts: &'a Semaphore,
    pub place: &'a ObjectPath,
    pub source: &'a Path,
    pub size: u64,
}

/// The file, and the sum of what was read of it so far.
struct Reading {
    file: fs::File,
    digest: Sha256,
    read: u64,
}

impl Upload<'_> {
    /// Sends all, or nothing that stays: what isn't of this sum is never finished.
    pub async fn send(&self, sha256: &str) -> Result<(), ShelfError> {
        let source = self.source.to_owned();
        let file = blocking(move || fs::File::open(source)).await.map_err(ShelfError::Disk)?;
        let reading = Reading { file, digest: Sha256::new(), read: 0 };
        if self.size <= PART as u64 {
            return self.send_whole(reading, sha256).await;
        }
        let begun = self.store.put_multipart(self.place).await;
        let mut parts = Abandoned::unless_finished(begun.map_err(|error| line::told_of_bucket(&error))?);
        self.send_parts(reading, sha256, parts.upload()).await?;
        parts.is_finished = true;
        Ok(())
    }

    async fn send_whole(&self, reading: Reading, sha256: &str) -> Result<(), ShelfError> {
        let _permit = self.permit().await;
        let (reading, bytes) = reading.part().await?;
        reading.ends_as(self.size, sha256)?;
        let put = self.store.put(self.place, PutPayload::from(bytes)).await;
        put.map(drop).map_err(|error| line::told_of_bucket(&error))
    }

    async fn send_parts(
        &self,
        mut reading: Reading,
        sha256: &str,
        upload: &mut dyn MultipartUpload,
    ) -> Result<(), ShelfError> {
        loop {
            let _permit = self.permit().await;
            let (read, bytes) = reading.part().await?;
            reading = read;
            if bytes.is_empty() {
                break;
            }
            let put = upload.put_part(PutPayload::from(bytes)).await;
            put.map_err(|error| line::told_of_bucket(&error))?;
        }
        reading.ends_as(self.size, sha256)?;
        upload.complete().await.map(drop).map_err(|error| line::told_of_bucket(&error))
    }

    async fn permit(&self) -> SemaphorePermit<'_> {
        self.parts.acquire().await.expect("nobody closes the semaphore")
    }
}

impl Reading {
    /// The next part; empty at the end.
    async fn part(mut self) -> Result<(Reading, Bytes), ShelfError> {
        let reading = blocking(move || {
            let mut bytes = Vec::with_capacity(PART);
            Read::by_ref(&mut self.file).take(PART as u64).read_to_end(&mut bytes)?;
            self.digest.update(&bytes);
            self.read += bytes.len() as u64;
            io::Result::Ok((self, Bytes::from(bytes)))
        });
        reading.await.map_err(ShelfError::Disk)
    }

    fn ends_as(self, size: u64, sha256: &str) -> Result<(), ShelfError> {
        let is_as_said = self.read == size && hex(&self.digest.finalize()) == sha256;
        if is_as_said { Ok(()) } else { Err(ShelfError::Changed) }
    }
}

/// Parts that cost their owner money until the storage is told to forget them: it is told when they are dropped unfinished, also
/// because it took too long.
struct Abandoned {
    upload: Option<Box<dyn MultipartUpload>>,
    is_finished: bool,
}

impl Abandoned {
    fn unless_finished(upload: Box<dyn MultipartUpload>) -> Abandoned {
        Abandoned { upload: Some(upload), is_finished: false }
    }

    fn upload(&mut self) -> &mut dyn MultipartUpload {
        self.upload.as_mut().expect("it is taken out when this is dropped, not before").as_mut()
    }
}

impl Drop for Abandoned {
    fn drop(&mut self) {
        if self.is_finished {
            return;
        }
        if let Some(mut upload) = self.upload.take() {
            tokio::spawn(async move {
                if !matches!(timeout(FAREWELL, upload.abort()).await, Ok(Ok(()))) {
                    tracing::warn!("the storage could not be told to forget an upload; its own rule has to");
                }
            });
        }
    }
}

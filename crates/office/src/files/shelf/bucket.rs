//! A shelf in S3-compatible storage.

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt;
use object_store::aws::{AmazonS3, AmazonS3Builder, Checksum};
use object_store::path::Path as ObjectPath;
use object_store::{BackoffConfig, ObjectStoreExt, PutPayload, RetryConfig};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::key::Key;
use super::line::{self, Line};
use super::settings::{BucketError, BucketSettings, Patience};
use super::upload::Upload;
use super::{ShelfError, Stored};
use crate::ids::FileId;

/// How many parts of uploads are held in memory at once, of all uploads together: 4 × 5 MiB, however many put. More would not be
/// faster: a part is on the line for most of its time here.
const PARTS_AT_ONCE: usize = 4;

/// A bucket, or a prefix in it. Cloning is cheap.
#[derive(Clone)]
pub struct BucketShelf {
    inner: Arc<Inner>,
}

struct Inner {
    store: AmazonS3,
    /// `s3://bucket/prefix`, for people.
    name: String,
    prefix: String,
    is_plain: bool,
    patience: Patience,
    parts: Semaphore,
}

impl BucketShelf {
    /// Checks the settings and makes ready; nothing is sent.
    pub fn open_bucket(settings: &BucketSettings) -> Result<BucketShelf, BucketError> {
        let place = settings.place()?;
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&place.bucket)
            .with_region(&settings.region)
            .with_access_key_id(&settings.access_key)
            .with_secret_access_key(&settings.secret_key)
            .with_virtual_hosted_style_request(!settings.path_style)
            .with_allow_http(place.is_plain)
            // The storage compares it with what it took, for each part.
            .with_checksum_algorithm(Checksum::SHA256)
            // Not every storage knows the request that removes many at once.
            .with_disable_bulk_delete(true)
            .with_retry(retries())
            .with_http_connector(Line::new(&settings.patience)?);
        if let Some(endpoint) = &place.endpoint {
            builder = builder.with_endpoint(endpoint);
        }
        let store = builder.build().map_err(|error| BucketError::Client(error.to_string()))?;
        Ok(BucketShelf {
            inner: Arc::new(Inner {
                store,
                name: settings.store.clone(),
                prefix: place.prefix,
                is_plain: place.is_plain,
                patience: settings.patience,
                parts: Semaphore::new(PARTS_AT_ONCE),
            }),
        })
    }

    /// Whether what goes there and comes back can be read on the way.
    pub fn is_plain(&self) -> bool {
        self.inner.is_plain
    }

    pub(super) async fn put(&self, key: &Key, source: &Path, sha256: &str, size: u64) -> Result<(), ShelfError> {
        let (bucket, place) = (self.clone(), self.place(key)?);
        let (source, sha256) = (source.to_owned(), sha256.to_owned());
        // In a task of its own, so that an upload is ended in order when whoever asked for it has gone.
        let task = tokio::spawn(async move {
            let inner = &bucket.inner;
            let upload = Upload { store: &inner.store, parts: &inner.parts, place: &place, source: &source, size };
            let acted = async {
                match bucket.read_back(&place, &sha256, size).await {
                    // It lies there and is right: another letter's good copy is not put at risk by writing it again.
                    Ok(()) => return Ok(()),
                    Err(ShelfError::NotThere | ShelfError::Changed) => {}
                    Err(error) => return Err(error),
                }
                upload.send(&sha256).await?;
                match bucket.read_back(&place, &sha256, size).await {
                    // Acknowledged a moment ago and forgotten.
                    Err(ShelfError::NotThere) => Err(ShelfError::Changed),
                    read => read,
                }
            };
            in_time(inner.patience.of_putting(size), acted).await
        });
        task.await.map_err(|error| ShelfError::Disk(io::Error::other(error)))?
    }

    pub(super) async fn open(&self, key: &Key) -> Result<Stored, ShelfError> {
        self.open_place(&self.place(key)?, key.sha256()).await
    }

    pub(super) async fn remove(&self, key: &Key) -> Result<(), ShelfError> {
        self.remove_place(&self.place(key)?).await
    }

    pub(super) async fn check(&self) -> Result<(), ShelfError> {
        let place = self.parse(&format!(".check-{}", FileId::random()))?;
        let words = Bytes::from_static(b"a file can be written here\n");
        let checked = async {
            let put = self.inner.store.put(&place, PutPayload::from(words.clone())).await;
            put.map_err(|error| line::told_of_bucket(&error))?;
            let got = self.inner.store.get(&place).await.map_err(|error| line::told(&error))?;
            let read = got.bytes().await.map_err(|error| line::told(&error))?;
            if read == words { Ok(()) } else { Err(ShelfError::Changed) }
        };
        let checked = in_time(self.inner.patience.whole, checked).await;
        match checked {
            // Nothing lies there that would have to be removed; and what is down needn't be asked twice.
            Err(ShelfError::Unreachable(_)) => checked,
            _ => checked.and(self.remove_place(&place).await),
        }
    }

    async fn open_place(&self, place: &ObjectPath, sha256: Option<&str>) -> Result<Stored, ShelfError> {
        let getting = async { self.inner.store.get(place).await.map_err(|error| line::told(&error)) };
        let got = in_time(self.inner.patience.whole, getting).await?;
        let size = got.meta.size;
        let pieces = got.into_stream().map(|piece| piece.map_err(|error| io::Error::other(line::told(&error))));
        Ok(Stored::checked(sha256, size, pieces.boxed()))
    }

    async fn remove_place(&self, place: &ObjectPath) -> Result<(), ShelfError> {
        let removing = async { self.inner.store.delete(place).await.map_err(|error| line::told(&error)) };
        match in_time(self.inner.patience.whole, removing).await {
            Err(ShelfError::NotThere) => Ok(()),
            removed => removed,
        }
    }

    /// Whether the storage gives back what we sent it. When it doesn't, what lies there is left to the sweep: another letter
    /// may have the same bytes under the same key.
    async fn read_back(&self, place: &ObjectPath, sha256: &str, size: u64) -> Result<(), ShelfError> {
        let mut stored = self.open_place(place, Some(sha256)).await?;
        if stored.size != size {
            return Err(ShelfError::Changed);
        }
        while let Some(piece) = stored.pieces.next().await {
            piece.map_err(ShelfError::of_reading)?;
        }
        Ok(())
    }

    fn place(&self, key: &Key) -> Result<ObjectPath, ShelfError> {
        self.parse(key.as_str())
    }

    fn parse(&self, name: &str) -> Result<ObjectPath, ShelfError> {
        let path = format!("{}{name}", self.inner.prefix);
        ObjectPath::parse(path).map_err(|error| ShelfError::Disk(io::Error::other(error)))
    }
}

/// The keys are nobody's to read.
impl fmt::Debug for BucketShelf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BucketShelf").field(&self.inner.name).finish()
    }
}

/// Three more tries, and none begun after ten seconds: a person is waiting.
fn retries() -> RetryConfig {
    let backoff =
        BackoffConfig { init_backoff: Duration::from_millis(100), max_backoff: Duration::from_secs(2), base: 2.0 };
    RetryConfig { backoff, max_retries: 3, retry_timeout: Duration::from_secs(10) }
}

async fn in_time<T>(limit: Duration, act: impl Future<Output = Result<T, ShelfError>>) -> Result<T, ShelfError> {
    match timeout(limit, act).await {
        Ok(acted) => acted,
        Err(_) => Err(line::unreachable(&format!("it took longer than {} s", limit.as_secs_f32()))),
    }
}

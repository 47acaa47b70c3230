//! The body of a request that may be refused before it was read: its rest is read and thrown away, within reason. Otherwise the
//! connection is closed while the program still sends, and it sees a broken line instead of our answer, and tries again.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use axum::body::{Body, BodyDataStream, Bytes};
use futures_util::{Stream, StreamExt};

/// How much is read for the sake of an answer, in bytes.
const MOST: usize = 4 * 1024 * 1024;

/// A body that whoever lent it can go on reading.
#[derive(Clone)]
pub struct Lent(Arc<Mutex<BodyDataStream>>);

impl Lent {
    pub fn new(body: Body) -> Lent {
        Lent(Arc::new(Mutex::new(body.into_data_stream())))
    }

    /// The body, for the handler.
    pub fn body(&self) -> Body {
        Body::from_stream(self.clone())
    }

    /// Reads what the handler did not.
    pub async fn drain(mut self) {
        let mut read = 0;
        while let Some(Ok(bytes)) = self.next().await {
            read += bytes.len();
            if read > MOST {
                return;
            }
        }
    }
}

impl Stream for Lent {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).poll_next_unpin(context)
    }
}

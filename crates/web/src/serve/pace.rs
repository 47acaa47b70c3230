//! A line that is too slow, told apart from one that is merely slow.
//!
//! A limit on pauses alone is met by one byte every nineteen seconds; a limit on the whole time cuts off the honest phone on a bad
//! line. So waiting uses up credit and moving bytes earns it back, never more than one pause's worth.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

use super::rules::Patience;

/// How much longer somebody is waited for.
pub struct Credit {
    patience: Patience,
    left: Duration,
    waiting_since: Option<Instant>,
    timer: Option<Pin<Box<Sleep>>>,
}

impl Credit {
    /// One whole pause.
    pub fn new(patience: Patience) -> Credit {
        Credit { patience, left: patience.pause, waiting_since: None, timer: None }
    }

    /// So many bytes have moved, which ends a waiting and earns time for the next.
    pub fn moved(&mut self, bytes: usize) {
        if let Some(since) = self.waiting_since.take() {
            self.left = self.left.saturating_sub(since.elapsed());
        }
        let micros = (bytes as u64).saturating_mul(1_000_000) / u64::from(self.patience.bytes_per_second.max(1));
        self.left = self.left.saturating_add(Duration::from_micros(micros)).min(self.patience.pause);
    }

    /// To be asked when nothing can move now: ready when the credit is used up.
    pub fn poll_used_up(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let (left, timer) = (self.left, &mut self.timer);
        if self.waiting_since.is_none() {
            let now = Instant::now();
            self.waiting_since = Some(now);
            match timer {
                Some(timer) => timer.as_mut().reset(now + left),
                None => *timer = Some(Box::pin(sleep_until(now + left))),
            }
        }
        timer.as_mut().map_or(Poll::Ready(()), |timer| timer.as_mut().poll(context))
    }
}

/// A socket whose writing ends with an error when the other side takes too little for too long. Reading has limits of its own:
/// heads in [`super::gate`], bodies in [`super::body`].
pub struct Paced<S> {
    socket: S,
    credit: Credit,
}

impl<S> Paced<S> {
    pub fn new(socket: S, patience: Patience) -> Paced<S> {
        Paced { socket, credit: Credit::new(patience) }
    }
}

impl<S> Paced<S> {
    /// What writing gave, or an error when it has been waited for too long.
    fn judge<T>(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<T>>,
        bytes: impl FnOnce(&T) -> usize,
    ) -> Poll<io::Result<T>> {
        match written {
            Poll::Ready(Ok(done)) => {
                self.credit.moved(bytes(&done));
                Poll::Ready(Ok(done))
            }
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Pending => {
                ready!(self.credit.poll_used_up(context));
                Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, "the other side takes nothing")))
            }
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Paced<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Paced<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.socket).poll_write(context, bytes);
        self.judge(context, written, |bytes| *bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.socket).poll_write_vectored(context, pieces);
        self.judge(context, written, |bytes| *bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.socket).poll_flush(context);
        self.judge(context, flushed, |()| 0)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let shut = Pin::new(&mut self.socket).poll_shutdown(context);
        self.judge(context, shut, |()| 0)
    }
}

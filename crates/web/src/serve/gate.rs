//! The gate before hyper: lets requests of HTTP/1 through whose head is whole, in time and of one meaning ([`super::head`]).
//!
//! A head that is refused is replaced by a request that only we can make, whose method is [`REFUSED`] and whose address is the
//! status, so that its answer takes its turn behind the answers to the requests before it. Nothing that comes after it is read.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Buf, Bytes, BytesMut};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

use super::activity::Activity;
use super::head::{self, Framing, Scan};
use super::refusal::Refusal;

/// The method of a request that stands for a refused one. No browser can send it, since it is no method that we take.
pub const REFUSED: &str = "REFUSED";
/// How much is read at a time while a head comes.
const PIECE: usize = 4 * 1024;
/// For so long, and for so many bytes, is thrown away what comes after the last answer: a socket that is closed with something
/// unread in it takes the answer back.
const LINGER: Duration = Duration::from_secs(2);
const LINGER_BYTES: usize = 1024 * 1024;

/// The gate around a socket.
pub struct Gate<S> {
    socket: S,
    activity: Arc<Activity>,
    head_time: Duration,
    /// How many requests may still come.
    requests: usize,
    phase: Phase,
    /// What has come and is not let through yet.
    held: BytesMut,
    /// What is let through.
    through: Bytes,
    timer: Option<Pin<Box<Sleep>>>,
    farewell: Farewell,
}

enum Phase {
    Head(Scan),
    /// So many bytes of a body are still to come.
    Body(u64),
    /// The rest is this request's, wherever it ends: the connection ends with it.
    Last,
    /// Nothing more is read; the last answer is under way.
    Over,
    /// There was nothing to answer.
    Ended,
}

enum Farewell {
    Not,
    Said { timer: Pin<Box<Sleep>>, room: usize },
}

impl<S: AsyncRead + Unpin> Gate<S> {
    /// A gate that lets so many requests through, each of whose heads may take so long.
    pub fn new(socket: S, activity: Arc<Activity>, head_time: Duration, requests: usize) -> Gate<S> {
        Gate {
            socket,
            activity,
            head_time,
            requests,
            phase: Phase::Head(Scan::default()),
            held: BytesMut::new(),
            through: Bytes::new(),
            timer: Some(Box::pin(sleep(head_time))),
            farewell: Farewell::Not,
        }
    }

    /// Reads until a head is whole, and decides about it. Ready also when the line has ended.
    fn poll_head(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            let Phase::Head(scan) = &mut self.phase else { return Poll::Ready(Ok(())) };
            match scan.go_on(&self.held) {
                Err(refusal) => self.refuse(refusal),
                // Empty lines before a request mean nothing.
                Ok(Some(2)) => {
                    self.held.advance(2);
                    self.phase = Phase::Head(Scan::default());
                }
                Ok(Some(length)) => {
                    self.decide(length);
                    return Poll::Ready(Ok(()));
                }
                Ok(None) => {
                    if ready!(self.poll_piece(context))? == 0 {
                        return Poll::Ready(Ok(()));
                    }
                }
            }
        }
    }

    /// Reads some bytes of a head; 0 when the line has ended, or should.
    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<io::Result<usize>> {
        let mut piece = [0; PIECE];
        let mut piece = ReadBuf::new(&mut piece);
        if Pin::new(&mut self.socket).poll_read(context, &mut piece)?.is_ready() {
            if self.held.is_empty() && !piece.filled().is_empty() {
                self.activity.stirs();
                self.timer.get_or_insert_with(|| Box::pin(sleep(self.head_time)));
            }
            self.held.extend_from_slice(piece.filled());
            return Poll::Ready(Ok(piece.filled().len()));
        }
        let Some(timer) = &mut self.timer else { return Poll::Pending };
        ready!(timer.as_mut().poll(context));
        if self.held.is_empty() {
            self.phase = Phase::Ended;
            return Poll::Ready(Ok(0));
        }
        self.refuse(Refusal::Slow);
        Poll::Ready(Ok(PIECE))
    }

    /// Decides about a whole head.
    fn decide(&mut self, length: usize) {
        self.timer = None;
        let framing = match head::judge(&self.held[..length]) {
            Ok(framing) => framing,
            Err(refusal) => return self.refuse(refusal),
        };
        self.requests = self.requests.saturating_sub(1);
        let mut head = self.held.split_to(length);
        if self.requests == 0 || framing == Framing::Chunked {
            // Where chunks end is not ours to say as well as hyper's, so nobody may speak after them.
            head.truncate(length - 2);
            head.extend_from_slice(b"connection: close\r\n\r\n");
        }
        self.through = head.freeze();
        self.phase = match framing {
            Framing::Length(0) => Phase::Head(Scan::default()),
            Framing::Length(bytes) => Phase::Body(bytes),
            Framing::Chunked => Phase::Last,
        };
        if self.held.is_empty() {
            // An idle connection holds no memory.
            self.held = BytesMut::new();
        } else if matches!(self.phase, Phase::Head(_)) {
            self.timer = Some(Box::pin(sleep(self.head_time)));
        }
    }

    fn refuse(&mut self, refusal: Refusal) {
        self.held = BytesMut::new();
        self.timer = None;
        self.through = Bytes::from(format!("{REFUSED} /{} HTTP/1.1\r\nconnection: close\r\n\r\n", refusal.status()));
        self.phase = Phase::Over;
    }

    /// Lets through what belongs to a body: what has come already, else straight from the socket.
    fn poll_body(&mut self, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let room = match self.phase {
            Phase::Body(left) => usize::try_from(left).unwrap_or(usize::MAX).min(buffer.remaining()),
            _ => buffer.remaining(),
        };
        let before = buffer.filled().len();
        if !self.held.is_empty() {
            let come = self.held.len().min(room);
            buffer.put_slice(&self.held.split_to(come));
        } else if room == buffer.remaining() {
            ready!(Pin::new(&mut self.socket).poll_read(context, buffer))?;
        } else {
            let mut piece = [0; PIECE];
            let mut piece = ReadBuf::new(&mut piece[..room.min(PIECE)]);
            ready!(Pin::new(&mut self.socket).poll_read(context, &mut piece))?;
            buffer.put_slice(piece.filled());
        }
        if let Phase::Body(left) = &mut self.phase {
            *left -= (buffer.filled().len() - before) as u64;
            if *left == 0 {
                self.phase = Phase::Head(Scan::default());
                self.timer = (!self.held.is_empty()).then(|| Box::pin(sleep(self.head_time)));
            }
        }
        Poll::Ready(Ok(()))
    }

    /// Throws away what still comes, until the other side ends, or for a moment.
    fn poll_linger(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let Farewell::Said { timer, room } = &mut self.farewell else { return Poll::Ready(()) };
        let mut piece = [0; PIECE];
        while *room > 0 {
            let mut piece = ReadBuf::new(&mut piece);
            match Pin::new(&mut self.socket).poll_read(context, &mut piece) {
                Poll::Ready(Ok(())) if !piece.filled().is_empty() => *room = room.saturating_sub(piece.filled().len()),
                Poll::Ready(_) => return Poll::Ready(()),
                Poll::Pending => return timer.as_mut().poll(context),
            }
        }
        Poll::Ready(())
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Gate<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let gate = &mut *self;
        if gate.through.is_empty() && matches!(gate.phase, Phase::Head(_)) {
            ready!(gate.poll_head(context))?;
        }
        if !gate.through.is_empty() {
            let length = gate.through.len().min(buffer.remaining());
            buffer.put_slice(&gate.through.split_to(length));
            return Poll::Ready(Ok(()));
        }
        match gate.phase {
            Phase::Body(_) | Phase::Last => gate.poll_body(context, buffer),
            // The line has ended before a head was whole, or before its first byte came in time.
            Phase::Head(_) | Phase::Ended => Poll::Ready(Ok(())),
            // An end now would cut off the answer. Its writing, or its end, is what happens next here.
            Phase::Over => Poll::Pending,
        }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Gate<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.socket).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.socket).poll_write_vectored(context, pieces)
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let gate = &mut *self;
        if matches!(gate.farewell, Farewell::Not) {
            ready!(Pin::new(&mut gate.socket).poll_shutdown(context))?;
            // Between requests there is nothing that could still be on its way.
            if matches!(gate.phase, Phase::Head(_)) && gate.held.is_empty() {
                return Poll::Ready(Ok(()));
            }
            gate.farewell = Farewell::Said { timer: Box::pin(sleep(LINGER)), room: LINGER_BYTES };
        }
        gate.poll_linger(context).map(Ok)
    }
}

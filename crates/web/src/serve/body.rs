//! Bodies on their way: what comes must not come too slowly, and what goes is watched whether anybody takes it.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};

use axum::BoxError;
use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, Incoming, SizeHint};

use super::activity::Ticket;
use super::pace::Credit;
use super::rules::Patience;

/// The body of a request, which ends with an error when it comes too slowly.
pub struct Coming {
    body: Incoming,
    credit: Credit,
    gave_up: Arc<AtomicBool>,
}

impl Coming {
    /// `gave_up` is set when the body was too slow.
    pub fn new(body: Incoming, patience: Patience, gave_up: Arc<AtomicBool>) -> Coming {
        Coming { body, credit: Credit::new(patience), gave_up }
    }
}

impl HttpBody for Coming {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match Pin::new(&mut self.body).poll_frame(context) {
            Poll::Ready(Some(Ok(frame))) => {
                self.credit.moved(frame.data_ref().map_or(0, Bytes::len));
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(end) => Poll::Ready(end.map(|end| end.map_err(BoxError::from))),
            Poll::Pending => {
                ready!(self.credit.poll_used_up(context));
                self.gave_up.store(true, Ordering::Release);
                Poll::Ready(Some(Err("the body came too slowly".into())))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// The body of an answer, which keeps its request under way until it is gone.
pub struct Going {
    body: Body,
    ticket: Ticket,
}

impl Going {
    pub fn new(body: Body, ticket: Ticket) -> Going {
        ticket.offers();
        Going { body, ticket }
    }
}

impl HttpBody for Going {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        self.ticket.works();
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        self.ticket.offers();
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

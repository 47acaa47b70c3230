//! One connection: TLS when it is spoken, the version, its requests, and how it ends.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::response::Response;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulConnection;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{sleep_until, timeout};
use tower::ServiceExt;

use super::Stopping;
use super::activity::{Activity, Bounds, Finding, Ticket};
use super::body::{Coming, Going};
use super::gate::{Gate, REFUSED};
use super::head;
use super::pace::Paced;
use super::refusal::Refusal;
use super::rules::ServeRules;

/// The most that hyper keeps of one connection of HTTP/1, in each direction. A head must fit.
const BUFFER: usize = 64 * 1024;
/// Requests at once on one connection of HTTP/2.
const STREAMS: u32 = 100;
/// How much of one request's body, and of all on one connection, may lie unread.
const STREAM_WINDOW: u32 = 128 * 1024;
const CONNECTION_WINDOW: u32 = 512 * 1024;
/// Streams that were reset before anybody looked at them; more than that end the connection.
const RESET_STREAMS: usize = 20;
/// An answer may lie untaken for so many pauses, since several share one line.
const UNTAKEN_PAUSES: u32 = 3;

/// What all connections share.
pub struct House {
    pub rules: ServeRules,
    pub router: Router,
}

/// Serves a connection to its end.
pub async fn serve(house: Arc<House>, socket: TcpStream, peer: SocketAddr, stopping: watch::Receiver<bool>) {
    let socket = Paced::new(socket, house.rules.patience);
    let Some(tls) = house.rules.tls.clone() else {
        return serve_http1(house, socket, peer, stopping).await;
    };
    let mut told = stopping.clone();
    let shaken = tokio::select! {
        shaken = timeout(house.rules.handshake, tls.acceptor().accept(socket)) => shaken,
        _ = told.wait_for(|stop| *stop) => return,
    };
    match shaken {
        Ok(Ok(socket)) if socket.get_ref().1.alpn_protocol() == Some(b"h2") => {
            serve_http2(house, socket, peer, stopping).await;
        }
        Ok(Ok(socket)) => serve_http1(house, socket, peer, stopping).await,
        Ok(Err(error)) => tracing::debug!(%error, "TLS could not be agreed on"),
        Err(_) => tracing::debug!("TLS was not agreed on in time"),
    }
}

async fn serve_http1(
    house: Arc<House>,
    socket: impl AsyncRead + AsyncWrite + Unpin + 'static,
    peer: SocketAddr,
    stopping: watch::Receiver<bool>,
) {
    let rules = &house.rules;
    // The gate counts requests and times heads. hyper's own limits stand behind it, wide enough never to speak first.
    let activity = Activity::new(usize::MAX);
    let bounds = Bounds { first: rules.head + rules.idle, idle: rules.idle, untaken: None };
    let gate = Gate::new(socket, activity.clone(), rules.head, rules.requests);
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(None).max_headers(head::HEADERS + 2).max_buf_size(BUFFER);
    let connection =
        builder.serve_connection(TokioIo::new(gate), service(house.clone(), peer, activity.clone(), stopping.clone()));
    attend(pin!(connection), &activity, bounds, None, stopping).await;
}

async fn serve_http2(
    house: Arc<House>,
    socket: impl AsyncRead + AsyncWrite + Unpin + 'static,
    peer: SocketAddr,
    stopping: watch::Receiver<bool>,
) {
    let rules = &house.rules;
    let pause = rules.patience.pause;
    let activity = Activity::new(rules.requests);
    let bounds = Bounds { first: rules.head, idle: rules.idle, untaken: Some(pause * UNTAKEN_PAUSES) };
    let mut builder = http2::Builder::new(TokioExecutor::new());
    builder
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS)
        .max_pending_accept_reset_streams(RESET_STREAMS)
        .max_local_error_reset_streams(RESET_STREAMS)
        .max_header_list_size(u32::try_from(head::HEAD_BYTES).unwrap_or(u32::MAX))
        .initial_stream_window_size(STREAM_WINDOW)
        .initial_connection_window_size(CONNECTION_WINDOW)
        .max_send_buf_size(BUFFER)
        .keep_alive_interval(pause)
        .keep_alive_timeout(pause);
    let connection = builder
        .serve_connection(TokioIo::new(socket), service(house.clone(), peer, activity.clone(), stopping.clone()));
    attend(pin!(connection), &activity, bounds, Some(pause), stopping).await;
}

/// Lets a connection go on until it ends, or should: when the server stops, when it has been quiet for too long, when it has had
/// its share of requests, or when it stands still. Who was asked to end and has nothing under way is waited for no longer than
/// `leave`; without it, the version ends by itself.
async fn attend<C>(
    mut connection: Pin<&mut C>,
    activity: &Activity,
    mut bounds: Bounds,
    leave: Option<Duration>,
    mut stopping: watch::Receiver<bool>,
) where
    C: GracefulConnection,
    C::Error: std::fmt::Display,
{
    let mut is_leaving = false;
    loop {
        let next = match activity.look(bounds) {
            Finding::Well(next) => next,
            Finding::Untaken => return tracing::debug!("nobody takes an answer"),
            Finding::Idle if !activity.is_used() => return,
            Finding::Idle if is_leaving && leave.is_some() => return,
            Finding::Idle => {
                connection.as_mut().graceful_shutdown();
                is_leaving = true;
                activity.stirs();
                bounds.idle = leave.unwrap_or(bounds.idle);
                continue;
            }
        };
        tokio::select! {
            ended = connection.as_mut() => {
                if let Err(error) = ended {
                    tracing::debug!(%error, "a connection ended early");
                }
                return;
            }
            _ = stopping.wait_for(|stop| *stop), if !is_leaving => {
                // Nothing has been asked yet, so nobody waits for an answer.
                if !activity.is_used() {
                    return;
                }
            }
            () = activity.is_full(), if !is_leaving => {}
            () = activity.falls_quiet() => continue,
            () = sleep_until(next) => continue,
        }
        connection.as_mut().graceful_shutdown();
        is_leaving = true;
        bounds.idle = leave.unwrap_or(bounds.idle);
    }
}

fn service(
    house: Arc<House>,
    peer: SocketAddr,
    activity: Arc<Activity>,
    stopping: watch::Receiver<bool>,
) -> impl Service<Request<Incoming>, Response = Response, Error = Infallible, Future: Send + 'static> {
    service_fn(move |mut request: Request<Incoming>| {
        let (house, ticket) = (house.clone(), activity.begin());
        request.extensions_mut().insert(Stopping(stopping.clone()));
        async move {
            let response = answer(&house, request, peer, &ticket).await;
            Ok(response.map(|body| Body::new(Going::new(body, ticket))))
        }
    })
}

async fn answer(house: &House, request: Request<Incoming>, peer: SocketAddr, ticket: &Ticket) -> Response {
    ticket.works();
    if request.method().as_str() == REFUSED {
        return Refusal::of_address(request.uri().path()).last_page();
    }
    // On HTTP/1 the gate has seen to this already.
    if request.headers().len() > head::HEADERS {
        return Refusal::LargeHead.page();
    }
    if request.uri().path_and_query().is_some_and(|asked| asked.as_str().len() > head::ADDRESS_BYTES) {
        return Refusal::LongAddress.page();
    }
    let gave_up = Arc::new(AtomicBool::new(false));
    let patience = house.rules.patience;
    let mut request = request.map(|body| Body::new(Coming::new(body, patience, gave_up.clone())));
    request.extensions_mut().insert(ConnectInfo(peer));
    let response = house.router.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
    // Whoever read half a form calls it a bad one; it was the line.
    if gave_up.load(Ordering::Acquire) && response.status().is_client_error() {
        return Refusal::Slow.page();
    }
    response
}

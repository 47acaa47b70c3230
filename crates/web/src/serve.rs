//! The accept loop: header timeouts that stock axum lacks (SECURITY.md, TH27), and a stop that finishes what it has.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tower::ServiceExt;
use tower_http::timeout::RequestBodyTimeoutLayer;

/// How long a browser may take to send a request's headers.
const HEADERS: Duration = Duration::from_secs(10);
/// How long a body may pause.
const BODY: Duration = Duration::from_secs(20);
/// How long a stopping server waits for requests under way.
const FAREWELL: Duration = Duration::from_secs(20);

/// Serves until `stop`, then finishes what is under way.
pub async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    // HTTP/1 only, as behind a proxy: a builder that first looks which version comes has no timer while it looks.
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEADERS).max_headers(64);
    let router = router.layer(RequestBodyTimeoutLayer::new(BODY));
    let farewell = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of descriptors, most likely: a moment later some are free again.
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        // Small answers should not wait for more.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "nodelay is not to be had");
        }
        let service = service(router.clone(), peer);
        let connection = builder.serve_connection(TokioIo::new(stream), service);
        let connection = farewell.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
        });
    }
    drop(listener);
    if tokio::time::timeout(FAREWELL, farewell.shutdown()).await.is_err() {
        tracing::warn!("some requests did not end in time");
    }
}

fn service(
    router: Router,
    peer: SocketAddr,
) -> impl hyper::service::Service<
    hyper::Request<Incoming>,
    Response = axum::response::Response,
    Error = std::convert::Infallible,
    Future: Send + 'static,
> + Clone
+ Send
+ 'static {
    hyper::service::service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request.map(axum::body::Body::new))
    })
}

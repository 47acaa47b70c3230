//! A server of a few pages under the rules of a test, and what it saw.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use axum::routing::{get, post};
use futures_util::{StreamExt, stream};
use http_body_util::BodyExt;
use pishkhan_web::serve::{ServeRules, serve};
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// Nothing here takes so long, unless it never comes.
pub const BOUND: Duration = Duration::from_secs(20);
/// What a narrow socket holds, in bytes; the system makes it a little more.
pub const NARROW: u32 = 1024;
/// How large `/large` is.
pub const LARGE: usize = 16 * 1024 * 1024;

/// A server until it is dropped or stopped.
pub struct Server {
    pub address: SocketAddr,
    pub seen: Arc<Seen>,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

/// What the pages saw.
#[derive(Default)]
pub struct Seen {
    /// How often `/smuggled` was asked for.
    pub smuggled: AtomicUsize,
    /// How many bytes `/echo` has had so far.
    pub come: AtomicUsize,
    /// Told when `/large` is no longer sent.
    pub gone: Notify,
    /// Told when `/never` is asked for.
    pub asked: Notify,
}

impl Server {
    /// The usual rules, but for what the test changes.
    pub async fn start(change: impl FnOnce(&mut ServeRules)) -> Server {
        let seen = Arc::new(Seen::default());
        Server::of(pages(seen.clone()), seen, change).await
    }

    /// A server of other pages.
    pub async fn of(router: Router, seen: Arc<Seen>, change: impl FnOnce(&mut ServeRules)) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        Server::on(listener, router, seen, change)
    }

    /// A server whose sockets hold next to nothing of what the other side doesn't take.
    pub fn narrow(router: Router, change: impl FnOnce(&mut ServeRules)) -> Server {
        let socket = TcpSocket::new_v4().expect("there are sockets");
        socket.set_send_buffer_size(NARROW).expect("a socket may be small");
        socket.bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).expect("a port is free");
        Server::on(socket.listen(64).expect("it listens"), router, Arc::default(), change)
    }

    fn on(listener: TcpListener, router: Router, seen: Arc<Seen>, change: impl FnOnce(&mut ServeRules)) -> Server {
        let mut rules = ServeRules::default();
        change(&mut rules);
        let address = listener.local_addr().expect("it has an address");
        let (stop, stopped) = oneshot::channel::<()>();
        let task = tokio::spawn(serve(listener, router, rules, async {
            let _ = stopped.await;
        }));
        Server { address, seen, stop: Some(stop), task }
    }

    /// Tells it to stop.
    pub fn stop(&mut self) {
        self.stop.take().expect("it is stopped once").send(()).expect("it goes on until it is stopped");
    }

    /// Waits until it has stopped.
    pub async fn has_stopped(&mut self) {
        timeout(BOUND, &mut self.task).await.expect("it stops in time").expect("it stops in order");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn pages(seen: Arc<Seen>) -> Router {
    let (echo, smuggled, large, never) = (seen.clone(), seen.clone(), seen.clone(), seen);
    Router::new()
        .route("/", get(|| async { "home" }))
        .route("/echo", post(move |body: Body| count(body, echo)))
        .route(
            "/smuggled",
            get(move || async move {
                smuggled.smuggled.fetch_add(1, Ordering::SeqCst);
                "smuggled"
            }),
        )
        .route("/large", get(move || async move { large_body(large) }))
        .route(
            "/never",
            get(move || async move {
                never.asked.notify_one();
                std::future::pending::<()>().await;
            }),
        )
}

/// Says how many bytes came, or 400 when they did not all come.
async fn count(body: Body, seen: Arc<Seen>) -> Result<String, StatusCode> {
    let mut body = body;
    let mut come = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| StatusCode::BAD_REQUEST)?;
        let bytes = frame.data_ref().map_or(0, Bytes::len);
        come += bytes;
        seen.come.fetch_add(bytes, Ordering::SeqCst);
    }
    Ok(come.to_string())
}

/// Many bytes in pieces, and a word when they are no longer sent.
fn large_body(seen: Arc<Seen>) -> Body {
    struct Going(Arc<Seen>);
    impl Drop for Going {
        fn drop(&mut self) {
            self.0.gone.notify_one();
        }
    }
    const PIECE: usize = 16 * 1024;
    let going = Going(seen);
    Body::from_stream(stream::iter(0..LARGE / PIECE).map(move |_| {
        let _ = &going;
        Ok::<_, std::io::Error>(Bytes::from(vec![b'x'; PIECE]))
    }))
}

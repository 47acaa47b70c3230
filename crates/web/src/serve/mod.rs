//! The accept loop: how many may come in, how patient we are with them, and a stop that finishes what it has (SECURITY.md, TH27
//! to TH29; decision 0011).
//!
//! The road of a connection: [`caps`] has a seat for it, [`tls`] agrees on a key when there is a certificate, [`gate`] lets its
//! requests through one by one, hyper reads them, the router answers, and [`pace`] sees that the answer is taken. [`connection`]
//! ties these together and watches by [`activity`] that something goes on.

mod activity;
mod body;
mod caps;
mod connection;
mod gate;
mod head;
mod pace;
mod refusal;
mod rules;
pub mod tls;
mod validity;

use std::future::Future;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use socket2::SockRef;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, timeout};

pub use rules::{Patience, ServeRules};

use caps::Caps;
use connection::House;
use refusal::Refusal;
use tls::Tls;

/// Of an answer, so many bytes at most wait in the kernel. More would only be memory that a slow reader holds, and by which its
/// slowness is seen late.
const UNSENT: u32 = 32 * 1024;
/// How long after a failed accept it is tried again. Out of descriptors, most likely: a moment later some are free again.
const BREATH: Duration = Duration::from_millis(100);
/// How often it is asked whether the certificate has been renewed.
const RENEWAL: Duration = Duration::from_mins(1);
/// So many of those who find the house full are told so at once; the others only see the door close.
const APOLOGIES: usize = 64;
/// How long such an apology may take.
const APOLOGY: Duration = Duration::from_secs(1);

/// Whether the server stops, for answers that would go on for ever: each request carries it.
#[derive(Clone, Debug)]
pub struct Stopping(watch::Receiver<bool>);

impl Stopping {
    /// Ready when the server stops.
    pub async fn comes(&mut self) {
        // A sender that is gone has nothing to stop any more.
        let _ = self.0.wait_for(|stop| *stop).await;
    }
}

/// Serves until `stop`, then finishes what is under way.
pub async fn serve(listener: TcpListener, router: Router, rules: ServeRules, stop: impl Future<Output = ()>) {
    let (stopping, stopped) = watch::channel(false);
    let mut door = Door::new(router, rules).await;
    let mut renewal = interval(RENEWAL);
    renewal.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((socket, peer)) => door.admit(socket, peer, &stopped),
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(BREATH).await;
                }
            },
            _ = door.guests.join_next(), if !door.guests.is_empty() => {}
            _ = renewal.tick(), if door.house.rules.tls.is_some() => door.renew(),
            () = &mut stop => break,
        }
    }
    drop(listener);
    stopping.send_replace(true);
    let farewell = async { while door.guests.join_next().await.is_some() {} };
    if timeout(door.house.rules.farewell, farewell).await.is_err() {
        tracing::warn!("some requests did not end in time");
    }
}

/// Who comes in, and who is in.
struct Door {
    house: Arc<House>,
    caps: Arc<Caps>,
    guests: JoinSet<()>,
    /// What is said to those who find no seat, and how many may be hearing it.
    apology: Arc<[u8]>,
    apologies: Arc<Semaphore>,
}

impl Door {
    async fn new(router: Router, rules: ServeRules) -> Door {
        Door {
            caps: Caps::new(&rules),
            house: Arc::new(House { rules, router }),
            guests: JoinSet::new(),
            apology: Refusal::Busy.on_the_line().await.into(),
            apologies: Arc::new(Semaphore::new(APOLOGIES)),
        }
    }

    /// Gives a connection its seat, or sends it away. It never waits, so that those who are sent away hold up nobody.
    fn admit(&mut self, socket: TcpStream, peer: SocketAddr, stopped: &watch::Receiver<bool>) {
        let Some(seat) = self.caps.seat(peer.ip()) else {
            return self.send_away(socket);
        };
        prepare(&socket, self.house.rules.patience);
        let connection = connection::serve(self.house.clone(), socket, peer, stopped.clone());
        self.guests.spawn(async move {
            connection.await;
            drop(seat);
        });
    }

    /// Says why, if not too many are being told already. Under TLS agreeing on a key would cost more than a page.
    fn send_away(&mut self, mut socket: TcpStream) {
        tracing::debug!("too many connections");
        if self.house.rules.tls.is_some() {
            return;
        }
        let Ok(permit) = self.apologies.clone().try_acquire_owned() else { return };
        let apology = self.apology.clone();
        self.guests.spawn(async move {
            let told = async {
                socket.write_all(&apology).await?;
                socket.shutdown().await?;
                // A socket that is closed with something unread in it takes the answer back.
                let mut unread = [0; 1024];
                while socket.read(&mut unread).await? > 0 {}
                Ok::<(), std::io::Error>(())
            };
            // Whoever doesn't listen isn't told.
            let _ = timeout(APOLOGY, told).await;
            drop(permit);
        });
    }

    /// Takes up a renewed certificate, beside the accepting.
    fn renew(&mut self) {
        if let Some(tls) = self.house.rules.tls.clone() {
            self.guests.spawn(async move {
                let _ = tokio::task::spawn_blocking(move || Tls::renew_and_tell(&tls)).await;
            });
        }
    }
}

/// Small answers don't wait for more, large ones not in the kernel; and what the other side never takes is given up there, too.
fn prepare(socket: &TcpStream, patience: Patience) {
    let socket = SockRef::from(socket);
    let prepared = [
        socket.set_tcp_nodelay(true),
        socket.set_tcp_notsent_lowat(UNSENT),
        socket.set_tcp_user_timeout(Some(patience.pause)),
    ];
    // A system that lacks one of them is served all the same.
    for error in prepared.into_iter().filter_map(Result::err) {
        tracing::debug!(%error, "a socket can't be prepared in full");
    }
}

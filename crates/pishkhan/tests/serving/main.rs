//! The accept loop over real sockets: who is let in, how long anybody is waited for, what is refused, and how it ends.

mod caps;
mod heads;
mod line;
mod live;
mod machines;
mod patience;
mod server;
mod stop;
mod tls;
mod versions;

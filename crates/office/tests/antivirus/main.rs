//! The scanner from outside: a real clamd, sockets that only pretend to be one, and the setting that names it.

mod clamd;
mod impostor;
mod pretended;
mod setting;

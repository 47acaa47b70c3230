//! The courier from outside, on both databases and against a small web service.

mod house;
mod http;
mod outbox;
mod rounds;
mod service;

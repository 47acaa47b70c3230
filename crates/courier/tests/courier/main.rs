//! The courier from outside, on both databases and against a small web service.

mod aside;
mod asked;
mod closed;
mod crashes;
mod health;
mod hours;
mod house;
mod http;
mod incoming;
mod line;
mod losing;
mod mail;
mod outages;
mod outbox;
mod peers;
mod providers;
mod rounds;
mod routes;
mod service;
mod smpp;
mod taken_up;
mod trials;
mod turns;
mod unsure;
mod ways;

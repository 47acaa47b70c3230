//! The shelf from outside: one contract for a folder and for a real S3 server, then what only one of them can do wrong.

mod bucket;
mod contract;
mod folder;
mod lies;
mod shelves;

//! The inspection of documents and of everything that is none of ours: what it says of each specimen, and that nothing makes it
//! read or panic without bounds.

#[path = "../pictures/meter.rs"]
mod meter;
mod properties;
mod specimens;

//! The SQL of files, and of the bytes that they name.

pub mod blobs;
pub mod copies;
pub mod drafts;
pub mod files;
pub mod proposals;
pub mod quarantine;

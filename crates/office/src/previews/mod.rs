//! Previews: pictures of the pages of files, made by a worker process that may be killed, and kept beside the files' bytes.

mod round;
mod rows;
mod shown;
mod workshop;

pub use round::round;
pub(crate) use shown::remove;
pub use shown::{LARGE, SMALL};
pub use workshop::{Made, PreviewError, PreviewLimits, Workshop};

//! Uploads: files that come in pieces, over a line that breaks. What has come stays, whichever node took it, until the rest comes or
//! two days are over; whole, an upload becomes a file of its letter. See `docs/decisions/0020-uploads.md`.

mod checksum;
mod create;
mod end;
mod finish;
mod line;
mod metadata;
mod piece;
mod receive;
mod rows;
mod sweep;
mod upload;

pub use checksum::{ALGORITHMS, Sum};
pub use create::{CreateError, create};
pub use end::{EndError, end};
pub use metadata::Metadata;
pub use piece::Piece;
pub use receive::{ReceiveError, Receiving};
pub use rows::{find, unfinished};
pub(crate) use sweep::sweep;
pub use upload::Upload;

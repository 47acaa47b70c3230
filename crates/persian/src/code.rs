//! Codes that people carry: the tracking code of a registered letter and the code of a receipt. Neither is made here,
//! since randomness comes from outside; neither shows itself whole in a log.

mod receipt;
mod tracking;

pub use receipt::{ReceiptCode, ReceiptCodeError};
pub use tracking::{TrackingCode, TrackingCodeError};

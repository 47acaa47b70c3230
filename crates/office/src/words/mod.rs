//! Every sentence a person reads, from `locales/`, in the reader's language. Everybody may use it; nobody writes a sentence
//! elsewhere.

mod speak;

pub use pishkhan_courier::gateways::{sms_parts, ucs2_parts};
pub use speak::{Count, Words};

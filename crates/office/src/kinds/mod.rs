//! Kinds of letters (درخواست، شکایت، پیشنهاد، گزارش …): the organisation's list, from which a sender may choose; terms may differ by kind.

mod kind;
mod rows;

pub use kind::{Kind, KindError, add};
pub use rows::{archive, asks_information, chosen, find, list_open, mark};

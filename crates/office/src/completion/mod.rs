//! Completion: what a returned letter lacks, item by item, as its sender reads and mends it.

mod item;
mod rows;

pub use item::MissingItem;
pub use rows::files;
pub use rows::of_letter;
pub(crate) use rows::{bring, done, forget, insert};

//! Relations between letters: which is the same again, which goes on from another (پیرو) or answers one (عطف); and which look
//! alike or are near, so that somebody looks before two units answer the same person.

mod by_number;
mod lists;
mod near;
mod relate;
mod relation;
mod rows;

pub use by_number::{NumberError, relate_by_number};
pub use lists::{Alike, alike, of_letter, of_same_sender};
pub use near::{Near, near, under_same_subject};
pub use relate::{RelateError, could_relate, relate, unrelate};
pub use relation::{Kind, Relation};

//! Text that people typed, in two forms. The *storage form* keeps what was written, with the repairs that are safe for
//! everybody. The *search key* throws away every difference that a searcher doesn't see or type. Beside them: whether a text holds a link.

mod links;
mod search;
mod search_words;
mod storage;

pub use links::has_link;
pub use search::{search_key, search_key_without_spaces};
pub use search_words::{SearchWord, search_words};
pub use storage::{stored_file_name, stored_line, stored_name, stored_text};

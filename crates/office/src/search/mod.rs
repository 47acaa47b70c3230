//! Finding letters: one field that understands numbers, codes, names and words, and only what the one who asks may see.
//!
//! Each letter stands in an index by its tokens ([`index()`]), which are made of what people would call the same word. The one
//! room with two texts: SQLite's FTS5 and PostgreSQL's full text do the finding, each by its own statements in `places.rs` and `rows.rs`.

mod exact;
mod expression;
mod find;
mod hit;
mod index;
mod ladder;
mod lists;
mod marks;
mod numbers;
mod places;
mod query;
mod reach;
mod rows;
mod said;
mod sight;
mod sought;
mod spans;
mod subject;
mod suggest;
mod tokens;

pub use exact::{of_answer_number, of_number};
pub use find::{Asked, By, Filter, Findings, STATES, may_search, search, stretch};
pub use hit::{Field, Hit};
pub use index::{catch_up, index};
pub use marks::Piece;
pub use query::{QUERY_CHARACTERS, QUERY_WORDS, Query};
pub use subject::under_subject;
pub use suggest::{Suggestions, suggestions};

//! Paper: what people print, as PDF. The register book, and the stamp of entry on a copy of a letter's first page.
//!
//! It knows neither letters nor words: an [order](print) says everything that shall stand on the sheets, in the reader's language,
//! and a form (`forms/*.typ`) says where. What the public wrote goes to the forms as data and never as markup, and a form can
//! read nothing but its order: no file, no network, no clock, no font of the machine.
//!
//! It runs in a worker process (`pishkhan preview-worker … print`), behind the same walls as the drawing of strangers' files:
//! a stamped page shows a picture that was made from one.

mod fonts;
mod order;
mod picture;
mod plain;
mod press;

use order::Order;

/// Why an order was not printed. Nothing of it comes from the public's text, or is shown to the public.
#[derive(Debug, thiserror::Error)]
pub enum Unprintable {
    #[error("the order can't be read: {0}")]
    NoOrder(&'static str),
    #[error("there is no form {0}")]
    NoForm(String),
    #[error("the picture can't be read")]
    NoPicture,
    /// The form asks for what the order does not say.
    #[error("the form can't be filled in: {0}")]
    NotFilledIn(String),
}

/// Prints an order. The same order gives the same bytes.
///
/// An order is the length of a JSON object in bytes (64 bits, most significant byte first), the object, and then, to the end, the
/// picture that the form shows, if it shows one: a WebP, as previews are. The object has at least:
///
/// | field | is |
/// |---|---|
/// | `form` | `register_book` or `stamped_page` |
/// | `language`, `direction` | of the sheets: `fa`, `rtl` |
/// | `at` | the moment of printing as `2026-05-27T10:20:30+03:30`, for the file's own date |
/// | `title`, `organisation` | for the file's own title and author, and for the sheets |
///
/// The head of each form says what else it asks for.
pub fn print(order: &[u8]) -> Result<Vec<u8>, Unprintable> {
    press::print(Order::read(order)?)
}

/// Prints an order in a process of one thread that can't start another, as the confined worker is. No other thread of it may
/// print after that: it would wait for this one for ever.
pub fn print_alone(order: &[u8]) -> Result<Vec<u8>, Unprintable> {
    press::work_alone();
    print(order)
}

//! What a sender is promised of a letter, in words.

use pishkhan_office::deadlines::Step;
use pishkhan_office::letters::Promise;

use crate::layout::Page;

/// By when its next step is usually done.
pub fn words(page: &Page, promise: Promise) -> String {
    let key = if promise.step == Step::Review { "promise" } else { "promise-answer" };
    page.words.a(key, "day", page.day(&promise.until))
}

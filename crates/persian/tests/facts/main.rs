//! The facts that this crate promises, one test each. One binary, so that it is linked once.

mod calendar;
mod code;
mod dates;
mod days;
mod digits;
mod hostile;
mod identifier;
mod mobile;
mod numbers;
mod search;
mod search_words;
mod tehran;
mod text;

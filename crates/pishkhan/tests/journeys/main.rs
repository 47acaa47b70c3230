//! Journeys through the front door: the real router on both databases, asked by browsers that fill in the forms they are shown.
//! Each module is a corner of the house; the names of the tests say what holds there.

mod bad_input;
mod beside;
mod book_sheets;
mod books;
mod calendar;
mod challenge;
mod counter;
mod deadlines;
mod drafts;
mod ended;
mod filing;
mod headers;
mod hosts;
mod intake;
mod later_files;
mod limits;
mod pages;
mod photos;
mod pictures;
mod races;
mod referrals;
mod register;
mod reports;
mod rights;
mod search;
mod search_index;
mod stamped;
mod storage;
mod store;
mod tenancy;
mod thread;
mod tray;
mod uploads;

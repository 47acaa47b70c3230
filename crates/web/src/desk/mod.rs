//! The desk: the pages of staff, from the way in to the last decision. Each act on a letter is a noun that is created; asked
//! for with GET it is the dialog that asks before it is done.

pub mod answer;
pub mod asked;
pub mod assignment;
mod beside;
pub mod classification;
pub mod conflict;
pub mod invitation;
pub mod letter;
pub mod mobile;
pub mod next;
pub mod panes;
mod paper;
pub mod qr;
pub mod redirection;
pub mod registration;
pub mod rejection;
pub mod relation;
pub mod row;
pub mod search;
mod search_form;
pub mod second_factor;
pub mod selection;
mod sieve;
pub mod sign_in;
pub mod sign_out;
pub mod sms;
pub mod stamped;
pub mod status;
pub mod taking;
pub mod timeline;
pub mod tray;
pub mod view;

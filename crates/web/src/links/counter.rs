//! The addresses of visitors and senders.

use pishkhan_office::ids::{FileId, LetterId, UploadId};
use pishkhan_office::letters::Place;
use pishkhan_office::persian::TrackingCode;

use super::{Link, escaped, fixed, listing};

/// The way in; with the kind of challenge when it isn't the silent one.
pub fn start() -> Link {
    fixed("/")
}

pub fn start_with(challenge: &str) -> Link {
    Link(format!("/?challenge={challenge}"))
}

/// The way in for somebody who wanted to go somewhere; only addresses of this list are taken back.
pub fn start_then(next: &str) -> Link {
    Link(format!("/?next={}", escaped(next)))
}

/// The way in at the end of a wait.
pub fn start_after_wait(token: &str) -> Link {
    Link(format!("/?wait={}", escaped(token)))
}

pub fn tracking_after_wait(token: &str) -> Link {
    Link(format!("/tracking?wait={}", escaped(token)))
}

pub fn sign_in() -> Link {
    fixed("/sign-in")
}

pub fn sign_in_code() -> Link {
    fixed("/sign-in/code")
}

/// The code's page for somebody who wants to go on somewhere.
pub fn sign_in_code_then(next: &str) -> Link {
    if next.is_empty() { sign_in_code() } else { Link(format!("/sign-in/code?next={}", escaped(next))) }
}

/// The code's page after another code was sent.
pub fn sign_in_code_again(next: &str) -> Link {
    Link(format!("/sign-in/code?sent=again&next={}", escaped(next)))
}

/// The same when none was sent, since one that was asked for before can still be typed.
pub fn sign_in_code_waiting(next: &str) -> Link {
    Link(format!("/sign-in/code?sent=before&next={}", escaped(next)))
}

/// The same after one was sent by e-mail, to whoever has proved an address.
pub fn sign_in_code_mailed(next: &str) -> Link {
    Link(format!("/sign-in/code?sent=mail&next={}", escaped(next)))
}

pub fn sign_in_wait() -> Link {
    fixed("/sign-in/wait")
}

pub fn security_image(token: &str) -> Link {
    Link(format!("/sign-in/image/{token}"))
}

pub fn sign_out() -> Link {
    fixed("/sign-out")
}

pub fn tracking() -> Link {
    fixed("/tracking")
}

pub fn tracking_with(challenge: &str) -> Link {
    Link(format!("/tracking?challenge={challenge}"))
}

/// Tracking with the code filled in, for the QR of a stamp.
pub fn tracking_of(code: &TrackingCode) -> Link {
    Link(format!("/tracking?code={}", code.as_str()))
}

pub fn help() -> Link {
    fixed("/help")
}

pub fn preferences() -> Link {
    fixed("/preferences")
}

pub fn letters() -> Link {
    fixed("/letters")
}

/// A page of the history.
pub fn letters_page(filter: &str, after: Option<&Place>) -> Link {
    listing("/letters", "show", filter, after)
}

pub fn new_letter() -> Link {
    fixed("/letters/new")
}

/// The form of a draft that exists.
pub fn edit_draft(draft: &LetterId) -> Link {
    Link(format!("/letters/new?draft={draft}"))
}

pub fn drafts() -> Link {
    fixed("/drafts")
}

pub fn draft(draft: &LetterId) -> Link {
    Link(format!("/drafts/{draft}"))
}

pub fn submission(draft: &LetterId) -> Link {
    Link(format!("/drafts/{draft}/submission"))
}

pub fn disposal(draft: &LetterId) -> Link {
    Link(format!("/drafts/{draft}/disposal"))
}

/// Where files for a letter come in pieces; asked for by a reader, it leads to the letter's page.
pub fn uploads(letter: &LetterId) -> Link {
    Link(format!("/drafts/{letter}/uploads"))
}

pub fn upload(letter: &LetterId, upload: &UploadId) -> Link {
    Link(format!("/drafts/{letter}/uploads/{upload}"))
}

pub fn letter(letter: &LetterId) -> Link {
    Link(format!("/letters/{letter}"))
}

/// Where files are added to a submitted letter.
pub fn letter_files(letter: &LetterId) -> Link {
    Link(format!("/letters/{letter}/files"))
}

/// Where what a returned letter lacks is brought.
pub fn completion(letter: &LetterId) -> Link {
    Link(format!("/letters/{letter}/completion"))
}

pub fn withdrawal(letter: &LetterId) -> Link {
    Link(format!("/letters/{letter}/withdrawal"))
}

/// Where a letter that ended is written again.
pub fn rewriting(letter: &LetterId) -> Link {
    Link(format!("/letters/{letter}/rewriting"))
}

pub fn receipt(letter: &LetterId) -> Link {
    Link(format!("/letters/{letter}/receipt"))
}

/// That nobody has answered in time, in writing.
pub fn certificate(letter: &LetterId) -> Link {
    Link(format!("/letters/{letter}/certificate"))
}

pub fn file(file: &FileId) -> Link {
    Link(format!("/files/{file}"))
}

/// Where a file is asked for after its warning.
pub fn file_opening(file: &FileId) -> Link {
    Link(format!("/files/{file}/opening"))
}

/// The picture of a page, in one of the widths that there are.
pub fn picture(file: &FileId, page: u32, width: u32) -> Link {
    Link(format!("/files/{file}/pages/{page}/{width}"))
}

pub fn account() -> Link {
    fixed("/account")
}

pub fn demo_messages() -> Link {
    fixed("/demo/messages")
}

pub fn demo_messages_json() -> Link {
    fixed("/demo/messages.json")
}

//! Every address as a function; the router and nothing else spells them out again.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use pishkhan_office::ids::{FileId, LetterId, UploadId};
use pishkhan_office::letters::Place;

/// A local address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link(String);

impl Link {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The answer after every POST: look there.
    pub fn see_other(&self) -> Response {
        let location = HeaderValue::from_str(&self.0).unwrap_or(HeaderValue::from_static("/"));
        (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
    }

    /// The answer to a script that saved something: it is kept, and there.
    pub fn saved(&self) -> Response {
        let location = HeaderValue::from_str(&self.0).unwrap_or(HeaderValue::from_static("/"));
        (StatusCode::NO_CONTENT, [(header::LOCATION, location)]).into_response()
    }

    /// The address of a desk's page that tells what became of a letter.
    #[must_use]
    pub fn telling(&self, letter: &LetterId) -> Link {
        let joint = if self.0.contains('?') { '&' } else { '?' };
        Link(format!("{}{joint}done={letter}", self.0))
    }

    /// The address with a part of the page to go to.
    #[must_use]
    pub fn at(&self, part: &str) -> Link {
        Link(format!("{}#{part}", self.0))
    }
}

impl std::fmt::Display for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::FastWritable for Link {
    fn write_into(&self, dest: &mut dyn std::fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        Ok(dest.write_str(&self.0)?)
    }
}

fn fixed(path: &str) -> Link {
    Link(path.to_owned())
}

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

pub fn receipt(letter: &LetterId) -> Link {
    Link(format!("/letters/{letter}/receipt"))
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

pub fn desk() -> Link {
    fixed("/desk")
}

/// A page of the tray.
pub fn desk_tray(tray: &str, after: Option<&Place>) -> Link {
    listing("/desk", "show", tray, after)
}

pub fn desk_sign_in() -> Link {
    fixed("/desk/sign-in")
}

pub fn desk_second_factor() -> Link {
    fixed("/desk/sign-in/second-factor")
}

pub fn desk_sign_out() -> Link {
    fixed("/desk/sign-out")
}

/// The one-time link by which staff set their password; secret until it was used.
pub fn desk_invitation(token: &str) -> Link {
    Link(format!("/desk/invitations/{token}"))
}

pub fn desk_letter(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}"))
}

pub fn desk_registration(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/registration"))
}

pub fn desk_rejection(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/rejection"))
}

pub fn desk_redirection(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/redirection"))
}

pub fn desk_taking(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/taking"))
}

pub fn desk_answer(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/answer"))
}

pub fn desk_closing(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/closing"))
}

/// A local address that a form may send people back to; anything else leads home.
pub fn local(text: &str) -> Link {
    let is_local = text.starts_with('/')
        && !text.starts_with("//")
        && text.len() < 500
        && text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    if is_local { Link(text.to_owned()) } else { start() }
}

fn listing(path: &str, name: &str, value: &str, after: Option<&Place>) -> Link {
    match after {
        Some(place) => Link(format!("{path}?{name}={value}&after={}", place.text())),
        None => Link(format!("{path}?{name}={value}")),
    }
}

fn escaped(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_site() {
        for hostile in
            ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/a\r\nb", ""]
        {
            assert_eq!(local(hostile), start(), "{hostile:?}");
        }
        assert_eq!(local("/letters?show=review").as_str(), "/letters?show=review");
    }
}

//! The addresses of what is live at the desk: the stream of news, who is looking, the keys.

use pishkhan_office::ids::LetterId;

use super::{Link, fixed, joined};

/// The stream of news for a page that shows that part of the tray through that sieve, and perhaps a letter.
pub fn desk_events(tray: &str, sieve: &str, letter: Option<&LetterId>) -> Link {
    let letter = letter.map(LetterId::as_str).unwrap_or_default();
    Link(format!("/desk/events?{}", joined(&[("show", tray), ("letter", letter)], sieve)))
}

pub fn desk_leaving(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/leaving"))
}

pub fn desk_keys() -> Link {
    fixed("/desk/keys")
}

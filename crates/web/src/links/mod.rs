//! Every address as a function; the router and nothing else spells them out again.

mod books;
mod counter;
mod desk;
mod email;
mod filing;
mod live;
mod numbers;
mod outcomes;
mod routes;
mod work;

pub use books::*;
pub use counter::*;
pub use desk::*;
pub use email::*;
pub use filing::*;
pub use live::*;
pub use numbers::*;
pub use outcomes::*;
pub use routes::*;
pub use work::*;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{Place, Spot};

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

    /// The address of a page of the tray that tells what became of several letters.
    #[must_use]
    pub fn telling_all(&self, letters: &[LetterId]) -> Link {
        let joint = if self.0.contains('?') { '&' } else { '?' };
        let letters: Vec<&str> = letters.iter().map(LetterId::as_str).collect();
        Link(format!("{}{joint}all={}", self.0, letters.join(".")))
    }

    /// The address with the view of the tray within which its letter is looked at.
    #[must_use]
    pub fn within(&self, tray: &str, sieve: &str, after: Option<&Spot>) -> Link {
        let spot = after.map(Spot::text).unwrap_or_default();
        let joint = if self.0.contains('?') { '&' } else { '?' };
        Link(format!("{}{joint}{}", self.0, joined(&[("show", tray), ("after", &spot)], sieve)))
    }

    /// The address of a letter's page with the pictures of its files that large, in per cent, and turned so far, in degrees.
    #[must_use]
    pub fn looked_at(&self, zoom: u32, turn: u32) -> Link {
        let joint = if self.0.contains('?') { '&' } else { '?' };
        Link(format!("{}{joint}zoom={zoom}&turn={turn}", self.0))
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

/// A local address that a form may send people back to; anything else leads home.
pub fn local(text: &str) -> Link {
    let is_local = text.starts_with('/')
        && !text.starts_with("//")
        && text.len() < 4_000
        && text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    if is_local { Link(text.to_owned()) } else { start() }
}

/// The part of an address behind the question mark, without what is empty.
pub fn query_of(pairs: &[(&str, &str)]) -> String {
    joined(pairs, "")
}

/// The same, before another such part.
pub fn joined(pairs: &[(&str, &str)], rest: &str) -> String {
    let full = pairs.iter().filter(|(_, value)| !value.is_empty());
    let mut parts: Vec<String> = full.map(|(name, value)| format!("{name}={}", escaped(value))).collect();
    if !rest.is_empty() {
        parts.push(rest.to_owned());
    }
    parts.join("&")
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
        // What was done with fifty letters is told in an address.
        let long = format!("/letters?all={}", "a".repeat(50 * 27));
        assert_eq!(local(&long).as_str(), long);
    }
}

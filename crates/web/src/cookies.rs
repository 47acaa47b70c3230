//! The cookies: their names, how they are read and how they are set.
//!
//! On HTTPS each has the `__Host-` prefix; on plain HTTP, which is for loopback and closed networks, browsers would refuse that.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;

/// The browser's own random key, to which form tokens are bound.
pub const VISIT: &str = "visit";
/// A sender's session.
pub const SESSION: &str = "session";
/// What an account knows this browser by after a sign-in; it opens nothing.
pub const DEVICE: &str = "device";
/// A staff session.
pub const DESK: &str = "desk";
/// A sign-in on its way.
pub const SIGN_IN: &str = "sign_in";
/// A staff sign-in between password and second factor.
pub const SECOND_FACTOR: &str = "second_factor";
pub const LANGUAGE: &str = "language";
pub const THEME: &str = "theme";

/// How long a browser keeps a cookie.
#[derive(Clone, Copy)]
pub enum Keep {
    /// Until it is closed.
    Session,
    Seconds(u64),
    /// No longer.
    Forget,
}

/// The value of a cookie; the first one, if a browser sends several of one name.
pub fn read<'a>(headers: &'a HeaderMap, name: &str, is_secure: bool) -> Option<&'a str> {
    let full = full_name(name, is_secure);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, _)| *found == full)
        .map(|(_, value)| value)
}

/// Sets a cookie on an answer. Values are our own tokens and words.
pub fn set(response: &mut Response, name: &str, value: &str, keep: Keep, is_secure: bool) {
    let keep = match keep {
        Keep::Session => String::new(),
        Keep::Seconds(seconds) => format!("; Max-Age={seconds}"),
        Keep::Forget => "; Max-Age=0".to_owned(),
    };
    let secure = if is_secure { "; Secure" } else { "" };
    let cookie = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{keep}", full_name(name, is_secure));
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// Whether an answer sets that cookie.
pub fn sets(response: &Response, name: &str) -> bool {
    let plain = format!("{name}=");
    let prefixed = format!("__Host-{name}=");
    response
        .headers()
        .get_all(header::SET_COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.starts_with(&plain) || value.starts_with(&prefixed))
}

fn full_name(name: &str, is_secure: bool) -> String {
    if is_secure { format!("__Host-{name}") } else { name.to_owned() }
}

//! Style sheets, scripts, drawings and the font, as the build script left them: named after their content, so
//! that a browser may keep each for a year, and compressed beforehand, so that no request pays for it.

use axum::extract::rejection::PathRejection;
use axum::{
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// One file and its compressed forms.
#[derive(Debug)]
pub struct Asset {
    /// Where browsers find it, for example `/assets/counter.0a1b2c3d4e.css`.
    pub path: &'static str,
    /// What it is, for the header.
    pub content_type: &'static str,
    /// The file as it is.
    pub plain: &'static [u8],
    /// The file in Brotli, if that is notably smaller.
    pub brotli: Option<&'static [u8]>,
    /// The file in gzip, if that is notably smaller.
    pub gzip: Option<&'static [u8]>,
}

/// Answers `GET /assets/{file}`.
pub async fn show(file: Result<Path<String>, PathRejection>, headers: HeaderMap) -> Response {
    let Some(asset) = file.ok().and_then(|Path(file)| find(&file)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let (encoding, body) = asset.best_for(&headers);
    let mut response = body.into_response();
    let answer = response.headers_mut();
    answer.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    answer.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// The asset with this file name, hash included.
pub fn find(file: &str) -> Option<&'static Asset> {
    ALL.iter().find(|asset| asset.path.strip_prefix("/assets/") == Some(file))
}

/// Every asset, for tests of what a page weighs.
pub fn all() -> &'static [Asset] {
    ALL
}

impl Asset {
    /// The smallest form that this reader understands, and its name if it is a compressed one.
    fn best_for(&self, headers: &HeaderMap) -> (Option<&'static str>, &'static [u8]) {
        match (self.brotli, self.gzip) {
            (Some(bytes), _) if accepts(headers, "br") => (Some("br"), bytes),
            (_, Some(bytes)) if accepts(headers, "gzip") => (Some("gzip"), bytes),
            _ => (None, self.plain),
        }
    }
}

/// Whether `Accept-Encoding` names this encoding and doesn't forbid it with a weight of zero.
fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    let lines = headers.get_all(header::ACCEPT_ENCODING).into_iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|item| {
        let (name, weight) = item.split_once(';').unwrap_or((item, "q=1"));
        let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse::<f32>().ok());
        name.trim().eq_ignore_ascii_case(encoding) && weight.is_some_and(|weight| weight > 0.0)
    })
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;
    use sha2::{Digest, Sha256};

    use super::*;

    async fn get(path: &str, accept_encoding: &str) -> Response {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_str(accept_encoding).expect("plain letters"));
        show(Ok(Path(path.trim_start_matches("/assets/").to_owned())), headers).await
    }

    fn said(response: &Response, name: header::HeaderName) -> &str {
        response.headers().get(name).map_or("", |value| value.to_str().expect("plain letters"))
    }

    #[test]
    fn each_name_carries_the_hash_of_its_content() {
        for asset in all() {
            let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(asset.plain)[..5]);
            assert!(asset.path.contains(&format!(".{hash}.")), "{}", asset.path);
        }
    }

    #[test]
    fn files_name_each_other_by_their_hashed_names() {
        let text = |path: &str| {
            let asset = find(path.trim_start_matches("/assets/")).expect("it is on the list");
            str::from_utf8(asset.plain).expect("it is text").to_owned()
        };
        let file = |path: &'static str| path.trim_start_matches("/assets/");
        assert!(text(COUNTER_CSS).contains(file(FONT)));
        assert!(text(COUNTER_CSS).contains(file(GIRIH_SVG)));
        assert!(text(PROOF_JS).contains(file(PROOF_WORKER_JS)));
    }

    #[test]
    fn a_first_visit_to_sign_in_leaves_room_for_the_page_itself() {
        let parts = [FONT, COUNTER_CSS, APP_JS, PROOF_JS, PROOF_WORKER_JS, ICONS_SVG, GIRIH_SVG, MARK_SVG];
        let weight: usize = all()
            .iter()
            .filter(|asset| parts.contains(&asset.path))
            .map(|asset| asset.brotli.unwrap_or(asset.plain).len())
            .sum();
        // The font of the crate is a fallback for builds without a network; the budget is for Vazirmatn.
        assert!(weight < 61 * 1024 || FONT_TYPE == "font/ttf", "{weight} bytes");
    }

    #[tokio::test]
    async fn the_best_form_that_the_browser_understands_is_sent() {
        for (accepted, encoding) in [
            ("gzip, deflate, br, zstd", "br"),
            ("gzip;q=1.0, br;q=0", "gzip"),
            ("GZIP", "gzip"),
            ("identity", ""),
            ("br;q=nonsense", ""),
        ] {
            let response = get(COUNTER_CSS, accepted).await;
            assert_eq!(said(&response, header::CONTENT_ENCODING), encoding, "{accepted}");
            assert_eq!(said(&response, header::VARY), "accept-encoding");
        }
    }

    #[tokio::test]
    async fn a_browser_may_keep_it_for_a_year() {
        let response = get(APP_JS, "identity").await;
        assert_eq!(said(&response, header::CACHE_CONTROL), "public, max-age=31536000, immutable");
        assert_eq!(said(&response, header::CONTENT_TYPE), "text/javascript; charset=utf-8");
        assert_eq!(said(&response, header::X_CONTENT_TYPE_OPTIONS), "nosniff");
        let body = to_bytes(response.into_body(), usize::MAX).await.expect("the body is in memory");
        assert_eq!(&body[..], find(APP_JS.trim_start_matches("/assets/")).expect("it is on the list").plain);
    }

    #[tokio::test]
    async fn another_name_is_not_found() {
        for name in ["counter.css", "../Cargo.toml", ""] {
            assert_eq!(get(name, "br").await.status(), StatusCode::NOT_FOUND);
        }
    }
}

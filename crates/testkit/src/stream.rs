//! A stream of news, as a page's script hears it.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, StatusCode};
use http_body_util::BodyExt;
use tokio::time::timeout;

/// A stream that was opened, and what of it has been heard.
pub struct Stream {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub(crate) body: Body,
    heard: String,
}

impl Stream {
    pub(crate) fn of(status: StatusCode, headers: HeaderMap, body: Body) -> Stream {
        Stream { status, headers, body, heard: String::new() }
    }

    /// Waits for the next event of this name, and gives what it says; others are passed over.
    pub async fn hears(&mut self, event: &str) -> String {
        loop {
            let (name, data) = self.event().await.unwrap_or_else(|| panic!("the stream ended before {event}"));
            if name == event {
                return data;
            }
        }
    }

    /// Waits for the end of the stream; the names of what came before it.
    pub async fn ends(&mut self) -> Vec<String> {
        let mut names = Vec::new();
        while let Some((name, _)) = self.event().await {
            names.push(name);
        }
        names
    }

    /// The next event, with its name and without the signs that set off names; None at the end. A test that waits longer than
    /// half a minute waits in vain.
    pub async fn event(&mut self) -> Option<(String, String)> {
        timeout(Duration::from_secs(30), self.next()).await.expect("something is heard in time")
    }

    async fn next(&mut self) -> Option<(String, String)> {
        loop {
            if let Some((event, rest)) = self.heard.split_once("\n\n") {
                let line = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
                let found = line("event: ")
                    .map(|name| (name, line("data: ").unwrap_or_default().replace(['\u{2068}', '\u{2069}'], "")));
                self.heard = String::from(rest);
                if found.is_some() {
                    return found;
                }
                continue;
            }
            let frame = self.body.frame().await?.expect("the stream is whole");
            let piece: Bytes = frame.into_data().expect("a stream has no trailers");
            self.heard += std::str::from_utf8(&piece).expect("events are text");
        }
    }
}

//! What an operator says of a bucket, checked before anything is sent.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use reqwest::Url;

/// A bucket, as the settings give it.
#[derive(Clone)]
pub struct BucketSettings {
    /// `s3://bucket` or `s3://bucket/prefix`.
    pub store: String,
    /// The address of the storage, as in `https://s3.example.ir`; Amazon's own for the region when there is none.
    pub endpoint: Option<String>,
    pub region: String,
    pub access_key: String,
    pub secret_key: String,
    /// Whether the bucket is the first part of the path and not of the host name.
    pub path_style: bool,
    /// Whether `http://` is allowed to another machine than this one.
    pub allow_http: bool,
    pub patience: Patience,
}

/// How long we wait for a bucket before a person is told that it can't be reached.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For a connection.
    pub connect: Duration,
    /// For an answer to a request, of which an upload's part is one, and between two pieces of an answer.
    pub idle: Duration,
    /// For a whole act, tries again included.
    pub whole: Duration,
    /// More for each MiB that is put: it goes there and comes back.
    pub per_mebibyte: Duration,
}

#[derive(Debug, thiserror::Error)]
pub enum BucketError {
    #[error(
        "the store must be s3://bucket or s3://bucket/prefix, of letters, digits, dots, hyphens and underscores: {0}"
    )]
    Store(String),
    #[error("the endpoint must be https://host, with a port if need be and nothing after it: {0}")]
    Endpoint(String),
    /// Letters and their signed requests would cross the network for all to read.
    #[error(
        "the endpoint is http:// to another machine: use https://, or allow http where the network is a wire of yours"
    )]
    Plain,
    #[error("the access key or the secret key is empty")]
    NoKey,
    /// The system's certificates, or the like, can't be used.
    #[error("the client can't be started: {0}")]
    Client(String),
}

/// The settings, taken apart and found good.
pub(super) struct Place {
    pub bucket: String,
    /// Empty, or parts with a slash after each.
    pub prefix: String,
    pub endpoint: Option<String>,
    pub is_plain: bool,
}

impl Default for Patience {
    fn default() -> Patience {
        Patience {
            connect: Duration::from_secs(5),
            idle: Duration::from_secs(20),
            whole: Duration::from_secs(30),
            per_mebibyte: Duration::from_secs(1),
        }
    }
}

impl Patience {
    /// For putting so many bytes.
    pub(super) fn of_putting(self, size: u64) -> Duration {
        let mebibytes = u32::try_from(size >> 20).unwrap_or(u32::MAX);
        self.whole.saturating_add(self.per_mebibyte.saturating_mul(mebibytes))
    }
}

impl BucketSettings {
    pub(super) fn place(&self) -> Result<Place, BucketError> {
        if self.access_key.is_empty() || self.secret_key.is_empty() {
            return Err(BucketError::NoKey);
        }
        let (bucket, prefix) = self.bucket_and_prefix().ok_or_else(|| BucketError::Store(self.store.clone()))?;
        let mut place = Place { bucket, prefix, endpoint: None, is_plain: false };
        let Some(text) = &self.endpoint else {
            return Ok(place);
        };
        let url = origin(text).ok_or_else(|| BucketError::Endpoint(text.clone()))?;
        place.is_plain = url.scheme() == "http";
        if place.is_plain && !self.allow_http && !is_this_machine(&url) {
            return Err(BucketError::Plain);
        }
        place.endpoint = Some(self.with_bucket(&url, &place.bucket));
        Ok(place)
    }

    fn bucket_and_prefix(&self) -> Option<(String, String)> {
        let mut parts = self.store.strip_prefix("s3://")?.trim_end_matches('/').split('/');
        let bucket = parts.next().filter(|part| is_part(part))?;
        let mut prefix = String::new();
        for part in parts {
            if !is_part(part) {
                return None;
            }
            prefix.push_str(part);
            prefix.push('/');
        }
        Some((bucket.to_owned(), prefix))
    }

    /// The library asks for the bucket in the host name where the storage wants it there.
    fn with_bucket(&self, url: &Url, bucket: &str) -> String {
        let host = url.host_str().unwrap_or_default();
        let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
        let before = if self.path_style { String::new() } else { format!("{bucket}.") };
        format!("{}://{before}{host}{port}", url.scheme())
    }
}

impl fmt::Debug for BucketSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BucketSettings")
            .field("store", &self.store)
            .field("endpoint", &self.endpoint)
            .field("region", &self.region)
            .finish_non_exhaustive()
    }
}

fn is_part(part: &str) -> bool {
    let is_climbing = part.bytes().all(|b| b == b'.');
    !is_climbing && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b))
}

fn origin(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let is_web = matches!(url.scheme(), "http" | "https") && url.host_str().is_some_and(|host| !host.is_empty());
    let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    let is_nobody = url.username().is_empty() && url.password().is_none();
    (is_web && is_bare && is_nobody).then_some(url)
}

fn is_this_machine(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(store: &str, endpoint: Option<&str>) -> BucketSettings {
        BucketSettings {
            store: store.to_owned(),
            endpoint: endpoint.map(str::to_owned),
            region: "us-east-1".to_owned(),
            access_key: "the access key".to_owned(),
            secret_key: "the secret key".to_owned(),
            path_style: true,
            allow_http: false,
            patience: Patience::default(),
        }
    }

    #[test]
    fn a_store_has_a_bucket_and_perhaps_a_prefix() {
        let place = settings("s3://letters/pishkhan/files/", None).place().expect("a good place");
        assert_eq!((place.bucket.as_str(), place.prefix.as_str()), ("letters", "pishkhan/files/"));
        assert_eq!(settings("s3://letters", None).place().expect("a good place").prefix, "");
        for bad in ["", "letters", "s3://", "s3:///x", "s3://a//b", "s3://a/../b", "s3://a/./b", "s3://a/b c", "S3://a"]
        {
            assert!(matches!(settings(bad, None).place(), Err(BucketError::Store(_))), "{bad}");
        }
    }

    #[test]
    fn the_bucket_stands_in_the_path_or_in_the_host() {
        let mut settings = settings("s3://letters", Some("https://s3.example.ir:9000/"));
        assert_eq!(settings.place().expect("good").endpoint.as_deref(), Some("https://s3.example.ir:9000"));
        settings.path_style = false;
        assert_eq!(settings.place().expect("good").endpoint.as_deref(), Some("https://letters.s3.example.ir:9000"));
    }

    #[test]
    fn http_goes_no_further_than_this_machine_unless_allowed() {
        for near in ["http://127.0.0.1:9000", "http://localhost", "http://[::1]:9000"] {
            assert!(settings("s3://letters", Some(near)).place().expect("near").is_plain);
        }
        let mut far = settings("s3://letters", Some("http://10.0.0.9:9000"));
        assert!(matches!(far.place(), Err(BucketError::Plain)));
        far.allow_http = true;
        assert!(far.place().expect("allowed").is_plain);
        assert!(!settings("s3://letters", Some("https://10.0.0.9")).place().expect("safe").is_plain);
    }

    #[test]
    fn an_endpoint_is_an_origin() {
        for bad in ["", "s3.example.ir", "ftp://x", "https://x/path", "https://x?y", "https://key:secret@x", "https://"]
        {
            let refused = settings("s3://letters", Some(bad)).place();
            assert!(matches!(refused, Err(BucketError::Endpoint(_))), "{bad}");
        }
    }

    #[test]
    fn keys_are_not_shown() {
        let shown = format!("{:?}", settings("s3://letters", None));
        assert!(!shown.contains("the access key") && !shown.contains("the secret key"), "{shown}");
    }
}

//! The line to a bucket: our own HTTP client, which lets nothing of an error's answer through but its code.

use std::future::Future;
use std::pin::Pin;

use bytes::BytesMut;
use futures_util::StreamExt;
use object_store::ClientOptions;
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse, HttpResponseBody, HttpService,
};
use reqwest::{Client, redirect};

use super::ShelfError;
use super::settings::{BucketError, Patience};

/// How much of an error's answer is read, in bytes.
const ANSWER: usize = 16 * 1024;

/// The client, which also hands out itself.
#[derive(Clone, Debug)]
pub(super) struct Line {
    client: Client,
}

impl Line {
    pub fn new(patience: &Patience) -> Result<Line, BucketError> {
        // One for the process; an error says that somebody else has installed one before.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .connect_timeout(patience.connect)
            .read_timeout(patience.idle)
            // Signed requests and letters go where the settings say, and nowhere else.
            .redirect(redirect::Policy::none())
            .no_proxy()
            .user_agent(concat!("pishkhan/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| BucketError::Client(innermost(&error)))?;
        Ok(Line { client })
    }
}

impl HttpConnector for Line {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(HttpClient::new(self.clone()))
    }
}

impl HttpService for Line {
    // As the trait's macro writes it.
    fn call<'line, 'call>(
        &'line self,
        request: HttpRequest,
    ) -> Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'call>>
    where
        'line: 'call,
        Self: 'call,
    {
        Box::pin(async move {
            let response = HttpService::call(&self.client, request).await?;
            let status = response.status();
            if status.is_success() || status.is_redirection() {
                return Ok(response);
            }
            // Some storages tell in the answer what they signed, with whose key.
            let (head, body) = response.into_parts();
            let code = code_of(body).await;
            Ok(HttpResponse::from_parts(head, HttpResponseBody::from(code)))
        })
    }
}

/// What went wrong, for the log and the operator. A thing that isn't there is told apart.
pub(super) fn told(error: &object_store::Error) -> ShelfError {
    match error {
        object_store::Error::NotFound { .. } => ShelfError::NotThere,
        object_store::Error::PermissionDenied { .. } | object_store::Error::Unauthenticated { .. } => {
            unreachable(&format!("it refuses our key, or what the key may do: {}", innermost(error)))
        }
        _ => unreachable(&match kind_of(error) {
            Some(HttpErrorKind::Timeout) => "it did not answer in time".to_owned(),
            Some(HttpErrorKind::Connect) => format!("there is no connection: {}", innermost(error)),
            _ => innermost(error),
        }),
    }
}

/// The same for an act that needs the bucket only, not a thing in it.
pub(super) fn told_of_bucket(error: &object_store::Error) -> ShelfError {
    match told(error) {
        ShelfError::NotThere => unreachable(&format!("there is no such bucket: {}", innermost(error))),
        told => told,
    }
}

pub(super) fn unreachable(why: &str) -> ShelfError {
    // One line of the log, whatever a storage or a proxy may answer.
    ShelfError::Unreachable(why.chars().filter(|sign| !sign.is_control()).take(300).collect())
}

fn kind_of(error: &object_store::Error) -> Option<HttpErrorKind> {
    causes(error).find_map(|cause| cause.downcast_ref::<HttpError>()).map(HttpError::kind)
}

fn innermost(error: &(dyn std::error::Error + 'static)) -> String {
    causes(error).last().map(ToString::to_string).unwrap_or_default()
}

fn causes<'a>(
    error: &'a (dyn std::error::Error + 'static),
) -> impl Iterator<Item = &'a (dyn std::error::Error + 'static)> {
    std::iter::successors(Some(error), |error| error.source())
}

/// The code that an error's answer names, as in `<Code>SlowDown</Code>`, or nothing.
async fn code_of(body: HttpResponseBody) -> String {
    let mut answer = BytesMut::new();
    let mut pieces = body.bytes_stream();
    while let Some(Ok(piece)) = pieces.next().await {
        answer.extend_from_slice(&piece[..piece.len().min(ANSWER - answer.len())]);
        if answer.len() == ANSWER {
            break;
        }
    }
    let answer = String::from_utf8_lossy(&answer);
    let code = answer.split_once("<Code>").and_then(|(_, rest)| rest.split_once("</Code>")).map(|(code, _)| code);
    let is_code = |code: &&str| code.len() <= 64 && code.bytes().all(|b| b.is_ascii_alphanumeric());
    code.filter(is_code).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(make: fn(String, Box<dyn std::error::Error + Send + Sync>) -> object_store::Error) -> object_store::Error {
        make("a/path".to_owned(), "NoSuchBucket\nand more".into())
    }

    #[test]
    fn a_thing_that_is_not_there_is_told_from_a_bucket_that_is_not_there() {
        let missing = error(|path, source| object_store::Error::NotFound { path, source });
        assert!(matches!(told(&missing), ShelfError::NotThere));
        let ShelfError::Unreachable(why) = told_of_bucket(&missing) else { panic!("nothing can be put there") };
        assert_eq!(why, "there is no such bucket: NoSuchBucketand more");
    }

    #[tokio::test]
    async fn only_the_code_of_an_answer_is_let_through() {
        let answers = [
            ("<Error><Code>SlowDown</Code><AWSAccessKeyId>key</AWSAccessKeyId></Error>", "SlowDown"),
            ("<Error><Code>a key: AKIA</Code></Error>", ""),
            ("<html>Bad gateway</html>", ""),
            ("", ""),
        ];
        for (answer, code) in answers {
            assert_eq!(code_of(HttpResponseBody::from(answer.to_owned())).await, code, "{answer}");
        }
        let endless = format!("{}<Code>SlowDown</Code>", " ".repeat(ANSWER));
        assert_eq!(code_of(HttpResponseBody::from(endless)).await, "");
    }
}

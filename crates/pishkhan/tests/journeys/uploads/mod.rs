//! Files that come in pieces: the whole of tus 1.0 that we speak, lines that break, crowds at one place, and what becomes of it all.

mod broken;
mod ends;
mod protocol;
mod whole;

use axum::body::Body;
use axum::http::Method;
use bytes::Bytes;
use data_encoding::BASE64;
use pishkhan_office::ids::LetterId;
use pishkhan_testkit::{Answer, Letter, Sender, TestApp, draft_of};

pub const MEBIBYTE: usize = 1024 * 1024;
const BYTES: &str = "application/offset+octet-stream";

/// A sender with a draft, and a program that speaks tus in their name.
pub struct Program {
    pub sender: Sender,
    pub draft: LetterId,
}

impl Program {
    pub async fn new(app: &TestApp) -> Program {
        let sender = app.sender("09121234567").signs_in().await;
        let draft = draft_of(&sender.writes(&Letter::default()).await);
        Program { sender, draft }
    }

    pub fn uploads(&self) -> String {
        format!("/drafts/{}/uploads", self.draft)
    }

    /// A request with the version of tus and these headers.
    pub async fn ask(
        &self,
        method: Method,
        path: &str,
        headers: &[(&'static str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let browser = self.sender.browser.clone().with("tus-resumable", "1.0.0");
        let browser = headers.iter().fold(browser, |browser, (name, value)| browser.with(name, value));
        browser.send(method, path, None, body.into()).await
    }

    /// Begins an upload of so many bytes.
    pub async fn creates(&self, name: &str, size: usize) -> Answer {
        let metadata = format!("filename {}", BASE64.encode(name.as_bytes()));
        let headers = [("upload-length", &*size.to_string()), ("upload-metadata", &metadata)];
        self.ask(Method::POST, &self.uploads(), &headers, Body::empty()).await
    }

    /// Where an upload of so many bytes is.
    pub async fn begins(&self, name: &str, size: usize) -> String {
        place(&self.creates(name, size).await.is(201))
    }

    pub async fn sends(&self, upload: &str, at: usize, bytes: impl Into<Body>) -> Answer {
        let headers = [("content-type", BYTES), ("upload-offset", &*at.to_string())];
        self.ask(Method::PATCH, upload, &headers, bytes).await
    }

    /// How many bytes an upload has, by its own word.
    pub async fn offset(&self, upload: &str) -> usize {
        arrived(&self.ask(Method::HEAD, upload, &[], Body::empty()).await.is(200))
    }

    /// A whole file, in one piece.
    pub async fn uploads_whole(&self, name: &str, bytes: &Bytes) -> Answer {
        let upload = self.begins(name, bytes.len()).await;
        self.sends(&upload, 0, bytes.clone()).await
    }

    /// The names of the draft's files, as its form shows them.
    pub async fn files(&self) -> Vec<String> {
        let mut tx = self.sender.app().begin().await;
        let files = pishkhan_office::files::of_letter(&mut tx, &self.draft).await.expect("the files are readable");
        files.into_iter().map(|file| file.name).collect()
    }
}

pub fn place(answer: &Answer) -> String {
    answer.header("location").expect("an upload has a place").to_owned()
}

pub fn arrived(answer: &Answer) -> usize {
    answer.header("upload-offset").expect("it says how much has come").parse().expect("that is a number")
}

/// A PDF of exactly so many bytes, or a few more when that is too few for one.
pub fn pdf(size: usize) -> Bytes {
    const HEAD: &str = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%";
    const TAIL: &str = "\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n";
    let filling = (0..size.saturating_sub(HEAD.len() + TAIL.len())).map(|at| b'a' + u8::try_from(at % 23).unwrap_or(0));
    let mut pdf = HEAD.as_bytes().to_vec();
    pdf.extend(filling);
    pdf.extend(TAIL.as_bytes());
    pdf.into()
}

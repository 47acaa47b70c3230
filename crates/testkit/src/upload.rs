//! Forms with files on the wire, as browsers write them.

use bytes::Bytes;

/// A file as its sender has it.
#[derive(Clone, Debug)]
pub struct Attachment {
    pub name: String,
    pub bytes: Bytes,
}

impl Attachment {
    pub fn new(name: &str, bytes: impl Into<Bytes>) -> Attachment {
        Attachment { name: name.into(), bytes: bytes.into() }
    }
}

/// A multipart body in the making.
#[derive(Clone, Debug, Default)]
pub struct Multipart {
    body: Vec<u8>,
}

const BOUNDARY: &str = "----pishkhan-test-4f1b9c";

impl Multipart {
    pub fn content_type() -> String {
        format!("multipart/form-data; boundary={BOUNDARY}")
    }

    /// Adds a field.
    #[must_use]
    pub fn field(mut self, name: &str, value: impl AsRef<[u8]>) -> Multipart {
        self.head(&format!("name=\"{}\"", escaped(name)), None);
        self.tail(value.as_ref());
        self
    }

    /// Adds a file.
    #[must_use]
    pub fn file(mut self, name: &str, file: &Attachment) -> Multipart {
        let place = format!("name=\"{}\"; filename=\"{}\"", escaped(name), escaped(&file.name));
        self.head(&place, Some("application/octet-stream"));
        self.tail(&file.bytes);
        self
    }

    /// The whole body.
    pub fn whole(mut self) -> Vec<u8> {
        self.body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        self.body
    }

    /// The body without its end, and without the last so many bytes: the line was cut.
    pub fn cut_off(mut self, bytes: usize) -> Vec<u8> {
        self.body.truncate(self.body.len().saturating_sub(bytes));
        self.body
    }

    fn head(&mut self, place: &str, content_type: Option<&str>) {
        let kind = content_type.map(|kind| format!("Content-Type: {kind}\r\n")).unwrap_or_default();
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {place}\r\n{kind}\r\n");
        self.body.extend_from_slice(head.as_bytes());
    }

    fn tail(&mut self, bytes: &[u8]) {
        self.body.extend_from_slice(bytes);
        self.body.extend_from_slice(b"\r\n");
    }
}

/// As browsers do it: quotes and line ends only, in percent form.
fn escaped(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

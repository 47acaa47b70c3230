//! Small files of each kind, real enough to be taken.

use bytes::Bytes;

/// A PDF that says which one it is.
pub fn pdf(word: &str) -> Bytes {
    format!("%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n% {word}\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n").into()
}

/// The start of a PNG and so many bytes more.
pub fn png(bytes: usize) -> Bytes {
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    png.resize(png.len() + bytes, 7);
    png.into()
}

/// A program, which nobody takes.
pub fn program() -> Bytes {
    Bytes::from_static(b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0")
}

//! Small files of each kind, real enough to be taken.

use bytes::Bytes;

/// A PDF that says which one it is.
pub fn pdf(word: &str) -> Bytes {
    let catalogue = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n";
    let pages = "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n";
    let page = "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] >>\nendobj\n";
    let (second, third) = (catalogue.len(), catalogue.len() + pages.len());
    let xref = third + page.len();
    let table =
        format!("xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n{second:010} 00000 n \n{third:010} 00000 n \n");
    let trailer = format!("trailer\n<< /Root 1 0 R /Size 4 >>\n% {word}\nstartxref\n{xref}\n%%EOF\n");
    [catalogue, pages, page, &table, &trailer].concat().into()
}

/// A PNG of one grey pixel, with a comment of so many bytes.
pub fn png(bytes: usize) -> Bytes {
    let mut made = Vec::new();
    let mut encoder = png::Encoder::new(&mut made, 1, 1);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.add_text_chunk("Comment".to_owned(), "x".repeat(bytes)).expect("a comment may be as long as it likes");
    let mut writer = encoder.write_header().expect("memory takes everything");
    writer.write_image_data(&[128]).expect("one pixel is one byte");
    drop(writer);
    made.into()
}

/// A program, which nobody takes.
pub fn program() -> Bytes {
    Bytes::from_static(b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0")
}

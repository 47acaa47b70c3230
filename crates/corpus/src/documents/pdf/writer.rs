//! Writing PDF by hand, so that every oddity can be had.

use std::io::Write;

use flate2::{Compression, write::ZlibEncoder};

/// A file that is being written, and where its objects begin.
pub(super) struct Pdf {
    pub(super) bytes: Vec<u8>,
    offsets: Vec<(u32, usize)>,
}

/// The pages and a page without content: all that a document needs besides its catalog.
pub(super) const PAGES: &str = "<</Type/Pages/Kids[3 0 R]/Count 1>>";
pub(super) const PAGE: &str = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>";

impl Pdf {
    pub(super) fn new(version: &str) -> Self {
        let mut bytes = format!("%PDF-{version}\n%").into_bytes();
        bytes.extend_from_slice(b"\xe2\xe3\xcf\xd3\n");
        Self { bytes, offsets: Vec::new() }
    }

    /// A letter of one page, whose catalog has more entries.
    pub(super) fn letter(catalog: &str) -> Self {
        let mut pdf = Self::new("1.4");
        pdf.object(1, &format!("<</Type/Catalog/Pages 2 0 R{catalog}>>"));
        pdf.object(2, PAGES);
        pdf.object(3, PAGE);
        pdf.stream(4, "", b"BT /F1 12 Tf (letter) Tj ET");
        pdf
    }

    pub(super) fn object(&mut self, number: u32, body: &str) {
        self.offsets.push((number, self.bytes.len()));
        self.bytes.extend_from_slice(format!("{number} 0 obj\n{body}\nendobj\n").as_bytes());
    }

    pub(super) fn stream(&mut self, number: u32, entries: &str, data: &[u8]) {
        self.offsets.push((number, self.bytes.len()));
        self.bytes
            .extend_from_slice(format!("{number} 0 obj\n<<{entries}/Length {}>>\nstream\n", data.len()).as_bytes());
        self.bytes.extend_from_slice(data);
        self.bytes.extend_from_slice(b"\nendstream\nendobj\n");
    }

    /// An object stream with these objects.
    pub(super) fn packed(&mut self, number: u32, objects: &[(u32, &str)], seal: impl Fn(Vec<u8>) -> Vec<u8>) {
        let (data, first) = packed_objects(objects);
        let entries = format!("/Type/ObjStm/N {}/First {first}/Filter/FlateDecode", objects.len());
        self.stream(number, &entries, &seal(deflated(&data)));
    }

    /// With a table, a trailer with more entries, and the end's mark.
    pub(super) fn finish(mut self, trailer: &str) -> Vec<u8> {
        let table = self.bytes.len();
        self.bytes.extend_from_slice(b"xref\n0 1\n0000000000 65535 f \n");
        let size = self.offsets.iter().map(|(number, _)| number + 1).max().unwrap_or(1);
        for (number, offset) in &self.offsets {
            self.bytes.extend_from_slice(format!("{number} 1\n{offset:010} 00000 n \n").as_bytes());
        }
        let end = format!("trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{table}\n%%EOF\n");
        self.bytes.extend_from_slice(end.as_bytes());
        self.bytes
    }

    /// With a table in a stream, as files with object streams have; those in object stream `holder` are its members.
    pub(super) fn finish_with_stream(mut self, number: u32, holder: u32, members: &[u32], trailer: &str) -> Vec<u8> {
        let table = self.bytes.len();
        let place = u32::try_from(table).expect("samples are small");
        let row = |kind: u8, middle: u32, last: u8| [&[kind][..], &middle.to_be_bytes(), &[last]].concat();
        let mut rows = vec![row(0, 0, 0xff); usize::try_from(number).expect("samples are small") + 1];
        for (index, member) in (0..).zip(members) {
            rows[*member as usize] = row(2, holder, index);
        }
        for (object, offset) in &self.offsets {
            rows[*object as usize] = row(1, u32::try_from(*offset).expect("samples are small"), 0);
        }
        rows[number as usize] = row(1, place, 0);
        let entries = format!("/Type/XRef/Size {}/W[1 4 1]/Root 1 0 R/Filter/FlateDecode{trailer}", number + 1);
        self.stream(number, &entries, &deflated(&rows.concat()));
        self.bytes.extend_from_slice(format!("startxref\n{table}\n%%EOF\n").as_bytes());
        self.bytes
    }
}

/// An object stream's content, and where in it the first object begins.
pub(super) fn packed_objects(objects: &[(u32, &str)]) -> (Vec<u8>, usize) {
    let (mut head, mut bodies) = (String::new(), String::new());
    for (number, body) in objects {
        head = format!("{head}{number} {} ", bodies.len());
        bodies = format!("{bodies}{body}\n");
    }
    ([head.as_bytes(), bodies.as_bytes()].concat(), head.len())
}

pub(super) fn deflated(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(data).expect("memory takes all");
    encoder.finish().expect("memory takes all")
}

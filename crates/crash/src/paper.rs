//! The files that senders bring: small PDFs, whole by the format's own rules, with bytes that no other file has.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::{Outcome, chance};

/// A file as its sender has it.
pub struct Attachment {
    pub name: &'static str,
    pub bytes: Vec<u8>,
}

impl Attachment {
    pub fn sha256(&self) -> String {
        sha256(&self.bytes)
    }
}

pub fn sha256(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

/// The files of one letter: one of its own, and now and then one that many letters have, which a house may keep only once.
pub fn files() -> Outcome<Vec<Attachment>> {
    let size = usize::try_from(chance::between(2_000, 40_000)?)?;
    let mut files = vec![Attachment { name: "own.pdf", bytes: pdf(&chance::bytes(size)?) }];
    if chance::between(0, 3)? == 0 {
        let form = u8::try_from(chance::between(0, 4)?)?;
        files.push(Attachment { name: "form.pdf", bytes: pdf(&[form; 3_000]) });
    }
    Ok(files)
}

/// A PDF of one page that shows nothing and carries these bytes.
fn pdf(content: &[u8]) -> Vec<u8> {
    // In hexadecimal signs, so that no reader takes chance bytes for a keyword of the format.
    let stream = HEXLOWER.encode(content);
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{stream}\nendstream", stream.len()),
    ];
    let mut pdf = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(pdf.len());
        pdf.extend(format!("{} 0 obj\n{object}\nendobj\n", index + 1).into_bytes());
    }
    let table = pdf.len();
    let count = objects.len() + 1;
    pdf.extend(format!("xref\n0 {count}\n0000000000 65535 f \n").into_bytes());
    for place in places {
        pdf.extend(format!("{place:010} 00000 n \n").into_bytes());
    }
    pdf.extend(format!("trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").into_bytes());
    pdf
}

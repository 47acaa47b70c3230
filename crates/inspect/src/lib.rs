//! The inspection of files that strangers send: whether the whole file is what it says it is, and what in it is active.
//!
//! Bounded in time and memory whatever the file holds; no pixel is decoded, nothing is unpacked to disk. It knows no database,
//! no network and no clock. Which library reads what, and why: decision record 0016.

mod addresses;
mod dimensions;
mod doc;
mod docx;
mod fields;
mod finding;
mod foreign;
mod hidden;
mod jpeg;
mod kind;
mod pdf;
mod png;
mod reading;
mod strangers;
mod tiff;
mod trailing;

pub use finding::{Finding, Flag, Refusal};
pub use kind::Kind;

use std::io::{self, Read, Seek};

use reading::{Fault, Reader};

/// Inspects the whole file. An error is the disk's; whatever the file says ends in a finding or a refusal.
pub fn inspect<F: Read + Seek>(file: &mut F) -> io::Result<Result<Finding, Refusal>> {
    match walk(&mut Reader::new(file)?) {
        Ok(finding) => Ok(Ok(finding)),
        Err(Fault::Refused(refusal)) => Ok(Err(refusal)),
        Err(Fault::Disk(error)) => Err(error),
    }
}

/// The bytes at the start name the walker; the walker has the last word on the kind.
fn walk<F: Read + Seek>(file: &mut Reader<F>) -> Result<Finding, Fault> {
    let kind = kind_at_start(file)?;
    let mut flags = match kind {
        Kind::Jpeg => jpeg::walk(file),
        Kind::Pdf => pdf::walk(file),
        Kind::Doc => doc::walk(file),
        Kind::Docx => docx::walk(file),
        Kind::Png => png::walk(file),
        Kind::Tiff => tiff::walk(file),
    }?;
    // Pictures look for more, since no honest one holds an archive; a DOC may hold a DOCX near its end.
    if matches!(kind, Kind::Pdf | Kind::Doc) && foreign::is_archive_from_behind(file)? {
        return Err(Refusal::Polyglot.into());
    }
    flags.sort_unstable();
    flags.dedup();
    Ok(Finding { kind, flags })
}

fn kind_at_start<F: Read + Seek>(file: &mut Reader<F>) -> Result<Kind, Fault> {
    let mut head = [0; 4];
    let length = file.some(&mut head)?;
    file.go_to(0);
    match &head[..length] {
        [0xff, 0xd8, 0xff, ..] => Ok(Kind::Jpeg),
        b"%PDF" => Ok(Kind::Pdf),
        [0xd0, 0xcf, 0x11, 0xe0] => Ok(Kind::Doc),
        b"PK\x03\x04" => Ok(Kind::Docx),
        [0x89, b'P', b'N', b'G'] => Ok(Kind::Png),
        // TIFF's numbers may be of either order, and 43 is its big form.
        [b'I', b'I', 42 | 43, 0] | [b'M', b'M', 0, 42 | 43] => Ok(Kind::Tiff),
        _ => Err(foreign::name(file)?.into()),
    }
}

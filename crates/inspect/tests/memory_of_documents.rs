//! The inspection needs little memory, whatever a document claims. One test alone, since the whole program's memory is measured.

use std::io::Cursor;

use peak_alloc::PeakAlloc;
use pishkhan_corpus::{documents, foreign};
use pishkhan_inspect::inspect;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Far below the 64 MiB that are allowed: lists of a hundred thousand streams or of a hundredth of a DOC's size.
const MOST: usize = 16 * 1024 * 1024;

#[test]
fn no_document_makes_the_inspection_take_sixteen_megabytes() {
    let mut files: Vec<(&str, Vec<u8>)> =
        documents().into_iter().chain(foreign()).map(|specimen| (specimen.name, specimen.bytes)).collect();
    let streams = b"1 0 obj<</Type/ObjStm/Length 0>>stream\nendstream endobj\n".repeat(150_000);
    files.push(("a PDF of object streams", [b"%PDF-1.5\n".as_slice(), &streams].concat()));
    files.push((
        "a PDF of open dictionaries",
        [b"%PDF-1.5\ntrailer ".as_slice(), &b"<</Encrypt".repeat(500_000)].concat(),
    ));
    files.push(("a PDF of one string", [b"%PDF-1.5\n1 0 obj (".as_slice(), &b"a".repeat(5_000_000)].concat()));
    for (name, bytes) in files {
        MEMORY.reset_peak_usage();
        let before = MEMORY.current_usage();
        let outcome = inspect(&mut Cursor::new(&bytes)).expect("memory can be read");
        let taken = MEMORY.peak_usage() - before;
        assert!(taken <= MOST, "{name}: {taken} bytes for {outcome:?}");
    }
}

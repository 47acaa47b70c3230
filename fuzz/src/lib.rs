//! What every fuzz target proves: no panic, at most 64 MiB, and a verdict of its own kind. The time, under a second, is
//! libFuzzer's to measure.

use std::io::Cursor;

use peak_alloc::PeakAlloc;
use pishkhan_inspect::{Kind, inspect};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// The most that an inspection may take.
const MOST_MEMORY: usize = 64 * 1024 * 1024;

/// Inspects the bytes with a beginning that leads to the walker in question: their own if it is one of `beginnings`, otherwise
/// the one that their first byte chooses.
pub fn inspect_as(kind: Kind, beginnings: &[&[u8]], bytes: &[u8]) {
    let mut bytes = bytes.to_vec();
    if !beginnings.iter().any(|beginning| bytes.starts_with(beginning)) {
        let beginning = beginnings[usize::from(bytes.first().copied().unwrap_or(0)) % beginnings.len()];
        bytes.resize(bytes.len().max(beginning.len()), 0);
        bytes[..beginning.len()].copy_from_slice(beginning);
    }
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    let outcome = inspect(&mut Cursor::new(&bytes)).expect("memory can be read");
    let taken = MEMORY.peak_usage() - before;
    assert!(taken <= MOST_MEMORY, "{taken} bytes were taken");
    if let Ok(finding) = outcome {
        assert_eq!(finding.kind, kind, "another kind than its first bytes say");
    }
}

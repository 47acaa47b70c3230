//! The inspection needs little memory, whatever a file claims. One test alone, since the whole program's memory is measured.

use std::io::Cursor;

use peak_alloc::PeakAlloc;
use pishkhan_corpus::pictures;
use pishkhan_inspect::inspect;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Far below the 64 MiB that are allowed: pictures need a buffer, a tail and the places of directories.
const MOST: usize = 1024 * 1024;

#[test]
fn no_picture_makes_the_inspection_take_a_megabyte() {
    for specimen in pictures() {
        MEMORY.reset_peak_usage();
        let before = MEMORY.current_usage();
        let outcome = inspect(&mut Cursor::new(&specimen.bytes)).expect("memory can be read");
        let taken = MEMORY.peak_usage() - before;
        assert!(taken <= MOST, "{}: {taken} bytes for {outcome:?}", specimen.name);
    }
}

//! Anything behind the first bytes of a TIFF, of either order and either size of places.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pishkhan_fuzz::inspect_as;
use pishkhan_inspect::Kind;

fuzz_target!(|bytes: &[u8]| inspect_as(Kind::Tiff, &[b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"], bytes));

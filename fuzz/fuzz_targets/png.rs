//! Anything behind the signature of a PNG.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pishkhan_fuzz::inspect_as;
use pishkhan_inspect::Kind;

fuzz_target!(|bytes: &[u8]| inspect_as(Kind::Png, &[b"\x89PNG\r\n\x1A\n"], bytes));

//! Anything behind the first bytes of a ZIP.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pishkhan_fuzz::inspect_as;
use pishkhan_inspect::Kind;

fuzz_target!(|bytes: &[u8]| inspect_as(Kind::Docx, &[b"PK\x03\x04"], bytes));

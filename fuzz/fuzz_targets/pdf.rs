//! Anything behind the first bytes of a PDF.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pishkhan_fuzz::inspect_as;
use pishkhan_inspect::Kind;

fuzz_target!(|bytes: &[u8]| inspect_as(Kind::Pdf, &[b"%PDF-"], bytes));

//! Anything behind the signature of an OLE file.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pishkhan_fuzz::inspect_as;
use pishkhan_inspect::Kind;

fuzz_target!(|bytes: &[u8]| inspect_as(Kind::Doc, &[b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"], bytes));

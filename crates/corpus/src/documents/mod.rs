//! Documents and everything that is none of ours.

mod doc;
mod docx;
mod foreign;
mod pdf;

use pishkhan_inspect::{Flag, Kind, Refusal};

use crate::Specimen;

/// Samples of PDF, DOC and DOCX.
pub fn documents() -> Vec<Specimen> {
    [pdf::specimens(), doc::specimens(), docx::specimens()].into_iter().flatten().collect()
}

/// Samples of kinds that we don't take.
pub fn foreign() -> Vec<Specimen> {
    foreign::specimens()
}

fn accepted(name: &'static str, kind: Kind, flags: &[Flag], bytes: impl Into<Vec<u8>>) -> Specimen {
    Specimen { name, bytes: bytes.into(), expected: Ok((kind, flags.to_vec())) }
}

fn refused(name: &'static str, refusal: Refusal, bytes: impl Into<Vec<u8>>) -> Specimen {
    Specimen { name, bytes: bytes.into(), expected: Err(refusal) }
}

//! PNG in all its colours and habits.

mod honest;
mod refusals;
mod writer;

use writer::{COLOUR, Header, Png};

use crate::Specimen;

pub(super) fn specimens() -> Vec<Specimen> {
    [honest::specimens(), refusals::specimens()].concat()
}

/// An ordinary picture of 8 × 8 in colour.
fn small() -> Vec<u8> {
    plain(Header::of(8, COLOUR))
}

/// Header, data, end.
fn plain(header: Header) -> Vec<u8> {
    Png::new().header(header).data(header).end()
}

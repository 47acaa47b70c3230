//! TIFF in all its packings, orders and habits.

mod honest;
mod odd;
mod packed;
mod refusals;
mod writer;

use writer::{BITS, COLOURS, HEIGHT, PACKING, ROWS_PER_STRIP, SAMPLES, SHORT, Tag, Tiff, WIDTH, tag};

use crate::Specimen;

pub(super) fn specimens() -> Vec<Specimen> {
    [honest::specimens(), odd::specimens(), refusals::specimens()].concat()
}

/// What a page of black and white says of itself, with this packing.
fn fax_tags(packing: u64) -> Vec<Tag> {
    vec![
        tag(WIDTH, SHORT, &[packed::WIDTH]),
        tag(HEIGHT, SHORT, &[packed::HEIGHT]),
        tag(BITS, SHORT, &[1]),
        tag(PACKING, SHORT, &[packing]),
        tag(COLOURS, SHORT, &[0]),
        tag(SAMPLES, SHORT, &[1]),
        tag(ROWS_PER_STRIP, SHORT, &[packed::HEIGHT]),
    ]
}

/// What a page of 16 × 16 with samples of eight bits says of itself.
fn colour_tags(packing: u64, colours: u64, samples: usize) -> Vec<Tag> {
    vec![
        tag(WIDTH, SHORT, &[16]),
        tag(HEIGHT, SHORT, &[16]),
        tag(BITS, SHORT, &vec![8; samples]),
        tag(PACKING, SHORT, &[packing]),
        tag(COLOURS, SHORT, &[colours]),
        tag(SAMPLES, SHORT, &[samples as u64]),
        tag(ROWS_PER_STRIP, SHORT, &[16]),
    ]
}

/// A file of one page in one strip.
fn one_page(mut tiff: Tiff, tags: &[Tag], strip: Vec<u8>) -> Vec<u8> {
    tiff.page(tags, &[strip]);
    tiff.bytes
}

/// An ordinary fax of one page.
fn small() -> Vec<u8> {
    one_page(Tiff::little(), &fax_tags(4), packed::group_4())
}

/// A fax of so many pages.
fn pages(count: usize) -> Vec<u8> {
    let mut tiff = Tiff::little();
    for _ in 0..count {
        tiff.page(&fax_tags(4), &[packed::group_4()]);
    }
    tiff.bytes
}

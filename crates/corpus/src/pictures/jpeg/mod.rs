//! JPEG in all its processes and habits.

mod honest;
mod refusals;
mod trailers;
mod writer;

use writer::{BASELINE, Jpeg, Sampling, blocks};

use crate::Specimen;

pub(super) fn specimens() -> Vec<Specimen> {
    [honest::specimens(), trailers::specimens(), refusals::specimens()].concat()
}

const GREY: [Sampling; 1] = [(1, 1)];
/// Colours at half the resolution, as nearly all cameras write.
const COLOUR: [Sampling; 3] = [(2, 2), (1, 1), (1, 1)];

/// An ordinary grey picture of 16 × 16.
pub(super) fn small() -> Vec<u8> {
    begun().end()
}

/// A picture of 16 × 16 in colour, which isn't sampled down.
pub(super) fn coloured() -> Vec<u8> {
    let jpeg = Jpeg::new().jfif().quantisation().codes().frame(BASELINE, 8, (16, 16), &[(1, 1); 3]);
    jpeg.scan(&[1, 2, 3], (0, 63)).raw(&blocks(12, 0)).end()
}

/// All of it but the end.
fn begun() -> Jpeg {
    Jpeg::new().jfif().quantisation().codes().frame(BASELINE, 8, (16, 16), &GREY).scan(&[1], (0, 63)).raw(&blocks(4, 0))
}

/// A grey picture of 320 × 320 without an end, so that a few kilobytes of picture data are there.
fn large_without_end() -> Vec<u8> {
    let jpeg = Jpeg::new().jfif().quantisation().codes().frame(BASELINE, 8, (320, 320), &GREY);
    jpeg.scan(&[1], (0, 63)).raw(&blocks(1600, 0)).without_end()
}

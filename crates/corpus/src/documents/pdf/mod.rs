//! PDF, as scanners, word processors and banks write it, and as nobody honest does.

mod active;
mod encrypted;
mod encryption;
mod shapes;
mod writer;

use crate::Specimen;

pub(super) fn specimens() -> Vec<Specimen> {
    [shapes::specimens(), active::specimens(), encrypted::specimens()].into_iter().flatten().collect()
}

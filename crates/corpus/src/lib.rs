//! Sample files made by our own code, for tests, fuzzing and the demo: every accepted kind in the shapes that 30 years of
//! scanners, phones and word processors write, every refusal and every flag. In no release.

mod documents;
mod pictures;

pub use documents::{documents, foreign};
pub use pictures::pictures;

use pishkhan_inspect::{Flag, Kind, Refusal};

/// A sample and what the inspection must say of it.
#[derive(Clone, Debug)]
pub struct Specimen {
    /// What it is, in a few plain words; unique.
    pub name: &'static str,
    pub bytes: Vec<u8>,
    pub expected: Result<(Kind, Vec<Flag>), Refusal>,
}

/// Every sample there is.
pub fn all() -> Vec<Specimen> {
    [pictures(), documents(), foreign()].into_iter().flatten().collect()
}

/// The samples that pass and have nothing active in them.
pub fn honest() -> Vec<Specimen> {
    all().into_iter().filter(|specimen| matches!(&specimen.expected, Ok((_, flags)) if flags.is_empty())).collect()
}

/// The samples that are refused or flagged.
pub fn hostile() -> Vec<Specimen> {
    all().into_iter().filter(|specimen| !matches!(&specimen.expected, Ok((_, flags)) if flags.is_empty())).collect()
}

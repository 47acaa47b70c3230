//! The letter that a clerk is writing down, and for whom.

use pishkhan_persian::Mobile;

use crate::letters::Letter;

#[derive(Clone, Debug)]
pub struct Filing {
    /// A draft.
    pub letter: Letter,
    /// None: the person has none, and confirms by signing the paper.
    pub mobile: Option<Mobile>,
}

//! The draft of an answer. Its files are files of the letter, in the part `proposal`. Pure.

use pishkhan_store::Moment;

use crate::ids::StaffId;
use crate::letters::Ending;

#[derive(Clone, Debug)]
pub struct Draft {
    /// Who wrote on it last.
    pub by: StaffId,
    /// With its placeholders, which are filled when it is issued.
    pub text: String,
    pub ending: Ending,
    pub changed_at: Moment,
    /// What a signer said who sent it back.
    pub remark: Option<Remark>,
}

/// Why a signer did not sign.
#[derive(Clone, Debug)]
pub struct Remark {
    pub text: String,
    /// The signer's name now.
    pub by: String,
    pub at: Moment,
}

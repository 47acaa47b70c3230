//! The letter that a clerk is writing down, and for whom.

use pishkhan_persian::Mobile;

use crate::letters::Letter;

#[derive(Clone, Debug)]
pub struct Filing {
    /// A draft.
    pub letter: Letter,
    pub assent: Assent,
}

/// By what the person at the counter will confirm what was written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Assent {
    /// Nobody has said it yet, or not so that anybody could confirm by it.
    Unsaid,
    /// They have no mobile, and sign the paper.
    Signature,
    /// By the code that is sent to this number.
    Code(Mobile),
}

/// What stands for [`Assent::Unsaid`] in the table; for a signature nothing does.
const UNSAID: &str = "?";

impl Assent {
    /// The number, where there is one.
    pub fn mobile(&self) -> Option<&Mobile> {
        match self {
            Assent::Code(mobile) => Some(mobile),
            Assent::Unsaid | Assent::Signature => None,
        }
    }

    /// Its word in the table.
    pub(super) fn as_str(&self) -> &str {
        match self {
            Assent::Unsaid => UNSAID,
            Assent::Signature => "",
            Assent::Code(mobile) => mobile.as_str(),
        }
    }

    pub(super) fn parse(text: &str) -> Option<Assent> {
        match text {
            UNSAID => Some(Assent::Unsaid),
            "" => Some(Assent::Signature),
            number => Mobile::parse(number).ok().map(Assent::Code),
        }
    }

    /// Whether it is given, where `proved` is the number whose code was right. A paper is signed when it is printed.
    pub(super) fn is_given(&self, proved: Option<&Mobile>) -> bool {
        match self {
            Assent::Unsaid => false,
            Assent::Signature => proved.is_none(),
            Assent::Code(mobile) => proved == Some(mobile),
        }
    }
}

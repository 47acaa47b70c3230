//! What is done with each of several letters.

use crate::form::Fields;
use crate::problem::Problem;

/// What is done with all of them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    Register,
    Redirect,
    Reject,
}

impl Deed {
    pub fn of(fields: &Fields) -> Result<Deed, Problem> {
        match fields.get("deed") {
            "register" => Ok(Deed::Register),
            "redirect" => Ok(Deed::Redirect),
            "reject" => Ok(Deed::Reject),
            _ => Err(Problem::NotFound),
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Deed::Register => "register",
            Deed::Redirect => "redirect",
            Deed::Reject => "reject",
        }
    }

    /// The name of its page.
    pub fn title(self) -> &'static str {
        match self {
            Deed::Register => "selection-register",
            Deed::Redirect => "selection-redirect",
            Deed::Reject => "selection-reject",
        }
    }

    /// What its button says of so many letters.
    pub fn verb(self) -> &'static str {
        match self {
            Deed::Register => "selection-register-go",
            Deed::Redirect => "selection-redirect-go",
            Deed::Reject => "selection-reject-go",
        }
    }
}

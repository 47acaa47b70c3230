//! The addresses of a sender's e-mail address.

use super::{Link, fixed};

/// Where a sender gives an e-mail address, or takes it away.
pub fn account_email() -> Link {
    fixed("/account/email")
}

/// Where its code is typed.
pub fn account_email_code() -> Link {
    fixed("/account/email/code")
}

pub fn account_email_sent() -> Link {
    fixed("/account/email?done=sent")
}

pub fn account_after_email() -> Link {
    fixed("/account?done=email")
}

pub fn account_without_email() -> Link {
    fixed("/account?done=no-email")
}

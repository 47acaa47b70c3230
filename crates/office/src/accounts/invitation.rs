//! One-time links by which staff set their password and their second factor; there are no default accounts and no passwords by
//! post.

use std::time::Duration;

use pishkhan_store::{Result, Secret, Tx};

use super::password::PasswordHash;
use super::rows::{invitations, staff as rows};
use super::sessions::{self, Holder};
use super::token::InvitationToken;
use super::{recovery, second_factor, typed};
use crate::ids::StaffId;

/// How long an invitation is open.
pub(super) const LIFE: Duration = Duration::from_hours(48);

/// An invitation that is open.
#[derive(Clone)]
pub struct Invitation {
    pub staff: StaffId,
    pub email: String,
    pub name: String,
    /// The secret to type into an app that reads no QR codes, in base32.
    pub totp_secret: String,
    /// What the QR code says.
    pub otpauth_url: String,
}

/// What came of accepting.
#[derive(Clone)]
pub enum Accepted {
    /// The person may sign in. The recovery codes are shown now and never again.
    Done { recovery_codes: Vec<String> },
    /// The code isn't the app's: the invitation stays open.
    WrongCode,
    /// There is no such invitation, or it was used, replaced, or ran out.
    Gone,
}

/// The invitation of this token, if it is open.
pub async fn find(tx: &mut Tx, token: &InvitationToken) -> Result<Option<Invitation>> {
    let Some(open) = invitations::find(tx, &token.hash()).await? else { return Ok(None) };
    let otpauth_url = second_factor::otpauth_url(tx.organisation(), &open.email, &open.totp_secret);
    Ok(Some(Invitation {
        staff: open.staff,
        email: open.email,
        name: open.name,
        totp_secret: open.totp_secret,
        otpauth_url,
    }))
}

/// Accepts an invitation, once: sets the password, and the app that shows this code.
pub async fn accept(
    tx: &mut Tx,
    secret: &Secret,
    token: &InvitationToken,
    password: &PasswordHash,
    code: &str,
) -> Result<Accepted> {
    let id = token.hash();
    let Some(open) = invitations::find(tx, &id).await? else { return Ok(Accepted::Gone) };
    let Some(step) = second_factor::step_of(&open.totp_secret, &typed::digits(code), tx.now()) else {
        return Ok(Accepted::WrongCode);
    };
    if !invitations::consume(tx, &id).await?
        || !rows::set_credentials(tx, &open.staff, password, &open.totp_secret, step).await?
    {
        return Ok(Accepted::Gone);
    }
    sessions::end_all(tx, &Holder::Staff(open.staff.clone())).await?;
    let recovery_codes = recovery::renew(tx, secret, &open.staff).await?;
    Ok(Accepted::Done { recovery_codes })
}

//! The invitation: by a one-time link a person sets their password and their second factor, and gets their recovery codes, once.

use askama::Template;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::accounts::InvitationToken;
use pishkhan_office::accounts::invitation::{self, Accepted, Invitation};
use pishkhan_office::accounts::password::{self, NewPassword, PasswordError};

use super::qr::{self, Drawing};
use crate::form::Posted;
use crate::layout::{Fault, Page, show as show_page, show_as};
use crate::links::{self, Link};
use crate::problem::Problem;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "desk/invitation.html")]
struct InvitationPage {
    page: Page,
    url: Link,
    invitation: Invitation,
    /// The secret in groups of four, for those who type it.
    secret: String,
    qr: Option<Drawing>,
    faults: Vec<Fault>,
    password_fault: Option<String>,
    code_fault: Option<String>,
}

#[derive(Template)]
#[template(path = "desk/recovery_codes.html")]
struct RecoveryCodesPage {
    page: Page,
    codes: Vec<String>,
}

/// For links that are used up, replaced, too old, or none of ours.
#[derive(Template)]
#[template(path = "desk/invitation_gone.html")]
struct GonePage {
    page: Page,
}

type Token = Result<Path<String>, PathRejection>;

pub async fn show(visit: Visit, token: Token) -> Result<Response, Problem> {
    let Some(token) = parsed(token) else { return Ok(gone(&visit)) };
    Ok(match invitation::find(&mut visit.read().await?, &token).await? {
        Some(invitation) => form(&visit, &token, invitation, Vec::new()),
        None => gone(&visit),
    })
}

pub async fn create(visit: Visit, token: Token, Posted(fields): Posted) -> Result<Response, Problem> {
    let Some(token) = parsed(token) else { return Ok(gone(&visit)) };
    let Some(invitation) = invitation::find(&mut visit.read().await?, &token).await? else { return Ok(gone(&visit)) };
    let password = NewPassword::parse(fields.get("password"), &[&invitation.name, &invitation.email]);
    let code = fields.get("code").trim();
    let mut faults = Vec::new();
    if let Err(error) = &password {
        let key = match error {
            PasswordError::TooShort => "desk-password-short",
            PasswordError::TooLong => "desk-password-long",
            PasswordError::TooCommon => "desk-password-common",
        };
        faults.push(Fault { field: "password", text: visit.words.t(key).to_owned() });
    }
    if code.is_empty() {
        faults.push(Fault { field: "code", text: visit.words.t("desk-second-factor-empty").to_owned() });
    }
    let (Ok(password), true) = (password, faults.is_empty()) else {
        return Ok(form(&visit, &token, invitation, faults));
    };
    // Before the transaction: a hash takes its time.
    let hash = password::hash(password).await;
    let mut tx = visit.begin().await?;
    match invitation::accept(&mut tx, &visit.app.secret, &token, &hash, code).await? {
        Accepted::Done { recovery_codes } => {
            tx.commit().await?;
            Ok(show_page(&RecoveryCodesPage { page: visit.page("sign-in"), codes: recovery_codes }))
        }
        Accepted::WrongCode => {
            let text = visit.words.t("desk-invitation-wrong-code").to_owned();
            Ok(form(&visit, &token, invitation, vec![Fault { field: "code", text }]))
        }
        Accepted::Gone => Ok(gone(&visit)),
    }
}

fn parsed(token: Token) -> Option<InvitationToken> {
    token.ok().and_then(|Path(text)| InvitationToken::parse(&text))
}

fn form(visit: &Visit, token: &InvitationToken, invitation: Invitation, faults: Vec<Fault>) -> Response {
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let of_field = |field: &str| faults.iter().find(|fault| fault.field == field).map(|fault| fault.text.clone());
    let form = InvitationPage {
        page: visit.page("sign-in"),
        url: links::desk_invitation(token.as_str()),
        secret: grouped(&invitation.totp_secret),
        qr: qr::drawing(&invitation.otpauth_url),
        password_fault: of_field("password"),
        code_fault: of_field("code"),
        invitation,
        faults,
    };
    show_as(status, &form)
}

fn gone(visit: &Visit) -> Response {
    show_as(StatusCode::NOT_FOUND, &GonePage { page: visit.page("sign-in") })
}

fn grouped(secret: &str) -> String {
    let signs: Vec<char> = secret.chars().collect();
    let groups: Vec<String> = signs.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}

//! Signing out: the session ends on the server, and what the browser kept of our pages goes.

use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;
use pishkhan_office::accounts::SessionToken;
use pishkhan_office::accounts::sessions;

use crate::cookies::{self, Keep};
use crate::form::Posted;
use crate::links;
use crate::problem::Problem;
use crate::visit::{Visit, VisitKey};

/// Also for those whose session has ended already: they asked to be out, and are.
pub async fn create(visit: Visit, _: Posted) -> Result<Response, Problem> {
    if let Some(token) = visit.cookie(cookies::DESK).and_then(SessionToken::parse) {
        let mut tx = visit.begin().await?;
        sessions::end(&mut tx, &token).await?;
        tx.commit().await?;
    }
    let mut response = links::desk_sign_in().see_other();
    let is_secure = visit.is_secure();
    cookies::set(&mut response, cookies::DESK, "", Keep::Forget, is_secure);
    VisitKey::fresh().keep(&mut response, is_secure);
    let clear = HeaderName::from_static("clear-site-data");
    response.headers_mut().insert(clear, HeaderValue::from_static("\"cache\""));
    Ok(response)
}

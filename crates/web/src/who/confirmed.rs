//! Who is asking for many letters at once, in a file that leaves the desk.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::Staff;
use crate::problem::Problem;

/// Staff who showed the second factor lately: an unlocked screen, or a stolen session, gives nobody a file of letters.
pub struct Confirmed(pub Staff);

impl<S: Sync> FromRequestParts<S> for Confirmed {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Confirmed, Problem> {
        let staff = Staff::from_request_parts(parts, state).await?;
        if staff.session.is_confirmed(&staff.app.rules.sessions, staff.now) {
            return Ok(Confirmed(staff));
        }
        let next = parts.uri.path_and_query().map_or("", |path| path.as_str()).to_owned();
        Err(Problem::Unconfirmed { next })
    }
}

//! What an address asks for. All of it may be forged, and whatever it is, people get a page.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, Path, Query};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::problem::Problem;

/// What stands behind the question mark; what is there twice, or in pieces, counts as not asked.
pub struct Asked<T>(pub T);

/// The part of the path that names something; what is no text names nothing.
pub struct Named(pub String);

impl<S: Send + Sync, T: DeserializeOwned + Default> FromRequestParts<S> for Asked<T> {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Asked<T>, Infallible> {
        let asked = Query::<T>::from_request_parts(parts, state).await;
        Ok(Asked(asked.map(|Query(asked)| asked).unwrap_or_default()))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Named, Problem> {
        let named = Path::<String>::from_request_parts(parts, state).await;
        named.map(|Path(name)| Named(name)).map_err(|_| Problem::NotFound)
    }
}

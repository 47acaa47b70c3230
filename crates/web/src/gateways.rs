//! The addresses to which gateways call with what became of messages, and with what people write to our lines. They are nobody's page:
//! whoever doesn't know the secret in the address finds nothing there.

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use pishkhan_office::courier::gateways::Arrival;
use pishkhan_office::courier::gateways::callback::{form_fields, json_fields};
use pishkhan_office::courier::outbox;
use pishkhan_office::courier::routes::{self, Call, RouteId};
use pishkhan_office::{OrganisationId, StoreError, incoming};

use crate::app::App;
use crate::tenant::Caller;

/// More is no call of a gateway's.
pub const LARGEST: usize = 16 * 1024;
const JSON: &[u8] = b"application/json";

/// Takes a call, by GET or POST, with a query, a form or JSON.
pub async fn create(
    State(app): State<App>,
    Caller(caller): Caller,
    Path((route, secret)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    // PostgreSQL takes no such sign, and no route has it.
    if route.contains('\0') {
        return StatusCode::NOT_FOUND;
    }
    let kind = headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    let is_json = kind.get(..JSON.len()).is_some_and(|kind| kind.eq_ignore_ascii_case(JSON));
    let query = form_fields(&query.unwrap_or_default());
    let body = if is_json { json_fields(&body) } else { form_fields(&String::from_utf8_lossy(&body)) };
    let signature = headers.get("x-twilio-signature").and_then(|value| value.to_str().ok());
    let (secret, at) = (secret.as_str(), app.clock.now());
    let call = Call { secret, caller, at, query: &query, body: &body, signature };
    match take(&app, &RouteId(route), &call).await {
        Ok(true) => StatusCode::NO_CONTENT,
        Ok(false) => StatusCode::NOT_FOUND,
        Err(error) => {
            tracing::error!(%error, "a gateway's call could not be taken");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}

/// Answers whether the caller is who they must be.
async fn take(app: &App, id: &RouteId, call: &Call<'_>) -> Result<bool, StoreError> {
    let now = call.at;
    let mut look = app.db.read(&OrganisationId::house(), now).await?;
    let route = routes::anyones(&mut look, id).await?;
    drop(look);
    let Some(route) = route else { return Ok(false) };
    let Some(arrival) = routes::called(&route, call) else { return Ok(false) };
    match arrival {
        Arrival::Receipt { id, delivery, .. } => {
            let mut tx = app.db.begin(&route.organisation, now).await?;
            outbox::receive(&mut tx, &route.id, &[id], delivery).await?;
            tx.commit().await?;
        }
        Arrival::Text(text) => incoming::take(&app.db, now, &app.secret, &app.rules, &route, &text).await?,
    }
    Ok(true)
}

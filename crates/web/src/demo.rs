//! The demo's messages: what would have gone out by SMS, as a page and as JSON. It exists in the demo only.

use askama::Template;
use axum::Json;
use axum::response::Response;
use pishkhan_office::courier::{SentMessage, sent_messages};
use pishkhan_office::organisations;
use serde::Serialize;

use crate::layout::{Page, show};
use crate::problem::Problem;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "demo_messages.html")]
struct MessagesPage {
    page: Page,
    messages: Vec<Sent>,
}

/// A message as the spool writes it too.
#[derive(Serialize)]
pub struct Sent {
    id: String,
    organisation: String,
    to: String,
    template: String,
    text: String,
    at: String,
}

pub async fn page(visit: Visit) -> Result<Response, Problem> {
    let messages = sent(&visit).await?;
    Ok(show(&MessagesPage { page: visit.page("demo"), messages }))
}

/// All organisations' messages, newest first.
pub async fn json(visit: Visit) -> Result<Json<Vec<Sent>>, Problem> {
    Ok(Json(sent(&visit).await?))
}

async fn sent(visit: &Visit) -> Result<Vec<Sent>, Problem> {
    if !visit.app.is_demo {
        return Err(Problem::NotFound);
    }
    let mut all = Vec::new();
    for organisation in organisations::list(&mut visit.read().await?).await? {
        let mut tx = visit.app.db.read(&organisation.id, visit.now).await?;
        let messages = sent_messages(&mut tx, 200).await?;
        all.extend(messages.into_iter().map(|message| (organisation.id.0.clone(), message)));
    }
    all.sort_by_key(|(_, message)| std::cmp::Reverse(message.at));
    Ok(all.into_iter().map(|(organisation, message)| told(organisation, message)).collect())
}

fn told(organisation: String, message: SentMessage) -> Sent {
    Sent {
        id: message.id.to_string(),
        organisation,
        to: message.to,
        template: message.template,
        text: message.text,
        at: pishkhan_office::persian::display::iso(message.at.0),
    }
}

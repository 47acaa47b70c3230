//! Ruling: the signer one level up decides an objection, with a text that the sender reads.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::dispatch;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, Act, RuleError, Ruling, Version};
use pishkhan_office::words::Words;

use super::asked::{self, Named};
use super::conflict;
use super::onward::Onward;
use super::panes::Panes;
use super::remark::said_fault;
use super::sms::{self, Sms};
use super::unrecorded::Unrecorded;
use crate::form::Posted;
use crate::layout::{Fault, Page, show_as};
use crate::problem::Problem;
use crate::who::Signer;

#[derive(Template)]
#[template(path = "desk/ruling.html")]
struct RulingPage {
    page: Page,
    panes: Panes,
    chosen: Option<Ruling>,
    text: String,
    /// What either ruling sends.
    messages: [(&'static str, Sms); 2],
    faults: Vec<Fault>,
}

pub async fn show(signer: Signer, Named(id): Named) -> Result<Response, Problem> {
    dialog(&signer, &id, None, None, "", Vec::new()).await
}

pub async fn create(signer: Signer, Named(id): Named, Posted(fields): Posted) -> Result<Response, Problem> {
    let seen = asked::seen(&fields)?;
    let (ruling, text) = (Ruling::parse(fields.get("ruling")), fields.get("text"));
    let page = signer.page("tray");
    let Some(ruling) = ruling else {
        let mut faults = vec![Fault { field: "ruling-1", text: page.t("ruling-none").to_owned() }];
        faults.extend(letters::said(text).err().map(|error| said_fault(&page, "text", error)));
        return dialog(&signer, &id, Some(seen), None, text, faults).await;
    };
    let onward = Onward::of(&mut signer.read().await?, &page, &signer.actor, &id).await?;
    let mut tx = signer.begin().await?;
    let fault = match letters::rule(&mut tx, &signer.app.rules, &signer.actor, &id, seen, ruling, text).await {
        Ok(_) => {
            tx.commit().await?;
            return Ok(onward.go_on(&mut signer.read().await?, &signer.actor).await?.see_other());
        }
        Err(RuleError::NotOnDesk) => return Err(Problem::NotFound),
        Err(RuleError::Stale(_) | RuleError::NotObjected(_)) => {
            drop(tx);
            let unrecorded = unrecorded(&page, Some(ruling), text);
            return conflict::page(&signer, page, &signer.actor, &id, unrecorded).await;
        }
        Err(RuleError::Said(error)) => said_fault(&page, "text", error),
        Err(RuleError::Store(error)) => return Err(error.into()),
    };
    drop(tx);
    dialog(&signer, &id, Some(seen), Some(ruling), text, vec![fault]).await
}

/// The whole form, for whoever came too late.
fn unrecorded(page: &Page, chosen: Option<Ruling>, text: &str) -> Unrecorded {
    let ruling = chosen.map_or("", |ruling| match ruling {
        Ruling::Uphold => page.t("ruling-uphold"),
        Ruling::Reconsider => page.t("ruling-reconsider"),
    });
    Unrecorded::words(text).choosing(page.t("ruling-choose"), ruling)
}

async fn dialog(
    signer: &Signer,
    id: &LetterId,
    seen: Option<Version>,
    chosen: Option<Ruling>,
    text: &str,
    faults: Vec<Fault>,
) -> Result<Response, Problem> {
    let page = signer.page("tray");
    let mut tx = signer.read().await?;
    let Some(panes) = Panes::behind(&mut tx, &page, &signer.actor, id, Act::Uphold).await? else {
        drop(tx);
        let unrecorded = unrecorded(&page, chosen, text);
        return conflict::page(signer, page, &signer.actor, id, unrecorded).await;
    };
    let panes = panes.having_seen(seen);
    let (words, mark) = (Words::of(panes.sender_language()), dispatch::mark(&panes.letter)?);
    let draft = |ruling| dispatch::ruled(words, ruling, &mark, signer.organisation.host());
    let (uphold, reconsider) = (draft(Ruling::Uphold), draft(Ruling::Reconsider));
    let messages = [
        (page.t("ruling-uphold"), sms::preview(&mut tx, &page, &uphold).await?),
        (page.t("ruling-reconsider"), sms::preview(&mut tx, &page, &reconsider).await?),
    ];
    let dialog = RulingPage { messages, page, panes, chosen, text: text.to_owned(), faults };
    let status = if dialog.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(show_as(status, &dialog))
}

impl RulingPage {
    fn fault(&self, field: &str) -> Option<&str> {
        Fault::of(&self.faults, field)
    }

    fn is(&self, ruling: &str) -> bool {
        self.chosen.is_some_and(|chosen| chosen.as_str() == ruling)
    }
}

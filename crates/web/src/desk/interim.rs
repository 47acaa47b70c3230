//! A message to the sender in between: what the unit tells, with files or without, and the SMS that says there is one.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::dispatch;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, Act, InformError};
use pishkhan_office::messages::{MESSAGE_CHARACTERS, Unsaid, Written};
use pishkhan_office::texts::TextKind;
use pishkhan_office::words::Words;

use super::answer_faults::lost_file_faults;
use super::asked::{self, Named};
use super::conflict;
use super::panes::Panes;
use super::ready::{self, Ready};
use super::sms::{self, Sms};
use super::unrecorded::Unrecorded;
use super::within;
use crate::form::Upload;
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::who::Staff;

#[derive(Template)]
#[template(path = "desk/interim.html")]
struct InterimPage {
    page: Page,
    panes: Panes,
    text: String,
    ready: Vec<Ready>,
    limits: String,
    sms: Sms,
    faults: Vec<Fault>,
    text_fault: Option<String>,
    file_faults: Vec<String>,
}

pub async fn show(staff: Staff, Named(id): Named) -> Result<Response, Problem> {
    dialog(&staff, &id, &Upload::default(), Vec::new()).await
}

pub async fn create(staff: Staff, Named(id): Named, upload: Upload) -> Result<Response, Problem> {
    inform(&staff, &id, &upload).await
}

async fn inform(staff: &Staff, id: &LetterId, upload: &Upload) -> Result<Response, Problem> {
    let page = staff.page("tray");
    let mut faults = lost_file_faults(&page, staff.app.rules.letters.files, upload);
    if !faults.is_empty() {
        let mut response = dialog(staff, id, upload, faults).await?;
        if upload.has_fault_of_ours() {
            *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
        }
        return Ok(response);
    }
    if !ready::chosen(&upload.fields).is_empty() {
        return dialog(staff, id, upload, files_again(&page, upload)).await;
    }
    let seen = asked::seen(&upload.fields)?;
    let written = Written { text: upload.fields.get("text").to_owned(), arrivals: upload.arrivals() };
    let mut tx = staff.begin().await?;
    let fault = match letters::inform(&mut tx, &staff.app.rules, &staff.actor, id, seen, &written).await {
        Ok(_) => {
            tx.commit().await?;
            return Ok(within::keeping(&page, &staff.actor, links::desk_letter(id)).telling(id).see_other());
        }
        Err(InformError::NotOnDesk) => return Err(Problem::NotFound),
        Err(InformError::Stale(_) | InformError::NotInHand(_)) => {
            drop(tx);
            return conflict::page(staff, page, &staff.actor, id, unrecorded(staff, upload)).await;
        }
        Err(InformError::NoWords | InformError::Unsaid(Unsaid::Nothing)) => page.t("work-interim-nothing").to_owned(),
        Err(InformError::Unsaid(Unsaid::Long)) => {
            page.words.a("work-interim-long", "most", page.number(MESSAGE_CHARACTERS as u64))
        }
        Err(InformError::TooMany { until }) => page.words.a("work-interim-many", "time", page.again_at(&until)),
        Err(InformError::Store(error)) => return Err(error.into()),
    };
    drop(tx);
    faults.push(Fault { field: "text", text: fault });
    faults.extend(files_again(&page, upload));
    dialog(staff, id, upload, faults).await
}

/// The whole form, for whoever came too late.
fn unrecorded(staff: &Staff, typed: &Upload) -> Unrecorded {
    Unrecorded::words(typed.fields.get("text")).with_files(staff.words.t("work-question-files"), typed)
}

/// A page that comes back has no files in its form: whoever chose some chooses them again.
fn files_again(page: &Page, upload: &Upload) -> Vec<Fault> {
    let fault = || Fault { field: "files", text: page.t("desk-files-again").to_owned() };
    (!upload.files.is_empty()).then(fault).into_iter().collect()
}

async fn dialog(staff: &Staff, id: &LetterId, typed: &Upload, faults: Vec<Fault>) -> Result<Response, Problem> {
    let text = typed.fields.get("text");
    let page = staff.page("tray");
    let mut tx = staff.read().await?;
    let Some(panes) = Panes::behind(&mut tx, &page, &staff.actor, id, Act::Inform).await? else {
        drop(tx);
        return conflict::page(staff, page, &staff.actor, id, unrecorded(staff, typed)).await;
    };
    let panes = panes.having_seen(asked::seen(&typed.fields).ok());
    let rules = &staff.app.rules;
    let ready = ready::texts(&mut tx, TextKind::Interim, &panes.kept(links::desk_interim(id)).at("text"), 0).await?;
    let text = ready::put(&ready, ready::chosen(&typed.fields), text);
    let number = panes.letter.state.registration().map_or("", |registration| &registration.number);
    let draft = dispatch::informed(Words::of(panes.sender_language()), number, staff.organisation.host());
    let sms = sms::preview(&mut tx, &page, &draft).await?;
    let (most, size) = (page.number(u64::from(rules.letters.files)), page.size(rules.letters.file_bytes));
    let of_field =
        |field: &'static str| faults.iter().filter(move |fault| fault.field == field).map(|fault| fault.text.clone());
    let dialog = InterimPage {
        limits: page.words.fill("desk-files-hint", &[("most", &most), ("size", &size)]),
        text_fault: of_field("text").next(),
        file_faults: of_field("files").collect(),
        text,
        ready,
        sms,
        panes,
        page,
        faults,
    };
    let status = if dialog.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(show_as(status, &dialog))
}

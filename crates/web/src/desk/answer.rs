//! Answering: the officer who has the letter writes the unit's answer, with files or without. What was written is kept as a draft,
//! by a button or by our script, until it is issued or goes to its signer.

use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use pishkhan_office::ids::{FileId, LetterId};
use pishkhan_office::letters::{self, AnswerError, AnswerText, DraftAnswerError, ProposeError, Version};
use pishkhan_office::texts::TextKind;
use pishkhan_office::{answers, units};

use super::answer_faults::{file_faults, text_faults};
use super::answer_form::{dialog, ending, unrecorded};
use super::asked::{self, Named};
use super::conflict;
use super::onward::Onward;
use super::ready;
use super::within;
use crate::form::{Fields, Upload};
use crate::layout::{Fault, Page};
use crate::links;
use crate::problem::Problem;
use crate::who::Officer;

pub async fn show(officer: Officer, Named(id): Named) -> Result<Response, Problem> {
    dialog(&officer, &id, StatusCode::OK, None, None, Vec::new()).await
}

pub async fn create(
    officer: Officer,
    Named(id): Named,
    headers: HeaderMap,
    upload: Upload,
) -> Result<Response, Problem> {
    let page = officer.page("tray");
    let fields = &upload.fields;
    let mut written = written(&upload);
    let chosen = ready::chosen(fields);
    if !chosen.is_empty() {
        written.text = with_ready(&officer, &id, chosen, &written.text).await?;
    }
    let mut faults = file_faults(&page, officer.app.rules.letters.files, &upload);
    if upload.is_cut_off && !has_all_that_was_typed(fields) {
        // The line was cut within what was typed: half of it would take the place of all that is kept.
        let typed = if fields.has("text") { Some(over_draft(&officer, &id, written).await?) } else { None };
        let seen = asked::seen(fields).ok();
        return dialog(&officer, &id, StatusCode::UNPROCESSABLE_ENTITY, typed.as_ref(), seen, faults).await;
    }
    let kept = |link| within::keeping(&page, &officer.actor, link);
    let there = match fields.get("next") {
        _ if headers.contains_key("x-autosave") => Some(links::desk_answer(&id)),
        _ if fields.has("remove") => Some(kept(links::desk_answer(&id)).at("files")),
        _ if !chosen.is_empty() => Some(kept(links::desk_answer(&id)).at("text")),
        "save" => Some(kept(links::desk_answer(&id))),
        "preview" => Some(kept(links::desk_answer_preview(&id))),
        "interim" => Some(kept(links::desk_interim(&id))),
        _ => None,
    };
    if let (None, true) = (&there, faults.is_empty()) {
        let seen = asked::seen(fields)?;
        let onward = Onward::of(&mut officer.read().await?, &page, &officer.actor, &id).await?;
        match give(&officer, &page, &id, seen, fields.get("next"), &written).await? {
            Given::Done => {
                return Ok(onward.go_on(&mut officer.read().await?, &officer.actor).await?.see_other());
            }
            Given::TooLate => return too_late(&officer, page, &id, &written, &upload).await,
            Given::Faulty(found) => faults.extend(found),
        }
    }
    let removed = FileId::parse(fields.get("remove"));
    let mut tx = officer.begin().await?;
    let kept =
        letters::draft_answer(&mut tx, &officer.app.rules, &officer.actor, &id, &written, removed.as_ref()).await;
    match kept {
        Ok(is_full) => {
            tx.commit().await?;
            if is_full && faults.is_empty() {
                faults.push(Fault {
                    field: "files",
                    text: page.words.n("desk-files-many", officer.app.rules.letters.files),
                });
            }
        }
        Err(DraftAnswerError::NotOnDesk) => return Err(Problem::NotFound),
        Err(DraftAnswerError::NotInHand(_) | DraftAnswerError::NotYours) => {
            drop(tx);
            return too_late(&officer, page, &id, &written, &upload).await;
        }
        Err(DraftAnswerError::Store(error)) => return Err(error.into()),
    }
    match there {
        Some(there) if headers.contains_key("x-autosave") => Ok(there.saved()),
        Some(there) if faults.is_empty() => Ok(there.see_other()),
        _ => {
            let is_ours = upload.has_fault_of_ours() || faults.iter().any(|fault| fault.field == "clock");
            let status = if is_ours { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::UNPROCESSABLE_ENTITY };
            dialog(&officer, &id, status, Some(&written), asked::seen(fields).ok(), faults).await
        }
    }
}

/// Whether the form came as far as its last line, which is the legal ground where the answer has one.
fn has_all_that_was_typed(fields: &Fields) -> bool {
    fields.has("authority") && (ending(fields).ground().is_none() || fields.has("ground"))
}

/// The text that came, with the ending that was kept: the one of a form that was cut is not whole.
async fn over_draft(officer: &Officer, id: &LetterId, written: AnswerText) -> Result<AnswerText, Problem> {
    let kept = answers::find_draft(&mut officer.read().await?, id).await?;
    Ok(match kept {
        Some(kept) => AnswerText { ending: kept.ending, ..written },
        None => written,
    })
}

/// The answer as the form has it.
fn written(upload: &Upload) -> AnswerText {
    let fields = &upload.fields;
    AnswerText { text: fields.get("text").to_owned(), ending: ending(fields), arrivals: upload.arrivals() }
}

/// The letter as it is now, with the answer that was written to it.
async fn too_late(
    officer: &Officer,
    page: Page,
    id: &LetterId,
    written: &AnswerText,
    upload: &Upload,
) -> Result<Response, Problem> {
    let unrecorded = unrecorded(&page, written).with_files(page.t("desk-answer-files"), upload);
    conflict::page(officer, page, &officer.actor, id, unrecorded).await
}

/// The text with the chosen ready text at its end.
async fn with_ready(officer: &Officer, id: &LetterId, chosen: &str, text: &str) -> Result<String, Problem> {
    let form = links::desk_answer(id);
    let ready = ready::texts(&mut officer.read().await?, TextKind::Answer, &form, 0).await?;
    Ok(ready::put(&ready, chosen, text))
}

/// What became of it.
enum Given {
    Done,
    /// Somebody else was first.
    TooLate,
    /// Nothing was done; the draft is to be kept.
    Faulty(Vec<Fault>),
}

/// Issues the answer, or sends it to its signer, as the pressed button says; without one, as the unit wants it.
async fn give(
    officer: &Officer,
    page: &Page,
    id: &LetterId,
    seen: Version,
    button: &str,
    written: &AnswerText,
) -> Result<Given, Problem> {
    let rules = &officer.app.rules;
    let mut tx = officer.begin().await?;
    let is_proposal = match button {
        "propose" => true,
        "issue" => false,
        _ => {
            let letter = letters::find_for_desk(&mut tx, &officer.actor, id).await?.ok_or(Problem::NotFound)?;
            match letter.acting_unit() {
                Some(unit) => units::find(&mut tx, unit).await?.is_some_and(|unit| unit.needs_signature),
                None => false,
            }
        }
    };
    let clock = |key| vec![Fault { field: "clock", text: page.t(key).to_owned() }];
    let given = if is_proposal {
        match letters::propose(&mut tx, rules, &officer.actor, id, seen, written).await {
            Ok(_) => Given::Done,
            Err(ProposeError::NotOnDesk) => return Err(Problem::NotFound),
            Err(ProposeError::Stale(_) | ProposeError::NotInHand(_) | ProposeError::NotYours) => Given::TooLate,
            Err(ProposeError::NobodySigns) => {
                Given::Faulty(vec![Fault { field: "text", text: page.t("answer-nobody-signs").to_owned() }])
            }
            Err(ProposeError::Text(error)) => Given::Faulty(text_faults(page, error)?),
            Err(ProposeError::Store(error)) => return Err(error.into()),
        }
    } else {
        match letters::answer(&mut tx, rules, &officer.actor, id, seen, written).await {
            Ok(_) => Given::Done,
            Err(AnswerError::NotOnDesk) => return Err(Problem::NotFound),
            Err(AnswerError::Stale(_) | AnswerError::NotInHand(_) | AnswerError::NotYours) => Given::TooLate,
            Err(AnswerError::NeedsSignature) => {
                Given::Faulty(vec![Fault { field: "text", text: page.t("answer-needs-signature").to_owned() }])
            }
            Err(AnswerError::Text(error)) => Given::Faulty(text_faults(page, error)?),
            Err(AnswerError::ClockWentBack) => Given::Faulty(clock("answer-clock")),
            Err(AnswerError::Store(error)) => return Err(error.into()),
        }
    };
    // Whatever was not done whole is dropped whole.
    if let Given::Done = given {
        tx.commit().await?;
    }
    Ok(given)
}

//! The form in which an answer is written: its draft, its files, the number it would get, and the message that would go out.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::answers::{self, NAMES};
use pishkhan_office::files::{self, Part};
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{AUTHORITY_CHARACTERS, Act, AnswerText, Ending, GROUND_CHARACTERS, Version};
use pishkhan_office::texts::TextKind;
use pishkhan_office::units::Unit;
use pishkhan_office::words::Words;
use pishkhan_office::{StoreError, Tx, dispatch, registry, units};

use super::conflict;
use super::panes::Panes;
use super::paper::Paper;
use super::ready::{self, Ready};
use super::sms::{self, Sms};
use super::status::Number;
use super::unrecorded::Unrecorded;
use crate::form::Fields;
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::who::Officer;

#[derive(Template)]
#[template(path = "desk/answer.html")]
struct AnswerPage {
    page: Page,
    panes: Panes,
    text: String,
    /// The word of its ending.
    chosen: &'static str,
    /// The other authority's name; may be empty.
    authority: String,
    /// The letter asks for information, or its draft withholds some.
    can_withhold: bool,
    /// The legal ground of that; may be empty.
    ground: String,
    /// When the draft was kept last.
    kept: Option<String>,
    papers: Vec<(String, Paper)>,
    places: Vec<String>,
    ready: Vec<Ready>,
    needs_signature: bool,
    numbered: Numbered,
    limits: String,
    sms: Option<Sms>,
    faults: Vec<Fault>,
    text_fault: Option<String>,
    authority_fault: Option<String>,
    ground_fault: Option<String>,
    file_faults: Vec<String>,
}

/// The number that an answer issued now would have.
pub struct Numbered {
    /// In ASCII digits, as the message has it.
    pub printed: Option<String>,
    pub number: Option<Number>,
}

pub async fn numbered(tx: &mut Tx, page: &Page, unit: &Unit) -> Result<Numbered, StoreError> {
    let next = registry::preview_outgoing(tx, unit).await?;
    let number = next.as_ref().map(|(printed, direction)| Number::of(page, printed, *direction));
    Ok(Numbered { number, printed: next.map(|(printed, _)| printed) })
}

/// The message that would go out.
pub async fn message(
    tx: &mut Tx,
    page: &Page,
    panes: &Panes,
    answer: Option<&str>,
    host: &str,
) -> Result<Option<Sms>, StoreError> {
    let Some(registration) = panes.letter.state.registration() else { return Ok(None) };
    let words = Words::of(panes.sender_language());
    let draft = dispatch::answered(words, &registration.number, answer, host);
    Ok(Some(sms::preview(tx, page, &draft).await?))
}

/// What was written, for whoever came too late.
pub fn unrecorded(page: &Page, written: &AnswerText) -> Unrecorded {
    Unrecorded::words(&written.text)
        .choosing(page.t("answer-authority"), written.ending.authority().unwrap_or_default())
        .choosing(page.t("ground-label"), written.ending.ground().unwrap_or_default())
}

/// The ending as the form has it.
pub fn ending(fields: &Fields) -> Ending {
    match fields.get("outcome") {
        "outward" => Ending::Outward(fields.get("authority").to_owned()),
        "partial" => Ending::Partial(fields.get("ground").to_owned()),
        "refused" => Ending::Refused(fields.get("ground").to_owned()),
        _ => Ending::Final,
    }
}

/// The form's word for it.
fn word_of(ending: &Ending) -> &'static str {
    match ending {
        Ending::Final => "final",
        Ending::Outward(_) => "outward",
        Ending::Partial(_) => "partial",
        Ending::Refused(_) => "refused",
    }
}

/// The form with what was typed, or else with the draft; `seen`: the version of the form that comes back.
pub async fn dialog(
    officer: &Officer,
    id: &LetterId,
    status: StatusCode,
    typed: Option<&AnswerText>,
    seen: Option<Version>,
    faults: Vec<Fault>,
) -> Result<Response, Problem> {
    let page = officer.page("tray");
    let mut tx = officer.read().await?;
    let acts = [Act::Answer, Act::Propose];
    let Some(panes) = Panes::behind_one_of(&mut tx, &page, &officer.actor, id, &acts).await? else {
        drop(tx);
        let typed = typed.map(|written| unrecorded(&page, written)).unwrap_or_default();
        return conflict::page(officer, page, &officer.actor, id, typed).await;
    };
    let panes = panes.having_seen(seen);
    let unit = match panes.letter.acting_unit() {
        Some(unit) => units::find(&mut tx, unit).await?,
        None => None,
    };
    let unit = unit.ok_or(StoreError::Unreadable("unit"))?;
    let draft = answers::find_draft(&mut tx, id).await?;
    let proposed = files::of_letter(&mut tx, id).await?.into_iter().filter(|file| file.part == Part::Proposal);
    let papers = proposed.map(|file| (file.id.to_string(), Paper::of(&page, &file))).collect();
    let field = panes.kept(links::desk_answer(id)).at("text");
    let ready = ready::texts(&mut tx, TextKind::Answer, &field, 0).await?;
    let numbered = numbered(&mut tx, &page, &unit).await?;
    let host = officer.organisation.host();
    let sms = message(&mut tx, &page, &panes, numbered.printed.as_deref(), host).await?;
    let rules = &officer.app.rules.letters;
    let (most, size) = (page.number(u64::from(rules.files)), page.size(rules.file_bytes));
    let of_field =
        |field: &'static str| faults.iter().filter(move |fault| fault.field == field).map(|fault| fault.text.clone());
    let texts: Vec<String> = of_field("text").collect();
    let kept = draft.as_ref().map(|draft| page.when(&draft.changed_at));
    let (text, ending) = match (typed, draft) {
        (Some(written), _) => (written.text.clone(), written.ending.clone()),
        (None, Some(draft)) => (draft.text, draft.ending),
        (None, None) => (String::new(), Ending::Final),
    };
    let asks_information = panes.kind.as_ref().is_some_and(|kind| kind.asks_information);
    let dialog = AnswerPage {
        limits: page.words.fill("desk-files-hint", &[("most", &most), ("size", &size)]),
        text_fault: (!texts.is_empty()).then(|| texts.join(" ")),
        file_faults: of_field("files").collect(),
        authority_fault: of_field("authority").next(),
        ground_fault: of_field("ground").next(),
        chosen: word_of(&ending),
        authority: ending.authority().unwrap_or_default().to_owned(),
        can_withhold: asks_information || ending.ground().is_some(),
        ground: ending.ground().unwrap_or_default().to_owned(),
        places: NAMES.iter().map(|key| format!("{{{}}}", page.t(key))).collect(),
        needs_signature: unit.needs_signature,
        kept,
        text,
        ready,
        papers,
        numbered,
        panes,
        sms,
        page,
        faults,
    };
    Ok(show_as(status, &dialog))
}

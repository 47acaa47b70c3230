//! Writing a letter: the form, saving it as a draft, and the page on which it is checked before it is sent.

use askama::Template;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use pishkhan_office::accounts::new_browser_key;
use pishkhan_office::files::{self, Part};
use pishkhan_office::ids::LetterId;
use pishkhan_office::kinds::{self, Kind};
use pishkhan_office::letters::{self, Binding, Content, DiscardError, Letter, WriteError};
use pishkhan_office::units::{self, Unit};

use super::asked::{Asked, Named};
use super::draft_form::{DraftForm, as_far_as_it_came, draft_token, file_faults, gap_faults, typed};
use super::paper::Paper;
use super::{binding, order, uploads};
use crate::form::{Posted, Upload};
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::who::{Sender, withheld};

#[derive(Template)]
#[template(path = "counter/check.html")]
struct CheckPage {
    page: Page,
    letter: Letter,
    unit: Unit,
    kind: Option<Kind>,
    files: Vec<Paper>,
    mobile: String,
    /// How many hours files may follow, when they will.
    follow_hours: Option<u64>,
    /// The draft changed after it was checked.
    is_stale: bool,
}

/// Which draft to go on with.
#[derive(Default, serde::Deserialize)]
pub struct Which {
    #[serde(default)]
    draft: String,
}

/// The form, empty or of a draft.
pub async fn form(sender: Sender, Asked(asked): Asked<Which>) -> Result<Response, Problem> {
    if asked.draft.is_empty() {
        let content = Content::begun(&sender.actor.name, sender.actor.kind);
        return Ok(blank(&sender, content).await?.show());
    }
    let id = LetterId::parse(&asked.draft).ok_or(Problem::NotFound)?;
    withheld::refuse_letter(&sender, &sender.session, &id).await?;
    let found = letters::find_draft(&mut sender.read().await?, &sender.actor.id, &id).await?;
    let letter = found.ok_or(Problem::NotFound)?;
    Ok(of_draft(&sender, &letter, letter.content.clone(), Vec::new()).await?.show())
}

/// Saves a new letter as a draft.
pub async fn create(sender: Sender, headers: HeaderMap, upload: Upload) -> Result<Response, Problem> {
    save(&sender, &headers, Sheet::New(draft_token(&upload.fields)), upload).await
}

/// The page on which a draft is checked; one that lacks something goes back to its form.
pub async fn show(sender: Sender, Named(draft): Named) -> Result<Response, Problem> {
    let id = LetterId::parse(&draft).ok_or(Problem::NotFound)?;
    let mut tx = sender.read().await?;
    let letter = letters::find_own(&mut tx, &sender.actor.id, &id).await?.ok_or(Problem::NotFound)?;
    if letter.state.submission().is_some() {
        return Ok(links::letter(&id).see_other());
    }
    drop(tx);
    check_page(&sender, letter, false).await
}

/// Changes a draft.
pub async fn change(
    sender: Sender,
    Named(draft): Named,
    headers: HeaderMap,
    upload: Upload,
) -> Result<Response, Problem> {
    let id = LetterId::parse(&draft).ok_or(Problem::NotFound)?;
    save(&sender, &headers, Sheet::Draft(id), upload).await
}

/// Discards a draft.
pub async fn dispose(sender: Sender, Named(draft): Named, Posted(_): Posted) -> Result<Response, Problem> {
    let id = LetterId::parse(&draft).ok_or(Problem::NotFound)?;
    let mut tx = sender.begin().await?;
    match letters::discard(&mut tx, &sender.actor, &id).await {
        Ok(()) => tx.commit().await?,
        Err(DiscardError::NoDraft) => return Err(Problem::NotFound),
        Err(DiscardError::Store(error)) => return Err(error.into()),
    }
    Ok(links::letters().see_other())
}

/// The check page, as the draft is now.
pub(super) async fn check_page(sender: &Sender, letter: Letter, is_stale: bool) -> Result<Response, Problem> {
    let mut tx = sender.read().await?;
    let files = files::of_letter(&mut tx, &letter.id).await?;
    let unit = match letter.unit() {
        Some(unit) => units::find(&mut tx, unit).await?.filter(|unit| !unit.is_archived),
        None => None,
    };
    let kind = kinds::chosen(&mut tx, letter.content.kind.as_ref()).await?;
    drop(tx);
    // A unit that was closed meanwhile counts as not chosen.
    let content = Content { unit: unit.as_ref().map(|unit| unit.id.clone()), ..letter.content.clone() };
    let gaps = content.gaps(files.len(), sender.app.rules.letters.body_characters, sender.now);
    let (Some(unit), true) = (unit, gaps.is_empty()) else {
        let faults = gap_faults(sender, &gaps);
        return Ok(of_draft(sender, &letter, letter.content.clone(), faults).await?.show());
    };
    let mobile = sender.actor.grouped_mobile();
    let status = if is_stale { StatusCode::CONFLICT } else { StatusCode::OK };
    // What was sent too late stands at an address that has no page of its own.
    let page = Page { here: links::draft(&letter.id).to_string(), ..sender.page("new") };
    let files = Paper::all(&page, &files);
    let follow_hours = letter.content.has_files_following.then(|| hours_to_follow(sender));
    Ok(show_as(status, &CheckPage { page, letter, unit, kind, files, mobile, follow_hours, is_stale }))
}

/// What is written on: a form that was never saved, or a draft.
enum Sheet {
    New(String),
    Draft(LetterId),
}

/// Saves what was typed and brought, and goes where the pressed button leads.
async fn save(sender: &Sender, headers: &HeaderMap, sheet: Sheet, upload: Upload) -> Result<Response, Problem> {
    let content = typed(&upload.fields);
    // Files that come in pieces need a draft to come to, whatever was written yet.
    let awaits_files = headers.get("x-autosave").is_some_and(|what| what == "files");
    if matches!(sheet, Sheet::New(_)) && is_empty(&content, &upload) && !awaits_files {
        return say_empty(sender, headers, content, &upload).await;
    }
    let (letter, is_full) = match save_all(sender, sheet, &content, &upload).await? {
        Ok(saved) => saved,
        Err(error) => return refusal(sender, content, error).await,
    };
    let id = &letter.id;
    if headers.contains_key("x-autosave") {
        return Ok(links::draft(id).saved());
    }
    let settled = binding::settle(sender, id, upload.fields.has("bind")).await?;
    let mut faults = file_faults(sender, &upload);
    faults.extend(settled.faults);
    if is_full && !upload.has_too_many {
        let most = sender.page("").number(u64::from(sender.app.rules.letters.files));
        faults.push(Fault { field: "files", text: sender.words.a("file-too-many", "most", most) });
    }
    let to = match upload.fields.get("next") {
        "later" => Some(links::letters()),
        "stay" => Some(links::edit_draft(id).at("files")),
        _ if upload.fields.has("bind") => Some(links::edit_draft(id).at("bound")),
        _ if order::is_pressed(&upload.fields) => {
            Some(order::back(id, &upload.fields, &files::of_letter(&mut sender.read().await?, id).await?))
        }
        _ => None,
    };
    let is_checked = to.is_none();
    if let (Some(to), true) = (to, faults.is_empty()) {
        return Ok(to.see_other());
    }
    if is_checked {
        let count = files::count_of_letter(&mut sender.read().await?, id, Part::Letter).await?;
        let gaps = letter.content.gaps(count, sender.app.rules.letters.body_characters, sender.now);
        faults.extend(gap_faults(sender, &gaps));
    }
    if faults.is_empty() {
        return Ok(links::draft(id).see_other());
    }
    let mut form = of_draft(sender, &letter, letter.content.clone(), faults).await?;
    form.is_ours = settled.is_ours || upload.has_fault_of_ours();
    Ok(form.show())
}

/// Saves in one transaction; says whether files had to stay out because there are enough.
async fn save_all(
    sender: &Sender,
    sheet: Sheet,
    content: &Content,
    upload: &Upload,
) -> Result<Result<(Letter, bool), WriteError>, Problem> {
    let mut tx = sender.begin().await?;
    let (rules, arrivals) = (&sender.app.rules, upload.arrivals());
    let id = match sheet {
        Sheet::Draft(id) => id,
        Sheet::New(token) => match letters::write(&mut tx, rules, &sender.actor, &token).await {
            Ok(letter) => letter.id,
            Err(error) => return Ok(Err(error)),
        },
    };
    if let Some(arrangement) = order::asked(&upload.fields)
        && let Err(error) = letters::arrange(&mut tx, &sender.actor, &id, &arrangement).await
    {
        return Ok(Err(error));
    }
    let kept = if upload.is_cut_off { letters::find_draft(&mut tx, &sender.actor.id, &id).await? } else { None };
    let content = kept.map_or_else(|| content.clone(), |kept| as_far_as_it_came(&upload.fields, &kept.content));
    let changed = match letters::change(&mut tx, rules, &sender.actor, &id, content, &arrivals).await {
        Ok(changed) => changed,
        Err(error) => return Ok(Err(error)),
    };
    tx.commit().await?;
    Ok(Ok((changed.letter, changed.is_full)))
}

/// Whether nothing was written yet; the name stands there from the last letter.
fn is_empty(content: &Content, upload: &Upload) -> bool {
    let has_words = !content.subject.trim().is_empty() || !content.body.trim().is_empty() || content.unit.is_some();
    !has_words && upload.files.is_empty() && !upload.is_cut_off
}

/// An empty form leaves no empty draft behind.
async fn say_empty(
    sender: &Sender,
    headers: &HeaderMap,
    content: Content,
    upload: &Upload,
) -> Result<Response, Problem> {
    if headers.contains_key("x-autosave") {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    if upload.fields.get("next") == "later" {
        return Ok(links::letters().see_other());
    }
    let gaps = content.gaps(0, sender.app.rules.letters.body_characters, sender.now);
    let mut form = blank(sender, content).await?;
    form.faults = file_faults(sender, upload);
    form.faults.extend(gap_faults(sender, &gaps));
    Ok(form.show())
}

/// How many hours files may follow a letter.
fn hours_to_follow(sender: &Sender) -> u64 {
    sender.app.rules.letters.files_follow.as_secs() / 3_600
}

async fn blank(sender: &Sender, content: Content) -> Result<DraftForm, Problem> {
    let letters = &sender.app.rules.letters;
    let mut tx = sender.read().await?;
    Ok(DraftForm {
        page: sender.page("new"),
        draft: None,
        token: new_browser_key(),
        typed: content,
        units: units::list_open(&mut tx).await?,
        kinds: kinds::list_open(&mut tx).await?,
        files: Vec::new(),
        uploads: Vec::new(),
        can_bind: false,
        faults: Vec::new(),
        is_ours: false,
        follow_hours: hours_to_follow(sender),
        most_files: u64::from(letters.files),
        most_bytes: letters.file_bytes,
    })
}

pub(super) async fn of_draft(
    sender: &Sender,
    letter: &Letter,
    content: Content,
    faults: Vec<Fault>,
) -> Result<DraftForm, Problem> {
    let mut form = blank(sender, content).await?;
    form.draft = Some(letter.id.clone());
    let files = files::of_letter(&mut sender.read().await?, &letter.id).await?;
    form.can_bind = sender.app.workshop.is_some()
        && letters::has_enough_photos(&files)
        && letters::binding(&files) != Binding::UpToDate;
    form.uploads = uploads::unfinished(sender, &letter.id).await?;
    form.files = order::ordered(&form.page, &files);
    form.faults = faults;
    Ok(form)
}

/// Why a draft can't be written. One that was submitted meanwhile, by another click or on another page, opens as the letter it is.
async fn refusal(sender: &Sender, content: Content, error: WriteError) -> Result<Response, Problem> {
    match error {
        WriteError::Submitted(letter) => Ok(links::letter(&letter).see_other()),
        WriteError::NoDraft => Err(Problem::NotFound),
        WriteError::TooManyDrafts => {
            let mut form = blank(sender, content).await?;
            let text = sender.words.t("draft-too-many").to_owned();
            form.faults.push(Fault { field: "sender_name", text });
            Ok(form.show())
        }
        WriteError::Store(error) => Err(error.into()),
    }
}

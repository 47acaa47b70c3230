//! Assisted filing: writing a letter down for somebody who came to the counter. What was typed and brought is kept whatever is
//! wrong with it, and nothing comes into anybody's account before they have confirmed it.

use axum::extract::RawQuery;
use axum::response::Response;
use pishkhan_office::filings::{self, Assent, TakeOverError};
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{Changed, Content, SenderKind, WriteError};
use pishkhan_office::persian::{Mobile, MobileError};

use super::asked::Named;
use super::filing_form::{FilingForm, Typed};
use crate::counter::{arrangement, as_far_as_it_came, draft_token, file_faults, gap_faults, typed};
use crate::form::{Fields, Posted, Upload};
use crate::layout::Fault;
use crate::links;
use crate::problem::Problem;
use crate::who::Reviewer;

/// The form, empty or of what was begun.
pub async fn show(reviewer: Reviewer, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let fields = Fields::of_query(query.as_deref().unwrap_or_default());
    if !fields.has("draft") {
        return empty(&reviewer, Vec::new()).await;
    }
    let id = LetterId::parse(fields.get("draft")).ok_or(Problem::NotFound)?;
    let filing = filings::find(&mut reviewer.read().await?, &reviewer.actor, &id).await?.ok_or(Problem::NotFound)?;
    let mobile = Typed::of(&filing);
    Ok(FilingForm::of(&reviewer, Some(id), filing.letter.content, mobile, Vec::new()).await?.show())
}

/// Takes over what another clerk left behind who reviews no more, and goes on with it.
pub async fn take_over(reviewer: Reviewer, Named(id): Named, Posted(_): Posted) -> Result<Response, Problem> {
    let mut tx = reviewer.begin().await?;
    let key = match filings::take_over(&mut tx, &reviewer.app.rules, &reviewer.actor, &id).await {
        Ok(()) => {
            tx.commit().await?;
            return Ok(links::desk_filing_form(&id).see_other());
        }
        Err(TakeOverError::NoFiling) => return Err(Problem::NotFound),
        Err(TakeOverError::Taken) => "filing-taken",
        Err(TakeOverError::TooMany) => "filing-too-many",
        Err(TakeOverError::Store(error)) => return Err(error.into()),
    };
    drop(tx);
    empty(&reviewer, vec![Fault { field: "left", text: reviewer.words.t(key).to_owned() }]).await
}

async fn empty(reviewer: &Reviewer, faults: Vec<Fault>) -> Result<Response, Problem> {
    let content = Content::begun("", SenderKind::default());
    Ok(FilingForm::of(reviewer, None, content, Typed::default(), faults).await?.show())
}

/// Begins a filing.
pub async fn create(reviewer: Reviewer, upload: Upload) -> Result<Response, Problem> {
    save(&reviewer, Sheet::New(draft_token(&upload.fields)), upload).await
}

/// Changes what was begun.
pub async fn change(reviewer: Reviewer, Named(id): Named, upload: Upload) -> Result<Response, Problem> {
    save(&reviewer, Sheet::Begun(id), upload).await
}

enum Sheet {
    New(String),
    Begun(LetterId),
}

async fn save(reviewer: &Reviewer, sheet: Sheet, upload: Upload) -> Result<Response, Problem> {
    let content = typed(&upload.fields);
    let (asked, assent, mut faults) = mobile_said(reviewer, &sheet, &upload).await?;
    faults.extend(file_faults(reviewer, &upload));
    let saved = write(reviewer, sheet, content.clone(), &assent, &upload).await?;
    let changed = match saved {
        Ok(changed) => changed,
        Err(WriteError::TooManyDrafts) => {
            let text = reviewer.words.t("filing-too-many").to_owned();
            let faults = vec![Fault { field: "sender_name", text }];
            return Ok(FilingForm::of(reviewer, None, content, asked, faults).await?.show());
        }
        Err(WriteError::NoDraft | WriteError::Submitted(_)) => return Err(Problem::NotFound),
        Err(WriteError::Store(error)) => return Err(error.into()),
    };
    let letter = changed.letter;
    if changed.is_full && !upload.has_too_many {
        let most = reviewer.page("").number(u64::from(reviewer.app.rules.letters.files));
        faults.push(Fault { field: "files", text: reviewer.words.a("file-too-many", "most", most) });
    }
    if upload.fields.has("remove") && faults.is_empty() {
        return Ok(links::desk_filing_form(&letter.id).at("files").see_other());
    }
    let files = pishkhan_office::files::of_letter(&mut reviewer.read().await?, &letter.id).await?;
    let gaps = letter.content.gaps(files.len(), reviewer.app.rules.letters.body_characters, reviewer.now);
    faults.extend(gap_faults(reviewer, &gaps));
    if faults.is_empty() {
        return Ok(links::desk_filing(&letter.id).see_other());
    }
    let form = FilingForm::of(reviewer, Some(letter.id), letter.content, asked, faults).await?;
    Ok(form.ours(upload.has_fault_of_ours()).show())
}

/// All of it in one transaction.
async fn write(
    reviewer: &Reviewer,
    sheet: Sheet,
    content: Content,
    assent: &Assent,
    upload: &Upload,
) -> Result<Result<Changed, WriteError>, Problem> {
    let mut tx = reviewer.begin().await?;
    let (rules, clerk, arrivals) = (&reviewer.app.rules, &reviewer.actor, upload.arrivals());
    let saved = match sheet {
        Sheet::New(token) => filings::begin(&mut tx, rules, clerk, &token, content, assent, &arrivals).await,
        Sheet::Begun(id) => {
            if let Some(arrangement) = arrangement(&upload.fields)
                && let Err(error) = filings::arrange(&mut tx, clerk, &id, &arrangement).await
            {
                return Ok(Err(error));
            }
            let kept = if upload.is_cut_off { filings::find(&mut tx, clerk, &id).await? } else { None };
            let content = match kept {
                Some(kept) => as_far_as_it_came(&upload.fields, &kept.letter.content),
                None => content,
            };
            filings::change(&mut tx, rules, clerk, &id, content, assent, &arrivals).await
        }
    };
    if saved.is_ok() {
        tx.commit().await?;
    }
    Ok(saved)
}

/// The mobile as [`mobile_of`]; where the line was cut before all of it came, the one that was kept.
async fn mobile_said(
    reviewer: &Reviewer,
    sheet: &Sheet,
    upload: &Upload,
) -> Result<(Typed, Assent, Vec<Fault>), Problem> {
    // What the form says next is always there.
    let is_cut = upload.is_cut_off && !upload.fields.has("sender_kind");
    if let (Sheet::Begun(id), true) = (sheet, is_cut) {
        let kept = filings::find(&mut reviewer.read().await?, &reviewer.actor, id).await?.ok_or(Problem::NotFound)?;
        return Ok((Typed::of(&kept), kept.assent, Vec::new()));
    }
    Ok(mobile_of(reviewer, &upload.fields))
}

/// The mobile as typed and as read, with what is wrong with it: it is there, or it is said that there is none.
fn mobile_of(reviewer: &Reviewer, fields: &Fields) -> (Typed, Assent, Vec<Fault>) {
    let text: String = fields.get("mobile").chars().take(100).collect();
    let asked = Typed { has_none: fields.has("no_mobile"), text };
    let fault = |key| vec![Fault { field: "mobile", text: reviewer.words.t(key).to_owned() }];
    match (Mobile::parse(&asked.text), asked.has_none) {
        (Err(MobileError::Empty), true) => (asked, Assent::Signature, Vec::new()),
        (Err(MobileError::Empty), false) => (asked, Assent::Unsaid, fault("filing-mobile-empty")),
        (Ok(mobile), false) => (asked, Assent::Code(mobile), Vec::new()),
        (Ok(_) | Err(MobileError::Malformed), true) => (asked, Assent::Unsaid, fault("filing-mobile-both")),
        (Err(MobileError::Malformed), false) => (asked, Assent::Unsaid, fault("sign-in-mobile-malformed")),
    }
}

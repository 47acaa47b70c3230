//! The files that follow a letter: the form for them on the receipt and on the letter's page, and taking them in.

use axum::RequestExt;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::response::Response;
use futures_util::StreamExt;
use pishkhan_office::Moment;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, AddFilesError, Letter, State};

use super::asked::Named;
use super::draft_form::file_faults;
use super::{letter, receipt};
use crate::form::Upload;
use crate::layout::Fault;
use crate::links;
use crate::problem::Problem;
use crate::who::Sender;

/// The form, or why there is none (any more).
pub struct Addition {
    pub letter: LetterId,
    /// The page on which it stands, to come back to.
    pub from: &'static str,
    /// Until when files may come; None when they may not (any more).
    pub until: Option<Moment>,
    /// When the time for them was over, as long as nobody has decided.
    pub over: Option<Moment>,
    pub faults: Vec<Fault>,
    pub most_files: u64,
    pub most_bytes: u64,
}

impl Addition {
    /// What is said of files to follow on a letter's page; nothing when none were to.
    pub fn of(sender: &Sender, letter: &Letter, from: &'static str, faults: Vec<Fault>) -> Option<Addition> {
        let until = letters::files_until(letter, sender.now);
        let promised = letter.state.submission().and_then(|submission| submission.files_until);
        let is_open = matches!(letter.state, State::Submitted(_) | State::Registered(..) | State::InProgress(..));
        let over = promised.filter(|_| is_open && until.is_none());
        let rules = &sender.app.rules.letters;
        (until.is_some() || over.is_some() || !faults.is_empty()).then(|| Addition {
            letter: letter.id.clone(),
            from,
            until,
            over,
            faults,
            most_files: u64::from(rules.files),
            most_bytes: rules.file_bytes,
        })
    }

    /// All faults, one below the other.
    pub fn texts(&self) -> Vec<&str> {
        self.faults.iter().map(|fault| fault.text.as_str()).collect()
    }
}

/// Asked for by its address, as when a page of faults is opened once more: the letter's page has the form.
pub async fn show(sender: Sender, Named(letter): Named) -> Result<Response, Problem> {
    let id = LetterId::parse(&letter).ok_or(Problem::NotFound)?;
    let found = letters::find_own(&mut sender.read().await?, &sender.actor.id, &id).await?;
    found.ok_or(Problem::NotFound)?;
    Ok(links::letter(&id).see_other())
}

/// Adds files to a letter.
pub async fn create(sender: Sender, Named(letter): Named, request: Request) -> Result<Response, Problem> {
    let id = LetterId::parse(&letter).ok_or(Problem::NotFound)?;
    let letter = find(&sender, &id).await?;
    if letters::files_until(&letter, sender.now).is_none() {
        // Read to its end and thrown away, so that the person gets a sentence and not a broken line.
        let mut pieces = request.into_limited_body().into_data_stream();
        while let Some(Ok(_)) = pieces.next().await {}
        return refuse(&sender, &letter).await;
    }
    let upload = Upload::from_request(request, &()).await?;
    let mut faults = file_faults(&sender, &upload);
    if faults.is_empty() && upload.files.is_empty() {
        faults.push(fault(sender.words.t("addition-none").to_owned()));
    }
    let arrivals = upload.arrivals();
    if !arrivals.is_empty() {
        let mut tx = sender.begin().await?;
        match letters::add_files(&mut tx, &sender.app.rules, &sender.actor, &id, &arrivals).await {
            Ok(added) => {
                tx.commit().await?;
                if added.is_full && !upload.has_too_many {
                    let most = sender.page("").number(u64::from(sender.app.rules.letters.files));
                    faults.push(fault(sender.words.a("file-too-many", "most", most)));
                }
            }
            Err(AddFilesError::NoLetter) => return Err(Problem::NotFound),
            Err(AddFilesError::Closed) => {
                drop(tx);
                return refuse(&sender, &find(&sender, &id).await?).await;
            }
            Err(AddFilesError::Store(error)) => return Err(error.into()),
        }
    }
    let is_from_receipt = upload.fields.get("from") == "receipt";
    if faults.is_empty() {
        let there = if is_from_receipt { links::receipt(&id) } else { links::letter(&id) };
        return Ok(there.at("letter-files").see_other());
    }
    let status =
        if upload.has_fault_of_ours() { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::UNPROCESSABLE_ENTITY };
    if is_from_receipt {
        receipt::page(&sender, &id, status, faults).await
    } else {
        letter::page(&sender, &id, status, faults).await
    }
}

/// A letter of the sender's that was submitted.
pub(super) async fn find(sender: &Sender, id: &LetterId) -> Result<Letter, Problem> {
    let found = letters::find_own(&mut sender.read().await?, &sender.actor.id, id).await?;
    found.filter(|letter| letter.state.submission().is_some()).ok_or(Problem::NotFound)
}

/// The letter's page, which says why it takes no files: their time is over, they came too late, or none were to follow.
async fn refuse(sender: &Sender, letter: &Letter) -> Result<Response, Problem> {
    let is_over = Addition::of(sender, letter, "letter", Vec::new()).is_some_and(|addition| addition.over.is_some());
    let has_promised = letter.state.submission().is_some_and(|submission| submission.files_until.is_some());
    let (status, key) = match (is_over, has_promised) {
        (true, _) => (StatusCode::GONE, "addition-too-late"),
        (false, true) => (StatusCode::CONFLICT, "addition-decided"),
        (false, false) => (StatusCode::CONFLICT, "addition-not-promised"),
    };
    letter::page(sender, &letter.id, status, vec![fault(sender.words.t(key).to_owned())]).await
}

fn fault(text: String) -> Fault {
    Fault { field: "added", text }
}

//! The form of a letter that is being written: what was typed, what is wrong with it, and the files it has.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::accounts::new_browser_key;
use pishkhan_office::files::ArrivalError;
use pishkhan_office::ids::{KindId, LetterId, UnitId};
use pishkhan_office::kinds::Kind;
use pishkhan_office::letters::{Content, Gap, SUBJECT_CHARACTERS, SenderKind};
use pishkhan_office::units::Unit;

use super::order::Ordered;
use super::uploads::Unfinished;
use crate::arrivals;
use crate::form::{Brought, Fields, Upload};
use crate::layout::{Fault, Page, show_as};
use crate::links::{self, Link};
use crate::representing;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "counter/draft_form.html")]
pub struct DraftForm {
    pub page: Page,
    /// None: not saved yet.
    pub draft: Option<LetterId>,
    /// Marks this form, so that a double click makes one draft.
    pub token: String,
    pub typed: Content,
    pub units: Vec<Unit>,
    /// None: the organisation has none, and the form doesn't ask.
    pub kinds: Vec<Kind>,
    pub files: Vec<Ordered>,
    /// Files on their way in pieces.
    pub uploads: Vec<Unfinished>,
    /// Whether there are photos that could become one PDF.
    pub can_bind: bool,
    pub faults: Vec<Fault>,
    /// Whether a fault is ours, so that trying again later may help.
    pub is_ours: bool,
    /// For how many hours files may follow a letter.
    pub follow_hours: u64,
    pub most_files: u64,
    pub most_bytes: u64,
}

impl DraftForm {
    /// Where the form is posted.
    pub fn action(&self) -> Link {
        self.draft.as_ref().map_or_else(links::drafts, links::draft)
    }

    pub fn has_chosen(&self, unit: &Unit) -> bool {
        self.typed.unit.as_ref() == Some(&unit.id)
    }

    pub fn is_of_kind(&self, kind: &Kind) -> bool {
        self.typed.kind.as_ref() == Some(&kind.id)
    }

    pub fn is_company(&self) -> bool {
        self.typed.sender_kind == SenderKind::Company
    }

    pub fn fault(&self, field: &str) -> Option<&str> {
        self.faults.iter().find(|fault| fault.field == field).map(|fault| fault.text.as_str())
    }

    /// All faults of the files, one below the other.
    pub fn file_faults(&self) -> Vec<&str> {
        self.faults.iter().filter(|fault| fault.field == "files").map(|fault| fault.text.as_str()).collect()
    }

    pub fn show(mut self) -> Response {
        if !self.faults.is_empty() {
            // What is refused stands at an address that has no page of its own.
            self.page.here = self.draft.as_ref().map_or_else(links::new_letter, links::edit_draft).to_string();
        }
        let status = match (self.faults.is_empty(), self.is_ours) {
            (true, _) => StatusCode::OK,
            (false, true) => StatusCode::SERVICE_UNAVAILABLE,
            (false, false) => StatusCode::UNPROCESSABLE_ENTITY,
        };
        show_as(status, &self)
    }
}

/// What marks the form, so that a double click makes one draft. A program that sends nothing good makes one each time.
pub fn draft_token(fields: &Fields) -> String {
    let token = fields.get("token");
    let is_token = (16..=64).contains(&token.len()) && token.bytes().all(|b| b.is_ascii_graphic());
    if is_token { token.to_owned() } else { new_browser_key() }
}

/// What was typed, before it is put in its storage form.
pub fn typed(fields: &Fields) -> Content {
    Content {
        sender_name: fields.get("sender_name").to_owned(),
        sender_kind: SenderKind::parse(fields.get("sender_kind")).unwrap_or_default(),
        representative: representing::typed(fields),
        unit: UnitId::parse(fields.get("unit")),
        kind: KindId::parse(fields.get("letter_kind")),
        subject: fields.get("subject").to_owned(),
        body: fields.get("body").to_owned(),
        has_files_following: fields.has("files_follow"),
    }
}

/// What a form says whose line was cut, over what was kept: a field that did not arrive leaves it as it was.
pub fn as_far_as_it_came(fields: &Fields, kept: &Content) -> Content {
    let typed = typed(fields);
    let text = |name: &str, typed: String, kept: &str| if fields.has(name) { typed } else { kept.to_owned() };
    let is_represented = fields.has("representative_until");
    Content {
        sender_name: text("sender_name", typed.sender_name, &kept.sender_name),
        sender_kind: if fields.has("sender_kind") { typed.sender_kind } else { kept.sender_kind },
        representative: if is_represented { typed.representative } else { kept.representative.clone() },
        unit: typed.unit.or_else(|| kept.unit.clone()),
        kind: typed.kind.or_else(|| kept.kind.clone()),
        subject: text("subject", typed.subject, &kept.subject),
        body: text("body", typed.body, &kept.body),
        has_files_following: typed.has_files_following || kept.has_files_following,
    }
}

/// The sentences for what a draft lacks.
pub fn gap_faults(visit: &Visit, gaps: &[Gap]) -> Vec<Fault> {
    let words = visit.words;
    let number = |n: usize| visit.page("").number(n as u64);
    let fault = |gap: &Gap| {
        let (field, text) = match gap {
            Gap::NoName => ("sender_name", words.t("draft-no-name").to_owned()),
            Gap::LongName => ("sender_name", words.t("draft-long-name").to_owned()),
            Gap::NoRepresentativeKind => ("representative_kind", words.t("representative-no-kind").to_owned()),
            Gap::NoRepresentativeName => ("representative_name", words.t("representative-no-name").to_owned()),
            Gap::LongRepresentativeName => ("representative_name", words.t("representative-long-name").to_owned()),
            Gap::NoPaper => ("representative_paper", words.t("representative-no-paper").to_owned()),
            Gap::LongPaper => ("representative_paper", words.t("representative-long-paper").to_owned()),
            Gap::NoPaperDate => ("representative_until", words.t("representative-no-date").to_owned()),
            Gap::PaperExpired => ("representative_until", words.t("representative-expired").to_owned()),
            Gap::NoPaperFile => ("files", words.t("representative-no-file").to_owned()),
            Gap::NoUnit => ("unit", words.t("draft-no-unit").to_owned()),
            Gap::NoSubject => ("subject", words.t("draft-no-subject").to_owned()),
            Gap::LongSubject => ("subject", words.a("draft-long-subject", "most", number(SUBJECT_CHARACTERS))),
            Gap::LongBody => {
                ("body", words.a("draft-long-body", "most", number(visit.app.rules.letters.body_characters)))
            }
            Gap::NoLetter => ("body", words.t("draft-no-letter").to_owned()),
        };
        Fault { field, text }
    };
    gaps.iter().map(fault).collect()
}

/// The sentences for files that did not come well.
pub fn file_faults(visit: &Visit, upload: &Upload) -> Vec<Fault> {
    let mut faults: Vec<Fault> = upload.files.iter().filter_map(|file| file_fault(visit, file)).collect();
    if upload.has_too_many {
        let most = visit.page("").number(u64::from(visit.app.rules.letters.files));
        faults.push(Fault { field: "files", text: visit.words.a("file-too-many", "most", most) });
    }
    let is_told = upload.files.iter().any(|file| matches!(file.outcome, Err(ArrivalError::CutOff)));
    if upload.is_too_large {
        faults.push(Fault { field: "files", text: visit.words.t("file-form-too-large").to_owned() });
    } else if upload.is_cut_off && !is_told {
        faults.push(Fault { field: "files", text: visit.words.t("file-form-cut-off").to_owned() });
    }
    faults
}

fn file_fault(visit: &Visit, file: &Brought) -> Option<Fault> {
    let Err(error) = &file.outcome else { return None };
    let text = arrivals::fault(&visit.page(""), &file.name, error);
    Some(Fault { field: "files", text })
}

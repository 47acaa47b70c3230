//! The form of what a sender without a mobile says at the counter: words, and the paper that they signed or brought.

use axum::http::StatusCode;
use pishkhan_office::messages::Written;
use pishkhan_office::rules::Rules;

use super::unrecorded::Unrecorded;
use crate::form::Upload;
use crate::layout::{Fault, Page};

/// The fields as a page shows them.
pub struct Spoken {
    pub text: String,
    pub limits: String,
    pub faults: Vec<Fault>,
}

impl Spoken {
    pub fn of(page: &Page, rules: &Rules, typed: &Upload, faults: Vec<Fault>) -> Spoken {
        let (most, size) = (page.number(u64::from(rules.letters.files)), page.size(rules.letters.file_bytes));
        let limits = page.words.fill("desk-files-hint", &[("most", &most), ("size", &size)]);
        Spoken { text: typed.fields.get("text").to_owned(), limits, faults }
    }

    /// What is wrong with the words.
    pub fn text_fault(&self) -> Option<&str> {
        self.of_field("text").into_iter().next()
    }

    /// What is wrong with the files.
    pub fn file_faults(&self) -> Vec<&str> {
        self.of_field("files")
    }

    fn of_field(&self, field: &str) -> Vec<&str> {
        self.faults.iter().filter(|fault| fault.field == field).map(|fault| fault.text.as_str()).collect()
    }
}

/// What the form brought.
pub fn said(upload: &Upload) -> Written {
    Written { text: upload.fields.get("text").to_owned(), arrivals: upload.arrivals() }
}

/// The whole form, for whoever came too late.
pub fn unrecorded(page: &Page, upload: &Upload) -> Unrecorded {
    Unrecorded::words(upload.fields.get("text")).with_files(page.t("spoken-files"), upload)
}

/// What is wrong with the words; files that came well are chosen again, since no page can put them back into its form.
pub fn faults(page: &Page, upload: &Upload, text: String) -> Vec<Fault> {
    let mut faults = vec![Fault { field: "text", text }];
    if !upload.files.is_empty() {
        faults.push(Fault { field: "files", text: page.t("desk-files-again").to_owned() });
    }
    faults
}

/// The status of a page with these faults.
pub fn status(upload: &Upload, faults: &[Fault]) -> StatusCode {
    match (faults.is_empty(), upload.has_fault_of_ours()) {
        (true, _) => StatusCode::OK,
        (false, true) => StatusCode::SERVICE_UNAVAILABLE,
        (false, false) => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

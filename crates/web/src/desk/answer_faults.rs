//! What is wrong with an answer as it was written or brought, in sentences.

use pishkhan_office::letters::{self, AUTHORITY_CHARACTERS, GroundError, TextError};

use crate::arrivals;
use crate::form::{Brought, Upload};
use crate::layout::{Fault, Page};
use crate::problem::Problem;

/// What is wrong with the answer; a fault of the store is a problem of ours.
pub fn text_faults(page: &Page, error: TextError) -> Result<Vec<Fault>, Problem> {
    let (field, text) = match error {
        TextError::Nothing => ("text", page.t("desk-answer-nothing").to_owned()),
        TextError::Long(most) => ("text", page.words.a("desk-answer-long", "most", page.number(most as u64))),
        TextError::TooManyFiles(most) => ("files", page.words.n("desk-files-many", most)),
        TextError::Unknown(unknown) => {
            let faults = unknown.0.iter().map(|name| Fault { field: "text", text: unknown_place(page, name) });
            return Ok(faults.collect());
        }
        TextError::NoAuthority => ("authority", page.t("answer-authority-nothing").to_owned()),
        TextError::LongAuthority => {
            let most = page.number(AUTHORITY_CHARACTERS as u64);
            ("authority", page.words.a("answer-authority-long", "most", most))
        }
        TextError::NotAsked => ("ground", page.t("ground-not-asked").to_owned()),
        TextError::Ground(error) => ("ground", page.t(ground_key(error)).to_owned()),
        TextError::Store(error) => return Err(error.into()),
    };
    Ok(vec![Fault { field, text }])
}

/// What is wrong with a legal ground as it was typed, if anything: field and sentence.
pub fn ground_fault(typed: &str) -> Option<(&'static str, &'static str)> {
    letters::ground(typed).err().map(|error| ("ground", ground_key(error)))
}

fn ground_key(error: GroundError) -> &'static str {
    match error {
        GroundError::Nothing => "ground-nothing",
        GroundError::Long => "ground-long",
    }
}

fn unknown_place(page: &Page, name: &str) -> String {
    page.words.a("answer-unknown-place", "name", format!("{{{name}}}"))
}

/// A sentence for every file that did not come as it should; the others are kept with the draft.
pub fn file_faults(page: &Page, most: u32, upload: &Upload) -> Vec<Fault> {
    let mut texts: Vec<String> = upload.files.iter().filter_map(|file| file_fault(page, file)).collect();
    if upload.has_too_many {
        texts.push(page.words.n("desk-files-many", most));
    }
    if upload.is_cut_off && texts.is_empty() {
        texts.push(page.t("desk-form-cut").to_owned());
    }
    texts.into_iter().map(|text| Fault { field: "files", text }).collect()
}

fn file_fault(page: &Page, file: &Brought) -> Option<String> {
    file.outcome.as_ref().err().map(|error| arrivals::fault(page, &file.name, error))
}

/// The same where nothing is kept: what to do.
pub fn lost_file_faults(page: &Page, most: u32, upload: &Upload) -> Vec<Fault> {
    let mut faults = file_faults(page, most, upload);
    if !faults.is_empty() {
        faults.push(Fault { field: "files", text: page.t("desk-files-again").to_owned() });
    }
    faults
}

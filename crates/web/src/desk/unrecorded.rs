//! What somebody had typed and chosen in a dialog whose act came too late: the page that tells them so shows all of it, to be read and
//! copied.

use pishkhan_office::ids::UnitId;
use pishkhan_office::units;
use pishkhan_office::{StoreError, Tx};

use crate::form::Upload;
use crate::layout::Page;

/// Nothing of it was recorded.
#[derive(Default)]
pub struct Unrecorded {
    /// In their own words; may be empty.
    pub words: String,
    /// All else, line by line.
    pub choices: Vec<Chosen>,
}

/// A field that is not a text, with its label.
pub struct Chosen {
    pub label: &'static str,
    pub value: String,
}

impl Unrecorded {
    pub fn words(words: &str) -> Unrecorded {
        Unrecorded { words: words.trim().to_owned(), choices: Vec::new() }
    }

    /// With one more choice; of nothing, with none.
    #[must_use]
    pub fn choosing(mut self, label: &'static str, value: impl Into<String>) -> Unrecorded {
        let value = value.into();
        if !value.trim().is_empty() {
            self.choices.push(Chosen { label, value });
        }
        self
    }

    /// With the names of the files: no page puts them back into a form, so they are to be chosen again.
    #[must_use]
    pub fn with_files(self, label: &'static str, upload: &Upload) -> Unrecorded {
        upload.files.iter().fold(self, |unrecorded, file| unrecorded.choosing(label, file.name.as_str()))
    }
}

impl From<&str> for Unrecorded {
    fn from(words: &str) -> Unrecorded {
        Unrecorded::words(words)
    }
}

/// The unit as its name is read; empty when there is none of that id.
pub async fn unit_name(tx: &mut Tx, page: &Page, id: &UnitId) -> Result<String, StoreError> {
    let unit = units::find(tx, id).await?;
    Ok(unit.map(|unit| unit.name_in(page.words.language).to_owned()).unwrap_or_default())
}

//! Binding: the photos of a draft become one PDF, in the order shown; the photos stay.
//!
//! What was bound stands after all photos of which it was made. A photo that comes later stands behind it, and an act that takes
//! photos out or turns them round puts it to the front: so its place tells whether it is up to date, also after a crash.

use std::time::Duration;

use futures_util::future::try_join_all;
use pishkhan_store::{Clock, Db, Moment, OrganisationId, StoreError, Tx};

use super::rows;
use super::write::{self, WriteError};
use crate::accounts::limits::{self, DAY, Over, Taken};
use crate::files::shelf::Key;
use crate::files::{self, Arrival, ArrivalError, Bringer, File, Part, Passage, Scan, Vault};
use crate::ids::{FileId, LetterId};
use crate::previews::{PreviewError, Workshop};
use crate::rules::Rules;
use crate::senders::Sender;

/// Fewer photos than this are not worth binding.
const FEWEST: usize = 2;

/// How long it is looked for which photo can't be read, while its sender waits.
const SEARCH: Duration = Duration::from_secs(20);

/// What a draft has of a binding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    None,
    UpToDate,
    /// The photos have changed since.
    OutOfDate,
}

/// The photos of a draft, as they are to be bound.
#[derive(Clone, Debug)]
pub struct Photos {
    letter: LetterId,
    files: Vec<File>,
}

/// Where binding is done.
#[derive(Clone, Copy)]
pub struct Bindery<'a> {
    pub db: &'a Db,
    pub clock: &'a Clock,
    pub vault: &'a Vault,
    pub workshop: &'a Workshop,
    pub organisation: &'a OrganisationId,
    /// How large what is bound may be, in bytes.
    pub most_bytes: u64,
}

#[derive(Debug, thiserror::Error)]
pub enum BindError {
    #[error("there is no such draft")]
    NoDraft,
    #[error("there are not enough photos")]
    TooFew,
    /// The scanner has not seen this one, and nobody may open it.
    #[error("a photo waits for the scanner")]
    Waiting { name: String },
    #[error("a photo is infected")]
    Infected { name: String },
    /// A photo can't be read; by its name if it is known which.
    #[error("a photo is broken")]
    Broken { name: Option<String> },
    #[error("the photos are too large together")]
    TooLarge,
    #[error("it took too long")]
    TooSlow,
    /// The sender has bound as often as a day may see.
    #[error("too many bindings today")]
    TooMany { until: Moment },
    /// The fault is ours, and not the photos'; nothing was bound.
    #[error("the photos could not be bound: {0}")]
    Ours(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<WriteError> for BindError {
    fn from(error: WriteError) -> BindError {
        match error {
            WriteError::Store(error) => BindError::Store(error),
            WriteError::NoDraft | WriteError::Submitted(_) | WriteError::TooManyDrafts => BindError::NoDraft,
        }
    }
}

/// Whether these files, in their order, hold what was bound, and whether it is up to date.
pub fn binding(files: &[File]) -> Binding {
    let Some(at) = files.iter().position(|file| file.is_bound) else { return Binding::None };
    let is_last = !files[at..].iter().any(is_photo);
    if is_last && has_enough_photos(files) { Binding::UpToDate } else { Binding::OutOfDate }
}

/// Whether there are photos enough to be bound.
pub fn has_enough_photos(files: &[File]) -> bool {
    files.iter().filter(|file| is_photo(file)).count() >= FEWEST
}

/// Finds the photos of a draft and counts that they will be bound: against a day's number of files, by a counter of its own,
/// since each binding costs a worker and leaves a file.
pub async fn begin_binding(tx: &mut Tx, rules: &Rules, sender: &Sender, id: &LetterId) -> Result<Photos, BindError> {
    rows::find_draft(tx, &sender.id, id).await?.ok_or(BindError::NoDraft)?;
    let photos = photos(tx, id).await?;
    if photos.files.len() < FEWEST {
        return Err(BindError::TooFew);
    }
    for photo in &photos.files {
        match photo.scan {
            Scan::Off | Scan::Clean => {}
            Scan::Waiting => return Err(BindError::Waiting { name: photo.name.clone() }),
            Scan::Infected => return Err(BindError::Infected { name: photo.name.clone() }),
        }
    }
    let (counter, ceiling) = (format!("bindings:{}", sender.id), rules.limits.files_per_sender_per_day);
    if let Taken::Over { until } = limits::take(tx, Over::Organisation, &counter, ceiling, DAY).await? {
        return Err(BindError::TooMany { until });
    }
    Ok(photos)
}

/// Has a worker bind the photos, and takes the PDF in. Nothing names it yet. No transaction may be open.
pub async fn bind(bindery: Bindery<'_>, photos: &Photos) -> Result<Arrival, BindError> {
    let fetched = try_join_all(photos.files.iter().map(|photo| fetch(bindery, photo))).await?;
    let sheets: Vec<_> =
        photos.files.iter().zip(&fetched).map(|(photo, passage)| (photo.kind, passage.path().to_owned())).collect();
    let bound = bindery.vault.passage();
    if let Err(error) = bindery.workshop.bind(&sheets, bound.path()).await {
        return Err(match error {
            PreviewError::Broken => {
                let search = find_broken(bindery, photos, &sheets);
                let name = tokio::time::timeout(SEARCH, search).await.unwrap_or_default();
                BindError::Broken { name }
            }
            PreviewError::TooBig => BindError::TooLarge,
            PreviewError::TooSlow => BindError::TooSlow,
            PreviewError::NotPossible | PreviewError::NotConfined | PreviewError::Io(_) => ours(error),
        });
    }
    let bringer = Bringer { organisation: bindery.organisation, counted: None };
    let pieces = bound.pieces().await.map_err(ours)?;
    let taken = files::take_in(bindery.vault, bindery.db, bindery.clock, bringer, pieces, bindery.most_bytes).await;
    taken.map_err(|error| match error {
        ArrivalError::TooLarge(_) => BindError::TooLarge,
        ArrivalError::Infected => BindError::Broken { name: None },
        ArrivalError::Store(error) => BindError::Store(error),
        error => ours(error),
    })
}

/// Gives the draft what was bound, in place of what was bound before. Answers false, and does nothing, when the photos have
/// changed meanwhile.
pub async fn keep_binding(
    tx: &mut Tx,
    sender: &Sender,
    bound: &Photos,
    name: &str,
    arrival: &Arrival,
) -> Result<bool, BindError> {
    let letter = write::hold(tx, sender, &bound.letter).await?;
    let files = files::of_letter_part(tx, &letter.id, Part::Letter).await?;
    if !files.iter().filter(|file| is_photo(file)).map(|file| &file.id).eq(bound.files.iter().map(|file| &file.id)) {
        return Ok(false);
    }
    let is_same = |file: &&File| file.is_bound && file.sha256 == arrival.sha256;
    if binding(&files) == Binding::UpToDate && files.iter().any(|file| is_same(&file)) {
        // The other of two tabs was first.
        return Ok(true);
    }
    files::remove_bound(tx, &letter.id).await?;
    let file: FileId = files::attach(tx, &letter.id, Part::Letter, name, arrival).await?;
    files::mark_bound(tx, &file).await?;
    Ok(true)
}

/// Takes out what was bound, since it is out of date and can't be bound anew.
pub async fn drop_binding(tx: &mut Tx, sender: &Sender, id: &LetterId) -> Result<(), BindError> {
    let letter = write::hold(tx, sender, id).await?;
    Ok(files::remove_bound(tx, &letter.id).await?)
}

async fn photos(tx: &mut Tx, id: &LetterId) -> Result<Photos, StoreError> {
    let mut files = files::of_letter_part(tx, id, Part::Letter).await?;
    files.retain(is_photo);
    Ok(Photos { letter: id.clone(), files })
}

fn is_photo(file: &File) -> bool {
    file.kind.is_photo() && !file.is_bound
}

async fn fetch(bindery: Bindery<'_>, photo: &File) -> Result<Passage, BindError> {
    let passage = bindery.vault.passage();
    let key = Key::blob(bindery.organisation, &photo.sha256);
    bindery.vault.shelf().fetch(&key, passage.path()).await.map_err(ours)?;
    Ok(passage)
}

/// Which photo it is that can't be read: the worker does not say, so each is tried alone.
async fn find_broken(
    bindery: Bindery<'_>,
    photos: &Photos,
    sheets: &[(files::Kind, std::path::PathBuf)],
) -> Option<String> {
    for (photo, sheet) in photos.files.iter().zip(sheets) {
        let alone = bindery.vault.passage();
        if let Err(PreviewError::Broken) = bindery.workshop.bind(std::slice::from_ref(sheet), alone.path()).await {
            return Some(photo.name.clone());
        }
    }
    None
}

fn ours(error: impl std::fmt::Display) -> BindError {
    tracing::error!(%error, "photos could not be bound");
    BindError::Ours(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::{Kind, Preview};

    fn files(kinds: &str) -> Vec<File> {
        let file = |sign: char| File {
            id: FileId::random(),
            letter: LetterId::stored("letter"),
            part: Part::Letter,
            message: None,
            name: sign.to_string(),
            kind: if sign == 'p' { Kind::Png } else { Kind::Pdf },
            size: 1,
            sha256: String::new(),
            stored_at: Moment(0),
            flags: Vec::new(),
            scan: Scan::Off,
            preview: Preview::None,
            is_bound: sign == 'B',
        };
        kinds.chars().map(file).collect()
    }

    #[test]
    fn its_place_tells_whether_what_was_bound_is_up_to_date() {
        let expected = [
            ("", Binding::None),
            ("ppd", Binding::None),
            ("ppB", Binding::UpToDate),
            ("pdpBd", Binding::UpToDate),
            ("Bpp", Binding::OutOfDate),
            ("ppBp", Binding::OutOfDate),
            ("pB", Binding::OutOfDate),
            ("B", Binding::OutOfDate),
        ];
        for (kinds, state) in expected {
            assert_eq!(binding(&files(kinds)), state, "{kinds}");
        }
        assert!(has_enough_photos(&files("pdp")) && !has_enough_photos(&files("pdB")));
    }
}

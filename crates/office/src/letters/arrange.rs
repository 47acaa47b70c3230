//! Arranging: the files of a draft are put in another order, or one is taken out.

use pishkhan_store::{StoreError, Tx};

use super::write::{self, WriteError};
use crate::files::{self, File, Part};
use crate::ids::{FileId, LetterId};
use crate::senders::Sender;

/// What is done with a file of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrangement {
    Remove(FileId),
    /// It changes places with the file before it.
    Raise(FileId),
    /// It changes places with the file after it.
    Lower(FileId),
}

/// Arranges the files of a draft. What is not there (any more), or stands at the end already, stays as it is: another tab may
/// have been first, and the page then shows how it is now.
pub async fn arrange(tx: &mut Tx, sender: &Sender, id: &LetterId, arrangement: &Arrangement) -> Result<(), WriteError> {
    // The letter first, so that two who arrange take turns.
    write::hold(tx, sender, id).await?;
    if let Arrangement::Remove(file) = arrangement {
        files::remove_from_draft(tx, &sender.id, id, file).await?;
        return Ok(());
    }
    let files = files::of_letter_part(tx, id, Part::Letter).await?;
    match arranged(&files, arrangement) {
        Some(order) => Ok(renumber(tx, id, &order).await?),
        None => Ok(()),
    }
}

/// The files in their new order; None when nothing changes. What we bound is passed over, and goes to the front, where it is out
/// of date, when photos change places.
fn arranged<'a>(files: &'a [File], arrangement: &Arrangement) -> Option<Vec<&'a FileId>> {
    let mut brought: Vec<&File> = files.iter().filter(|file| !file.is_bound).collect();
    let place = |id: &FileId| brought.iter().position(|file| file.id == *id);
    let first = match arrangement {
        Arrangement::Remove(_) => None,
        Arrangement::Raise(id) => place(id)?.checked_sub(1),
        Arrangement::Lower(id) => place(id),
    }?;
    let second = brought.get(first + 1)?;
    let are_photos = brought[first].kind.is_photo() && second.kind.is_photo();
    brought.swap(first, first + 1);
    let Some(at) = files.iter().position(|file| file.is_bound) else {
        return Some(brought.into_iter().map(|file| &file.id).collect());
    };
    brought.insert(if are_photos { 0 } else { at }, &files[at]);
    Some(brought.into_iter().map(|file| &file.id).collect())
}

async fn renumber(tx: &mut Tx, id: &LetterId, order: &[&FileId]) -> Result<(), StoreError> {
    for (position, file) in (1..).zip(order) {
        files::place(tx, id, file, position).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use pishkhan_store::Moment;

    use super::*;
    use crate::files::{Kind, Preview, Scan};

    fn file(id: &str, kind: Kind, is_bound: bool) -> File {
        File {
            id: FileId::stored(id),
            letter: LetterId::stored("letter"),
            part: Part::Letter,
            message: None,
            name: id.to_owned(),
            kind,
            size: 1,
            sha256: id.to_owned(),
            stored_at: Moment(0),
            flags: Vec::new(),
            scan: Scan::Off,
            preview: Preview::None,
            is_bound,
        }
    }

    /// Photos a, b, the document c, and the photos d and what was bound of all of them.
    fn files() -> Vec<File> {
        let photo = |id| file(id, Kind::Jpeg, false);
        vec![photo("a"), photo("b"), file("c", Kind::Pdf, false), photo("d"), file("bound", Kind::Pdf, true)]
    }

    fn order(files: &[File], arrangement: &Arrangement) -> Option<String> {
        let ids = arranged(files, arrangement)?;
        Some(ids.into_iter().map(FileId::as_str).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn a_file_changes_places_with_its_neighbour() {
        let raise = |id| order(&files(), &Arrangement::Raise(FileId::stored(id)));
        let lower = |id| order(&files(), &Arrangement::Lower(FileId::stored(id)));
        assert_eq!(raise("c").as_deref(), Some("a c b d bound"));
        assert_eq!(lower("c").as_deref(), Some("a b d c bound"));
        assert_eq!(raise("b").as_deref(), Some("bound b a c d"), "what was bound is out of date");
        assert_eq!(lower("a"), raise("b"));
    }

    #[test]
    fn the_ends_and_strangers_stay_where_they_are() {
        for nothing in [Arrangement::Raise(FileId::stored("a")), Arrangement::Lower(FileId::stored("d"))] {
            assert_eq!(order(&files(), &nothing), None, "{nothing:?}");
        }
        for nobody in ["bound", "z"] {
            assert_eq!(order(&files(), &Arrangement::Raise(FileId::stored(nobody))), None);
            assert_eq!(order(&files(), &Arrangement::Lower(FileId::stored(nobody))), None);
        }
        assert_eq!(order(&[], &Arrangement::Raise(FileId::stored("a"))), None);
    }
}

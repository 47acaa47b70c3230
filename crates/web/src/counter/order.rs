//! The order of a draft's files: which button of its form was pressed, and where the reader is afterwards.

use pishkhan_office::files::{File, Part};
use pishkhan_office::ids::{FileId, LetterId};
use pishkhan_office::letters::Arrangement;

use super::paper::Paper;
use crate::form::Fields;
use crate::layout::Page;
use crate::links::{self, Link};

/// A file in the form, with the buttons that lead somewhere.
pub struct Ordered {
    pub paper: Paper,
    pub has_up: bool,
    pub has_down: bool,
}

/// The files of a draft for its form. What we bound has no place to choose, and others pass it over.
pub fn ordered(page: &Page, files: &[File]) -> Vec<Ordered> {
    let brought = files.iter().filter(|file| !file.is_bound).count();
    let mut before = 0;
    let one = |file: &File| {
        let has_up = !file.is_bound && before > 0;
        let has_down = !file.is_bound && before + 1 < brought;
        before += usize::from(!file.is_bound);
        Ordered { paper: Paper::of(page, file), has_up, has_down }
    };
    files.iter().filter(|file| file.part == Part::Letter).map(one).collect()
}

/// What the pressed button asks for.
pub fn asked(fields: &Fields) -> Option<Arrangement> {
    let of = |name: &str, arrangement: fn(FileId) -> Arrangement| FileId::parse(fields.get(name)).map(arrangement);
    of("remove", Arrangement::Remove)
        .or_else(|| of("up", Arrangement::Raise))
        .or_else(|| of("down", Arrangement::Lower))
}

/// Whether a button beside a file was pressed, after which the form is shown again.
pub fn is_pressed(fields: &Fields) -> bool {
    ["remove", "up", "down"].into_iter().any(|name| fields.has(name))
}

/// Back to the form: to the same button beside the same file, or, at the end of its way, to the other.
pub fn back(draft: &LetterId, fields: &Fields, files: &[File]) -> Link {
    let form = links::edit_draft(draft);
    let brought: Vec<&File> = files.iter().filter(|file| !file.is_bound).collect();
    let place = |id: &FileId| brought.iter().position(|file| file.id == *id);
    match asked(fields) {
        Some(Arrangement::Raise(id)) => match place(&id) {
            Some(0) => form.at(&format!("down-{id}")),
            Some(_) => form.at(&format!("up-{id}")),
            None => form.at("files"),
        },
        Some(Arrangement::Lower(id)) => match place(&id) {
            Some(place) if place + 1 == brought.len() => form.at(&format!("up-{id}")),
            Some(_) => form.at(&format!("down-{id}")),
            None => form.at("files"),
        },
        Some(Arrangement::Remove(_)) | None => form.at("files"),
    }
}

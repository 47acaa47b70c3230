//! A file as its sender sees it: what it is, whether it can be opened, and the pictures of its pages.

use pishkhan_office::files::{File, Preview, Scan};
use pishkhan_office::ids::FileId;
use pishkhan_office::previews;

use crate::layout::Page;
use crate::links::{self, Link};

/// A file in a list.
pub struct Paper {
    pub id: FileId,
    pub url: Link,
    pub name: String,
    pub size: String,
    pub sha256: String,
    /// When the letter got it, in words.
    pub when: String,
    /// Whether we bound it from photos.
    pub is_bound: bool,
    /// Why nobody can open it; None when it can be opened.
    pub closed: Option<&'static str>,
    /// The first page, small.
    pub thumb: Option<Link>,
    pub pictures: Vec<Picture>,
    /// Why there are no pictures, or not of all pages, where that may be asked.
    pub about_pictures: Option<String>,
}

/// The picture of a page.
pub struct Picture {
    pub small: Link,
    pub large: Link,
    pub alt: String,
}

impl Picture {
    /// The pictures of all pages that have one, in their order, if the file may be opened.
    pub fn all(page: &Page, file: &File) -> Vec<Picture> {
        let of = |number: u32| Picture {
            small: links::picture(&file.id, number, previews::SMALL),
            large: links::picture(&file.id, number, previews::LARGE),
            alt: page.words.fill("paper-picture", &[("page", &page.number(u64::from(number))), ("name", &file.name)]),
        };
        (1..=file.pictured_pages()).map(of).collect()
    }
}

impl Paper {
    pub fn of(page: &Page, file: &File) -> Paper {
        Paper {
            id: file.id.clone(),
            url: links::file(&file.id),
            name: file.name.clone(),
            size: page.size(file.size),
            sha256: file.sha256.clone(),
            when: page.when(&file.stored_at),
            is_bound: file.is_bound,
            closed: closed(page, file.scan),
            thumb: (file.pictured_pages() > 0).then(|| links::picture(&file.id, 1, previews::SMALL)),
            pictures: Picture::all(page, file),
            about_pictures: if file.is_safe() { about_pictures(page, file.preview) } else { None },
        }
    }

    /// The files of a list, in its order.
    pub fn all<'a>(page: &Page, files: impl IntoIterator<Item = &'a File>) -> Vec<Paper> {
        files.into_iter().map(|file| Paper::of(page, file)).collect()
    }
}

fn closed(page: &Page, scan: Scan) -> Option<&'static str> {
    match scan {
        Scan::Off | Scan::Clean => None,
        Scan::Waiting => Some(page.t("paper-quarantined")),
        Scan::Infected => Some(page.t("paper-infected")),
    }
}

/// Only what may still change, or is less than expected: a sender knows what their file looks like.
fn about_pictures(page: &Page, preview: Preview) -> Option<String> {
    match preview {
        Preview::Waiting => Some(page.t("paper-pictures-waiting").to_owned()),
        Preview::Broken => Some(page.t("paper-pictures-broken").to_owned()),
        Preview::Made { made, in_all } if made < in_all => {
            let (made, all) = (page.number(u64::from(made)), page.number(u64::from(in_all)));
            Some(page.words.fill("paper-pictures-more", &[("made", &made), ("all", &all)]))
        }
        Preview::None | Preview::Made { .. } => None,
    }
}

//! A file as the desk offers it: what it is, whether it may be opened, what to beware of, and the pictures of its pages.

use pishkhan_office::files::{File, Preview, Scan};

use crate::counter::{Picture, danger};
use crate::layout::Page;
use crate::links::{self, Link};

/// A file in the panes of a letter.
pub struct Paper {
    pub url: Link,
    pub name: String,
    pub ending: String,
    pub size: String,
    pub sha256: String,
    /// Why nobody can open it; None when it can be opened.
    pub closed: Option<Closed>,
    /// What it may do when it is opened, in sentences; staff read this before they get it.
    pub dangers: Vec<&'static str>,
    pub pictures: Vec<Picture>,
    /// Why there are no pictures, or not of all pages.
    pub about_pictures: Option<String>,
}

/// Why a file can't be opened.
pub struct Closed {
    /// A class of notes: `ask` while it may still change, `no` for good.
    pub kind: &'static str,
    pub text: &'static str,
}

impl Paper {
    pub fn of(page: &Page, file: &File) -> Paper {
        Paper {
            url: links::file(&file.id),
            name: file.name.clone(),
            ending: file.kind.as_str().to_uppercase(),
            size: page.size(file.size),
            sha256: file.sha256.clone(),
            closed: closed(page, file.scan),
            dangers: file.flags.iter().map(|flag| page.t(danger(*flag))).collect(),
            pictures: Picture::all(page, file),
            about_pictures: if file.is_safe() { about_pictures(page, file.preview) } else { None },
        }
    }
}

fn closed(page: &Page, scan: Scan) -> Option<Closed> {
    match scan {
        Scan::Off | Scan::Clean => None,
        Scan::Waiting => Some(Closed { kind: "ask", text: page.t("desk-file-quarantined") }),
        Scan::Infected => Some(Closed { kind: "no", text: page.t("desk-file-infected") }),
    }
}

fn about_pictures(page: &Page, preview: Preview) -> Option<String> {
    match preview {
        Preview::None => Some(page.t("desk-pictures-none").to_owned()),
        Preview::Waiting => Some(page.t("desk-pictures-waiting").to_owned()),
        Preview::Broken => Some(page.t("desk-pictures-broken").to_owned()),
        Preview::Made { made, in_all } if made < in_all => {
            let (made, all) = (page.number(u64::from(made)), page.number(u64::from(in_all)));
            Some(page.words.fill("desk-pictures-more", &[("made", &made), ("all", &all)]))
        }
        Preview::Made { .. } => None,
    }
}

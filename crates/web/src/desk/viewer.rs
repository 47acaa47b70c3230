//! How the pictures of a letter's pages are looked at: how large, and which way round. The address of the letter says it, so that it
//! works without script; with it the same buttons act where they stand.

use super::panes::Panes;
use super::paper::Paper;
use crate::form::Fields;
use crate::layout::Page;
use crate::links::Link;

/// Per cent of the width that there is.
const ZOOMS: [u32; 3] = [100, 150, 200];
/// Degrees, clockwise.
const TURNS: [u32; 4] = [0, 90, 180, 270];

/// How large, and how far turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    pub zoom: u32,
    pub turn: u32,
}

/// What stands above the document of a letter.
pub struct Tools {
    /// Whether it has parts to go to.
    pub has_parts: bool,
    /// How large its pictures may be; empty where it has none.
    pub zooms: Vec<Zoom>,
    /// The same pictures, a quarter of a turn further to the left.
    pub turned: Link,
}

pub struct Zoom {
    pub percent: u32,
    pub url: Link,
    pub label: String,
    pub is_current: bool,
}

impl Look {
    /// What the address of the page asks for; anything else is as it comes.
    pub fn of(page: &Page) -> Look {
        let (_, query) = page.here.split_once('?').unwrap_or_default();
        let fields = Fields::of_query(query);
        let one_of = |known: &[u32], name: &str| {
            let asked: Option<u32> = fields.get(name).parse().ok();
            asked.filter(|asked| known.contains(asked))
        };
        Look { zoom: one_of(&ZOOMS, "zoom").unwrap_or(100), turn: one_of(&TURNS, "turn").unwrap_or(0) }
    }
}

/// How wide a picture will be, so that the browser gets the larger one only where it is needed.
pub fn sizes(page: &Page) -> &'static str {
    if Look::of(page).zoom == 100 { "(min-width: 62rem) 42rem, 100vw" } else { "(min-width: 62rem) 84rem, 200vw" }
}

impl Panes {
    pub fn tools(&self, page: &Page) -> Tools {
        let look = Look::of(page);
        let part = if self.files.is_empty() { "document" } else { "letter-files" };
        let there = |look: Look| self.url.looked_at(look.zoom, look.turn).at(part);
        let zoom = |percent: u32| Zoom {
            percent,
            url: there(Look { zoom: percent, ..look }),
            label: if percent == 100 {
                page.t("viewer-fit").to_owned()
            } else {
                page.words.a("viewer-percent", "percent", page.number(u64::from(percent)))
            },
            is_current: percent == look.zoom,
        };
        Tools {
            has_parts: !self.letter.content.body.is_empty()
                && (!self.files.is_empty()
                    || self.letter.state.answer().is_some()
                    || self.outcome.proposal.is_some()
                    || self.outcome.objection.is_some()
                    || !self.thread.said.is_empty()),
            zooms: if self.has_pictures() { ZOOMS.into_iter().map(zoom).collect() } else { Vec::new() },
            turned: there(Look { turn: (look.turn + 270) % 360, ..look }),
        }
    }

    /// Whether any of the files that the document shows has pictures of its pages.
    fn has_pictures(&self) -> bool {
        let thread = self.thread.said.iter().flat_map(|it| &it.papers);
        let proposed = self.outcome.proposal.iter().flat_map(|it| &it.files);
        let former = self.outcome.former.iter().flat_map(|(_, papers)| papers);
        let mut papers = self.files.iter().chain(&self.answer_files).chain(thread).chain(proposed).chain(former);
        papers.any(|paper: &Paper| !paper.pictures.is_empty())
    }
}

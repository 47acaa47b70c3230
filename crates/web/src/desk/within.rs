//! The view of the tray within which a letter is looked at. The addresses of the letter and of its dialogs carry it, so that the list
//! beside it stays the one that it was opened from, and the next letter comes from there.

use pishkhan_office::actor::Staff;
use pishkhan_office::letters::{self, Across, Letter, Sieve, Spot, Tray};
use pishkhan_office::{StoreError, Tx};

use super::sieve;
use super::trays;
use crate::form::Fields;
use crate::layout::Page;
use crate::links::{self, Link};

/// What of the tray is asked for.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub tray: Tray,
    pub sieve: Sieve,
    pub after: Option<Spot>,
    /// The sieve as it stands in the address, to go on with.
    pub query: String,
}

impl Wanted {
    /// The whole view from its beginning.
    pub fn all(tray: Tray) -> Wanted {
        Wanted { tray, sieve: Sieve::default(), after: None, query: String::new() }
    }

    /// The view that the address of this page carries, read as the tray reads its own; None without one that is open to this person.
    pub fn carried(page: &Page, staff: &Staff) -> Option<Wanted> {
        // On the tray itself what it asks for is told by its own links.
        let (_, query) = page.here.split_once('?').filter(|(path, _)| *path != links::desk().as_str())?;
        let asked = sieve::of_address(query);
        let tray = trays::of(staff).into_iter().find(|tray| trays::name(*tray) == asked.show)?;
        Some(sieve::read(page, tray, &asked).wanted)
    }

    /// That view, or else the first part of the tray that is open to this person.
    pub fn carried_or_first(page: &Page, staff: &Staff) -> Wanted {
        let first = || trays::of(staff).first().copied().unwrap_or(Tray::Done);
        Wanted::carried(page, staff).unwrap_or_else(|| Wanted::all(first()))
    }

    /// Whether nothing was asked but the view itself.
    pub fn is_whole(&self) -> bool {
        self.query.is_empty() && self.after.is_none()
    }

    /// This page of the tray.
    pub fn link(&self) -> Link {
        links::desk_tray_sieved(trays::name(self.tray), &self.query, self.after.as_ref())
    }

    /// An address that carries the view on.
    pub fn carrying(&self, link: &Link) -> Link {
        link.within(trays::name(self.tray), &self.query, self.after.as_ref())
    }

    /// The view as fields, for a form whose address can't carry it.
    pub fn fields(&self) -> Vec<(String, String)> {
        let link = self.link();
        let query = link.as_str().split_once('?').map_or("", |(_, query)| query);
        let fields = Fields::of_query(query);
        fields.beginning("").map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    /// The page of the list to which whoever has done with several letters of it comes back: this one, or the first when nothing is left on this.
    pub async fn rest(&self, tx: &mut Tx, staff: &Staff) -> Result<Link, StoreError> {
        let is_over = self.after.is_some()
            && letters::tray(tx, staff, self.tray, &self.sieve, self.after.as_ref()).await?.cards.is_empty();
        Ok(if is_over { self.page(None).link() } else { self.link() })
    }

    /// That page of the same view.
    pub fn page(&self, after: Option<Spot>) -> Wanted {
        Wanted { after, ..self.clone() }
    }

    /// The letter across a border of the page, in the list of its own page; that page, where nobody knows the letter yet.
    pub fn across(&self, across: &Across) -> Link {
        let page = self.page(across.after.clone());
        across.letter.as_ref().map_or_else(|| page.link(), |letter| page.carrying(&links::desk_letter(letter)))
    }

    /// A letter in its list. Where it surely stands there anyway, its own address is enough.
    pub fn letter(&self, staff: &Staff, letter: &Letter) -> Link {
        let link = links::desk_letter(&letter.id);
        if self.is_whole() && trays::is_found_in(staff, letter, self.tray) { link } else { self.carrying(&link) }
    }
}

/// An address within the view that this page's own address carries, if it carries one.
pub fn keeping(page: &Page, staff: &Staff, link: Link) -> Link {
    match Wanted::carried(page, staff) {
        Some(wanted) => wanted.carrying(&link),
        None => link,
    }
}

/// An address within that view, if there is one.
pub fn kept(carried: Option<&Wanted>, link: &Link) -> Link {
    carried.map_or_else(|| link.clone(), |wanted| wanted.carrying(link))
}

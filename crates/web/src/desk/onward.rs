//! Where staff go on to from a letter that they have done with: the next one of its list, and the list itself when it has no more.

use pishkhan_office::Tx;
use pishkhan_office::actor::Staff;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, Act, Letter, Spot, Tray};

use super::trays;
use super::within::{self, Wanted};
use crate::layout::Page;
use crate::links::{self, Link};
use crate::problem::Problem;

/// The list of a letter and where it stands there, before the act: by the act it may leave the list.
pub struct Onward {
    letter: LetterId,
    /// The letter's own page, within the view that the address carries.
    here: Link,
    wanted: Wanted,
    /// None: it is not in that view, or not any more.
    spot: Option<Spot>,
}

impl Onward {
    /// The list is the view that the page's address carries, or else the part of the tray in which this person finds the letter.
    pub async fn of(tx: &mut Tx, page: &Page, staff: &Staff, id: &LetterId) -> Result<Onward, Problem> {
        let carried = Wanted::carried(page, staff);
        let here = within::kept(carried.as_ref(), &links::desk_letter(id));
        let wanted = if let Some(wanted) = carried {
            wanted
        } else {
            // What is not on this desk the act refuses.
            let found = letters::find_for_desk(tx, staff, id).await?;
            Wanted::all(match found {
                Some(letter) => trays::tray_of(tx, staff, &letter).await?,
                None => Tray::Done,
            })
        };
        let spot = letters::spot_in(tx, staff, wanted.tray, &wanted.sieve, id).await?;
        Ok(Onward { letter: id.clone(), here, wanted, spot })
    }

    /// Whether that is the letter's list.
    pub fn is_in(&self, tray: Tray) -> bool {
        self.wanted.tray == tray
    }

    /// The next letter of the list with which this person can do something, after the one that was done with and then from the top;
    /// the list itself when there is none. What is done is no list to work through: there the letter's page stays.
    pub async fn go_on(self, tx: &mut Tx, staff: &Staff) -> Result<Link, Problem> {
        if self.is_in(Tray::Done) {
            return self.stay(tx, staff).await;
        }
        let Onward { letter, wanted, spot, .. } = self;
        let top = wanted.page(None);
        for (part, after) in [(&wanted, spot.as_ref()), (&top, None)] {
            let cards = letters::tray(tx, staff, part.tray, &part.sieve, after).await?.cards;
            let mut others = cards.iter().map(|card| &card.letter).filter(|other| other.id != letter);
            if let Some(next) = others.find(|other| waits_for(staff, part.tray, other)) {
                return Ok(part.letter(staff, next).telling(&letter));
            }
        }
        Ok(top.link().telling(&letter))
    }

    /// The letter's page, or the tray when the letter is out of this person's sight now.
    pub async fn stay(self, tx: &mut Tx, staff: &Staff) -> Result<Link, Problem> {
        let found = letters::find_for_desk(tx, staff, &self.letter).await?;
        Ok(if found.is_some() { self.here.telling(&self.letter) } else { links::desk() })
    }
}

/// Whether this person can do something with a letter of that list. What was referred or written to them is at least to be read; that a sender
/// may be told something, or a proposal taken back, makes no letter wait.
fn waits_for(staff: &Staff, tray: Tray, letter: &Letter) -> bool {
    let acts = letters::open_acts(staff, letter, false);
    matches!(tray, Tray::Referred | Tray::Messages) || acts.iter().any(|act| !matches!(act, Act::Inform | Act::Retract))
}

//! The letters that were selected: as a form names them, as a page shows them, and what could not be done with one.

use pishkhan_office::actor::Staff;
use pishkhan_office::ids::LetterId;
use pishkhan_office::kinds;
use pishkhan_office::letters::{self, Act, Letter, Version};
use pishkhan_office::{StoreError, Tx};

use crate::form::Fields;
use crate::links::{self, Link};

/// How many letters may be decided together.
pub const MOST: usize = 50;
/// What a selected letter's field begins with; its value is the version that was seen.
const SELECTED: &str = "letter-";

/// A letter beside its tick.
pub struct Selected {
    pub id: LetterId,
    pub version: Version,
    pub subject: String,
    pub who: String,
}

/// A letter with which it could not be done, and why.
pub struct Failed {
    pub url: Link,
    pub subject: String,
    pub why: String,
}

/// The letters that a form names, each with the version that was seen.
pub fn selected(fields: &Fields) -> Vec<(LetterId, Version)> {
    let all = fields.beginning(SELECTED).filter_map(|(id, seen)| Some((LetterId::parse(id)?, seen.parse().ok()?)));
    all.take(MOST).collect()
}

/// The letters that were chosen, as they are now.
#[derive(Default)]
pub struct Chosen {
    /// Those with which it can still be done.
    pub open: Vec<(Letter, Version)>,
    /// Those that this person can't see, or about which somebody decided meanwhile.
    pub left_out: Vec<LetterId>,
}

impl Chosen {
    pub async fn of(
        tx: &mut Tx,
        staff: &Staff,
        act: Act,
        chosen: Vec<(LetterId, Version)>,
    ) -> Result<Chosen, StoreError> {
        let mut found = Chosen::default();
        for (id, seen) in chosen {
            let letter = letters::find_for_desk(tx, staff, &id).await?;
            match letter.filter(|letter| letters::open_acts(staff, letter, false).contains(&act)) {
                Some(letter) => found.open.push((letter, seen)),
                None => found.left_out.push(id),
            }
        }
        Ok(found)
    }
}

/// Those of the letters that ask for information: each is rejected by itself, by its own legal ground.
pub async fn asking_information(tx: &mut Tx, letters: &[(Letter, Version)]) -> Result<Vec<LetterId>, StoreError> {
    let mut asking = Vec::new();
    for (letter, _) in letters {
        if kinds::asks_information(tx, letter.content.kind.as_ref()).await? {
            asking.push(letter.id.clone());
        }
    }
    Ok(asking)
}

impl Selected {
    /// The letter as it was seen in the list: what changed since is told when it is decided.
    pub fn of((letter, version): (Letter, Version)) -> Selected {
        Selected { id: letter.id, version, subject: letter.content.subject, who: letter.content.sender_name }
    }
}

impl Failed {
    pub async fn of(tx: &mut Tx, staff: &Staff, id: &LetterId, why: String) -> Result<Failed, StoreError> {
        let letter = letters::find_for_desk(tx, staff, id).await?;
        let subject = letter.map(|letter| letter.content.subject).unwrap_or_default();
        Ok(Failed { url: links::desk_letter(id), subject, why })
    }
}

//! What was done with several letters just now: how many they are, the ways to them, and the way back as long as there is one.

use pishkhan_office::actor::Staff;
use pishkhan_office::ids::LetterId;
use pishkhan_office::ledger::{self, Event, Who};
use pishkhan_office::letters::{self, Version};
use pishkhan_office::rules::Rules;
use pishkhan_office::{Moment, StoreError, Tx};

use super::selected::MOST;
use crate::desk::within::Wanted;
use crate::layout::Page;
use crate::links::{self, Link};

/// The note about them.
pub struct Done {
    pub text: String,
    /// Those that its reader sees.
    pub letters: Vec<Each>,
    pub undo: Option<Undo>,
}

/// One of them.
pub struct Each {
    pub url: Link,
    pub subject: String,
    /// The number that is void since its registration was taken back, in words.
    pub void: Option<String>,
}

/// The button that takes back what its reader decided about them.
pub struct Undo {
    pub url: Link,
    /// Those that can be taken back, each in the version that is seen here.
    pub letters: Vec<(LetterId, Version)>,
    /// As long as all of them can.
    pub seconds: u64,
    pub label: String,
    /// The label with a `#` where the script counts.
    pub pattern: String,
}

/// The letters that an address tells of.
pub fn told(text: &str) -> Vec<LetterId> {
    let mut letters = Vec::new();
    for letter in text.split('.').filter_map(LetterId::parse).take(MOST) {
        if !letters.contains(&letter) {
            letters.push(letter);
        }
    }
    letters
}

impl Done {
    /// The note, told from what happened to the letters last as far as this person sees them; None where there are none. The way back keeps the
    /// view.
    pub async fn of(
        tx: &mut Tx,
        page: &Page,
        staff: &Staff,
        rules: &Rules,
        wanted: &Wanted,
        ids: &[LetterId],
    ) -> Result<Option<Done>, StoreError> {
        if ids.is_empty() {
            return Ok(None);
        }
        let (mut letters, mut open, mut ends, mut undone) = (Vec::new(), Vec::new(), Vec::new(), 0_usize);
        for id in ids {
            let Some(letter) = letters::find_for_desk(tx, staff, id).await? else { continue };
            let last = ledger::of_letter(tx, id).await?.into_iter().rfind(|it| it.who != Who::Time);
            let mut void = None;
            if let Some(Event::DecisionUndone { number, .. }) = last.map(|last| last.event) {
                undone += 1;
                void = number.map(|number| page.words.a("selection-void", "number", page.digits(number)));
            }
            let end = letters::undo_until(tx, &letter, staff, rules).await?;
            if let Some(end) = end.filter(|end| page.now < *end) {
                ends.push(end);
                open.push((id.clone(), letter.version));
            }
            letters.push(Each { url: links::desk_letter(id), subject: letter.content.subject, void });
        }
        let text = if undone > 0 && undone == letters.len() {
            page.words.n("selection-undone", undone)
        } else {
            page.words.n("selection-done", ids.len())
        };
        // They were decided while this page was made, which began before that.
        let left = |end: Moment| end.seconds_since(page.now).min(rules.letters.undo.as_secs());
        let undo = ends.into_iter().min().map(|end| Undo::of(page, wanted, open, left(end)));
        Ok(Some(Done { text, letters, undo }))
    }

    /// Whether a number of theirs is void now, so that the letters stand open to be read.
    pub fn has_void(&self) -> bool {
        self.letters.iter().any(|letter| letter.void.is_some())
    }
}

impl Undo {
    fn of(page: &Page, wanted: &Wanted, letters: Vec<(LetterId, Version)>, seconds: u64) -> Undo {
        Undo {
            url: wanted.carrying(&links::desk_selection_undoing()),
            letters,
            seconds,
            label: page.words.n("undoing-button", seconds),
            pattern: page.words.plain("undoing-button-counting", &[("count", "#")]),
        }
    }
}

//! The journal: what the server has acknowledged, in the memory of whoever breaks it, which survives.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

/// What was acknowledged so far. Cloning is cheap.
#[derive(Clone, Default)]
pub struct Journal(Arc<Mutex<Pages>>);

/// The journal, open.
#[derive(Default)]
pub struct Pages {
    /// By the letter's id.
    pub letters: BTreeMap<String, Acknowledged>,
    /// Submitted letters that nobody has taken up for review.
    pub waiting: Vec<String>,
    /// Answers that no case allows, such as a page of 500.
    pub faults: Vec<String>,
    /// How often somebody was told, in words, that nothing can be taken now.
    pub refusals: usize,
}

/// What was promised about one letter.
#[derive(Clone, Debug, Default)]
pub struct Acknowledged {
    /// Whether saving it was acknowledged at all; a letter may be there without.
    pub is_saved: bool,
    /// The files of the saved draft, by SHA-256, sorted.
    pub files: Vec<String>,
    pub is_submitted: bool,
    /// The code on the receipt, when it was read.
    pub receipt: Option<String>,
    pub is_registered: bool,
    /// The number it has; noted when it is first found registered.
    pub number: Option<String>,
    /// The state in which its pages and files were last looked through.
    pub looked_through: Option<String>,
}

/// How many letters there are of each kind.
pub struct Tally {
    pub drafts: usize,
    pub submitted: usize,
    pub registered: usize,
}

impl Journal {
    pub fn open(&self) -> MutexGuard<'_, Pages> {
        self.0.lock().expect("nobody panics with the journal in hand")
    }

    /// A draft was saved with these files.
    pub fn saved(&self, id: &str, mut files: Vec<String>) {
        files.sort_unstable();
        self.open().letters.insert(id.to_owned(), Acknowledged { is_saved: true, files, ..Acknowledged::default() });
    }

    /// Notes something about a letter that was saved.
    pub fn note(&self, id: &str, note: impl FnOnce(&mut Acknowledged)) {
        note(self.open().letters.entry(id.to_owned()).or_default());
    }

    pub fn fault(&self, fault: String) {
        self.open().faults.push(fault);
    }

    pub fn tally(&self) -> Tally {
        let pages = self.open();
        let count = |is_so: fn(&Acknowledged) -> bool| pages.letters.values().filter(|letter| is_so(letter)).count();
        Tally {
            drafts: count(|letter| letter.is_saved && !letter.is_submitted),
            submitted: count(|letter| letter.is_submitted && !letter.is_registered),
            registered: count(|letter| letter.is_registered),
        }
    }

    /// The tally as a sentence says it.
    pub fn told(&self) -> String {
        let Tally { drafts, submitted, registered } = self.tally();
        format!("{drafts} drafts, {submitted} submitted and {registered} registered letters acknowledged, all there")
    }
}

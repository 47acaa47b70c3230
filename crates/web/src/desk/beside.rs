//! What stands beside a letter at the desk: its classification and priority, the letters it was related to, and those that look alike.

use pishkhan_office::actor::Staff;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, Classification, Letter, Priority};
use pishkhan_office::relations::{self, Alike, Kind, Near, Relation};
use pishkhan_office::{StoreError, Tx};

use super::status::{self, Number, Status};
use crate::layout::Page;
use crate::links::{self, Link};

/// Everything beside a letter.
pub struct Beside {
    pub classification: &'static str,
    pub is_confidential: bool,
    pub can_classify: bool,
    pub priority: &'static str,
    /// The word of a priority that is above the normal one.
    pub pressing: Option<&'static str>,
    /// Whether this person may say how letters stand to each other.
    pub can_relate: bool,
    pub relations: Vec<Related>,
    pub alike: Vec<Similar>,
    /// What else its sender wrote, and who else wrote under its subject.
    pub near: Vec<Similar>,
}

/// A letter that this one stands in a relation to.
pub struct Related {
    pub id: LetterId,
    pub url: Link,
    pub subject: String,
    pub how: &'static str,
    pub kind: &'static str,
    pub status: Status,
    /// Whether it was said of this letter, and may be taken back here.
    pub is_own: bool,
}

/// A letter that looks like this one, or is near it.
pub struct Similar {
    pub url: Link,
    pub subject: String,
    pub number: Option<Number>,
    pub status: Status,
    pub when: String,
    pub why: Vec<&'static str>,
}

impl Beside {
    pub async fn of(tx: &mut Tx, page: &Page, staff: &Staff, letter: &Letter) -> Result<Beside, StoreError> {
        let related = relations::of_letter(tx, staff, &letter.id).await?;
        let own = relations::of_same_sender(tx, staff, letter).await?;
        let under = relations::under_same_subject(tx, staff, letter).await?;
        let alike = relations::alike(tx, staff, letter, &own, &under).await?;
        let near = relations::near(letter, own, under);
        let is_related = |other: &LetterId| related.iter().any(|relation| &relation.other.id == other);
        let is_alike = |other: &LetterId| alike.iter().any(|alike| &alike.letter.id == other);
        let near = near.iter().filter(|near| !is_related(&near.letter.id) && !is_alike(&near.letter.id));
        let near = near.map(|near| nearby(page, letter, near)).collect();
        let alike = alike.iter().filter(|alike| !is_related(&alike.letter.id));
        let alike = alike.map(|alike| looking_alike(page, letter, alike)).collect();
        Ok(Beside {
            classification: page.t(word_of(letter.classification)),
            is_confidential: letter.classification > Classification::Normal,
            can_classify: letters::could_classify(staff, letter),
            priority: page.t(word_of_priority(letter.priority)),
            pressing: pressing(page, letter.priority),
            can_relate: relations::could_relate(staff),
            relations: related.into_iter().map(|relation| self::related(page, relation)).collect(),
            alike,
            near,
        })
    }
}

/// The classification as people read it.
pub fn word_of(classification: Classification) -> &'static str {
    match classification {
        Classification::Normal => "classification-normal",
        Classification::Confidential => "classification-confidential",
        Classification::VeryConfidential => "classification-very-confidential",
    }
}

/// The priority as people read it.
pub fn word_of_priority(priority: Priority) -> &'static str {
    match priority {
        Priority::Normal => "priority-normal",
        Priority::Urgent => "priority-urgent",
        Priority::Immediate => "priority-immediate",
    }
}

/// The same as a sign in lists, where what is normal has none.
pub fn pressing(page: &Page, priority: Priority) -> Option<&'static str> {
    (priority > Priority::Normal).then(|| page.t(word_of_priority(priority)))
}

/// Every classification for a form: its value, its word, and whether it is the chosen one.
pub fn classifications(page: &Page, chosen: Classification) -> Vec<(&'static str, &'static str, bool)> {
    Classification::ALL.into_iter().map(|it| (it.as_str(), page.t(word_of(it)), it == chosen)).collect()
}

/// Every priority, likewise.
pub fn priorities(page: &Page, chosen: Option<Priority>) -> Vec<(&'static str, &'static str, bool)> {
    Priority::ALL.into_iter().map(|it| (it.as_str(), page.t(word_of_priority(it)), Some(it) == chosen)).collect()
}

/// What a letter is to the other one, as people read it.
pub fn word_of_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Duplicate => "relation-duplicate",
        Kind::Follows => "relation-follows",
        Kind::Replies => "relation-replies",
    }
}

fn related(page: &Page, relation: Relation) -> Related {
    let how = match (relation.kind, relation.is_of_other) {
        (Kind::Follows, true) => "relation-followed",
        (Kind::Replies, true) => "relation-replied",
        (kind, _) => word_of_kind(kind),
    };
    Related {
        url: links::desk_letter(&relation.other.id),
        how: page.t(how),
        kind: relation.kind.as_str(),
        status: status::status(page, &relation.other.state),
        is_own: !relation.is_of_other,
        subject: relation.other.content.subject,
        id: relation.other.id,
    }
}

fn looking_alike(page: &Page, letter: &Letter, alike: &Alike) -> Similar {
    let why = [
        (alike.has_same_file, "alike-file"),
        (alike.has_same_text, "alike-text"),
        (alike.has_same_subject, "alike-subject"),
    ];
    similar(page, letter, &alike.letter, &why)
}

fn nearby(page: &Page, letter: &Letter, near: &Near) -> Similar {
    let why = [(near.is_of_same_sender, "near-sender"), (near.has_same_subject, "near-subject")];
    similar(page, letter, &near.letter, &why)
}

fn similar(page: &Page, letter: &Letter, other: &Letter, why: &[(bool, &'static str)]) -> Similar {
    let registration = other.state.registration();
    Similar {
        url: links::desk_comparison(&letter.id, &other.id),
        subject: other.content.subject.clone(),
        number: registration.map(|entry| Number::of(page, &entry.number, entry.direction)),
        status: status::status(page, &other.state),
        when: page.day(&other.state.submission().map_or(other.created_at, |submission| submission.at)),
        why: why.iter().filter(|(is_so, _)| *is_so).map(|(_, key)| page.t(key)).collect(),
    }
}

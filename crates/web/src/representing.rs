//! Who acts for the sender of a letter, as people read it, and as it is typed into a form.

use pishkhan_office::letters::{Content, Representative, RepresentativeKind};

use crate::form::Fields;
use crate::layout::Page;

pub struct Representing {
    /// As what: attorney, representative or delegate.
    pub kind: &'static str,
    pub name: String,
    pub paper: String,
    /// The last day.
    pub until: String,
    pub has_ended: bool,
}

impl Page {
    /// Whoever acts for the sender; None when the sender does.
    pub fn representing(&self, content: &Content) -> Option<Representing> {
        let representative = content.representative.as_ref()?;
        Some(Representing {
            kind: representative.kind.map_or("", |kind| self.t(word_of(kind))),
            name: representative.name.clone(),
            paper: representative.paper.clone(),
            until: representative.ends_at.map(|end| self.date(&end)).unwrap_or_default(),
            has_ended: representative.has_ended(self.now),
        })
    }

    /// As what somebody may act for another, for a form: value, word, and whether it is chosen.
    pub fn representative_kinds(&self, content: &Content) -> Vec<(&'static str, &'static str, bool)> {
        let chosen = content.representative.as_ref().and_then(|representative| representative.kind);
        RepresentativeKind::ALL
            .into_iter()
            .map(|kind| (kind.as_str(), self.t(word_of(kind)), chosen == Some(kind)))
            .collect()
    }
}

/// What was typed about it; all of it may be empty.
pub fn typed(fields: &Fields) -> Option<Representative> {
    let representative = Representative {
        kind: RepresentativeKind::parse(fields.get("representative_kind")),
        name: fields.get("representative_name").to_owned(),
        paper: fields.get("representative_paper").to_owned(),
        until: fields.get("representative_until").to_owned(),
        ends_at: None,
    };
    (representative != Representative::default()).then_some(representative)
}

fn word_of(kind: RepresentativeKind) -> &'static str {
    match kind {
        RepresentativeKind::Attorney => "representative-attorney",
        RepresentativeKind::Representative => "representative-representative",
        RepresentativeKind::Delegate => "representative-delegate",
    }
}

//! Somebody who acts for whom a letter is: an attorney, a representative or a company's delegate, by a paper and until it expires.

use pishkhan_persian::calendar::JalaliDate;
use pishkhan_persian::text::{search_key, stored_line};
use pishkhan_store::Moment;

use super::letter::{Gap, Letter, NAME_CHARACTERS};

/// How long the description of a paper may be, in characters.
pub const PAPER_CHARACTERS: usize = 200;

/// As the form has it; in a letter that was submitted, all of it is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Representative {
    /// None: not said yet.
    pub kind: Option<RepresentativeKind>,
    pub name: String,
    /// Which paper says so: what it is, its number and date.
    pub paper: String,
    /// The paper's last day, as it was typed.
    pub until: String,
    /// When it ends, or was ended; None: no day can be read from what was typed.
    pub ends_at: Option<Moment>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepresentativeKind {
    /// By a power of attorney (وکالت‌نامه).
    Attorney,
    /// By a letter of introduction, or by law, as guardians are.
    Representative,
    /// Of a company, by its letter of introduction (معرفی‌نامه).
    Delegate,
}

impl RepresentativeKind {
    pub const ALL: [RepresentativeKind; 3] =
        [RepresentativeKind::Attorney, RepresentativeKind::Representative, RepresentativeKind::Delegate];

    /// The word in tables and forms.
    pub fn as_str(self) -> &'static str {
        match self {
            RepresentativeKind::Attorney => "attorney",
            RepresentativeKind::Representative => "representative",
            RepresentativeKind::Delegate => "delegate",
        }
    }

    pub fn parse(text: &str) -> Option<RepresentativeKind> {
        RepresentativeKind::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

impl Representative {
    /// What was typed, in its storage form; None when nothing was.
    pub(super) fn stored(self, cut: impl Fn(&str, usize) -> String) -> Option<Representative> {
        let line = |text: &str, most| cut(&stored_line(text), most);
        let (name, paper, until) = (line(&self.name, 500), line(&self.paper, 1_000), line(&self.until, 100));
        let is_empty = self.kind.is_none() && name.is_empty() && paper.is_empty() && until.is_empty();
        let ends_at = last_moment(&until);
        (!is_empty).then_some(Representative { kind: self.kind, name, paper, until, ends_at })
    }

    /// Everything that is missing, too long or over at `now`, in the order of the form. The paper itself comes as a file.
    pub(super) fn gaps(&self, has_files: bool, now: Moment) -> Vec<Gap> {
        let long = |text: &str, most: usize| text.chars().count() > most;
        let all = [
            (self.kind.is_none(), Gap::NoRepresentativeKind),
            (search_key(&self.name).is_empty(), Gap::NoRepresentativeName),
            (long(&self.name, NAME_CHARACTERS), Gap::LongRepresentativeName),
            (search_key(&self.paper).is_empty(), Gap::NoPaper),
            (long(&self.paper, PAPER_CHARACTERS), Gap::LongPaper),
            (self.ends_at.is_none(), Gap::NoPaperDate),
            (self.has_ended(now), Gap::PaperExpired),
            (!has_files, Gap::NoPaperFile),
        ];
        all.into_iter().filter_map(|(is_gap, gap)| is_gap.then_some(gap)).collect()
    }

    pub fn has_ended(&self, now: Moment) -> bool {
        self.ends_at.is_some_and(|end| end < now)
    }
}

impl Letter {
    /// Whether whoever wrote it may act no more, nor look: their paper has expired, or was ended. A draft is theirs as long as they like.
    pub fn is_out_of_hands(&self, now: Moment) -> bool {
        let is_sent = self.state.submission().is_some();
        is_sent && self.content.representative.as_ref().is_some_and(|representative| representative.has_ended(now))
    }
}

/// The end of the Jalali day that was typed.
pub(super) fn last_moment(typed: &str) -> Option<Moment> {
    JalaliDate::parse(typed)?.day_in_tehran().map(|day| Moment(day.end()))
}

/// The condition that whoever wrote the letter `l` may still act on it and look at it at the moment `$now`: the one of
/// [`Letter::is_out_of_hands`], turned round.
macro_rules! in_hands {
    ($now:literal) => {
        concat!("(l.representative_kind = '' or l.state = 'draft' or l.representative_until_at >= ", $now, ")")
    };
}

pub(crate) use in_hands;

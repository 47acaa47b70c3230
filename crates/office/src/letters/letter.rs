//! The letter: the record and its pure transitions. No clock, no database, no network.

use pishkhan_persian::text::search_key;
use pishkhan_store::Moment;

use crate::ids::{KindId, LetterId, SenderId, StaffId, UnitId};
use crate::letters::State;
pub use crate::letters::marks::{Own, Priority};
pub use crate::letters::representative::{Representative, RepresentativeKind};
pub use crate::senders::SenderKind;

/// How long a subject may be, in characters.
pub const SUBJECT_CHARACTERS: usize = 300;
/// How long a sender's name may be, in characters.
pub const NAME_CHARACTERS: usize = 120;

/// What a page saw: an act on an older version is refused, so that of two who act at once one learns of the other.
pub type Version = i64;

#[derive(Clone, Debug)]
pub struct Letter {
    pub id: LetterId,
    pub sender: SenderId,
    pub version: Version,
    pub content: Content,
    pub created_at: Moment,
    pub changed_at: Moment,
    pub classification: Classification,
    pub priority: Priority,
    pub own: Own,
    /// The unit that acts on it: its addressee, until it is referred for action. None before registration.
    pub holder: Option<UnitId>,
    /// Whose signer an objection was raised to.
    pub raised_to: Option<Above>,
    /// When it was last shown as late one level up; None: it never was.
    pub escalation: Option<Escalation>,
    /// Who should review it; None: whoever comes first.
    pub reviewer: Option<StaffId>,
    /// The letter that this one goes on from.
    pub follows: Option<LetterId>,
    /// Who wrote it down for somebody at the counter; None: the sender did it alone.
    pub filed_by: Option<StaffId>,
    /// What its sender thought of the answer that it has, or had last.
    pub rating: Option<Rating>,
    pub state: State,
}

/// Who may see a letter (طبقه‌بندی): staff whose clearance is as high.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Classification {
    #[default]
    Normal,
    Confidential,
    VeryConfidential,
}

/// One level up: where objections are decided and late letters are told of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Above {
    Unit(UnitId),
    /// There is no parent unit: the signers of the organisation as a whole.
    Organisation,
}

/// That a letter was late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Escalation {
    pub at: Moment,
    /// Whose signer it was shown to.
    pub to: Above,
}

/// What the sender thought of it after the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    /// 1 to 5.
    pub steps: u8,
    /// May be empty.
    pub text: String,
    pub at: Moment,
}

/// What the sender wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    pub sender_name: String,
    pub sender_kind: SenderKind,
    /// Who acts for the sender; None: the sender does.
    pub representative: Option<Representative>,
    /// None: not chosen yet, in drafts only.
    pub unit: Option<UnitId>,
    /// Of the organisation's kinds; None: none was chosen.
    pub kind: Option<KindId>,
    pub subject: String,
    pub body: String,
    /// The sender's files will follow after the letter.
    pub has_files_following: bool,
}

/// What a draft lacks before it can be submitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    NoName,
    LongName,
    NoRepresentativeKind,
    NoRepresentativeName,
    LongRepresentativeName,
    /// Not said by which paper somebody represents.
    NoPaper,
    LongPaper,
    /// No day, or none that the calendar has.
    NoPaperDate,
    PaperExpired,
    /// The paper itself isn't among the files.
    NoPaperFile,
    NoUnit,
    NoSubject,
    LongSubject,
    LongBody,
    /// Neither typed text nor a file, and none is to follow.
    NoLetter,
}

/// Somebody changed the letter after the page was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the letter was changed meanwhile")]
pub struct Stale;

/// The letter is in a state from which this act does not lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the letter is not in a state for this")]
pub struct WrongState;

impl Letter {
    /// Refuses an act by somebody who saw another version.
    pub fn is_version(&self, seen: Version) -> Result<(), Stale> {
        if self.version == seen { Ok(()) } else { Err(Stale) }
    }

    /// The unit it is for; every letter that was submitted has one.
    pub fn unit(&self) -> Option<&UnitId> {
        self.content.unit.as_ref()
    }

    /// The unit that acts on it now, or that it is for as long as none does.
    pub fn acting_unit(&self) -> Option<&UnitId> {
        self.holder.as_ref().or(self.unit())
    }

    /// Whose signer it is shown to as late, by the deadline of now.
    pub fn escalated_to(&self) -> Option<&Above> {
        let escalation = self.escalation.as_ref()?;
        self.state.due().is_some_and(|due| escalation.at > due).then_some(&escalation.to)
    }

    /// The letter in its next state.
    pub(crate) fn moved_to(self, state: State, now: Moment) -> Letter {
        Letter { state, changed_at: now, ..self }
    }
}

impl Classification {
    pub const ALL: [Classification; 3] =
        [Classification::Normal, Classification::Confidential, Classification::VeryConfidential];

    /// The word in forms and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Classification::Normal => "normal",
            Classification::Confidential => "confidential",
            Classification::VeryConfidential => "very_confidential",
        }
    }

    pub fn parse(text: &str) -> Option<Classification> {
        Classification::ALL.into_iter().find(|classification| classification.as_str() == text)
    }

    /// The number in tables, by which classifications are compared.
    pub fn level(self) -> i64 {
        match self {
            Classification::Normal => 0,
            Classification::Confidential => 1,
            Classification::VeryConfidential => 2,
        }
    }

    pub fn of_level(level: i64) -> Option<Classification> {
        Classification::ALL.into_iter().find(|classification| classification.level() == level)
    }
}

impl Above {
    /// As a row holds it: empty for the organisation as a whole, as in posts.
    pub fn as_str(&self) -> &str {
        match self {
            Above::Unit(unit) => unit.as_str(),
            Above::Organisation => "",
        }
    }

    pub fn stored(text: &str) -> Above {
        if text.is_empty() { Above::Organisation } else { Above::Unit(UnitId::stored(text)) }
    }
}

impl Content {
    /// What a new letter begins with: nothing is asked twice, so its sender stands in it already.
    pub fn begun(sender_name: &str, sender_kind: SenderKind) -> Content {
        Content {
            sender_name: sender_name.to_owned(),
            sender_kind,
            representative: None,
            unit: None,
            kind: None,
            subject: String::new(),
            body: String::new(),
            has_files_following: false,
        }
    }

    /// Everything that is missing, too long or over at `now`, in the order of the form.
    pub fn gaps(&self, files: usize, body_characters: usize, now: Moment) -> Vec<Gap> {
        let long = |text: &str, most: usize| text.chars().count() > most;
        let has_files = files > 0 || self.has_files_following;
        // Signs that nobody sees or reads, as stretched lines alone, are no name and no subject.
        let of_sender = [
            (search_key(&self.sender_name).is_empty(), Gap::NoName),
            (long(&self.sender_name, NAME_CHARACTERS), Gap::LongName),
        ];
        let of_letter = [
            (self.unit.is_none(), Gap::NoUnit),
            (search_key(&self.subject).is_empty(), Gap::NoSubject),
            (long(&self.subject, SUBJECT_CHARACTERS), Gap::LongSubject),
            (long(&self.body, body_characters), Gap::LongBody),
            (self.body.is_empty() && !has_files, Gap::NoLetter),
        ];
        let there = |(is_gap, gap): (bool, Gap)| is_gap.then_some(gap);
        let mut gaps: Vec<Gap> = of_sender.into_iter().filter_map(there).collect();
        if let Some(representative) = &self.representative {
            gaps.extend(representative.gaps(has_files, now));
        }
        gaps.extend(of_letter.into_iter().filter_map(there));
        gaps
    }
}

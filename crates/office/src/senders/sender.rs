//! The sender, as everybody else sees one.

use pishkhan_persian::{Language, Mobile};
use pishkhan_store::Moment;

use super::EmailAddress;
use crate::ids::SenderId;
use crate::rules::Rules;

/// Who proved a mobile number to an organisation, or came to its counter without one.
#[derive(Clone, Debug)]
pub struct Sender {
    pub id: SenderId,
    /// None: they came to the counter without one, or their account sleeps; nobody can sign in as them, and no message goes out.
    pub mobile: Option<Mobile>,
    /// The account sleeps: its number may be somebody else's by now.
    pub asleep: Option<Asleep>,
    /// Empty until the first letter.
    pub name: String,
    pub kind: SenderKind,
    pub language: Language,
    /// The address that they have proved, to which messages go, too; none while the account sleeps.
    pub email: Option<EmailAddress>,
    /// When they were last here, and when they last proved the number.
    pub here: Here,
}

impl Sender {
    /// The number as people read it; nothing when there is none.
    pub fn grouped_mobile(&self) -> String {
        self.mobile.as_ref().map(Mobile::grouped).unwrap_or_default()
    }

    /// The number by which the house knows them, even if it may be another's by now.
    pub fn known_mobile(&self) -> Option<&Mobile> {
        self.mobile.as_ref().or(self.asleep.as_ref().map(|asleep| &asleep.mobile))
    }
}

/// When somebody was last here, and when they last proved their number; or the moments before which that is too long ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Here {
    pub seen_at: Moment,
    pub proved_at: Moment,
}

impl Here {
    /// Both at this moment.
    pub fn now(now: Moment) -> Here {
        Here { seen_at: now, proved_at: now }
    }

    /// Who was here before the first, or proved the number before the second, is here no more: the number may be another's by now (TH08).
    pub fn at_least(rules: &Rules, now: Moment) -> Here {
        let seen_at = now.minus(rules.sign_in.sleep_after);
        // Who signs in by SMS proves the number at least so often as they are here; who signs in by e-mail only must not hold it for ever.
        Here { seen_at, proved_at: seen_at.minus(rules.sessions.own_device_life) }
    }

    /// Whether it is too long ago.
    pub fn is_before(self, least: Here) -> bool {
        self.seen_at < least.seen_at || self.proved_at < least.proved_at
    }
}

/// Since when an account sleeps, and whose number it was.
#[derive(Clone, Debug)]
pub struct Asleep {
    pub mobile: Mobile,
    pub since: Moment,
}

/// In whose name a sender writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SenderKind {
    #[default]
    Person,
    Company,
}

impl SenderKind {
    pub const ALL: [SenderKind; 2] = [SenderKind::Person, SenderKind::Company];

    /// The word in tables and forms.
    pub fn as_str(self) -> &'static str {
        match self {
            SenderKind::Person => "person",
            SenderKind::Company => "company",
        }
    }

    pub fn parse(text: &str) -> Option<SenderKind> {
        SenderKind::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn nobody_is_here_any_more_after_half_a_year() {
        let day = Duration::from_hours(24);
        let (rules, now) = (Rules::default(), Moment(1_900_000_000_000));
        let least = Here::at_least(&rules, now);
        let lately = |days: u32| Here { seen_at: now.minus(days * day), proved_at: now.minus(days * day) };
        assert!(!lately(0).is_before(least) && !lately(180).is_before(least));
        assert!(lately(181).is_before(least));
        // Whoever comes by e-mail only has a little longer, and not for ever.
        let proved_at = now.minus(rules.sign_in.sleep_after + rules.sessions.own_device_life);
        assert!(!Here { seen_at: now, proved_at }.is_before(least));
        assert!(Here { seen_at: now, proved_at: proved_at.minus(day) }.is_before(least));
    }
}

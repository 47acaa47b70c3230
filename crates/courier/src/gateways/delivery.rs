//! What became of a message after a gateway took it, in our words, whichever gateway it was.

use serde::{Deserialize, Serialize};

/// How far a message came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// The gateway has it, and nobody else yet.
    Queued,
    /// The operator has it.
    Sent,
    /// The phone has it.
    Delivered,
    /// The phone didn't get it: it was off, or the time ran out.
    Undelivered,
    /// The gateway or the operator gave it up.
    Failed,
    /// Its recipient takes no such messages.
    Blocked,
    /// The gateway doesn't know, or no longer.
    Unknown,
}

impl Delivery {
    /// Whether nothing more will come.
    pub fn is_final(self) -> bool {
        self.rank() == 3
    }

    /// Whether this is news after `before`. Reports come late, twice and in any order; what is known never goes back.
    pub fn is_forward_of(self, before: Delivery) -> bool {
        match (before.is_final(), self) {
            // Some gateways say "undelivered" while the operator still tries.
            (true, Delivery::Delivered) => matches!(before, Delivery::Undelivered),
            _ => self.rank() > before.rank(),
        }
    }

    /// The same, once it is known whether its recipient or the operator blocks such messages: then this is why one is lost.
    pub(super) fn unless_blocked(self, is_blocked: bool) -> Delivery {
        match self {
            Delivery::Undelivered | Delivery::Failed if is_blocked => Delivery::Blocked,
            _ => self,
        }
    }

    /// The word for the table and the log.
    pub fn as_str(self) -> &'static str {
        match self {
            Delivery::Queued => "queued",
            Delivery::Sent => "sent",
            Delivery::Delivered => "delivered",
            Delivery::Undelivered => "undelivered",
            Delivery::Failed => "failed",
            Delivery::Blocked => "blocked",
            Delivery::Unknown => "unknown",
        }
    }

    /// The delivery of this word.
    pub fn parse(word: &str) -> Option<Delivery> {
        let all = [
            Delivery::Queued,
            Delivery::Sent,
            Delivery::Delivered,
            Delivery::Undelivered,
            Delivery::Failed,
            Delivery::Blocked,
            Delivery::Unknown,
        ];
        all.into_iter().find(|delivery| delivery.as_str() == word)
    }

    fn rank(self) -> u8 {
        match self {
            Delivery::Unknown => 0,
            Delivery::Queued => 1,
            Delivery::Sent => 2,
            Delivery::Delivered | Delivery::Undelivered | Delivery::Failed | Delivery::Blocked => 3,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_goes_back() {
        use Delivery::{Blocked, Delivered, Failed, Queued, Sent, Undelivered, Unknown};
        let all = [Unknown, Queued, Sent, Delivered, Undelivered, Failed, Blocked];
        for before in all {
            assert!(!before.is_forward_of(before), "{before:?} twice is no news");
            assert_eq!(Delivery::parse(before.as_str()), Some(before));
            for after in all {
                assert!(!(after.is_forward_of(before) && before.is_forward_of(after)), "{before:?}, {after:?}");
            }
        }
        assert!(Sent.is_forward_of(Queued) && Delivered.is_forward_of(Sent) && Queued.is_forward_of(Unknown));
        assert!(!Sent.is_forward_of(Delivered) && !Unknown.is_forward_of(Queued) && !Delivered.is_forward_of(Failed));
        assert!(Delivered.is_forward_of(Undelivered) && !Undelivered.is_forward_of(Delivered));
    }

    #[test]
    fn only_what_is_lost_can_be_blocked() {
        use Delivery::{Blocked, Delivered, Failed, Queued, Sent, Undelivered, Unknown};
        for lost in [Undelivered, Failed, Blocked] {
            assert_eq!(lost.unless_blocked(true), Blocked);
            assert_eq!(lost.unless_blocked(false), lost);
        }
        for other in [Unknown, Queued, Sent, Delivered] {
            assert_eq!(other.unless_blocked(true), other);
        }
    }
}

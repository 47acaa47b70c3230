//! What became of the messages about letters, in as many words as a report tells apart. Pure.

use pishkhan_courier::gateways::Delivery;
use pishkhan_store::Moment;
use serde::{Deserialize, Serialize};

use super::Period;
use super::facts::{Cell, Sums};

/// What became of a message to a number, once it left the house or was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// The phone has it.
    Delivered,
    /// A gateway took it, and nobody has said what came of it.
    Underway,
    /// The phone didn't get it: it was off, or the time ran out.
    Undelivered,
    /// The gateway or the operator gave it up.
    Failed,
    /// Its recipient takes no such messages.
    Blocked,
    /// It was put aside, since nobody knows whether a gateway has it.
    Unsure,
    /// It was put aside: no gateway took it, or it was over before one could.
    Parked,
}

impl Fate {
    pub const ALL: [Fate; 7] =
        [Fate::Delivered, Fate::Underway, Fate::Undelivered, Fate::Failed, Fate::Blocked, Fate::Unsure, Fate::Parked];

    /// Its word in addresses and in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Fate::Delivered => "delivered",
            Fate::Underway => "underway",
            Fate::Undelivered => "undelivered",
            Fate::Failed => "failed",
            Fate::Blocked => "blocked",
            Fate::Unsure => "unsure",
            Fate::Parked => "parked",
        }
    }

    pub fn parse(text: &str) -> Option<Fate> {
        Fate::ALL.into_iter().find(|fate| fate.as_str() == text)
    }

    /// Whether nobody may count on its having arrived.
    pub fn is_lost(self) -> bool {
        !matches!(self, Fate::Delivered | Fate::Underway)
    }

    /// When a message left or was given up, and what became of it; none of one that waits.
    pub(super) fn of(message: &pishkhan_courier::Fate) -> Option<(Moment, Fate)> {
        let at = message.sent_at.or(message.parked_at)?;
        if message.delivered_at.is_some() {
            return Some((at, Fate::Delivered));
        }
        let fate = match (message.delivery, message.sent_at) {
            (Some(Delivery::Delivered), _) => Fate::Delivered,
            (Some(Delivery::Undelivered), _) => Fate::Undelivered,
            (Some(Delivery::Failed), _) => Fate::Failed,
            (Some(Delivery::Blocked), _) => Fate::Blocked,
            (Some(Delivery::Queued | Delivery::Sent | Delivery::Unknown) | None, Some(_)) => Fate::Underway,
            (Some(Delivery::Queued | Delivery::Sent | Delivery::Unknown) | None, None) => {
                if message.is_unsure {
                    Fate::Unsure
                } else {
                    Fate::Parked
                }
            }
        };
        Some((at, fate))
    }
}

/// Of which messages a list is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// Those of which this became.
    As(Fate),
    /// Those that did not arrive or were put aside, in whatever way.
    Lost,
}

impl Told {
    /// Its word in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Told::As(fate) => fate.as_str(),
            Told::Lost => "lost",
        }
    }

    pub fn parse(text: &str) -> Option<Told> {
        if text == Told::Lost.as_str() { Some(Told::Lost) } else { Fate::parse(text).map(Told::As) }
    }
}

/// The message for which a letter stands in a list by messages.
#[derive(Clone, Debug)]
pub struct FoundMessage {
    pub id: String,
    /// Which kind of message it is.
    pub kind: String,
    pub fate: Fate,
}

/// The facts of a message that left or was given up, of which figures are made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MessageFacts {
    /// The unit that acts on its letter, and the clearance that this needs: as the letter itself is counted.
    pub unit: String,
    pub classification: i64,
    /// When it left or was given up.
    pub at: i64,
    pub fate: Fate,
}

impl MessageFacts {
    /// Adds what these facts come to, `times` being 1, or takes it away, being -1.
    pub fn add_to(&self, sums: &mut Sums, times: i64) {
        let at = Moment(self.at);
        for period in [Period::day(at), Period::month(at)] {
            for unit in [self.unit.as_str(), ""] {
                let cell = Cell { unit: unit.to_owned(), period, classification: self.classification };
                *sums.entry(cell).or_default().messages.entry(self.fate).or_default() += times;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEFT: Option<Moment> = Some(Moment(7));

    fn became(sent: Option<Moment>, parked: Option<Moment>, delivery: Option<Delivery>, unsure: bool) -> Option<Fate> {
        let message = pishkhan_courier::Fate {
            sent_at: sent,
            delivered_at: None,
            delivery,
            parked_at: parked,
            is_unsure: unsure,
        };
        Fate::of(&message).map(|(at, fate)| {
            assert_eq!(at, Moment(7));
            fate
        })
    }

    #[test]
    fn each_message_has_one_fate() {
        assert_eq!(became(None, None, None, false), None, "it waits");
        assert_eq!(became(LEFT, None, None, false), Some(Fate::Underway));
        assert_eq!(became(LEFT, None, Some(Delivery::Sent), false), Some(Fate::Underway));
        assert_eq!(became(LEFT, None, Some(Delivery::Delivered), false), Some(Fate::Delivered));
        assert_eq!(became(LEFT, None, Some(Delivery::Undelivered), false), Some(Fate::Undelivered));
        assert_eq!(became(LEFT, None, Some(Delivery::Failed), false), Some(Fate::Failed));
        assert_eq!(became(LEFT, None, Some(Delivery::Blocked), false), Some(Fate::Blocked));
        assert_eq!(became(None, LEFT, Some(Delivery::Blocked), false), Some(Fate::Blocked));
        assert_eq!(became(None, LEFT, None, true), Some(Fate::Unsure));
        assert_eq!(became(None, LEFT, None, false), Some(Fate::Parked));
    }

    #[test]
    fn words_lead_back() {
        for told in Fate::ALL.map(Told::As).into_iter().chain([Told::Lost]) {
            assert_eq!(Told::parse(told.as_str()), Some(told));
        }
        assert_eq!(Told::parse("read"), None);
    }

    #[test]
    fn what_a_message_added_can_be_taken_back() {
        let facts = MessageFacts { unit: "u".into(), classification: 2, at: 1_795_327_920_000, fate: Fate::Failed };
        let mut sums = Sums::new();
        facts.add_to(&mut sums, 1);
        let cells: Vec<(&str, i64)> = sums.keys().map(|cell| (cell.unit.as_str(), cell.period.0)).collect();
        assert_eq!(cells, [("", 140_509), ("", 14_050_901), ("u", 140_509), ("u", 14_050_901)]);
        assert!(sums.values().all(|figures| figures.messages_lost() == 1 && figures.messages_as(Fate::Failed) == 1));
        facts.add_to(&mut sums, -1);
        assert!(sums.values().all(|figures| figures.messages_in_all() == 0));
    }
}
